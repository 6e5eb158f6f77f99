"""Deliveries, round after round: take a tenant's lane, claim what is due, have it carried out.

One holder of a tenant's lane keeps its rate exact, however many replicas there are.
"""

import asyncio
import logging
import uuid

from sqlalchemy.exc import SQLAlchemyError

from eocif import outbox
from eocif.clock import Clock
from eocif.database import Database
from scheduler.carrier import Carrier
from scheduler.rates import LONGEST_WAIT, Rates
from scheduler.sender import Sender

_log = logging.getLogger(__name__)


class Courier:
    """Carries out what is due. One for each process; lanes keep several apart."""

    def __init__(
        self, database: Database, sender: Sender, clock: Clock, *, tenant_rps: int,
        leads: frozenset[str], longest_wait: float = LONGEST_WAIT,
    ) -> None:  # fmt: skip
        self._database, self._clock = database, clock
        self._rates = Rates(tenant_rps, longest_wait=longest_wait)
        self._carrier = Carrier(
            database, sender, clock, self._rates, leads=leads,
            is_stopping=lambda: self._stopping,
        )  # fmt: skip
        self._holder = uuid.uuid4().hex
        self._work = asyncio.Event()
        self._under_way: dict[str, asyncio.Task[None]] = {}
        self._stopping = False

    def wake(self) -> None:
        """Something may have been queued."""
        self._work.set()

    async def run(self, *, look_every: float = 1.0) -> None:
        """Carry out deliveries until told to stop; what is under way then is finished."""
        while not self._stopping:
            try:
                await self._set_off()
            except SQLAlchemyError as error:
                _log.error("we could not look for deliveries: %s", type(error).__name__)
            await self._wait(look_every)
        await asyncio.gather(*self._under_way.values())

    def stop(self) -> None:
        """Claim nothing more, and give back what has not been sent yet."""
        self._stopping = True
        self._rates.stop()
        self.wake()

    async def leave(self) -> None:
        """Let go of every lane, so that nobody has to wait for the lease to run out."""
        await self._database.run(outbox.leave_lanes, holder=self._holder, now=self._clock())

    async def _wait(self, seconds: float) -> None:
        try:
            await asyncio.wait_for(self._work.wait(), seconds)
        except TimeoutError:
            return
        self._work.clear()

    async def run_due(self) -> None:
        """Carry out everything that is due now."""
        # Twice: a tenant that is under way may have looked for its last time already.
        for _ in range(2):
            await asyncio.gather(*await self._set_off())

    async def _set_off(self) -> list[asyncio.Task[None]]:
        """Start what is due, tenants side by side; every tenant's task that is under way."""
        for tenant in await self._database.run(outbox.tenants_with_work, now=self._clock()):
            if tenant not in self._under_way:
                self._under_way[tenant] = asyncio.create_task(self._run_tenant(tenant))
        return list(self._under_way.values())

    async def _run_tenant(self, tenant: str) -> None:
        try:
            while not self._stopping and await self._lane(tenant):
                if not await self._run_batch(tenant):
                    return
        except SQLAlchemyError as error:
            _log.error("a tenant's deliveries stopped: %s", type(error).__name__)
        finally:
            del self._under_way[tenant]

    async def _run_batch(self, tenant: str) -> bool:
        """Batch after batch, so that no two tasks of ours are ever in one lane: see `take_lane`."""
        claimed = await self._database.run(
            outbox.claim, tenant_id=tenant, holder=self._holder, now=self._clock()
        )
        async with asyncio.TaskGroup() as group:
            for each in claimed:
                group.create_task(self._carrier.carry_out(each))
        return bool(claimed)

    async def _lane(self, tenant: str) -> bool:
        return await self._database.run(
            outbox.take_lane, tenant_id=tenant, holder=self._holder, now=self._clock()
        )
