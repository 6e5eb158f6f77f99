"""Presses on the lead's cards: verb → use case → the card to show."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlmodel import Session

from bot.press import Turn, Where
from cards import shapes
from cards import submissions as posted
from eocif import reminders, reviews, rounds
from eocif.access import area_of
from eocif.errors import NotNow
from eocif.rules.dates import day_in_words
from eocif.rules.progress import ReviewState
from eocif.summaries import Feedback


def outstanding(session: Session, turn: Turn, submission: posted.OutstandingShow) -> Where:
    """Who has not answered."""
    return Where("outstanding", {"review": submission.review, "by": submission.by})


def remind(session: Session, turn: Turn, submission: shapes.OnReview) -> Where:
    """Remind those who have not answered."""
    done = reminders.remind(session, actor=turn.actor, review_id=submission.review, now=turn.now)
    return Where("reminded", {"review": submission.review, "done": done})


def show(session: Session, turn: Turn, submission: posted.ReviewShow) -> Where:
    """A review at a glance, or one of its forms."""
    return Where(
        "review",
        {"review": submission.review, "view": submission.view, "area": submission.area},
    )


def _summary(review: int, sentence: str) -> Where:
    return Where("review", {"review": review}, Feedback(sentence))


def extend(session: Session, turn: Turn, submission: posted.ReviewExtend) -> Where:
    """Give a round a later closing day."""
    day = rounds.extend(
        session, actor=turn.actor, review_id=submission.review, number=submission.area,
        until=submission.until, now=turn.now,
    )  # fmt: skip
    sentence = f"{_which(session, submission)} now closes at 5pm on {day_in_words(day)}."
    return _summary(submission.review, sentence)


def _which(session: Session, submission: posted.ReviewExtend | posted.ReviewClose) -> str:
    """The area, and its round where that is not the first."""
    area = area_of(session, review_id=submission.review, number=submission.area)
    return rounds.in_words(area)


def close(session: Session, turn: Turn, submission: posted.ReviewClose) -> Where:
    """Close a round early."""
    day = rounds.close_early(
        session, actor=turn.actor, review_id=submission.review, number=submission.area,
        now=turn.now,
    )  # fmt: skip
    sentence = f"{_which(session, submission)} closes at 5pm on {day_in_words(day)}."
    return _summary(submission.review, sentence)


def cancel(session: Session, turn: Turn, submission: posted.ReviewCancel) -> Where:
    """Cancel a review. A press that comes again finds it cancelled, and is answered alike."""
    try:
        reviews.cancel(
            session, actor=turn.actor, review_id=submission.review, reason=submission.reason,
            now=turn.now,
        )  # fmt: skip
    except NotNow:
        if reviews.state_of(session, review_id=submission.review) != ReviewState.CANCELLED:
            raise
    sentence = "This review is cancelled. Nobody is asked anything more. Every answer is kept."
    return _summary(submission.review, sentence)


HANDLERS: Mapping[str, Callable[[Session, Turn, Any], Where]] = {
    "outstanding.show": outstanding,
    "outstanding.remind": remind,
    "review.show": show,
    "review.extend": extend,
    "review.close": close,
    "review.cancel": cancel,
}


def _form(view: str) -> Callable[[Any], Where]:
    def home(submission: Any) -> Where:
        return Where("review", {"review": submission.review, "view": view})

    return home


HOMES: Mapping[str, Callable[[Any], Where]] = {
    "outstanding.remind": lambda submission: Where(
        "outstanding", {"review": submission.review, "by": "person"}
    ),
    "review.extend": _form("extend"),
    "review.close": _form("close"),
    "review.cancel": _form("cancel"),
}
