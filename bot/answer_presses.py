"""Presses on a member's cards: verb → use case → the card to show."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlmodel import Session

from bot.press import Turn, Where
from cards import shapes
from cards import submissions as posted
from eocif import views
from eocif.rules.answers import WORDS, Offered
from eocif.summaries import SILENT, Feedback


def area(submission: shapes.OnArea, step: str = "auto", said: Feedback = SILENT) -> Where:
    """One of an area's cards."""
    place = submission.place
    params = {
        "review": place.review_id, "areas": place.areas, "area": place.area,
        "member": place.member_id, "step": step,
    }  # fmt: skip
    return Where("area", params, said)


def mine(session: Session, turn: Turn, submission: shapes.Show) -> Where:
    """Everything open for the person."""
    return Where("my_areas")


def help_(session: Session, turn: Turn, submission: shapes.Show) -> Where:
    """What can be typed."""
    return Where("help")


def week(session: Session, turn: Turn, submission: shapes.OnWeek) -> Where:
    """The start of a weekly message."""
    return Where("week", {"review": submission.review, "areas": submission.areas})


def show(session: Session, turn: Turn, submission: posted.AreaShow) -> Where:
    """Open an area."""
    return area(submission, submission.step)


def levels(session: Session, turn: Turn, submission: posted.AreaLevels) -> Where:
    """Save the levels step, then go on to words or stop."""
    shown = {field.removeprefix("level_"): each for field, each in submission.shown.items()}
    said = views.save_levels(
        session, actor=turn.actor, place=submission.place, levels=submission.levels,
        shown=shown, now=turn.now,
    )  # fmt: skip
    if said.is_problem:
        return area(submission, "levels", said)
    return area(submission, "words" if submission.go == "words" else "saved")


def words(session: Session, turn: Turn, submission: posted.AreaWords) -> Where:
    """Save the words step, then show what was saved, or ask for more."""
    offered = Offered(
        submission.nonce, submission.source, submission.kind, submission.evidence, submission.link
    )
    said = views.save_words(
        session, actor=turn.actor, place=submission.place,
        words=submission.model_dump(include=set(WORDS)), offered=offered,
        shown=submission.shown, now=turn.now,
    )  # fmt: skip
    if said.is_problem:
        return area(submission, "words", said)
    after = {"saved": "saved", "more": "words", "levels": "levels"}
    return area(submission, after[submission.go])


def withdraw(session: Session, turn: Turn, submission: posted.AreaWithdraw) -> Where:
    """Delete the answer."""
    said = views.withdraw(session, actor=turn.actor, place=submission.place, now=turn.now)
    return area(submission, "saved", said)


def clear(session: Session, turn: Turn, submission: posted.AreaClear) -> Where:
    """Clear parts of the answer."""
    if not submission.what:
        sentence = "Nothing is chosen. Choose what to clear."
        return area(submission, "clear", Feedback(sentence, True, problems={"what": sentence}))
    said = views.clear(
        session, actor=turn.actor, place=submission.place, what=submission.what, now=turn.now
    )
    return area(submission, "saved", said)


HANDLERS: Mapping[str, Callable[[Session, Turn, Any], Where]] = {
    "mine.show": mine,
    "help.show": help_,
    "week.show": week,
    "area.show": show,
    "area.levels": levels,
    "area.words": words,
    "area.withdraw": withdraw,
    "area.clear": clear,
}
HOMES: Mapping[str, Callable[[Any], Where]] = {
    "area.levels": lambda submission: area(submission, "levels"),
    "area.words": lambda submission: area(submission, "words"),
    "area.clear": lambda submission: area(submission, "clear"),
}
