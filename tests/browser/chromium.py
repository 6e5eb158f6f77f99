"""A real Chromium for tests, and axe in it."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

import pytest
from playwright.async_api import Browser, Page, async_playwright, expect

NAMES: Final = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM: Final = next(filter(None, map(shutil.which, NAMES)), None)
FLAGS: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
AXE: Final = (
    Path(__file__).parents[2] / "deploy" / "local" / "node_modules" / "axe-core" / "axe.min.js"
)

PATIENCE: Final = 20_000  # milliseconds: other tests may have the machine's cores
expect.set_options(timeout=PATIENCE)

OLDER: Final = ".log li:not(:last-child)"
LOOK: Final = """exclude => axe.run({ exclude }, { resultTypes: ["violations"] })"""


@asynccontextmanager
async def launched() -> AsyncIterator[Browser]:
    """A browser of its own; skips the test, with the reason, where there can be none."""
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine (looked for: " + ", ".join(NAMES) + ")")
    if not AXE.exists():
        pytest.skip("the renderer is not installed: run `npm ci` in deploy/local")
    async with async_playwright() as driver:
        made = await driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield made
        await made.close()


async def violations(page: Page, *, older: bool = True) -> list[str]:
    """What axe finds, one line each; `older` False passes over all but a chat's last message."""
    if not await page.evaluate("'axe' in window"):
        await page.evaluate(AXE.read_text("utf-8"))
    found = (await page.evaluate(LOOK, [] if older else [[OLDER]]))["violations"]
    return [f"{one['id']}: {node['html']}" for one in found for node in one["nodes"]]
