"""The application: its routes, its probes, and how it stops."""

import asyncio
import time
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import aiohttp
import pytest

from bot.app import HOUSE
from eocif import deliveries
from eocif.database import Database
from eocif.models import Delivery, Lane
from tests import builders
from tests.bot.authority import Authority
from tests.bot.house import House, activity, pressed, said, settings
from tests.bot.world import Scene, address, scene
from tests.scheduler.post_office import Clock, PostOffice

NOWHERE = "postgresql+psycopg://nobody@127.0.0.1:1/none"


@pytest.fixture
async def met(
    database: Database, now: datetime, authority: Authority, http: aiohttp.ClientSession
) -> AsyncIterator[Scene]:
    """The app is in the team, and knows its people."""
    world = builders.meet(database, now)
    world.send(now)
    async with scene(world, Clock(now), authority, http) as made:
        yield made


# --- routes -----------------------------------------------------------------------------------


async def test_the_probes_say_that_it_is_alive_and_ready(met: Scene) -> None:
    alive = await met.house.call("GET", "/healthz")
    assert (alive.status, alive.body) == (200, {"status": "ok"})
    ready = await met.house.call("GET", "/readyz")
    assert (ready.status, ready.body) == (200, {"status": "ready", "oldest_unsent_seconds": 0.0})


async def test_readiness_tells_how_long_the_oldest_delivery_has_waited(met: Scene) -> None:
    with met.world.database.transaction() as session:
        deliveries.to_person(
            session, kind="reply", person_id=1, tenant_id=met.world.sample.tenant_id, subject="1",
            now=met.clock() - timedelta(seconds=90), card="help",
        )  # fmt: skip
        row = session.get_one(Delivery, 2)
        row.tenant_id = "held"
        session.add(row)
        session.add(held_lane(met.clock()))
    await met.house.tick()
    ready = await met.house.call("GET", "/readyz")
    assert ready.body["oldest_unsent_seconds"] == 90.0
    metrics = (await met.house.call("GET", "/metrics")).text
    assert "eocif_oldest_unsent_seconds 90.0" in metrics


def held_lane(now: datetime) -> Lane:
    return Lane(tenant_id="held", until=now, not_before=now + timedelta(hours=1))


async def test_without_a_database_it_is_alive_but_not_ready_and_says_why(
    authority: Authority, http: aiohttp.ClientSession, now: datetime
) -> None:
    async with House(settings(NOWHERE, authority), authority, http, Clock(now)) as house:
        assert (await house.call("GET", "/healthz")).status == 200
        ready = await house.call("GET", "/readyz")
        assert ready.status == 503
        assert ready.body["reasons"] == [
            "the database cannot be written, or is not migrated",
            "the timetable has stopped",
        ]
        for raw in (pressed("grace", "mine.show"), said("grace", "help"), activity("team_install")):
            told = await house.tell(raw)
            assert (told.status, told.body) == (503, {"error": "unavailable"})


async def test_an_empty_database_makes_it_not_ready(
    tmp_path: Path, authority: Authority, http: aiohttp.ClientSession
) -> None:
    """Nothing is migrated at the start: that is the administrator's doing."""
    url = f"sqlite:///{tmp_path}/empty.db"
    async with House(settings(url, authority), authority, http) as house:
        ready = await house.call("GET", "/readyz")
        assert ready.status == 503
        assert "is not migrated" in ready.body["reasons"][0]


async def test_without_signing_keys_it_is_not_ready(met: Scene) -> None:
    met.house.authority.status = 500
    keyless = House(met.house.settings, met.house.authority, met.house.http, met.clock)
    async with keyless:
        ready = await keyless.call("GET", "/readyz")
    assert (ready.status, ready.body["reasons"]) == (503, ["the signing keys are not loaded"])


async def test_metrics_count_turns_presses_and_refusals(met: Scene) -> None:
    await met.house.press("grace", "mine.show")
    async with met.house.http.post(f"{met.house.url}/api/messages", json={}) as refused:
        assert refused.status == 401
    metrics = (await met.house.call("GET", "/metrics")).text
    assert 'eocif_turns_total{outcome="done"}' in metrics
    assert 'eocif_turns_total{outcome="refused 401"}' in metrics
    assert 'eocif_presses_total{verb="mine.show"}' in metrics


async def test_a_standing_clock_cannot_be_moved(met: Scene) -> None:
    told = await met.house.call("POST", "/local/clock", {"advance": "P1D"})
    assert (told.status, told.body) == (400, {"error": "this clock does not move"})


# --- stopping -------------------------------------------------------------------------------


async def test_a_press_under_way_finishes_and_nothing_new_is_claimed(
    database: Database, now: datetime, authority: Authority, http: aiohttp.ClientSession
) -> None:
    world = builders.meet(database, now)
    world.send(now)
    office, clock = PostOffice(), Clock(now)
    house = House(settings(address(database), authority), authority, http, clock, office)
    await house.__aenter__()
    inside = house.app[HOUSE]
    database_busy = asyncio.to_thread(hold, inside.database)
    holding = asyncio.create_task(database_busy)
    await asyncio.sleep(0.1)
    pressing = asyncio.create_task(house.tell(said("grace", "help")))
    await asyncio.sleep(0.1)
    await house.runner.cleanup()
    await holding
    assert (await pressing).status == 200
    assert world.rows(Delivery, Delivery.kind == "reply")[0].state == "queued"
    assert not office.of("send")


def hold(database: Database) -> None:
    """Keep the database's one writer busy for a moment."""
    database._workers.submit(time.sleep, 0.5).result()
