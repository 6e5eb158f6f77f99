"""Once only, whatever happens to the service, its clock, and the things that were to be remembered.

Whole ticks and real deliveries; single steps have tests of their own beside them.
"""

import asyncio
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from eocif import actions, review_groups, reviews
from eocif.database import Database
from eocif.models import Delivery, Review
from eocif.rules.dates import at, london_day
from eocif.sending import KINDS
from eocif.time_models import Meeting, Reminder
from scheduler import jobs
from tests import builders, reminded, to_the_end
from tests.builders import MONDAY, SMALL, World
from tests.living import Life, names, put_back, rows_of, told, wish

TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = (MONDAY + timedelta(days=n) for n in range(1, 5))
NEXT_WEEK = MONDAY + timedelta(days=7)
SIGNED = to_the_end.SIGNED_OFF_AT

Line = tuple[date, str, str, tuple[str, ...]]


@pytest.fixture
def kind(request: pytest.FixtureRequest) -> str:
    """SQLite, unless a test is about what two databases might do differently."""
    return str(getattr(request, "param", "sqlite"))


@pytest.fixture
def world(database: Database, now: datetime) -> World:
    """Areas 2 and 3 opened on Monday; Grace has answered, and Kasia leads no area."""
    world = builders.opened(database, now, scope=SMALL)
    for area in (2, 3):
        world.rate("grace", area, "achieving", at(MONDAY, 10))
    return world


@pytest.fixture
def signed(database: Database, now: datetime) -> World:
    """A review that was signed off on Wednesday 27 January."""
    return to_the_end.signed_off(database, now)


def lines(world: World, since: datetime, who: str = "") -> list[Line]:
    """What went out: on which day, to whom, of what kind, and what it carried along."""
    keys = names(world)
    return [
        (london_day(when), keys[person], kind, carried)
        for when, kind, person, carried, _ in told(world, since)
        if not who or keys[person] == who
    ]


# --- replicas and restarts ----------------------------------------------------------------


def busy(world: World) -> None:
    """On the second Monday all kinds of things are due at once."""
    for who, day in (("grace", NEXT_WEEK), ("tom", NEXT_WEEK), ("doris", NEXT_WEEK)):
        reminded.act(world, day, at(MONDAY, 11), owner=who)


async def test_two_replicas_that_tick_and_deliver_at_once_do_it_once(
    postgresql: Database, now: datetime
) -> None:
    world = builders.opened(postgresql, now, scope=SMALL)
    busy(world)
    replica = Database(postgresql.engine.url.render_as_string(hide_password=False))
    await asyncio.gather(
        *(Life(each).is_at(at(NEXT_WEEK, 9)) for each in (postgresql, replica) for _ in range(2))
    )
    replica.close()
    await Life(postgresql).is_at(at(NEXT_WEEK, 9, 2))  # a lane is handed over within a second
    found = lines(world, at(NEXT_WEEK, 9))
    assert sorted((who, kind) for _, who, kind, _ in found) == [
        ("amina", "digest"), ("amina", "prompt"), ("des", "prompt"), ("grace", "prompt"),
        ("kasia", "prompt"), ("peter", "prompt"), ("ruth", "prompt"), ("sunil", "prompt"),
        ("tom", "digest"), ("tom", "prompt"),
    ]  # fmt: skip
    carried = [each for *_, slots in found for each in slots if each.startswith("action")]
    assert len(carried) == len(set(carried)) == 3


class Stopped(Exception):
    """The process was killed here."""


class Mortal:
    """A database whose process is killed after so many transactions."""

    def __init__(self, database: Database, steps: int) -> None:
        self._database, self._left = database, steps

    async def run(self, use_case: Callable[..., Any], /, **arguments: Any) -> Any:
        if not self._left:
            raise Stopped
        self._left -= 1
        return await self._database.run(use_case, **arguments)


def queued(world: World) -> list[tuple[str, int, tuple[str, ...]]]:
    """What is about to go: of what kind, to whom, and what it carries along."""
    rows = world.rows(Reminder)
    return sorted(
        (each.kind, each.person_id, tuple(row.slot for row in rows if row.delivery_id == each.id))
        for each in world.rows(Delivery, Delivery.state == "queued")
        if each.kind in KINDS
    )


async def test_a_restart_between_any_two_steps_of_a_tick_loses_and_doubles_nothing(
    world: World,
) -> None:
    busy(world)
    as_it_was, now = rows_of(world.database), at(NEXT_WEEK, 9)
    await jobs.tick(world.database, now=now)
    whole = queued(world)
    assert {kind for kind, *_ in whole} == {"prompt", "reminder", "digest"}
    steps, was_killed = 0, True
    while was_killed:
        put_back(world.database, as_it_was)
        try:
            await jobs.tick(Mortal(world.database, steps), now=now)  # type: ignore[arg-type]
            was_killed = False
        except Stopped:
            steps += 1
        await jobs.tick(world.database, now=now)
        assert queued(world) == whole, f"after {steps} steps"
    assert steps > 8


# --- outages and clocks -------------------------------------------------------------------


async def test_what_was_missed_in_the_morning_goes_once_the_service_is_back(world: World) -> None:
    reminded.act(world, WEDNESDAY, at(MONDAY, 11), owner="grace")
    await Life(world.database).is_at(at(WEDNESDAY, 11, 20))
    assert lines(world, at(MONDAY, 11), "grace") == [
        (WEDNESDAY, "grace", "reminder", (f"action:1 {WEDNESDAY} on the day",))
    ]


async def test_back_in_the_evening_it_waits_for_the_next_morning(world: World) -> None:
    reminded.act(world, WEDNESDAY, at(MONDAY, 11), owner="grace")
    life = Life(world.database)
    await life.is_at(at(WEDNESDAY, 18), at(WEDNESDAY, 23, 59))
    assert lines(world, at(MONDAY, 11), "grace") == []
    await life.is_at(at(THURSDAY, 9))
    assert [day for day, *_ in lines(world, at(MONDAY, 11), "grace")] == [THURSDAY]


async def test_what_became_pointless_meanwhile_does_not_go(world: World) -> None:
    number = reminded.act(world, WEDNESDAY, at(MONDAY, 11), owner="grace")
    world.do(actions.done, "grace", action_id=number, changed="It is.", now=at(WEDNESDAY, 10))
    await Life(world.database).is_at(at(WEDNESDAY, 11, 20), at(THURSDAY, 9), at(FRIDAY, 9))
    assert lines(world, at(MONDAY, 11), "grace") == []


async def test_a_clock_that_goes_back_and_forth_tells_nothing_twice(world: World) -> None:
    busy(world)
    for who in ("grace", "tom"):
        reminded.act(world, THURSDAY, at(MONDAY, 11), owner=who)
    await Life(world.database).is_at(
        at(TUESDAY, 9), at(MONDAY, 12), at(TUESDAY, 9), at(THURSDAY, 9), at(WEDNESDAY, 9),
        at(MONDAY, 12), at(THURSDAY, 9, 30), at(NEXT_WEEK, 9), at(THURSDAY, 9), at(NEXT_WEEK, 10),
    )  # fmt: skip
    found = lines(world, at(MONDAY, 11))
    days = [(day, who, kind == "digest") for day, who, kind, _ in found]
    slots = [(who, slot) for _, who, _, carried in found for slot in carried]
    assert len(days) == len(set(days))
    assert len(slots) == len(set(slots))
    assert [day for day, who, *_ in found if who == "grace"] == [TUESDAY, THURSDAY, NEXT_WEEK]


@pytest.mark.parametrize(
    ("deadline", "hour_in_utc"),
    [
        (date(2027, 3, 30), 8), (date(2027, 10, 29), 8), (date(2027, 11, 1), 9),
        (date(2028, 2, 29), 9),
    ],
)  # fmt: skip
async def test_nine_stays_nine_when_the_clocks_change_and_a_leap_day_has_its_message(
    signed: World, deadline: date, hour_in_utc: int
) -> None:
    """The clocks change on 28 March and 31 October 2027; 30 March follows Easter Monday."""
    reminded.act(signed, deadline, SIGNED, owner="grace")
    life, before = Life(signed.database), at(deadline - timedelta(days=4), 18)
    await life.is_at(SIGNED, before)
    await life.goes_on(before, at(deadline, 18), leaping=True)
    [*_, last] = [each for each in told(signed, before) if each[3]]
    assert last[3] == (f"action:1 {deadline} on the day",)
    assert (last[0].date(), last[0].hour, last[0].minute) == (deadline, hour_in_utc, 0)


# --- things that change after their reminder ----------------------------------------------


async def test_a_deadline_moved_while_its_reminder_waits_has_its_new_dates_alone(
    world: World,
) -> None:
    number = reminded.act(world, MONDAY, at(MONDAY, 11), owner="tom")
    life = Life(world.database)
    await life.is_at(at(MONDAY, 12))
    assert [row.state for row in reminded.reminders(world, "tom")] == ["waiting", "waiting"]
    reminded.change(world, number, at(MONDAY, 14), "Papers.", deadline=FRIDAY.isoformat())
    await life.goes_on(at(MONDAY, 14), at(FRIDAY, 18))
    assert [(day, carried) for day, _, _, carried in lines(world, at(MONDAY, 11), "tom")] == [
        (TUESDAY, (f"action:{number} asked 1",)),
        (WEDNESDAY, (f"action:{number} {FRIDAY} before 2",)),
        (FRIDAY, (f"action:{number} {FRIDAY} on the day",)),
    ]


async def test_of_an_action_that_changed_hands_the_old_owner_hears_no_more(world: World) -> None:
    number = reminded.act(world, WEDNESDAY, at(MONDAY, 11), owner="kasia")
    grace = str(reminded.person(world, "grace"))
    reminded.change(world, number, at(MONDAY, 14), owner=grace)
    await Life(world.database).goes_on(at(MONDAY, 14), at(FRIDAY, 18))
    assert lines(world, at(MONDAY, 11), "kasia") == []
    assert [day for day, *_ in lines(world, at(MONDAY, 11), "grace")] == [TUESDAY, WEDNESDAY]


async def test_who_was_removed_hears_no_more_of_rounds(world: World) -> None:
    life = Life(world.database)
    await life.is_at(at(NEXT_WEEK, 8, 59))
    world.on_review(
        review_groups.remove_member, member_id=world.members["des"], now=at(NEXT_WEEK, 8, 59)
    )
    await life.goes_on(at(NEXT_WEEK, 8, 59), at(NEXT_WEEK + timedelta(days=3), 12))
    assert lines(world, at(MONDAY, 11), "des") == []


async def test_of_a_cancelled_review_nobody_hears_again(world: World) -> None:
    """Nothing but an older message that says so, in its place and without an alert."""
    busy(world)
    life = Life(world.database)
    await life.is_at(at(MONDAY, 12))
    world.on_review(reviews.cancel, reason="The trust is merging.", now=at(MONDAY, 14))
    await life.goes_on(at(MONDAY, 14), at(MONDAY + timedelta(days=16), 18))
    assert lines(world, at(MONDAY, 11)) == []
    assert {row.state for row in world.rows(Reminder)} == {"dropped"}


# --- from one thing that is due to the next -----------------------------------------------


async def test_who_leaps_to_what_is_due_next_sends_what_a_running_service_sends(
    signed: World,
) -> None:
    """A spring: actions, a meeting, weekly digests, quiet hours, and leave that began before."""
    for who, deadline in {"grace": date(2027, 3, 16), "tom": date(2027, 3, 29)}.items():
        reminded.act(signed, deadline, SIGNED, owner=who)
    wish(signed, "grace", from_hour=13, until_hour=15)
    wish(signed, "kasia", away_from=date(2027, 1, 20), away_until=date(2027, 2, 21))
    with signed.database.transaction() as session:
        review = session.get_one(Review, signed.review_id)
        review.digest_day, review.digest_hour = 2, 11
        meeting = Meeting(
            tenant_id=review.tenant_id, review_id=signed.review_id, nonce="m", name="Board",
            meets_on=date(2027, 3, 24), look_on=SIGNED.date(),
        )  # fmt: skip
        session.add(meeting)
    life, start, end = Life(signed.database), at(date(2027, 2, 12), 12), at(date(2027, 3, 18), 12)
    await life.is_at(SIGNED, start)
    as_it_was = rows_of(signed.database)
    await life.goes_on(start, end)
    by_calendar = told(signed, start)
    assert {kind for _, kind, *_ in by_calendar} == {"news", "reminder", "digest"}
    put_back(signed.database, as_it_was)
    await life.goes_on(start, end, leaping=True)
    assert told(signed, start) == by_calendar


async def test_before_nine_what_is_to_be_looked_at_today_comes_today(signed: World) -> None:
    far = date(2027, 6, 1)
    reminded.act(signed, far, SIGNED, owner="grace")
    await Life(signed.database).is_at(SIGNED, at(date(2027, 5, 13), 18))
    for now, instant in (
        (at(date(2027, 5, 15), 12), at(date(2027, 5, 17), 9)),  # the next digest
        (at(date(2027, 5, 28), 7), at(date(2027, 5, 28), 9)),  # 2 working days before
    ):
        assert await jobs.next_instant(signed.database, now=now) == instant
