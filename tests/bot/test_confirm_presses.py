"""Presses on the cards with which a member answers a draft, over HTTP."""

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any

import aiohttp
import pytest

from eocif.database import Database
from eocif.models import Response
from eocif.rules.dates import at
from tests import after_the_close
from tests.bot.authority import Authority
from tests.bot.house import Answered, buttons
from tests.bot.world import Scene, scene
from tests.confirming import CLOSES_ON, TUESDAY
from tests.scheduler.post_office import Clock

CONCERN = "The wards at night are not in it."


@pytest.fixture
async def running(
    database: Database, now: datetime, authority: Authority, http: aiohttp.ClientSession
) -> AsyncIterator[Scene]:
    """The drafts of areas 2 and 3 are with the group."""
    world = after_the_close.in_round_2(database, now)
    async with scene(world, Clock(TUESDAY), authority, http) as made:
        yield made


def _data(answer: Answered, title: str) -> dict[str, Any]:
    """What a button of the card carries."""
    return dict(next(each["data"] for each in buttons(answer.card) if each["title"] == title))


async def test_a_draft_opens_and_once_answered_its_answer_does(running: Scene) -> None:
    opened = await running.press("des", "confirm.show", {"area": 2, "areas": [2, 3]})
    assert "The draft of area 2: where_now." in opened.words
    agree = _data(opened, "I agree with this wording")
    saved = await running.house.press("des", "confirm.answer", agree)
    assert "You agree with this wording. Thank you." in saved.words
    again = await running.press("des", "confirm.show", {"area": 2, "areas": [2, 3]})
    assert "You agree with this wording. Thank you." in again.words
    assert [row.answer for row in running.world.rows(Response)] == ["agree"]


async def test_a_press_that_arrives_three_times_stores_one_answer(running: Scene) -> None:
    data = {"area": 2, "answer": "concern", "comment": CONCERN}
    for _press in range(3):
        answer = await running.press("des", "confirm.answer", data)
        assert "You raised a concern." in answer.words
    assert [row.comment for row in running.world.rows(Response)] == [CONCERN]


async def test_what_is_missing_is_said_on_the_same_card(running: Scene) -> None:
    answer = await running.press("des", "confirm.answer", {"area": 2, "answer": "concern"})
    assert "Write your reason." in answer.words
    assert "What do you think of this draft?" in answer.words


async def test_words_that_are_too_long_wait_in_their_box(running: Scene) -> None:
    long = "é" * 2001
    data = {"area": 2, "answer": "concern", "comment": long}
    for verb, sent in (
        ("confirm.answer", data),
        ("confirm.show", {"area": 2, "step": "answer", "answer": "concern"}),
    ):
        answer = await running.press("des", verb, sent)
        assert "“Comment or concern” is 1 character too long." in answer.words
        assert long in answer.text


async def test_levels_are_changed_and_lead_on_to_the_answer_or_stop(running: Scene) -> None:
    card = await running.press("des", "confirm.show", {"area": 2, "step": "levels"})
    data = next(each["data"] for each in buttons(card.card) if each["verb"] == "confirm.levels")
    answer = await running.house.press("des", "confirm.levels", {**data, "level_2a": "excelling"})
    assert "Your levels are saved." in answer.words
    assert "What do you think of this draft?" in answer.words
    stop = {**data, "go": "stop", "level_2b": "excelling"}
    answer = await running.house.press("des", "confirm.levels", stop)
    assert "You have not answered the draft of area 2 yet." in answer.words
    assert "excelling" in answer.words.lower()
    bad = await running.house.press("des", "confirm.levels", {**data, "level_2c": "brilliant"})
    assert "We could not read the choice for 2c." in bad.words


async def test_others_words_are_read_a_question_at_a_time(running: Scene) -> None:
    data = {"area": 2, "step": "voices", "field": "where_now"}
    answer = await running.press("des", "confirm.show", data)
    assert "kasia says this of area 2." in answer.words
    assert "Kasia Nowak" not in answer.text


async def test_after_the_close_a_card_says_so_and_keeps_what_was_typed(running: Scene) -> None:
    running.clock.now = at(CLOSES_ON, 17, 20)
    data = {"area": 2, "answer": "concern", "comment": CONCERN}
    for verb, sent in (
        ("confirm.answer", data),
        ("confirm.levels", {"area": 2, "level_2a": "excelling"}),
        ("confirm.show", {"area": 2}),
    ):
        answer = await running.press("des", verb, sent)
        assert "This round closed" in answer.words
        assert CONCERN in answer.words


async def test_a_refusal_shows_what_was_typed(running: Scene) -> None:
    data = {"area": 2, "answer": "concern", "comment": CONCERN}
    answer = await running.press("joan", "confirm.answer", data)
    assert "This card is for someone else." in answer.words
    assert CONCERN in answer.words
    answer = await running.press("joan", "confirm.levels", {"area": 2, "level_2a": "excelling"})
    assert "This card is for someone else." in answer.words
    assert running.world.rows(Response) == []


@pytest.mark.covers("R14")
async def test_a_lead_records_an_answer_for_someone_without_teams(running: Scene) -> None:
    data = {"area": 2, "member": running.world.members["doris"]}
    opened = await running.press("tom", "confirm.show", data)
    assert "Doris Whitfield" in opened.words
    answer = await running.press("tom", "confirm.answer", {**data, "answer": "agree"})
    assert "They agree with this wording. Thank you." in answer.words
    [row] = running.world.rows(Response)
    assert (row.member_id, row.given_by) == (data["member"], running.world.actors["tom"].person_id)


async def test_the_lead_moves_the_second_round_and_is_told_which(running: Scene) -> None:
    answer = await running.press("amina", "review.extend", {"area": 2, "until": "2027-01-29"})
    assert "Round 2 of area 2 now closes at 5pm on Friday 29 January 2027." in answer.words
    for who in ("tom", "ruth", "kasia", "des", "grace"):
        await running.press(who, "confirm.answer", {"area": 3, "answer": "agree"})
    answer = await running.press("amina", "review.close", {"area": 3})
    assert "Round 2 of area 3 closes at 5pm on Tuesday 19 January 2027." in answer.words


async def test_the_answer_to_round_1_is_still_shown_closed(running: Scene) -> None:
    answer = await running.press("des", "area.show", {"area": 2, "areas": [2, 3]})
    assert "This round closed at 5pm on Wednesday 13 January 2027." in answer.words
    assert "des says this of area 2." in answer.words
