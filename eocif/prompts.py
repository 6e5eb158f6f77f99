"""Who is to be sent this week's message or news, and what becomes of the older ones.

Decided from what the database holds at `now`; the delivery's unique key refuses a second message
for the same person, review and week. Nobody who owes nothing is asked for anything, and nobody is
written to twice on one working day.
"""

from collections.abc import Collection
from datetime import datetime

from sqlmodel import Session, col, select

from eocif import deliveries, habits, messages, news, owed, rounds, unasked
from eocif.access import areas_of
from eocif.models import Member, Person, Review, ReviewArea
from eocif.people import known
from eocif.rules.dates import in_working_hours, london_day, opens_at
from eocif.rules.due import prompt_day, review_week


def running(session: Session, *, now: datetime) -> list[int]:
    """The reviews that may have messages to send now: none outside working hours."""
    return unasked.reviews(session, now=now) if in_working_hours(now) else []


def queue_weekly(session: Session, *, review_id: int, now: datetime) -> int:
    """Queue this week's message for everyone who owes something; how many were queued.

    Who is away gets theirs on the day they are back.
    """
    review = session.get_one(Review, review_id)
    if review.start_on is None or london_day(now) < review.start_on:
        return 0
    week = review_week(review.start_on, london_day(now))
    began = opens_at(prompt_day(review.start_on, week))
    asked = deliveries.asked(
        session, kind="prompt", subject=f"review:{review_id}", slot=f"week:{week}"
    )
    owing = _owed_this_week(session, review, began, now)
    away = habits.away(session, owing, on=london_day(now))
    wanted = {
        person_id: numbers
        for person_id, numbers in owing.items()
        if person_id not in asked and person_id not in away
    }
    # The prompt says all that a waiting reminder, or last week's message, would have said; what is
    # to be remembered of other things goes along with it.
    deliveries.drop_waiting(session, review_id=review_id, now=now, person_ids=list(wanted))
    deliveries.make_way(session, person_ids=list(wanted), now=now)
    busy = deliveries.unasked_days(session, person_ids=list(wanted), now=now)
    return sum(
        _queue(session, review, person_id, numbers, week, now)
        for person_id, numbers in wanted.items()
        if london_day(now) not in busy.get(person_id, ())
    )


def _owed_this_week(
    session: Session, review: Review, began: datetime, now: datetime
) -> dict[int, list[int]]:
    """By person, the areas to ask about in the week that began then; also leads, for theirs.

    A draft is asked about from its first day on, and an area that began to wait for its lead in
    the middle of the week is news: neither makes a message of its own.
    """
    areas = areas_of(session, review_id=known(review.id))
    found = owed_by_person(session, review=review, areas=to_ask_about(areas, now))
    for area in areas:
        if area.state in rounds.FOR_LEAD and (area.since is None or area.since < began):
            found.setdefault(area.lead_id or review.lead_id, [])
    return found


def to_ask_about(areas: Collection[ReviewArea], now: datetime) -> list[ReviewArea]:
    """The areas that take answers, and whose first day has come."""
    return [
        area
        for area in areas
        if rounds.takes_answers(area, now)
        and (area.opens_on is None or area.opens_on <= london_day(now))
    ]


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


def owed_by_person(
    session: Session, *, review: Review, areas: Collection[ReviewArea]
) -> dict[int, list[int]]:
    """By person with Teams, which of these areas they owe an answer to, in either round.

    Leads who only record for others have an empty list.
    """
    if not areas:
        return {}
    members = session.exec(
        select(Member, Person)
        .join(Person, col(Person.id) == col(Member.person_id))
        .where(Member.review_id == review.id, col(Member.removed_at).is_(None))
        .order_by(col(Member.id))
    ).all()
    theirs = owed.given(
        session, review_id=known(review.id), member_ids=[known(member.id) for member, _ in members]
    )
    found: dict[int, list[int]] = {}
    for member, person in members:
        missing = [area for area in areas if theirs[known(member.id)].owes(area)]
        if missing and person.entra_id is not None:
            found.setdefault(known(person.id), []).extend(area.number for area in missing)
        for area in missing if person.entra_id is None else ():
            found.setdefault(area.lead_id or review.lead_id, [])
    return found


# --- news ---------------------------------------------------------------------------------


def with_news(session: Session, *, now: datetime) -> list[int]:
    """The reviews of which someone is to be told something this morning."""
    return sorted({review_id for review_id, _ in news.due(session, now=now)})


def queue_news(session: Session, *, review_id: int, now: datetime) -> int:
    """Queue one message for everyone whom something is news to; how many were queued.

    Whoever got another message today, or is about to, is told tomorrow.
    """
    people = {person_id for _, person_id in news.due(session, now=now, review_id=review_id)}
    busy = deliveries.unasked_days(session, person_ids=people, now=now)
    free = sorted(each for each in people if london_day(now) not in busy.get(each, ()))
    if not free:
        return 0
    review = session.get_one(Review, review_id)
    areas = to_ask_about(areas_of(session, review_id=review_id), now)
    unfinished = owed_by_person(session, review=review, areas=areas)
    ended = news.ended(session, review_id=review_id, now=now)
    return sum(
        _tell(session, review, each, unfinished.get(each) or ended.get(each, []), now)
        for each in free
    )


def _tell(
    session: Session, review: Review, person_id: int, numbers: list[int], now: datetime
) -> bool:
    review_id = known(review.id)
    queued = deliveries.to_person(
        session, kind="news", person_id=person_id, tenant_id=review.tenant_id,
        subject=f"review:{review_id}", slot=f"day:{london_day(now)}", review_id=review_id, now=now,
        areas=numbers, review=review_id,
    )  # fmt: skip
    if queued:
        # Someone may be typing on an older message: it follows on the morning after.
        messages.point_to_newer(
            session, review_id=review_id, person_id=person_id, now=now,
            due=messages.next_morning(now),
        )  # fmt: skip
    return queued
