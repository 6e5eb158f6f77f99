"""The sample review with the whole bot around it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp

from eocif.database import Database
from eocif.models import Delivery
from eocif.rules.dates import at
from tests.bot.authority import Authority
from tests.bot.house import Answered, House, settings
from tests.builders import MONDAY, World
from tests.scheduler.post_office import Clock, PostOffice

TEN = at(MONDAY, 10)


@dataclass
class Scene:
    """A review, the bot that runs it, what it sends, and the time."""

    world: World
    house: House
    office: PostOffice
    clock: Clock

    async def press(self, who: str, verb: str, data: Any = None, **more: Any) -> Answered:
        """A press about the sample review."""
        return await self.house.press(who, verb, {"review": 1, **(data or {})}, **more)

    async def sent(self) -> list[str]:
        """What goes out now, in words of the cards."""
        self.office.calls.clear()
        await self.house.deliver()
        return [call.text for call in self.office.of("send", "update")]

    def rows(self, kind: str) -> list[Delivery]:
        return self.world.rows(Delivery, Delivery.kind == kind)


def address(database: Database) -> str:
    return database.engine.url.render_as_string(hide_password=False)


@asynccontextmanager
async def scene(
    world: World, clock: Clock, authority: Authority, http: aiohttp.ClientSession, **more: str
) -> AsyncIterator[Scene]:
    """The bot, running on the world's database."""
    office = PostOffice()
    wanted = settings(address(world.database), authority, **more)
    async with House(wanted, authority, http, clock, office) as house:
        yield Scene(world, house, office, clock)
