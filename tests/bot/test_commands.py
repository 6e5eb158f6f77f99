"""What people type, over HTTP: in their own chat and in a channel."""

from datetime import datetime
from typing import Any

import aiohttp
import pytest

from eocif import reviews
from eocif.database import Database
from eocif.models import Delivery, Person, Review
from tests import builders
from tests.bot.authority import Authority
from tests.bot.house import activity, said
from tests.bot.world import TEN, Scene, scene
from tests.scheduler.post_office import Clock


def in_channel(who: str, text: str, **changed: Any) -> dict[str, Any]:
    """Words after a mention."""
    raw = activity("channel_mention", who, **changed)
    tag = next(each["text"] for each in raw["entities"] if each.get("type") == "mention")
    return {**raw, "text": f"{tag} {text}"}


async def answers(at_: Scene, raw: dict[str, Any]) -> list[str]:
    told = await at_.house.tell(raw)
    assert (told.status, told.text) == (200, "")
    return await at_.sent()


@pytest.mark.parametrize(
    ("who", "text", "sentence"),
    [
        ("grace", "help", "What you can type"),
        ("grace", "HELP!", "What you can type"),
        ("grace", "my areas", "See all my areas"),
        ("grace", "please show me my areas, thanks", "See all my areas"),
        ("grace", "outstanding", "This card is for someone else."),
        ("amina", "outstanding", "Grace Adeyemi"),
        ("tom", "outstanding", "Grace Adeyemi"),
        ("amina", "review", "Experience of care review 2027"),
        ("grace", "review", "Experience of care review 2027"),
        ("joan", "review", "You are not part of a review at the moment."),
        ("amina", "actions", "There are no actions here yet."),
        ("grace", "my actions please", "No action is yours now."),
        ("amina", "worksheet", "The worksheet"),
        ("grace", "show me the work sheet", "The worksheet"),
        ("joan", "worksheet", "There is no worksheet for you yet."),
        ("amina", "digest", "Your week at a glance"),
        ("tom", "my digest please", "Your part: areas 1 and 2."),
        ("grace", "digest", "There is no digest for you."),
        ("amina", "start a review", "Step 1 of 6"),
        ("sunil", "start a review", "You cannot start a review here."),
        ("grace", "", "We did not understand that"),
        ("grace", "\x00\u202e<at>x</at> what now", "We did not understand that"),
    ],
)
async def test_a_word_is_answered_with_its_card(
    running: Scene, who: str, text: str, sentence: str
) -> None:
    [answer] = await answers(running, said(who, text))
    assert sentence in answer
    [row] = running.rows("reply")
    assert row.person_id == running.world.actors[who].person_id


@pytest.mark.parametrize(
    ("word", "sentence"), [("review", "Cancelled."), ("worksheet", "This review was cancelled.")]
)
@pytest.mark.parametrize("who", ["amina", "tom", "grace"])
async def test_a_review_that_was_just_cancelled_can_still_be_looked_at(
    running: Scene, who: str, word: str, sentence: str
) -> None:
    running.world.on_review(reviews.cancel, reason="A merger", now=TEN)
    [answer] = await answers(running, said(who, word))
    assert "Experience of care review 2027" in answer
    assert sentence in answer


async def test_a_running_review_comes_before_one_that_has_ended(running: Scene) -> None:
    with running.world.database.transaction() as session:
        old = session.get_one(Review, 1)
        session.add(
            Review(
                tenant_id=old.tenant_id, nonce="ended", edition=old.edition, lead_id=old.lead_id,
                title="Cancelled since", state="cancelled", created_at=TEN, started_at=TEN,
            )
        )  # fmt: skip
    for number, word in enumerate(("review", "worksheet")):
        [answer] = await answers(running, said("amina", word, id=str(number)))
        assert "Cancelled since" not in answer


async def test_nobody_owes_anything_in_a_review_that_has_ended(running: Scene) -> None:
    running.world.on_review(reviews.cancel, reason="A merger", now=TEN)
    [answer] = await answers(running, said("amina", "outstanding"))
    assert "You are not part of a review at the moment." in answer


async def test_a_slip_gets_help_with_the_nearest_word_first(running: Scene) -> None:
    [answer] = await answers(running, said("grace", "outsanding areas of mine perhaps"))
    assert "someone else" in answer  # one letter is missing: it is still heard
    [answer] = await answers(running, said("grace", "wrksheeets", id="another"))
    assert "We did not understand that" in answer


async def test_a_message_that_teams_sends_twice_is_answered_once(running: Scene) -> None:
    assert len(await answers(running, said("grace", "help"))) == 1
    assert await answers(running, said("grace", "help")) == []
    assert len(await answers(running, said("grace", "help", id="another"))) == 1


async def test_a_message_without_an_id_is_answered_each_time(running: Scene) -> None:
    raw = said("grace", "help")
    del raw["id"]
    assert len(await answers(running, raw)) == 1
    assert len(await answers(running, raw)) == 1


async def test_a_message_that_was_put_right_is_answered_anew_and_once(running: Scene) -> None:
    await answers(running, said("grace", "hlp?!", id="1767003262481"))
    raw = activity("message_edit", "grace", text="my areas", id="1767003262481")
    [answer] = await answers(running, raw)
    assert "See all my areas" in answer
    assert await answers(running, raw) == []


async def test_a_draft_does_not_hide_who_owes_what_in_the_running_review(running: Scene) -> None:
    await answers(running, said("amina", "start a review"))
    [answer] = await answers(running, said("amina", "outstanding", id="2"))
    assert "Grace Adeyemi" in answer
    [answer] = await answers(running, said("amina", "review", id="3"))
    assert "Step 6 of 6" in answer


async def test_starting_twice_finds_the_same_draft(running: Scene) -> None:
    for number in range(3):
        await answers(running, said("amina", "start a review", id=str(number)))
    assert len(running.world.rows(Review)) == 2


# --- in a channel -----------------------------------------------------------------------------


async def test_status_in_a_channel_is_counts_without_a_name(running: Scene) -> None:
    [answer] = await answers(running, in_channel("grace", "status"))
    assert "Northmoor" in answer
    for person in running.world.rows(Person):
        assert person.name not in answer or person.name == "Amina Yusuf"
    [row] = running.rows("reply")
    assert row.conversation_id == activity("channel_mention")["conversation"]["id"]


async def test_help_in_a_channel_has_no_button(running: Scene) -> None:
    [answer] = await answers(running, in_channel("grace", "help"))
    assert "Mention this app in the channel" in answer
    assert "Action.Execute" not in answer


async def test_what_only_a_chat_knows_is_not_understood_in_a_channel(running: Scene) -> None:
    [answer] = await answers(running, in_channel("grace", "outstanding"))
    assert "We did not understand that" in answer
    assert "Grace" not in answer


async def test_starting_a_review_in_a_channel_opens_the_askers_own_chat(running: Scene) -> None:
    sent = await answers(running, in_channel("tom", "could we start a new review?"))
    to = [call.to for call in running.office.of("send")]
    [own] = [text for text, where in zip(sent, to, strict=True) if where == "chat of 29:tom"]
    [public] = [text for text, where in zip(sent, to, strict=True) if where != "chat of 29:tom"]
    assert "Step 1 of 6" in own
    assert "We have answered you in your own chat with this app." in public
    assert "Step 1" not in public


async def test_a_guest_who_asks_in_a_channel_is_refused_in_their_own_chat(running: Scene) -> None:
    sent = await answers(running, in_channel("sunil", "start a review"))
    assert sum("You cannot start a review here." in each for each in sent) == 1
    assert len(running.world.rows(Review)) == 1


async def test_someone_whom_no_roster_knows_counts_as_a_guest(running: Scene) -> None:
    raw = said("grace", "start a review")
    raw["from"] = {
        "id": "29:stranger",
        "name": "Una Unknown",
        "aadObjectId": "a0000000-0000-4000-8000-0000000000ff",
    }
    [answer] = await answers(running, raw)
    assert "You cannot start a review here." in answer


async def test_where_leads_are_named_only_they_may_start(
    database: Database, now: datetime, authority: Authority, http: aiohttp.ClientSession
) -> None:
    world = builders.meet(database, now)
    world.send(now)
    named = [world.sample.person(each).entra_id for each in ("tom", "sunil")]
    leads = {"EOCIF_LEADS": ",".join(named)}
    async with scene(world, Clock(now), authority, http, **leads) as at_:
        for who in ("amina", "sunil"):  # Sunil is named, but a guest
            [answer] = await answers(at_, said(who, "start a review"))
            assert "You cannot start a review here." in answer
        [answer] = await answers(at_, said("tom", "start a review"))
        assert "Step 1 of 6" in answer


@pytest.mark.parametrize(
    "entities", [None, [], [{"type": "mention"}], [{"type": "mention", "mentioned": {"id": "x"}}]]
)
async def test_a_mention_of_any_shape_is_no_fault(running: Scene, entities: Any) -> None:
    raw = in_channel("grace", "status") | {"entities": entities, "recipient": None}
    [answer] = await answers(running, raw)
    assert "Northmoor" in answer


async def test_an_answer_waits_in_the_database_until_teams_can_take_it(running: Scene) -> None:
    await running.house.tell(said("grace", "help"))
    [row] = running.world.rows(Delivery, Delivery.kind == "reply")
    assert row.subject == said("grace", "help")["id"]
