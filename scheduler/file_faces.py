"""What a card about files shows: see `scheduler.faces`."""

from collections.abc import Callable, Mapping
from datetime import datetime

from sqlmodel import Session

from cards import files as file_card
from cards import reports
from cards.face import Face
from cards.worksheet import leads
from eocif import review_groups, worksheets
from eocif.people import Actor
from eocif.summaries import SILENT, Feedback, FileAnswer


def one_file(
    session: Session, *, actor: Actor, now: datetime, review: int, format: str, version: str,
    what: str, member: int = 0, said: Feedback = SILENT,
) -> Face:  # fmt: skip
    """What became of an offer."""
    return file_card.answered(FileAnswer(review, format, version, member, what), said)


def all_reports(
    session: Session, *, actor: Actor, now: datetime, review: int, said: Feedback = SILENT
) -> Face:
    """Which reports this person may have."""
    summary = worksheets.worksheet(session, actor=actor, review_id=review, section=0, now=now)
    members = review_groups.listing(session, review_id=review) if leads(summary) else ()
    return reports.reports(summary, members, said, for_user=actor.teams_id)


BY_NAME: Mapping[str, Callable[..., Face]] = {"file": one_file, "reports": all_reports}
