"""What an operator's probe asks of the database."""

from datetime import datetime

from sqlmodel import Session, col, select

from eocif.models import Delivery, DeliveryState, Instance


def check_writable(session: Session, *, now: datetime) -> None:
    """Write a row; raises where the database is not there, full, or not migrated."""
    session.merge(Instance(key="ready", value=now.isoformat()))


def oldest_unsent(session: Session, *, now: datetime) -> float:
    """For how many seconds the oldest delivery has been due; 0 where none is."""
    due = session.exec(
        select(Delivery.next_at)
        .where(Delivery.state == DeliveryState.QUEUED, Delivery.next_at <= now)
        .order_by(col(Delivery.next_at))
        .limit(1)
    ).first()
    return (now - due).total_seconds() if due else 0.0
