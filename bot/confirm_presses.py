"""Presses on the cards with which a member answers a draft: verb → use case → the card to show."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlmodel import Session

from bot.press import Turn, Where
from cards import shapes
from cards import worksheet_shapes as posted
from eocif import confirmations
from eocif.summaries import SILENT, Feedback


def draft(
    submission: shapes.OnArea, step: str = "auto", said: Feedback = SILENT, **more: Any
) -> Where:
    """One of the cards of an area's draft."""
    place = submission.place
    params = {
        "review": place.review_id, "areas": place.areas, "area": place.area,
        "member": place.member_id, "step": step, **more,
    }  # fmt: skip
    return Where("confirm", params, said)


def show(session: Session, turn: Turn, submission: posted.ConfirmShow) -> Where:
    """Open a draft, others' words on it, or a step of one's answer."""
    more = submission.model_dump(include={"field", "page", "answer"})
    return draft(submission, submission.step, **more)


def levels(session: Session, turn: Turn, submission: posted.ConfirmLevels) -> Where:
    """Save changed levels, then go on to the answer or stop."""
    said = confirmations.save_levels(
        session, actor=turn.actor, place=submission.place, fields=submission.fields,
        shown=submission.shown, now=turn.now,
    )  # fmt: skip
    if said.is_problem:
        return draft(submission, "levels", said)
    whose = "Their" if submission.member else "Your"
    saved = Feedback(f"{whose} levels are saved.")
    return draft(submission, "answer" if submission.go == "answer" else "saved", saved)


def answer(session: Session, turn: Turn, submission: posted.ConfirmAnswer) -> Where:
    """Save agreement, a comment or a concern."""
    said = confirmations.save_answer(
        session, actor=turn.actor, place=submission.place, answer=submission.answer,
        comment=submission.comment, shown=submission.shown, now=turn.now,
    )  # fmt: skip
    return draft(submission, "answer" if said.is_problem else "saved", said)


HANDLERS: Mapping[str, Callable[[Session, Turn, Any], Where]] = {
    "confirm.show": show,
    "confirm.levels": levels,
    "confirm.answer": answer,
}
HOMES: Mapping[str, Callable[[Any], Where]] = {
    "confirm.levels": lambda submission: draft(submission, "levels"),
    "confirm.answer": lambda submission: draft(submission, "answer"),
}
