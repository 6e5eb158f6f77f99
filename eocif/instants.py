"""The next instant at which anything may be due: for who lives through time in one go.

While a review runs that is every 9am and 5.15pm of a working day. In the quiet years after it, it
is the next day on which something is to be looked at, or a digest.
"""

from datetime import date, datetime, timedelta

from sqlmodel import Session, col, func, or_, select

from eocif import digests, outbox
from eocif.models import Action, Meeting, Reminder, Review, ReviewArea
from eocif.rules.dates import london_day, opens_at
from eocif.rules.due import next_moment
from eocif.rules.progress import ReviewState
from eocif.rules.working_days import on_or_after

_DAY = timedelta(days=1)
_STILL_NEWS = timedelta(days=15)  # an area's conclusion, to who contributed


def next_instant(session: Session, *, now: datetime) -> datetime:
    """The next instant after `now` at which something may be due."""
    queued, digest = outbox.next_due(session, now=now), digests.next_due(session, now=now)
    moments = [next_moment(now) if _is_busy(session, now) else _next_look(session, now)]
    return min([*moments, *(each for each in (queued, digest) if each)])


def _is_busy(session: Session, now: datetime) -> bool:
    """Whether a review runs, has just ended, or something waits to be told."""
    ended = select(ReviewArea.review_id).where(col(ReviewArea.concluded_at) > now - _STILL_NEWS)
    running = select(Review.id).where(
        or_(Review.state == ReviewState.COLLECTING, col(Review.id).in_(ended))
    )
    waiting = select(Reminder.id).where(Reminder.state == "waiting")
    return any(session.exec(each.limit(1)).first() is not None for each in (running, waiting))


def _next_look(session: Session, now: datetime) -> datetime:
    """9am on the next day that anything says to look at it; a year ahead where nothing does."""
    days = [
        session.exec(select(func.min(table.look_on))).one()
        for table in (ReviewArea, Action, Meeting, Review)
    ]
    tomorrow = london_day(now) + _DAY
    nearest: date = min((day for day in days if day), default=tomorrow + 365 * _DAY)
    return opens_at(on_or_after(max(nearest, tomorrow)))
