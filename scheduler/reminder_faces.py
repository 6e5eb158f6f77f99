"""The card of the day's reminders: see `scheduler.faces`."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from sqlmodel import Session

from cards.face import Face
from cards.reminders import reminders
from eocif import gathering
from eocif.people import Actor
from eocif.rules.dates import london_day
from eocif.summaries import SILENT, Feedback


def of_today(
    session: Session, *, actor: Actor, now: datetime, ids: Sequence[int] = (), later: str = "",
    said: Feedback = SILENT,
) -> Face:  # fmt: skip
    """Someone's reminders as they stand, or when to hear again of one."""
    summary = gathering.card(session, actor=actor, ids=ids, now=now)
    return reminders(
        summary, said, today=london_day(now), later=later, for_user=actor.teams_id
    )  # fmt: skip


BY_NAME: Mapping[str, Callable[..., Face]] = {"reminders": of_today}
