"""Who is to be sent this week's message, and what becomes of the older ones.

Decided from what the database holds at `now`; the delivery's unique key refuses a second message
for the same person, review and week. Nobody who owes nothing is written to, and nobody is written
to twice on one working day.
"""

from datetime import datetime

from sqlmodel import Session, col, select

from eocif import deliveries, messages, rounds, weeks
from eocif.access import areas_of
from eocif.models import Member, Person, Review, ReviewArea
from eocif.people import known
from eocif.rules.dates import in_working_hours, london_day
from eocif.rules.due import review_week
from eocif.rules.progress import ReviewState


def running(session: Session, *, now: datetime) -> list[int]:
    """The reviews that may have messages to send now: none outside working hours."""
    if not in_working_hours(now):
        return []
    wanted = select(Review.id).where(Review.state == ReviewState.COLLECTING)
    return [known(review_id) for review_id in session.exec(wanted.order_by(col(Review.id)))]


def queue_weekly(session: Session, *, review_id: int, now: datetime) -> int:
    """Queue this week's message for everyone who owes something; how many were queued."""
    review = session.get_one(Review, review_id)
    if review.start_on is None or london_day(now) < review.start_on:
        return 0
    week = review_week(review.start_on, london_day(now))
    asked = deliveries.asked(
        session, kind="prompt", subject=f"review:{review_id}", slot=f"week:{week}"
    )
    if not _might_owe(session, review) - asked:
        return 0  # most minutes of most weeks: everyone has theirs
    owed = {
        person_id: numbers
        for person_id, numbers in owed_by_person(session, review=review, now=now).items()
        if person_id not in asked
    }
    # The prompt says all that a waiting reminder, or last week's message, would have said.
    deliveries.drop_waiting(session, review_id=review_id, now=now, person_ids=list(owed))
    busy = deliveries.unasked_days(session, person_ids=list(owed), now=now)
    return sum(
        _queue(session, review, person_id, numbers, week, now)
        for person_id, numbers in owed.items()
        if london_day(now) not in busy.get(person_id, ())
    )


def _might_owe(session: Session, review: Review) -> set[int]:
    """Who could be sent this week's message at all; cheaper to ask than who owes what."""
    people = set(
        session.exec(
            select(Person.id, Person.entra_id)
            .join(Member, col(Member.person_id) == col(Person.id))
            .where(Member.review_id == review.id, col(Member.removed_at).is_(None))
        )
    )
    with_teams = {known(person_id) for person_id, entra_id in people if entra_id is not None}
    if len(with_teams) == len(people):
        return with_teams
    leads = session.exec(select(ReviewArea.lead_id).where(ReviewArea.review_id == review.id))
    return with_teams | {lead or review.lead_id for lead in leads}


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
        messages.point_to_newer(session, review_id=review_id, person_id=person_id, now=now, due=now)
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
