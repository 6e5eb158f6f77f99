"""The audit trail: who did what, when. Pseudonymous, append-only, no words of answers."""

from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from eocif.models import AuditEvent

SYSTEM = "system"


def pseudonym(person_id: int | None) -> str:
    """How the trail names someone: their row's number, so that erasing the row erases the name."""
    return SYSTEM if person_id is None else f"person:{person_id}"


def record(
    session: Session,
    event: str,
    *,
    tenant_id: str,
    now: datetime,
    who: int | None = None,
    review_id: int | None = None,
    subject: str = "",
    **detail: Any,
) -> None:
    """Add an event. `detail` holds states, counts, dates and ids only."""
    session.add(
        AuditEvent(
            tenant_id=tenant_id, review_id=review_id, at=now, actor=pseudonym(who),
            event=event, subject=subject, detail=detail,
        )
    )  # fmt: skip


def trail(session: Session, *, review_id: int) -> list[dict[str, Any]]:
    """A review's events in order, as `python -m eocif audit --json` prints them."""
    rows = session.exec(
        select(AuditEvent).where(AuditEvent.review_id == review_id).order_by(col(AuditEvent.id))
    )
    return [
        {
            "id": row.id, "at": row.at.isoformat(), "actor": row.actor, "event": row.event,
            "subject": row.subject, "detail": row.detail,
        }
        for row in rows
    ]  # fmt: skip
