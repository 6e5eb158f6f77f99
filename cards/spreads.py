"""Levels, spreads and verdicts as people read them (PURE): numbers and names, never a score.

Every sentence here is ours. Group names can be local: show them through `elements.words`.
"""

from collections.abc import Sequence
from datetime import date

from cards.area_answer import choice_name
from eocif.round_summaries import StatementResult
from eocif.rules.agreement import Kind, Verdict
from eocif.rules.answers import NOT_AGREED
from eocif.rules.dates import day_in_words
from eocif.rules.framework import Edition
from eocif.rules.phrases import listed, many
from eocif.rules.progress import NOT_APPLICABLE
from eocif.rules.spread import Spread

NOBODY = "Nobody gave a level."


def inside(edition: Edition, level: str) -> str:
    """How a statement stands, within a sentence: “achieving”, “not agreed”."""
    name = choice_name(edition, level)
    return name[:1].lower() + name[1:]


def either(edition: Edition, levels: Sequence[str]) -> str:
    """Levels to choose from, lowest first: “progressing or achieving”."""
    return listed([inside(edition, level) for level in levels], "or")


def counts(edition: Edition, spread: Spread) -> str:
    """How many chose each level, lowest first: “3 progressing, 5 achieving, 1 excelling”.

    A level that nobody chose is left out; empty where nobody chose any.
    """
    beside = zip(spread.counts, edition.levels, strict=True)
    return ", ".join(f"{count} {inside(edition, level.key)}" for count, level in beside if count)


def besides(spread: Spread) -> str:
    """Who took part and gave no level, a short sentence each; empty where everyone gave one."""
    found = [
        (spread.dont_know, "did not know enough"),
        (spread.not_applicable, "said not applicable"),
        (spread.unanswered, "left it open"),
    ]
    return " ".join(f"{count} {did}." for count, did in found if count)


def numbers(edition: Edition, spread: Spread) -> str:
    """A spread in one line of numbers: those who gave a level, then those who did not."""
    rated = counts(edition, spread)
    return " ".join(part for part in (f"{rated}." if rated else NOBODY, besides(spread)) if part)


def by_group(edition: Edition, results: Sequence[StatementResult]) -> list[tuple[str, str]]:
    """Each group, with how many took part, and its numbers: a line for each statement.

    The names of groups may be people's words. Empty where there is only one group, which is all.
    """
    lines: dict[str, list[str]] = {}
    for result in results:
        for group in result.groups:
            name = f"{group.name} ({many(group.people, 'person', 'people')})"
            line = f"{result.statement.short}: {numbers(edition, group.spread)}"
            lines.setdefault(name, []).append(line)
    return [(name, "\n".join(each)) for name, each in lines.items()]


def verdict_name(edition: Edition, verdict: Verdict) -> str:
    """What the rule says of a statement, at a glance: “Agreed: achieving”."""
    if verdict.kind is Kind.AGREED:
        return f"Agreed: {either(edition, verdict.levels)}"
    if verdict.kind is Kind.TALK_FIRST:
        return f"Talk first: {either(edition, verdict.levels)}"
    if verdict.kind is Kind.CLOSE:
        return f"Close: {either(edition, verdict.levels)}"
    return _NO_LEVEL[verdict.kind]


_NO_LEVEL = {Kind.NOT_AGREED: "Not agreed", Kind.NOT_ENOUGH: "Not enough ratings"}


def verdict_sentence(edition: Edition, verdict: Verdict) -> str:
    """The same with what it means, in a sentence or two."""
    if verdict.kind in (Kind.AGREED, Kind.TALK_FIRST):
        largest = verdict.share * verdict.rated  # a count again: nothing was rounded
        most = f"{largest} of {verdict.rated} chose {either(edition, verdict.levels)}."
        return f"{most} {_MEANS[verdict.kind]}"
    if verdict.kind is Kind.CLOSE:
        between = listed([inside(edition, level) for level in verdict.levels])
        return f"People are between {between}. {_MEANS[verdict.kind]}"
    return _MEANS[verdict.kind]


_MEANS = {
    Kind.AGREED: "This counts as agreed.",
    Kind.TALK_FIRST: "Someone sees it very differently, and must be heard first.",
    Kind.CLOSE: "The rule chooses none of them.",
    Kind.NOT_AGREED: "People see this differently. That is an honest result.",
    Kind.NOT_ENOUGH: "Too few different people gave a level for the rule to say anything.",
}


def gap_sentence(gap: int | None) -> str:
    """How far apart the two voices are, in levels; empty where they are not, or too few."""
    if not gap:
        return ""
    side = "above" if gap > 0 else "below"
    levels = ("one level", "two levels", "three levels")[abs(gap) - 1]
    lived = "people with lived experience"
    return f"The middle view of {lived} is {levels} {side} that of staff and leaders."


def movement_sentence(moved: int, moved_of: int) -> str:
    """How many changed their level since round 1; empty where nobody gave one."""
    who = f"{moved} of {moved_of}" if moved else "Nobody"
    return f"{who} changed level since round 1." if moved_of else ""


def last_time(edition: Edition, level: str, on: date | None) -> str:
    """How a statement ended in the review before this one; empty where it has no such end."""
    when = f", on {day_in_words(on)}" if on else ""
    return f"Last time{when}: {inside(edition, level)}." if level else ""


def many_could_not(spread: Spread) -> str:
    """Said where more than a third did not know enough; empty elsewhere."""
    return "Many people could not judge this." if spread.many_could_not else ""


def ended(edition: Edition, level: str, origin: str) -> str:
    """How a concluded statement ended: “Achieving, agreed” or “Progressing, set by the lead”."""
    if origin in _WITHOUT_LEVEL:
        return choice_name(edition, origin)
    return f"{choice_name(edition, level)}, {'set by the lead' if origin == 'lead' else 'agreed'}"


_WITHOUT_LEVEL = (NOT_AGREED, NOT_APPLICABLE)
