"""An area's lead reads, hides, drafts, sends and sets aside, over HTTP with signed tokens."""

from collections.abc import AsyncIterator
from datetime import date, datetime
from typing import Any

import aiohttp
import pytest

from cards.submissions import parse
from eocif.database import Database
from eocif.models import Draft, Evidence, Hidden
from eocif.rules.answers import Offered
from eocif.rules.dates import at
from tests import after_the_close
from tests.after_the_close import ANSWERED_AT, CLOSED_ON, NEXT_MORNING
from tests.bot.authority import Authority
from tests.bot.house import Answered, buttons
from tests.bot.world import Scene, scene
from tests.scheduler.post_office import Clock

AREA = {"area": 2}
WORDS = {"where_now": "Here.", "what_good": "There.", "what_do": "Go.", "gap": "We see it."}
STORY = Offered("n" * 8, "story", "qualitative", "Mrs Marsh waited.")
ROUND_2_CLOSED = at(date(2027, 1, 25), 17, 15)


@pytest.fixture
async def running(
    database: Database, now: datetime, authority: Authority, http: aiohttp.ClientSession
) -> AsyncIterator[Scene]:
    """Areas 2 (close) and 3 (agreed) wait for Tom to draft them; Grace told a story."""
    world = after_the_close.answered(database, now)
    world.write("grace", 2, ANSWERED_AT, offered=STORY)
    world.live(at(CLOSED_ON, 17, 15))
    world.live(NEXT_MORNING)
    async with scene(world, Clock(NEXT_MORNING), authority, http) as made:
        yield made


async def _tom(running: Scene, verb: str, **data: Any) -> Answered:
    return await running.press("tom", verb, {**AREA, **data})


def _offers(answer: Answered) -> set[str]:
    """What the card's buttons say; each of them parses."""
    for each in buttons(answer.card):
        parse(each["verb"], each.get("data", {}))
    return {each["verb"] for each in buttons(answer.card)}


def _key(running: Scene) -> str:
    row = running.world.rows(Evidence)[0]
    return f"{running.world.members['grace']}:evidence_{row.id}"


def _row(running: Scene) -> Draft:
    return running.world.rows(Draft)[0]


# --- reading --------------------------------------------------------------------------------


@pytest.mark.covers("R29")
async def test_one_card_shows_every_statement_of_an_area_and_leads_on(running: Scene) -> None:
    answer = await _tom(running, "draft.show")
    for code in ("2a", "2b", "2c"):
        assert f"Area {code}" in answer.words
    assert {"voices.show", "draft.show"} <= _offers(answer)
    assert answer.words == (await _tom(running, "results.show")).words
    one = await _tom(running, "results.show", code="2b")
    assert one.words != answer.words


async def test_people_read_words_hide_a_name_and_show_it_again(running: Scene) -> None:
    answer = await _tom(running, "voices.show", field="evidence")
    assert "Mrs Marsh waited." in answer.words
    form = await _tom(running, "voices.show", field="evidence", hide=_key(running))
    assert "voices.hide" in _offers(form)
    wanted = {"field": "evidence", "hide": _key(running), "words": "mrs marsh"}
    refused = await _tom(running, "voices.hide", **wanted)
    assert "Say why these words are hidden." in refused.words
    assert "mrs marsh" in refused.words  # what was typed is still there
    hidden = await _tom(running, "voices.hide", **wanted, reason="A name.")
    assert "[words hidden] waited." in hidden.words
    assert "Mrs Marsh" not in hidden.text
    shown = await _tom(running, "voices.unhide", field="evidence", hide=_key(running))
    assert "Mrs Marsh waited." in shown.words
    gone = await _tom(running, "voices.unhide", field="evidence", hide="1:evidence_99")
    assert "This text is not there any more." in gone.words


async def test_a_whole_text_can_be_hidden(running: Scene) -> None:
    wanted = {"field": "evidence", "hide": _key(running), "reason": "It tells who."}
    answer = await _tom(running, "voices.hide", **wanted)
    assert "[this text is hidden]" in answer.words
    assert [row.words for row in running.world.rows(Hidden)] == [""]


async def test_consent_to_a_story_is_recorded(running: Scene) -> None:
    wanted = {"field": "evidence", "consent": _key(running)}
    assert "voices.consent" in _offers(await _tom(running, "voices.show", **wanted))
    refused = await _tom(running, "voices.consent", **wanted)
    assert "Say how consent was given" in refused.words
    answer = await _tom(running, "voices.consent", **wanted, how="On the phone.")
    assert "Consent is recorded." in answer.words


# --- drafting -------------------------------------------------------------------------------


async def test_a_draft_is_written_in_steps_and_goes_round(running: Scene) -> None:
    first = await _tom(running, "draft.show", step="words")
    assert {"draft.words", "voices.show"} <= _offers(first)
    second = await _tom(running, "draft.words", **WORDS, draws_on="healthwatch", go="levels")
    assert "draft.levels" in _offers(second)
    fields = {f"level_{code}": "not_agreed" for code in ("2a", "2b", "2c")}
    third = await _tom(running, "draft.levels", **fields, go="send")
    assert "draft.send" in _offers(third)
    done = await _tom(running, "draft.send")
    assert "The draft of area 2 is with the group." in done.words
    assert "5pm on Monday 25 January 2027" in done.words
    assert running.world.area(2).state == "round_2"
    assert (await _tom(running, "draft.send")).words == done.words


async def test_who_stops_is_told_that_the_draft_is_saved_and_comes_back_to_it(
    running: Scene,
) -> None:
    stopped = await _tom(running, "draft.words", where_now="Here.", go="stop")
    assert "Your draft is saved." in stopped.words
    again = await _tom(running, "draft.show")
    assert "draft.words" in _offers(again)
    assert "Here." in again.words
    await _tom(running, "draft.words", **WORDS, draws_on="healthwatch", go="stop")
    assert "draft.levels" in _offers(await _tom(running, "draft.show"))


async def test_too_long_words_come_back_and_wait_on_the_card(running: Scene) -> None:
    long = "x" * 2001
    answer = await _tom(running, "draft.words", where_now=long, what_do="Go.")
    for card in (answer, await _tom(running, "draft.show")):
        assert "1 character too long" in card.words
        assert long in card.words


async def test_a_choice_that_is_not_on_the_list_stays_on_the_levels_card(running: Scene) -> None:
    answer = await _tom(running, "draft.levels", level_2a="best")
    assert "We could not read this: Level for 2a." in answer.words


async def test_the_second_lead_is_shown_the_firsts_words(running: Scene) -> None:
    await _tom(running, "draft.words", where_now="Tom's words.")
    typed = {**AREA, "where_now": "Amina's words.", "shown": {}}
    answer = await running.press("amina", "draft.words", typed)
    assert "Tom's words." in answer.words
    assert "Amina's words." in answer.words
    assert _row(running).fields["where_now"] == "Tom's words."


async def test_an_unfinished_draft_says_what_it_needs(running: Scene) -> None:
    answer = await _tom(running, "draft.send")
    assert "Choose a level, or “not agreed”, for 2a, 2b and 2c." in answer.words
    assert running.world.area(2).state == "drafting"


async def test_parts_of_a_draft_are_cleared(running: Scene) -> None:
    await _tom(running, "draft.words", **WORDS)
    nothing = await _tom(running, "draft.clear")
    assert "Nothing is chosen." in nothing.words
    await _tom(running, "draft.clear", what="gap,what_do")
    assert set(_row(running).fields) == {"where_now", "what_good"}


async def test_a_draft_that_is_with_the_group_can_be_read_and_not_written(running: Scene) -> None:
    after_the_close.sent(running.world, 2, NEXT_MORNING)
    shown = await _tom(running, "draft.show")
    assert "draft.words" not in _offers(shown)
    late = await _tom(running, "draft.words", where_now="Changed.", shown={})
    assert "We kept it beside the draft." in late.words
    assert "Changed." in late.words


async def test_after_round_2_an_area_opens_at_what_comes_next(running: Scene) -> None:
    after_the_close.sent(running.world, 2, NEXT_MORNING)
    running.world.tick(ROUND_2_CLOSED)
    answer = await _tom(running, "draft.show")
    assert answer.words == (await _tom(running, "draft.show", step="conclude")).words
    assert answer.words != (await _tom(running, "draft.show", step="concerns")).words
    assert "conclude.finish" in _offers(answer)


# --- setting aside --------------------------------------------------------------------------


async def test_the_reviews_lead_sets_an_area_aside_with_a_reason(running: Scene) -> None:
    form = await running.press("amina", "draft.show", {**AREA, "step": "set_aside"})
    assert "draft.set_aside" in _offers(form)
    refused = await running.press("amina", "draft.set_aside", AREA)
    assert "Say why this area is set aside." in refused.words
    done = await running.press("amina", "draft.set_aside", {**AREA, "reason": "Not ours."})
    assert "Area 2 is set aside." in done.words
    assert running.world.area(2).set_aside_because == "Not ours."


@pytest.mark.covers("R21")
async def test_while_its_first_round_is_open_an_area_can_be_set_aside_and_nothing_seen(
    database: Database, now: datetime, authority: Authority, http: aiohttp.ClientSession
) -> None:
    world = after_the_close.answered(database, now)
    async with scene(world, Clock(ANSWERED_AT), authority, http) as open_:
        for step in ("auto", "words", "levels", "send", "concerns", "conclude"):
            answer = await open_.press("amina", "draft.show", {**AREA, "step": step})
            assert "Nobody sees anyone's levels or words" in answer.words
            assert "says this" not in answer.text
        for verb in ("results.show", "voices.show"):
            assert "says this" not in (await open_.press("amina", verb, AREA)).text
        form = await open_.press("amina", "draft.show", {**AREA, "step": "set_aside"})
        assert "draft.set_aside" in _offers(form)


@pytest.mark.parametrize("who", ["grace", "kasia", "joan"])
async def test_nobody_else_gets_any_of_it(running: Scene, who: str) -> None:
    for verb in (
        "results.show", "voices.show", "voices.hide", "voices.unhide", "voices.consent",
        "draft.show", "draft.words", "draft.levels", "draft.clear", "draft.send",
        "draft.set_aside",
    ):  # fmt: skip
        answer = await running.press(who, verb, {**AREA, "reason": "No.", "what": "gap"})
        assert "says this of area" not in answer.text
        assert "excelling" not in answer.text
    assert running.world.area(2).state == "drafting"
