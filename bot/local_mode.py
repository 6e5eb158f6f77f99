"""Local mode's clock route: time moves from one due instant to the next, as if we had been up."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import isodate
from aiohttp import web

from bot.loop import Loop
from bot.payload import Malformed, TooLarge, read_object
from eocif import local_clock, outbox
from eocif.clock import MovableClock
from eocif.database import Database
from scheduler import jobs

# Forty seconds in all: longer than anyone waits for Teams' limits. One that died loses its lane.
_LOOKS, _BETWEEN_LOOKS = 2000, 0.02
_A_MOMENT = timedelta(seconds=1)  # less is no move: replicas asked at once would undo each other's
FURTHEST = timedelta(days=3660)  # ten years, as far as the working days are known to be right


class LocalClock:
    """Moves the clock and does, on the way, all that falls due."""

    def __init__(self, database: Database, clock: MovableClock, loop: Loop) -> None:
        self._database, self._clock, self._loop = database, clock, loop
        self._one_move = asyncio.Lock()

    async def route(self, request: web.Request) -> web.Response:
        """`{"advance": "P1D"}` or `{"set": "2027-01-04T09:00:00+00:00"}`, with `"jump": true`."""
        try:
            wanted = await read_object(request)
            async with self._one_move:
                await self._loop.catch_up()  # another replica may have moved it
                target = _target(wanted, self._clock())
                await self._move(target, is_jump=wanted.get("jump") is True)
        except (Malformed, TooLarge, Unreadable):
            return web.json_response({"error": "give advance or set, as ISO 8601"}, status=400)
        return web.json_response({"now": self._clock().isoformat()})

    async def _move(self, target: datetime, *, is_jump: bool) -> None:
        while not is_jump:
            instant = await jobs.next_instant(self._database, now=self._clock())
            if instant >= target:
                break
            await self._be_at(instant)
        await self._be_at(target)

    async def _be_at(self, instant: datetime) -> None:
        moved_by = instant - self._clock()
        if abs(moved_by) > _A_MOMENT:
            offset = self._clock.offset + moved_by
            # Stored first: a turn that comes in between takes over what is stored.
            await self._database.run(local_clock.store_offset, offset=offset)
            self._clock.offset = offset
        await self._loop.tick()
        await self._loop.deliver()
        await self._let_others_finish()

    async def _let_others_finish(self) -> None:
        """Another replica may have taken what is due: time stands until that has been tried."""
        for _ in range(_LOOKS):
            if not await self._database.run(outbox.tenants_with_work, now=self._clock()):
                return
            await asyncio.sleep(_BETWEEN_LOOKS)
            await self._loop.deliver()


class Unreadable(ValueError):
    """Not a time that we can move to."""


def _target(wanted: dict[str, Any], now: datetime) -> datetime:
    try:
        target = _named(wanted, now).astimezone(UTC)
    except (ValueError, TypeError, LookupError, ArithmeticError) as error:
        raise Unreadable from error
    if abs(target - now) > FURTHEST:
        raise Unreadable
    return target


def _named(wanted: dict[str, Any], now: datetime) -> datetime:
    if "set" not in wanted:
        later: datetime = now + isodate.parse_duration(wanted["advance"])
        return later
    instant = datetime.fromisoformat(wanted["set"])
    if instant.tzinfo is None:
        raise ValueError("a time zone is needed")
    return instant
