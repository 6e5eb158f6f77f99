"""Presses on the cards of an area's lead, until its draft goes round: verb → use case → card."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlmodel import Session

from bot.press import Turn, Where
from cards import shapes
from cards import worksheet_shapes as posted
from eocif import drafts, voices
from eocif.rules import drafting
from eocif.rules.dates import day_in_words
from eocif.rules.hiding import ALL_HIDDEN, HIDDEN
from eocif.summaries import SILENT, Feedback


def _results(submission: shapes.OneArea, said: Feedback = SILENT, *, code: str = "") -> Where:
    params = {"review": submission.review, "area": submission.area, "code": code}
    return Where("results", params, said)


def _draft(submission: shapes.OneArea, step: str, said: Feedback = SILENT, **more: int) -> Where:
    params = {"review": submission.review, "area": submission.area, "step": step, **more}
    return Where("draft", params, said)


def _words(
    submission: posted.VoicesShow, said: Feedback = SILENT, *, hide: str = "", consent: str = ""
) -> Where:
    params = {
        "review": submission.review, "area": submission.area, "field": submission.field,
        "page": submission.page, "hide": hide, "consent": consent,
    }  # fmt: skip
    return Where("voices", params, said)


# --- reading ------------------------------------------------------------------------------


def results(session: Session, turn: Turn, submission: posted.ResultsShow) -> Where:
    """How an area's ratings are spread."""
    return _results(submission, code=submission.code)


def read(session: Session, turn: Turn, submission: posted.VoicesShow) -> Where:
    """People's own words, or a form for one of them."""
    return _words(submission, hide=submission.hide, consent=submission.consent)


def hide(session: Session, turn: Turn, submission: posted.VoicesHide) -> Where:
    """Hide words that identify someone."""
    voices.hide(
        session, actor=turn.actor, review_id=submission.review, number=submission.area,
        key=submission.hide, words=submission.words, reason=submission.reason, now=turn.now,
    )  # fmt: skip
    shown = HIDDEN if submission.words else ALL_HIDDEN
    sentence = (
        f"Everyone now reads “{shown}” here. "
        "Only the author still sees the words, with your reason."
    )
    return _words(submission, Feedback(sentence))


def unhide(session: Session, turn: Turn, submission: posted.VoicesUnhide) -> Where:
    """Show a hidden text again."""
    voices.unhide(
        session, actor=turn.actor, review_id=submission.review, number=submission.area,
        key=submission.hide, now=turn.now,
    )  # fmt: skip
    return _words(submission, Feedback("All of this text is shown again."))


def consent(session: Session, turn: Turn, submission: posted.VoicesConsent) -> Where:
    """Record consent to show a story to the board."""
    voices.record_consent(
        session, actor=turn.actor, review_id=submission.review, number=submission.area,
        key=submission.consent, how=submission.how, now=turn.now,
    )  # fmt: skip
    return _words(submission, Feedback("Consent is recorded. The board report shows this story."))


# --- drafting -----------------------------------------------------------------------------

_SAVED = Feedback("Your draft is saved. You can stop here and come back.")


def show(session: Session, turn: Turn, submission: posted.DraftShow) -> Where:
    """A step of the lead's work."""
    return _draft(submission, submission.step, response=submission.response, page=submission.page)


def words(session: Session, turn: Turn, submission: posted.DraftWords) -> Where:
    """Save the words step, then go on or stop."""
    fields = submission.model_dump(include=set(drafting.OF_WORDS))
    said = drafts.save_words(
        session, actor=turn.actor, review_id=submission.review, number=submission.area,
        words={**fields, "draws_on": ",".join(submission.draws_on)}, shown=submission.shown,
        now=turn.now,
    )  # fmt: skip
    if said.is_problem:
        return _draft(submission, "words", said)
    return _after(submission, submission.go)


def levels(session: Session, turn: Turn, submission: posted.DraftLevels) -> Where:
    """Save the levels step, then go on, back or stop."""
    said = drafts.save_levels(
        session, actor=turn.actor, review_id=submission.review, number=submission.area,
        fields=submission.fields, shown=submission.shown, now=turn.now,
    )  # fmt: skip
    if said.is_problem:
        return _draft(submission, "levels", said)
    return _after(submission, submission.go)


def _after(submission: shapes.OneArea, go: str) -> Where:
    return _results(submission, _SAVED) if go == "stop" else _draft(submission, go)


def clear(session: Session, turn: Turn, submission: posted.DraftClear) -> Where:
    """Empty fields of the draft."""
    said = drafts.clear(
        session, actor=turn.actor, review_id=submission.review, number=submission.area,
        what=submission.what, now=turn.now,
    )  # fmt: skip
    return _draft(submission, submission.step, said)


def send(session: Session, turn: Turn, submission: posted.DraftSend) -> Where:
    """Send the draft to the group."""
    day = drafts.send(
        session, actor=turn.actor, review_id=submission.review, number=submission.area,
        now=turn.now,
    )  # fmt: skip
    until = f" They have until 5pm on {day_in_words(day)}." if day else ""
    sentence = f"The draft of area {submission.area} is with the group.{until}"
    return _results(submission, Feedback(sentence))


def set_aside(session: Session, turn: Turn, submission: posted.SetAside) -> Where:
    """Set an area aside."""
    drafts.set_aside(
        session, actor=turn.actor, review_id=submission.review, number=submission.area,
        reason=submission.reason, now=turn.now,
    )  # fmt: skip
    sentence = f"Area {submission.area} is set aside. Everything people gave is kept."
    return Where("review", {"review": submission.review}, Feedback(sentence))


HANDLERS: Mapping[str, Callable[[Session, Turn, Any], Where]] = {
    "results.show": results,
    "voices.show": read,
    "voices.hide": hide,
    "voices.unhide": unhide,
    "voices.consent": consent,
    "draft.show": show,
    "draft.words": words,
    "draft.levels": levels,
    "draft.clear": clear,
    "draft.send": send,
    "draft.set_aside": set_aside,
}
HOMES: Mapping[str, Callable[[Any], Where]] = {
    "voices.hide": lambda submission: _words(submission, hide=submission.hide),
    "voices.unhide": _words,
    "voices.consent": lambda submission: _words(submission, consent=submission.consent),
    "draft.words": lambda submission: _draft(submission, "words"),
    "draft.levels": lambda submission: _draft(submission, "levels"),
    "draft.clear": lambda submission: _draft(submission, "send"),
    "draft.send": lambda submission: _draft(submission, "send"),
    "draft.set_aside": lambda submission: _draft(submission, "set_aside"),
}
