"""When digests are queued, for whom, and that nobody gets two in a week."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event
from sqlmodel import select

from eocif import digests, people
from eocif.database import Database
from eocif.models import Delivery, DeliveryState, Person, Review, ReviewArea
from eocif.rules.dates import at, london_day
from eocif.time_models import Habit
from eocif.time_summaries import Digest
from tests import builders
from tests.builders import MONDAY, SMALL, World
from tests.eocif.test_digests import another, let_read
from tests.to_the_end import signed_off

NINE = at(MONDAY + timedelta(days=7), 9)
SLOT = "week:2027-01-18"


@pytest.fixture
def world(database: Database, now: datetime) -> World:
    """Two areas of Tom's are open since Monday 11 January, and Amina leads the review."""
    return builders.opened(database, now, scope=SMALL)


def queue(world: World, now: datetime) -> int:
    """What a tick does about digests."""
    return world.database.now(digests.queue_due, now=now)


def rows(world: World, who: str = "") -> list[Delivery]:
    """The digests to someone, or to all, oldest first."""
    found = world.rows(Delivery, Delivery.kind == "digest")
    return [row for row in found if not who or row.person_id == world.actors[who].person_id]


def set_up(world: World, **changed: Any) -> None:
    """Change the review's digest as its lead would."""
    with world.database.transaction() as session:
        review = session.get_one(Review, world.review_id)
        session.add(review.sqlmodel_update(changed))


def keep_open(world: World) -> None:
    """Nobody answers, and the rounds stay open until May."""
    with world.database.transaction() as session:
        for area in session.exec(select(ReviewArea)):
            area.closes_on = date(2027, 5, 4)
            session.add(area)


def wish(world: World, who: str, **wanted: Any) -> None:
    """What someone asked for."""
    actor = world.actors[who]
    with world.database.transaction() as session:
        session.add(Habit(person_id=actor.person_id, tenant_id=actor.tenant_id, **wanted))


def brought(world: World, who: str, now: datetime) -> Digest | str:
    """What the newest digest to someone brings, as it is sent."""
    [*_, row] = rows(world, who)
    with world.database.transaction() as session:
        person_id = world.actors[who].person_id
        actor = people.actor_of(session, person_id=person_id, leads=frozenset())
        return digests.to_send(session, actor=actor, row=row, now=now)


@pytest.mark.covers("R69")
def test_on_monday_at_nine_leads_area_leads_and_readers_get_one_each(world: World) -> None:
    let_read(world, "joan")
    assert queue(world, NINE - timedelta(minutes=1)) == 0
    assert queue(world, NINE) == 3
    assert {(row.person_id, row.subject, row.slot, row.state) for row in rows(world)} == {
        (world.actors[who].person_id, "digest", SLOT, "queued") for who in ("amina", "tom", "joan")
    }
    for minutes in (0, 1, 300, 24 * 60):
        assert queue(world, NINE + timedelta(minutes=minutes)) == 0
    assert queue(world, NINE + timedelta(days=7)) == 3


@pytest.mark.covers("R69")
def test_the_day_and_the_hour_are_the_reviews(world: World) -> None:
    set_up(world, digest_day=2, digest_hour=14)
    wednesday = at(date(2027, 1, 13), 14)
    assert queue(world, wednesday - timedelta(minutes=1)) == 0
    assert world.database.now(digests.next_due, now=MONDAY_NOON) == wednesday
    assert queue(world, wednesday) == 2
    assert world.database.now(digests.next_due, now=wednesday) == wednesday + timedelta(days=7)


MONDAY_NOON = at(MONDAY, 12)


def test_a_reviews_first_day_has_messages_enough(world: World) -> None:
    assert queue(world, MONDAY_NOON) == 0
    assert queue(world, MONDAY_NOON + timedelta(days=1)) == 0
    assert world.rows(Review)[0].digest_week == MONDAY  # nobody asks again this week
    assert queue(world, NINE) == 2


def test_a_review_that_was_signed_off_is_read_on_and_a_cancelled_one_is_not(
    database: Database, now: datetime
) -> None:
    world = signed_off(database, now)
    assert queue(world, at(date(2027, 2, 1), 9)) == 2  # it was signed off the week before
    set_up(world, state="cancelled")
    assert world.database.now(digests.due, now=at(date(2027, 2, 8), 9)) == []
    assert world.database.now(digests.next_due, now=at(date(2027, 2, 8), 8)) is None


def test_what_was_missed_goes_within_its_week_and_not_after(world: World) -> None:
    assert queue(world, at(date(2027, 1, 23), 10)) == 0  # a Saturday
    wednesday = at(date(2027, 1, 20), 10)
    assert queue(world, wednesday) == 2
    assert isinstance(brought(world, "amina", wednesday), Digest)
    assert brought(world, "amina", at(date(2027, 1, 25), 9)) == "its week is over"


def test_it_moves_past_a_bank_holiday_and_the_next_week_has_its_own(world: World) -> None:
    keep_open(world)
    set_up(world, start_on=date(2027, 3, 1), digest_day=4)
    for day, expected in (
        (date(2027, 3, 26), 0),  # Good Friday
        (date(2027, 3, 30), 2),  # Tuesday after Easter
        (date(2027, 4, 2), 0),  # the same week
        (date(2027, 4, 9), 2),
    ):
        assert queue(world, at(day, 9)) == expected


def test_a_week_with_nothing_to_say_sends_nothing_and_is_not_asked_about_again(
    database: Database, now: datetime
) -> None:
    world = signed_off(database, now)
    quiet = at(date(2027, 2, 15), 9)
    assert queue(world, quiet) == 0
    assert {(row.state, row.error) for row in rows(world)} == {
        (DeliveryState.CANCELLED, "nothing to say this week")
    }
    with database.transaction() as session:
        assert digests.due(session, now=quiet + timedelta(minutes=1)) == []
    assert [row.state for row in rows(world, "amina")] == ["cancelled"]


def test_it_is_not_sent_where_nothing_is_left_to_say_by_then(
    database: Database, now: datetime
) -> None:
    world = signed_off(database, now)
    queue(world, at(date(2027, 2, 1), 9))
    assert brought(world, "amina", at(date(2027, 2, 5), 16)) == "nothing to say this week"


def test_someone_who_reads_no_review_any_more_gets_none(world: World) -> None:
    let_read(world, "joan")
    queue(world, NINE)
    let_read(world)
    assert brought(world, "joan", NINE) == "There is no digest for you yet."


def test_over_several_reviews_there_is_one_at_the_first_ones_time(world: World) -> None:
    set_up(world, digest_day=2)
    another(world, digest_day=0, digest_hour=11)
    monday = at(MONDAY + timedelta(days=7), 11)
    assert queue(world, monday) == 1  # Amina's, over both
    assert queue(world, at(date(2027, 1, 20), 9)) == 1  # Tom's, and Amina has hers
    assert [row.review_id for row in rows(world, "amina")] == [world.review_id]


def test_someone_without_teams_is_sent_none(world: World) -> None:
    doris = world.rows(Person, Person.name == "Doris Whitfield")[0]
    set_up(world, digest_readers=[doris.id, 999])
    assert queue(world, NINE) == 2


def test_whom_messages_do_not_reach_is_tried_once_and_again_when_they_are_back(
    world: World,
) -> None:
    keep_open(world)
    gone = "They removed the app from their Teams."
    _is_unreachable(world, "tom", gone)
    for weeks in range(3):
        queue(world, NINE + timedelta(weeks=weeks))
        _fails(world, "tom", gone)
    assert [(row.state, row.error) for row in rows(world, "tom")] == [
        ("failed", gone), ("cancelled", gone), ("cancelled", gone),
    ]  # fmt: skip
    assert len(rows(world, "amina")) == 3
    _is_unreachable(world, "tom", "")
    queue(world, NINE + timedelta(weeks=3))
    assert rows(world, "tom")[-1].state == DeliveryState.QUEUED


def _is_unreachable(world: World, who: str, why: str) -> None:
    with world.database.transaction() as session:
        person = session.get_one(Person, world.actors[who].person_id)
        session.add(person.sqlmodel_update({"unreachable": why}))


def _fails(world: World, who: str, why: str) -> None:
    """What was queued for someone does not arrive."""
    with world.database.transaction() as session:
        row = session.get_one(Delivery, rows(world, who)[-1].id)
        if row.state == DeliveryState.QUEUED:
            session.add(row.sqlmodel_update({"state": DeliveryState.FAILED, "error": why}))


# --- what people wish ---------------------------------------------------------------------------


def test_it_waits_for_the_hours_of_its_reader(world: World) -> None:
    wish(world, "amina", from_hour=11, until_hour=15)
    queue(world, NINE)
    assert [row.next_at for row in rows(world, "amina")] == [NINE + timedelta(hours=2)]
    assert [row.next_at for row in rows(world, "tom")] == [NINE]


def test_where_their_hours_are_over_for_the_week_it_is_the_next_weeks(world: World) -> None:
    keep_open(world)
    set_up(world, digest_day=4, digest_hour=16)
    wish(world, "amina", from_hour=9, until_hour=12)
    for weeks in range(3):
        queue(world, at(date(2027, 1, 15) + timedelta(weeks=weeks), 16))
    found = [(row.slot, london_day(row.next_at)) for row in rows(world, "amina")]
    mondays = [MONDAY + timedelta(weeks=weeks) for weeks in (1, 2, 3)]
    assert found == [(f"week:{monday}", monday) for monday in mondays]


def test_on_leave_nobody_gets_one_and_one_is_there_on_the_day_they_are_back(world: World) -> None:
    wish(world, "amina", away_from=date(2027, 1, 18), away_until=date(2027, 1, 26))
    keep_open(world)
    assert queue(world, NINE) == 2  # Tom's, and Amina's for when she is back
    assert queue(world, NINE + timedelta(days=7)) == 1
    assert [(row.slot, row.next_at) for row in rows(world, "amina")] == [
        ("week:2027-01-25", at(date(2027, 1, 27), 9))
    ]
    assert queue(world, NINE + timedelta(days=14)) == 2


# --- what a tick costs --------------------------------------------------------------------------


def test_a_minute_in_which_no_digest_is_due_asks_the_database_once(world: World) -> None:
    for number in range(5):
        another(world, nonce=f"another {number}")
    queue(world, NINE)
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        asked.append(statement)

    event.listen(world.database.engine, "before_cursor_execute", note)
    try:
        queue(world, NINE + timedelta(minutes=1))
        queue(world, NINE + timedelta(hours=12))
    finally:
        event.remove(world.database.engine, "before_cursor_execute", note)
    assert len([each for each in asked if each.startswith("SELECT")]) == 1


def test_two_replicas_that_look_at_once_queue_it_once(world: World) -> None:
    with world.database.transaction() as session:
        [review_id] = digests.due(session, now=NINE)
        found = digests.readers(session, review_id=review_id, now=NINE)
    queued = [
        world.database.now(digests.queue, person_id=each, now=NINE) for each in (*found, *found)
    ]  # fmt: skip
    assert queued == [True, True, False, False]


def test_a_restart_between_two_readers_loses_and_doubles_none(world: World) -> None:
    with world.database.transaction() as session:
        first, _ = digests.readers(session, review_id=world.review_id, now=NINE)
    world.database.now(digests.queue, person_id=first, now=NINE)
    assert queue(world, NINE + timedelta(minutes=1)) == 1
    assert queue(world, NINE + timedelta(minutes=2)) == 0
