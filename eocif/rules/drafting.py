"""An area's draft (PURE): its fields, what the rule fills in, and what it still needs.

The order of things is the software's own: PR1209 asks for a consensus and a worksheet, and says
nothing of drafts. The rule never chooses for the lead where people differ; where the lead chooses
something else than the rule, they say why.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from eocif.round_summaries import AreaResult, StatementResult
from eocif.rules.agreement import Kind
from eocif.rules.answers import NOT_AGREED, WORDS
from eocif.rules.dates import london_day, opens_at
from eocif.rules.due import prompt_day, review_week
from eocif.rules.framework import LEVEL_KEYS
from eocif.rules.merging import digest
from eocif.rules.perspectives import Perspective
from eocif.rules.phrases import listed
from eocif.rules.progress import NOT_APPLICABLE
from eocif.rules.statements import Statement
from eocif.rules.text import too_long
from eocif.rules.working_days import working_days_after

CHOICES = frozenset({*LEVEL_KEYS, NOT_AGREED})
AGREED, LEAD = "agreed", "lead"
"""Whose level it is where a statement ends with one: the rule's, or the lead's."""
WORKING_DAYS = 5
"""Within how many an area's lead drafts it, and within how many they conclude it."""

ANSWERS = ("where_now", "what_good", "what_do")
OF_WORDS = (*ANSWERS, "draws_on", "gap")
_LABELS: Mapping[str, str] = {
    **{field: WORDS[field] for field in ANSWERS},
    "draws_on": "Perspectives drawn on",
    "gap": "The gap between perspectives",
}
_OF_LEVELS: Mapping[str, str] = {
    "level_": "Level for", "reason_": "Reason for", "heard_": "What was heard about",
}  # fmt: skip


# --- fields -------------------------------------------------------------------------------


def of_levels(statements: Iterable[Statement]) -> tuple[str, ...]:
    """The fields of the levels step: a level, a reason and what was heard for each statement."""
    return tuple(f"{prefix}{each.code}" for each in statements for prefix in _OF_LEVELS)


def label(field: str, statements: Iterable[Statement] = ()) -> str:
    """A field as people read it."""
    for each in statements:
        for prefix, words in _OF_LEVELS.items():
            if field == f"{prefix}{each.code}":
                return f"{words} {each.short}"
    return _LABELS.get(field, field)


def is_text(field: str) -> bool:
    """Whether a field holds words, rather than a choice from a list."""
    return field != "draws_on" and not field.startswith("level_")


def problem(field: str, value: str, *, label: str, perspectives: Iterable[str] = ()) -> str | None:
    """What is wrong with a field's value, or nothing. `perspectives` are keys to draw on."""
    if field.startswith("level_"):
        return None if value in CHOICES else f"We could not read this: {label}. Choose again."
    if field == "draws_on":
        known = set(split(value)) <= set(perspectives)
        return None if known else "Choose perspectives from the list: those who took part."
    return too_long(label, value)


def split(draws_on: str) -> tuple[str, ...]:
    """The perspective keys in a draft's `draws_on`."""
    return tuple(part for part in (each.strip() for each in draws_on.split(",")) if part)


def in_order(draws_on: str, perspectives: Iterable[Perspective]) -> str:
    """`draws_on` as it is stored, in whatever order it was ticked; unknown keys come last."""
    ticked = dict.fromkeys(split(draws_on))
    known = [each.key for each in perspectives if each.key in ticked]
    return ",".join(dict.fromkeys([*known, *ticked]))


def not_cited(draws_on: str, contributed: Iterable[Perspective]) -> tuple[Perspective, ...]:
    """The perspectives that took part and that a draft does not draw on."""
    cited = split(draws_on)
    return tuple(each for each in contributed if each.key not in cited)


# --- what the rule fills in ---------------------------------------------------------------


def prefilled(fields: Mapping[str, str], result: AreaResult) -> dict[str, str]:
    """A draft's fields, with the level that people agreed where its lead has chosen none.

    A level that is proposed but has first to be talked about is for the lead to choose.
    """
    agreed = {
        f"level_{each.statement.code}": each.verdict.level
        for each in result.statements
        if each.verdict.kind is Kind.AGREED and each.verdict.level
    }
    return {**agreed, **{field: value for field, value in fields.items() if value}}


def departs(result: StatementResult, level: str) -> bool:
    """Whether a level, or “not agreed”, is the lead's own choice and not what the rule says."""
    if not level:
        return False
    return level != (result.verdict.level or NOT_AGREED)


def ends(result: StatementResult, chosen: str) -> str:
    """How a statement ends with what its lead chose: agreed, lead, not_agreed or not_applicable.

    Empty while nothing is chosen.
    """
    if is_not_applicable(result):
        return NOT_APPLICABLE
    if chosen in ("", NOT_AGREED):
        return chosen
    return LEAD if departs(result, chosen) else AGREED


def must_be_heard(result: StatementResult, level: str) -> bool:
    """Whether a view far from this level has to be heard before it stands."""
    return result.verdict.kind is Kind.TALK_FIRST and level == result.verdict.level


def is_not_applicable(result: StatementResult) -> bool:
    """Whether a statement needs no level: nobody gave one, and someone says it does not apply."""
    return not result.spread.rated and bool(result.spread.not_applicable)


def has_gap(result: StatementResult) -> bool:
    """Whether the two voices are a level or more apart."""
    return bool(result.gap)


def is_changed(fields: Mapping[str, str], sent: Mapping[str, str]) -> bool:
    """Whether a lead changed a draft since it went round.

    A level left to the rule is nobody's change, even where the rule now says something else.
    """
    chosen = {*fields, *(field for field in sent if not field.startswith("level_"))}
    return any(
        fields.get(field, "") != sent.get(field, "")
        for field in chosen
        if fields.get(field) or not field.startswith("level_")
    )


def digests(fields: Mapping[str, str], names: Iterable[str]) -> dict[str, str]:
    """What a card that shows these fields carries, so that a stale one can be merged."""
    return {name: digest(fields.get(name, "")) for name in names}


# --- what is still needed -----------------------------------------------------------------


def standing(
    values: Mapping[str, str], result: AreaResult, *, kept: Iterable[str] = (),
    unanswered: int = 0,
) -> tuple[str, ...]:  # fmt: skip
    """What a draft needs before it may go round or be concluded, a sentence each; () if nothing.

    `values` are its fields, prefilled. `kept` are fields with words that were not saved, and
    `unanswered` counts concerns that are neither answered nor let stand.
    """
    rated = [each for each in result.statements if not is_not_applicable(each)]
    return tuple(
        sentence
        for sentence in (
            *_missing_words(values, result),
            *_missing_levels(values, rated),
            _unsaved(kept, [each.statement for each in result.statements]),
            _concerns(unanswered),
        )
        if sentence
    )


def next_step(
    values: Mapping[str, str], result: AreaResult, *, kept: Iterable[str] = ()
) -> str:  # fmt: skip
    """The first step of a draft that is not finished: words, levels, or else send."""
    unsaved = set(kept)
    if any(_missing_words(values, result)) or unsaved & set(OF_WORDS):
        return "words"
    return "levels" if standing(values, result, kept=unsaved) else "send"


def _missing_words(values: Mapping[str, str], result: AreaResult) -> Iterable[str]:
    empty = (field for field in ANSWERS if not values.get(field))
    yield from (f"Write an answer to “{_LABELS[field]}”." for field in empty)
    if result.contributed and not split(values.get("draws_on", "")):
        yield "Choose which perspectives the draft draws on."
    apart = [each for each in result.statements if has_gap(each)]
    if apart and not values.get("gap"):
        yield (
            f"Write a sentence on the gap at {names(apart)}: people with lived experience and "
            "staff see this differently."
        )


def _missing_levels(values: Mapping[str, str], results: Sequence[StatementResult]) -> Iterable[str]:
    def chosen(result: StatementResult) -> str:
        return values.get(f"level_{result.statement.code}", "")

    def lacking(what: str, results: Iterable[StatementResult]) -> list[StatementResult]:
        return [each for each in results if not values.get(f"{what}_{each.statement.code}")]

    if open_ := lacking("level", results):
        yield f"Choose a level, or “not agreed”, for {names(open_)}."
    own = [each for each in results if departs(each, chosen(each))]
    if unreasoned := lacking("reason", own):
        yield f"Give a reason for {names(unreasoned)}: the rule does not give the level you chose."
    far = [each for each in results if must_be_heard(each, chosen(each))]
    if unheard := lacking("heard", far):
        yield f"Say what was heard about {names(unheard)}: someone is two or more levels away."


def _unsaved(kept: Iterable[str], statements: Sequence[Statement]) -> str:
    fields = [f"“{label(field, statements)}”" for field in kept]
    return f"Something is not saved yet: {listed(fields)}." if fields else ""


def _concerns(unanswered: int) -> str:
    if not unanswered:
        return ""
    concerns, them = ("1 concern", "it") if unanswered == 1 else (f"{unanswered} concerns", "them")
    return f"Answer {concerns}, or let {them} stand."


def names(results: Iterable[StatementResult]) -> str:
    """Statements inside a sentence: “1a, 1b and local statement L1”."""
    return listed([each.statement.short for each in results])


# --- when it goes round -------------------------------------------------------------------


def goes_round(start_on: date, *, confirm_days: int, now: datetime) -> tuple[date, date]:
    """On which days a draft sent now is asked about, and its round closes.

    It waits for the review's next weekly message, so that nobody gets one message more for it:
    today's, if that has not gone out yet. From then on there are `confirm_days` working days.
    """
    week = review_week(start_on, london_day(now))
    while now >= opens_at(day := prompt_day(start_on, week)):
        week += 1
    return day, working_days_after(day, confirm_days)


def due_on(since: datetime) -> date:
    """By when an area's lead is to draft or conclude it, from when it began to wait for them."""
    return working_days_after(london_day(since), WORKING_DAYS)
