"""The cards of a review's dates, of the next review, and of one area rated again."""

from collections.abc import Callable, Mapping
from datetime import datetime

from sqlmodel import Session

from cards import dates as dates_card
from cards import next_review as next_card
from cards.face import Face
from eocif import next_review, review_dates
from eocif.people import Actor
from eocif.summaries import SILENT, Feedback

_VIEWS: Mapping[str, Callable[..., Face]] = {
    "summary": dates_card.dates,
    "meeting": dates_card.meeting,
    "digest": dates_card.digest,
}


def dates(
    session: Session, *, actor: Actor, now: datetime, review: int, view: str = "summary",
    said: Feedback = SILENT,
) -> Face:  # fmt: skip
    """A review's dates, or one of their forms."""
    given = review_dates.dates(session, actor=actor, review_id=review, now=now)
    return _VIEWS[view](given, said, for_user=actor.teams_id)


def what_follows(
    session: Session, *, actor: Actor, now: datetime, review: int, said: Feedback = SILENT
) -> Face:
    """What the next review would take along."""
    given = next_review.step(session, actor=actor, review_id=review, now=now)
    return next_card.next_review(given, said, for_user=actor.teams_id)


def rated_again(
    session: Session, *, actor: Actor, now: datetime, review: int, area: int,
    said: Feedback = SILENT,
) -> Face:  # fmt: skip
    """What rating one area again would take along."""
    given = next_review.rerate_step(session, actor=actor, review_id=review, area=area, now=now)
    return next_card.rerate(given, said, for_user=actor.teams_id)


BY_NAME: Mapping[str, Callable[..., Face]] = {
    "dates": dates,
    "next": what_follows,
    "rerate": rated_again,
}
