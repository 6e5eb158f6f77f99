"""The next instant at which anything may be due: for who lives through time in one go.

While a review runs that is every 9am and 5.15pm of a working day. In the quiet years after it, it
is the next day on which something is to be looked at, on which somebody is back, or a digest.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, func, or_, select

from eocif import digests, outbox
from eocif.models import Review, ReviewArea
from eocif.rules.dates import london_day, opens_at
from eocif.rules.due import next_moment
from eocif.rules.progress import ReviewState
from eocif.rules.working_days import on_or_after
from eocif.taking import WAITING
from eocif.time_models import Action, Habit, Meeting, Reminder

_DAY = timedelta(days=1)
_FURTHEST = timedelta(days=365)
_STILL_NEWS = timedelta(days=15)  # a conclusion, to who contributed; after leave also an older one


def next_instant(session: Session, *, now: datetime) -> datetime:
    """The next instant after `now` at which something may be due, when a tick has been at `now`."""
    by_calendar = next_moment(now) if _is_busy(session, now) else _next_look(session, now)
    others = (outbox.next_due(session, now=now), digests.next_due(session, now=now))
    return min([by_calendar, *(each for each in others if each)])


def _is_busy(session: Session, now: datetime) -> bool:
    """Whether a review runs, has just ended, somebody is just back, or something waits."""
    ended = select(ReviewArea.review_id).where(col(ReviewArea.concluded_at) > now - _STILL_NEWS)
    running = select(Review.id).where(
        or_(Review.state == ReviewState.COLLECTING, col(Review.id).in_(ended))
    )
    lately = (
        col(Habit.away_until) > london_day(now - _STILL_NEWS),
        col(Habit.away_until) < london_day(now),
    )
    waiting = select(Reminder.id).where(Reminder.state == WAITING)
    asked = (running, waiting, select(Habit.person_id).where(*lately))
    return any(session.exec(each.limit(1)).first() is not None for each in asked)


def _next_look(session: Session, now: datetime) -> datetime:
    """9am on the next day that anything says to look at it; a year ahead where nothing does."""
    today = london_day(now)
    nearest = max(min(_days(session, today), default=today + _FURTHEST), today)
    morning = opens_at(on_or_after(nearest))
    return morning if morning > now else opens_at(on_or_after(today + _DAY))


def _days(session: Session, today: date) -> Iterator[date]:
    """The first day to look at of each kind of thing; who is back from leave hears what ended."""
    for table in (ReviewArea, Action, Meeting, Review):
        if (day := session.exec(select(func.min(table.look_on))).one()) is not None:
            yield day
    away = select(func.min(Habit.away_until)).where(col(Habit.away_until) >= today)
    if (last := session.exec(away).one()) is not None:
        yield last + _DAY
