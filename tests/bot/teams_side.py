"""A Bot Connector that a test writes the answers for, over real HTTP."""

import asyncio
import json
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web


@dataclass
class Said:
    """One answer: `body` is JSON unless it is bytes; `drop` hangs up instead of answering."""

    status: int = 200
    body: Any = field(default_factory=lambda: {"id": "1767000000001"})
    headers: dict[str, str] = field(default_factory=dict)
    delay: float = 0.0
    drop: bool = False
    cut: bool = False  # promise a longer body than is sent


@dataclass
class Heard:
    """One call as it came in."""

    method: str
    path: str
    authorization: str | None
    content_type: str
    raw: bytes

    @property
    def body(self) -> Any:
        return json.loads(self.raw)


class TeamsSide:
    """Answers in the order given, then 200 with an id."""

    def __init__(self) -> None:
        self.answers: list[Said] = []
        self.heard: list[Heard] = []
        app = web.Application()
        app.router.add_route("*", "/{rest:.*}", self._answer)
        self.runner = web.AppRunner(app, shutdown_timeout=0.1)

    async def start(self) -> None:
        await self.runner.setup()
        await web.TCPSite(self.runner, "127.0.0.1", 0).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.runner.addresses[0][1]}/uk/"

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        token, kind = request.headers.get("Authorization"), request.headers.get("Content-Type", "")
        raw = await request.read()
        self.heard.append(Heard(request.method, request.raw_path, token, kind, raw))
        said = self.answers.pop(0) if self.answers else Said()
        await asyncio.sleep(said.delay)
        if said.drop and request.transport is not None:
            request.transport.abort()
        body = said.body if isinstance(said.body, bytes) else json.dumps(said.body).encode()
        if said.cut:
            return await self._cut_short(request, said, body)
        return web.Response(status=said.status, body=body, headers=said.headers)

    async def _cut_short(self, request: web.Request, said: Said, body: bytes) -> web.StreamResponse:
        response = web.StreamResponse(status=said.status)
        response.content_length = len(body) + 100
        await response.prepare(request)
        await response.write(body)
        await asyncio.sleep(0.05)
        if request.transport is not None:
            request.transport.abort()
        return response
