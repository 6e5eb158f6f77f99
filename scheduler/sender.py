"""What the outside world can be asked to do, and how it can fail.

The one port of the house: `bot.connector` speaks the Bot Connector REST API behind it, and
`scheduler.delivery` calls it. Failure classes follow Microsoft's published retry guidance for
bots: some replies may be tried again, some never, and some leave the outcome unknown.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol


class Outcome(StrEnum):
    """What a failed call means for the row that asked for it."""

    RETRY = "retry"  # not accepted; try again with backoff (412, 429, 502, 503, 504, no connection)
    PERMANENT = "permanent"  # never will be (400, 403, 404, 413, …): one attempt
    UNKNOWN = "unknown"  # may have arrived (500, time-out or reset after sending)


class NotSent(Exception):
    """A call that did not succeed.

    `code` is the Bot Connector's error code where it gave one; `retry_after` is in seconds, as
    its Retry-After header said.
    """

    def __init__(
        self,
        outcome: Outcome,
        *,
        status: int | None = None,
        code: str = "",
        retry_after: float | None = None,
    ) -> None:
        super().__init__(f"{outcome} {status or 'no answer'} {code}".strip())
        self.outcome, self.status, self.code, self.retry_after = outcome, status, code, retry_after


@dataclass(frozen=True)
class Address:
    """Where a message goes: a conversation at a Bot Connector service."""

    service_url: str
    tenant_id: str
    conversation_id: str


ADAPTIVE = "application/vnd.microsoft.card.adaptive"


@dataclass(frozen=True)
class Message:
    """A card alone: Teams splits text and a card into two messages and returns no id.

    `summary` is the notification's preview, also on a lock screen, so it never holds people's
    words, names or levels. `alert` asks Teams to notify. `kind` is the card's content type; a
    file's own cards have a `name` and, once it is saved, the address `url`.
    """

    card: dict[str, Any]
    summary: str
    alert: bool = False
    kind: str = ADAPTIVE
    name: str = ""
    url: str = ""


@dataclass(frozen=True)
class RosterEntry:
    """One person in a team as the paged roster names them."""

    teams_id: str
    entra_id: str
    name: str
    is_guest: bool


@dataclass(frozen=True)
class RosterPage:
    """A page of a roster; `continuation` is empty on the last one."""

    people: tuple[RosterEntry, ...] = field(default_factory=tuple)
    continuation: str = ""


class Sender(Protocol):
    """All outbound calls. Every method raises NotSent when the call did not succeed."""

    async def open_chat(self, service_url: str, tenant_id: str, teams_id: str) -> str:
        """The id of the one-to-one conversation with a person; the same id each time."""

    async def send(self, to: Address, message: Message) -> str:
        """The new message's activity id, kept so that it can be updated."""

    async def update(self, to: Address, activity_id: str, message: Message) -> None:
        """Replace a sent message's card."""

    async def upload(self, url: str, content: bytes) -> None:
        """Put a whole file at the address that Teams gave for it."""

    async def roster(self, of: Address, continuation: str) -> RosterPage:
        """One page of a team's members."""
