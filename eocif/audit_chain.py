"""One hash chain per review over its audit trail, so that a changed trail is found.

Each seal is the SHA-256 of the seal before it and of everything an event holds. The scheduler's
tick seals what is new, never a press. Who can write the database could seal a whole false trail
anew, so reports print the newest seal: kept outside, it shows that too.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC
from hashlib import sha256

from sqlmodel import Session, col, func, select

from eocif.models import AuditEvent, AuditSeal

START = "0" * 64
# Ids are given before a transaction ends, so that a lower one may appear after a higher was sealed.
_LATECOMERS = 1000
_AT_ONCE = 1000  # events in one tick


@dataclass(frozen=True)
class Verified:
    """What checking a review's chain found: `problems` are sentences, empty where it is whole."""

    events: int
    sealed: int
    head: str
    problems: tuple[str, ...]


def seal_of(before: str, event: AuditEvent) -> str:
    """The seal of an event that follows the one with the seal `before`: 64 hexadecimal digits."""
    held = [
        event.id, event.tenant_id, event.review_id, event.at.astimezone(UTC).isoformat(),
        event.actor, event.event, event.subject, event.detail,
    ]  # fmt: skip
    text = json.dumps(held, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(f"{before}\n{text}".encode()).hexdigest()


def seal_new(session: Session) -> int:
    """Seal the events that have none yet, oldest first; how many. Two replicas never fork it."""
    unsealed = session.exec(
        select(AuditEvent)
        .outerjoin(AuditSeal, col(AuditSeal.event_id) == col(AuditEvent.id))
        .where(
            col(AuditEvent.id) > _newest(session) - _LATECOMERS,
            col(AuditEvent.review_id).is_not(None),
            col(AuditSeal.seal).is_(None),
        )
        .order_by(col(AuditEvent.id))
        .limit(_AT_ONCE)
    ).all()
    by_review: dict[int, list[AuditEvent]] = defaultdict(list)
    for event in unsealed:
        by_review[event.review_id or 0].append(event)
    for review_id, events in by_review.items():
        _extend(session, review_id, events)
    return len(unsealed)


def _newest(session: Session) -> int:
    """The newest event that is sealed, of whichever review."""
    return session.exec(select(func.max(AuditSeal.event_id))).one() or 0


def _extend(session: Session, review_id: int, events: list[AuditEvent]) -> None:
    last = session.exec(
        select(AuditSeal)
        .where(AuditSeal.review_id == review_id)
        .order_by(col(AuditSeal.position).desc())
    ).first()
    position, seal = (last.position, last.seal) if last else (0, START)
    for event in events:
        position, seal = position + 1, seal_of(seal, event)
        session.add(
            AuditSeal(
                review_id=review_id, position=position, event_id=event.id or 0, seal=seal
            )
        )  # fmt: skip
    session.flush()


def head(session: Session, *, review_id: int) -> str:
    """A review's newest seal; empty before its first."""
    wanted = select(AuditSeal.seal).where(AuditSeal.review_id == review_id)
    return session.exec(wanted.order_by(col(AuditSeal.position).desc())).first() or ""


def verify(session: Session, *, review_id: int) -> Verified:
    """Walk a review's chain from its start and say all that does not fit."""
    events = {
        event.id: event
        for event in session.exec(select(AuditEvent).where(AuditEvent.review_id == review_id))
    }
    seals = session.exec(
        select(AuditSeal).where(AuditSeal.review_id == review_id).order_by(col(AuditSeal.position))
    ).all()
    problems, before = [], START
    for place, seal in enumerate(seals, start=1):
        event = events.get(seal.event_id)
        if seal.position != place:
            problems.append(f"A seal is missing before position {seal.position}.")
            break
        if event is None:
            problems.append(f"Event {seal.event_id} is missing.")
        elif seal_of(before, event) != seal.seal:
            problems.append(f"Event {seal.event_id} is not what was sealed at position {place}.")
        before = seal.seal
    late = _newest(session) - _LATECOMERS
    problems += _unsealed(events, {seal.event_id for seal in seals}, before=late)
    return Verified(len(events), len(seals), before if seals else "", tuple(problems))


def _unsealed(
    events: Iterable[int | None], sealed: Collection[int], *, before: int
) -> list[str]:  # fmt: skip
    """Events that should have been sealed long ago; the newest may wait for the next tick."""
    old = sorted(number for number in events if number and number < before)
    return [f"Event {number} was never sealed." for number in old if number not in sealed]
