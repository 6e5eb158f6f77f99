"""The stage of a play: the real bot and the real stand-in for Teams, each on a port of its own.

Both run over HTTP in a thread, with callers' tokens checked against the keys that the stand-in
announces, so that a test can be written as a plain transcript without `await`.
"""

import asyncio
import socket
import threading
from collections.abc import Coroutine, Iterable
from datetime import UTC, datetime
from typing import Any, TypeVar

import aiohttp
from aiohttp import web

from bot import settings as bot_settings
from bot.app import build_app
from deploy.local.app import Running, start
from deploy.local.settings import LOOPBACK, SAMPLE_APP_ID, Settings
from eocif import local_clock
from eocif.clock import system_clock
from eocif.database import Database
from eocif.instants import next_instant

T = TypeVar("T")

ROSTER_PAGE = 4  # so that nine people come in three pages
RATE_SCALE = 2.0  # the bot keeps Teams' limits by itself; a busy machine's jitter is forgiven


async def _running(checked: bot_settings.Settings, at: socket.socket) -> web.AppRunner:
    runner = web.AppRunner(build_app(checked), access_log=None, shutdown_timeout=1)
    await runner.setup()
    await web.SockSite(runner, at).start()
    return runner


class Stage:
    """Opened once for a play. `calls` are answered with the status and the JSON of the body."""

    def __init__(self, database_url: str, *, leads: Iterable[str] = (), replicas: int = 1) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._socket = socket.create_server((LOOPBACK, 0))
        self.bot_url = f"http://{LOOPBACK}:{self._socket.getsockname()[1]}"
        self._is_unsettled = False
        self._replicas: list[str] = []  # addresses of the bots beside the first
        self._database, self._now = Database(database_url), datetime.min.replace(tzinfo=UTC)
        self.run(self._open(database_url, ",".join(leads), replicas))

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Do something in the thread of the servers, and wait for it."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(timeout=120)

    async def _open(self, database_url: str, leads: str, replicas: int) -> None:
        self.session = aiohttp.ClientSession()
        self.teams: Running = await start(
            Settings(bot_url=self.bot_url, rate_scale=RATE_SCALE, page_size=ROSTER_PAGE)
        )
        checked = bot_settings.settings_from(
            {
                "EOCIF_LOCAL": "1",
                "MicrosoftAppId": SAMPLE_APP_ID,
                "EOCIF_DATABASE_URL": database_url,
                "EOCIF_OPENID_METADATA_URL": f"{self.teams.url}/.well-known/openidconfiguration",
                "EOCIF_LEADS": leads,
            }
        )
        self._bots = [await _running(checked, self._socket)]
        for _ in range(1, replicas):
            beside = socket.create_server((LOOPBACK, 0))
            self._bots.append(await _running(checked, beside))
            self._replicas.append(f"http://{LOOPBACK}:{beside.getsockname()[1]}")

    def close(self) -> None:
        """Stop the bot, then Teams, then the thread."""
        self.run(self._close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _close(self) -> None:
        for bot in self._bots:
            await bot.cleanup()
        await self.teams.stop()
        await self.session.close()
        self._database.close()

    # --- the clock -----------------------------------------------------------------------

    def move(self, **to: Any) -> None:
        """Move the bot's clock; other replicas tick and deliver at the same time, all the way."""
        self._is_unsettled = True
        self.run(self._move(to))

    async def _move(self, to: dict[str, Any]) -> None:
        if not self._replicas:
            await self._advance(to)
            return
        target = datetime.fromisoformat(to["set"]).astimezone(UTC)
        while not to.get("jump"):
            instant = await self._database.run(next_instant, now=self._now)
            if instant >= target:
                break
            await self._all_at_once(instant)
        await self._all_at_once(target)

    async def _all_at_once(self, instant: datetime) -> None:
        """Every replica ticks and delivers at the same instant, as their clocks agree."""
        offset = instant - system_clock()
        await self._database.run(local_clock.store_offset, offset=offset)
        nothing = {"advance": "PT0S"}
        beside = [f"{each}/local/clock" for each in self._replicas for _ in range(2)]
        await asyncio.gather(
            self._advance(nothing), *(self._call("POST", url, nothing, {}) for url in beside)
        )
        self._now = instant

    async def _advance(self, to: dict[str, Any]) -> None:
        status, answer = await self._call("POST", f"{self.teams.url}/control/advance", to, {})
        assert status == 200, f"{to}: {status} {answer}"

    # --- calls ---------------------------------------------------------------------------

    def call(
        self, method: str, url: str, body: Any = None, headers: dict[str, str] | None = None
    ) -> tuple[int, Any]:
        """One call; a body that is bytes is sent as it stands."""
        return self.run(self._call(method, url, body, headers or {}))

    async def _call(
        self, method: str, url: str, body: Any, headers: dict[str, str]
    ) -> tuple[int, Any]:
        sent = {"data": body} if isinstance(body, bytes) else {"json": body}
        async with self.session.request(method, url, headers=headers, **sent) as reply:
            is_json = reply.content_type == "application/json"
            return reply.status, await (reply.json() if is_json else reply.text())

    def tell(self, name: str, **body: Any) -> tuple[int, Any]:
        """Have something happen in Teams: the stand-in's control call of this name."""
        self._is_unsettled = True
        return self.call("POST", f"{self.teams.url}/control/{name}", body)

    def have(self, name: str, **body: Any) -> Any:
        """The same, where it must work."""
        status, answer = self.tell(name, **body)
        assert status == 200, f"{name} {body}: {status} {answer}"
        return answer

    def look(self, path: str) -> Any:
        """Read in Teams, after everything that is on its way has arrived."""
        self.settle()
        status, answer = self.call("GET", f"{self.teams.url}/control/{path}")
        assert status == 200, f"{path}: {status} {answer}"
        return answer

    def post_activity(self, activity: dict[str, Any], **claims: Any) -> tuple[int, Any]:
        """Send the bot an activity as Teams does, with a token; `claims` make a wrong one."""
        self._is_unsettled = True
        token = self.teams.inside.bot.key.token(SAMPLE_APP_ID, activity["serviceUrl"], **claims)
        url, headers = f"{self.bot_url}/api/messages", {"Authorization": f"Bearer {token}"}
        return self.call("POST", url, activity, headers)

    def settle(self) -> None:
        """Let the bot do all that is due now: its clock's route answers when that is done."""
        if self._is_unsettled:
            self.have("advance", advance="PT0S")
            self._is_unsettled = False
