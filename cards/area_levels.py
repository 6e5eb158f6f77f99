"""An area, step 1 of 2: a level for each official statement (PURE).

The statement is the framework's and comes first; the plain line, the example and the meanings of
hard terms are ours and say so.
"""

from dataclasses import replace

from cards.actions import Execute, card, fold
from cards.area_answer import choice_name
from cards.area_head import opening, renewed
from cards.elements import Element, TextBlock, TextRun, heading, words
from cards.face import Face
from cards.inputs import Choice, ChoiceInput, choice
from cards.phrases import many
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
    rated_so_far,
    section_title,
    small,
    stack,
)
from eocif.rules.framework import Edition, Indicator
from eocif.rules.progress import DONT_KNOW, NOT_APPLICABLE
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
        definitions(form.edition),
        small(form.edition.voice),
        *_statements(form, said),
        small(f"{NOT_JUDGED} {OURS}"),
        privacy(form.privacy),
        *stack([_save(form, "Save levels and go on to words", "words"), _stop(form)]),
    ]
    content = card(body, refresh=renewed(form, "levels", for_user, tuple(said.typed)))
    return Face(content, f"Area {form.area.number}, step 1 of 2: levels")


def _how_much(form: AreaForm) -> list[Element]:
    statements = len(form.area.indicators)
    size = f"Area {form.area.number} has {many(statements, 'statement')}."
    pace = f"Most people take about {many(form.minutes, 'minute')}."
    lines: list[Element] = [TextBlock(f"{size} {pace} {STOP_AND_RETURN}")]
    if form.choices:
        lines.append(TextBlock(rated_so_far(len(form.choices), statements), weight="bolder"))
    if form.closes_on:
        lines.append(TextBlock(f"Round closes at {closing(form.closes_on)}."))
    return lines


LONG = 6
"""From so many statements on, a card can be saved half way down: a phone shows one at a time."""


def _statements(form: AreaForm, said: Feedback) -> list[Element]:
    each = [_statement(form, indicator, said) for indicator in form.area.indicators]
    if len(each) >= LONG:
        half_way = _save(form, "Save so far and stop here", "stop")
        each.insert(len(each) // 2, stack([half_way]))
    return [element for statement in each for element in statement]


def _statement(form: AreaForm, indicator: Indicator, said: Feedback) -> list[Element]:
    code = indicator.code
    return [
        heading(f"Area {code}", 2, separator=True),
        words(indicator.text),
        *_bullets(indicator),
        TextBlock(f"In plain English (our words): {indicator.plain}", is_subtle=True),
        *_future_users(indicator),
        fold(f"Help with {code}", _help(indicator), f"help_{code}"),
        *asked(said, _question(form, indicator, said)),
    ]


def _bullets(indicator: Indicator) -> list[Element]:
    # Not a Markdown list: Microsoft's renderer cuts its lines short on a narrow screen.
    return [words(f"• {bullet}", spacing="small") for bullet in indicator.bullets]


def _future_users(indicator: Indicator) -> list[Element]:
    if not indicator.future_users:
        return []
    who = "This asks about people who do not use services now but need to, or will."
    return [TextBlock(who, weight="bolder")]


def _help(indicator: Indicator) -> list[Element]:
    meanings = [_meaning(term, meaning) for term, meaning in indicator.expansions]
    example = words(TextRun("For example: ", weight="bolder"), indicator.example)
    return [small("These are our words, not the framework's."), example, *meanings]


def _meaning(term: str, meaning: str) -> Element:
    return words(TextRun(f"{term}: ", weight="bolder"), meaning)


def _question(form: AreaForm, indicator: Indicator, said: Feedback) -> ChoiceInput:
    field = f"level_{indicator.code}"
    stored = {field: form.choices.get(indicator.code, "")}
    return ChoiceInput(
        field,
        _choices(form.edition, indicator),
        label=f"Area {indicator.code}: which level fits best?",
        value=filled(said, field, stored),
        style="compact",
        placeholder="Choose a level",
    )


def _choices(edition: Edition, indicator: Indicator) -> list[Choice]:
    missing = indicator.where_provided
    why = f": {missing} is not provided here" if missing else ""
    return [
        *(choice(level.key, level.name) for level in edition.levels),
        choice(DONT_KNOW, choice_name(edition, DONT_KNOW)),
        choice(NOT_APPLICABLE, choice_name(edition, NOT_APPLICABLE) + why),
    ]


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
    return _save(form, "Save levels and stop here", "stop")
