"""Pressed cards, over HTTP with signed tokens."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

import aiohttp
import pytest

from bot import submissions
from cards.submissions import VERBS
from cards.time_shapes import TIME_VERBS
from eocif.database import Database
from eocif.models import Delivery, Evidence, Member, Rating, Review, View
from eocif.rules.dates import at
from eocif.sample import load
from tests.bot.authority import Authority
from tests.bot.forged_data import FORGED, FORGED_OF_PLANS
from tests.bot.house import buttons, pressed, submitted
from tests.bot.world import TEN, Scene, scene
from tests.builders import MONDAY
from tests.scheduler.post_office import Clock
from tests.under_way import LAST_MORNING, LOOKED_AT, reminder_ids, under_way

Ways = Sequence[tuple[str, dict[str, Any]]]
EVERYONE = ("amina", "tom", "grace", "sunil", "joan")  # lead, area lead, member, guest, no member


@pytest.fixture
async def ended(
    database: Database, now: datetime, authority: Authority, http: aiohttp.ClientSession
) -> AsyncIterator[Scene]:
    """A fortnight after sign-off: the plan is under way."""
    world = under_way(database, now)
    world.live(LAST_MORNING)
    async with scene(world, Clock(LOOKED_AT), authority, http) as made:
        yield made


# --- answers --------------------------------------------------------------------------------


def test_every_verb_has_a_handler_and_every_handler_a_verb() -> None:
    assert set(submissions.HANDLERS) == set(VERBS)
    assert set(submissions.HOMES) <= set(VERBS)


async def test_a_press_is_answered_with_its_card_serialised_once(running: Scene) -> None:
    answer = await running.press("grace", "area.show", {"area": 1})
    assert "Area 1: Strategy, plan and partnership" in answer.words
    assert "\\u" not in answer.text  # people's words go out as they are


@pytest.mark.parametrize("who", EVERYONE)
async def test_every_button_of_a_running_review_answers(running: Scene, who: str) -> None:
    assert len(await crawl(running, who)) > 3


@pytest.mark.parametrize("who", EVERYONE)
async def test_every_button_of_a_set_up_answers(draft: Scene, who: str) -> None:
    assert len(await crawl(draft, who)) > 3


async def test_every_button_of_a_plan_under_way_answers(ended: Scene) -> None:
    """And every press there is on actions, reminders, digests and dates has its button."""
    pressed_verbs: set[str] = set()
    for who in ("grace", "tom", "amina", "sunil", "joan"):
        ways: Ways = [
            ("reminders.show", {"ids": reminder_ids(ended.world, who)}), ("digest.show", {}),
            *((verb, {"review": 1}) for verb in ("dates.show", "next.show", "worksheet.show")),
            *(("action.show", {"action": number}) for number in range(1, 9)),
        ]  # fmt: skip
        done = await crawl(ended, who, ways, but=("setup.", "voices."))
        pressed_verbs |= {verb for verb, _ in done}
    assert set(TIME_VERBS) <= pressed_verbs


async def crawl(
    at_: Scene, who: str, first: Ways = (), *, but: tuple[str, ...] = ()
) -> set[tuple[str, str]]:  # fmt: skip
    """Press every button that can be reached, but those after which nothing is left to press.

    `first` are presses to begin with, `but` beginnings of verbs to leave out.
    """
    ways = [
        *first, ("mine.show", {}), ("help.show", {}), ("review.start", {"nonce": "n" * 16}),
        *((verb, {"review": 1}) for verb in ("review.show", "outstanding.show", "setup.show")),
    ]  # fmt: skip
    done: set[tuple[str, str]] = set()
    while ways:
        verb, data = ways.pop(0)
        same = {name: each for name, each in data.items() if name not in ("nonce", "shown")}
        key = verb, json.dumps(same, sort_keys=True)
        if key in done or verb.startswith(("setup.start", "review.cancel", "setup.remove", *but)):
            continue
        done.add(key)
        answer = await at_.house.press(who, verb, data)
        assert "give this reference" not in answer.words, (verb, data)
        ways += [(each["verb"], each.get("data", {})) for each in buttons(answer.card)]
    return done


async def is_answered_plainly(
    at_: Scene, forged: Sequence[Any], verbs: Iterable[str], caplog: pytest.LogCaptureFixture
) -> None:
    for data in forged:
        for verb in verbs:
            for who in ("amina", "joan"):
                answer = await at_.house.press(who, verb, data)
                assert "give this reference" not in answer.words, (verb, data)
    assert not [each for each in caplog.records if each.levelno >= logging.ERROR]


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
async def test_forged_data_is_answered_with_a_plain_sentence(
    running: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    verbs = [verb for verb in VERBS if verb not in TIME_VERBS]
    await is_answered_plainly(running, FORGED, (*verbs, "no.such.verb", ""), caplog)


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
async def test_forged_data_of_a_plan_under_way_is_answered_with_a_plain_sentence(
    ended: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    for begins, forged in FORGED_OF_PLANS.items():
        verbs = [verb for verb in TIME_VERBS if verb.startswith(begins)]
        await is_answered_plainly(ended, forged, verbs, caplog)


@pytest.mark.parametrize(
    "value",
    [None, 5, "x", [], {}, {"action": None}, {"action": {}}, {"action": {"verb": 5, "data": 5}},
     {"action": {"verb": ["mine.show"]}}, {"trigger": {}, "action": {"verb": "mine.show"}}],
)  # fmt: skip
async def test_a_press_without_sense_is_answered_with_a_card(running: Scene, value: Any) -> None:
    raw = pressed("grace", "mine.show") | {"value": value}
    assert (await running.house.tell(raw)).card


# --- pressed more than once ---------------------------------------------------------------


def without_nonces(card: Any) -> str:
    """What two cards must share: each offers a fresh nonce for the next new thing."""

    def plain(node: Any) -> Any:
        if isinstance(node, list):
            return [plain(each) for each in node]
        if isinstance(node, dict):
            return {key: plain(each) for key, each in node.items() if key != "nonce"}
        return node

    return json.dumps(plain(card))


EVIDENCE = {"source": "survey", "kind": "quantitative", "evidence": "Of 90 people 80 agree"}
REPEATED = {
    "area.levels": ("grace", {"area": 1, "areas": "1,2", "level_1a": "achieving"}, Rating, 1),
    "area.words": ("grace", {"area": 1, "nonce": "e" * 16, **EVIDENCE}, Evidence, 1),
    "area.withdraw": ("grace", {"area": 1}, View, 0),
    "outstanding.remind": ("amina", {}, None, 0),
    "setup.without_teams": (
        "amina",
        {"nonce": "w" * 16, "name": "Wilf Page", "perspective": "volunteers"},
        Member,
        10,
    ),
    "setup.people": (
        "amina",
        {"perspective": "volunteers", "people": load().person("joan").entra_id},
        Member,
        10,
    ),
}


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
@pytest.mark.parametrize("at_once", [False, True], ids=["one after the other", "at once"])
@pytest.mark.parametrize("verb", REPEATED)
async def test_a_press_that_comes_three_times_counts_once(
    running: Scene, verb: str, at_once: bool
) -> None:
    who, data, table, rows = REPEATED[verb]
    presses = [running.press(who, verb, data) for _ in range(3)]
    answers = await asyncio.gather(*presses) if at_once else [await each for each in presses]
    cards = {without_nonces(each.card) for each in answers}
    if table is not None:
        assert len(running.world.rows(table)) == rows
    if verb in ("outstanding.remind", "area.withdraw"):
        return  # these say what this press found to do
    assert len(cards) == 1


@pytest.mark.parametrize("at_once", [False, True], ids=["one after the other", "at once"])
async def test_asking_for_a_review_three_times_makes_one(running: Scene, at_once: bool) -> None:
    presses = [running.house.press("tom", "review.start", {"nonce": "n" * 16}) for _ in range(3)]
    if at_once:
        await asyncio.gather(*presses)
    else:
        for each in presses:
            await each
    assert len(running.world.rows(Review)) == 2


async def test_an_old_start_button_still_works_once_that_review_has_ended(running: Scene) -> None:
    nonce = running.world.rows(Review)[0].nonce
    answer = await running.house.press("amina", "review.start", {"nonce": nonce})
    assert "give this reference" not in answer.words


# --- the stored message follows -------------------------------------------------------------


def message_of(at_: Scene, who: str) -> Delivery:
    return at_.world.unasked(who)[-1]


async def on_message(at_: Scene, who: str, verb: str, data: Any, **more: Any) -> Any:
    """A press on someone's weekly message."""
    message = message_of(at_, who)
    where = {"id": message.conversation_id, "conversationType": "personal"}
    where["tenantId"] = load().tenant_id
    return await at_.press(who, verb, data, message=message.activity_id, conversation=where, **more)


async def test_area_leads_change_while_a_review_runs(running: Scene) -> None:
    kasia = running.world.actors["kasia"].person_id
    tom = running.world.members["tom"]
    answer = await running.press("amina", "setup.show", {"step": "leads"})
    save = next(each["data"] for each in buttons(answer.card) if each["verb"] == "setup.leads")
    answer = await running.house.press("amina", "setup.leads", {**save, "lead_2": str(kasia)})
    assert "Saved." in answer.words
    assert "See the review" in answer.words
    answer = await running.press("amina", "setup.remove", {"member": tom})
    assert "They are no longer in the group. Any answers they gave are kept. Area" in answer.words
    assert "to the review’s lead." in answer.words


async def test_the_stored_message_follows_once_it_is_quiet(running: Scene) -> None:
    await on_message(running, "grace", "week.show", {"areas": "1,2"})
    [update] = running.rows("update")
    assert update.next_at == TEN + timedelta(minutes=1)
    assert update.target_id == message_of(running, "grace").id


async def test_it_is_never_updated_while_someone_may_be_typing(running: Scene) -> None:
    await on_message(running, "grace", "week.show", {"areas": "1,2"})
    await on_message(running, "grace", "area.show", {"areas": "1,2", "area": 1})
    [update] = running.rows("update")
    assert update.next_at == at(MONDAY + timedelta(days=1), 9)


async def test_a_card_that_renews_itself_moves_nothing(running: Scene) -> None:
    await on_message(running, "grace", "week.show", {"areas": "1,2"}, trigger="automatic")
    assert not running.rows("update")


# --- old clients ------------------------------------------------------------------------------


async def test_an_old_clients_press_is_saved_and_answered_by_an_update(running: Scene) -> None:
    message = message_of(running, "grace")
    data = {"verb": "area.levels", "review": 1, "area": 1, "areas": "1,2", "level_1a": "achieving"}
    raw = submitted("grace", data, message=message.activity_id)
    raw["conversation"]["id"] = message.conversation_id
    for _ in range(2):
        assert (await running.house.tell(raw)).status == 200
    assert len(running.world.rows(Rating)) == 1
    await running.house.deliver()
    [update] = running.office.of("update")
    assert update.message_id == message.activity_id
    assert "Where are we now?" in update.text  # the words step comes next


async def test_an_old_clients_refused_press_is_answered_as_well(running: Scene) -> None:
    message = message_of(running, "grace")
    data = {
        "verb": "area.words",
        "review": 1,
        "area": 1,
        "nonce": "n" * 16,
        "where_now": "x" * 2100,
    }
    raw = submitted("grace", data, message=message.activity_id)
    raw["conversation"]["id"] = message.conversation_id
    await running.house.tell(raw)
    await running.house.deliver()
    assert "100 characters too long" in running.office.of("update")[0].text
    # What was typed was needed to make the card, and is not kept in the row.
    assert "x" * 100 not in str([each.params for each in running.rows("update")])


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"verb": "no.such.verb"}, "We could not read this card."),
        ({"verb": "review.show", "review": 99}, "We could not find this review."),
        ({"verb": "mine.show"}, "My areas"),
    ],
)
async def test_an_old_clients_press_on_an_unknown_message_is_answered_by_a_new_one(
    running: Scene, data: dict[str, Any], sentence: str
) -> None:
    raw = submitted("grace", data)
    for _ in range(2):
        await running.house.tell(raw)
    [answer] = await running.sent()
    assert sentence in answer
