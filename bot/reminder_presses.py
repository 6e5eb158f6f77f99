"""Presses on the card of the day's reminders."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlmodel import Session

from bot.press import Turn, Where
from cards.time_shapes import RemindersShow


def show(session: Session, turn: Turn, submission: RemindersShow) -> Where:
    """The reminders as they stand, or when to hear again of one."""
    return Where("reminders", {"ids": list(submission.ids), "later": submission.later})


HANDLERS: Mapping[str, Callable[[Session, Turn, Any], Where]] = {"reminders.show": show}
