"""Local mode's clock, and the bot as a process of its own."""

import asyncio
import contextlib
import os
import signal
import socket
import sys
from collections import Counter
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.settings import settings_from
from eocif.clock import MovableClock, system_clock
from eocif.database import Database
from eocif.models import Delivery
from eocif.rules.dates import at
from tests import builders
from tests.bot.authority import Authority
from tests.bot.house import House, said, settings
from tests.bot.world import address
from tests.builders import MONDAY, World
from tests.scheduler.post_office import PostOffice

ROOT = Path(__file__).parents[2]
SUNDAY = at(MONDAY - timedelta(days=1), 12)


@pytest.fixture
def world(database: Database, now: datetime) -> World:
    """A review that begins tomorrow, on Monday."""
    world = builders.started(database, now, scope={"1": "1"})
    world.send(now)
    return world


@pytest.fixture
def office() -> PostOffice:
    return PostOffice()


@pytest.fixture
async def house(
    world: World, office: PostOffice, authority: Authority, http: aiohttp.ClientSession
) -> AsyncIterator[House]:
    wanted = settings(address(world.database), authority)
    async with House(wanted, authority, http, sender=office) as made:
        yield made


async def move(house: House, **wanted: Any) -> datetime:
    told = await house.call("POST", "/local/clock", wanted)
    assert told.status == 200, told.text
    return datetime.fromisoformat(told.body["now"])


def about(moment: datetime, wanted: datetime) -> bool:
    return abs(moment - wanted) < timedelta(seconds=30)


async def test_the_clock_is_set_and_advanced(house: House) -> None:
    assert about(await move(house, set=SUNDAY.isoformat()), SUNDAY)
    assert about(await move(house, advance="PT36H"), SUNDAY + timedelta(hours=36))
    assert about(await move(house, set="2027-01-13T10:00:00+01:00"), at(MONDAY, 9) + timedelta(2))
    assert about(await move(house, advance="P1M"), at(MONDAY, 9) + timedelta(33))


NO_TIMES: list[Any] = [
    {}, {"advance": "a day"}, {"advance": 5}, {"advance": None}, {"set": "2027-01-04"},
    {"set": "2027-01-04T09:00:00"}, {"set": 5}, {"set": "now"}, [], "P1D", 5,
    {"advance": "P900Y"}, {"advance": "P99999999999D"}, {"set": "9999-12-31T23:59:59+00:00"},
    {"set": "0001-01-01T00:00:00+14:00"}, {"later": "P1D"},
]  # fmt: skip


async def test_what_is_no_time_is_a_400_and_moves_nothing(house: House) -> None:
    for wanted in NO_TIMES:
        told = await house.call("POST", "/local/clock", wanted)
        assert (told.status, told.body) == (400, {"error": "give advance or set, as ISO 8601"})
    assert about(await move(house, advance="PT0S"), system_clock())


async def test_a_body_that_is_not_json_is_a_400(house: House) -> None:
    async with house.http.post(f"{house.url}/local/clock", data=b"{" * 5000) as reply:
        assert reply.status == 400


async def test_time_walks_from_one_due_instant_to_the_next(
    house: House, world: World, office: PostOffice
) -> None:
    await move(house, set=SUNDAY.isoformat(), jump=True)
    await move(house, advance="P22D")
    # Three Mondays, and two working days before the round closes.
    mornings = [at(MONDAY + timedelta(days=days), 9) for days in (0, 7, 10, 14)]
    assert [each.settled_at for each in world.unasked("des")] == [
        pytest.approx(morning, abs=timedelta(seconds=30)) for morning in mornings
    ]
    closed_at = world.area(1).closed_at
    assert closed_at
    assert about(closed_at, at(MONDAY + timedelta(days=14), 17, 15))
    # Tom is told that his areas have closed, and asked again in the week after.
    assert _kinds(world) == {"prompt": 8 * 3 + 1, "reminder": 8, "news": 1, "digest": 2 * 3}
    assert len(office.of("send")) == _kinds(world).total()


def _kinds(world: World) -> Counter[str]:
    """How many messages of each kind there were."""
    kinds = (row.kind for row in world.rows(Delivery))
    return Counter(kind for kind in kinds if kind not in ("update", "roster"))


async def test_a_jump_is_as_after_an_outage(house: House, world: World, office: PostOffice) -> None:
    await move(house, set=SUNDAY.isoformat(), jump=True)
    await move(house, set=(SUNDAY + timedelta(days=11, hours=-2)).isoformat(), jump=True)
    # One message for the week it is now, none for the last; and this week's digest for each lead.
    assert _kinds(world) == {"prompt": 8, "digest": 2}
    assert len(office.of("send")) == 8 + 2
    assert about(world.unasked("tom")[0].settled_at or SUNDAY, SUNDAY + timedelta(10, hours=22))


async def test_two_moves_at_once_happen_one_after_the_other(house: House, world: World) -> None:
    await move(house, set=SUNDAY.isoformat(), jump=True)
    ends = await asyncio.gather(*(move(house, advance="P7D") for _ in range(3)))
    assert about(max(ends), SUNDAY + timedelta(days=21))
    assert len(world.unasked("des")) == 4


async def test_the_offset_outlives_a_restart_and_is_shared_by_replicas(
    house: House, world: World, authority: Authority, http: aiohttp.ClientSession
) -> None:
    await move(house, set=SUNDAY.isoformat(), jump=True)
    async with House(house.settings, authority, http, sender=PostOffice()) as replica:
        assert about(await move(replica, advance="PT0S"), SUNDAY)
        await move(house, advance="P1D")
        await replica.tell(said("tom", "help"))
        [reply] = world.rows(Delivery, Delivery.kind == "reply")
        assert about(reply.created_at, SUNDAY + timedelta(days=1))


async def test_a_clock_that_a_test_brings_moves_too(
    world: World, authority: Authority, http: aiohttp.ClientSession
) -> None:
    clock = MovableClock(lambda: SUNDAY)
    wanted = settings(address(world.database), authority)
    async with House(wanted, authority, http, clock, PostOffice()) as house:
        assert await move(house, advance="P1D") == SUNDAY + timedelta(days=1)


async def test_outside_local_mode_the_route_does_not_exist(
    world: World, authority: Authority, http: aiohttp.ClientSession
) -> None:
    some = "01234567-89ab-cdef-0123-456789abcdef"
    checked = settings_from(
        {
            "MicrosoftAppType": "SingleTenant", "MicrosoftAppId": some,
            "MicrosoftAppPassword": "made up", "MicrosoftAppTenantId": some,
            "EOCIF_DATABASE_URL": address(world.database),
        }
    )  # fmt: skip
    async with House(checked, authority, http, sender=PostOffice()) as house:
        assert (await house.call("POST", "/local/clock", {"advance": "P1D"})).status == 404
        assert (await house.call("GET", "/healthz")).status == 200


# --- a process of its own ---------------------------------------------------------------------


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def started(**env: str) -> asyncio.subprocess.Process:
    inherited = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", env={**inherited, **env}, cwd=ROOT,
        stderr=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip


@pytest.mark.parametrize(
    "env",
    [
        {},
        {"MicrosoftAppType": "MultiTenant", "MicrosoftAppId": "x"},
        {"EOCIF_LOCAL": "1", "EOCIF_HOST": "192.0.2.1"},
        {"EOCIF_LOCAL": "1", "EOCIF_PORT": "http"},
    ],
    ids=["nothing", "multi-tenant", "local mode for everyone", "no port"],
)
async def test_it_does_not_start_unsafe(env: dict[str, str]) -> None:
    process = await started(**env)
    out, err = await process.communicate()
    assert process.returncode == 2
    assert out == b""
    assert err.decode().count("\n") == 1
    assert err.decode().strip().endswith(".")


async def test_a_port_that_is_taken_is_one_sentence(world: World) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        process = await started(
            EOCIF_LOCAL="1", EOCIF_DATABASE_URL=address(world.database),
            EOCIF_PORT=str(taken.getsockname()[1]),
        )  # fmt: skip
        _, err = await process.communicate()
    assert process.returncode == 2
    assert err.decode().count("\n") == 1
    assert err.decode().startswith("The bot cannot start: ")


@pytest.fixture
async def process(
    world: World, authority: Authority
) -> AsyncIterator[tuple[asyncio.subprocess.Process, str]]:
    port = free_port()
    made = await started(
        EOCIF_LOCAL="1", EOCIF_PORT=str(port), EOCIF_DATABASE_URL=address(world.database),
        EOCIF_OPENID_METADATA_URL=authority.url,
    )  # fmt: skip
    yield made, f"http://127.0.0.1:{port}"
    if made.returncode is None:
        made.kill()
        await made.wait()


async def until_ready(http: aiohttp.ClientSession, url: str) -> None:
    async with asyncio.timeout(20):
        while True:
            with contextlib.suppress(aiohttp.ClientError):
                async with http.get(f"{url}/readyz") as reply:
                    if reply.status == 200:
                        return
            await asyncio.sleep(0.05)


async def test_sigterm_lets_presses_under_way_finish_and_then_stops_quickly(
    process: tuple[asyncio.subprocess.Process, str], world: World, authority: Authority,
    http: aiohttp.ClientSession,
) -> None:  # fmt: skip
    running, url = process
    await until_ready(http, url)
    locked = world.database.engine.connect()
    locked.exec_driver_sql("SELECT 1")  # BEGIN IMMEDIATE: the press has to wait for us
    raw = said("tom", "help")
    headers = {"Authorization": f"Bearer {authority.token(raw['serviceUrl'])}"}

    async def tell() -> int:
        async with http.post(f"{url}/api/messages", json=raw, headers=headers) as reply:
            return reply.status

    telling = asyncio.create_task(tell())
    await asyncio.sleep(0.3)
    running.send_signal(signal.SIGTERM)
    await asyncio.sleep(0.3)
    locked.close()
    assert await telling == 200
    async with asyncio.timeout(10):
        _, err = await running.communicate()
    assert running.returncode == 0
    assert b"Traceback" not in err
    assert len(world.rows(Delivery, Delivery.kind == "reply")) == 1
    with pytest.raises(aiohttp.ClientError):
        await http.get(f"{url}/healthz")


async def test_it_starts_again_where_it_was_stopped(
    process: tuple[asyncio.subprocess.Process, str], world: World, http: aiohttp.ClientSession,
    authority: Authority,
) -> None:  # fmt: skip
    running, url = process
    await until_ready(http, url)
    async with http.post(f"{url}/local/clock", json={"set": SUNDAY.isoformat(), "jump": True}) as r:
        assert r.status == 200
    running.send_signal(signal.SIGINT)
    await running.wait()
    port = free_port()
    again = await started(
        EOCIF_LOCAL="1", EOCIF_PORT=str(port), EOCIF_DATABASE_URL=address(world.database),
        EOCIF_OPENID_METADATA_URL=authority.url,
    )  # fmt: skip
    try:
        await until_ready(http, f"http://127.0.0.1:{port}")
        async with http.post(
            f"http://127.0.0.1:{port}/local/clock", json={"advance": "PT0S"}
        ) as reply:
            assert about(datetime.fromisoformat((await reply.json())["now"]), SUNDAY)
    finally:
        again.kill()
        await again.wait()
