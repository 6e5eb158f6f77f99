"""Actions are written, answered, moved and ended, over HTTP with signed tokens."""

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any

import aiohttp
import pytest

from cards.submissions import parse
from eocif.database import Database
from eocif.models import Person
from eocif.time_models import Action, ActionEvent
from tests import to_the_end
from tests.bot.authority import Authority
from tests.bot.house import Answered, buttons, said
from tests.bot.world import Scene, scene
from tests.scheduler.post_office import Clock
from tests.to_the_end import CONCLUDED_AT

NONCE = "ab" * 8
DEADLINE = "2027-03-01"
MEASURE = "Ten people tell us that they were heard."
WRITTEN = {
    "area": 2, "nonce": NONCE, "title": "Ask people at home", "deadline": DEADLINE,
    "measure": MEASURE, "collects_data": "no", "tags_1": "nqb_1a,nqb_1c", "tags_4": "staff",
}  # fmt: skip


@pytest.fixture
async def running(
    database: Database, now: datetime, authority: Authority, http: aiohttp.ClientSession
) -> AsyncIterator[Scene]:
    """Areas 2 and 3 are concluded; Tom leads both, Amina the review."""
    world = to_the_end.concluded(database, now)
    async with scene(world, Clock(CONCLUDED_AT), authority, http) as made:
        yield made


def person(running: Scene, who: str) -> str:
    """Someone's id as a card holds it."""
    return str(running.world.actors[who].person_id)


def offers(answer: Answered) -> set[str]:
    """What the card's buttons say; each of them parses."""
    for each in buttons(answer.card):
        parse(each["verb"], each.get("data", {}))
    return {each["title"] for each in buttons(answer.card)}


async def write(running: Scene, who: str = "tom", **typed: Any) -> Answered:
    """A lead saves an action for area 2; Grace's, unless told otherwise."""
    return await running.press(
        who, "action.save", {**WRITTEN, "owner": person(running, "grace"), **typed}
    )


async def one(running: Scene, who: str, verb: str, **data: Any) -> Answered:
    """A press about the first action."""
    return await running.press(who, verb, {"action": 1, **data})


def runs(answer: Answered) -> str:
    """All that the card says, where a sentence stands in several parts."""
    return " ".join(answer.words.replace("|", " ").split())


def row(running: Scene) -> Action:
    return running.world.rows(Action)[0]


def kinds(running: Scene) -> list[str]:
    return [event.kind for event in running.world.rows(ActionEvent)]


# --- written --------------------------------------------------------------------------------


@pytest.mark.covers("R36", "R39")
async def test_an_action_is_written_from_the_concluded_areas_third_answer(running: Scene) -> None:
    concluded = await running.press("tom", "draft.show", {"area": 2, "step": "results"})
    assert "The draft of area 2: what_do." in concluded.words
    assert {"Write actions for this area", "See its actions"} <= offers(concluded)
    form = await running.press("tom", "action.new", {"area": 2})
    assert "The draft of area 2: what_do." in form.words
    assert "Grace Adeyemi" in form.words
    done = await write(running)
    assert "The action is saved." in done.words
    for text in ("Ask people at home", MEASURE, "Monday 1 March 2027", "Grace Adeyemi"):
        assert text in done.words
    assert row(running).tags == ["nqb_1a", "nqb_1c", "staff"]


async def test_a_press_that_comes_again_makes_no_second_action(running: Scene) -> None:
    first = await write(running)
    assert (await write(running)).words == first.words
    assert len(running.world.rows(Action)) == 1


async def test_from_the_list_the_area_is_chosen_on_the_form(running: Scene) -> None:
    form = await running.press("amina", "action.new")
    assert "Which area is it for?" in form.words
    nowhere = await write(running, "amina", area=0)
    assert "Choose the area that this action is about." in nowhere.words
    assert "Ask people at home" in nowhere.text
    assert "Which area is it for?" in nowhere.words
    assert "Ask people at home" in (await write(running, "amina", area="3")).words
    assert row(running).area == 3


async def test_what_cannot_be_taken_comes_back_with_what_is_wrong(running: Scene) -> None:
    untitled = await write(running, title="")
    assert "Say in a few words what will be done." in untitled.words
    assert MEASURE in untitled.words
    assert running.world.rows(Action) == []
    long = "x" * 2001
    partly = await write(running, measure=long, deadline="soon")
    assert "1 character too long" in partly.words
    assert "We could not read this date." in partly.words
    assert long in partly.words
    assert "You typed: soon" in runs(partly)
    assert "Change this action" in partly.words  # the rest of it is saved
    again = await running.press("tom", "action.edit", {"action": 1})
    assert long in again.words


async def test_a_name_can_be_typed_for_someone_without_teams(running: Scene) -> None:
    answer = await write(running, owner="none", owner_name="Jo Li")
    assert "Jo Li (without Teams)" in answer.words
    assert "Reminders of it go to the area’s lead." in answer.words
    assert running.world.rows(Person, Person.name == "Jo Li")[0].entra_id is None
    assert {"They will do this", "They say it is not theirs"} <= offers(answer)


async def test_a_changed_deadline_needs_a_reason_and_keeps_the_old_one(running: Scene) -> None:
    await write(running)
    form = await running.press("tom", "action.edit", {"action": 1})
    shown = next(each for each in buttons(form.card) if each["verb"] == "action.save")["data"]
    moved = {**shown, **WRITTEN, "owner": person(running, "grace"), "deadline": "2027-04-01"}
    refused = await running.press("tom", "action.save", moved)
    assert "Say why, in a few words." in refused.words
    assert "2027-04-01" in refused.words
    done = await running.press("tom", "action.save", {**moved, "because": "The printer."})
    assert "from Monday 1 March 2027 to Thursday 1 April 2027" in done.words
    assert "The printer." in done.words


async def test_tags_that_are_all_unticked_are_gone(running: Scene) -> None:
    await write(running)
    form = await running.press("tom", "action.edit", {"action": 1})
    shown = next(each for each in buttons(form.card) if each["verb"] == "action.save")["data"]
    kept = {name: text for name, text in WRITTEN.items() if not name.startswith("tags_")}
    await running.press("tom", "action.save", {**shown, **kept, "owner": person(running, "grace")})
    assert row(running).tags == []


# --- answered by its owner ------------------------------------------------------------------


@pytest.mark.covers("R37")
async def test_an_owner_accepts_notes_and_ends_an_action(running: Scene) -> None:
    await write(running)
    seen = await one(running, "grace", "action.show")
    assert "Please say whether you will do this." in seen.words
    assert {"I will do this", "Not mine", "Ask for another date"} <= offers(seen)
    accepted = await one(running, "grace", "action.accept")
    assert "I will do this" not in offers(accepted)
    form = await one(running, "grace", "action.show", view="note")
    nonce = next(each for each in buttons(form.card) if each["verb"] == "action.note")["data"]
    note = {"nonce": nonce["nonce"], "note": "Half way.", "link": "https://example.org/n"}
    for _ in range(2):
        noted = await one(running, "grace", "action.note", **note)
        assert "Half way." in noted.words
        assert "Link to example.org" in noted.words
    silent = await one(running, "grace", "action.done")
    assert "What changed for people?" in silent.words
    assert row(running).status != "done"
    done = await one(running, "grace", "action.done", changed="They are asked.")
    assert "What changed for people: They are asked." in runs(done)
    assert (row(running).status, kinds(running).count("done")) == ("done", 1)
    again = await one(running, "grace", "action.resume", reason="Not for everyone.")
    assert row(running).status == "under_way"
    assert "Not for everyone." in again.words


async def test_not_mine_goes_back_to_the_lead_with_the_reason(running: Scene) -> None:
    await write(running)
    refused = await one(running, "grace", "action.refuse")
    assert "Say why" in refused.words
    assert "action.refuse" in {each["verb"] for each in buttons(refused.card)}
    back = await one(running, "grace", "action.refuse", reason="I left the ward.")
    assert "goes back to its lead" in back.words
    lead = await one(running, "tom", "action.show")
    assert "Not theirs, because: I left the ward." in runs(lead)
    assert "Find another owner" in offers(lead)


async def test_another_date_is_asked_for_and_agreed_to(running: Scene) -> None:
    await write(running)
    bad = await one(running, "grace", "action.ask_date", wanted_on="soon", reason="Summer.")
    assert "You typed: soon" in runs(bad)
    assert "Summer." in bad.words
    asked = await one(running, "grace", "action.ask_date", wanted_on="2027-04-01", reason="Summer.")
    assert "Date asked for: Thursday 1 April 2027" in runs(asked)
    lead = await one(running, "tom", "action.show", view="answer_date")
    assert "Summer." in lead.words
    seen = {"wanted_on": "2027-04-01"}
    silent = await one(running, "tom", "action.answer_date", answer="refuse", **seen)
    assert "Say why" in silent.words
    agreed = await one(running, "tom", "action.answer_date", answer="agree", **seen)
    assert "Due on Thursday 1 April 2027." in agreed.words
    late = await one(running, "tom", "action.answer_date", answer="agree", wanted_on="2027-05-04")
    assert "No other date is asked for now." in late.words


async def test_a_lead_withdraws_an_action_with_a_reason(running: Scene) -> None:
    await write(running)
    silent = await one(running, "amina", "action.withdraw")
    assert "Say why" in silent.words
    gone = await one(running, "amina", "action.withdraw", reason="The ward closed.")
    assert "Withdrawn, because: The ward closed." in runs(gone)
    assert (await one(running, "grace", "action.done", changed="x")).words


# --- found ----------------------------------------------------------------------------------


async def test_everyone_finds_their_own_and_leads_find_all(running: Scene) -> None:
    await write(running)
    mine = await running.press("grace", "actions.show", {"by": "mine"})
    assert "1. Ask people at home" in mine.words
    assert "See everyone’s actions" not in offers(mine)
    assert "No action is yours now." in (await running.press("tom", "actions.show")).words
    everyone = await running.press("tom", "actions.show", {"by": "all"})
    assert "Owner: Grace Adeyemi." in everyone.words
    assert {"Write an action", "See my actions", "Open action 1"} <= offers(everyone)
    for who in ("kasia", "joan"):
        assert (
            "Ask people at home"
            not in (await running.press(who, "actions.show", {"by": "all"})).text
        )


async def test_a_lead_narrows_the_list_by_what_is_chosen(running: Scene) -> None:
    await write(running)
    await write(running, area=3, nonce="cd" * 8, title="Print leaflets", tags_1="", tags_4="")
    both = {"by": "all", "section": "0", "owner": "0", "tag": "any", "only": "any"}
    assert "2 actions." in (await running.press("amina", "actions.show", both)).words
    for chosen, is_there in (
        ({"tag": "staff"}, True), ({"tag": "felt"}, False), ({"only": "settled"}, False),
        ({"owner": person(running, "grace")}, True), ({"only": "open", "tag": "nqb_1c"}, True),
    ):  # fmt: skip
        found = await running.press("amina", "actions.show", {**both, **chosen})
        assert ("Ask people at home" in found.words) is is_there


async def test_the_typed_word_shows_a_lead_without_their_own_everyones(running: Scene) -> None:
    await write(running)
    for who, heading in (("amina", "Actions of this review"), ("grace", "Your actions")):
        await running.house.tell(said(who, "actions"))
        [answer] = [each for each in await running.sent() if heading in each]
        assert "Ask people at home" in answer


@pytest.mark.parametrize("who", ["kasia", "joan", "sunil"])
async def test_nobody_else_sees_or_moves_it(running: Scene, who: str) -> None:
    await write(running)
    before = kinds(running)
    for verb in (
        "action.show", "action.edit", "action.save", "action.accept", "action.refuse",
        "action.note", "action.ask_date", "action.answer_date", "action.done", "action.withdraw",
        "action.resume",
    ):  # fmt: skip
        answer = await one(
            running, who, verb, answer="agree", wanted_on="2027-04-01", reason="No.", title="Mine",
            note="No.", changed="No.", nonce="ef" * 8, area=2,
        )  # fmt: skip
        assert MEASURE not in answer.text
        assert "Ask people at home" not in answer.text
    assert kinds(running) == before
