"""An area, step 1 of 2: a level for each statement, or one for the area as a whole (PURE)."""

from dataclasses import replace

from cards.actions import Execute, card
from cards.area_answer import choice_name, so_far
from cards.area_head import opening, renewed
from cards.elements import Element, TextBlock, heading
from cards.face import Face
from cards.inputs import ChoiceInput
from cards.pieces import (
    NOT_JUDGED,
    OURS,
    STOP_AND_RETURN,
    asked,
    closing,
    definitions,
    feedback,
    filled,
    place_data,
    practice,
    privacy,
    section_title,
    small,
    stack,
)
from cards.statements import choices, explained, official
from eocif.rules.framework import Edition
from eocif.rules.phrases import many
from eocif.rules.statements import BY_AREA, Statement
from eocif.summaries import SILENT, AreaForm, Feedback


def levels(form: AreaForm, said: Feedback = SILENT, *, for_user: str = "") -> Face:
    """Every statement of the area with its choice, prefilled; half filled is welcome."""
    said = _in_words(said, form.edition)
    body = [
        *feedback(said),
        *opening(form, "Step 1 of 2: levels."),
        section_title(form.section),
        practice(form.section),
        *_how_much(form),
        definitions(form.edition, whole_area=form.unit == BY_AREA),
        small(form.edition.voice),
        *_statements(form, said),
        small(f"{NOT_JUDGED} {OURS}"),
        privacy(form.privacy),
        *stack([_save(form, f"Save {_what(form)} and go on to words", "words"), _stop(form)]),
    ]
    content = card(body, refresh=renewed(form, "levels", for_user, tuple(said.typed)))
    return Face(content, f"Area {form.area.number}, step 1 of 2: levels")


def _how_much(form: AreaForm) -> list[Element]:
    size = f"Area {form.area.number} has {many(len(form.area.indicators), 'statement')}."
    one = f"{size} You choose one level for the whole area." if form.unit == BY_AREA else size
    pace = f"Most people take about {many(form.minutes, 'minute')}."
    lines: list[Element] = [TextBlock(f"{one} {pace} {STOP_AND_RETURN}")]
    if form.choices:
        lines.append(TextBlock(so_far(form), weight="bolder"))
    if form.closes_on:
        lines.append(TextBlock(f"Round closes at {closing(form.closes_on)}."))
    return lines


LONG = 6
"""From so many statements on, a card can be saved half way down: a phone shows one at a time."""


def _statements(form: AreaForm, said: Feedback) -> list[Element]:
    each = [_statement(form, statement, said) for statement in form.statements]
    if len(each) >= LONG:
        half_way = _save(form, "Save so far and stop here", "stop")
        each.insert(len(each) // 2, stack([half_way]))
    return [element for statement in each for element in statement]


def _statement(form: AreaForm, statement: Statement, said: Feedback) -> list[Element]:
    return [
        heading(_title(statement), 2, separator=True),
        *official(statement, form.area),
        *explained(statement, form.area),
        *asked(said, _question(form, statement, said)),
    ]


def _title(statement: Statement) -> str:
    return "The statements of this area" if statement.is_whole_area else statement.name


def _question(form: AreaForm, statement: Statement, said: Feedback) -> ChoiceInput:
    field = f"level_{statement.code}"
    stored = {field: form.choices.get(statement.code, "")}
    whole = " as a whole" if statement.is_whole_area else ""
    return ChoiceInput(
        field,
        choices(form.edition, statement, form.area),
        label=f"{statement.name}{whole}: which level fits best?",
        value=filled(said, field, stored),
        style="compact",
        placeholder="Choose a level",
    )


def _in_words(said: Feedback, edition: Edition) -> Feedback:
    """What differs, with levels by their names: stored and typed are keys."""
    named = tuple(
        replace(
            each,
            stored=choice_name(edition, each.stored),
            typed=choice_name(edition, each.typed),
        )
        for each in said.differs
    )
    return replace(said, differs=named)


def _save(form: AreaForm, title: str, go: str) -> Execute:
    shown = {field: mark for field, mark in form.shown.items() if field.startswith("level_")}
    data = place_data(form.place, form.area.number, shown=shown, go=go)
    primary = go == "words"
    return Execute(title, verb="area.levels", data=data, style="positive" if primary else None)


def _stop(form: AreaForm) -> Execute:
    return _save(form, f"Save {_what(form)} and stop here", "stop")


def _what(form: AreaForm) -> str:
    return "the level" if form.unit == BY_AREA else "levels"
