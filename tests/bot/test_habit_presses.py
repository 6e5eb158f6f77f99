"""People say when they want to hear from us, over HTTP with signed tokens."""

from collections.abc import AsyncIterator
from datetime import date, datetime

import aiohttp
import pytest

from cards.submissions import parse
from eocif import reminder_rows
from eocif.database import Database
from eocif.models import Review
from eocif.rules.merging import digest
from eocif.rules.reminding import Kind
from eocif.time_models import Habit, Snooze
from tests.bot.authority import Authority
from tests.bot.house import Answered, buttons
from tests.bot.world import TEN, Scene, scene
from tests.builders import SMALL, opened
from tests.scheduler.post_office import Clock

SHOWN = {
    field: digest(value)
    for field, value in {
        "how_often": "any", "from_hour": "9", "until_hour": "17", "away_from": "",
        "away_until": "", "deputy": "none",
    }.items()
}  # fmt: skip


@pytest.fixture
async def running(
    database: Database, now: datetime, authority: Authority, http: aiohttp.ClientSession
) -> AsyncIterator[Scene]:
    """Monday, 10am: everyone was asked, and Kasia was reminded that the round closes."""
    world = opened(database, now, scope=SMALL)
    with database.transaction() as session:
        reminder_rows.remind(
            session, person_id=world.actors["kasia"].person_id, kind=Kind.ROUND,
            subject="review:1", slot="half time", due_on=date(2027, 1, 25), now=TEN,
            review=session.get_one(Review, world.review_id),
        )  # fmt: skip
    async with scene(world, Clock(TEN), authority, http) as made:
        yield made


def offers(answer: Answered) -> set[str]:
    """What the card's buttons say; each of them parses."""
    for each in buttons(answer.card):
        parse(each["verb"], each.get("data", {}))
    return {each["verb"] for each in buttons(answer.card)}


@pytest.mark.parametrize("verb", ["mine.show", "help.show", "reminders.show"])
async def test_the_card_is_one_press_away(running: Scene, verb: str) -> None:
    assert "habits.show" in offers(await running.press("kasia", verb))
    answer = await running.press("kasia", "habits.show")
    assert "Reminders and leave" in answer.words
    assert "habits.save" in offers(answer)


async def test_what_is_saved_is_shown_and_can_be_taken_back(running: Scene) -> None:
    answer = await running.press(
        "kasia", "habits.save",
        {"shown": SHOWN, "how_often": "weekly", "away_from": "2027-01-11",
         "away_until": "15 January 2027"},
    )  # fmt: skip
    assert "After your leave we write to you again on Monday 18 January 2027." in answer.words
    assert "You are away until Friday 15 January 2027" in answer.words
    (row,) = running.world.rows(Habit)
    assert (row.is_weekly, row.away_until) == (True, date(2027, 1, 15))
    answer = await running.press("kasia", "habits.back")
    assert "Welcome back." in answer.words
    assert "You are away" not in answer.words


async def test_a_mistake_comes_back_on_the_card_with_what_was_typed(running: Scene) -> None:
    answer = await running.press(
        "kasia", "habits.save", {"shown": SHOWN, "away_from": "after half-term"}
    )
    assert "We could not read this date. Type it like 18 February 2028." in answer.words
    assert "after half-term" in str(answer.card)
    assert running.world.rows(Habit) == []


async def test_a_thing_is_put_off_and_heard_of_again(running: Scene) -> None:
    wanted = {"ids": [1], "subject": "review:1", "until": "2027-01-20"}
    answer = await running.press("kasia", "reminders.snooze", wanted)
    assert "You hear of this again on Wednesday 20 January 2027." in answer.words
    answer = await running.press("kasia", "habits.show")
    assert "until Wednesday 20 January 2027" in answer.words
    answer = await running.press("kasia", "habits.wake", {"subject": "review:1"})
    assert "We remind you of this again when it is due." in answer.words
    assert running.world.rows(Snooze) == []


async def test_a_day_that_cannot_be_leaves_the_question_open(running: Scene) -> None:
    wanted = {"ids": [1], "subject": "review:1", "until": "some day"}
    answer = await running.press("kasia", "reminders.snooze", wanted)
    assert "Tell us until when. Type a date like 18 February 2028." in answer.words
    assert "some day" in str(answer.card)
    assert "reminders.snooze" in offers(answer)


async def test_nobody_puts_off_what_is_not_theirs(running: Scene) -> None:
    wanted = {"ids": [1], "subject": "review:1", "until": "2027-01-20"}
    answer = await running.press("tom", "reminders.snooze", wanted)
    assert "We could not find this review." in answer.words
    assert running.world.rows(Snooze) == []
