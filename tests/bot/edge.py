"""A server with nothing behind the edge, which remembers what got in and why the rest did not."""

import asyncio
from types import TracebackType
from typing import Self

from aiohttp import web

from bot.inbound import Accepted, Inbound, Refused


class Edge:
    """Answers 200 for what is accepted. `reasons` holds the reason of each refusal.

    Started as the bot starts its server; aiohttp's own test server would cancel a handler whose
    caller hangs up, and production does not.
    """

    def __init__(self, inbound: Inbound) -> None:
        self.inbound = inbound
        self.accepted: list[Accepted] = []
        self.reasons: list[str] = []
        self.settled = asyncio.Event()
        app = web.Application()
        app.router.add_post("/api/messages", self._messages)
        self.runner = web.AppRunner(app, shutdown_timeout=0.1)

    async def __aenter__(self) -> Self:
        await self.runner.setup()
        await web.TCPSite(self.runner, "127.0.0.1", 0).start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.runner.cleanup()

    @property
    def port(self) -> int:
        return int(self.runner.addresses[0][1])

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/api/messages"

    async def _messages(self, request: web.Request) -> web.Response:
        try:
            self.accepted.append(await self.inbound.accept(request))
        except Refused as refused:
            self.reasons.append(refused.reason)
            return refused.response()
        finally:
            self.settled.set()
        return web.Response()
