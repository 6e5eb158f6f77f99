"""What the cards of a member in round 2 share: where buttons lead, answers in words (PURE)."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from cards.actions import Execute, Refresh, refresh
from cards.area_answer import choice_name
from cards.elements import Element, TextBlock, TextRun, heading, words
from cards.pieces import NAME_NOBODY, fitting, place_data, who_sees_names
from cards.spreads import inside
from cards.worksheet_words import labelled
from eocif.round_summaries import ConfirmForm
from eocif.rules.progress import DONT_KNOW, NOT_APPLICABLE
from eocif.rules.responses import AGREE, CONCERN, LABELS, WITH_COMMENT
from eocif.summaries import Feedback, Privacy

ANSWERS: Mapping[str, str] = {
    AGREE: "I agree with this wording",
    WITH_COMMENT: "I agree, with a comment",
    CONCERN: "I want to raise a concern",
}
THEIR_ANSWERS: Mapping[str, str] = {
    AGREE: "They agree with this wording",
    WITH_COMMENT: "They agree, with a comment",
    CONCERN: "They want to raise a concern",
}


def answers(form: ConfirmForm) -> Mapping[str, str]:
    """The three answers to a draft, as whoever reads the card would say them."""
    return THEIR_ANSWERS if form.for_name else ANSWERS


def whose(form: ConfirmForm) -> str:
    """How our sentences name what is the reader's own: “Levels proposed, and yours”."""
    return "theirs" if form.for_name else "yours"


# --- buttons --------------------------------------------------------------------------


def step_button(
    form: ConfirmForm, title: str, step: str, *, primary: bool = False, **more: Any
) -> Execute:
    """Opens another card of the same draft. What was typed on this one is not saved by it."""
    data = place_data(form.place, form.area.number, step=step, **more)
    return _leave(title, data, primary=primary)


def next_buttons(form: ConfirmForm, *, primary: bool = True) -> list[Execute]:
    """The next draft that is left, if any."""
    return [
        _leave(f"Next: area {number}", place_data(form.place, number), primary=primary)
        for number in form.left[:1]
    ]


def _leave(title: str, data: dict[str, Any], *, primary: bool) -> Execute:
    return Execute(
        title,
        verb="confirm.show",
        data=data,
        style="positive" if primary else None,
        associated_inputs="none",
    )


def shown(form: ConfirmForm, *, levels: bool) -> dict[str, str]:
    """The digests that a card of levels, or one of an answer, sends back."""
    return {field: mark for field, mark in form.shown.items() if _is_level(field) is levels}


def _is_level(field: str) -> bool:
    return field.startswith("level_")


def renewed(
    form: ConfirmForm, step: str, for_user: str, said: Feedback, **more: Any
) -> Refresh | None:
    """The card renews itself for its person, unless it holds words that are stored nowhere else."""
    if not for_user or said.typed:
        return None
    data = place_data(form.place, form.area.number, step=step, **more)
    return refresh("confirm.show", data, [for_user])


# --- in words -------------------------------------------------------------------------


def privacy(seen: Privacy) -> Element:
    """Who sees an answer to a draft: the round is not blind, and comments stay."""
    whose = "their" if seen.recorder else "your"
    typed = "you type this answer, so you see it. The" if seen.recorder else "the"
    return words(
        f"Confidential: {typed} review group sees {whose} comment and levels by perspective, "
        "without a name. A comment stays with the worksheet, and the board may read it. ",
        *who_sees_names(seen, whose, ""),
        NAME_NOBODY,
        is_subtle=True,
        size="small",
    )


def levels_beside(form: ConfirmForm) -> list[Element]:
    """Each statement's proposed level beside the reader's own, a line each."""
    return [
        words(
            TextRun(f"{_opening(each.short)}: ", weight="bolder"),
            f"{choice_name(form.edition, proposed(form, each.code))}. {own(form, each.code)}",
            spacing="small",
        )
        for each in form.statements
    ]


def _opening(text: str) -> str:
    return text[:1].upper() + text[1:]


def proposed(form: ConfirmForm, code: str) -> str:
    """The level that the draft proposes; none where everyone said that it does not apply."""
    return form.proposed.get(code) or NOT_APPLICABLE


def own(form: ConfirmForm, code: str) -> str:
    """What the reader chose, as it stands now, as a sentence."""
    who, held = ("They" if form.for_name else "You"), form.own.get(code, "")
    if held and held == proposed(form, code):
        return f"{who} chose the same."
    if did := _DID.get(held):
        return f"{who} {did}."
    return f"{who} chose {inside(form.edition, held)}."


_DID = {
    "": "have not rated it",
    DONT_KNOW: "did not know enough to rate it",
    NOT_APPLICABLE: "said that it does not apply",
}


def in_words(said: Feedback, form: ConfirmForm) -> Feedback:
    """What differs, in words: levels and answers are stored by their keys."""
    named = tuple(
        replace(
            each,
            stored=_value(form, each.field, each.stored),
            typed=_value(form, each.field, each.typed),
        )
        for each in said.differs
    )
    return replace(said, differs=named)


def _value(form: ConfirmForm, field: str, held: str) -> str:
    if _is_level(field) and held:
        return choice_name(form.edition, held)
    return answers(form).get(held, held) if field == "answer" else held


def kept(form: ConfirmForm, why: str, leave_out: Mapping[str, str]) -> list[Element]:
    """Words that are not part of the answer, to copy; `leave_out` are fields shown elsewhere."""
    rest = {field: text for field, text in form.kept.items() if field not in leave_out}
    if not rest:
        return []
    texts = fitting([_value(form, field, text) for field, text in rest.items()])
    labels = [_label(form, field) for field in rest]
    return [heading("Kept for you to copy", 2), TextBlock(why), *map(labelled, labels, texts)]


def _label(form: ConfirmForm, field: str) -> str:
    names = {f"level_{each.code}": each.name for each in form.statements}
    return names.get(field) or LABELS.get(field, field)
