"""The card on which people say when they want to hear from us."""

from collections.abc import Callable, Mapping
from datetime import datetime

from sqlmodel import Session

from cards import habits as habits_card
from cards.face import Face
from eocif import habit_forms
from eocif.people import Actor
from eocif.summaries import SILENT, Feedback


def habits(
    session: Session, *, actor: Actor, now: datetime, said: Feedback = SILENT
) -> Face:  # fmt: skip
    """How often we write to someone."""
    summary = habit_forms.show(session, actor=actor, now=now)
    return habits_card.habits(summary, said, for_user=actor.teams_id)


BY_NAME: Mapping[str, Callable[..., Face]] = {"habits": habits}
