"""The day's message when things go wrong: dropped, two replicas, a restart, days down."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest

from eocif import (
    deliveries,
    gathering,
    maturing,
    reviews,
    taking,
)
from eocif.database import Database
from eocif.models import Delivery, DeliveryState
from eocif.rules.dates import at
from eocif.rules.reminding import Kind
from eocif.time_models import Reminder
from tests import builders, reminded
from tests.builders import MONDAY, SMALL, World
from tests.gathered import (
    BOTH,
    DUE,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    begun,
    days,
    due,
    owned,
    states,
)


@pytest.fixture
def kind(request: pytest.FixtureRequest) -> str:
    """SQLite, unless a test is about what two databases might do differently."""
    return str(getattr(request, "param", "sqlite"))


@pytest.fixture
def world(database: Database, now: datetime) -> World:
    """Areas 2 and 3 are open, everyone has been asked, and Grace has answered."""
    return begun(database, now)


# --- dropped before it went -----------------------------------------------------------------


def test_a_message_that_is_dropped_gives_its_reminders_back(world: World) -> None:
    [subject] = owned(world, "tom", DUE, now=at(MONDAY, 11))
    next_week = MONDAY + timedelta(days=7)
    due(world, "tom", subject, at(next_week, 9))
    world.tick(at(next_week, 9))
    assert world.unasked("tom")[-1].params["also"]
    world.on_review(reviews.cancel, reason="", now=at(next_week, 9))
    rows = [row for row in reminded.reminders(world, "tom") if row.kind == Kind.ACTION]
    assert [(row.state, row.delivery_id) for row in rows] == [("waiting", None)]
    world.tick(at(next_week, 9, 1))
    assert [state for state, _ in states(world, "tom")] == ["dropped"] * 2  # nothing runs any more


def test_a_weekly_message_takes_over_from_reminders_that_have_not_gone(world: World) -> None:
    [subject] = owned(world, "tom", DUE, now=at(MONDAY, 11))
    friday, next_week = MONDAY + timedelta(days=4), MONDAY + timedelta(days=7)
    due(world, "tom", subject, at(friday, 9))
    world.tick(at(friday, 9))  # and Teams does not answer until Monday
    world.tick(at(next_week, 9))
    *_, reminder, prompt = world.unasked("tom")
    assert (reminder.kind, reminder.state) == ("reminder", "cancelled")
    assert prompt.params["also"] == [row.id for row in reminded.reminders(world, "tom")]


def test_a_days_message_that_had_lost_its_point_goes_once_there_is_another(world: World) -> None:
    subjects = owned(world, "grace", DUE, DUE, now=at(MONDAY, 11))
    due(world, "grace", subjects[0], at(TUESDAY, 9))
    world.tick(at(TUESDAY, 9))
    with world.database.transaction() as session:
        lost = session.get_one(Delivery, world.unasked("grace")[-1].id)
        lost.state, lost.error = DeliveryState.CANCELLED, "nothing is owed any more"
        taking.drop(taking.carried(session, lost), why="", now=at(TUESDAY, 9))
    due(world, "grace", subjects[1], at(TUESDAY, 10))
    world.tick(at(TUESDAY, 10))
    message = world.unasked("grace")[-1]
    assert (message.id, message.state, message.error) == (lost.id, "queued", "")
    assert message.params["ids"] == [reminded.reminders(world, "grace")[1].id]


def test_who_can_be_reached_again_gets_what_did_not_arrive(world: World) -> None:
    subjects = owned(world, "grace", DUE, DUE, now=at(MONDAY, 11))
    for day, subject in zip((TUESDAY, WEDNESDAY), subjects, strict=True):
        due(world, "grace", subject, at(day, 9))
        world.tick(at(day, 9))
        with world.database.transaction() as session:
            failed = session.get_one(Delivery, world.unasked("grace")[-1].id)
            failed.state, failed.settled_at = DeliveryState.FAILED, at(day, 9)
    assert [state for state, _ in states(world, "grace")] == ["taken"] * 2
    with world.database.transaction() as session:
        deliveries.try_again(
            session, person_id=world.actors["grace"].person_id, now=at(THURSDAY, 10)
        )
    world.tick(at(THURSDAY, 10))
    message = world.unasked("grace")[-1]
    assert (message.slot, message.state) == (f"day:{WEDNESDAY}", "queued")
    assert len(message.params["ids"]) == 2
    assert {row.delivery_id for row in reminded.reminders(world, "grace")} == {message.id}


# --- certain --------------------------------------------------------------------------------


@BOTH
def test_after_three_days_down_there_is_one_message(world: World) -> None:
    for days_off in (4, 5, 6):  # ten working days before each of these
        reminded.act(world, MONDAY + timedelta(days=14 + days_off), at(MONDAY, 11), owner="grace")
    friday = MONDAY + timedelta(days=4)
    world.live(at(friday, 14))
    assert days(world, "grace") == [("prompt", MONDAY), ("reminder", friday)]
    assert len(world.unasked("grace")[-1].params["ids"]) == 3
    settled = {("taken", ""), ("dropped", "a later one says the same")}  # that they are asked to
    assert set(states(world, "grace")) == settled


@BOTH
def test_a_restart_between_noting_and_gathering_loses_and_doubles_nothing(world: World) -> None:
    reminded.act(world, MONDAY + timedelta(days=15), at(MONDAY, 11), owner="grace")
    world.database.now(maturing.mature, now=at(TUESDAY, 9))
    before = len(world.rows(Reminder))
    assert world.unasked("grace")[1:] == []
    for minute in (5, 6):  # back again
        world.tick(at(TUESDAY, 9, minute))
    assert len(world.rows(Reminder)) == before
    assert len(world.unasked("grace")) == 2


def test_two_replicas_gather_one_message(postgresql: Database, now: datetime) -> None:
    world = builders.opened(postgresql, now, scope=SMALL)
    for who in ("grace", "des", "kasia"):
        for subject in owned(world, who, DUE, DUE, now=at(MONDAY, 11)):
            due(world, who, subject, at(TUESDAY, 9))
    replica = Database(postgresql.engine.url.render_as_string(hide_password=False))
    with ThreadPoolExecutor(4) as threads:
        settled = list(
            threads.map(
                lambda each: each.now(gathering.gather_all, now=at(TUESDAY, 9)),
                (postgresql, replica, postgresql, replica),
            )
        )
    replica.close()
    assert sum(settled) == 6
    for who in ("grace", "des", "kasia"):
        [_, message] = world.unasked(who)
        assert len(message.params["ids"]) == 2


def test_only_so_many_people_are_settled_in_one_transaction(world: World) -> None:
    for who in ("grace", "des", "kasia"):
        [subject] = owned(world, who, DUE, now=at(MONDAY, 11))
        due(world, who, subject, at(TUESDAY, 9))
    waiting = world.database.now(gathering.whom, now=at(TUESDAY, 9))
    assert waiting == sorted(world.actors[who].person_id for who in ("grace", "des", "kasia"))
    settled = [
        world.database.now(gathering.gather, person_ids=some, now=at(TUESDAY, 9))
        for some in (waiting[:2], waiting[2:], waiting)
    ]
    assert settled == [2, 1, 0]
    assert world.database.now(gathering.whom, now=at(TUESDAY, 9)) == []


def test_who_was_written_to_since_it_was_decided_hears_tomorrow(world: World) -> None:
    [subject] = owned(world, "grace", DUE, now=at(MONDAY, 11))
    due(world, "grace", subject, at(TUESDAY, 9))
    waiting = world.database.now(gathering.whom, now=at(TUESDAY, 9))
    with world.database.transaction() as session:  # another replica's message has gone meanwhile
        deliveries.to_person(
            session, kind="news", person_id=world.actors["grace"].person_id, subject="review:1",
            tenant_id=world.actors["grace"].tenant_id, now=at(TUESDAY, 9),
        )  # fmt: skip
    world.send(at(TUESDAY, 9))
    assert world.database.now(gathering.gather, person_ids=waiting, now=at(TUESDAY, 9, 1)) == 0
    assert [kind for kind, _ in days(world, "grace")[1:]] == ["news"]
