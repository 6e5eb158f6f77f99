"""Where everything is put together, and the routes."""

import json
import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass

import aiohttp
from aiohttp import web
from aiohttp.typedefs import Handler
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy.exc import SQLAlchemyError

from bot.adapter import TeamsAdapter
from bot.connector import Connector
from bot.inbound import Accepted, Inbound, Refused
from bot.keys import SigningKeys
from bot.local_mode import LocalClock
from bot.loop import Loop
from bot.metrics import TURNS
from bot.settings import Settings, is_loopback
from bot.teams import Services, Turned
from bot.tokens import AccessTokens, access_tokens
from eocif import health
from eocif.clock import Clock, MovableClock, system_clock
from eocif.database import Database
from eocif.rules import framework
from eocif.rules.working_days import is_working_day, observe
from scheduler.delivery import Courier
from scheduler.rates import LONGEST_WAIT, PATIENT
from scheduler.sender import Sender

_log = logging.getLogger(__name__)


@dataclass
class House:
    """The parts of a running bot."""

    settings: Settings
    database: Database
    clock: Clock
    adapter: TeamsAdapter
    inbound: Inbound
    services: Services
    loop: Loop
    local_clock: LocalClock | None
    keys: SigningKeys | None
    tokens: AccessTokens | None


HOUSE = web.AppKey("house", House)


def build_app(
    settings: Settings, *, clock: Clock | None = None, sender: Sender | None = None
) -> web.Application:
    """The bot's application. `clock` and `sender` are the only things a test may bring."""
    only = [_only_here] if settings.local else []
    # Our own edge counts what is read, so aiohttp's limit is off.
    app = web.Application(client_max_size=0, middlewares=only)

    async def open_house(app: web.Application) -> AsyncIterator[None]:
        async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as session:
            app[HOUSE] = house = await _house(settings, session, clock, sender)
            await house.loop.start()
            yield
            await house.loop.stop()
            await _close(house)

    async def stop_claiming(app: web.Application) -> None:
        await app[HOUSE].loop.stop_claiming()

    app.cleanup_ctx.append(open_house)
    app.on_shutdown.append(stop_claiming)  # before the presses under way are waited for
    app.router.add_post("/api/messages", messages)
    app.router.add_get("/healthz", healthz)
    app.router.add_get("/readyz", readyz)
    app.router.add_get("/metrics", metrics)
    if settings.local:
        app.router.add_post("/local/clock", move_clock)
    return app


async def _house(
    settings: Settings, session: aiohttp.ClientSession, clock: Clock | None, sender: Sender | None
) -> House:
    database = Database(settings.database_url)
    clock = clock or (MovableClock() if settings.local else system_clock)
    url = settings.openid_metadata_url
    keys = SigningKeys(url, session) if url else None
    tokens = access_tokens(settings)
    sender = sender or Connector(
        session, tokens, app_id=settings.app_id,
        service_hosts=settings.service_hosts, local=settings.local,
    )  # fmt: skip
    courier = Courier(
        database, sender, clock, tenant_rps=settings.tenant_rps, leads=settings.leads,
        longest_wait=PATIENT if settings.local else LONGEST_WAIT,
    )  # fmt: skip
    observe(settings.calendar)
    # The first working-day question and the first look at the framework are slow: ask them now.
    is_working_day(clock().date())
    framework.edition()
    loop = Loop(database, clock, courier)
    moves = LocalClock(database, clock, loop) if isinstance(clock, MovableClock) else None
    return House(
        settings, database, clock, TeamsAdapter(), Inbound(settings, keys),
        Services(database, clock, settings.leads), loop, moves, keys, tokens,
    )  # fmt: skip


async def _close(house: House) -> None:
    if house.keys is not None:
        await house.keys.close()
    if house.tokens is not None:
        await house.tokens.close()
    house.database.close()


@web.middleware
async def _only_here(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Local mode answers to this machine's own names: a page elsewhere cannot borrow another."""
    if not is_loopback(request.url.host or ""):
        return web.json_response({"error": "forbidden"}, status=403)
    return await handler(request)


# --- routes ------------------------------------------------------------------------------


async def messages(request: web.Request) -> web.Response:
    """Bot Framework activities: checked, turned, answered."""
    house = request.app[HOUSE]
    try:
        accepted = await house.inbound.accept(request)
    except Refused as refused:
        TURNS.labels(f"refused {refused.status}").inc()
        return refused.response()
    return await _turn(house, accepted)


async def _turn(house: House, accepted: Accepted) -> web.Response:
    try:
        await house.loop.catch_up()
        handler = Turned(house.services, accepted)
        answer = await house.adapter.process(accepted.activity, handler)
    except SQLAlchemyError as error:
        _log.error("the database did not take a turn: %s", type(error).__name__)
        TURNS.labels("not saved").inc()
        return web.json_response({"error": "unavailable"}, status=503)
    except Exception:
        _log.exception("a turn failed")
        TURNS.labels("failed").inc()
        return web.json_response({"error": "unavailable"}, status=503)
    TURNS.labels("done").inc()
    if answer.body is None:
        house.loop.wake()  # words want an answer at once; what a press queues can wait a second
        return web.Response(status=answer.status)
    text = json.dumps(answer.body, ensure_ascii=False, separators=(",", ":"))
    return web.Response(text=text, status=answer.status, content_type="application/json")


async def healthz(request: web.Request) -> web.Response:
    """The loop answers."""
    return web.json_response({"status": "ok"})


async def readyz(request: web.Request) -> web.Response:
    """Whether to send us work; 503 with the reasons."""
    house, reasons, waited = request.app[HOUSE], [], 0.0
    try:
        await house.database.run(health.check_writable, now=house.clock())
        waited = await house.database.run(health.oldest_unsent, now=house.clock())
    except SQLAlchemyError:
        reasons.append("the database cannot be written, or is not migrated")
    if house.keys is not None and not await house.keys.load():
        reasons.append("the signing keys are not loaded")
    if not house.loop.is_alive:
        reasons.append("the timetable has stopped")
    if reasons:
        return web.json_response({"status": "not ready", "reasons": reasons}, status=503)
    return web.json_response({"status": "ready", "oldest_unsent_seconds": waited})


async def metrics(request: web.Request) -> web.Response:
    """Prometheus text."""
    return web.Response(body=generate_latest(), headers={"Content-Type": CONTENT_TYPE_LATEST})


async def move_clock(request: web.Request) -> web.Response:
    """Local mode's clock."""
    moves = request.app[HOUSE].local_clock
    if moves is None:
        return web.json_response({"error": "this clock does not move"}, status=400)
    return await moves.route(request)
