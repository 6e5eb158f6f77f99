"""How fast we may call Teams: per conversation, and per tenant.

The windows are those of Microsoft's page on rate limiting for bots. Real time counts here, not
the movable clock: Teams counts real seconds.
"""

import asyncio
import time

from limits import RateLimitItem, parse_many
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

CONVERSATION = "7 per 1 second; 8 per 2 second; 60 per 30 second; 1800 per 3600 second"
MEMBERS = "14 per 1 second; 16 per 2 second; 120 per 30 second; 3600 per 3600 second"
_MARGIN = 0.02  # seconds: Teams' clock and ours do not tick together


class Rates:
    """Waits until a call is within every window, then counts it."""

    def __init__(self, tenant_rps: int) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._tenant = parse_many(f"{tenant_rps} per 1 second")
        self._conversation, self._members = parse_many(CONVERSATION), parse_many(MEMBERS)

    async def wait(self, tenant: str, conversation: str, *, members: bool = False) -> None:
        """Return when the call may be made, and count it."""
        windows = self._members if members else self._conversation
        calls = f"{'members' if members else 'messages'} {conversation}"
        limits = [(item, f"tenant {tenant}") for item in self._tenant]
        limits += [(item, calls) for item in windows]
        while pause := max(self._pause(item, key) for item, key in limits):  # noqa: ASYNC110 - time is awaited
            await asyncio.sleep(pause + _MARGIN)
        # Nothing awaits between the last look and the count, so no other call slips in between.
        for item, key in limits:
            self._limiter.hit(item, key)

    def _pause(self, item: RateLimitItem, key: str) -> float:
        if self._limiter.test(item, key):
            return 0.0
        reset = self._limiter.get_window_stats(item, key).reset_time
        return max(reset - time.time(), 0.001)  # noqa: TID251 - the library counts real time
