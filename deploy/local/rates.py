"""Teams' rate limits, from Microsoft's page "Optimise your bot with rate limiting in Teams".

Windows move: at most so many calls in any stretch of that length. A refused call is not counted.
"""

import math
import threading
from typing import Final, Literal

from limits import RateLimitItem, RateLimitItemPerSecond
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from deploy.local.refusals import too_many
from eocif.clock import system_clock

Operation = Literal["send", "create", "members"]

_SEND: Final = ((7, 1), (8, 2), (60, 30), (1800, 3600))
PER_CONVERSATION: Final[dict[Operation, tuple[tuple[int, int], ...]]] = {
    "send": _SEND,
    "create": _SEND,
    "members": ((14, 1), (16, 2), (120, 30), (3600, 3600)),
}
"""For one bot in one conversation: (calls, seconds) for each kind of call."""

PER_TENANT: Final = ((50, 1),)
"""For one app in one tenant, whatever the call: (calls, seconds)."""


class _NoSweep(threading.Timer):
    """Keeps the storage from starting a sweep of every key in a thread after each call.

    With 10,000 conversations the sweep took more time than all else (measured); a stand-in does
    not run long enough to need it.
    """

    def __init__(self) -> None:
        super().__init__(0, lambda: None)

    def is_alive(self) -> bool:
        """The storage asks this before it starts a sweep."""
        return True


class Rates:
    """Counts calls and refuses those over a limit. `scale` multiplies every limit; 0 is off."""

    def __init__(self, scale: float = 1.0) -> None:
        storage = MemoryStorage()
        storage.timer.join()
        storage.timer = _NoSweep()
        self._limiter = MovingWindowRateLimiter(storage)
        self._off = not scale
        self._items = {name: _scaled(pairs, scale) for name, pairs in PER_CONVERSATION.items()}
        self._tenant = _scaled(PER_TENANT, scale)

    def take(self, operation: Operation, conversation: str, tenant: str) -> None:
        """Count one call. Raises Refusal 429, with Retry-After, where it is one too many."""
        if self._off:
            return
        wanted: list[tuple[RateLimitItem, tuple[str, str]]]
        wanted = [(item, (operation, conversation)) for item in self._items[operation]]
        wanted += [(item, ("tenant", tenant)) for item in self._tenant]
        full = [each for each in wanted if not self._limiter.test(each[0], *each[1])]
        if full:
            raise too_many(max(self._wait(item, names) for item, names in full))
        for item, names in wanted:
            self._limiter.hit(item, *names)

    def _wait(self, item: RateLimitItem, names: tuple[str, str]) -> int:
        """Whole seconds until one more call fits."""
        free_at = self._limiter.get_window_stats(item, *names).reset_time
        return max(1, math.ceil(free_at - system_clock().timestamp()))


def _scaled(pairs: tuple[tuple[int, int], ...], scale: float) -> list[RateLimitItem]:
    return [
        RateLimitItemPerSecond(max(1, round(calls * scale)), seconds) for calls, seconds in pairs
    ]
