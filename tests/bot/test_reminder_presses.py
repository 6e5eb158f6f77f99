"""Presses on the day's reminders, over HTTP, and what their message shows afterwards."""

from collections.abc import AsyncIterator
from datetime import date, datetime, timedelta

import aiohttp
import pytest

from eocif.database import Database
from eocif.models import Delivery
from eocif.rules.dates import at
from tests import builders, reminded
from tests.bot.authority import Authority
from tests.bot.house import buttons
from tests.bot.world import Scene, scene
from tests.builders import MONDAY, SMALL
from tests.scheduler.post_office import Clock

MORNING = at(MONDAY + timedelta(days=1), 9)


@pytest.fixture
def kind() -> str:
    """What a press does is the same on both databases."""
    return "sqlite"


@pytest.fixture
async def reminding(
    database: Database, now: datetime, authority: Authority, http: aiohttp.ClientSession
) -> AsyncIterator[Scene]:
    """Grace owns two actions, and has been sent her reminders this morning."""
    world = builders.opened(database, now, scope=SMALL)
    for area in (2, 3):
        world.rate("grace", area, "achieving", at(MONDAY, 10))
        reminded.act(world, date(2027, 1, 26), at(MONDAY, 11), owner="grace")
    world.live(MORNING)
    async with scene(world, Clock(MORNING), authority, http) as made:
        yield made


def message(reminding: Scene) -> Delivery:
    return reminding.world.unasked("grace")[-1]


def ids(reminding: Scene) -> dict[str, list[int]]:
    return {"ids": list(message(reminding).params["ids"])}


async def test_the_list_is_shown_again_to_whose_it_is_and_to_nobody_else(reminding: Scene) -> None:
    answer = await reminding.press("grace", "reminders.show", ids(reminding))
    assert "2 things wait for you" in answer.words
    answer = await reminding.press("des", "reminders.show", ids(reminding))
    assert "Nothing waits for you here" in answer.words
    assert "Ring people a week after they go home." not in answer.words


async def test_a_thing_is_put_off_and_a_day_that_cannot_be_comes_back(reminding: Scene) -> None:
    answer = await reminding.press(
        "grace", "reminders.show", ids(reminding) | {"later": "action:1"}
    )  # fmt: skip
    assert "From which day shall we remind you again?" in answer.words
    data = ids(reminding) | {"subject": "action:1"}
    answer = await reminding.press("grace", "reminders.snooze", data | {"until": "2027-01-04"})
    assert "From which day shall we remind you again?" in answer.words
    assert "is too soon" in answer.words
    answer = await reminding.press("grace", "reminders.snooze", data | {"until": "2027-01-20"})
    assert "You hear of this again on Wednesday 20 January 2027." in answer.words
    assert "2 things wait for you" in answer.words


async def test_after_a_press_the_message_goes_back_to_its_list(reminding: Scene) -> None:
    sent = message(reminding)
    shown = await reminding.press("grace", "reminders.show", ids(reminding))
    data = next(each["data"] for each in buttons(shown.card) if each["verb"] == "action.show")
    where = {
        "id": sent.conversation_id, "conversationType": "personal",
        "tenantId": reminding.world.sample.tenant_id,
    }  # fmt: skip
    answer = await reminding.press(
        "grace", "action.accept", data, message=sent.activity_id, conversation=where
    )
    assert "Ring people a week after they go home." in answer.words
    [update] = reminding.world.rows(Delivery, Delivery.target_id == sent.id)
    assert update.params == sent.params
