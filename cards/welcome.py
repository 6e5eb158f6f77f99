"""A person's first message: who we are, what will happen, who sees what (PURE)."""

from collections.abc import Sequence

from cards.actions import Execute, card
from cards.elements import Element, TextBlock, heading, words
from cards.face import Face
from cards.pieces import NOT_JUDGED, feedback, review_line
from eocif.summaries import SILENT, Feedback, ReviewHead, Welcome


def welcome(summary: Welcome, said: Feedback = SILENT) -> Face:
    """Sent once, when the app is installed for someone."""
    body = [
        *feedback(said),
        heading("Welcome"),
        words("Hello ", summary.first_name, f". {_WHO_WE_ARE} {NOT_JUDGED}"),
        *_taking_part(summary.reviews),
        heading("What will happen", 2),
        *_lines(_WHAT_HAPPENS),
        heading("Who sees what you say", 2),
        TextBlock(_WHO_SEES),
        heading("What you can type", 2),
        *_lines(_TYPE + _LEADS_TYPE * summary.may_start),
    ]
    actions = [
        Execute("My areas", verb="mine.show", style="positive"),
        Execute("Help", verb="help.show"),
    ]
    return Face(card(body, actions=actions), preview="Welcome: how this app works")


def _taking_part(heads: Sequence[ReviewHead]) -> list[Element]:
    if not heads:
        return [TextBlock("There is nothing for you to do now.")]
    mine = [element for head in heads for element in (review_line(head), _led_by(head))]
    return [heading("You take part in", 2), *mine]


def _led_by(head: ReviewHead) -> Element:
    return words("Your lead is ", head.lead_name, ".", spacing="none")


def _lines(lines: Sequence[str]) -> list[Element]:
    return [TextBlock(line, spacing="small") for line in lines]


_WHO_WE_ARE = (
    "This app helps review groups use NHS England’s Experience of care improvement framework."
)
_WHAT_HAPPENS = (
    "While areas are open you get one message a week. It says what is open for you.",
    "We may remind you of what you have not answered. "
    "You never get more than one message on a working day that you did not ask for.",
    "An area takes a few minutes. You can stop and come back: each step is saved.",
)
_WHO_SEES = (
    "Your answers are confidential. Nobody else sees them before a round closes, not even the "
    "lead. Then the review group sees words and levels by perspective, without a name. "
    "Each card says who will see your name. "
    "Please do not name or describe someone who could be recognised."
)
_TYPE = ("“my areas” shows what is open for you.", "“help” shows everything you can type.")
_LEADS_TYPE = ("“start a review” sets up a new review.",)
