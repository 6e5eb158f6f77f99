"""Presses on a review's dates and on what follows a review, over HTTP, and what comes back."""

from collections.abc import AsyncIterator
from datetime import date, datetime
from typing import Any

import aiohttp
import pytest

from eocif.database import Database
from eocif.models import Review
from eocif.rules.dates import at
from eocif.time_models import Meeting
from tests import to_the_end
from tests.bot.authority import Authority
from tests.bot.house import Answered
from tests.bot.world import Scene, scene
from tests.scheduler.post_office import Clock

LATER = at(date(2029, 11, 15), 10)
NONCE = "0123456789abcdef"
BOARD = {"nonce": NONCE, "name": "Trust board", "meets_on": "2030-01-31", "papers_days": "10"}


@pytest.fixture
async def signed_off(
    database: Database, now: datetime, authority: Authority, http: aiohttp.ClientSession
) -> AsyncIterator[Scene]:
    """Areas 2 and 3 are signed off, and years have gone by."""
    world = to_the_end.signed_off(database, now)
    async with scene(world, Clock(LATER), authority, http) as made:
        yield made


async def _press(scene: Scene, verb: str, **data: Any) -> Answered:
    return await scene.press("amina", verb, data)


# --- meetings and the digest ----------------------------------------------------------


async def test_a_meeting_is_added_once_and_removed(signed_off: Scene) -> None:
    form = await _press(signed_off, "dates.show", view="meeting")
    assert "Add this meeting" in form.words
    for _press_again in range(2):
        answer = await _press(signed_off, "meeting.add", **BOARD)
        assert "Papers close on Thursday 17 January 2030." in answer.words
    assert len(signed_off.world.rows(Meeting)) == 1
    answer = await _press(signed_off, "meeting.remove", meeting=1)
    assert "Removed. We do not remind you of it any more." in answer.words
    assert "Trust board" not in answer.words


async def test_a_meeting_that_cannot_be_taken_comes_back_as_it_was_typed(
    signed_off: Scene,
) -> None:
    answer = await _press(signed_off, "meeting.add", **{**BOARD, "meets_on": "in spring"})
    for words in ("We could not read this date.", "in spring", "Trust board", "Add this meeting"):
        assert words in answer.words
    assert signed_off.world.rows(Meeting) == []


async def test_the_digest_is_saved_and_what_is_wrong_stays_on_its_form(signed_off: Scene) -> None:
    shown = {"shown": {}, "digest_day": "2", "digest_hour": "14"}
    guest = signed_off.world.sample.person("sunil").entra_id
    answer = await _press(signed_off, "dates.save", **shown, more_readers=guest)
    assert "Sunil Rao is a guest here" in answer.words
    assert "Save the weekly digest" in answer.words
    form = await _press(signed_off, "dates.show", view="digest")
    assert "Save the weekly digest" in form.words
    ruth = signed_off.world.sample.person("ruth").entra_id
    answer = await _press(signed_off, "dates.save", more_readers=ruth)
    assert "The digest comes on Mondays at 9am" in answer.words
    assert "Ruth Hollis" in answer.words


async def test_only_its_lead_sees_a_reviews_dates(signed_off: Scene) -> None:
    answer = await signed_off.press("tom", "dates.show", {})
    assert "This card is for someone else." in answer.words


# --- what follows ---------------------------------------------------------------------


async def test_the_next_review_is_set_up_once_and_opened_after_that(signed_off: Scene) -> None:
    asked = await _press(signed_off, "next.show")
    assert "What it takes along" in asked.words
    for nonce in (NONCE, NONCE, NONCE[::-1]):
        answer = await _press(signed_off, "next.start", nonce=nonce)
        assert "Step 6 of 6: check and start" in answer.words
    assert [row.before_id for row in signed_off.world.rows(Review)] == [None, 1]
    started = await signed_off.house.press("amina", "setup.start", {"review": 2})
    assert "Your review has started" in started.words
    answer = await _press(signed_off, "next.start", nonce=NONCE)
    assert "The review at a glance" in answer.words


async def test_an_area_is_rated_again_from_its_worksheet(signed_off: Scene) -> None:
    sheet = await _press(signed_off, "worksheet.show", section=1)
    assert "Rate area 2 again" in sheet.words
    asked = await _press(signed_off, "rerate.show", area=2)
    assert "This makes a small review of its own" in asked.words
    answer = await _press(signed_off, "rerate.start", area=2, nonce=NONCE)
    assert "Area 2 rated again, 2029" in answer.words
    assert [row.is_rerating for row in signed_off.world.rows(Review)] == [False, True]


async def test_what_cannot_follow_is_said_on_the_card_it_came_from(signed_off: Scene) -> None:
    await _press(signed_off, "reopen.do", area=2, reason="A new report.")
    answer = await _press(signed_off, "next.start", nonce=NONCE)
    assert "This review has already started." in answer.words
    assert "The review at a glance" in answer.words
    answer = await _press(signed_off, "rerate.start", area=3, nonce=NONCE)
    assert "This review has already started." in answer.words
    assert "The worksheet" in answer.words
