"""What would be sent until a moment, to whom and why, if nobody did anything meanwhile.

Time is lived through on a copy in memory: nothing is sent, kept or locked in the real database.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from sqlmodel import Session, SQLModel, col, select

from eocif import (
    digests,
    gathering,
    maturing,
    outbox,
    people,
    prompts,
    reasons,
    rounds,
    sending,
    taking,
)
from eocif.database import Database
from eocif.instants import next_instant
from eocif.models import Delivery, DeliveryState, Person, Review
from eocif.time_models import Reminder

FURTHEST = timedelta(days=366)
_AT_ONCE = 1000  # rows, where there are many answers
_NOT_COPIED = frozenset({"audit_event", "audit_seal"})  # written, and read by no tick
_NOBODY_ASKED_US = frozenset[str]()
_ON_THEIR_WAY = (DeliveryState.QUEUED, DeliveryState.SENDING)


@dataclass(frozen=True)
class Forecast:
    """A message that would go, or a reminder that waits (`at` is None).

    `why` has a sentence for each thing that it is about, and for why a reminder waits. `reminders`
    names what it carries along: subject and slot. `undelivered` says why it would not arrive, in
    the words of `deliveries` and of the digest; empty where nothing stands in its way.
    """

    at: datetime | None
    kind: str
    person: int
    to: str
    review: int | None
    title: str
    why: tuple[str, ...]
    reminders: tuple[str, ...] = ()
    undelivered: str = ""


def forecast(database: Database, *, now: datetime, until: datetime) -> list[Forecast]:
    """Every message from now until then, oldest first; then the reminders that would still wait."""
    copy = _copied(database)
    try:
        lines, instant = list(_lived(copy, now)), now
        while instant < until:
            instant = min(until, copy.now(next_instant, now=instant))
            lines += _lived(copy, instant)
        return [*lines, *copy.now(_waiting)]
    finally:
        copy.close()


def _copied(database: Database) -> Database:
    copy = Database("sqlite://")
    SQLModel.metadata.create_all(copy.engine)
    tables = [each for each in SQLModel.metadata.sorted_tables if each.name not in _NOT_COPIED]
    with database.snapshot() as source, copy.engine.begin() as target:
        for table in tables:
            # By key, because a row may point to an older one of its own table.
            rows = source.execution_options(yield_per=_AT_ONCE).execute(
                table.select().order_by(*table.primary_key)
            )
            for part in rows.mappings().partitions():
                target.execute(table.insert(), [dict(row) for row in part])
    return copy


def _lived(copy: Database, now: datetime) -> Iterator[Forecast]:
    """A tick as the scheduler has it, and then the delivery of all that is due."""
    copy.now(rounds.close_due, now=now)
    copy.now(rounds.open_due, now=now)
    copy.now(maturing.mature, now=now)
    for review_id in copy.now(prompts.running, now=now):
        copy.now(prompts.queue_weekly, review_id=review_id, now=now)
    for review_id in copy.now(prompts.with_news, now=now):
        copy.now(prompts.queue_news, review_id=review_id, now=now)
    copy.now(gathering.gather_all, now=now)
    copy.now(digests.queue_due, now=now)
    for delivery_id in copy.now(_due, now=now):
        if (line := copy.now(_settled, delivery_id=delivery_id, now=now)) is not None:
            yield line


# --- what becomes of a delivery -----------------------------------------------------------


def _due(session: Session, *, now: datetime) -> list[int]:
    due = select(Delivery.id).where(
        col(Delivery.state).in_(_ON_THEIR_WAY), col(Delivery.next_at) <= now
    )
    rows = session.exec(due.order_by(col(Delivery.next_at), col(Delivery.id)))
    return [people.known(delivery_id) for delivery_id in rows]


def _settled(session: Session, *, delivery_id: int, now: datetime) -> Forecast | None:
    """Let a delivery go; a line where it is a message that nobody asked for."""
    row = session.get_one(Delivery, delivery_id)
    settle = partial(_settle, session, row, now=now)
    if row.kind not in sending.KINDS:
        settle(DeliveryState.SENT)
        return None
    if until := sending.not_before(session, row, now=now):
        row.state, row.next_at = DeliveryState.QUEUED, until
        return None
    person = session.get_one(Person, row.person_id)
    if not person.unreachable and (why := _why_pointless(session, row, now)):
        settle(DeliveryState.CANCELLED, why)
        taking.drop(taking.carried(session, row), why=why, now=now)
        return None
    person.unreachable = person.unreachable or _without_a_chat(row, person)
    settle(DeliveryState.FAILED if person.unreachable else DeliveryState.SENT, person.unreachable)
    return _line(session, row, person, now)


def _settle(
    session: Session, row: Delivery, state: DeliveryState, error: str = "", *, now: datetime
) -> None:
    row.state, row.error, row.settled_at = state, error, now
    session.flush()


def _why_pointless(session: Session, row: Delivery, now: datetime) -> str:
    actor = people.actor_of(session, person_id=people.known(row.person_id), leads=_NOBODY_ASKED_US)
    if row.kind == sending.DIGEST:
        found = digests.to_send(session, actor=actor, row=row, now=now)
        return found if isinstance(found, str) else ""
    owed = sending.gathered(session, row, actor=actor, now=now)
    return owed if isinstance(owed, str) else ""


def _without_a_chat(row: Delivery, person: Person) -> str:
    """Why no chat with someone can be found or made, as the courier will say it."""
    has_address = person.service_url and person.teams_id and person.entra_id
    has_chat = row.conversation_id or person.conversation_id or has_address
    return "" if has_chat else outbox.UNREACHABLE["NoAddress"]


# --- in words -----------------------------------------------------------------------------


def _line(session: Session, row: Delivery, person: Person, now: datetime) -> Forecast:
    review = session.get(Review, row.review_id) if row.review_id else None
    return Forecast(
        at=now, kind=row.kind, person=people.known(row.person_id), to=person.name,
        review=row.review_id, title=review.title if review else "",
        why=tuple(reasons.of_delivery(session, row)),
        reminders=tuple(_named(each) for each in taking.carried(session, row)),
        undelivered=row.error,
    )  # fmt: skip


def _named(row: Reminder) -> str:
    return f"{row.subject} {row.slot}"


def _waiting(session: Session) -> list[Forecast]:
    rows = session.exec(
        select(Reminder, Person.name, Review.title)
        .join(Person, col(Person.id) == col(Reminder.person_id))
        .join(Review, col(Review.id) == col(Reminder.review_id))
        .where(Reminder.state == taking.WAITING)
        .order_by(col(Reminder.due_on), col(Reminder.id))
    )
    return [
        Forecast(None, row.kind, row.person_id, name, row.review_id, title,
                 (reasons.of_reminder(session, row), row.why or _NOT_YET), (_named(row),))
        for row, name, title in rows
    ]  # fmt: skip


_NOT_YET = "it waits for the next working morning"
