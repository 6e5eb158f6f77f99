"""Deliveries on their way: a tenant's lane taken, rows claimed, what became of them written down.

One holder of a tenant's lane keeps its rate exact. A holder that dies loses the lane when its
lease runs out; what it had claimed is then queued again.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, col, or_, select, update

from eocif import people
from eocif.database import insert_once
from eocif.models import Delivery, DeliveryState, Lane, Person
from eocif.people import RosterPerson, known

LEASE = timedelta(seconds=60)
MOST_ATTEMPTS = 8
UNREACHABLE: Mapping[str, str] = {
    "BotNotInConversationRoster": "They have not added the app in Teams yet.",
    "ConversationBlockedByUser": "They have blocked the app in Teams.",
    "BotDisabledByAdmin": "Their administrator has switched the app off.",
    "NoAddress": "They have never used the app in Teams.",
}
_OTHERWISE = "Teams did not take the message."


@dataclass(frozen=True)
class Claimed:
    """A delivery to carry out now, with all the addresses it needs. Empty where unknown."""

    id: int
    tenant_id: str
    kind: str
    person_id: int | None
    service_url: str
    conversation_id: str
    teams_id: str
    message_id: str  # of the message to update; empty for a new one
    attempts: int
    params: dict[str, Any]


def tenants_with_work(session: Session, *, now: datetime) -> list[str]:
    """Tenants that have something due and are not asked by Teams to wait."""
    waiting = select(Lane.tenant_id).where(col(Lane.not_before) > now)
    due = (
        select(Delivery.tenant_id)
        .where(
            Delivery.state == DeliveryState.QUEUED, Delivery.next_at <= now,
            col(Delivery.tenant_id).not_in(waiting),
        )
        .distinct()
    )  # fmt: skip
    return sorted(session.exec(due))


def take_lane(session: Session, *, tenant_id: str, holder: str, now: datetime) -> bool:
    """Take or keep a tenant's lane; False while another holds it or Teams said to wait."""
    insert_once(session, Lane(tenant_id=tenant_id, holder=holder, until=now + LEASE))
    taken = session.execute(
        update(Lane)
        .where(
            col(Lane.tenant_id) == tenant_id,
            or_(col(Lane.holder) == holder, col(Lane.until) < now),
            or_(col(Lane.not_before).is_(None), col(Lane.not_before) <= now),
        )
        .values(holder=holder, until=now + LEASE)
    )
    if not taken.rowcount:  # type: ignore[attr-defined]  # an update's result has it
        return False
    _queue_orphans(session, tenant_id, holder, now)
    return True


def _queue_orphans(session: Session, tenant_id: str, holder: str, now: datetime) -> None:
    session.execute(
        update(Delivery)
        .where(
            col(Delivery.tenant_id) == tenant_id, col(Delivery.state) == DeliveryState.SENDING,
            col(Delivery.holder) != holder,
        )
        .values(state=DeliveryState.QUEUED, next_at=now, holder="")
    )  # fmt: skip


def claim(
    session: Session, *, tenant_id: str, holder: str, now: datetime, limit: int = 20
) -> tuple[Claimed, ...]:
    """Mark the next due deliveries as being sent by this holder of the lane."""
    rows = session.exec(
        select(Delivery)
        .where(
            Delivery.tenant_id == tenant_id, Delivery.state == DeliveryState.QUEUED,
            Delivery.next_at <= now,
        )
        .order_by(col(Delivery.next_at), col(Delivery.id))
        .limit(limit)
        .with_for_update(skip_locked=True)
    ).all()  # fmt: skip
    return tuple(_claimed(session, row, holder) for row in rows)


def _claimed(session: Session, row: Delivery, holder: str) -> Claimed:
    row.state, row.holder, row.attempts = DeliveryState.SENDING, holder, row.attempts + 1
    session.add(row)
    person = session.get(Person, row.person_id) if row.person_id else None
    message = session.get(Delivery, row.target_id) if row.target_id else None
    return Claimed(
        id=known(row.id), tenant_id=row.tenant_id, kind=row.kind, person_id=row.person_id,
        service_url=row.service_url or (person.service_url if person else ""),
        conversation_id=row.conversation_id or (person.conversation_id if person else ""),
        teams_id=person.teams_id if person and person.entra_id else "",
        message_id=message.activity_id if message else "", attempts=row.attempts,
        params=dict(row.params),
    )  # fmt: skip


# --- what became of them --------------------------------------------------------------------


def chat_opened(
    session: Session, *, person_id: int, service_url: str, conversation_id: str
) -> None:
    """Keep a person's personal chat, made once."""
    person = session.get_one(Person, person_id)
    person.service_url, person.conversation_id = service_url, conversation_id
    session.add(person)


def sent(
    session: Session, *, claimed: Claimed, conversation_id: str, activity_id: str, now: datetime
) -> None:
    """It arrived: keep where and under which id, so that it can be updated."""
    row = session.get_one(Delivery, claimed.id)
    row.state, row.settled_at, row.error = DeliveryState.SENT, now, ""
    row.service_url, row.conversation_id = claimed.service_url, conversation_id
    row.activity_id = activity_id
    # What was typed on a card was needed to make this one, and is kept no longer.
    row.params = {key: value for key, value in row.params.items() if key != "said"}
    session.add(row)


def roster_read(
    session: Session, *, claimed: Claimed, people_read: list[RosterPerson], now: datetime
) -> None:
    """A team's whole roster came: store it."""
    people.store_roster(session, team_id=int(claimed.params["team"]), people=people_read)
    sent(session, claimed=claimed, conversation_id=claimed.conversation_id, activity_id="", now=now)


def put_off(
    session: Session, *, claimed: Claimed, until: datetime, error: str = "", everyone: bool = False
) -> None:
    """Try again later; with `everyone` Teams asked the whole tenant to wait."""
    row = session.get_one(Delivery, claimed.id)
    row.state, row.next_at, row.error = DeliveryState.QUEUED, until, error
    session.add(row)
    if everyone:
        lane = session.get_one(Lane, claimed.tenant_id)
        lane.not_before = max(until, lane.not_before or until)
        session.add(lane)


def cancelled(session: Session, *, claimed: Claimed, why: str, now: datetime) -> None:
    """It has become pointless: the person answered, or left the group."""
    _settle(session, claimed, DeliveryState.CANCELLED, why, now)


def failed(session: Session, *, claimed: Claimed, code: str, now: datetime) -> None:
    """It will not arrive. A person whom messages do not reach is marked until they act."""
    person = session.get(Person, claimed.person_id) if claimed.person_id else None
    standing = person.unreachable if person else ""
    reason = standing or UNREACHABLE.get(code, _OTHERWISE)
    _settle(session, claimed, DeliveryState.FAILED, reason, now)
    if person and not claimed.message_id and code in UNREACHABLE:
        person.unreachable = reason
        session.add(person)
    if claimed.message_id and code == "ActivityNotFoundInConversation":
        _send_anew(session, claimed, now)


def _send_anew(session: Session, claimed: Claimed, now: datetime) -> None:
    gone = session.get_one(Delivery, known(session.get_one(Delivery, claimed.id).target_id))
    insert_once(
        session,
        Delivery(
            tenant_id=gone.tenant_id, kind="again", recipient=gone.recipient,
            subject=gone.subject, slot=f"{gone.slot}:{claimed.id}", person_id=gone.person_id,
            review_id=gone.review_id, params=gone.params, created_at=now, next_at=now,
            conversation_id=gone.conversation_id, service_url=gone.service_url,
        ),
    )  # fmt: skip


def _settle(
    session: Session, claimed: Claimed, state: DeliveryState, error: str, now: datetime
) -> None:
    row = session.get_one(Delivery, claimed.id)
    row.state, row.error, row.settled_at = state, error, now
    session.add(row)


def next_due(session: Session) -> datetime | None:
    """When the next queued delivery is due."""
    return session.exec(
        select(Delivery.next_at)
        .where(Delivery.state == DeliveryState.QUEUED)
        .order_by(col(Delivery.next_at))
        .limit(1)
    ).first()
