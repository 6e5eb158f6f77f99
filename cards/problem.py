"""Something went wrong: what happened, and where to go from here (PURE)."""

from cards.actions import Execute, card
from cards.elements import Element, TextRun, heading, words
from cards.face import Face
from cards.pieces import feedback, fitting
from eocif.summaries import SILENT, Feedback, Problem

TITLE = "We could not do that"


def problem(summary: Problem, said: Feedback = SILENT, *, channel: bool = False) -> Face:
    """A calm sentence, with the reference to quote where there is one.

    In a channel it has no button: what a person asks for there is theirs alone.
    """
    body = [
        *feedback(said), heading(TITLE), words(summary.sentence), *_reference(summary),
        *_typed(summary),
    ]  # fmt: skip
    actions = [
        Execute("My areas", verb="mine.show", style="positive"),
        Execute("Help", verb="help.show"),
    ]
    return Face(card(body, actions=[] if channel else actions), preview=TITLE)


def _reference(summary: Problem) -> list[Element]:
    if not summary.reference:
        return []
    number = TextRun(summary.reference, weight="bolder")
    return [words("If you ask for help, give this reference: ", number)]


CUT = "… (There is more, but this card is full. Nothing of it is stored.)"


def _typed(summary: Problem) -> list[Element]:
    """What was typed on the card that this one replaces: it is stored nowhere else."""
    if not summary.typed:
        return []
    return [heading("What you typed, for you to copy", 2), *map(words, fitting(summary.typed, CUT))]
