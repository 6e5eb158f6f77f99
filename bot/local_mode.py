"""Local mode's clock route: time moves from one due instant to the next, as if we had been up."""

from datetime import UTC, datetime
from typing import Any

import isodate
from aiohttp import web

from bot.loop import Loop
from eocif import local_clock
from eocif.clock import MovableClock
from eocif.database import Database
from scheduler import jobs


class LocalClock:
    """Moves the clock and does, on the way, all that falls due."""

    def __init__(self, database: Database, clock: MovableClock, loop: Loop) -> None:
        self._database, self._clock, self._loop = database, clock, loop

    async def route(self, request: web.Request) -> web.Response:
        """`{"advance": "P1D"}` or `{"set": "2027-01-04T09:00:00+00:00"}`, with `"jump": true`."""
        try:
            wanted = await request.json()
            target = _target(wanted, self._clock())
        except (ValueError, TypeError, AttributeError, OverflowError):
            return web.json_response({"error": "give advance or set, as ISO 8601"}, status=400)
        if not wanted.get("jump"):
            await self._walk_to(target)
        await self._be_at(target)
        return web.json_response({"now": self._clock().isoformat()})

    async def _walk_to(self, target: datetime) -> None:
        while True:
            instant = await jobs.next_instant(self._database, now=self._clock())
            if instant >= target:
                return
            await self._be_at(instant)

    async def _be_at(self, instant: datetime) -> None:
        self._clock.set(instant)
        await self._database.run(local_clock.store_offset, offset=self._clock.offset)
        await self._loop.tick()
        await self._loop.deliver()


def _target(wanted: Any, now: datetime) -> datetime:
    if "set" in wanted:
        instant = datetime.fromisoformat(wanted["set"])
        if instant.tzinfo is None:
            raise ValueError("a time zone is needed")
        return instant.astimezone(UTC)
    later: datetime = now + isodate.parse_duration(wanted["advance"])
    return later
