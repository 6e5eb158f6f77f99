"""Presses about when people want to hear from us: verb → use case → the card to show."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlmodel import Session

from bot.press import Turn, Where
from cards import shapes
from cards import time_shapes as posted
from eocif import habit_forms, snoozes
from eocif.rules.habit_form import LABELS
from eocif.summaries import SILENT, Feedback


def _habits(said: Feedback = SILENT) -> Where:
    return Where("habits", {}, said)


def show(session: Session, turn: Turn, submission: shapes.Show) -> Where:
    """How often we write to them."""
    return _habits()


def save(session: Session, turn: Turn, submission: posted.HabitsSave) -> Where:
    """Save how often, in which hours, and when they are away."""
    said = habit_forms.save(
        session, actor=turn.actor, posted=submission.model_dump(include=set(LABELS)),
        shown=submission.shown, now=turn.now,
    )  # fmt: skip
    return _habits(said)


def back(session: Session, turn: Turn, submission: posted.HabitsBack) -> Where:
    """Back from leave early, or not going."""
    return _habits(habit_forms.back(session, actor=turn.actor, now=turn.now))


def wake(session: Session, turn: Turn, submission: posted.HabitsWake) -> Where:
    """To hear of something again."""
    return _habits(
        snoozes.wake(session, actor=turn.actor, subject=submission.subject, now=turn.now)
    )


def snooze(session: Session, turn: Turn, submission: posted.RemindersSnooze) -> Where:
    """Not to hear of something before a day."""
    said = snoozes.snooze(
        session, actor=turn.actor, subject=submission.subject, until=submission.until, now=turn.now
    )
    return _reminders(submission, said)


def _reminders(
    submission: posted.RemindersSnooze, said: Feedback = SILENT, *, later: str = ""
) -> Where:
    return Where("reminders", {"ids": list(submission.ids), "later": later}, said)


HANDLERS: Mapping[str, Callable[[Session, Turn, Any], Where]] = {
    "habits.show": show,
    "habits.save": save,
    "habits.back": back,
    "habits.wake": wake,
    "reminders.snooze": snooze,
}
HOMES: Mapping[str, Callable[[Any], Where]] = {
    "habits.save": lambda submission: _habits(),
    "reminders.snooze": lambda submission: _reminders(submission, later=submission.subject),
}
