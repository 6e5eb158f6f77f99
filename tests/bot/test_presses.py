"""Pressed cards, over HTTP with signed tokens."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any

import aiohttp
import pytest

from bot import submissions
from cards.submissions import VERBS
from eocif import review_groups
from eocif.database import Database
from eocif.models import Delivery, Evidence, Member, Person, Rating, Review, View
from eocif.rules.dates import at
from eocif.sample import load
from tests import builders
from tests.bot.authority import Authority
from tests.bot.house import SERVICE, buttons, pressed, submitted
from tests.bot.world import Scene, scene
from tests.builders import MONDAY
from tests.scheduler.post_office import Clock

TEN = at(MONDAY, 10)
EVERYONE = ("amina", "tom", "grace", "sunil", "joan")  # lead, area lead, member, guest, no member
CANARY = "Zwetschgendatschi"


@pytest.fixture
def kind() -> str:
    return "sqlite"


@pytest.fixture
async def running(
    database: Database, now: datetime, authority: Authority, http: aiohttp.ClientSession
) -> AsyncIterator[Scene]:
    """Monday, 10am: areas 1 and 2 are open, and everyone has been asked."""
    world = builders.opened(database, now, scope={"1": "1,2"})
    async with scene(world, Clock(TEN), authority, http) as made:
        yield made


@pytest.fixture
async def draft(
    database: Database, now: datetime, authority: Authority, http: aiohttp.ClientSession
) -> AsyncIterator[Scene]:
    """A review that is being set up."""
    world = builders.drafted(database, now)
    world.send(now)
    async with scene(world, Clock(now), authority, http) as made:
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
    assert await crawl(running, who) > 3


@pytest.mark.parametrize("who", EVERYONE)
async def test_every_button_of_a_set_up_answers(draft: Scene, who: str) -> None:
    assert await crawl(draft, who) > 3


async def crawl(at_: Scene, who: str) -> int:
    """Press every button that can be reached, but those after which nothing is left to press."""
    ways: list[tuple[str, dict[str, Any]]] = [
        ("mine.show", {}), ("help.show", {}), ("review.start", {"nonce": "n" * 16}),
        *((verb, {"review": 1}) for verb in ("review.show", "outstanding.show", "setup.show")),
    ]  # fmt: skip
    done: set[str] = set()
    while ways:
        verb, data = ways.pop(0)
        same = {name: each for name, each in data.items() if name not in ("nonce", "shown")}
        key = verb + json.dumps(same, sort_keys=True)
        if key in done or verb in ("setup.start", "review.cancel", "setup.remove"):
            continue
        done.add(key)
        answer = await at_.house.press(who, verb, data)
        assert "give this reference" not in answer.words, (verb, data)
        ways += [(each["verb"], each.get("data", {})) for each in buttons(answer.card)]
    return len(done)


HUGE = 10**30
FORGED: list[Any] = [
    {},
    {"review": 1},
    {"review": 2},
    {"review": "x"},
    {"review": None, "area": []},
    {"review": HUGE, "area": HUGE, "member": HUGE},
    {"review": 1, "area": 99, "member": 99, "areas": "7,x", "nonce": "0" * 16},
    {"review": 1, "area": HUGE, "member": HUGE, "page": HUGE, "areas": [HUGE]},
    {"review": 1, "area": 1, "areas": [1], "levels": {"1a": 5}, "level_1a": "top", "shown": []},
    {"review": 1, "area": 1, "what": "level_9z,evidence_999999999999999999999,where_now,_"},
    {"review": 1, "perspective": "nobody", "nonce": "0" * 16, "name": "\x00\ud7ff<at>x</at>"},
    {"review": 1, "perspective": "healthwatch", "people": "x," * 300, "picked": [HUGE, -1]},
    {"review": 1, "leads": 3, "lead_1": "99999999999999999999", "section_1": "1,2,999"},
    {"review": 1, "member": 1, "speaks_from": "x", "also": "y", "named_function": "z"},
    {"review": 1, "pace": "²", "answer_days": "-1", "start_on": "2027-13-45", "finish_by": "x"},
    {"review": 1, "area": 1, "until": "0000-00-00", "reason": "x" * 99_000, "step": "levels"},
    {"review": -1, "go": "away", "view": "all", "by": "force", "step": "started"},
    [],
    "words",
    None,
]


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
async def test_forged_data_is_answered_with_a_plain_sentence(
    running: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    for data in FORGED:
        for verb in (*VERBS, "no.such.verb", ""):
            for who in ("amina", "joan"):
                answer = await running.house.press(who, verb, data)
                assert "give this reference" not in answer.words, (verb, data)
    assert not [each for each in caplog.records if each.levelno >= logging.ERROR]


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


# --- refused --------------------------------------------------------------------------------


async def test_a_refused_press_shows_its_card_again_with_what_was_typed(draft: Scene) -> None:
    card = (await draft.press("amina", "setup.show", {"step": "pace"})).card
    data = next(each["data"] for each in buttons(card) if each["verb"] == "setup.pace")
    answer = await draft.house.press(
        "amina", "setup.pace", {**data, "start_on": "2020-01-06", "pace": "many"}
    )
    assert "has passed" in answer.words
    assert "Type a whole number of areas a week from 1 to 23." in answer.words
    assert "2020-01-06" in answer.words
    assert "many" in answer.words


async def test_a_refusal_by_the_use_case_keeps_what_was_typed(draft: Scene) -> None:
    answer = await draft.press(
        "amina", "setup.without_teams", {"nonce": "w" * 16, "name": "", "needs": "Large print"}
    )
    assert "Type the person's name." in answer.words
    assert "Large print" in answer.words
    card = (await draft.press("amina", "setup.show", {"step": "scope"})).card
    data = next(each["data"] for each in buttons(card) if each["verb"] == "setup.scope")
    answer = await draft.house.press("amina", "setup.scope", data)
    assert "No area is chosen. Choose at least one. Your earlier choice is kept." in answer.words


@pytest.mark.parametrize(
    ("posted", "sentence"),
    [
        ({"where_now": "x" * 2100}, "“Where are we now?” is 100 characters too long."),
        ({**EVIDENCE, "link": "http://example.nhs.uk"}, "This link does not start with https."),
        ({"evidence": "All of them"}, "Choose where this evidence comes from."),
    ],
)
async def test_words_that_cannot_be_taken_stay_on_the_card(
    running: Scene, posted: dict[str, str], sentence: str
) -> None:
    answer = await running.press("grace", "area.words", {"area": 1, "nonce": "n" * 16, **posted})
    assert sentence in answer.words
    for text in posted.values():
        assert text in answer.text


async def test_a_press_just_after_the_round_is_kept_but_does_not_count(running: Scene) -> None:
    running.clock.now = at(MONDAY + timedelta(days=14), 17, 14)
    data = {"area": 1, "areas": "1,2", "nonce": "n" * 16}
    await running.press("grace", "area.words", {**data, "where_now": "In time"})
    running.clock.later(minutes=2)
    answer = await running.press("grace", "area.words", {**data, "where_now": "Too late"})
    assert "This round closed on Monday 25 January 2027." in answer.words
    assert "Too late" in answer.words
    assert [view.where_now for view in running.world.rows(View)] == ["In time"]


async def test_an_unforeseen_fault_gives_a_reference_and_is_logged_once_without_words(
    running: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    with running.world.database.transaction() as session:
        review = session.get_one(Review, 1)
        review.edition = "lost"
        session.add(review)
    answer = await running.press(
        "grace", "area.words", {"area": 1, "nonce": "n" * 16, "where_now": CANARY}
    )
    assert "We could not do that" in answer.words
    [record] = [each for each in caplog.records if each.levelno >= logging.ERROR]
    assert record.getMessage().startswith("press area.words failed, reference ")
    reference = record.getMessage().rsplit(" ", 1)[1]
    assert reference in answer.words
    assert CANARY in answer.words  # what was typed is not lost
    assert CANARY not in caplog.text


async def test_while_the_database_is_away_a_press_is_a_503(
    authority: Authority, http: aiohttp.ClientSession, running: Scene,
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    with running.world.database.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE person RENAME TO hidden")
    answer = await running.press("grace", "area.levels", {"area": 1, "level_1a": "achieving"})
    assert (answer.status, answer.body) == (503, {"error": "unavailable"})
    assert "the database did not take a turn: OperationalError" in caplog.messages
    with running.world.database.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE hidden RENAME TO person")
    assert (await running.press("grace", "area.levels", {"area": 1})).card


# --- the stored message follows -------------------------------------------------------------


def message_of(at_: Scene, who: str) -> Delivery:
    return at_.world.unasked(who)[-1]


async def on_message(at_: Scene, who: str, verb: str, data: Any, **more: Any) -> Any:
    """A press on someone's weekly message."""
    message = message_of(at_, who)
    where = {"id": message.conversation_id, "conversationType": "personal"}
    where["tenantId"] = load().tenant_id
    return await at_.press(who, verb, data, message=message.activity_id, conversation=where, **more)


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


# --- the wrong person -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "verb", "data", "sentence"),
    [
        ("joan", "week.show", {"areas": "1"}, "This card is for someone else."),
        ("joan", "area.levels", {"area": 1, "level_1a": "achieving"}, "This card is for someone"),
        ("grace", "outstanding.show", {}, "This card is for someone else."),
        ("grace", "outstanding.remind", {}, "This card is for someone else."),
        ("grace", "review.cancel", {"reason": "x"}, "This card is for someone else."),
        ("tom", "review.extend", {"area": 1, "until": "2027-02-01"}, "This card is for someone"),
        ("kasia", "area.levels", {"area": 1, "member": 9}, "This card is for someone else."),
        ("tom", "area.levels", {"area": 1, "member": 7}, "without Teams"),
    ],
)
async def test_who_may_not_press_is_told_so_and_nothing_changes(
    running: Scene, who: str, verb: str, data: dict[str, Any], sentence: str
) -> None:
    answer = await running.press(who, verb, data)
    assert sentence in answer.words
    assert not running.world.rows(Rating)
    assert running.world.rows(Review)[0].state == "collecting"


async def test_a_removed_member_is_told_that_their_answers_are_kept(running: Scene) -> None:
    running.world.on_review(
        review_groups.remove_member, member_id=running.world.members["grace"], now=TEN
    )
    for verb in ("area.levels", "week.show"):
        answer = await running.press("grace", verb, {"area": 1, "level_1a": "achieving"})
        assert (
            "You are no longer in this review group. The answers you gave are kept." in answer.words
        )
    assert not running.world.rows(Rating)


async def test_a_guest_who_is_a_member_may_answer_but_not_start_a_review(running: Scene) -> None:
    with running.world.database.transaction() as session:
        assert session.get_one(Person, running.world.actors["sunil"].person_id).is_guest
    answer = await running.press("sunil", "area.levels", {"area": 1, "level_1a": "achieving"})
    assert len(running.world.rows(Rating)) == 1
    answer = await running.house.press("sunil", "review.start", {"nonce": "n" * 16})
    assert "You cannot start a review here." in answer.words


async def test_another_tenants_people_do_not_find_the_review(
    database: Database, now: datetime, authority: Authority, http: aiohttp.ClientSession
) -> None:
    other = "0f0f0f0f-0000-4000-8000-000000000001"
    world = builders.opened(database, now, scope={"1": "1"})
    allowed = f"{load().tenant_id},{other}"
    async with scene(world, Clock(TEN), authority, http, EOCIF_ALLOWED_TENANTS=allowed) as at_:
        for verb in VERBS:
            data = {
                "area": 1, "areas": "1", "member": 1, "level_1a": "achieving", "nonce": "n" * 16,
                "perspective": "healthwatch", "until": "2027-02-01",
            }  # fmt: skip
            raw = pressed("grace", verb, {"review": 1, **data}, serviceUrl=SERVICE)
            raw["conversation"]["tenantId"] = raw["channelData"]["tenant"]["id"] = other
            answer = await at_.house.tell(raw)
            assert "Northmoor" not in answer.words
        assert not world.rows(Rating)
        assert [each.lead_id for each in world.rows(Review)] == [1]
