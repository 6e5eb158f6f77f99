"""What the cards of actions share: how one stands, in words, and where its buttons lead (PURE)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from cards.actions import Data, Execute
from cards.elements import Element, TextBlock, words
from cards.inputs import DateInput
from cards.pieces import asked
from eocif.action_summaries import ActionLine, ActionSummary
from eocif.rules.actions import IN_WORDS, SETTLED, Status
from eocif.rules.dates import day_in_words
from eocif.rules.phrases import many
from eocif.rules.set_up import typed_date
from eocif.summaries import Feedback

MINE, ALL = "mine", "all"
TAGS_ARE_OURS = "The short names of tags are ours."

WAITS: Mapping[str, str] = {
    "accept": "Please say whether you will do this.",
    "owner": "Nobody owns this yet.",
    "deadline": "It has no deadline yet.",
    "refused": "Its owner said “not mine”. It needs another owner.",
    "date": "Its owner asks for another date.",
}
"""What waits for whoever reads an action, as a sentence."""


def status(line: ActionLine) -> str:
    """How far an action is, as a sentence: "Under way."."""
    on = " It goes on in the next review." if line.is_carried else ""
    return f"{IN_WORDS[Status(line.status)].capitalize()}.{on}"


def due(line: ActionLine) -> str:
    """By when it is to be done, or was, as a sentence; nothing while it has no deadline."""
    if not line.deadline:
        return ""
    day = day_in_words(line.deadline)
    if line.days_overdue:
        return f"This was due on {day}, {many(line.days_overdue, 'day')} ago."
    is_over = line.is_carried or line.status in SETTLED
    return f"Its deadline was {day}." if is_over else f"Due on {day}."


def due_line(line: ActionLine) -> list[Element]:
    """The same on a line of its own, in bold once the day has passed."""
    sentence = due(line)
    late = line.days_overdue > 0
    shown = TextBlock(sentence, weight="bolder" if late else None, spacing="small")
    return [shown] if sentence else []


def waits(line: ActionLine) -> list[Element]:
    """What its reader is asked for, if anything is."""
    sentence = WAITS.get(line.waits)
    return [TextBlock(sentence, weight="bolder", spacing="small")] if sentence else []


def owner(line: ActionLine) -> str:
    """Whose it is: people's words."""
    if line.is_mine:
        return "you"
    without = "" if line.has_teams else " (without Teams)"
    return f"{line.owner}{without}" if line.owner else "nobody yet"


def speaks_for(line: ActionLine) -> bool:
    """Whether a lead answers here for an owner who has no Teams."""
    return bool(line.owner) and not line.has_teams and not line.is_mine


# --- buttons ----------------------------------------------------------------------------


def leave(title: str, verb: str, data: Data, *, primary: bool = False) -> Execute:
    """A button that sends nothing of what is typed on the card."""
    return Execute(
        title,
        verb=verb,
        data=data,
        style="positive" if primary else None,
        associated_inputs="none",
    )


def one(action_id: int, title: str, view: str = "summary", *, primary: bool = False) -> Execute:
    """A button that opens an action, or one of its forms."""
    data = {"action": action_id} | ({} if view == "summary" else {"view": view})
    return leave(title, "action.show", data, primary=primary)


def back(summary: ActionSummary) -> Execute:
    """The way back from a form to its action."""
    return one(summary.line.id, "Back to the action")


def mine() -> Execute:
    """A button that opens the reader's own actions, over all reviews."""
    return leave("See my actions", "actions.show", {"by": MINE})


# --- inputs -----------------------------------------------------------------------------


def day_input(said: Feedback, field: str, label: str, **more: Any) -> list[Element]:
    """A question for a day. What was typed and is no day stands above it: it holds nothing else."""
    typed = said.typed.get(field, "")
    question = DateInput(field, label=label, value=typed_date(typed), **more)
    lost = [words("You typed: ", typed)] if typed and not question.value else []
    return [*lost, *asked(said, question)]


def soonest(today: date, stored: str) -> date:
    """The first day that can be picked: a deadline that has passed may stay as it is."""
    held = typed_date(stored)
    return min(today, held) if held else today
