"""Presses that cannot be taken, and presses by the wrong person, over HTTP."""

import logging
from datetime import datetime, timedelta
from typing import Any

import aiohttp
import pytest

from cards.submissions import VERBS
from eocif import review_groups
from eocif.database import Database
from eocif.models import Person, Rating, Review, View
from eocif.rules.dates import at
from eocif.sample import load
from tests import builders
from tests.bot.authority import Authority
from tests.bot.house import SERVICE, buttons, pressed
from tests.bot.world import TEN, Scene, scene
from tests.builders import MONDAY
from tests.scheduler.post_office import Clock

EVERYONE = ("amina", "tom", "grace", "sunil", "joan")  # lead, area lead, member, guest, no member
CANARY = "Zwetschgendatschi"


EVIDENCE = {"source": "survey", "kind": "quantitative", "evidence": "Of 90 people 80 agree"}


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
        connection.exec_driver_sql("ALTER TABLE person RENAME TO put_away")
    answer = await running.press("grace", "area.levels", {"area": 1, "level_1a": "achieving"})
    assert (answer.status, answer.body) == (503, {"error": "unavailable"})
    assert "the database did not take a turn: OperationalError" in caplog.messages
    with running.world.database.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE put_away RENAME TO person")
    assert (await running.press("grace", "area.levels", {"area": 1})).card


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
