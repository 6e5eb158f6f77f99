"""The one place that asks what time it is.

`now` is read once for each turn or tick and passed on as an argument. In local mode the clock can
be moved; the offset lives in the database so that every replica shares it.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """The present instant, in UTC."""
    return datetime.now(UTC)  # noqa: TID251 - this is the one place that may


class MovableClock:
    """A clock that local mode can move: the system's time plus an offset."""

    def __init__(self, base: Clock = system_clock, offset: timedelta = timedelta()) -> None:
        self._base, self.offset = base, offset

    def __call__(self) -> datetime:
        """The moved present instant, in UTC."""
        return self._base() + self.offset

    def set(self, instant: datetime) -> None:
        """Move so that it is `instant` now; time runs on from there."""
        self.offset = instant - self._base()
