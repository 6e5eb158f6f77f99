"""Lanes: who sends for a tenant, on both databases."""

import asyncio
import logging
from datetime import timedelta
from typing import Any

import pytest

from eocif import deliveries, outbox
from eocif.database import Database
from eocif.models import Delivery, DeliveryState, Person
from eocif.people import known
from scheduler import jobs
from scheduler.delivery import Courier
from scheduler.sender import NotSent, Outcome
from tests.builders import World
from tests.scheduler.post_office import Clock, PostOffice, courier
from tests.scheduler.saying import ASKED, only, person, row


async def test_a_lane_held_by_another_is_left_alone_until_its_lease_runs_out(
    world: World, office: PostOffice, post: Courier, clock: Clock
) -> None:
    await jobs.tick(world.database, now=clock())
    with world.database.transaction() as session:
        assert outbox.take_lane(
            session, tenant_id=world.sample.tenant_id, holder="another", now=clock()
        )
        claimed = outbox.claim(
            session, tenant_id=world.sample.tenant_id, holder="another", now=clock()
        )
    assert len(claimed) == ASKED  # and then that holder dies
    clock.now += outbox.LEASE
    await post.run_due()
    assert not office.calls
    clock.later(seconds=1)
    await post.run_due()
    assert len(office.of("send")) == ASKED
    assert {each.state for each in world.rows(Delivery, Delivery.kind == "prompt")} == {"sent"}


async def test_a_holder_that_was_paused_past_its_lease_does_not_send(
    world: World, office: PostOffice, post: Courier, clock: Clock
) -> None:
    await jobs.tick(world.database, now=clock())
    with world.database.transaction() as session:
        stored = session.get_one(Person, world.actors["grace"].person_id)
        stored.conversation_id = ""
        session.add(stored)
    only(world, "grace")
    office.closed = asyncio.Event()
    sending = asyncio.create_task(post.run_due())
    await office.entered.wait()  # it is opening the chat when it is paused
    clock.now += outbox.LEASE + timedelta(seconds=1)
    other_office = PostOffice()
    await courier(world.database, other_office, clock).run_due()
    office.closed.set()
    await sending
    assert not office.of("send")
    assert len(other_office.of("send")) == 1
    assert row(world, "grace").state == DeliveryState.SENT


async def test_what_an_old_holder_says_of_a_delivery_is_not_heard(
    world: World, office: PostOffice, post: Courier, clock: Clock
) -> None:
    await jobs.tick(world.database, now=clock())
    only(world, "grace")
    office.closed, office.fails["send"] = asyncio.Event(), [NotSent(Outcome.PERMANENT, status=403)]
    sending = asyncio.create_task(post.run_due())
    await office.entered.wait()
    clock.now += outbox.LEASE + timedelta(seconds=1)
    await courier(world.database, PostOffice(), clock).run_due()
    office.closed.set()
    await sending
    assert row(world, "grace").state == DeliveryState.SENT
    assert person(world, "grace").unreachable == ""


async def test_what_could_not_be_settled_is_sent_again_after_a_while(
    world: World, office: PostOffice, post: Courier, clock: Clock
) -> None:
    await jobs.tick(world.database, now=clock())
    only(world, "grace")
    mark(world, state=DeliveryState.SENDING, attempts=1)
    await post.run_due()
    assert row(world, "grace").state == DeliveryState.SENT
    mark(world, state=DeliveryState.SENDING, attempts=3)
    await post.run_due()
    assert len(office.of("send")) == 1  # it may have arrived already: no haste
    assert row(world, "grace").next_at == clock() + 3 * outbox.LEASE


def mark(world: World, **fields: Any) -> None:
    with world.database.transaction() as session:
        waiting = session.get_one(Delivery, row(world, "grace").id)
        for name, value in fields.items():
            setattr(waiting, name, value)
        session.add(waiting)


async def test_a_stopping_courier_gives_back_what_it_has_not_sent_and_leaves_its_lanes(
    world: World, office: PostOffice, clock: Clock
) -> None:
    await jobs.tick(world.database, now=clock())
    post = courier(world.database, office, clock, tenant_rps=1)
    running = asyncio.create_task(post.run())
    await office.entered.wait()
    post.stop()
    await running
    await post.leave()
    assert len(office.of("send")) == 1  # the others did not have to be waited for
    states = [each.state for each in world.rows(Delivery, Delivery.kind == "prompt")]
    assert sorted(states) == ["queued"] * (ASKED - 1) + ["sent"]
    clock.later(seconds=10)
    await courier(world.database, office, clock).run_due()
    assert len(office.of("send")) == ASKED


async def test_two_couriers_on_one_postgresql_never_send_a_row_twice(
    postgresql: Database, now: Any, clock: Clock
) -> None:
    with postgresql.transaction() as session:
        for number in range(60):
            tenant = f"tenant {number % 4}"
            one = Person(
                tenant_id=tenant, entra_id=str(number), teams_id=f"29:{number}", name="N",
                service_url="https://smba.trafficmanager.net/uk/", conversation_id=f"c{number}",
            )  # fmt: skip
            session.add(one)
            session.flush()
            for subject in ("1", "2"):
                deliveries.to_person(
                    session, kind="reply", person_id=known(one.id), tenant_id=tenant,
                    subject=subject, now=clock(), card="help",
                )  # fmt: skip
    replica = Database(postgresql.engine.url.render_as_string(hide_password=False))
    office = PostOffice()
    posts = [courier(postgresql, office, clock), courier(replica, office, clock)]
    for _ in range(3):
        await asyncio.gather(*(post.run_due() for post in posts for _ in range(2)))
    replica.close()
    sent = [call.to for call in office.of("send")]
    assert sorted(sent) == sorted(f"c{number}" for number in range(60) for _ in range(2))


async def test_the_courier_runs_until_it_is_stopped_and_is_woken_by_work(
    world: World, office: PostOffice, post: Courier, clock: Clock
) -> None:
    running = asyncio.create_task(post.run(look_every=60))
    await asyncio.sleep(0.05)
    await jobs.tick(world.database, now=clock())
    post.wake()
    async with asyncio.timeout(2):
        await office.entered.wait()
        post.stop()
        await running


async def test_a_database_that_is_away_is_logged_and_asked_again(
    world: World, office: PostOffice, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    gone = Database("postgresql+psycopg://nobody@127.0.0.1:1/none")
    post = courier(gone, office, clock)
    with caplog.at_level(logging.ERROR):
        running = asyncio.create_task(post.run(look_every=0.01))
        async with asyncio.timeout(5):
            while not caplog.records:  # noqa: ASYNC110 - logging sets no event
                await asyncio.sleep(0.01)
        post.stop()
        await running
    assert "we could not look for deliveries: OperationalError" in caplog.messages
    gone.close()
