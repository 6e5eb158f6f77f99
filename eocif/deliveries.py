"""Everything that goes out: rows written with their cause, claimed, sent and settled.

A row's unique key (kind, recipient, subject, slot) refuses the same thing twice. An update of a
sent message is coalesced: while one waits, another press only moves it.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, col, select

from eocif.database import insert_once
from eocif.models import Delivery, DeliveryState, Person, Team
from eocif.rules.dates import next_sending_time

A_WEEK = timedelta(days=7)
UNASKED = ("prompt", "nudge")  # at most one of these for each person and working day


def to_person(
    session: Session, *, kind: str, person_id: int, tenant_id: str, subject: str, now: datetime,
    slot: str = "", review_id: int | None = None, due: datetime | None = None, **params: Any,
) -> bool:  # fmt: skip
    """Queue a card for someone's personal chat; False where the same is already there."""
    return insert_once(
        session,
        Delivery(
            tenant_id=tenant_id, kind=kind, recipient=f"person:{person_id}", subject=subject,
            slot=slot, person_id=person_id, review_id=review_id, params=params,
            created_at=now, next_at=due or now,
        ),
    )  # fmt: skip


def to_channel(
    session: Session, *, kind: str, tenant_id: str, conversation_id: str, service_url: str,
    subject: str, now: datetime, **params: Any,
) -> bool:  # fmt: skip
    """Queue a card for a channel's conversation, as the answer to a mention."""
    return insert_once(
        session,
        Delivery(
            tenant_id=tenant_id, kind=kind, recipient=f"conversation:{conversation_id}",
            subject=subject, params=params, created_at=now, next_at=now,
            conversation_id=conversation_id, service_url=service_url,
        ),
    )  # fmt: skip


def roster_of(session: Session, *, team: Team, slot: str, now: datetime) -> bool:
    """Queue the reading of a team's roster."""
    return insert_once(
        session,
        Delivery(
            tenant_id=team.tenant_id, kind="roster", recipient=f"team:{team.id}",
            subject="members", slot=slot, created_at=now, next_at=now,
            conversation_id=team.conversation_id, service_url=team.service_url,
            params={"team": team.id},
        ),
    )  # fmt: skip


def update_message(
    session: Session, *, message: Delivery, now: datetime, due: datetime,
    params: Mapping[str, Any] | None = None,
) -> None:  # fmt: skip
    """Queue an update of a sent message, or move the one that waits.

    `params` says what the message is to show; without it, what it showed, as it is then.
    """
    shown = dict(params or message.params)
    waiting = session.exec(
        select(Delivery).where(
            Delivery.target_id == message.id, Delivery.state == DeliveryState.QUEUED
        )
    ).first()
    if waiting is not None:
        waiting.next_at, waiting.params = due, shown
        session.add(waiting)
        return
    session.add(
        Delivery(
            tenant_id=message.tenant_id, kind="update", recipient=message.recipient,
            subject=f"message:{message.id}", slot=now.isoformat(), person_id=message.person_id,
            review_id=message.review_id, params=shown, target_id=message.id,
            created_at=now, next_at=due, service_url=message.service_url,
            conversation_id=message.conversation_id,
        )
    )  # fmt: skip


def newer_message(session: Session, *, message: Delivery) -> bool:
    """Whether a later message to the same person has taken over from this one."""
    later = select(Delivery.id).where(
        Delivery.person_id == message.person_id,
        Delivery.review_id == message.review_id,
        col(Delivery.kind).in_(UNASKED),
        col(Delivery.state).in_([DeliveryState.SENT, DeliveryState.SENDING]),
        col(Delivery.id) > message.id,
    )
    return session.exec(later).first() is not None


def message_at(session: Session, *, conversation_id: str, activity_id: str) -> Delivery | None:
    """The delivery whose message was pressed, found by where and which it is."""
    if not activity_id:
        return None
    return session.exec(
        select(Delivery).where(
            Delivery.conversation_id == conversation_id,
            Delivery.activity_id == activity_id,
            Delivery.kind != "update",
        )
    ).first()


def last_unasked(session: Session, *, person_ids: list[int]) -> dict[int, datetime]:
    """When each person was last sent something they had not asked for."""
    rows = session.exec(
        select(Delivery.person_id, Delivery.created_at)
        .where(
            col(Delivery.person_id).in_(person_ids),
            col(Delivery.kind).in_(UNASKED),
            Delivery.state != DeliveryState.CANCELLED,
        )
        .order_by(col(Delivery.created_at))
    )
    return {person: at for person, at in rows if person is not None}


def last_nudge(session: Session, *, person_ids: list[int]) -> dict[int, datetime]:
    """When each person was last reminded by someone's press."""
    rows = session.exec(
        select(Delivery.person_id, Delivery.created_at)
        .where(col(Delivery.person_id).in_(person_ids), Delivery.kind == "nudge")
        .order_by(col(Delivery.created_at))
    )
    return {person: at for person, at in rows if person is not None}


def try_again(session: Session, *, person_id: int, now: datetime) -> None:
    """Someone can be reached again: queue what they were to get in the last week."""
    rows = session.exec(
        select(Delivery).where(
            Delivery.person_id == person_id,
            Delivery.state == DeliveryState.FAILED,
            col(Delivery.kind).in_(UNASKED),
            Delivery.created_at > now - A_WEEK,
        )
    )
    for row in rows:
        row.state, row.next_at, row.attempts = DeliveryState.QUEUED, next_sending_time(now), 0
        session.add(row)


def undelivered(session: Session, *, review_id: int) -> list[tuple[str, str]]:
    """A review's messages that did not arrive: to whom, and why."""
    rows = session.exec(
        select(Person.name, Delivery.error)
        .join(Person, col(Person.id) == col(Delivery.person_id))
        .where(
            Delivery.review_id == review_id,
            col(Delivery.state).in_([DeliveryState.FAILED, DeliveryState.UNKNOWN]),
            Delivery.kind != "update",
        )
    )
    return sorted(set(rows))


def listing(session: Session, *, state: str = "") -> list[dict[str, Any]]:
    """Deliveries as `python -m eocif deliveries --json` prints them."""
    wanted = select(Delivery).order_by(col(Delivery.id))
    if state:
        wanted = wanted.where(Delivery.state == state)
    return [
        {
            "id": row.id, "tenant": row.tenant_id, "kind": row.kind, "recipient": row.recipient,
            "subject": row.subject, "slot": row.slot, "state": row.state,
            "attempts": row.attempts, "created_at": row.created_at.isoformat(),
            "next_at": row.next_at.isoformat(), "error": row.error,
            "settled_at": row.settled_at.isoformat() if row.settled_at else None,
        }
        for row in session.exec(wanted)
    ]  # fmt: skip
