"""A server with nothing behind the edge, which remembers what got in and why the rest did not."""

from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.inbound import Accepted, Inbound, Refused


class Edge:
    """Answers 200 for what is accepted. `reasons` holds the reason of each refusal."""

    def __init__(self, inbound: Inbound) -> None:
        self.inbound = inbound
        self.accepted: list[Accepted] = []
        self.reasons: list[str] = []
        app = web.Application()
        app.router.add_post("/api/messages", self._messages)
        self.server = TestServer(app)

    @property
    def url(self) -> str:
        return str(self.server.make_url("/api/messages"))

    async def _messages(self, request: web.Request) -> web.Response:
        try:
            self.accepted.append(await self.inbound.accept(request))
        except Refused as refused:
            self.reasons.append(refused.reason)
            return refused.response()
        return web.Response()
