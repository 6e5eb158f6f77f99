"""Carry out deliveries: take a tenant's lane, claim, make the card, send, settle.

Deliveries are made at least once: where it is not known whether one arrived, it is sent again.
Waits follow Microsoft's advice for bots: what Teams asks for, or exponential with jitter.
"""

import asyncio
import logging
import uuid
from datetime import datetime, timedelta
from types import SimpleNamespace

from tenacity import wait_random_exponential

from eocif import outbox
from eocif.clock import Clock
from eocif.database import Database
from eocif.outbox import Claimed
from eocif.people import RosterPerson
from scheduler.envelope import Envelope, Later, Pointless, make
from scheduler.rates import Rates
from scheduler.sender import (
    Address,
    Message,
    NotSent,
    Outcome,
    RosterPage,
    Sender,
)

_BACKOFF = wait_random_exponential(multiplier=2, max=600)
_log = logging.getLogger(__name__)


class Courier:
    """Carries out what is due. One for each process; lanes keep several apart."""

    def __init__(
        self, database: Database, sender: Sender, clock: Clock, *, tenant_rps: int,
        leads: frozenset[str],
    ) -> None:  # fmt: skip
        self._database, self._sender, self._clock, self._leads = database, sender, clock, leads
        self._rates = Rates(tenant_rps)
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
        """Claim nothing more."""
        self._stopping = True
        self.wake()

    async def _wait(self, seconds: float) -> None:
        try:
            await asyncio.wait_for(self._work.wait(), 0 if self._stopping else seconds)
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
        while not self._stopping and await self._lane(tenant):
            claimed = await self._database.run(
                outbox.claim, tenant_id=tenant, holder=self._holder, now=self._clock()
            )
            if not claimed:
                return
            async with asyncio.TaskGroup() as group:
                for each in claimed:
                    group.create_task(self._carry_out(each))

    async def _lane(self, tenant: str) -> bool:
        return await self._database.run(
            outbox.take_lane, tenant_id=tenant, holder=self._holder, now=self._clock()
        )

    async def _carry_out(self, claimed: Claimed) -> None:
        try:
            if claimed.kind == "roster":
                await self._read_roster(claimed)
            else:
                await self._deliver(claimed)
        except NotSent as failure:
            await self._settle_failure(claimed, failure)
        except Exception:
            _log.exception("delivery %s could not be made", claimed.id)
            await self._settle_failure(claimed, NotSent(Outcome.RETRY, code="NotMade"))

    async def _deliver(self, claimed: Claimed) -> None:
        made = await self._database.run(make, claimed=claimed, leads=self._leads, now=self._clock())
        match made:
            case Pointless(why):
                await self._database.run(
                    outbox.cancelled, claimed=claimed, why=why, now=self._clock()
                )
            case Later(until):
                await self._database.run(outbox.put_off, claimed=claimed, until=until)
            case Envelope():
                await self._send(claimed, made.message)

    async def _send(self, claimed: Claimed, message: Message) -> None:
        chat = claimed.conversation_id or await self._open_chat(claimed)
        to = Address(claimed.service_url, claimed.tenant_id, chat)
        await self._rates.wait(claimed.tenant_id, chat)
        if claimed.message_id:
            await self._sender.update(to, claimed.message_id, message)
            activity_id = claimed.message_id
        else:
            activity_id = await self._sender.send(to, message)
        await self._database.run(
            outbox.sent, claimed=claimed, conversation_id=chat, activity_id=activity_id,
            now=self._clock(),
        )  # fmt: skip

    async def _open_chat(self, claimed: Claimed) -> str:
        if not (claimed.service_url and claimed.teams_id and claimed.person_id):
            raise NotSent(Outcome.PERMANENT, code="NoAddress")
        await self._rates.wait(claimed.tenant_id, f"new chat with {claimed.teams_id}")
        chat = await self._sender.open_chat(
            claimed.service_url, claimed.tenant_id, claimed.teams_id
        )
        await self._database.run(
            outbox.chat_opened, person_id=claimed.person_id, service_url=claimed.service_url,
            conversation_id=chat,
        )  # fmt: skip
        return chat

    async def _read_roster(self, claimed: Claimed) -> None:
        of = Address(claimed.service_url, claimed.tenant_id, claimed.conversation_id)
        page = await self._page(claimed, of, "")
        everyone = list(page.people)
        while page.continuation:
            page = await self._page(claimed, of, page.continuation)
            everyone += page.people
        people = [
            RosterPerson(each.entra_id, each.teams_id, each.name, each.is_guest)
            for each in everyone
        ]
        await self._database.run(
            outbox.roster_read, claimed=claimed, people_read=people, now=self._clock()
        )

    async def _page(self, claimed: Claimed, of: Address, continuation: str) -> RosterPage:
        await self._rates.wait(claimed.tenant_id, claimed.conversation_id, members=True)
        return await self._sender.roster(of, continuation)

    async def _settle_failure(self, claimed: Claimed, failure: NotSent) -> None:
        now = self._clock()
        _log.warning("delivery %s: %s", claimed.id, failure)
        if failure.outcome is Outcome.PERMANENT or claimed.attempts >= outbox.MOST_ATTEMPTS:
            code = failure.code or _by_status(failure.status)
            await self._database.run(outbox.failed, claimed=claimed, code=code, now=now)
            return
        await self._database.run(
            outbox.put_off, claimed=claimed, until=_again(now, claimed, failure),
            error=str(failure), everyone=failure.status == 429 and failure.retry_after is not None,
        )  # fmt: skip


def _by_status(status: int | None) -> str:
    """Teams often leaves the sub-code out: a bare 403 means that the bot is not let in."""
    return "BotNotInConversationRoster" if status == 403 else f"Status{status or 0}"


def _again(now: datetime, claimed: Claimed, failure: NotSent) -> datetime:
    if failure.retry_after is not None:
        return now + timedelta(seconds=failure.retry_after)
    # tenacity's waits read nothing but the attempt's number from the state of a call.
    seconds = _BACKOFF(SimpleNamespace(attempt_number=claimed.attempts))  # type: ignore[arg-type]
    return now + timedelta(seconds=1 + seconds)
