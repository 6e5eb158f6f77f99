"""What a tick does, and that it does nothing twice, on both databases."""

import asyncio
from datetime import datetime, timedelta

import pytest

from eocif import outbox
from eocif.database import Database
from eocif.models import Delivery, Lane
from eocif.rules.dates import at
from eocif.rules.progress import AreaState
from scheduler import jobs
from scheduler.timetable import Timetable
from tests import builders
from tests.builders import MONDAY, World
from tests.scheduler.post_office import Clock
from tests.scheduler.saying import ASKED, row

CLOSING = at(MONDAY + timedelta(days=14), 17, 15)  # ten working days later


def prompts(world: World) -> list[Delivery]:
    return world.rows(Delivery, Delivery.kind == "prompt")


async def test_a_tick_opens_what_is_due_and_asks_everyone_once(world: World, clock: Clock) -> None:
    await jobs.tick(world.database, now=clock() - timedelta(minutes=1))
    assert world.area(1).state == AreaState.WAITING
    assert not prompts(world)
    await jobs.tick(world.database, now=clock())
    assert world.area(1).state == AreaState.ROUND_1
    assert len(prompts(world)) == ASKED
    for minutes in (0, 1, 60, 60 * 24):
        await jobs.tick(world.database, now=clock() + timedelta(minutes=minutes))
    assert len(prompts(world)) == ASKED


async def test_a_tick_closes_what_is_due_before_it_asks_anybody(world: World, clock: Clock) -> None:
    await jobs.tick(world.database, now=clock())
    await jobs.tick(world.database, now=CLOSING - timedelta(minutes=1))
    assert world.area(1).state == AreaState.ROUND_1
    await jobs.tick(world.database, now=CLOSING)
    assert world.area(1).state == AreaState.DRAFTING


async def test_after_an_outage_of_weeks_nobody_is_asked_for_what_is_over(world: World) -> None:
    await jobs.tick(world.database, now=at(MONDAY, 9))
    asked = len(prompts(world))
    await jobs.tick(world.database, now=CLOSING + timedelta(days=3))
    assert len(prompts(world)) == asked


async def test_two_replicas_ticking_at_once_do_it_once(
    postgresql: Database, now: datetime, clock: Clock
) -> None:
    world = builders.started(postgresql, now, scope={"1": "1"})
    replica = Database(postgresql.engine.url.render_as_string(hide_password=False))
    await asyncio.gather(
        *(jobs.tick(each, now=clock()) for each in (postgresql, replica) for _ in range(4))
    )
    replica.close()
    assert len(prompts(world)) == ASKED


@pytest.mark.parametrize(
    ("now", "instant"),
    [
        (at(MONDAY, 8), at(MONDAY, 9)),
        (at(MONDAY, 9), at(MONDAY, 17, 15)),
        (at(MONDAY, 17, 15), at(MONDAY + timedelta(days=1), 9)),
        (at(MONDAY + timedelta(days=4), 18), at(MONDAY + timedelta(days=7), 9)),
    ],
)
async def test_by_the_calendar_something_may_be_due_at_nine_and_at_a_quarter_past_five(
    world: World, now: datetime, instant: datetime
) -> None:
    assert await jobs.next_instant(world.database, now=now) == instant


async def test_the_next_instant_is_that_of_a_delivery_where_one_comes_first(
    world: World, clock: Clock
) -> None:
    await jobs.tick(world.database, now=clock())
    soon, stuck = clock() + timedelta(minutes=7), row(world, "tom")
    with world.database.transaction() as session:
        later = session.get_one(Delivery, row(world, "grace").id)
        later.next_at = soon
        session.add(later)
    assert stuck.next_at == clock()  # due already, and no reason to stand still
    assert await jobs.next_instant(world.database, now=clock()) == soon


async def test_the_next_instant_is_the_end_of_a_wait_that_teams_asked_for(
    world: World, clock: Clock
) -> None:
    held = clock() + timedelta(seconds=30)
    with world.database.transaction() as session:
        session.add(Lane(tenant_id=world.sample.tenant_id, until=clock(), not_before=held))
    await jobs.tick(world.database, now=clock())
    assert await jobs.next_instant(world.database, now=clock()) == held
    with world.database.transaction() as session:
        assert outbox.tenants_with_work(session, now=clock()) == []
        assert outbox.tenants_with_work(session, now=held) == [world.sample.tenant_id]


async def test_the_timetable_ticks_by_itself_and_stops() -> None:
    async def tick() -> None:
        return None

    timetable = Timetable(tick)
    timetable.start()
    [job] = timetable._scheduler.get_jobs()
    assert job.trigger.interval == timedelta(minutes=1)
    assert (job.coalesce, job.max_instances, job.misfire_grace_time) == (True, 1, None)
    timetable.stop()
    await asyncio.sleep(0)
    assert not timetable._scheduler.running
