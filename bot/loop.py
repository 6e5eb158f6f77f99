"""What runs beside the requests: the minute's tick and the deliveries."""

import asyncio
import logging
import time

from sqlalchemy.exc import SQLAlchemyError

from bot.metrics import LAST_TICK, OLDEST_UNSENT
from eocif import health, local_clock
from eocif.clock import Clock, MovableClock
from eocif.database import Database
from scheduler import jobs
from scheduler.delivery import Courier
from scheduler.timetable import Timetable

HEARTBEAT = 180.0  # real seconds without a tick after which we are not ready
PATIENCE = 3.0  # seconds for what is being sent when we stop; the rest is sent after the restart
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

    async def stop_claiming(self) -> None:
        """Start nothing more: no tick, no delivery."""
        async with self._one_tick:  # stopping the timetable would cut off a tick under way
            self._timetable.stop()
        self._courier.stop()

    async def stop(self) -> None:
        """Let what is being sent finish, then let go of the tenants' lanes."""
        if self._running is not None:
            await asyncio.wait({self._running}, timeout=PATIENCE)
            self._running.cancel()
            await asyncio.gather(self._running, return_exceptions=True)
        try:
            await self._courier.leave()
        except SQLAlchemyError as error:
            _log.error("the lanes were not left: %s", type(error).__name__)

    async def tick(self) -> None:
        """Do what is due; a failure is logged and the next minute tries again."""
        async with self._one_tick:
            try:
                await self.catch_up()
                now = self._clock()
                await jobs.tick(self._database, now=now)
                OLDEST_UNSENT.set(await self._database.run(health.oldest_unsent, now=now))
            except SQLAlchemyError as error:
                _log.error("the database did not take a tick: %s", type(error).__name__)
                return
            except Exception:
                _log.exception("a tick failed")
                return
            self._ticked_at = time.monotonic()
            LAST_TICK.set_to_current_time()
        self._courier.wake()

    async def catch_up(self) -> None:
        """In local mode another replica may have moved the clock that we share."""
        if isinstance(self._clock, MovableClock):
            self._clock.offset = (
                await self._database.run(local_clock.stored_offset) or self._clock.offset
            )

    async def deliver(self) -> None:
        """Carry out what is due now."""
        await self._courier.run_due()

    def wake(self) -> None:
        """Something may have been queued."""
        self._courier.wake()

    @property
    def is_alive(self) -> bool:
        """Whether a tick ended well lately, and deliveries are being looked for."""
        is_running = self._running is not None and not self._running.done()
        return is_running and time.monotonic() - self._ticked_at < HEARTBEAT
