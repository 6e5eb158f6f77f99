"""How fast we may call Teams: per conversation, and per tenant.

The windows are those of Microsoft's page on rate limiting for bots, and they move: at most so
many calls in any stretch of that length. Real time counts here, not the movable clock: Teams
counts real seconds.
"""

import asyncio
import time
from collections import defaultdict, deque
from collections.abc import Callable

from scheduler.sender import NotSent, Outcome

Windows = tuple[tuple[int, float], ...]
"""(most calls, in so many seconds), …"""

CONVERSATION: Windows = ((7, 1), (8, 2), (60, 30), (1800, 3600))
MEMBERS: Windows = ((14, 1), (16, 2), (120, 30), (3600, 3600))
LONGEST_WAIT = 5.0  # seconds: whoever must wait longer gives up their place in the lane
PATIENT = 35.0  # in local mode, where years pass in a minute: time moves on once all was tried
_NAP = 0.5  # seconds between two looks whether we are to stop
_MARGIN = 0.05  # seconds: calls may arrive closer together than they left
_REMEMBERED = 3600.0 + _MARGIN
_LOOK_AFTER = 1000  # calls between two looks for conversations that may be forgotten


class Rates:
    """Waits until a call is within every window, then counts it."""

    def __init__(
        self, tenant_rps: int, *, longest_wait: float = LONGEST_WAIT,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:  # fmt: skip
        self._clock = clock
        self._tenant: Windows = ((tenant_rps, 1),)
        self._calls: defaultdict[str, deque[float]] = defaultdict(deque)
        self._held_until: dict[str, float] = {}
        self._counted = 0
        self._longest_wait = longest_wait

    def stop(self) -> None:
        """From now on nobody waits: whoever would have to gives up."""
        self._longest_wait = 0.0

    def hold(self, tenant: str, seconds: float) -> None:
        """Teams asked us to wait: nobody calls for this tenant before."""
        until = self._clock() + seconds
        self._held_until[tenant] = max(until, self._held_until.get(tenant, until))

    async def wait(self, tenant: str, conversation: str, *, members: bool = False) -> None:
        """Return when the call may be made, and count it.

        Raises NotSent, with when to come back, where that would take longer than `longest_wait`.
        """
        limits = {
            f"tenant {tenant}": self._tenant,
            f"{'members' if members else 'messages'} {conversation}": (
                MEMBERS if members else CONVERSATION
            ),
        }
        while (pause := self._pause(tenant, limits)) > 0:
            if pause > self._longest_wait:
                raise NotSent(Outcome.RETRY, code="NotYet", retry_after=pause)
            await asyncio.sleep(min(pause, _NAP))
        # Nothing awaits between the last look and the count, so no other call slips in between.
        for key in limits:
            self._calls[key].append(self._clock())
        self._forget()

    def _pause(self, tenant: str, limits: dict[str, Windows]) -> float:
        now = self._clock()
        free = [
            self._calls[key][-most] + seconds + _MARGIN
            for key, windows in limits.items()
            for most, seconds in windows
            if len(self._calls[key]) >= most
        ]
        return max([now, self._held_until.get(tenant, now), *free]) - now

    def _forget(self) -> None:
        self._counted += 1
        if self._counted % _LOOK_AFTER:
            return
        old = self._clock() - _REMEMBERED
        for calls in self._calls.values():
            while calls and calls[0] < old:
                calls.popleft()
        for key in [key for key, calls in self._calls.items() if not calls]:
            del self._calls[key]
