"""The only place that knows APScheduler: it wakes us every minute, and nothing else.

Its job store is memory and its schedule says nothing about what is due: the database does.
"""

from collections.abc import Awaitable, Callable

from apscheduler.schedulers.asyncio import AsyncIOScheduler

Tick = Callable[[], Awaitable[None]]


class Timetable:
    """Calls `tick` once a minute in the running event loop, never twice at once."""

    def __init__(self, tick: Tick) -> None:
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        self._scheduler.add_job(
            tick, "interval", minutes=1, coalesce=True, max_instances=1, misfire_grace_time=None
        )

    def start(self) -> None:
        """Begin; the first tick is the caller's own."""
        self._scheduler.start()

    def stop(self) -> None:
        """Start no more ticks. One under way is cut off: the caller waits for it first."""
        self._scheduler.shutdown(wait=False)
