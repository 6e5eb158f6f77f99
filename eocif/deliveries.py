"""Everything that goes out: rows written with their cause, claimed, sent and settled.

A row's unique key (kind, recipient, subject, slot) refuses the same thing twice. An update of a
sent message is coalesced: while one waits, another press only moves it. What is dropped before it
went gives back the reminders that it carried along.
"""

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import Session, and_, col, func, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from eocif import habits, taking
from eocif.database import insert_once
from eocif.models import Delivery, DeliveryState, Person, Team
from eocif.rules.dates import closes_at, london_day, opens_at
from eocif.rules.habits import next_sending_time
from eocif.time_models import Reminder

A_WEEK = timedelta(days=7)
# At most one of these for each person and working day. “reminder” is one of their own, for a day
# on which there is no other to go along with: see `eocif.gathering`.
UNASKED = ("prompt", "nudge", "news", "reminder")


def to_person(
    session: Session, *, kind: str, person_id: int, tenant_id: str, subject: str, now: datetime,
    slot: str = "", review_id: int | None = None, due: datetime | None = None,
    is_deadline: bool = False, **params: Any,
) -> bool:  # fmt: skip
    """Queue a card for someone's personal chat; False where the same is already there.

    What nobody asked for goes within the person's hours, and not while they are away; what falls
    due that day until 5pm.

    One that was dropped before it was sent, and is due after all, is queued again. So is a day's
    reminders that had lost their point, once there is another.
    """
    at = due or now
    if kind in UNASKED:
        at = habits.may_go_at(session, person_id, at, is_deadline) or at
    row = Delivery(
        tenant_id=tenant_id, kind=kind, recipient=f"person:{person_id}", subject=subject,
        slot=slot, person_id=person_id, review_id=review_id, params=params,
        created_at=now, next_at=at,
    )  # fmt: skip
    return insert_once(session, row) or _queue_dropped(session, row)


def _queue_dropped(session: Session, wanted: Delivery) -> bool:
    row = session.exec(
        select(Delivery).where(
            Delivery.tenant_id == wanted.tenant_id, Delivery.kind == wanted.kind,
            Delivery.recipient == wanted.recipient, Delivery.subject == wanted.subject,
            Delivery.slot == wanted.slot, Delivery.state == DeliveryState.CANCELLED,
            or_(Delivery.error == "", Delivery.kind == "reminder"),
        )
    ).first()  # fmt: skip
    if row is None:
        return False
    row.state, row.settled_at, row.error = DeliveryState.QUEUED, None, ""
    row.params, row.next_at, row.review_id = wanted.params, wanted.next_at, wanted.review_id
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


def gone_today(session: Session, *, person_ids: Collection[int], now: datetime) -> set[int]:
    """Who got something today without asking, or would have: it went, or is going right now."""
    rows = session.exec(
        select(Delivery.person_id).where(
            col(Delivery.person_id).in_(person_ids),
            col(Delivery.kind).in_(UNASKED),
            col(Delivery.state).not_in([DeliveryState.QUEUED, DeliveryState.CANCELLED]),
            or_(
                Delivery.state == DeliveryState.SENDING,
                col(Delivery.settled_at) >= opens_at(london_day(now)),
            ),
        )
    )
    return {person_id for person_id in rows if person_id is not None}


def still_to_go(session: Session, *, person_id: int, now: datetime) -> Delivery | None:
    """What someone gets today without asking, if it has not gone yet; locked, so that it waits."""
    row = session.exec(
        select(Delivery)
        .where(
            Delivery.person_id == person_id,
            col(Delivery.kind).in_(UNASKED),
            Delivery.state == DeliveryState.QUEUED,
            Delivery.next_at < closes_at(london_day(now)),
        )
        .order_by(col(Delivery.id))
        .with_for_update()
    )
    return row.first()


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
    _drop(session, waiting, now)


def make_way(session: Session, *, person_ids: Collection[int], now: datetime) -> None:
    """Cancel the reminders that people have not been sent yet: another message takes them along."""
    waiting = select(Delivery).where(
        col(Delivery.person_id).in_(person_ids),
        Delivery.kind == "reminder",
        Delivery.state == DeliveryState.QUEUED,
    )
    _drop(session, waiting, now)


def decide_again(session: Session, *, person_id: int, now: datetime) -> None:
    """Cancel what waits for someone: the scheduler queues it again once they want to hear.

    What a lead pressed for is not queued again, so it stays.
    """
    waiting = select(Delivery).where(
        Delivery.person_id == person_id,
        col(Delivery.kind).in_([kind for kind in UNASKED if kind != "nudge"]),
        Delivery.state == DeliveryState.QUEUED,
    )
    _drop(session, waiting, now)


def _drop(session: Session, waiting: SelectOfScalar[Delivery], now: datetime) -> None:
    rows = session.exec(waiting.with_for_update()).all()
    for row in rows:
        row.state, row.settled_at, row.error = DeliveryState.CANCELLED, now, ""
        session.add(row)
    taking.give_back(session, [row.id or 0 for row in rows])
    session.flush()


def try_again(session: Session, *, person_id: int, now: datetime) -> None:
    """Someone can be reached again: queue the newest that they were to get in the last week.

    The reminders of all that did not arrive wait once more, and go with it.
    """
    failed = session.exec(
        select(Delivery)
        .where(
            Delivery.person_id == person_id,
            Delivery.state == DeliveryState.FAILED,
            col(Delivery.kind).in_(UNASKED),
            Delivery.created_at > now - A_WEEK,
        )
        .order_by(col(Delivery.id).desc())
    ).all()
    taking.give_back(session, [row.id or 0 for row in failed])
    row = next(iter(failed), None)
    if row is None or newer_message(session, message=row):
        return
    busy = unasked_days(session, person_ids=[person_id], now=now).get(person_id, set())
    wish = habits.wish_of(session, person_id)
    due = next_sending_time(wish, now)
    while london_day(due) in busy - {london_day(row.settled_at or due)}:
        due = next_sending_time(wish, opens_at(london_day(due) + timedelta(days=1)))
    row.state, row.settled_at, row.next_at, row.attempts = DeliveryState.QUEUED, None, due, 0
    session.add(row)


def undelivered(
    session: Session, *, review_id: int, since: datetime | None = None, but: int = 0
) -> list[tuple[str, str]]:
    """A review's messages that did not arrive: to whom, and why; each person and reason once.

    `since` leaves out what was settled before; `but` is a person whose own are left out.
    """
    reminders = select(Reminder.delivery_id).where(Reminder.review_id == review_id)
    wanted = (
        select(Person.name, Delivery.error)
        .join(Person, col(Person.id) == col(Delivery.person_id))
        .where(
            or_(Delivery.review_id == review_id, col(Delivery.id).in_(reminders)),
            Delivery.person_id != but,
            col(Delivery.state).in_([DeliveryState.FAILED, DeliveryState.UNKNOWN]),
            col(Delivery.kind).not_in(("update", "upload")),
        )
    )  # fmt: skip
    if since is not None:
        wanted = wanted.where(col(Delivery.settled_at) >= since)
    return sorted(set(session.exec(wanted)))


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
