"""Puts the stand-in together and starts it, on this machine only."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass

import aiohttp
from aiohttp import web
from aiohttp.typedefs import Handler

from deploy.local import (
    connector,
    control_people,
    control_views,
    control_world,
    files,
    page,
    persistence,
)
from deploy.local.bot_client import BotClient
from deploy.local.control import answers_problems
from deploy.local.directory import Directory, load_sample
from deploy.local.rates import Rates
from deploy.local.settings import LOOPBACK, Settings
from deploy.local.signing import SigningKey, metadata
from deploy.local.stand_in import STAND_IN, StandIn, base_url
from deploy.local.world import World

MOST_BYTES = 4 * 1024 * 1024
"""The largest body read; Teams' own limit on a message is checked well below it."""


def build_stand_in(settings: Settings, directory: Directory | None = None) -> web.Application:
    """The whole server as one application; `directory` None means the sample organisation.

    Raises pydantic.ValidationError where the kept state is not ours.
    """
    app = web.Application(middlewares=[_only_here, answers_problems], client_max_size=MOST_BYTES)
    app[STAND_IN] = _assemble(settings, directory or load_sample())
    app.cleanup_ctx.append(_running)
    app.on_shutdown.append(_let_pages_go)
    app.add_routes(
        [
            web.get("/.well-known/openidconfiguration", openid),
            web.get("/keys", keys),
            *control_views.routes(),
            *control_people.routes(),
            *control_world.routes(),
            *files.routes(),
            *page.routes(),
            *connector.routes(),
        ]
    )
    return app


def _assemble(settings: Settings, directory: Directory) -> StandIn:
    state = persistence.load(settings.state_path)
    keeper = persistence.Keeper(settings.state_path, state)
    stand_in = StandIn(
        settings=settings,
        world=World(directory, state),
        keeper=keeper,
        rates=Rates(settings.rate_scale),
        bot=BotClient(settings, SigningKey()),
    )

    def changed(keys: frozenset[str]) -> None:
        keeper.changed()
        stand_in.events.tell(keys)

    stand_in.world.on_change = changed
    return stand_in


async def _running(app: web.Application) -> AsyncIterator[None]:
    """While the server runs: a session to the bot, and the state being kept."""
    stand_in = app[STAND_IN]
    keeping = asyncio.create_task(stand_in.keeper.run())
    async with aiohttp.ClientSession() as session:
        stand_in.bot.session = session
        yield
    keeping.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await keeping


async def _let_pages_go(app: web.Application) -> None:
    app[STAND_IN].events.close()


@web.middleware
async def _only_here(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuses callers that use another name for this machine, as a hostile page would."""
    if (request.url.host or "") not in {LOOPBACK, "localhost", "::1"}:
        raise web.HTTPForbidden(text="Open this at 127.0.0.1 or localhost.")
    response: web.StreamResponse = await handler(request)
    return response


async def openid(request: web.Request) -> web.Response:
    """Where the signing keys are announced, in the place of Bot Framework's own document."""
    return web.json_response(metadata(base_url(request)))


async def keys(request: web.Request) -> web.Response:
    """The key that tokens are signed with now."""
    return web.json_response({"keys": [request.app[STAND_IN].bot.key.public()]})


@dataclass(frozen=True)
class Running:
    """A started stand-in. `url` has no slash at the end; `inside` is its whole world."""

    url: str
    inside: StandIn
    runner: web.AppRunner

    async def stop(self) -> None:
        """Let pages go, write the state, close the port."""
        await self.runner.cleanup()


async def start(settings: Settings, directory: Directory | None = None) -> Running:
    """Listen on loopback. Raises OSError where the port is taken."""
    app = build_stand_in(settings, directory)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=5)
    await runner.setup()
    site = web.TCPSite(runner, LOOPBACK, settings.port)
    await site.start()
    port = runner.addresses[0][1]
    return Running(f"http://{LOOPBACK}:{port}", app[STAND_IN], runner)
