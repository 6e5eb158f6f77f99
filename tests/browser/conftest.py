import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, ConsoleMessage

from eocif.database import Database
from eocif.rules.dates import at
from eocif.sample import load
from tests.browser.chromium import PATIENCE, launched
from tests.browser.desk import Desk
from tests.builders import MONDAY, started
from tests.scenarios.stage import Stage

Opener = Callable[..., Awaitable[Desk]]
Scope = Callable[[dict[str, str] | None], Stage]
Staged = Callable[[Callable[[Database], object], datetime], Stage]

THURSDAY = datetime(2027, 1, 7, 10, tzinfo=UTC)
FIRST_MORNING = at(MONDAY, 9)


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with launched() as made:
        yield made


@pytest.fixture
def database_url(sqlite_template: Path, tmp_path: Path) -> str:
    """An SQLite file with tables and nothing in them."""
    return f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'eocif.db')}"


@pytest.fixture
def stage(database_url: str) -> Iterator[Stage]:
    """A Thursday morning: nothing is set up, the app is there for everyone."""
    made = Stage(database_url)
    _be_at(made, THURSDAY)
    _install_for_all(made)
    yield made
    made.close()


@pytest.fixture
def staged(database_url: str) -> Iterator[Staged]:
    """Opens the stage at an instant, on what use cases built before; everyone has the app."""
    made: list[Stage] = []

    def begin(build: Callable[[Database], object], instant: datetime) -> Stage:
        database = Database(database_url)
        build(database)
        database.close()
        made.append(Stage(database_url))
        _be_at(made[0], instant - timedelta(hours=1))
        _install_for_all(made[0])
        made[0].settle()
        _be_at(made[0], instant)
        return made[0]

    yield begin
    for one in made:
        one.close()


@pytest.fixture
def under_way(staged: Staged) -> Scope:
    """Puts a review on its first Monday, its messages sent; its scope is areas by section."""

    def begin(scope: dict[str, str] | None = None) -> Stage:
        return staged(lambda found: started(found, THURSDAY, scope=scope).send(THURSDAY),
                      FIRST_MORNING)  # fmt: skip

    return begin


def _be_at(stage: Stage, instant: datetime) -> None:
    stage.have("advance", set=instant.isoformat())


def _install_for_all(stage: Stage) -> None:
    """As `make run` does once: for the team, and for everyone who has Teams."""
    stage.have("install", team=True)
    for one in load().people:
        if one.has_teams:
            stage.have("install", person=one.key)


@pytest.fixture
async def open_page(browser: Browser) -> AsyncIterator[Opener]:
    """Opens a stage's page; anything the browser complains of fails the test."""
    complaints: list[str] = []

    def hear(said: ConsoleMessage) -> None:
        if said.type == "error":
            complaints.append(said.text)

    async def begin(stage: Stage, width: int = 1000, scheme: Any = "light") -> Desk:
        page = await browser.new_page(viewport={"width": width, "height": 850}, color_scheme=scheme)
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", hear)
        await page.goto(stage.teams.url)
        await page.wait_for_selector("body[data-ready]")
        return Desk(page)

    yield begin
    assert complaints == []
