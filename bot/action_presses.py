"""Presses on the cards of actions: verb → use case → the card to show."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlmodel import Session

from bot.press import Turn, Where
from cards import time_shapes as posted
from eocif import actions
from eocif.rules.actions import LABELS
from eocif.rules.set_up import NONE
from eocif.summaries import SILENT, Feedback


def _action(submission: posted.OneAction, *, view: str = "summary", page: int = 1) -> Where:
    return Where("action", {"action": submission.action, "view": view, "page": page})


def _said(submission: posted.OneAction, said: Feedback, *, form: str) -> Where:
    """The action, with what the press did; its form again where something is to put right."""
    params = {"action": submission.action, **({"view": form} if said.is_problem else {})}
    return Where("action", params, said)


def _form(submission: posted.ActionSave, said: Feedback = SILENT, *, action: int = 0) -> Where:
    params: dict[str, Any] = {
        "review": submission.review, "area": submission.area,
        "action": action or submission.action, "nonce": submission.nonce,
    }  # fmt: skip
    return Where("action_form", params, said)


# --- reading ------------------------------------------------------------------------------


def show_all(session: Session, turn: Turn, submission: posted.ActionsShow) -> Where:
    """A list of actions."""
    return Where("actions", submission.model_dump())


def show(session: Session, turn: Turn, submission: posted.ActionShow) -> Where:
    """An action, or one of its forms."""
    return _action(submission, view=submission.view, page=submission.page)


# --- writing, for leads -------------------------------------------------------------------


def new(session: Session, turn: Turn, submission: posted.ActionNew) -> Where:
    """The form of a new action."""
    return Where("action_form", {"review": submission.review, "area": submission.area})


def edit(session: Session, turn: Turn, submission: posted.ActionEdit) -> Where:
    """The form of an action that is there."""
    return Where("action_form", {"action": submission.action})


def save(session: Session, turn: Turn, submission: posted.ActionSave) -> Where:
    """Make or change an action. Tags that are all unticked do not arrive: there are none then."""
    fields = submission.model_dump(include=set(LABELS))
    number, said = actions.save(
        session, actor=turn.actor, review_id=submission.review, action_id=submission.action,
        area=submission.area, nonce=submission.nonce,
        posted={**fields, "tags": ",".join(submission.tags) or NONE},
        owner_name=submission.owner_name, because=submission.because, shown=submission.shown,
        now=turn.now,
    )  # fmt: skip
    if said.is_problem:
        return _form(submission, said, action=number)
    return Where("action", {"action": number}, said)


# --- what is said of an action --------------------------------------------------------------


def accept(session: Session, turn: Turn, submission: posted.ActionAccept) -> Where:
    """“I will do this.”"""
    said = actions.accept(session, actor=turn.actor, action_id=submission.action, now=turn.now)
    return _said(submission, said, form="summary")


def refuse(session: Session, turn: Turn, submission: posted.ActionRefuse) -> Where:
    """“Not mine.”"""
    said = actions.refuse(
        session, actor=turn.actor, action_id=submission.action, reason=submission.reason,
        now=turn.now,
    )  # fmt: skip
    return _said(submission, said, form="refuse")


def note(session: Session, turn: Turn, submission: posted.ActionNote) -> Where:
    """A progress note, evidence, or both."""
    said = actions.note(
        session, actor=turn.actor, action_id=submission.action, nonce=submission.nonce,
        note=submission.note, evidence=submission.evidence, link=submission.link, now=turn.now,
    )  # fmt: skip
    return _said(submission, said, form="note")


def ask_date(session: Session, turn: Turn, submission: posted.ActionAskDate) -> Where:
    """Ask for another date."""
    said = actions.ask_date(
        session, actor=turn.actor, action_id=submission.action, wanted_on=submission.wanted_on,
        reason=submission.reason, now=turn.now,
    )  # fmt: skip
    return _said(submission, said, form="ask_date")


def answer_date(session: Session, turn: Turn, submission: posted.ActionAnswerDate) -> Where:
    """Agree to another date, or not."""
    said = actions.answer_date(
        session, actor=turn.actor, action_id=submission.action, answer=submission.answer,
        wanted_on=submission.wanted_on, reason=submission.reason, now=turn.now,
    )  # fmt: skip
    return _said(submission, said, form="answer_date")


def done(session: Session, turn: Turn, submission: posted.ActionDone) -> Where:
    """It is done."""
    said = actions.done(
        session, actor=turn.actor, action_id=submission.action, changed=submission.changed,
        now=turn.now,
    )  # fmt: skip
    return _said(submission, said, form="done")


def withdraw(session: Session, turn: Turn, submission: posted.ActionWithdraw) -> Where:
    """It will not be done."""
    said = actions.withdraw(
        session, actor=turn.actor, action_id=submission.action, reason=submission.reason,
        now=turn.now,
    )  # fmt: skip
    return _said(submission, said, form="withdraw")


def resume(session: Session, turn: Turn, submission: posted.ActionResume) -> Where:
    """It is taken up again."""
    said = actions.resume(
        session, actor=turn.actor, action_id=submission.action, reason=submission.reason,
        now=turn.now,
    )  # fmt: skip
    return _said(submission, said, form="resume")


HANDLERS: Mapping[str, Callable[[Session, Turn, Any], Where]] = {
    "actions.show": show_all,
    "action.show": show,
    "action.new": new,
    "action.edit": edit,
    "action.save": save,
    "action.accept": accept,
    "action.refuse": refuse,
    "action.note": note,
    "action.ask_date": ask_date,
    "action.answer_date": answer_date,
    "action.done": done,
    "action.withdraw": withdraw,
    "action.resume": resume,
}


def _again(view: str) -> Callable[[Any], Where]:
    """The card that was pressed."""

    def home(submission: Any) -> Where:
        return _action(submission, view=view)

    return home


HOMES: Mapping[str, Callable[[Any], Where]] = {
    "action.save": _form,
    "action.accept": _again("summary"),
    "action.refuse": _again("refuse"),
    "action.note": _again("note"),
    "action.ask_date": _again("ask_date"),
    "action.answer_date": _again("answer_date"),
    "action.done": _again("done"),
    "action.withdraw": _again("withdraw"),
    "action.resume": _again("resume"),
}
