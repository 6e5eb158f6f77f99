"""A draft's fields as its cards show them: what inputs hold, and how the draft reads (PURE)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from cards.area_answer import choice_name
from cards.elements import Container, Element, TextBlock, TextRun, heading, words
from cards.pieces import fitting, typed_that_fits
from cards.spreads import ended, verdict_name
from cards.work_head import copies
from eocif.round_summaries import AreaWork, StatementResult
from eocif.rules.agreement import Kind
from eocif.rules.answers import NOT_AGREED
from eocif.rules.drafting import (
    ANSWERS,
    LEAD,
    OF_WORDS,
    ends,
    is_not_applicable,
    label,
    of_levels,
    problem,
    split,
)
from eocif.rules.phrases import listed
from eocif.summaries import Feedback


class Ending(NamedTuple):
    """How a statement ends as things stand, and how people read that."""

    origin: str  # agreed, lead, not_agreed, not_applicable; empty while nothing is chosen
    in_words: str


def ending(work: AreaWork, result: StatementResult) -> Ending:
    """How a statement ends if its draft stands."""
    level = work.draft.values.get(f"level_{result.statement.code}", "")
    origin = ends(result, level)
    if not origin:
        return Ending("", "No level chosen yet")
    return Ending(origin, ended(work.edition, level, origin))


def verdict_line(work: AreaWork, result: StatementResult) -> str:
    """What the rule says of a statement, at a glance; where it applies to nobody, that."""
    if is_not_applicable(result):
        return "Not applicable"
    return verdict_name(work.edition, result.verdict)


# --- what inputs hold, and what waits to be copied --------------------------------------------


def held(work: AreaWork, said: Feedback, fields: Sequence[str]) -> Feedback:
    """What was pressed last, with what each of these inputs holds as its `typed`.

    That is what was typed, or else what was too long last time, or else what is stored. A text
    that does not fit on the card is left out whole: an empty input never erases.
    """
    sources = (said.typed, work.draft.kept, work.draft.values)
    found = {
        field: text
        for field in fields
        if (text := next((source[field] for source in sources if source.get(field)), ""))
    }
    wrong = _still_wrong(work, [field for field in fields if field not in said.typed])
    news = replace(said, typed=found, problems={**wrong, **said.problems})
    return typed_that_fits(_in_words(work, news))


def _still_wrong(work: AreaWork, fields: Sequence[str]) -> dict[str, str]:
    """What is wrong with words that could not be taken last time, by input id."""
    keys = [each.key for each in work.result.contributed]
    found = {
        field: problem(field, work.draft.kept[field], label=_name(work, field), perspectives=keys)
        for field in fields
        if field in work.draft.kept
    }
    return {field: sentence for field, sentence in found.items() if sentence}


def _in_words(work: AreaWork, said: Feedback) -> Feedback:
    """What differs, by the names of levels and perspectives: stored and typed are keys."""
    named = tuple(
        replace(each, stored=_value(work, each.field, each.stored),
                typed=_value(work, each.field, each.typed))
        for each in said.differs
    )  # fmt: skip
    return replace(said, differs=named)


def to_copy(work: AreaWork, said: Feedback, shown: Collection[str]) -> list[Element]:
    """Typed and kept words that stand in no input of the card; `shown` are the ids that do."""
    every = (*OF_WORDS, *of_levels(each.statement for each in work.result.statements))
    waiting = {**work.draft.kept, **said.typed}
    rest = {field: waiting[field] for field in every if field not in shown and waiting.get(field)}
    return copies({_name(work, field): _value(work, field, text) for field, text in rest.items()})


def clearable(work: AreaWork) -> dict[str, str]:
    """The fields that hold something, or have something kept beside them, with their names."""
    every = (*OF_WORDS, *of_levels(each.statement for each in work.result.statements))
    filled = {**work.draft.kept, **work.draft.fields}
    return {field: _name(work, field) for field in every if filled.get(field)}


def _name(work: AreaWork, field: str) -> str:
    return label(field, [each.statement for each in work.result.statements])


def _value(work: AreaWork, field: str, value: str) -> str:
    if field.startswith("level_"):
        return choice_name(work.edition, value)
    return perspectives_in_words(work, value) if field == "draws_on" else value


# --- the draft as it reads --------------------------------------------------------------------


def needed(work: AreaWork, what: str) -> list[Element]:
    """What is still missing before the lead can do this, a sentence each; or that nothing is."""
    if not work.standing:
        return [TextBlock(f"Nothing is missing. You can {what}.", weight="bolder")]
    lines = [words(f"• {sentence}", spacing="small") for sentence in work.standing]
    return [heading(f"Still needed before you can {what}", 2), *lines]


def as_it_reads(work: AreaWork) -> list[Element]:
    """The draft as members will read it, its levels last; what is empty says so."""
    values = work.draft.values
    beside = [*reasons(work)]
    fields = [*ANSWERS, "gap", *beside]
    texts = dict(zip(fields, fitting([values.get(field, "") for field in fields]), strict=True))
    questions = zip(ANSWERS, work.edition.questions, strict=True)
    drawn_on = perspectives_in_words(work, values.get("draws_on", ""))
    return [
        *(_said(question, texts[field]) for field, question in questions),
        _said(label("draws_on"), drawn_on),
        *([_said(label("gap"), texts["gap"])] if texts["gap"] else []),
        TextBlock("Levels", weight="bolder"),
        *(each for result in work.result.statements for each in _level(work, result, texts)),
    ]


def reasons(work: AreaWork) -> dict[str, str]:
    """The lead's reasons and what was heard, by input id, as far as they fit on a card together.

    What was written for an earlier level, and what the level chosen now does not call for, is
    empty: it will not print either.
    """
    called_for: dict[str, bool] = {}
    for each in work.result.statements:
        level = work.draft.values.get(f"level_{each.statement.code}", "")
        called_for[f"reason_{each.statement.code}"] = ends(each, level) in (LEAD, NOT_AGREED)
        called_for[f"heard_{each.statement.code}"] = each.verdict.kind is Kind.TALK_FIRST
    texts = fitting(
        [work.draft.values.get(field, "") if so else "" for field, so in called_for.items()]
    )
    return dict(zip(called_for, texts, strict=True))


def _said(name: str, text: str) -> Element:
    shown = words(text or "Nothing yet.", spacing="small", is_subtle=not text or None)
    return Container([TextBlock(name, weight="bolder"), shown])


def perspectives_in_words(work: AreaWork, keys: str) -> str:
    """Perspective keys as a person reads them: "Volunteers and Healthwatch"."""
    known = {each.key: each.short for each in (*work.perspectives, *work.result.contributed)}
    return listed([known.get(key, key) for key in split(keys)])


def _level(work: AreaWork, result: StatementResult, texts: Mapping[str, str]) -> list[Element]:
    stands = f"{ending(work, result).in_words}."
    name = TextRun(f"{result.statement.name}: ", weight="bolder")
    return [words(name, stands), *written(result, texts)]


def written(result: StatementResult, texts: Mapping[str, str]) -> list[Element]:
    """The lead's reason for a statement's level, and what was heard, where there are any."""
    code = result.statement.code
    beside = [("Reason: ", texts[f"reason_{code}"]), ("Heard: ", texts[f"heard_{code}"])]
    return [words(name, text, spacing="small") for name, text in beside if text]
