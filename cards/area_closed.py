"""An area that cannot be answered now: why, what is stored, and what was kept to copy (PURE)."""

from cards.actions import card
from cards.area_answer import answer, has_answer, kept
from cards.area_head import back_button, next_buttons, opening, renewed
from cards.elements import Element, TextBlock, words
from cards.face import Face
from cards.pieces import OURS, closing, feedback, small, stack
from cards.worksheet_words import hidden_words
from eocif.summaries import SILENT, AreaForm, Feedback

SENT_LATE = (
    "You sent these after the round closed. They are not part of your answer. "
    "We kept them for you to copy."
)
NOT_TAKEN = "These are not part of your answer. We kept them for you to copy."


def closed(form: AreaForm, said: Feedback = SILENT, *, for_user: str = "") -> Face:
    """For an area that is closed, set aside, cancelled or not open yet."""
    body = [
        *feedback(said),
        *opening(form),
        TextBlock(_why(form), weight="bolder"),
        *_what_now(form),
        *stack([*next_buttons(form), back_button(form, primary=not form.left)]),
        *answer(form),
        *hidden_words(form.hidden, whose="their" if form.for_name else "your"),
        *kept(form, SENT_LATE if form.state == "closed" else NOT_TAKEN, {}),
        small(OURS),
    ]
    content = card(body, refresh=renewed(form, "auto", for_user))
    return Face(content, f"Area {form.area.number}: {_IN_SHORT[form.state]}")


_IN_SHORT = {
    "closed": "this round has closed",
    "set aside": "set aside",
    "cancelled": "this review was cancelled",
    "left the group": "you are no longer in this review group",
    "not open yet": "not open yet",
}
_SENTENCES = {
    "set aside": "This area was set aside. You do not need to answer it.",
    "cancelled": "This review was cancelled. You do not need to answer it.",
    "left the group": "You are no longer in this review group. You do not need to answer.",
    "not open yet": "This area is not open yet. We will write to you when it is.",
}


def _why(form: AreaForm) -> str:
    when = f" at {closing(form.closes_on)}" if form.closes_on else ""
    return _SENTENCES.get(form.state, f"This round closed{when}.")


def _what_now(form: AreaForm) -> list[Element]:
    if form.state == "not open yet":
        return []
    stored = "What you saved is kept, as shown below." if has_answer(form) else _nothing(form)
    if form.state != "closed":
        return [TextBlock(stored)]
    ask = words("Ask the lead, ", form.head.lead_name, ", if something needs to change.")
    return [TextBlock(stored), ask]


def _nothing(form: AreaForm) -> str:
    if form.withdrawn:
        return "The answer was withdrawn, so nothing is stored."
    return "No answer is stored for this area."
