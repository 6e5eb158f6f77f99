"""Presses on the cards beside the set-up's six steps: rules, local words, perspectives."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlmodel import Session

from bot.press import Turn, Where
from cards import local_shapes as posted
from eocif import set_up_local, set_up_perspectives, set_up_rules
from eocif.rules.set_up import RULES
from eocif.summaries import SILENT, Feedback

_SAVED = "Saved. Type “review” when you want to carry on."


def _step(review: int, step: str, said: Feedback = SILENT, **about: Any) -> Where:
    return Where("set_up", {"review": review, "step": step, **about}, said)


def rules(session: Session, turn: Turn, submission: posted.SetupRules) -> Where:
    """Save the rules, then go back to the check or stay."""
    said = set_up_rules.save_rules(
        session, actor=turn.actor, review_id=submission.review,
        posted=submission.model_dump(include=set(RULES)), shown=submission.shown, now=turn.now,
    )  # fmt: skip
    if said.is_problem:
        return _step(submission.review, "rules", said)
    if submission.go == "stay":
        return _step(submission.review, "rules", Feedback(_SAVED))
    return _step(submission.review, "check", Feedback("Saved."))


def add_statement(session: Session, turn: Turn, submission: posted.LocalAdd) -> Where:
    """Add a local statement."""
    name = set_up_local.add_statement(
        session, actor=turn.actor, review_id=submission.review, nonce=submission.nonce,
        area=submission.area, text=submission.text, plain=submission.plain, now=turn.now,
    )  # fmt: skip
    return _step(submission.review, "local", Feedback(f"{name} is added."))


def remove_statement(session: Session, turn: Turn, submission: posted.LocalRemove) -> Where:
    """Take a local statement out."""
    set_up_local.remove_statement(
        session, actor=turn.actor, review_id=submission.review, code=submission.code, now=turn.now
    )
    said = Feedback("The statement is removed. Nobody will be asked about it.")
    return _step(submission.review, "local", said)


def help_(session: Session, turn: Turn, submission: posted.LocalHelp) -> Where:
    """Save an area's local title and lines of help."""
    said = set_up_local.save_help(
        session, actor=turn.actor, review_id=submission.review, number=submission.area,
        posted=submission.fields, shown=submission.shown, now=turn.now,
    )  # fmt: skip
    if said.is_problem:
        return _step(submission.review, "local_help", said, area=submission.area)
    return _step(submission.review, "local", Feedback("Saved."))


def not_provided(session: Session, turn: Turn, submission: posted.NotProvided) -> Where:
    """Say that a service is not provided here, or that it is."""
    said = set_up_local.save_not_provided(
        session, actor=turn.actor, review_id=submission.review, service=submission.service,
        reason=submission.reason, shown=submission.shown, is_provided=submission.provided,
        now=turn.now,
    )  # fmt: skip
    if said.is_problem:
        return _step(submission.review, "not_provided", said, service=submission.service)
    return _step(submission.review, "local", Feedback("Saved."))


def add_perspective(session: Session, turn: Turn, submission: posted.PerspectiveAdd) -> Where:
    """Add a perspective to the list."""
    set_up_perspectives.add_perspective(
        session, actor=turn.actor, review_id=submission.review, nonce=submission.nonce,
        name=submission.name, voice=submission.voice, now=turn.now,
    )  # fmt: skip
    said = Feedback("The perspective is added. You can add people to it from the group.")
    return _step(submission.review, "perspectives", said)


def change_perspective(session: Session, turn: Turn, submission: posted.PerspectiveChange) -> Where:
    """Rename a perspective, or give it another voice."""
    said = set_up_perspectives.change_perspective(
        session, actor=turn.actor, review_id=submission.review, key=submission.perspective,
        posted=submission.model_dump(include={"name", "voice"}), shown=submission.shown,
        now=turn.now,
    )  # fmt: skip
    if said.is_problem:
        about = {"perspective": submission.perspective}
        return _step(submission.review, "perspective_change", said, **about)
    return _step(submission.review, "perspectives", Feedback("Saved."))


def offer_perspective(session: Session, turn: Turn, submission: posted.PerspectiveOffer) -> Where:
    """Take a perspective off the list, or put it back."""
    set_up_perspectives.offer_perspective(
        session, actor=turn.actor, review_id=submission.review, key=submission.perspective,
        offer=submission.offer, now=turn.now,
    )  # fmt: skip
    off = "It is off the list. Those who speak from it still do, and their answers are kept."
    said = Feedback("It is on the list again." if submission.offer else off)
    return _step(submission.review, "perspectives", said)


HANDLERS: Mapping[str, Callable[[Session, Turn, Any], Where]] = {
    "setup.rules": rules,
    "setup.local_add": add_statement,
    "setup.local_remove": remove_statement,
    "setup.local_help": help_,
    "setup.not_provided": not_provided,
    "setup.perspective_add": add_perspective,
    "setup.perspective_change": change_perspective,
    "setup.perspective_offer": offer_perspective,
}


def _at(step: str, *about: str) -> Callable[[Any], Where]:
    def home(submission: Any) -> Where:
        return _step(submission.review, step, **{name: getattr(submission, name) for name in about})

    return home


# Where each press came from: shown again, with what was typed, if it is refused.
HOMES: Mapping[str, Callable[[Any], Where]] = {
    "setup.rules": _at("rules"),
    "setup.local_add": _at("local_statement"),
    "setup.local_remove": _at("local"),
    "setup.local_help": _at("local_help", "area"),
    "setup.not_provided": _at("not_provided", "service"),
    "setup.perspective_add": _at("perspective_add"),
    "setup.perspective_change": _at("perspective_change", "perspective"),
    "setup.perspective_offer": _at("perspective_change", "perspective"),
}
