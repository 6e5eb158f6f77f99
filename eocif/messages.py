"""What becomes of messages once they are sent: each follows what has happened since.

An update wipes what someone may be typing, so it waits for the next working morning wherever
nobody has just pressed something on that message.
"""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from eocif import deliveries
from eocif.models import Delivery, DeliveryState
from eocif.rules.dates import london_day, opens_at
from eocif.rules.working_days import on_or_after

_DAY = timedelta(days=1)


def next_morning(now: datetime) -> datetime:
    """The next 9am on a working day."""
    today = opens_at(on_or_after(london_day(now)))
    return today if today > now else opens_at(on_or_after(london_day(now) + _DAY))


def point_to_newer(
    session: Session, *, review_id: int, person_id: int, now: datetime, due: datetime
) -> None:
    """A new message takes over: the last one becomes a pointer to it when `due`.

    Those before it are pointers already.
    """
    sent = _sent(session, review_id=review_id, person_id=person_id)
    for message in sent[-1:]:
        deliveries.update_message(session, message=message, now=now, due=due)


def follow(
    session: Session, *, review_id: int, now: datetime, numbers: Collection[int] | None = None,
    person_id: int | None = None,
) -> None:  # fmt: skip
    """Something changed: each message that shows it says so on the next working morning.

    `numbers` are the areas that changed; without them, the whole review. `person_id` narrows it
    to one person's messages.
    """
    for message in _sent(session, review_id=review_id, person_id=person_id):
        listed = message.params.get("areas")  # empty where it only held answers to record
        if numbers is None or not listed or not set(numbers).isdisjoint(listed):
            deliveries.update_message(session, message=message, now=now, due=next_morning(now))


def _sent(session: Session, *, review_id: int, person_id: int | None) -> list[Delivery]:
    wanted = select(Delivery).where(
        Delivery.review_id == review_id,
        Delivery.state == DeliveryState.SENT,
        col(Delivery.kind).in_(deliveries.UNASKED),
    )
    if person_id is not None:
        wanted = wanted.where(Delivery.person_id == person_id)
    return list(session.exec(wanted.order_by(col(Delivery.id))))
