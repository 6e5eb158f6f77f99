"""The framework's worksheet as a Word document, an area after another.

Each area has exactly the worksheet's five fields, under their official wording and in their
order. What a review adds stands after them, never inside, and only where there is something.
"""

from collections.abc import Callable
from itertools import groupby

from docx.document import Document

from eocif.report_summaries import AreaReport, Report, StatementReport
from eocif.reports import action_parts, additions, front, word
from eocif.reports.wording import area_state, ended, statement_name, statement_text
from eocif.rules.framework import Section
from eocif.rules.progress import AreaState

_FIELDS = ("where_now", "what_good", "what_do")


def worksheet(report: Report) -> bytes:
    """The worksheet as a .docx file."""
    document = front.begun(report, "Worksheet")
    word.paragraph(document, _HOW_TO_READ)
    for section, areas in groupby(report.areas, key=lambda each: each.section):
        _section(document, section, new_page=section is not report.areas[0].section)
        for area in areas:
            _area(document, report, area)
    front.method(document, report)
    return word.as_bytes(document)


_HOW_TO_READ = (
    "Each area has the five fields of the framework’s worksheet. What this review adds stands "
    "after them. The short title after an area’s number is ours."
)


def _section(document: Document, section: Section, *, new_page: bool) -> None:
    word.heading(document, f"Section {section.number}: {section.title}", new_page=new_page)
    word.opening(document, "This section includes the following areas of practice:")
    word.bullets(document, section.areas_of_practice)


def _area(document: Document, report: Report, area: AreaReport) -> None:
    first, *_ = report.edition.worksheet
    word.heading(document, f"{first} {area.area.number}. {area.area.label}", 2)
    if area.state == AreaState.CONCLUDED:
        _fields(document, report, area)
        additions.write(document, report, area)
    else:
        word.paragraph(document, _not_concluded(area))
        additions.of_unfinished(document, report, area)
    action_parts.for_area(document, report, area)


def _not_concluded(area: AreaReport) -> str:
    if area.state != AreaState.SET_ASIDE:
        return f"Not concluded yet: {area_state(area.state).lower()}."
    because = f" The reason: {area.set_aside_because}" if area.set_aside_because else ""
    return f"This area was set aside.{because}"


def _fields(document: Document, report: Report, area: AreaReport) -> None:
    _, *questions, assessment = report.edition.worksheet
    for question, field in zip(questions, _FIELDS, strict=True):
        word.heading(document, question, 3)
        word.words(document, area.words.get(field) or "Nothing was written here.")
    word.heading(document, assessment, 3)
    _levels(document, report, area)


def _levels(document: Document, report: Report, area: AreaReport) -> None:
    """Every statement's level; where the area was rated as a whole, that one level."""
    said = _level_of(report)
    whole = [each for each in area.statements if each.statement.is_whole_area]
    for each in whole:
        word.paragraph(document, said(each))
    rows = [
        (word.Cell(statement_text(each.statement), statement_name(each.statement)), said(each))
        for each in area.statements
        if each not in whole
    ]
    word.table(document, f"Levels of area {area.area.number}", ("Statement", "Level"), rows,
               (12.7, 4.3))  # fmt: skip


def _level_of(report: Report) -> Callable[[StatementReport], str]:
    def said(each: StatementReport) -> str:
        name = ended(report.edition, each)
        return f"{name}, set by the lead" if each.origin == "lead" else name

    return said
