"""What can be typed, and whom to ask (PURE). In a channel it is short and holds nobody's name."""

from collections.abc import Mapping, Sequence

from cards.actions import Execute, card
from cards.elements import Action, Element, TextBlock, TextRun, heading, words
from cards.face import Face
from cards.habits import way_in
from cards.pieces import NOT_JUDGED, feedback
from eocif.summaries import SILENT, Feedback, Help

DOES: Mapping[str, str] = {
    "my areas": "shows what is open for you, and your answers",
    "outstanding": "shows leads who has not answered yet",
    "review": "shows a review, its dates and its set-up",
    "actions": "shows the actions that are yours; leads see all",
    "worksheet": "shows where every area stands, and what was agreed",
    "digest": "shows leads the week at a glance",
    "start a review": "sets up a new review",
    "status": "shows how the review is going, in counts",
    "help": "shows this card",
}
"""What each word does."""

BUTTONS: Mapping[str, tuple[str, str]] = {"my areas": ("My areas", "mine.show")}
"""Title and verb of a button that stands for a word; other words need to know which review."""

MOST_GUESSES = 2


def help_card(summary: Help, said: Feedback = SILENT) -> Face:
    """Every word, after what was perhaps meant where something was not understood."""
    known = [word for word in summary.commands if _may(summary, word)]
    body = [
        *feedback(said),
        heading("What you can type" if summary.understood else "We did not understand that"),
        *([] if summary.understood else _guesses(known)),
        *_list(known, summary.channel),
        *([] if summary.channel else _whom_to_ask(summary)),
        TextBlock(NOT_JUDGED),
    ]
    actions = [] if summary.channel else _buttons(known)
    return Face(card(body, actions=actions), preview="Help: what you can type")


def _may(summary: Help, word: str) -> bool:
    return summary.may_start or word != "start a review"


def _guesses(known: Sequence[str]) -> list[Element]:
    """What was perhaps meant: the likeliest words. There always are some: help is one."""
    likely = [f"“{word}”" for word in known[:MOST_GUESSES]]
    return [TextBlock(f"Did you mean {' or '.join(likely)}?", weight="bolder")]


def _list(known: Sequence[str], channel: bool) -> list[Element]:
    lines = [TextBlock(f"“{word}” {DOES[word]}.", spacing="small") for word in known]
    return [TextBlock(_IN_A_CHANNEL if channel else _IN_A_CHAT), *lines]


_IN_A_CHAT = "Type one of these here. Capital letters and other words around it do not matter."
_IN_A_CHANNEL = "Mention this app in the channel, then type one of these."


def _whom_to_ask(summary: Help) -> list[Element]:
    lead = [words("Your lead is ", TextRun(summary.lead_name, weight="bolder"), f". {_ASK_LEAD}")]
    return [
        heading("Who can help", 2),
        *(lead if summary.lead_name else [TextBlock(_NO_LEAD)]),
        TextBlock(f"For questions about the framework itself, write to {summary.contact}."),
    ]


_ASK_LEAD = "Ask them about dates, the review group or your answers."
_NO_LEAD = "Your provider’s experience of care lead can tell you about its reviews."


def _buttons(known: Sequence[str]) -> list[Action]:
    """What can be pressed instead of typed, and what has no word of its own."""
    pressed = [
        Execute(BUTTONS[word][0], verb=BUTTONS[word][1], style="positive")
        for word in known
        if word in BUTTONS
    ]
    return [*pressed, way_in()]
