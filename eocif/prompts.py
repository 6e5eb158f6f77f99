"""Who is to be sent this week's message, and what becomes of the older ones.

Decided from what the database holds at `now`; the delivery's unique key refuses a second message
for the same person, review and week. Nobody who owes nothing is written to, and nobody is written
to twice on one working day.
"""

from datetime import datetime

from sqlmodel import Session, col, select

from eocif import deliveries, rounds, weeks
from eocif.access import areas_of
from eocif.models import Delivery, DeliveryState, Member, Person, Review, ReviewArea
from eocif.people import known
from eocif.rules.dates import at, in_working_hours, london_day, opens_at
from eocif.rules.due import prompt_day, review_week
from eocif.rules.progress import ReviewState
from eocif.rules.working_days import on_or_after


def queue_weekly(session: Session, *, now: datetime) -> int:
    """Queue this week's message for everyone who owes something; how many were queued."""
    if not in_working_hours(now):
        return 0
    running = session.exec(
        select(Review).where(Review.state == ReviewState.COLLECTING).order_by(col(Review.id))
    ).all()
    return sum(_queue_for(session, review, now) for review in running)


def _queue_for(session: Session, review: Review, now: datetime) -> int:
    if review.start_on is None or london_day(now) < review.start_on:
        return 0
    week = review_week(review.start_on, london_day(now))
    if now < opens_at(prompt_day(review.start_on, week)):
        return 0
    review_id = known(review.id)
    asked = deliveries.asked(
        session, kind="prompt", subject=f"review:{review_id}", slot=f"week:{week}"
    )
    owed = {
        person_id: numbers
        for person_id, numbers in owed_by_person(session, review=review, now=now).items()
        if person_id not in asked
    }
    # The prompt says all that a waiting reminder would have said.
    deliveries.drop_waiting(
        session, review_id=review_id, now=now, kinds=("nudge",), person_ids=list(owed)
    )
    busy = deliveries.unasked_days(session, person_ids=list(owed), now=now)
    return sum(
        _queue(session, review, person_id, numbers, week, now)
        for person_id, numbers in owed.items()
        if london_day(now) not in busy.get(person_id, ())
    )


def _queue(
    session: Session, review: Review, person_id: int, numbers: list[int], week: int, now: datetime
) -> bool:
    review_id = known(review.id)
    queued = deliveries.to_person(
        session, kind="prompt", person_id=person_id, tenant_id=review.tenant_id,
        subject=f"review:{review_id}", slot=f"week:{week}", review_id=review_id, now=now,
        areas=numbers, review=review_id,
    )  # fmt: skip
    if queued:
        refresh_older(session, review_id=review_id, person_id=person_id, now=now, due=now)
    return queued


def owed_by_person(session: Session, *, review: Review, now: datetime) -> dict[int, list[int]]:
    """By person with Teams, the areas they owe an answer to; empty lists where only tasks wait."""
    review_id = known(review.id)
    open_areas = [
        area for area in areas_of(session, review_id=review_id) if rounds.is_open(area, now)
    ]
    if not open_areas:
        return {}
    members = session.exec(
        select(Member, Person)
        .join(Person, col(Person.id) == col(Member.person_id))
        .where(Member.review_id == review_id, col(Member.removed_at).is_(None))
        .order_by(col(Member.id))
    ).all()
    theirs = weeks.given(
        session, review_id=review_id, member_ids=[known(member.id) for member, _ in members]
    )
    owed: dict[int, list[int]] = {}
    for member, person in members:
        numbers = [area.number for area in open_areas if theirs[known(member.id)].owes(area)]
        if numbers and person.entra_id is not None:
            owed.setdefault(known(person.id), []).extend(numbers)
        for area in open_areas if person.entra_id is None else ():
            if area.number in numbers:
                owed.setdefault(area.lead_id or review.lead_id, [])
    return owed


def refresh_older(
    session: Session, *, review_id: int, person_id: int, now: datetime, due: datetime
) -> None:
    """A new message takes over: the older ones become pointers to it when `due`."""
    for message in _sent(session, review_id=review_id, person_id=person_id):
        deliveries.update_message(session, message=message, now=now, due=due)


def refresh_closed(session: Session, *, area_ids: list[int], now: datetime) -> None:
    """Rounds have closed: tell on each message, on the next working morning, while nobody types."""
    reviews = session.exec(
        select(ReviewArea.review_id).where(col(ReviewArea.id).in_(area_ids)).distinct()
    ).all()
    for review_id in reviews:
        refresh_all(session, review_id=review_id, now=now)


def refresh_all(session: Session, *, review_id: int, now: datetime) -> None:
    """Something ended for a whole review: each message says so on the next working morning."""
    for message in _sent(session, review_id=review_id):
        deliveries.update_message(session, message=message, now=now, due=next_morning(now))


def next_morning(now: datetime) -> datetime:
    """9am on the first working day after today."""
    day = on_or_after(london_day(now))
    first = at(day, 9)
    return first if first > now else opens_at(on_or_after(day.fromordinal(day.toordinal() + 1)))


def _sent(session: Session, *, review_id: int, person_id: int | None = None) -> list[Delivery]:
    wanted = select(Delivery).where(
        Delivery.review_id == review_id,
        Delivery.state == DeliveryState.SENT,
        col(Delivery.kind).in_(deliveries.UNASKED),
    )
    if person_id is not None:
        wanted = wanted.where(Delivery.person_id == person_id)
    return list(session.exec(wanted.order_by(col(Delivery.id))))
