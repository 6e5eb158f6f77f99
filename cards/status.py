"""How reviews are going, in counts only, for everyone in a channel (PURE)."""

from collections.abc import Sequence

from cards.actions import card
from cards.elements import Element, Fact, FactSet, TextBlock, heading
from cards.face import Face
from cards.pieces import NOT_JUDGED, closing, feedback, review_line, small
from eocif.rules.phrases import many
from eocif.summaries import SILENT, Feedback, ReviewStatus


def status(reviews: Sequence[ReviewStatus], said: Feedback = SILENT) -> Face:
    """Every running review; none is an answer too. Names and answers never show here."""
    body = [*feedback(said), heading("How the review is going" if len(reviews) < 2 else _SEVERAL)]
    for each in reviews:
        body += [review_line(each.head), _counts(each)]
    if not reviews:
        body.append(TextBlock(_NONE))
    return Face(card([*body, small(f"{_COUNTS_ONLY} {NOT_JUDGED}")]), preview="Review status")


_SEVERAL = "How the reviews are going"
_NONE = "No review is under way now. Your experience of care lead can start one."
_COUNTS_ONLY = "You see counts only here. Names and answers never show in a channel."


def _counts(each: ReviewStatus) -> Element:
    facts = [
        Fact("In scope", many(each.in_scope, "area")),
        Fact("Open for answers", many(each.open_now, "area")),
        Fact("Concluded", many(each.concluded, "area")),
    ]
    if each.open_now:
        facts.append(Fact("Answers in", f"{each.answers} of {each.answers_asked_for}"))
    if each.closes_on:
        facts.append(Fact("Next to close", closing(each.closes_on)))
    return FactSet(facts)
