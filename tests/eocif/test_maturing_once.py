"""Once only: two replicas, outages, moved deadlines; and a tick costs what is due."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from threading import Barrier

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event, insert

from eocif import maturing
from eocif.database import Database
from eocif.models import Member, Review, ReviewArea
from eocif.rules.dates import at
from eocif.rules.working_days import (
    is_working_day,
    on_or_before,
    working_days_after,
    working_days_before,
)
from eocif.time_models import Action, Meeting, Reminder
from tests import builders, to_the_end
from tests.builders import MONDAY, SMALL, World
from tests.reminded import act, mature, person, seen

HALF = date(2027, 1, 18)
FIRST = date(2027, 2, 1)


def test_two_replicas_write_each_reminder_once(postgresql: Database, now: datetime) -> None:
    world = builders.opened(postgresql, now, scope=SMALL)
    act(world, HALF, at(MONDAY, 12))
    ready = Barrier(3)

    def tick() -> int:
        ready.wait()
        return postgresql.now(maturing.mature, now=at(HALF, 9))

    with ThreadPoolExecutor(3) as pool:
        written = [each.result() for each in [pool.submit(tick) for _ in range(3)]]
    rows = [row for row in world.rows(Reminder) if row.kind != "action_new"]
    assert len(rows) == sum(written) == 8 + 1
    assert len({(row.person_id, row.subject, row.slot) for row in rows}) == len(rows)


def test_what_someone_is_changing_is_looked_at_in_the_next_tick(
    postgresql: Database, now: datetime
) -> None:
    """No press waits for the tick, and the tick waits for no press."""
    world = builders.opened(postgresql, now, scope=SMALL)
    with postgresql.transaction() as session:
        area = session.get_one(ReviewArea, world.area(2).id, with_for_update=True)
        area.look_on = HALF
        assert postgresql.now(maturing.mature, now=at(HALF, 9)) == 8  # of area 3
    with postgresql.transaction() as session:
        assert session.get_one(ReviewArea, world.area(2).id).look_on == HALF
    assert postgresql.now(maturing.mature, now=at(HALF, 9, 1)) == 0
    assert world.area(2).look_on == date(2027, 1, 21)


def test_all_that_comes_due_is_the_same_in_both_databases(
    database: Database, now: datetime
) -> None:
    world = to_the_end.signed_off(database, now)
    act(world, date(2027, 8, 18), at(FIRST, 12), owner="doris")
    with database.transaction() as session:
        session.add(
            Meeting(
                tenant_id=world.actors["amina"].tenant_id, review_id=world.review_id, nonce="m",
                name="Board", meets_on=date(2027, 8, 25), look_on=FIRST,
            )
        )  # fmt: skip
    day = date(2027, 8, 18)
    assert [(who, kind) for who, kind, _ in mature(world, day)] == [
        ("amina", "edition"), ("amina", "papers"), ("tom", "action"),
    ]  # fmt: skip
    assert mature(world, day) == []
    stands = [*seen(world, "amina", at(day, 10)), *seen(world, "tom", at(day, 10))]
    assert [(each.kind, each.is_over) for each in stands] == [
        ("papers", False), ("edition", False), ("action_new", False), ("action", False),
    ]  # fmt: skip


# --- random deadlines, moves and outages --------------------------------------------------


DAYS = st.integers(0, 60).map(lambda ahead: FIRST + timedelta(days=ahead))
OUTAGES = st.lists(st.tuples(st.integers(0, 80), st.integers(1, 20)), max_size=3)
MOVES = st.lists(st.tuples(st.integers(0, 60), DAYS), max_size=2)


def _days_of(deadline: date, until: date) -> dict[date, str]:
    """By day, what an action is remembered for, worked out by hand."""
    found = {working_days_before(deadline, n): f"{deadline} before {n}" for n in (10, 2)}
    found[on_or_before(deadline)] = f"{deadline} on the day"
    n = 5
    while (day := working_days_after(deadline, n)) <= until:
        found[day] = f"{deadline} overdue {n}"
        n += 5
    return found


def _expected(
    deadline: date, moves: dict[date, date], ticks: list[date], last: date
) -> list[tuple[date, str]]:
    """What is written on which tick: the latest of the days that came since the one before."""
    since, seen = FIRST, FIRST
    found: list[tuple[date, str]] = []
    for today in ticks:
        for day in sorted(day for day in moves if seen < day <= today):
            deadline, since = moves[day], day
        days = _days_of(deadline, last)
        come = [
            day for day in days
            if day <= today and (day > since or days[day].endswith("on the day"))
        ]  # fmt: skip
        seen = today
        if come and (slot := days[max(come)]) not in [name for _, name in found]:
            found.append((today, slot))
    return found


@pytest.mark.covers("R42")
@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
@settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lives=st.lists(st.tuples(DAYS, MOVES), min_size=8, max_size=8), outages=OUTAGES)
def test_each_slot_is_written_once_and_after_any_outage_the_latest_alone(
    world: World, lives: list[tuple[date, list[tuple[int, date]]]], outages: list[tuple[int, int]]
) -> None:
    down = {FIRST + timedelta(days=start + n) for start, length in outages for n in range(length)}
    days = [FIRST + timedelta(days=n) for n in range(1, 90)]
    ticks = [day for day in days if day not in down and is_working_day(day)]
    actions = {_act(world, deadline): (deadline, _moves(moves)) for deadline, moves in lives}
    for day in days:
        for action_id, (_, moves) in actions.items():
            if day in moves:
                _move(world, action_id, moves[day], day)
        if day in ticks:
            world.database.now(maturing.mature, now=at(day, 9))
    written = world.rows(Reminder, Reminder.person_id == person(world, "grace"))
    for action_id, (deadline, moves) in actions.items():
        mine = [row for row in written if row.subject == f"action:{action_id}"]
        found = [(row.created_at.date(), row.slot) for row in mine]
        assert found == _expected(deadline, moves, ticks, days[-1])


def _moves(moves: list[tuple[int, date]]) -> dict[date, date]:
    """By day, to which later day the deadline is moved."""
    dated = {FIRST + timedelta(days=ahead): to for ahead, to in moves if ahead}
    return {day: to for day, to in dated.items() if to >= day}


@pytest.fixture
def world(database: Database, now: datetime) -> World:
    return to_the_end.signed_off(database, now)


def _act(world: World, deadline: date) -> int:
    """An action as `actions.save` leaves it."""
    with world.database.transaction() as session:
        made = Action(
            tenant_id=world.actors["amina"].tenant_id, review_id=world.review_id, area=2,
            nonce=f"{len(world.rows(Action))}", owner_id=world.actors["grace"].person_id,
            deadline=deadline, created_by=world.actors["amina"].person_id,
            created_at=at(FIRST, 12), since=FIRST, look_on=FIRST,
        )  # fmt: skip
        session.add(made)
        session.flush()
        return made.id or 0


def _move(world: World, action_id: int, deadline: date, day: date) -> None:
    with world.database.transaction() as session:
        action = session.get_one(Action, action_id)
        action.deadline, action.since, action.look_on = deadline, day, day
        session.add(action)


# --- what a tick costs --------------------------------------------------------------------

MANY = 200
_HOW_MANY = re.compile(r"\?(, \?)+")


@contextmanager
def _asked(database: Database) -> Iterator[list[str]]:
    """What is asked of a database meanwhile, but for the reminders that are written."""
    found: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        if "INTO reminder" not in statement:
            found.append(_HOW_MANY.sub("?", statement))

    event.listen(database.engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(database.engine, "before_cursor_execute", note)


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_a_tick_asks_the_same_of_two_hundred_reviews_as_of_one(
    database: Database, now: datetime
) -> None:
    world = builders.opened(database, now, scope=SMALL)
    act(world, HALF, at(MONDAY, 12))
    with database.transaction() as session:
        session.get_one(Review, world.review_id).look_on = HALF
    with _asked(database) as of_one:
        assert database.now(maturing.mature, now=at(HALF, 9)) == 8 + 1
    _many(world, look_on=HALF)
    with _asked(database) as of_many:
        assert database.now(maturing.mature, now=at(HALF, 10)) == MANY * 9
    assert of_many == of_one


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_a_tick_asks_four_questions_where_nothing_is_due(database: Database, now: datetime) -> None:
    world = builders.opened(database, now, scope=SMALL)
    _many(world, look_on=date(2027, 1, 19))
    database.now(maturing.mature, now=at(HALF, 9))
    with _asked(database) as found:
        assert database.now(maturing.reviews_due, now=at(HALF, 9)) == []
    assert len(found) == 4 + 1  # and BEGIN


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_a_few_reviews_at_once_are_all_in_the_end(database: Database, now: datetime) -> None:
    world = builders.opened(database, now, scope=SMALL)
    act(world, HALF, at(MONDAY, 12))
    _many(world, look_on=HALF)
    assert database.now(maturing.reviews_due, now=at(HALF, 8)) == []
    due = database.now(maturing.reviews_due, now=at(HALF, 9))
    assert due == sorted(row.id for row in world.rows(Review))
    for some, written in ((due[1:3], 2 * 9), (due[1:3], 0), (due, (MANY - 1) * 9)):
        assert database.now(maturing.mature, review_ids=some, now=at(HALF, 9)) == written
    assert database.now(maturing.reviews_due, now=at(HALF, 9)) == []


def _many(world: World, *, look_on: date) -> None:
    """The same review two hundred times more, each with its areas, members and an action."""
    tables = (ReviewArea, Member, Action)
    copies = {
        table: [row.model_dump(exclude={"id"}) for row in world.rows(table)] for table in tables
    }
    [review] = world.rows(Review)
    with world.database.transaction() as session:
        first = review.model_dump(exclude={"id", "nonce", "look_on"})
        more = [Review(**first, nonce=f"copy {n}", look_on=look_on) for n in range(MANY)]
        session.add_all(more)
        session.flush()
        for table, rows in copies.items():
            theirs = [row | {"review_id": each.id} for each in more for row in rows]
            looked_at = {} if table is Member else {"look_on": look_on}
            if theirs:
                session.execute(insert(table), [row | looked_at for row in theirs])
