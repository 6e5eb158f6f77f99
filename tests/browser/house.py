"""The bot and the stand-in together, as `make run` has them, on ports of their own."""

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import aiohttp
from aiohttp import web

from bot.app import build_app
from bot.settings import settings_from
from deploy.local.app import Running, start
from deploy.local.settings import SAMPLE_APP_ID, Settings


@dataclass(frozen=True)
class House:
    """A running bot and stand-in. `url` is the page's."""

    stand_in: Running
    session: aiohttp.ClientSession

    @property
    def url(self) -> str:
        """Where the page is."""
        return self.stand_in.url

    async def control(self, name: str, **body: Any) -> Any:
        """A call that changes the stand-in's world; it must work."""
        async with self.session.post(f"{self.url}/control/{name}", json=body) as reply:
            reply.raise_for_status()
            return await reply.json()

    async def be_at(self, instant: datetime) -> None:
        """Move the bot's clock; all that falls due on the way is done."""
        await self.control("advance", set=instant.isoformat())

    async def install_for_all(self) -> None:
        """The app is added to the team and by everyone in Teams, as `make run` does once."""
        await self.control("install", team=True)
        async with self.session.get(f"{self.url}/control/state") as reply:
            people = (await reply.json())["people"]
        for one in people:
            if one["in_teams"]:
                await self.control("install", person=one["key"])


@asynccontextmanager
async def running(database_url: str) -> AsyncIterator[House]:
    """Both servers in this process, speaking over HTTP with signed tokens; no rate limits."""
    port = _free_port()
    stand_in = await start(Settings(bot_url=f"http://127.0.0.1:{port}", rate_scale=0))
    bot = web.AppRunner(build_app(settings_from(_environment(stand_in.url, port, database_url))))
    await bot.setup()
    await web.TCPSite(bot, "127.0.0.1", port).start()
    async with aiohttp.ClientSession() as session:
        yield House(stand_in, session)
    await stand_in.stop()
    await bot.cleanup()


def _environment(stand_in_url: str, port: int, database_url: str) -> dict[str, str]:
    return {
        "EOCIF_LOCAL": "1",
        "MicrosoftAppId": SAMPLE_APP_ID,
        "EOCIF_DATABASE_URL": database_url,
        "EOCIF_PORT": str(port),
        "EOCIF_OPENID_METADATA_URL": f"{stand_in_url}/.well-known/openidconfiguration",
    }


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
