"""The clocks of a review: its sign-off, its next assessment, and the framework's own review.

Each is its lead's. They run apart: none stops another.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, func, select

from eocif import worksheets
from eocif.action_access import LIVE
from eocif.models import Review, ReviewArea
from eocif.people import known
from eocif.rules import framework, reminding
from eocif.rules.dates import london_day
from eocif.rules.progress import AreaState, ReviewState
from eocif.rules.reminding import Kind, Slot
from eocif.rules.working_days import working_days_after

_ENDED = (AreaState.CONCLUDED, AreaState.SET_ASIDE)


@dataclass(frozen=True)
class Clock:
    """Something that a review's lead is reminded of: its days, and the one that has come."""

    kind: Kind
    subject: str
    due_on: date
    slots: tuple[Slot, ...]
    slot: Slot | None


def of(
    session: Session, reviews: Sequence[Review], *, now: datetime
) -> Iterator[tuple[Review, list[Clock]]]:
    """The clocks that run for each of these reviews, in a few queries however many there are."""
    if not reviews:
        return
    today = london_day(now)
    ended, newest = _ended(session, reviews, now), _newest(session, reviews)
    over = followed(session, reviews)
    for review in reviews:
        clocks = [*_to_sign_off(session, review, ended, today)]
        if review.id not in over:
            clocks += _to_assess_again(review, today)
        if review.id in newest:
            clocks += _edition(review, today)
        yield review, clocks


def followed(session: Session, reviews: Sequence[Review]) -> frozenset[int]:
    """The reviews after which the next has begun; to rate an area again begins none."""
    rows = session.exec(
        select(Review.before_id).where(
            col(Review.before_id).in_([row.id for row in reviews]), col(Review.state).in_(LIVE),
            col(Review.is_rerating).is_(False),
        )
    )  # fmt: skip
    return frozenset(each for each in rows if each is not None)


# --- sign-off -----------------------------------------------------------------------------


def _to_sign_off(
    session: Session, review: Review, ended: Mapping[int, date], today: date
) -> Iterator[Clock]:
    if (ended_on := ended.get(known(review.id))) is None:
        return
    slots = reminding.of_sign_off(ended_on, today=today)
    slot = reminding.latest(slots, since=ended_on, today=today)
    if worksheets.standing(session, review):
        # What still stands in the way can go on any day, without a change to the review.
        slots, slot = (Slot(working_days_after(today, 1), ""),), None
    yield Clock(Kind.SIGN_OFF, f"review:{review.id}", ended_on, slots, slot)


def _ended(session: Session, reviews: Sequence[Review], now: datetime) -> dict[int, date]:
    """Of the reviews that run, those whose areas have all ended, with the day the last one did."""
    running = [row.id for row in reviews if row.state == ReviewState.COLLECTING]
    goes_on = select(ReviewArea.review_id).where(
        col(ReviewArea.review_id).in_(running), col(ReviewArea.state).not_in(_ENDED)
    )
    rows = session.exec(
        select(ReviewArea.review_id, func.max(ReviewArea.since))
        .where(
            col(ReviewArea.review_id).in_(running), col(ReviewArea.review_id).not_in(goes_on)
        )
        .group_by(col(ReviewArea.review_id))
    )  # fmt: skip
    return {review_id: london_day(since or now) for review_id, since in rows}


# --- dates far ahead ----------------------------------------------------------------------


def _to_assess_again(review: Review, today: date) -> Iterator[Clock]:
    day = review.reassess_on
    if review.state == ReviewState.SIGNED_OFF and day and not review.is_rerating:
        slots = reminding.of_reassessment(day)
        yield _clock(review, Kind.REASSESS, f"review:{review.id}", day, slots, today)


def _edition(review: Review, today: date) -> Iterator[Clock]:
    day = framework.edition(review.edition).national_review_due
    slots = reminding.of_edition(day)
    yield _clock(review, Kind.EDITION, f"edition:{review.edition}", day, slots, today)


def _clock(
    review: Review, kind: Kind, subject: str, day: date, slots: tuple[Slot, ...], today: date
) -> Clock:
    slot = reminding.come_from(slots, first=review.look_on or today, today=today)
    return Clock(kind, subject, day, slots, slot)


def _newest(session: Session, reviews: Sequence[Review]) -> frozenset[int]:
    """The newest corporate review of each lead and edition: they hear of the edition once."""
    rows = session.exec(
        select(func.max(Review.id))
        .where(
            col(Review.lead_id).in_({row.lead_id for row in reviews}),
            col(Review.state).in_(LIVE), Review.division == "", col(Review.is_rerating).is_(False),
        )
        .group_by(col(Review.lead_id), col(Review.edition))
    )  # fmt: skip
    return frozenset(each for each in rows if each is not None)
