"""The presses that end areas and reviews, over HTTP, and what comes back on their cards."""

from collections.abc import AsyncIterator
from datetime import datetime

import aiohttp
import pytest

from eocif.database import Database
from eocif.models import Conclusion, Delivery, Response, Review
from tests import to_the_end
from tests.after_the_close import written
from tests.bot.authority import Authority
from tests.bot.house import buttons
from tests.bot.world import Scene, scene
from tests.scheduler.post_office import Clock
from tests.to_the_end import CONCLUDED_AT, CONCLUDING_AT, SIGNED_OFF_AT, conclude, respond

AREA = {"area": 2}


@pytest.fixture
async def ending(
    database: Database, now: datetime, authority: Authority, http: aiohttp.ClientSession
) -> AsyncIterator[Scene]:
    """Area 2 has one concern and is concluding, area 3 is concluded."""
    world = to_the_end.concluding(database, now)
    respond(world, "des", 2, "concern", CONCLUDING_AT, comment="Not on nights.")
    conclude(world, 3)
    async with scene(world, Clock(CONCLUDED_AT), authority, http) as made:
        yield made


@pytest.fixture
async def ended(
    database: Database, now: datetime, authority: Authority, http: aiohttp.ClientSession
) -> AsyncIterator[Scene]:
    """Both areas are concluded."""
    world = to_the_end.concluded(database, now)
    async with scene(world, Clock(SIGNED_OFF_AT), authority, http) as made:
        yield made


async def test_a_card_of_yesterday_still_offers_three_years_from_today(ended: Scene) -> None:
    card = (await ended.press("amina", "signoff.show")).card
    [sign] = [each for each in buttons(card) if each["verb"] == "signoff.do"]
    ended.clock.later(days=1)
    typed = {**sign["data"], "reassess_on": sign["data"]["offered"]}
    answer = await ended.press("amina", "signoff.do", typed)
    assert "This review is signed off." in answer.words
    [review] = ended.world.rows(Review)
    assert str(review.reassess_on) == "2030-01-28"


# --- an area --------------------------------------------------------------------------------


async def test_a_concern_is_answered_and_the_area_concluded(ending: Scene) -> None:
    data = {**AREA, "response": "1", "kind": "answered", "reply": "We asked the night team."}
    answer = await ending.press("tom", "conclude.reply", data)
    assert "Saved. It stands in the worksheet beside what they said." in answer.words
    answer = await ending.press("tom", "conclude.finish", AREA)
    assert "Area 2 is concluded. We tell everyone who took part and has Teams." in answer.words
    assert ending.world.area(2).state == "concluded"


async def test_an_answer_that_cannot_be_taken_comes_back_on_its_card(ending: Scene) -> None:
    data = {**AREA, "response": "1", "kind": "answered"}
    answer = await ending.press("tom", "conclude.reply", {**data, "reply": "x" * 2_001})
    assert "is 1 character too long." in answer.words
    assert "x" * 2_001 in answer.words
    answer = await ending.press("tom", "conclude.reply", data)
    assert "Write your answer, or let the concern stand." in answer.words
    assert ending.world.rows(Response)[0].reply_kind == ""


async def test_another_leads_answer_is_shown_beside_what_was_typed(ending: Scene) -> None:
    data = {**AREA, "response": "1", "kind": "answered"}
    await ending.press("tom", "conclude.reply", {**data, "reply": "Tom asked the night team."})
    answer = await ending.press("amina", "conclude.reply", {**data, "reply": "Amina did not."})
    assert "Tom asked the night team." in answer.words
    assert "Amina did not." in answer.words
    again = next(
        each["data"]
        for each in buttons(answer.card)
        if each["verb"] == "conclude.reply" and each["data"]["kind"] == "answered"
    )
    await ending.press("amina", "conclude.reply", {**again, "reply": "Amina did not."})
    assert ending.world.rows(Response)[0].reply == "Amina did not."


async def test_what_is_still_needed_is_said_and_nothing_is_concluded(ending: Scene) -> None:
    answer = await ending.press("tom", "conclude.finish", AREA)
    assert "Answer 1 concern, or let it stand." in answer.words
    assert {row.area_id for row in ending.world.rows(Conclusion)} == {ending.world.area(3).id}


async def test_a_member_reads_what_became_of_what_they_said(ended: Scene) -> None:
    answer = await ended.press("des", "outcome.show", {"area": 3, "areas": "2,3"})
    assert "Achieving" in answer.words
    for_doris = {"area": 3, "member": ended.world.members["doris"]}
    assert "Doris Whitfield" in (await ended.press("tom", "outcome.show", for_doris)).words
    assert (
        "This card is for someone else."
        in (await ended.press("joan", "outcome.show", {"area": 3})).words
    )


# --- the review -----------------------------------------------------------------------------


async def test_a_review_is_signed_off_once_and_a_second_press_is_answered_alike(
    ended: Scene,
) -> None:
    assert "Sign this review off" in (await ended.press("amina", "signoff.show")).words
    first, second = [
        await ended.press("amina", "signoff.do", {"reassess_on": "2030-01-27"}) for _press in "12"
    ]
    assert "This review is signed off." in first.words
    assert first.words == second.words
    assert ended.world.rows(Review)[0].baseline_on == SIGNED_OFF_AT.date()


async def test_what_was_typed_for_the_next_assessment_comes_back(ended: Scene) -> None:
    typed = {"reassess_on": "soonish", "reassess_because": "A merger is planned."}
    answer = await ended.press("amina", "signoff.do", typed)
    for words in ("We could not read this date.", "soonish", "A merger is planned."):
        assert words in answer.words
    answer = await ended.press("tom", "signoff.do", typed)
    assert "This card is for someone else." in answer.words


async def test_a_cancelled_review_is_not_signed_off(ended: Scene) -> None:
    await ended.press("amina", "review.cancel", {"reason": "A merger"})
    answer = await ended.press("amina", "signoff.do", {})
    assert "This review was cancelled." in answer.words


async def test_the_worksheet_is_read_by_section(ended: Scene) -> None:
    assert "Section 1: Leadership" in (await ended.press("grace", "worksheet.show")).words
    assert "Area 2" in (await ended.press("grace", "worksheet.show", {"section": 1})).words


async def test_an_area_is_opened_again_with_the_reason_that_was_typed(ended: Scene) -> None:
    asked = await ended.press("amina", "reopen.show", AREA)
    assert "Why is this area opened again?" in asked.words
    answer = await ended.press("amina", "reopen.do", {**AREA, "reason": ""})
    assert "Say why this area is opened again." in answer.words
    for _press in range(2):
        answer = await ended.press("amina", "reopen.do", {**AREA, "reason": "A new report."})
        assert "Area 2 is open again. Every later report says so." in answer.words
    answer = await ended.press("amina", "reopen.do", {**AREA, "reason": "Another reason."})
    assert "open already" in answer.words
    assert "Another reason." in answer.words


async def test_an_area_set_aside_before_its_first_round_says_when_it_opens(ended: Scene) -> None:
    with ended.world.database.transaction() as session:
        area = ended.world.area(2)
        area.state, area.closed_at, area.set_aside_because = "set_aside", None, "Too few."
        session.merge(area)
    answer = await ended.press("amina", "reopen.do", {**AREA, "reason": "A new report."})
    assert "Area 2 is open again from Monday 1 February 2027." in answer.words


async def test_facts_for_reports_are_saved_and_what_is_too_long_comes_back(ended: Scene) -> None:
    card = await ended.press("amina", "facts.show")
    save = next(each["data"] for each in buttons(card.card) if each["verb"] == "facts.save")
    typed = {"predecessor_1": "Strong.", "safety_reference": "x" * 2_001}
    answer = await ended.press("amina", "facts.save", {**save, **typed})
    assert "is 1 character too long." in answer.words
    assert "x" * 2_001 in answer.words
    review = ended.world.rows(Review)[0]
    assert (review.predecessor, review.safety_reference) == ({"Leadership": "Strong."}, "")
    answer = await ended.press("amina", "facts.save", {**save, "effectiveness_reference": "7"})
    assert "Saved. The next reports say this." in answer.words


async def test_a_press_leaves_nothing_waiting_but_updates(ending: Scene) -> None:
    written(ending.world, 2, CONCLUDED_AT, who="tom")
    queued = {row.kind for row in ending.world.rows(Delivery, Delivery.state == "queued")}
    await ending.press("tom", "conclude.finish", AREA)
    after = {row.kind for row in ending.world.rows(Delivery, Delivery.state == "queued")}
    assert after <= queued | {"update"}
