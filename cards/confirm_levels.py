"""A member's own levels in round 2: as they stand, and changeable (PURE)."""

from cards.actions import Execute, card
from cards.area_head import opening
from cards.confirm_parts import in_words, privacy, proposed, renewed, shown, step_button
from cards.elements import Element, TextBlock, heading
from cards.face import Face
from cards.inputs import ChoiceInput
from cards.pieces import (
    NOT_JUDGED,
    OURS,
    SOONER,
    asked,
    closing,
    definitions,
    feedback,
    filled,
    place_data,
    small,
    stack,
)
from cards.spreads import inside, last_time, numbers
from cards.statements import choices, explained, official
from eocif.round_summaries import ConfirmForm
from eocif.rules.spread import TOO_FEW
from eocif.rules.statements import Statement
from eocif.summaries import SILENT, Feedback


def levels(form: ConfirmForm, said: Feedback = SILENT, *, for_user: str = "") -> Face:
    """Every statement with the reader's own choice; what is left alone stays as it is."""
    said = in_words(said, form)
    body = [
        *feedback(said),
        *opening(form, f"Round {form.round}: {_whose(form)} levels."),
        *_what_is_asked(form),
        definitions(form.edition, whole_area=_is_whole(form)),
        small(form.edition.voice),
        *(element for each in form.statements for element in _statement(form, each, said)),
        small(f"{NOT_JUDGED} {OURS}"),
        privacy(form.privacy),
        *stack(_buttons(form)),
    ]
    content = card(body, refresh=renewed(form, "levels", for_user, said))
    return Face(content, f"Area {form.area.number}: levels in round {form.round}")


def _is_whole(form: ConfirmForm) -> bool:
    return any(each.is_whole_area for each in form.statements)


def _whose(form: ConfirmForm) -> str:
    return "their" if form.for_name else "your"


def _what_is_asked(form: ConfirmForm) -> list[Element]:
    until = f" until {closing(form.closes_on)}, {SOONER}" if form.closes_on else ""
    who = "they" if form.for_name else "you"
    return [
        TextBlock(f"Change {_whose(form)} levels here if {who} see it differently now."),
        TextBlock(f"What you leave alone stays as it is. You can change it{until}."),
        *([TextBlock(TOO_FEW)] if form.result.is_withheld else []),
    ]


def _statement(form: ConfirmForm, statement: Statement, said: Feedback) -> list[Element]:
    return [
        heading(statement.name, 2, separator=True),
        *official(statement, form.area),
        *explained(statement, form.area),
        *_others(form, statement),
        *asked(said, _question(form, statement, said)),
    ]


def _others(form: ConfirmForm, statement: Statement) -> list[Element]:
    """What the draft proposes, how everyone rated it, and how it ended last time."""
    level = inside(form.edition, proposed(form, statement.code))
    proposal = f"The draft proposes: {level}."
    spreads = {each.statement.code: each.spread for each in form.result.statements}
    spread = spreads.get(statement.code)
    everyone = [TextBlock(f"All: {numbers(form.edition, spread)}")] if spread else []
    before = last_time(form.edition, form.before.get(statement.code, ""), form.before_on)
    return [TextBlock(proposal), *everyone, *([TextBlock(before)] if before else [])]


def _question(form: ConfirmForm, statement: Statement, said: Feedback) -> ChoiceInput:
    field = f"level_{statement.code}"
    whole = " as a whole" if statement.is_whole_area else ""
    return ChoiceInput(
        field,
        choices(form.edition, statement, form.area),
        label=f"{statement.name}{whole}: which level fits best now?",
        value=filled(said, field, {field: form.own.get(statement.code, "")}),
        style="compact",
        placeholder="Choose a level",
    )


def _buttons(form: ConfirmForm) -> list[Execute]:
    whose = "their" if form.for_name else "my"
    return [
        _save(form, f"Save {whose} levels and answer the draft", "answer"),
        _save(form, f"Save {whose} levels and stop here", "stop"),
        step_button(form, "Back to the draft", "draft"),
    ]


def _save(form: ConfirmForm, title: str, go: str) -> Execute:
    data = place_data(form.place, form.area.number, shown=shown(form, levels=True), go=go)
    primary = go == "answer"
    return Execute(title, verb="confirm.levels", data=data, style="positive" if primary else None)
