"""Numbers by section as a Word table: a section a column, how statements ended down the side."""

from collections.abc import Sequence

from docx.document import Document

from eocif.reports import word
from eocif.reports.counts import Sections, end_name, ends_shown
from eocif.rules.framework import Edition

_FIRST, _ALL = 2.9, 1.3  # centimetres of the first column, and of the last


def numbers_table(document: Document, edition: Edition, sections: Sections) -> None:
    """The same numbers that a picture shows."""
    titles = [f"{section.number} {section.title}" for section, _ in sections]
    rows = [_row(edition, end, sections) for end in ends_shown(sections)]
    word.table(document, "Numbers by section", ("How it ended", *titles, "All"), rows,
               _widths(titles), together=True)  # fmt: skip


def _row(edition: Edition, end: str, sections: Sections) -> tuple[str, ...]:
    numbers = [counts.get(end, 0) for _, counts in sections]
    return (end_name(edition, end), *map(str, numbers), str(sum(numbers)))


def _widths(titles: Sequence[str]) -> list[float]:
    """Room by the longest word of each title, so that none is broken."""
    longest = [max(map(len, title.split())) for title in titles]
    room = (word.WIDTH - _FIRST - _ALL) / sum(longest)
    return [_FIRST, *(room * letters for letters in longest), _ALL]
