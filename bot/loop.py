"""What runs beside the requests: the minute's tick and the deliveries."""

import asyncio
import logging
import time

from bot.metrics import LAST_TICK
from eocif.clock import Clock
from eocif.database import Database
from scheduler import jobs
from scheduler.delivery import Courier
from scheduler.timetable import Timetable

HEARTBEAT = 180.0  # real seconds without a tick after which we are not ready
_log = logging.getLogger(__name__)


class Loop:
    """Owns the timetable and the courier; started and stopped with the application."""

    def __init__(self, database: Database, clock: Clock, courier: Courier) -> None:
        self._database, self._clock, self._courier = database, clock, courier
        self._timetable = Timetable(self.tick)
        self._one_tick = asyncio.Lock()
        self._ticked_at = float("-inf")
        self._running: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Catch up at once, then tick every minute."""
        await self.tick()
        self._timetable.start()
        self._running = asyncio.create_task(self._courier.run())

    async def stop(self, patience: float = 10.0) -> None:
        """Claim nothing more and let what is under way finish, for `patience` seconds."""
        self._timetable.stop()
        self._courier.stop()
        if self._running is not None:
            await asyncio.wait({self._running}, timeout=patience)
            self._running.cancel()

    async def tick(self) -> None:
        """Do what is due; a failure is logged and the next minute tries again."""
        async with self._one_tick:
            try:
                await jobs.tick(self._database, now=self._clock())
            except Exception:
                _log.exception("a tick failed")
                return
            self._ticked_at = time.monotonic()
            LAST_TICK.set_to_current_time()
        self._courier.wake()

    async def deliver(self) -> None:
        """Carry out what is due now."""
        await self._courier.run_due()

    def wake(self) -> None:
        """Something may have been queued."""
        self._courier.wake()

    @property
    def is_alive(self) -> bool:
        """Whether a tick ended well lately."""
        return time.monotonic() - self._ticked_at < HEARTBEAT
