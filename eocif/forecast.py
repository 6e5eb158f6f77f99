"""What would be sent until a moment, to whom and why, if nobody did anything meanwhile.

Time is lived through on a copy in memory: nothing is sent, kept or locked in the real database.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, SQLModel, col, select

from eocif import digests, gathering, maturing, prompts, rounds
from eocif.database import Database
from eocif.instants import next_instant
from eocif.models import Delivery, DeliveryState, Person, Reminder, Review
from eocif.rules.dates import day_in_words
from eocif.rules.phrases import areas as areas_in_words

FURTHEST = timedelta(days=366)
_NOT_COPIED = frozenset({"audit_event", "audit_seal", "evidence", "hidden", "instance"})
_WHY = {
    "nudge": "a lead asked us to remind them",
    "digest": "their weekly digest",
    "news": "an area waits for them, or ended",
}


@dataclass(frozen=True)
class Forecast:
    """A message that would go, or a reminder that waits (`at` is None) and why.

    `why` has a sentence for each thing that the message is about.
    """

    at: datetime | None
    kind: str
    person: int
    to: str
    review: int | None
    title: str
    why: tuple[str, ...]


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
    with database.engine.connect() as source, copy.engine.begin() as target:
        for table in tables:
            if rows := [dict(row) for row in source.execute(table.select()).mappings()]:
                target.execute(table.insert(), rows)
    return copy


def _lived(copy: Database, now: datetime) -> Iterator[Forecast]:
    """A tick as the scheduler has it, and the delivery of all that is due."""
    copy.now(rounds.close_due, now=now)
    copy.now(rounds.open_due, now=now)
    copy.now(maturing.mature, now=now)
    for review_id in copy.now(prompts.running, now=now):
        copy.now(prompts.queue_weekly, review_id=review_id, now=now)
    for review_id in copy.now(prompts.with_news, now=now):
        copy.now(prompts.queue_news, review_id=review_id, now=now)
    copy.now(gathering.gather, now=now)
    copy.now(digests.queue_due, now=now)
    yield from copy.now(_sent, now=now)


def _sent(session: Session, *, now: datetime) -> list[Forecast]:
    """Take everything that is due as sent."""
    due = select(Delivery).where(
        col(Delivery.state).in_([DeliveryState.QUEUED, DeliveryState.SENDING]),
        col(Delivery.next_at) <= now,
    )
    found = []
    for row in session.exec(due.order_by(col(Delivery.next_at), col(Delivery.id))).all():
        row.state, row.settled_at = DeliveryState.SENT, now
        session.add(row)
        if row.person_id and row.kind in _WHY.keys() | {"prompt", "reminder"}:
            found.append(_line(session, row, now))
    return found


def _line(session: Session, row: Delivery, now: datetime) -> Forecast:
    review = session.get(Review, row.review_id) if row.review_id else None
    person = session.get_one(Person, row.person_id)
    return Forecast(
        at=now, kind=row.kind, person=row.person_id or 0, to=person.name, review=row.review_id,
        title=review.title if review else "", why=tuple(_reasons(session, row)),
    )  # fmt: skip


def _reasons(session: Session, row: Delivery) -> Iterator[str]:
    if row.kind in _WHY:
        yield _WHY[row.kind]
    if row.kind == "prompt":
        numbers = row.params.get("areas") or []
        owed = areas_in_words(numbers, opening=False) if numbers else "answers to record, or drafts"
        yield f"their weekly message: {owed}"
    taken = select(Reminder).where(Reminder.delivery_id == row.id).order_by(col(Reminder.id))
    yield from map(_about, session.exec(taken))


def _about(row: Reminder) -> str:
    return f"{row.kind} {row.subject}, due {day_in_words(row.due_on)} ({row.slot})"


def _waiting(session: Session) -> list[Forecast]:
    rows = session.exec(
        select(Reminder, Person.name, Review.title)
        .join(Person, col(Person.id) == col(Reminder.person_id))
        .join(Review, col(Review.id) == col(Reminder.review_id))
        .where(Reminder.state == "waiting")
        .order_by(col(Reminder.due_on), col(Reminder.id))
    )
    return [
        Forecast(None, row.kind, row.person_id, name, row.review_id, title,
                 (_about(row), row.why or "waits for the next working morning"))
        for row, name, title in rows
    ]  # fmt: skip
