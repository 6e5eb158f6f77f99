"""Presses on a review's dates and on what follows a review: verb → use case → the card to show."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlmodel import Session

from bot.press import Turn, Where
from cards import shapes
from cards import time_shapes as posted
from eocif import next_review, review_dates, reviews
from eocif.rules.progress import ReviewState
from eocif.summaries import SILENT, Feedback


def _dates(review: int, view: str = "summary", said: Feedback = SILENT) -> Where:
    return Where("dates", {"review": review, "view": view}, said)


def show(session: Session, turn: Turn, submission: posted.DatesShow) -> Where:
    """A review's dates, or one of their forms."""
    return _dates(submission.review, submission.view)


def save(session: Session, turn: Turn, submission: posted.DatesSave) -> Where:
    """Save the weekly digest's day, hour and readers; what could not be taken stays on its form."""
    fields = submission.model_dump(include={"digest_day", "digest_hour"})
    people = {
        name: ",".join(getattr(submission, name)) for name in ("readers", "more_readers")
    }  # fmt: skip
    said = review_dates.save(
        session, actor=turn.actor, review_id=submission.review, posted={**fields, **people},
        shown=submission.shown, now=turn.now,
    )  # fmt: skip
    return _dates(submission.review, "digest" if said.is_problem else "summary", said)


def add_meeting(session: Session, turn: Turn, submission: posted.MeetingAdd) -> Where:
    """Add a forum's date."""
    said = review_dates.add_meeting(
        session, actor=turn.actor, review_id=submission.review, nonce=submission.nonce,
        name=submission.name, meets_on=submission.meets_on, papers_days=submission.papers_days,
        now=turn.now,
    )  # fmt: skip
    return _dates(submission.review, said=said)


def remove_meeting(session: Session, turn: Turn, submission: posted.MeetingRemove) -> Where:
    """Take back a forum's date."""
    said = review_dates.remove_meeting(
        session, actor=turn.actor, review_id=submission.review, meeting_id=submission.meeting,
        now=turn.now,
    )  # fmt: skip
    return _dates(submission.review, said=said)


# --- what follows a review --------------------------------------------------------------


def what_follows(session: Session, turn: Turn, submission: posted.NextShow) -> Where:
    """What the next review would take along."""
    return Where("next", {"review": submission.review})


def start_next(session: Session, turn: Turn, submission: posted.NextStart) -> Where:
    """The next review: its set-up's check, or the review itself where it runs already."""
    review_id = next_review.start(
        session, actor=turn.actor, review_id=submission.review, nonce=submission.nonce, now=turn.now
    )
    return _opened(session, review_id)


def rated_again(session: Session, turn: Turn, submission: posted.RerateShow) -> Where:
    """What rating one area again would take along."""
    return Where("rerate", {"review": submission.review, "area": submission.area})


def rate_again(session: Session, turn: Turn, submission: posted.RerateStart) -> Where:
    """One area rated again, as a review of its own."""
    review_id = next_review.rerate(
        session, actor=turn.actor, review_id=submission.review, area=submission.area,
        nonce=submission.nonce, now=turn.now,
    )  # fmt: skip
    return _opened(session, review_id)


def _opened(session: Session, review_id: int) -> Where:
    if reviews.state_of(session, review_id=review_id) != ReviewState.DRAFT:
        return Where("review", {"review": review_id})
    said = Feedback("It is set up. Look it over, change what you like, then start it.")
    return Where("set_up", {"review": review_id, "step": "check"}, said)


HANDLERS: Mapping[str, Callable[[Session, Turn, Any], Where]] = {
    "dates.show": show,
    "dates.save": save,
    "meeting.add": add_meeting,
    "meeting.remove": remove_meeting,
    "next.show": what_follows,
    "next.start": start_next,
    "rerate.show": rated_again,
    "rerate.start": rate_again,
}


def _worksheet(submission: shapes.OneArea) -> Where:
    return Where("worksheet", {"review": submission.review})


HOMES: Mapping[str, Callable[[Any], Where]] = {
    "dates.save": lambda submission: _dates(submission.review, "digest"),
    "meeting.add": lambda submission: _dates(submission.review, "meeting"),
    "meeting.remove": lambda submission: _dates(submission.review),
    "next.show": lambda submission: Where("review", {"review": submission.review}),
    "next.start": lambda submission: Where("review", {"review": submission.review}),
    "rerate.show": _worksheet,
    "rerate.start": _worksheet,
}
