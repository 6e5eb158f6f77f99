from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from typing import Any

import aiohttp
import pytest
from playwright.async_api import Browser, Page, expect

from deploy.local.app import Running, start
from deploy.local.settings import Settings
from tests.browser.chromium import PATIENCE, launched
from tests.local.echo_bot import EchoBot, message

Starter = Callable[..., Awaitable[Running]]
Opener = Callable[..., Awaitable[Page]]
TENANT = "5e1f0c2a-7b1d-4d7e-9a55-0f6c3b8d2e10"


class Caller:
    """Calls a stand-in as the page and as a bot do, and keeps the answer's parts together."""

    def __init__(self, session: aiohttp.ClientSession, running: Running) -> None:
        self.session, self.running = session, running
        self.retry_after: str | None = None

    async def call(self, method: str, path: str, body: Any = None) -> tuple[int, Any]:
        async with self.session.request(method, self.running.url + path, json=body) as reply:
            self.retry_after = reply.headers.get("Retry-After")
            is_json = reply.content_type == "application/json"
            return reply.status, await (reply.json() if is_json else reply.text())

    async def control(self, name: str, **body: Any) -> Any:
        """A control call that must work."""
        status, answer = await self.call("POST", f"/control/{name}", body)
        assert status == 200, answer
        return answer

    async def look(self, path: str) -> Any:
        status, answer = await self.call("GET", path)
        assert status == 200, answer
        return answer

    async def open_chat(self, member: str) -> tuple[int, Any]:
        """What a bot calls to get a one-to-one chat."""
        body = {"isGroup": False, "tenantId": TENANT, "members": [{"id": member}]}
        return await self.call("POST", "/v3/conversations", body)

    async def chat_id(self, key: str) -> str:
        await self.control("install", person=key)
        return str((await self.open_chat(f"29:{key}"))[1]["id"])

    async def send(self, conversation: str, activity: dict[str, Any]) -> tuple[int, Any]:
        return await self.call("POST", f"/v3/conversations/{conversation}/activities", activity)


@pytest.fixture
async def bot() -> AsyncIterator[EchoBot]:
    made = EchoBot()
    async with made.server:
        yield made


@pytest.fixture
async def starter(bot: EchoBot) -> AsyncIterator[Starter]:
    """Starts stand-ins that call the echo bot; stops them at the end."""
    started: list[Running] = []

    async def begin(settings: Settings | None = None) -> Running:
        wanted = settings or Settings(rate_scale=0)
        running = await start(replace(wanted, bot_url=bot.url))
        bot.app_id = wanted.app_id
        bot.metadata_url = f"{running.url}/.well-known/openidconfiguration"
        started.append(running)
        return running

    yield begin
    for running in started:
        await running.stop()


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as made:
        yield made


@pytest.fixture
async def teams(starter: Starter, session: aiohttp.ClientSession) -> Caller:
    """A stand-in without rate limits."""
    return Caller(session, await starter())


@pytest.fixture
async def strict_teams(starter: Starter, session: aiohttp.ClientSession) -> Caller:
    """A stand-in with Teams' own rate limits."""
    return Caller(session, await starter(Settings()))


# --- the page ---------------------------------------------------------------------------


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with launched() as made:
        yield made


@pytest.fixture
async def open_page(browser: Browser, teams: Caller) -> AsyncIterator[Opener]:
    """Opens the page as Tom, who has the app; anything the browser complains of fails the test."""
    await teams.control("install", person="tom")
    complaints: list[str] = []

    async def begin(width: int = 1000, scheme: Any = "light") -> Page:
        page = await browser.new_page(viewport={"width": width, "height": 850}, color_scheme=scheme)
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        await page.goto(teams.running.url)
        await page.wait_for_selector("body[data-ready]")
        if width > 900:
            await page.get_by_role("button", name="Tom Okafor").click()
        else:
            await page.get_by_label("Whose chat").select_option("tom")
        await expect(page.get_by_role("heading", name="Tom Okafor")).to_be_visible()
        await expect(page.locator("nav [aria-current]")).to_have_attribute("data-value", "tom")
        return page

    yield begin
    assert complaints == []


async def deliver(teams: Caller, card: dict[str, Any]) -> str:
    """Sends Tom a card; the id of its message."""
    chat = await teams.chat_id("tom")
    return str((await teams.send(chat, message(card)))[1]["id"])
