"""Deliveries, round after round: take a tenant's lane, claim what is due, have it carried out.

One holder of a tenant's lane keeps its rate exact, however many replicas there are.
"""

import asyncio
import logging
import uuid

from eocif import outbox
from eocif.clock import Clock
from eocif.database import Database
from scheduler.carrier import Carrier
from scheduler.rates import Rates
from scheduler.sender import Sender

_log = logging.getLogger(__name__)


class Courier:
    """Carries out what is due. One for each process; lanes keep several apart."""

    def __init__(
        self, database: Database, sender: Sender, clock: Clock, *, tenant_rps: int,
        leads: frozenset[str],
    ) -> None:  # fmt: skip
        self._database, self._clock = database, clock
        self._carrier = Carrier(
            database, sender, clock, Rates(tenant_rps), leads=leads,
            is_stopping=lambda: self._stopping,
        )  # fmt: skip
        self._holder = uuid.uuid4().hex
        self._work = asyncio.Event()
        self._one_round = asyncio.Lock()
        self._stopping = False

    def wake(self) -> None:
        """Something may have been queued."""
        self._work.set()

    async def run(self, *, look_every: float = 1.0) -> None:
        """Carry out deliveries until told to stop; what is under way then is finished."""
        while not self._stopping:
            try:
                await self.run_due()
            except Exception:
                _log.exception("a round of deliveries failed; trying again")
            await self._wait(look_every)

    def stop(self) -> None:
        """Claim nothing more, and give back what has not been sent yet."""
        self._stopping = True
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
        """Carry out everything that is due now, tenants side by side; one round at a time."""
        async with self._one_round:
            tenants = await self._database.run(outbox.tenants_with_work, now=self._clock())
            async with asyncio.TaskGroup() as group:
                for tenant in tenants:
                    group.create_task(self._run_tenant(tenant))

    async def _run_tenant(self, tenant: str) -> None:
        """Batch after batch. No two tasks of ours are ever in one lane: see `take_lane`."""
        while not self._stopping and await self._lane(tenant):
            claimed = await self._database.run(
                outbox.claim, tenant_id=tenant, holder=self._holder, now=self._clock()
            )
            if not claimed:
                return
            async with asyncio.TaskGroup() as group:
                for each in claimed:
                    group.create_task(self._carrier.carry_out(each))

    async def _lane(self, tenant: str) -> bool:
        return await self._database.run(
            outbox.take_lane, tenant_id=tenant, holder=self._holder, now=self._clock()
        )
