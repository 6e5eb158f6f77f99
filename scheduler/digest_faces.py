"""The weekly digest, turned into a face: for the message that goes out, and for a press."""

from collections.abc import Callable, Mapping
from datetime import datetime

from sqlmodel import Session

from cards import digest
from cards.face import Face
from eocif import digests
from eocif.models import Delivery
from eocif.people import Actor
from eocif.summaries import SILENT, Feedback


def one_digest(
    session: Session, *, actor: Actor, now: datetime, review: int = 0, said: Feedback = SILENT
) -> Face:
    """The digest as it is now; review 0 is the first that has something to say."""
    summary = digests.digest(session, actor=actor, review_id=review, now=now)
    return digest.digest(summary, said, for_user=actor.teams_id)


def weekly(session: Session, *, actor: Actor, row: Delivery, now: datetime) -> Face | str:
    """The digest that a delivery brings now, or why it has become pointless."""
    found = digests.to_send(session, actor=actor, row=row, now=now)
    return found if isinstance(found, str) else digest.digest(found, for_user=actor.teams_id)


BY_NAME: Mapping[str, Callable[..., Face]] = {"digest": one_digest}
