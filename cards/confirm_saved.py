"""A member's answer to a draft as it is stored, while it can change and when it cannot (PURE)."""

from cards.actions import Execute, card
from cards.area_head import back_button, my, opening
from cards.confirm_answer import WHY_KEPT
from cards.confirm_parts import (
    in_words,
    kept,
    levels_beside,
    next_buttons,
    privacy,
    renewed,
    step_button,
    whose,
)
from cards.elements import Element, TextBlock, heading, words
from cards.face import Face
from cards.pieces import OURS, SOONER, closing, feedback, fitting, small, stack
from cards.worksheet_words import labelled
from eocif.round_summaries import ConfirmForm
from eocif.rules.phrases import many
from eocif.rules.responses import AGREE, CONCERN, WITH_COMMENT
from eocif.summaries import SILENT, Feedback

SENT_LATE = (
    "You sent these after the round closed. They are not part of your answer. "
    "We kept them for you to copy."
)
NOT_TAKEN = "These are not part of your answer. We kept them for you to copy."


def saved(form: ConfirmForm, said: Feedback = SILENT, *, for_user: str = "") -> Face:
    """What they answered, what comes next, and the ways to change it until the round closes."""
    body = [
        *feedback(in_words(said, form)),
        *opening(form, f"Round {form.round}."),
        TextBlock(_state(form), weight="bolder"),
        *map(TextBlock, _standing(form)),
        *stack(_onward(form)),
        *_answer(form),
        *kept(form, WHY_KEPT, {}),
        heading("Change this answer", 2),
        *stack(_ways_to_change(form)),
        small(OURS),
        privacy(form.privacy),
    ]
    content = card(body, refresh=renewed(form, "auto", for_user, said))
    return Face(content, f"Area {form.area.number}: what we have saved")


def _state(form: ConfirmForm) -> str:
    who = "They" if form.for_name else "You"
    raised = f"{who} raised a concern. The area's lead reads it before concluding."
    return {
        AGREE: f"{who} agree with this wording. Thank you.",
        WITH_COMMENT: f"{who} agree, with a comment. Thank you.",
        CONCERN: f"{raised} Thank you.",
    }.get(form.answer, f"{who} have not answered the draft of area {form.area.number} yet.")


def _standing(form: ConfirmForm) -> list[str]:
    until = f" until {closing(form.closes_on)}, {SOONER}" if form.closes_on else ""
    who = many(form.answered_by_how_many, "person has", "people have")
    turnout = [f"{who} answered this draft so far."] if form.answered_by_how_many else []
    verb = "change it" if form.answered else "answer"
    done = [] if form.left or not form.answered else [_all_done(form)]
    return [f"You can {verb}{until}.", *turnout, *done]


def _all_done(form: ConfirmForm) -> str:
    if form.for_name:
        return "You have recorded everything for them. Thank you."
    return "You have answered every draft for this week."


def _onward(form: ConfirmForm) -> list[Execute]:
    first = [*next_buttons(form)]
    if not form.answered:
        title = f"Answer the draft of area {form.area.number}"
        first.insert(0, step_button(form, title, "draft", primary=not first))
    return [*first, back_button(form, primary=not first)]


def _answer(form: ConfirmForm) -> list[Element]:
    """The comment, and the levels as they stand, as far as the reader may see the draft."""
    label = "Concern" if form.answer == CONCERN else "Comment"
    (text,) = fitting([form.comment])
    comment = [labelled(label, text)] if text else []
    levels = [heading(f"Levels proposed, and {whose(form)}", 2), *levels_beside(form)]
    return [*comment, *(levels if form.proposed else [])]


def _ways_to_change(form: ConfirmForm) -> list[Execute]:
    ways = [
        step_button(form, f"Change {my(form)} answer", "answer"),
        step_button(form, f"Change {my(form)} levels", "levels"),
        step_button(form, "Read the draft again", "draft"),
    ]
    if form.utterances:
        ways.append(step_button(form, "Read what others said", "voices"))
    return ways


# --- no longer possible ---------------------------------------------------------------


def closed(form: ConfirmForm, said: Feedback = SILENT, *, for_user: str = "") -> Face:
    """For a draft whose round has closed, or an area that was set aside or cancelled."""
    body = [
        *feedback(in_words(said, form)),
        *opening(form),
        TextBlock(_why(form), weight="bolder"),
        *_what_now(form),
        *stack([*next_buttons(form), back_button(form, primary=not form.left)]),
        *(_answer(form) if form.answered else []),
        *kept(form, SENT_LATE if form.state == "closed" else NOT_TAKEN, {}),
        small(OURS),
    ]
    content = card(body, refresh=renewed(form, "auto", for_user, said))
    return Face(content, f"Area {form.area.number}: {_IN_SHORT[form.state]}")


_IN_SHORT = {
    "closed": "this round has closed",
    "set aside": "set aside",
    "cancelled": "this review was cancelled",
    "left the group": "you are no longer in this review group",
    "not open yet": "no draft to answer yet",
}
_SENTENCES = {
    "set aside": "This area was set aside. You do not need to answer its draft.",
    "cancelled": "This review was cancelled. You do not need to answer.",
    "left the group": "You are no longer in this review group. You do not need to answer.",
    "not open yet": "There is no draft to answer yet. We will write to you when there is.",
}


def _why(form: ConfirmForm) -> str:
    when = f" at {closing(form.closes_on)}" if form.closes_on else ""
    return _SENTENCES.get(form.state, f"This round closed{when}.")


def _what_now(form: ConfirmForm) -> list[Element]:
    if form.state == "not open yet":
        return []
    if form.state != "closed":
        return [TextBlock("What you saved is kept, as shown below.")] if form.answered else []
    stood = f"{_state(form)}" if form.answered else _no_answer(form)
    next_step = "The area's lead concludes it next. Then we tell you what became of what you said."
    ask = words("Ask the lead, ", form.head.lead_name, ", if something needs to change.")
    return [TextBlock(stood), TextBlock(next_step), ask]


def _no_answer(form: ConfirmForm) -> str:
    who, whose = ("They", "Their") if form.for_name else ("You", "Your")
    return f"{who} did not answer the draft. {whose} levels stay as they are."
