"""Everything that goes out: rows written with their cause, claimed, sent and settled.

A row's unique key (kind, recipient, subject, slot) refuses the same thing twice. An update of a
sent message is coalesced: while one waits, another press only moves it.
"""

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import Session, and_, col, func, or_, select

from eocif.database import insert_once
from eocif.models import Delivery, DeliveryState, Person, Team
from eocif.rules.dates import london_day, next_sending_time, opens_at
from eocif.rules.working_days import on_or_after

A_WEEK = timedelta(days=7)
UNASKED = ("prompt", "nudge", "news")  # at most one of these for each person and working day


def to_person(
    session: Session, *, kind: str, person_id: int, tenant_id: str, subject: str, now: datetime,
    slot: str = "", review_id: int | None = None, due: datetime | None = None, **params: Any,
) -> bool:  # fmt: skip
    """Queue a card for someone's personal chat; False where the same is already there.

    One that was dropped before it was sent, and is due after all, is queued again.
    """
    row = Delivery(
        tenant_id=tenant_id, kind=kind, recipient=f"person:{person_id}", subject=subject,
        slot=slot, person_id=person_id, review_id=review_id, params=params,
        created_at=now, next_at=due or now,
    )  # fmt: skip
    return insert_once(session, row) or _queue_dropped(session, row)


def _queue_dropped(session: Session, wanted: Delivery) -> bool:
    row = session.exec(
        select(Delivery).where(
            Delivery.tenant_id == wanted.tenant_id, Delivery.kind == wanted.kind,
            Delivery.recipient == wanted.recipient, Delivery.subject == wanted.subject,
            Delivery.slot == wanted.slot, Delivery.state == DeliveryState.CANCELLED,
            Delivery.error == "",
        )
    ).first()  # fmt: skip
    if row is None:
        return False
    row.state, row.settled_at = DeliveryState.QUEUED, None
    row.params, row.next_at = wanted.params, wanted.next_at
    session.add(row)
    return True


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
    """Queue the reading of a team's roster, unless one waits: several events come together."""
    waiting = select(Delivery.id).where(
        Delivery.tenant_id == team.tenant_id,
        Delivery.recipient == f"team:{team.id}",
        Delivery.state == DeliveryState.QUEUED,
    )
    if session.exec(waiting).first() is not None:
        return False
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
    waiting = waiting_update(session, message.id or 0)
    if waiting is not None:
        waiting.next_at, waiting.params = due, shown
        session.add(waiting)
        return
    session.add(
        Delivery(
            tenant_id=message.tenant_id, kind="update", recipient=message.recipient,
            subject=f"message:{message.id}", slot=_after_last_update(session, message),
            person_id=message.person_id, review_id=message.review_id, params=shown,
            target_id=message.id, created_at=now, next_at=due, service_url=message.service_url,
            conversation_id=message.conversation_id,
        )
    )  # fmt: skip


def waiting_update(session: Session, message_id: int, *, but: int = 0) -> Delivery | None:
    """The queued update of a message, so locked that it cannot be claimed meanwhile."""
    return session.exec(
        select(Delivery)
        .where(
            Delivery.target_id == message_id, Delivery.kind == "update",
            Delivery.state == DeliveryState.QUEUED, Delivery.id != but,
        )
        .with_for_update()
    ).first()  # fmt: skip


def is_updated(session: Session, *, message: Delivery) -> bool:
    """Whether a sent message was replaced, or is about to be."""
    updates = select(Delivery.id).where(Delivery.target_id == message.id)
    return session.exec(updates).first() is not None


def _after_last_update(session: Session, message: Delivery) -> str:
    """A slot that two presses at the same moment share: the second finds the first's update."""
    last = select(func.max(Delivery.id)).where(Delivery.target_id == message.id)
    return f"after:{session.exec(last).one() or 0}"


def newer_message(session: Session, *, message: Delivery) -> bool:
    """Whether a later message to the same person has taken over, or is about to be tried again."""
    later = select(Delivery.id).where(
        Delivery.person_id == message.person_id,
        Delivery.review_id == message.review_id,
        col(Delivery.kind).in_(UNASKED),
        or_(
            col(Delivery.state).in_([DeliveryState.SENT, DeliveryState.SENDING]),
            and_(col(Delivery.state) == DeliveryState.QUEUED, col(Delivery.attempts) > 0),
        ),
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
            col(Delivery.target_id).is_(None),
        )
    ).first()


def unasked_days(
    session: Session, *, person_ids: Collection[int], now: datetime
) -> dict[int, set[date]]:
    """The days from yesterday on when each person got, or will get, what they did not ask for."""
    lately = now - timedelta(days=1)
    rows = session.exec(
        select(Delivery.person_id, Delivery.settled_at, Delivery.next_at).where(
            col(Delivery.person_id).in_(person_ids),
            col(Delivery.kind).in_(UNASKED),
            Delivery.state != DeliveryState.CANCELLED,
            or_(col(Delivery.settled_at) > lately, col(Delivery.next_at) > lately),
        )
    )
    days: dict[int, set[date]] = {}
    for person_id, settled_at, next_at in rows:
        if person_id is not None:
            days.setdefault(person_id, set()).add(london_day(settled_at or next_at))
    return days


def last_nudge(session: Session, *, person_ids: Collection[int]) -> dict[int, datetime]:
    """When each person last got, or will get, a reminder that someone pressed for."""
    rows = session.exec(
        select(Delivery.person_id, Delivery.settled_at, Delivery.next_at)
        .where(
            col(Delivery.person_id).in_(person_ids),
            Delivery.kind == "nudge",
            Delivery.state != DeliveryState.CANCELLED,
        )
        .order_by(col(Delivery.id))
    )
    return {person: settled or due for person, settled, due in rows if person is not None}


def asked(session: Session, *, kind: str, subject: str, slot: str) -> set[int]:
    """Who has a delivery of this kind, subject and slot that was not dropped before it went."""
    rows = session.exec(
        select(Delivery.person_id).where(
            Delivery.kind == kind, Delivery.subject == subject, Delivery.slot == slot,
            or_(Delivery.state != DeliveryState.CANCELLED, Delivery.error != ""),
        )
    )  # fmt: skip
    return {person_id for person_id in rows if person_id is not None}


def ask_again(session: Session, *, review_id: int, person_id: int) -> None:
    """Someone has come back: what they were sent before no longer stands for this week's."""
    sent = select(Delivery).where(
        Delivery.review_id == review_id,
        Delivery.person_id == person_id,
        Delivery.kind == "prompt",
        Delivery.state == DeliveryState.SENT,
        col(Delivery.slot).not_like("%before%"),
    )
    for row in session.exec(sent):
        row.slot = f"{row.slot} before {row.id}"
        session.add(row)


def drop_waiting(
    session: Session, *, review_id: int, now: datetime, kinds: Collection[str] = UNASKED,
    person_ids: Collection[int] | None = None,
) -> None:  # fmt: skip
    """Cancel what a review has not sent yet; to these people only, where they are given."""
    waiting = select(Delivery).where(
        Delivery.review_id == review_id,
        Delivery.state == DeliveryState.QUEUED,
        col(Delivery.kind).in_(kinds),
    )
    if person_ids is not None:
        waiting = waiting.where(col(Delivery.person_id).in_(person_ids))
    for row in session.exec(waiting.with_for_update()):
        row.state, row.settled_at, row.error = DeliveryState.CANCELLED, now, ""
        session.add(row)
    session.flush()


def try_again(session: Session, *, person_id: int, now: datetime) -> None:
    """Someone can be reached again: queue the newest that they were to get in the last week."""
    row = session.exec(
        select(Delivery)
        .where(
            Delivery.person_id == person_id,
            Delivery.state == DeliveryState.FAILED,
            col(Delivery.kind).in_(UNASKED),
            Delivery.created_at > now - A_WEEK,
        )
        .order_by(col(Delivery.id).desc())
    ).first()
    if row is None or newer_message(session, message=row):
        return
    busy = unasked_days(session, person_ids=[person_id], now=now).get(person_id, set())
    due = next_sending_time(now)
    while london_day(due) in busy - {london_day(row.settled_at or due)}:
        due = opens_at(on_or_after(london_day(due) + timedelta(days=1)))
    row.state, row.settled_at, row.next_at, row.attempts = DeliveryState.QUEUED, None, due, 0
    session.add(row)


def undelivered(session: Session, *, review_id: int) -> list[tuple[str, str]]:
    """A review's messages that did not arrive: to whom, and why."""
    rows = session.exec(
        select(Person.name, Delivery.error)
        .join(Person, col(Person.id) == col(Delivery.person_id))
        .where(
            Delivery.review_id == review_id,
            col(Delivery.state).in_([DeliveryState.FAILED, DeliveryState.UNKNOWN]),
            col(Delivery.kind).not_in(("update", "upload")),
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
