"""Every file that can be made of a review: which formats in which versions, and how.

Gathering reads the database, in a transaction; writing does not, and may take seconds: it belongs
in a thread of its own.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from eocif.errors import NotFound


@dataclass(frozen=True)
class File:
    """A finished file. `description` says in a line what it is, without anyone's words."""

    name: str
    content_type: str
    content: bytes
    description: str


@dataclass(frozen=True)
class Gathered:
    """All that a file will show, read from the database: a Report, or a pack for one member."""

    format: str
    version: str
    summary: Any
    made_at: datetime


Writer = Callable[[Any], bytes]
# TABLE: (format, version) → writer. The engineer of workbooks and packs fills this in.
WRITERS: Mapping[tuple[str, str], Writer] = {}


def gather(
    session: Session, *, review_id: int, format: str, version: str, member: int = 0, now: datetime
) -> Gathered:
    """Read what a file needs. Raises NotFound for a file that there is not."""
    raise NotFound


def write(gathered: Gathered) -> File:
    """The file itself. Reads nothing."""
    raise NotFound


def make(
    session: Session, *, review_id: int, format: str, version: str, member: int = 0, now: datetime
) -> File:
    """Gather and write at once, where waiting does no harm."""
    return write(
        gather(session, review_id=review_id, format=format, version=version, member=member, now=now)
    )
