"""Which reminders a delivery carries along, and what becomes of them with it.

A reminder waits until a delivery takes it. One that is dropped before it went gives its reminders
back; what nobody owes any more is dropped for good, and says why.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from eocif.models import Delivery
from eocif.time_models import Reminder

WAITING, TAKEN, DROPPED = "waiting", "taken", "dropped"


def take(session: Session, rows: Sequence[Reminder], *, by: Delivery, now: datetime) -> int:
    """Let a delivery carry reminders along; how many."""
    for row in rows:
        row.state, row.why, row.delivery_id, row.settled_at = TAKEN, "", by.id, now
    list_on(session, by)
    return len(rows)


def list_on(session: Session, delivery: Delivery) -> None:
    """Note on a delivery what it carries, so that its card shows the same whenever it is opened."""
    name = "ids" if delivery.params.get("card") == "reminders" else "also"
    session.flush()
    ids = [row.id for row in carried(session, delivery)]
    if ids != delivery.params.get(name, []):
        delivery.params = {**delivery.params, name: ids}
        session.add(delivery)


def carried(session: Session, delivery: Delivery) -> list[Reminder]:
    """The reminders that a delivery carries along, oldest first."""
    wanted = select(Reminder).where(Reminder.delivery_id == delivery.id, Reminder.state == TAKEN)
    return list(session.exec(wanted.order_by(col(Reminder.id))))


def drop(rows: Iterable[Reminder], *, why: str, now: datetime) -> None:
    """Nobody is to hear of these any more."""
    for row in rows:
        row.state, row.why, row.settled_at = DROPPED, why, now


def give_back(session: Session, delivery_ids: Collection[int]) -> None:
    """These deliveries will not go: what they carried waits for the next message."""
    rows = select(Reminder).where(
        col(Reminder.delivery_id).in_(delivery_ids), Reminder.state == TAKEN
    )
    for row in session.exec(rows.with_for_update()):
        row.state, row.delivery_id, row.settled_at = WAITING, None, None


def wait_because(rows: Iterable[Reminder], why: str) -> None:
    """Say why reminders go no sooner."""
    for row in rows:
        row.why = why
