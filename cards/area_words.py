"""An area, step 2 of 2: the three questions, what the levels call for, and evidence (PURE)."""

from collections.abc import Sequence

from cards.actions import Execute, card
from cards.area_answer import KINDS, evidence, kept, so_far
from cards.area_head import my, opening, renewed
from cards.elements import Element, TextBlock, heading
from cards.face import Face
from cards.inputs import ChoiceInput, TextInput, choice
from cards.pieces import (
    OURS,
    STOP_AND_RETURN,
    asked,
    feedback,
    filled,
    place_data,
    privacy,
    section_title,
    small,
    stack,
    typed_that_fits,
)
from eocif.rules.answers import CALLS_FOR_WORDS, WORDS
from eocif.rules.perspectives import EVIDENCE_SOURCES
from eocif.rules.phrases import listed
from eocif.rules.progress import NOT_APPLICABLE
from eocif.rules.statements import BY_AREA
from eocif.rules.text import LIMIT
from eocif.summaries import SILENT, AreaForm, Feedback

OPTIONAL = f"(optional, up to {LIMIT:,} characters)"
QUESTIONS = tuple(field for field in WORDS if field not in CALLS_FOR_WORDS)
WHY_KEPT = "We could not take these. They are not part of the answer, and nothing is lost."


def words(form: AreaForm, said: Feedback = SILENT, *, for_user: str = "") -> Face:
    """The words step, prefilled. Every question is optional."""
    said = typed_that_fits(said)
    body = [
        *feedback(said),
        *opening(form, "Step 2 of 2: words."),
        section_title(form.section),
        *_so_far(form),
        *(element for each in _questions(form, said) for element in asked(said, each)),
        *evidence(form),
        *_more_evidence(form, said),
        *kept(form, WHY_KEPT, said.typed),
        small(OURS),
        privacy(form.privacy),
        *stack(_buttons(form)),
    ]
    content = card(body, refresh=renewed(form, "words", for_user, tuple(said.typed)))
    return Face(content, f"Area {form.area.number}, step 2 of 2: words")


def _so_far(form: AreaForm) -> list[Element]:
    what = "level is" if form.unit == BY_AREA else "levels are"
    saved = [TextBlock(f"Your {what} saved. {so_far(form)}")] if form.choices else []
    return [*saved, small(f"Every question is optional. {STOP_AND_RETURN}")]


def _questions(form: AreaForm, said: Feedback) -> list[TextInput]:
    official = zip(QUESTIONS, form.edition.questions, strict=True)
    extra = [(field, _called_for(form, field)) for field in form.called_for]
    return [_box(form, said, field, label) for field, label in (*official, *extra)]


def _called_for(form: AreaForm, field: str) -> str:
    codes = form.called_for[field]
    chosen = [each.short for each in form.statements if each.code in codes]
    name = "Not applicable" if field == NOT_APPLICABLE else form.edition.level(field).name
    who = "They" if form.for_name else "You"
    return f"{who} chose {name} for {listed(chosen)}. {_ask(field, codes)}"


def _ask(field: str, codes: Sequence[str]) -> str:
    if field == "excelling":
        return "What evidence shows how this is leading to improvement?"
    if field == "achieving":
        return "Are there any major omissions? If so, what are they?"
    return "Why do these not apply?" if codes[1:] else "Why does this not apply?"


def _box(form: AreaForm, said: Feedback, field: str, label: str) -> TextInput:
    value = filled(said, field, form.words)
    return TextInput(
        field,
        label=f"{label} {OPTIONAL}",
        value=value,
        is_multiline=True,
    )


def _more_evidence(form: AreaForm, said: Feedback) -> list[Element]:
    fields = (_source(said), _kind(said), _box_of_evidence(said), _link(said))
    return [
        heading("Add more evidence" if form.evidence else "Add evidence", 2),
        small("Evidence is optional. You can add as many pieces as you like, one at a time."),
        *(element for each in fields for element in asked(said, each)),
    ]


def _source(said: Feedback) -> ChoiceInput:
    return ChoiceInput(
        "source",
        [choice(key, name) for key, name in EVIDENCE_SOURCES],
        label="Where does this evidence come from?",
        value=said.typed.get("source"),
        style="compact",
        placeholder="Choose a source",
    )


def _kind(said: Feedback) -> ChoiceInput:
    return ChoiceInput(
        "kind",
        [choice(key, name) for key, name in KINDS.items()],
        label="Is it in words or in numbers?",
        value=said.typed.get("kind"),
        style="compact",
        placeholder="Choose words or numbers",
    )


def _box_of_evidence(said: Feedback) -> TextInput:
    value = said.typed.get("evidence")
    return TextInput(
        "evidence",
        label=f"What does it show? {OPTIONAL}",
        value=value,
        is_multiline=True,
    )


def _link(said: Feedback) -> TextInput:
    return TextInput(
        "link",
        label="A link to it (optional, it must start with https://)",
        value=said.typed.get("link"),
        style="url",
    )


def _buttons(form: AreaForm) -> list[Execute]:
    return [
        _save(form, f"Save {my(form)} view", "saved"),
        _save(form, "Save and add more evidence", "more"),
        _save(form, "Back to levels", "levels"),
    ]


def _save(form: AreaForm, title: str, go: str) -> Execute:
    asked_for = (*QUESTIONS, *form.called_for)
    shown = {field: mark for field, mark in form.shown.items() if field in asked_for}
    data = place_data(form.place, form.area.number, shown=shown, nonce=form.nonce, go=go)
    primary = go == "saved"
    return Execute(title, verb="area.words", data=data, style="positive" if primary else None)
