"""How many statements ended how, by section (PURE): numbers, never a percentage or a mean."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from eocif.report_summaries import AreaReport, StatementReport
from eocif.rules.answers import NOT_AGREED
from eocif.rules.framework import LEVEL_KEYS, Edition, Section
from eocif.rules.progress import NOT_APPLICABLE, AreaState

SET_ASIDE, NOT_YET = "set_aside", "not_yet"
Sections = Sequence[tuple[Section, Mapping[str, int]]]
ENDS = (*LEVEL_KEYS, NOT_AGREED, NOT_APPLICABLE, SET_ASIDE, NOT_YET)
"""How a statement can end, in the order of tables and pictures: a level's key, or why there is
none. `not_yet` is one whose area is still being worked on."""


def end_of(area: AreaReport, statement: StatementReport) -> str:
    """How a statement ended: one of `ENDS`."""
    if area.state == AreaState.SET_ASIDE:
        return SET_ASIDE
    return statement.level or statement.origin or NOT_YET


def by_section(areas: Iterable[AreaReport]) -> Sections:
    """How many statements of each section ended how; what does not apply locally counts too.

    Where areas were rated as a whole, areas are counted, and their indicators are not.
    """
    found: dict[int, tuple[Section, Counter[str]]] = {}
    for area in areas:
        _, counts = found.setdefault(area.section.number, (area.section, Counter()))
        counts.update(end_of(area, each) for each in area.statements)
        if not any(each.statement.is_whole_area for each in area.statements):
            counts[NOT_APPLICABLE] += len(area.not_applicable)
    return tuple(found.values())


def ends_shown(sections: Sections) -> tuple[str, ...]:
    """The ends to draw or head a column with: all levels, and of the others those that occur."""
    found = {end for _, counts in sections for end, count in counts.items() if count}
    return tuple(end for end in ENDS if end in LEVEL_KEYS or end in found)


def end_name(edition: Edition, end: str) -> str:
    """How people read one of `ENDS`."""
    return _NAMES.get(end) or edition.level(end).name


_NAMES: Mapping[str, str] = {
    NOT_AGREED: "Not agreed",
    NOT_APPLICABLE: "Not applicable here",
    SET_ASIDE: "Set aside",
    NOT_YET: "Not concluded yet",
}


def in_words(edition: Edition, sections: Sections) -> str:
    """The numbers as sentences: what a picture of them says to people who do not see it."""
    parts = (
        f"{section.title}: "
        + ", ".join(f"{end_name(edition, end)} {counts[end]}" for end in ends_shown(sections)
                    if counts.get(end))
        for section, counts in sections
    )  # fmt: skip
    return f"Bars by section. {'. '.join(parts)}."
