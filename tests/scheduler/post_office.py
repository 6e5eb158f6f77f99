"""Teams as a courier sees it, in memory: what was asked of it, and failures in the order given."""

import asyncio
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from eocif.database import Database
from scheduler.delivery import Courier
from scheduler.sender import Address, Message, NotSent, RosterEntry, RosterPage


class Clock:
    """Stands still until it is moved."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def later(self, **more: float) -> datetime:
        self.now += timedelta(**more)
        return self.now


@dataclass
class Call:
    """One call: "open_chat", "send", "update", "roster" or "upload", for whom, and the card."""

    what: str
    to: str
    message_id: str = ""
    message: Message | None = None

    @property
    def text(self) -> str:
        return str(self.message.card) if self.message else ""


@dataclass
class PostOffice:
    """A `Sender`. `fails` holds, by kind of call, what to raise next; None lets one through."""

    pages: list[RosterPage] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    fails: defaultdict[str, list[NotSent | None]] = field(default_factory=lambda: defaultdict(list))
    closed: asyncio.Event | None = None  # where it is given, sends wait for it
    entered: asyncio.Event = field(default_factory=asyncio.Event)

    def of(self, *kinds: str) -> list[Call]:
        return [call for call in self.calls if call.what in kinds]

    async def _take(self, call: Call) -> None:
        self.calls.append(call)
        self.entered.set()
        if self.closed is not None:
            await self.closed.wait()
        failure = self.fails[call.what].pop(0) if self.fails[call.what] else None
        if failure is not None:
            raise failure

    async def open_chat(self, service_url: str, tenant_id: str, teams_id: str) -> str:
        await self._take(Call("open_chat", teams_id))
        return f"a:{teams_id}"

    async def send(self, to: Address, message: Message) -> str:
        await self._take(Call("send", to.conversation_id, message=message))
        return f"message-{len(self.of('send'))}"

    async def update(self, to: Address, activity_id: str, message: Message) -> None:
        await self._take(Call("update", to.conversation_id, activity_id, message))

    async def upload(self, url: str, content: bytes) -> None:
        await self._take(Call("upload", url))

    async def roster(self, of: Address, continuation: str) -> RosterPage:
        await self._take(Call("roster", of.conversation_id, continuation))
        return self.pages[int(continuation or 0)]


def courier(database: Database, office: PostOffice, clock: Clock, **more: Any) -> Courier:
    return Courier(
        database, office, clock, tenant_rps=more.pop("tenant_rps", 1000), leads=frozenset(), **more
    )


def roster_pages(people: list[RosterEntry], size: int) -> list[RosterPage]:
    starts = list(range(0, len(people), size))
    return [
        RosterPage(
            tuple(people[first : first + size]),
            str(number + 1) if number + 1 < len(starts) else "",
        )
        for number, first in enumerate(starts)
    ]
