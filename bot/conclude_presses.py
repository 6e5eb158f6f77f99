"""Presses that end an area or a review, and those on the worksheet: verb → use case → card."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlmodel import Session

from bot.press import Turn, Where
from cards import shapes
from cards import worksheet_shapes as posted
from eocif import conclusions, report_facts, reviews, sign_off
from eocif.errors import NotNow
from eocif.rules.dates import day_in_words
from eocif.rules.facts import LABELS
from eocif.rules.progress import ReviewState
from eocif.summaries import SILENT, Feedback


def _draft(submission: shapes.OneArea, step: str, said: Feedback = SILENT) -> Where:
    params = {"review": submission.review, "area": submission.area, "step": step}
    return Where("draft", params, said)


def _worksheet(review: int, said: Feedback = SILENT, *, section: int = 0) -> Where:
    return Where("worksheet", {"review": review, "section": section}, said)


# --- an area ----------------------------------------------------------------------------


def reply(session: Session, turn: Turn, submission: posted.ConcludeReply) -> Where:
    """Answer a concern, or let it stand."""
    said = conclusions.reply(
        session, actor=turn.actor, review_id=submission.review, number=submission.area,
        response_id=submission.response, reply=submission.reply, kind=submission.kind,
        shown=submission.shown, now=turn.now,
    )  # fmt: skip
    return _draft(submission, "concerns", said)


def finish(session: Session, turn: Turn, submission: posted.ConcludeFinish) -> Where:
    """Conclude an area."""
    conclusions.conclude(
        session, actor=turn.actor, review_id=submission.review, number=submission.area,
        now=turn.now,
    )  # fmt: skip
    sentence = f"Area {submission.area} is concluded. We tell everyone who took part and has Teams."
    return _draft(submission, "results", Feedback(sentence))


def outcome(session: Session, turn: Turn, submission: posted.OutcomeShow) -> Where:
    """What became of an area."""
    place = submission.place
    return Where(
        "outcome",
        {
            "review": place.review_id, "areas": place.areas, "area": place.area,
            "member": place.member_id,
        },
    )  # fmt: skip


def ask_to_reopen(session: Session, turn: Turn, submission: posted.ReopenShow) -> Where:
    """Ask why an area is to be opened again."""
    return Where("reopen", {"review": submission.review, "area": submission.area})


def reopen(session: Session, turn: Turn, submission: posted.Reopen) -> Where:
    """Open a concluded or set-aside area again."""
    opens_on = sign_off.reopen(
        session, actor=turn.actor, review_id=submission.review, number=submission.area,
        reason=submission.reason, now=turn.now,
    )  # fmt: skip
    on = f" from {day_in_words(opens_on)}" if opens_on else ""
    sentence = f"Area {submission.area} is open again{on}. Every later report says so."
    return _worksheet(submission.review, Feedback(sentence))


# --- the review -------------------------------------------------------------------------


def worksheet(session: Session, turn: Turn, submission: posted.WorksheetShow) -> Where:
    """The worksheet as it stands."""
    return _worksheet(submission.review, section=submission.section)


def last_look(session: Session, turn: Turn, submission: posted.SignOffShow) -> Where:
    """The last look before sign-off."""
    return Where("sign_off", {"review": submission.review})


def do_sign_off(session: Session, turn: Turn, submission: posted.SignOffDo) -> Where:
    """Sign a review off. A press that comes again finds it signed off, and is answered alike.

    A day that the card had filled in is three years from today, also where it was shown before.
    """
    chosen = "" if submission.reassess_on == submission.offered else submission.reassess_on
    try:
        sign_off.sign_off(
            session, actor=turn.actor, review_id=submission.review,
            reassess_on=chosen, reassess_because=submission.reassess_because,
            now=turn.now,
        )  # fmt: skip
    except NotNow:
        if reviews.state_of(session, review_id=submission.review) != ReviewState.SIGNED_OFF:
            raise
    return _worksheet(
        submission.review,
        Feedback(
            "This review is signed off. Its dates are below. Nobody is asked for answers now."
        ),
    )


def facts(session: Session, turn: Turn, submission: posted.FactsShow) -> Where:
    """What reports say besides."""
    return Where("facts", {"review": submission.review})


def save_facts(session: Session, turn: Turn, submission: posted.FactsSave) -> Where:
    """Save what reports say besides."""
    fields = submission.model_dump(include=set(LABELS))
    said = report_facts.save(
        session, actor=turn.actor, review_id=submission.review,
        posted={**fields, "attached": ",".join(submission.attached)},
        shown=submission.shown, now=turn.now,
    )  # fmt: skip
    return Where("facts", {"review": submission.review}, said)


HANDLERS: Mapping[str, Callable[[Session, Turn, Any], Where]] = {
    "conclude.reply": reply,
    "conclude.finish": finish,
    "outcome.show": outcome,
    "worksheet.show": worksheet,
    "signoff.show": last_look,
    "signoff.do": do_sign_off,
    "reopen.show": ask_to_reopen,
    "reopen.do": reopen,
    "facts.show": facts,
    "facts.save": save_facts,
}
HOMES: Mapping[str, Callable[[Any], Where]] = {
    "conclude.reply": lambda submission: _draft(submission, "concerns"),
    "conclude.finish": lambda submission: _draft(submission, "conclude"),
    "signoff.do": lambda submission: Where("sign_off", {"review": submission.review}),
    "reopen.do": lambda submission: Where(
        "reopen", {"review": submission.review, "area": submission.area}
    ),
    "facts.save": lambda submission: Where("facts", {"review": submission.review}),
}
