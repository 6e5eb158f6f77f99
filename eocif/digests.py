"""The weekly digest: who reads it, when theirs is due, and what stands in it now.

Once in a week each review's readers are looked at, when the review's weekday and hour have come
(`Review.digest_week`). Each gets one message over all that they read, in the week's first review's
time; the delivery's unique key refuses a second. Who has nothing to be told gets none that week.
"""

from datetime import date, datetime

from sqlmodel import Session, col, or_, select

from eocif import deliveries, habits, people, reviews
from eocif.access import enter
from eocif.database import insert_once
from eocif.digest_parts import review_digest
from eocif.errors import EocifError, NotYours
from eocif.models import Delivery, DeliveryState, Person, Review, ReviewArea
from eocif.people import Actor, known
from eocif.rules import digests as rules
from eocif.rules.authorisation import Act
from eocif.rules.dates import in_working_hours, london_day
from eocif.rules.digests import KIND, WEEK, due_in, slot, week_of
from eocif.rules.progress import ReviewState
from eocif.time_summaries import Digest, ReviewDigest

_STATES = (ReviewState.COLLECTING, ReviewState.SIGNED_OFF)
NOTHING = "nothing to say this week"
OVER = "its week is over"


def digest(session: Session, *, actor: Actor, review_id: int = 0, now: datetime) -> Digest:
    """One review in full: the one asked for, or the first that has something to say.

    Raises NotYours for someone who reads none.
    """
    read = reviews_of(session, actor=actor)
    since = _since(session, actor, now)
    shown = _chosen(session, actor, [review_id] if review_id else read, since, now)
    others = (session.get_one(Review, each) for each in read if each != shown.head.id)
    heads = tuple(reviews.head(session, each) for each in others)
    return Digest(actor.first_name, shown, heads)


def _chosen(
    session: Session, actor: Actor, ids: list[int], since: datetime, now: datetime
) -> ReviewDigest:
    first: ReviewDigest | None = None
    for review_id in ids:
        access = enter(session, actor=actor, review_id=review_id, act=Act.SEE_DIGEST)
        found = review_digest(session, access=access, since=since, now=now)
        if found.says_something:
            return found
        first = first or found
    if first is None:
        raise NotYours(
            "There is no digest for you yet.",
            kept="Nothing was changed.",
            next_step="It is for those who lead a review or its areas, and whom they name.",
        )
    return first


def reviews_of(session: Session, *, actor: Actor) -> list[int]:
    """The running and signed-off reviews whose digest someone reads.

    Those they lead come first, then those in which they lead areas, then the others; running ones
    before those signed off, and newer ones before older.
    """
    wanted = select(Review).where(
        Review.tenant_id == actor.tenant_id, col(Review.state).in_(_STATES)
    )
    led = select(ReviewArea.review_id).where(ReviewArea.lead_id == actor.person_id)
    partly = set(session.exec(led))
    found = []
    for review in session.exec(wanted.order_by(col(Review.id).desc())):
        leads, part = review.lead_id == actor.person_id, review.id in partly
        if leads or part or actor.is_listed or actor.person_id in review.digest_readers:
            rank = (not leads, not part, _STATES.index(ReviewState(review.state)))
            found.append((rank, known(review.id)))
    return [review_id for _, review_id in sorted(found, key=lambda each: each[0])]


def _since(session: Session, actor: Actor, now: datetime) -> datetime:
    last = select(Delivery.settled_at).where(
        Delivery.person_id == actor.person_id, Delivery.kind == KIND,
        Delivery.state == DeliveryState.SENT,
    )  # fmt: skip
    newest = session.exec(last.order_by(col(Delivery.id).desc())).first()
    return rules.looks_back_to(now, newest)


# --- when they are due --------------------------------------------------------------------


def due(session: Session, *, now: datetime) -> list[int]:
    """The reviews whose weekday and hour have come, and whose readers were not looked at yet."""
    if not in_working_hours(now):
        return []
    today = london_day(now)
    waiting = (
        col(Review.state).in_(_STATES), col(Review.start_on) < today,
        or_(col(Review.digest_week).is_(None), col(Review.digest_week) < week_of(today)),
    )  # fmt: skip
    hours = session.exec(select(Review.digest_day, Review.digest_hour).where(*waiting).distinct())
    come = {each for each in hours if (at := _this_week(*each, today)) and at <= now}
    if not come:
        return []
    rows = session.exec(
        select(Review.id, Review.digest_day, Review.digest_hour)
        .where(*waiting)
        .order_by(col(Review.id))
    )
    return [known(review_id) for review_id, *hour in rows if tuple(hour) in come]


def _this_week(weekday: int, hour: int, today: date) -> datetime | None:
    return due_in(week_of(today), weekday=weekday, hour=hour)


def next_due(session: Session, *, now: datetime) -> datetime | None:
    """The next instant after `now` at which a review's digest goes out, this week or the next."""
    monday = week_of(london_day(now))
    rows = session.exec(
        select(Review.digest_day, Review.digest_hour, col(Review.digest_week))
        .where(col(Review.state).in_(_STATES))
        .distinct()
    )
    found = [
        due_in(week, weekday=weekday, hour=hour)
        for weekday, hour, seen_to in rows
        for week in (monday, monday + WEEK)
        if week != seen_to
    ]
    return min((each for each in found if each and each > now), default=None)


def queue_due(session: Session, *, now: datetime) -> int:
    """Queue every digest that is due; how many were queued."""
    count = 0
    for review_id in due(session, now=now):
        found = readers(session, review_id=review_id, now=now)
        count += sum(queue(session, person_id=each, now=now) for each in found)
        seen_to(session, review_id=review_id, now=now)
    return count


def readers(session: Session, *, review_id: int, now: datetime) -> list[int]:
    """Who reads a review's digest: its lead, its areas' leads and whom the lead named, with Teams.

    A review's first one goes on a later day than its first, when there is something to tell.
    """
    review = session.get_one(Review, review_id)
    at = _this_week(review.digest_day, review.digest_hour, london_day(now))
    if at is None or review.start_on is None or london_day(at) <= review.start_on:
        return []
    led = session.exec(select(ReviewArea.lead_id).where(ReviewArea.review_id == review_id))
    ids = {review.lead_id, *review.digest_readers, *(each for each in led if each is not None)}
    wanted = select(Person.id).where(col(Person.id).in_(ids), col(Person.entra_id).is_not(None))
    return [known(person_id) for person_id in session.exec(wanted.order_by(col(Person.id)))]


def seen_to(session: Session, *, review_id: int, now: datetime) -> None:
    """All of a review's readers were looked at: it is not due again before next week."""
    review = session.get_one(Review, review_id, with_for_update={"key_share": True})
    review.digest_week = week_of(london_day(now))
    session.add(review)


def queue(session: Session, *, person_id: int, now: datetime) -> bool:
    """Queue someone's digest for when they want to hear from us: it belongs to that day's week.

    After leave they get one, on the day they are back. Whether one was queued: for another
    replica, or after a restart, the week's is there already.
    """
    person = session.get_one(Person, person_id)
    actor = people.actor_of(session, person_id=person_id, leads=frozenset())
    at = habits.may_go_at(session, actor.person_id, now) or now
    week = week_of(london_day(at))
    if _is_seen_to(session, actor, week):
        return False
    if _in_vain(session, person):
        return _leave_out(session, actor, now, why=person.unreachable)
    shown = digest(session, actor=actor, now=now).review
    if not shown.says_something:
        return _leave_out(session, actor, now, why=NOTHING)
    return deliveries.to_person(
        session, kind=KIND, person_id=actor.person_id, tenant_id=actor.tenant_id, subject=KIND,
        slot=slot(week), review_id=shown.head.id, now=now, due=at, card=KIND,
    )  # fmt: skip


def _is_seen_to(session: Session, actor: Actor, week: date) -> bool:
    """Whether another review that they read was due earlier this week."""
    theirs = select(Delivery.id).where(
        Delivery.tenant_id == actor.tenant_id, Delivery.kind == KIND,
        Delivery.recipient == f"person:{actor.person_id}", Delivery.subject == KIND,
        Delivery.slot == slot(week),
    )  # fmt: skip
    return session.exec(theirs).first() is not None


def _in_vain(session: Session, person: Person) -> bool:
    """Whether messages still do not reach someone whose last digest failed.

    The lead has read so once: another each week, until they are back, would tell nothing new.
    """
    if not person.unreachable:
        return False
    last = select(Delivery.state).where(
        Delivery.person_id == person.id, Delivery.kind == KIND,
        Delivery.state != DeliveryState.CANCELLED,
    )  # fmt: skip
    return session.exec(last.order_by(col(Delivery.id).desc())).first() == DeliveryState.FAILED


def _leave_out(session: Session, actor: Actor, now: datetime, *, why: str) -> bool:
    """Write down why someone gets none this week, so that nobody asks again before the next."""
    left_out = Delivery(
        tenant_id=actor.tenant_id, kind=KIND, recipient=f"person:{actor.person_id}", subject=KIND,
        slot=slot(week_of(london_day(now))), person_id=actor.person_id,
        state=DeliveryState.CANCELLED, error=why, created_at=now, next_at=now, settled_at=now,
    )  # fmt: skip
    insert_once(session, left_out)
    return False


# --- when it is sent ------------------------------------------------------------------------


def to_send(session: Session, *, actor: Actor, row: Delivery, now: datetime) -> Digest | str:
    """The digest that a delivery brings now, or why it has become pointless."""
    if row.slot != slot(week_of(london_day(now))):
        return OVER
    try:
        shown = digest(session, actor=actor, now=now)
    except EocifError as refused:  # they read no review any more
        return refused.happened
    return shown if shown.review.says_something else NOTHING
