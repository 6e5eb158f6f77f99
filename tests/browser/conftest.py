import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, expect

from eocif.database import Database
from tests.browser.chromium import launched
from tests.browser.desk import Desk
from tests.browser.house import House, running
from tests.builders import MONDAY, started

Opener = Callable[..., Awaitable[Desk]]

THURSDAY = datetime(2027, 1, 7, 10, tzinfo=UTC)
FIRST_MORNING = datetime(MONDAY.year, MONDAY.month, MONDAY.day, 9, tzinfo=UTC)

expect.set_options(timeout=15_000)  # two cores may be shared with other tests


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with launched() as made:
        yield made


@pytest.fixture
def database_url(sqlite_template: Path, tmp_path: Path) -> str:
    """An SQLite file with tables and nothing in them."""
    return f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'eocif.db')}"


@pytest.fixture
async def house(database_url: str) -> AsyncIterator[House]:
    """Bot and stand-in on a Thursday morning, nothing set up, the app installed for everyone."""
    async with running(database_url) as made:
        await made.be_at(THURSDAY)
        await made.install_for_all()
        yield made


@pytest.fixture
async def under_way(database_url: str) -> AsyncIterator[House]:
    """The same with a review under way: it is its first Monday and the messages have gone out."""
    database = Database(database_url)
    started(database, THURSDAY).send(THURSDAY)
    database.close()
    async with running(database_url) as made:
        await made.be_at(FIRST_MORNING.replace(hour=8))
        await made.install_for_all()
        await made.be_at(FIRST_MORNING)
        yield made


@pytest.fixture
async def open_page(browser: Browser) -> Opener:
    """Opens a house's page; anything the browser complains of fails the test."""

    async def begin(house: House, width: int = 1000, scheme: Any = "light") -> Desk:
        page = await browser.new_page(viewport={"width": width, "height": 850}, color_scheme=scheme)
        page.on("pageerror", lambda error: pytest.fail(str(error)))
        await page.goto(house.url)
        await page.wait_for_selector("body[data-ready]")
        return Desk(page)

    return begin
