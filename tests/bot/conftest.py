import json
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.connector import Connector
from tests.bot.authority import Authority
from tests.bot.connecting import connector
from tests.bot.teams_side import TeamsSide

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
def local(http: aiohttp.ClientSession) -> Connector:
    """A connector in local mode."""
    return connector(http)
