import json
from collections.abc import AsyncIterator, Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.connector import Connector
from eocif.database import Database
from tests import builders
from tests.bot.authority import Authority
from tests.bot.connecting import connector
from tests.bot.teams_side import TeamsSide
from tests.bot.world import TEN, Scene, scene
from tests.scheduler.post_office import Clock

PAYLOADS = Path(__file__).parents[1] / "payloads"


@pytest.fixture
def payload() -> Callable[[str], dict[str, Any]]:
    """A raw activity by its file's name."""
    return lambda name: json.loads((PAYLOADS / f"{name}.json").read_text(encoding="utf-8"))


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as session:
        yield session


@pytest.fixture
async def authority() -> AsyncIterator[Authority]:
    made = Authority()
    async with made.server:
        yield made


@pytest.fixture
async def teams() -> AsyncIterator[TeamsSide]:
    """The far side of the connector, on loopback."""
    made = TeamsSide()
    await made.start()
    yield made
    await made.runner.cleanup()


@pytest.fixture
def kind() -> str:
    """Both databases are for the domain's own tests."""
    return "sqlite"


@pytest.fixture
async def running(
    database: Database, now: datetime, authority: Authority, http: aiohttp.ClientSession
) -> AsyncIterator[Scene]:
    """Monday, 10am: areas 1 and 2 are open, and everyone has been asked."""
    world = builders.opened(database, now, scope={"1": "1,2"})
    async with scene(world, Clock(TEN), authority, http) as made:
        yield made


@pytest.fixture
async def draft(
    database: Database, now: datetime, authority: Authority, http: aiohttp.ClientSession
) -> AsyncIterator[Scene]:
    """A review that is being set up."""
    world = builders.drafted(database, now)
    world.send(now)
    async with scene(world, Clock(now), authority, http) as made:
        yield made


@pytest.fixture
def local(http: aiohttp.ClientSession) -> Connector:
    """A connector in local mode."""
    return connector(http)
