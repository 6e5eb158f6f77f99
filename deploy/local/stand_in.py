"""What the routes share: the world, the limits, the faults, and the way to the bot."""

import asyncio
from dataclasses import dataclass, field

from aiohttp import web

from deploy.local.activities import Scene
from deploy.local.bot_client import BotClient
from deploy.local.events import Events
from deploy.local.faults import Faults
from deploy.local.persistence import Keeper
from deploy.local.rates import Rates
from deploy.local.settings import LOOPBACK, Settings
from deploy.local.world import World

SERVICE = "uk"
"""The first part of the service URL's path; Teams has one for each region."""


@dataclass
class Upload:
    """A place for one file. `content` is None until it is there."""

    person: str
    name: str
    content: bytes | None = None
    expired: bool = False


@dataclass
class StandIn:
    """One running stand-in. Tests may read `world` and fill `faults` directly."""

    settings: Settings
    world: World
    keeper: Keeper
    rates: Rates
    bot: BotClient
    faults: Faults = field(default_factory=Faults)
    events: Events = field(default_factory=Events)
    uploads: dict[str, Upload] = field(default_factory=dict)
    busy: asyncio.Lock = field(default_factory=asyncio.Lock)

    def scene(self, request: web.Request) -> Scene:
        """The present moment, for building an activity."""
        return Scene(
            self.world.directory,
            self.settings.app_id,
            self.settings.bot_name,
            service_url(request),
            self.world.now(),
        )


STAND_IN = web.AppKey("stand_in", StandIn)


def base_url(request: web.Request) -> str:
    """Where this server listens, whatever name the caller used for it."""
    if request.transport is None:
        raise web.HTTPServiceUnavailable
    return f"http://{LOOPBACK}:{request.transport.get_extra_info('sockname')[1]}"


def service_url(request: web.Request) -> str:
    """The address that the bot is told to answer to."""
    return f"{base_url(request)}/{SERVICE}/"
