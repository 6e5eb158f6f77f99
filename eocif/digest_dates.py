"""A review's next dates, for its digest: rounds, meetings, re-assessment, the edition's review."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from sqlmodel import Session, col, select

from eocif import oversight
from eocif.models import Review, ReviewArea
from eocif.people import known
from eocif.rules import framework
from eocif.rules.dates import london_day
from eocif.rules.digests import AHEAD, YEAR_AHEAD
from eocif.rules.progress import ReviewState
from eocif.rules.reminding import papers_close
from eocif.time_models import Meeting


def next_dates(
    session: Session, *, review: Review, areas: Iterable[ReviewArea], now: datetime
) -> tuple[tuple[date, str], ...]:
    """Soonest first, each with what happens on it. A meeting's name is its lead's words."""
    today = london_day(now)
    runs = review.state == ReviewState.COLLECTING
    rounds = oversight.next_dates(list(areas), now) if runs else ()
    meetings = _meetings(session, known(review.id), today)
    return tuple(sorted((*rounds, *meetings, *_clocks(review, today)), key=lambda each: each[0]))


def _meetings(session: Session, review_id: int, today: date) -> Iterator[tuple[date, str]]:
    wanted = select(Meeting).where(
        Meeting.review_id == review_id, col(Meeting.removed_at).is_(None),
        Meeting.meets_on >= today, Meeting.meets_on <= today + AHEAD,
    )  # fmt: skip
    for meeting in session.exec(wanted.order_by(col(Meeting.meets_on), col(Meeting.id))):
        closes = papers_close(meeting.meets_on, meeting.papers_days)
        if closes >= today:
            yield closes, f"Papers close for {meeting.name}"
        yield meeting.meets_on, f"{meeting.name} meets"


def _clocks(review: Review, today: date) -> Iterator[tuple[date, str]]:
    """The two long ones, which do not depend on each other."""
    edition = framework.edition(review.edition).national_review_due
    for day, what in ((review.reassess_on, "The next assessment is due"), (edition, _EDITION)):
        if day is not None and today <= day <= today + YEAR_AHEAD:
            yield day, what


_EDITION = "NHS England is due to review the framework"
