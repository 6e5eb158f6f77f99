"""Deliveries on their way: a tenant's lane taken, rows claimed, what became of them written down.

One holder of a tenant's lane keeps its rate exact. A holder that dies loses the lane when its
lease runs out; what it had claimed is then queued again, but for digests: nobody can know whether
they went, and they go at most once.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, and_, col, func, or_, select, update

from eocif import deliveries, people, taking
from eocif.database import insert_once
from eocif.models import Delivery, DeliveryState, Lane, Person, TeamMember
from eocif.people import RosterPerson, known
from eocif.rules import digests

LEASE = timedelta(seconds=60)
HANDOVER = timedelta(seconds=1)  # the next holder does not know what the last one just sent
BATCH = 100  # at 40 a second well within the lease
AT_MOST_ONCE = frozenset({digests.KIND})  # kinds that are not sent again where they may have gone
_NOT_ADDED = "They have not added the app in Teams yet."
_NEVER_USED = "They have never used the app in Teams."
UNREACHABLE: Mapping[str, str] = {
    "BotNotInConversationRoster": _NOT_ADDED,
    "ConversationBlockedByUser": "They have blocked the app in Teams.",
    "MessageWritesBlocked": "They have blocked or removed the app in Teams.",
    "BotDisabledByAdmin": "Their administrator has switched the app off.",
    "ForbiddenOperationException": "Teams does not let the app write to them.",
    "ConversationNotFound": "Their chat with the app is no longer there.",
    "NoAddress": _NEVER_USED,
}
_OTHERWISE = "Teams did not take the message."


@dataclass(frozen=True)
class Claimed:
    """A delivery to carry out now, with all the addresses it needs. Empty where unknown."""

    id: int
    tenant_id: str
    kind: str
    holder: str
    person_id: int | None
    service_url: str
    conversation_id: str
    teams_id: str
    message_id: str  # of the message to update; empty for a new one
    attempts: int
    params: dict[str, Any]
    lease_ends: datetime  # from then on another holder may send it


# --- a tenant's lane --------------------------------------------------------------------------


def tenants_with_work(session: Session, *, now: datetime) -> list[str]:
    """Tenants that have something due and are not asked by Teams to wait.

    What is being sent counts: its holder may have died with nothing else left to do.
    """
    waiting = select(Lane.tenant_id).where(col(Lane.not_before) > now)
    is_due = and_(
        col(Delivery.state) == DeliveryState.QUEUED, col(Delivery.next_at) <= now,
        col(Delivery.tenant_id).not_in(waiting),
    )  # fmt: skip
    due = select(Delivery.tenant_id).where(
        or_(is_due, col(Delivery.state) == DeliveryState.SENDING)
    )
    return sorted(session.exec(due.distinct()))


def take_lane(session: Session, *, tenant_id: str, holder: str, now: datetime) -> bool:
    """Take or keep a tenant's lane; False while another holds it or Teams said to wait.

    A holder asks between two batches, so what is still marked as being sent then was left behind:
    by a holder that died, or where the database did not take what became of it.
    """
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
    _queue_orphans(session, tenant_id, now)
    return True


def _queue_orphans(session: Session, tenant_id: str, now: datetime) -> None:
    left = select(Delivery).where(
        Delivery.tenant_id == tenant_id, Delivery.state == DeliveryState.SENDING
    )
    for row in session.exec(left):
        if row.kind in AT_MOST_ONCE:
            _settle(session, row, DeliveryState.UNKNOWN, digests.UNKNOWN, now)
            continue
        # One that can never be settled must not go out again and again.
        soon = now if row.attempts < 2 else now + LEASE * row.attempts
        row.state, row.next_at, row.holder = DeliveryState.QUEUED, soon, ""
        session.add(row)


def leave_lanes(session: Session, *, holder: str, now: datetime) -> None:
    """Let go of every lane that this holder has."""
    mine = update(Lane).where(col(Lane.holder) == holder)
    session.execute(mine.values(holder="", until=now + HANDOVER))


def _own(session: Session, claimed: Claimed) -> Delivery | None:
    row = session.get_one(Delivery, claimed.id, with_for_update=True)
    mine = row.state == DeliveryState.SENDING and row.holder == claimed.holder
    return row if mine else None


def claim(
    session: Session, *, tenant_id: str, holder: str, now: datetime, limit: int = BATCH
) -> tuple[Claimed, ...]:
    """Mark the next due deliveries as being sent by this holder; none where the lane is another's.

    One for each recipient, so that what someone gets arrives in order.
    """
    lane = session.get_one(Lane, tenant_id)
    if lane.holder != holder:
        return ()
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
    first = {row.recipient: row for row in reversed(rows)}
    return tuple(_claimed(session, row, lane) for row in rows if first[row.recipient] is row)


def _claimed(session: Session, row: Delivery, lane: Lane) -> Claimed:
    row.state, row.holder, row.attempts = DeliveryState.SENDING, lane.holder, row.attempts + 1
    session.add(row)
    person = session.get(Person, row.person_id) if row.person_id else None
    updated = session.get(Delivery, row.target_id) if row.kind == "update" else None
    at = updated or row
    return Claimed(
        id=known(row.id), tenant_id=row.tenant_id, kind=row.kind, holder=lane.holder,
        person_id=row.person_id,
        service_url=at.service_url or (person.service_url if person else ""),
        conversation_id=at.conversation_id or (person.conversation_id if person else ""),
        teams_id=person.teams_id if person and person.entra_id else "",
        message_id=updated.activity_id if updated else "", attempts=row.attempts,
        params=dict(row.params), lease_ends=lane.until,
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
    _settle(session, row, DeliveryState.SENT, "", now)
    row.service_url, row.conversation_id = claimed.service_url, conversation_id
    row.activity_id = activity_id
    if row.kind == "again":
        _take_over(session, row)


def _take_over(session: Session, row: Delivery) -> None:
    """The message that vanished is this one now: presses and updates find it."""
    gone = session.get_one(Delivery, known(row.target_id))
    gone.service_url, gone.conversation_id = row.service_url, row.conversation_id
    gone.activity_id = row.activity_id
    session.add(gone)


def roster_read(
    session: Session, *, claimed: Claimed, people_read: list[RosterPerson], now: datetime
) -> None:
    """A team's whole roster came: store it. Whoever joined it can be reached now."""
    team_id = int(claimed.params["team"])
    people.store_roster(session, team_id=team_id, people=people_read)
    session.flush()
    inside = select(TeamMember.person_id).where(TeamMember.team_id == team_id)
    waiting = select(Person).where(
        col(Person.id).in_(inside), col(Person.unreachable).in_((_NOT_ADDED, _NEVER_USED))
    )
    for person in session.exec(waiting).all():
        person.unreachable = ""
        session.add(person)
        deliveries.try_again(session, person_id=known(person.id), now=now)
    sent(session, claimed=claimed, conversation_id=claimed.conversation_id, activity_id="", now=now)


def put_off(
    session: Session, *, claimed: Claimed, until: datetime, error: str = "", everyone: bool = False
) -> None:
    """Try again later; with `everyone` Teams asked the whole tenant to wait."""
    if everyone:
        lane = session.get_one(Lane, claimed.tenant_id, with_for_update=True)
        lane.not_before = max(until, lane.not_before or until)
        session.add(lane)
    row = _own(session, claimed)
    if row is None:
        return
    row.state, row.next_at, row.error = DeliveryState.QUEUED, until, error
    session.add(row)
    if row.target_id and deliveries.waiting_update(session, row.target_id, but=known(row.id)):
        _settle(session, row, DeliveryState.CANCELLED, "a newer update waits", until)


def cancelled(session: Session, *, claimed: Claimed, why: str, now: datetime) -> None:
    """It has become pointless: the person answered, or left the group."""
    if (row := _own(session, claimed)) is not None:
        _settle(session, row, DeliveryState.CANCELLED, why, now)
        taking.drop(taking.carried(session, row), why=why, now=now)


def may_have_gone(session: Session, *, claimed: Claimed, now: datetime) -> None:
    """Nobody knows whether it arrived, and it is not to arrive twice: it stays as it is."""
    if (row := _own(session, claimed)) is not None:
        _settle(session, row, DeliveryState.UNKNOWN, digests.UNKNOWN, now)


def dropped(session: Session, *, claimed: Claimed, error: str, now: datetime) -> bool:
    """It will not happen, and that says nothing of whether its person can be reached.

    False where another holder has it now, who says what becomes of it.
    """
    if (row := _own(session, claimed)) is not None:
        _settle(session, row, DeliveryState.FAILED, error, now)
    return row is not None


def failed(
    session: Session, *, claimed: Claimed, code: str, now: datetime, status: int | None = None
) -> None:
    """It will not arrive. A person whom messages do not reach is marked until they act."""
    row = _own(session, claimed)
    if row is None:
        return
    person = session.get(Person, claimed.person_id) if claimed.person_id else None
    if person and person.unreachable:
        reason = person.unreachable
    elif status == 403 and code not in UNREACHABLE:
        reason = _NOT_ADDED  # Teams often leaves the sub-code out
    else:
        reason = UNREACHABLE.get(code, _OTHERWISE)
    _settle(session, row, DeliveryState.FAILED, reason, now)
    if claimed.message_id:
        if code == "ActivityNotFoundInConversation":
            _send_anew(session, row, claimed.params, now)
    elif person and reason != _OTHERWISE:
        person.unreachable = reason
        session.add(person)


def _send_anew(session: Session, row: Delivery, params: dict[str, Any], now: datetime) -> None:
    gone = session.get_one(Delivery, known(row.target_id))
    if gone.kind in AT_MOST_ONCE:
        return
    insert_once(
        session,
        Delivery(
            tenant_id=gone.tenant_id, kind="again", recipient=gone.recipient,
            subject=f"message:{gone.id}", slot=gone.activity_id, person_id=gone.person_id,
            review_id=gone.review_id, params=params, target_id=gone.id,
            created_at=now, next_at=now,
            conversation_id=gone.conversation_id, service_url=gone.service_url,
        ),
    )  # fmt: skip


def _settle(
    session: Session, row: Delivery, state: DeliveryState, error: str, now: datetime
) -> None:
    row.state, row.error, row.settled_at = state, error, now
    # What was typed on a card, or the right to save a file somewhere, is kept no longer.
    row.params = {key: value for key, value in row.params.items() if key not in ("said", "place")}
    session.add(row)


def next_due(session: Session, *, now: datetime) -> datetime | None:
    """The next instant after `now` at which something queued can go."""
    queued = select(func.min(Delivery.next_at)).where(
        Delivery.state == DeliveryState.QUEUED, Delivery.next_at > now
    )
    held = select(func.min(Lane.not_before)).where(col(Lane.not_before) > now)
    found = [session.exec(queued).first(), session.exec(held).first()]
    return min((instant for instant in found if instant is not None), default=None)
