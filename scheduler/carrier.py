"""Carry out one claimed delivery: make the card, wait for our turn, send, settle.

Deliveries are made at least once: where it is not known whether one arrived, it is sent again. A
digest is made at most once: there it stays unknown, and the next one says so.
Waits follow Microsoft's advice for bots: what Teams asks for, or exponential with jitter.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from types import SimpleNamespace

from sqlalchemy.exc import SQLAlchemyError
from tenacity import wait_random_exponential

from eocif import exports, files, outbox
from eocif.clock import Clock
from eocif.database import Database
from eocif.errors import EocifError
from eocif.outbox import Claimed
from eocif.people import RosterPerson
from scheduler import file_cards
from scheduler.envelope import Envelope, Later, Pointless, make
from scheduler.rates import Rates
from scheduler.sender import Address, Message, NotSent, Outcome, RosterPage, Sender

MOST_ATTEMPTS = 60  # about five hours of Teams being down
MOST_UPLOADS = 5  # the address lasts for minutes only
MOST_MAKINGS = 5  # of a card that we fail to make: waiting does not help much
LONGEST_CALL = timedelta(seconds=12)  # a call's own deadline, and a little
_NOT_MADE = "NotMade"
_BACKOFF = wait_random_exponential(multiplier=2, max=600)
_log = logging.getLogger(__name__)


class NoLongerOurs(Exception):
    """We are stopping, or the lane has gone to another holder, who sends this one."""


class Carrier:
    """Carries out deliveries for one holder of lanes."""

    def __init__(
        self, database: Database, sender: Sender, clock: Clock, rates: Rates, *,
        leads: frozenset[str], is_stopping: Callable[[], bool],
    ) -> None:  # fmt: skip
        self._database, self._sender, self._clock, self._rates = database, sender, clock, rates
        self._leads, self._is_stopping = leads, is_stopping
        self._ways: dict[str, Callable[[Claimed], Awaitable[None]]] = {
            "roster": self._read_roster,
            files.OFFER: self._offer_file,
            files.UPLOAD: self._upload_file,
            files.SAVED: self._show_saved,
        }

    async def carry_out(self, claimed: Claimed) -> None:
        """Carry out one delivery. Never raises: what becomes of it is written down."""
        try:
            await self._ways.get(claimed.kind, self._deliver)(claimed)
        except NotSent as failure:
            await self._settle_failure(claimed, failure)
        except NoLongerOurs:
            await self._settle(outbox.put_off, claimed=claimed, until=self._clock())
        except SQLAlchemyError as error:
            # It stays marked as being sent; the next round queues it again.
            _log.error("delivery %s could not be settled: %s", claimed.id, type(error).__name__)
        except Exception:
            _log.exception("delivery %s could not be made", claimed.id)
            await self._settle_failure(claimed, NotSent(Outcome.RETRY, code=_NOT_MADE))

    async def _deliver(self, claimed: Claimed) -> None:
        now = self._clock()
        match await self._database.run(make, claimed=claimed, leads=self._leads, now=now):
            case Pointless(why):
                await self._settle(outbox.cancelled, claimed=claimed, why=why, now=now)
            case Later(until):
                await self._settle(outbox.put_off, claimed=claimed, until=until)
            case Envelope(message):
                await self._send(claimed, message)

    async def _send(self, claimed: Claimed, message: Message) -> None:
        chat = claimed.conversation_id or await self._open_chat(claimed)
        to = Address(claimed.service_url, claimed.tenant_id, chat)
        await self._our_turn(claimed, chat)
        if claimed.message_id:
            await self._sender.update(to, claimed.message_id, message)
            activity_id = claimed.message_id
        else:
            activity_id = await self._sender.send(to, message)
        await self._database.run(
            outbox.sent, claimed=claimed, conversation_id=chat, activity_id=activity_id,
            now=self._clock(),
        )  # fmt: skip

    # --- files -----------------------------------------------------------------------------

    async def _offer_file(self, claimed: Claimed) -> None:
        try:
            file = await self._made(claimed)
        except EocifError as refused:
            await self._send(claimed, file_cards.refused(refused))
        else:
            await self._send(claimed, file_cards.offer(claimed.id, file))

    async def _upload_file(self, claimed: Claimed) -> None:
        """Put a taken file where Teams wants it, if whoever took it may still have it."""
        try:
            file = await self._made(claimed)
        except EocifError:
            await self._give_up(claimed, None)
            return
        await self._our_turn(claimed, claimed.conversation_id)
        await self._sender.upload(claimed.params["place"]["upload_url"], file.content)
        await self._database.run(files.saved, claimed=claimed, now=self._clock())

    async def _give_up(self, claimed: Claimed, status: int | None) -> None:
        await self._settle(files.not_saved, claimed=claimed, status=status, now=self._clock())

    async def _show_saved(self, claimed: Claimed) -> None:
        await self._send(claimed, file_cards.saved(claimed.params))

    async def _made(self, claimed: Claimed) -> exports.File:
        """The file. Gathering it and writing it take a while, and hold up nobody else."""
        wanted, reader = await self._database.run(files.allowed, claimed=claimed, leads=self._leads)
        gathered = await self._database.read(
            exports.gather, review_id=wanted.review, format=wanted.format, version=wanted.version,
            member=wanted.member, reader=reader, now=self._clock(),
        )  # fmt: skip
        return await asyncio.to_thread(exports.write, gathered)

    async def _open_chat(self, claimed: Claimed) -> str:
        if not (claimed.service_url and claimed.teams_id and claimed.person_id):
            raise NotSent(Outcome.PERMANENT, code="NoAddress")
        await self._our_turn(claimed, f"new chat with {claimed.teams_id}")
        chat = await self._sender.open_chat(
            claimed.service_url, claimed.tenant_id, claimed.teams_id
        )
        await self._database.run(
            outbox.chat_opened, person_id=claimed.person_id, service_url=claimed.service_url,
            conversation_id=chat,
        )  # fmt: skip
        return chat

    async def _our_turn(self, claimed: Claimed, chat: str, *, members: bool = False) -> None:
        """Wait for our turn, then look whether it is still for us to send.

        A process may have been paused meanwhile. Nothing comes between the count and the call:
        calls that were counted apart must not leave together.
        """
        await self._rates.wait(claimed.tenant_id, chat, members=members)
        if self._is_stopping() or self._clock() + LONGEST_CALL > claimed.lease_ends:
            raise NoLongerOurs

    async def _read_roster(self, claimed: Claimed) -> None:
        page = await self._page(claimed, "")
        everyone = list(page.people)
        while page.continuation:
            page = await self._page(claimed, page.continuation)
            everyone += page.people
        people = [
            RosterPerson(each.entra_id, each.teams_id, each.name, each.is_guest)
            for each in everyone
        ]
        await self._database.run(
            outbox.roster_read, claimed=claimed, people_read=people, now=self._clock()
        )

    async def _page(self, claimed: Claimed, continuation: str) -> RosterPage:
        await self._our_turn(claimed, claimed.conversation_id, members=True)
        of = Address(claimed.service_url, claimed.tenant_id, claimed.conversation_id)
        return await self._sender.roster(of, continuation)

    async def _settle_failure(self, claimed: Claimed, failure: NotSent) -> None:
        now = self._clock()
        _log.warning("delivery %s: %s", claimed.id, failure)
        if failure.outcome is Outcome.UNKNOWN and claimed.kind in outbox.AT_MOST_ONCE:
            await self._settle(outbox.may_have_gone, claimed=claimed, now=now)
            return
        is_upload = claimed.kind == files.UPLOAD
        if _is_final(claimed, failure):
            if is_upload:
                await self._give_up(claimed, failure.status)
                return
            code = failure.code or f"Status{failure.status or 0}"
            await self._settle(
                outbox.failed, claimed=claimed, code=code, status=failure.status, now=now
            )
            return
        # An upload goes to someone's own drive: what that asks for is not for the tenant's chats.
        everyone = failure.status == 429 and failure.retry_after is not None and not is_upload
        if everyone:
            self._rates.hold(claimed.tenant_id, failure.retry_after or 0.0)
        await self._settle(
            outbox.put_off, claimed=claimed, until=_again(now, claimed, failure),
            error=str(failure), everyone=everyone,
        )  # fmt: skip

    async def _settle(self, use_case: Callable[..., None], **arguments: object) -> None:
        try:
            await self._database.run(use_case, **arguments)
        except SQLAlchemyError as error:
            _log.error("a delivery could not be settled: %s", type(error).__name__)


def _is_final(claimed: Claimed, failure: NotSent) -> bool:
    """A 401 after a fresh token is our own fault, so it is no verdict on this delivery.

    An upload has no token: its address carries the right, which a 401 says has run out.
    """
    is_upload = claimed.kind == files.UPLOAD
    if failure.outcome is Outcome.PERMANENT and (is_upload or failure.status != 401):
        return True
    most = MOST_UPLOADS if is_upload else MOST_ATTEMPTS
    return claimed.attempts >= (MOST_MAKINGS if failure.code == _NOT_MADE else most)


def _again(now: datetime, claimed: Claimed, failure: NotSent) -> datetime:
    if failure.retry_after is not None:
        return now + timedelta(seconds=failure.retry_after)
    # tenacity's waits read nothing but the attempt's number from the state of a call.
    seconds = _BACKOFF(SimpleNamespace(attempt_number=claimed.attempts))  # type: ignore[arg-type]
    return now + timedelta(seconds=1 + seconds)
