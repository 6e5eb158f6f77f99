"""A member's answer to a draft: agree, agree with a comment, or raise a concern (PURE)."""

from cards.actions import Execute, card
from cards.area_head import my, opening
from cards.confirm_parts import (
    answers,
    in_words,
    kept,
    privacy,
    renewed,
    shown,
    step_button,
)
from cards.elements import TextBlock
from cards.face import Face
from cards.inputs import ChoiceInput, TextInput, choice
from cards.pieces import OURS, asked, feedback, filled, place_data, small, stack, typed_that_fits
from eocif.round_summaries import ConfirmForm
from eocif.rules.text import LIMIT
from eocif.summaries import SILENT, Feedback

WHY_KEPT = "We could not take these. They are not part of the answer, and nothing is lost."


def answer(
    form: ConfirmForm, said: Feedback = SILENT, *, chosen: str = "", for_user: str = ""
) -> Face:
    """The three answers with a box for words. `chosen` is the one that was pressed on the draft."""
    said = typed_that_fits(in_words(said, form))
    body = [
        *feedback(said),
        *opening(form, f"Round {form.round}: {'their' if form.for_name else 'your'} answer."),
        TextBlock(_WHAT_HAPPENS),
        *asked(said, _choice(form, said, chosen)),
        *asked(said, _comment(form, said)),
        *kept(form, WHY_KEPT, said.typed),
        privacy(form.privacy),
        *stack([_save(form), step_button(form, "Back to the draft", "draft")]),
        small(OURS),
    ]
    refresh = renewed(form, "answer", for_user, said, answer=chosen)
    return Face(card(body, refresh=refresh), f"Area {form.area.number}: an answer to the draft")


_WHAT_HAPPENS = (
    "A comment needs words, and a concern needs its reason. "
    "The area's lead reads them before concluding. They stay with the worksheet."
)


def _choice(form: ConfirmForm, said: Feedback, chosen: str) -> ChoiceInput:
    stored = {"answer": chosen or form.answer}
    return ChoiceInput(
        "answer",
        [choice(key, title) for key, title in answers(form).items()],
        label=f"What do {'they' if form.for_name else 'you'} think of this draft?",
        value=filled(said, "answer", stored),
        style="expanded",
        is_required=True,
        error_message="Choose one of the three answers.",
    )


def _comment(form: ConfirmForm, said: Feedback) -> TextInput:
    return TextInput(
        "comment",
        label=f"Comment, or the reason for a concern (up to {LIMIT:,} characters)",
        value=filled(said, "comment", {"comment": form.comment}),
        is_multiline=True,
    )


def _save(form: ConfirmForm) -> Execute:
    data = place_data(form.place, form.area.number, shown=shown(form, levels=False))
    title = f"Save {my(form)} answer to the draft"
    return Execute(title, verb="confirm.answer", data=data, style="positive")
