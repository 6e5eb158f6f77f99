"""The board report as a Word document; the ICB's and the public's are the same with less.

What a version may not show is not in its report: a part with nothing to say has no heading.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from docx.document import Document

from eocif.report_summaries import AreaReport, Report
from eocif.reports import board_detail, front, over_time, word
from eocif.reports.changes import Change, Changed, since_last_time
from eocif.reports.counts import by_section, end_name, end_of, in_words
from eocif.reports.numbers import numbers_table
from eocif.reports.picture import levels_by_section
from eocif.reports.wording import day
from eocif.rules.answers import NOT_AGREED, choice_name
from eocif.rules.framework import Edition
from eocif.rules.phrases import listed, many
from eocif.rules.statements import BY_AREA

_GROUPS = (6.4, 3.6, 3.4, 3.6)
_CHANGES = (3.2, 3.0, 3.0, 1.6, 6.2)
_OVER_TIME = (4.6, 3.4, 9.0)


def board(report: Report) -> bytes:
    """The board's report as a .docx file."""
    return _written(report, "Board report")


def icb(report: Report) -> bytes:
    """The report for an integrated care board or system quality group: no names, no one's words."""
    return _written(report, "Report for the integrated care board (ICB)")


def public(report: Report) -> bytes:
    """The public summary: nothing about a person."""
    return _written(report, "Public summary")


def _written(report: Report, name: str) -> bytes:
    document = front.begun(report, name)
    _governance(document, report)
    _levels(document, report)
    _since_last_time(document, report)
    _groupings(document, report)
    board_detail.write(document, report)
    front.method(document, report)
    board_detail.appendix(document, report)
    return word.as_bytes(document)


def _governance(document: Document, report: Report) -> None:
    facts = (
        ("Executive lead:", report.executive_lead),
        ("Experience of care lead:", report.lead),
        ("Reports to:", report.forum),
        ("Oversight segment:", report.segment),
    )
    for lead, text in facts:
        if text:
            word.paragraph(document, text, lead=lead)


# --- levels by section ------------------------------------------------------------------------


def _levels(document: Document, report: Report) -> None:
    sections = by_section(report.areas)
    word.heading(document, "Levels by section")
    word.picture(document, levels_by_section(report), in_words(report.edition, sections))
    word.paragraph(document, _whats_counted(report))
    word.bullets(document, _in_sentences(report))
    word.heading(document, "The same numbers as a table", 2)
    numbers_table(document, report.edition, sections)


def _whats_counted(report: Report) -> str:
    what = "areas" if report.unit == BY_AREA else "statements"
    return (
        f"Each number counts {what}. Levels are an order, not a score: "
        "there is no average and no target."
    )


def _in_sentences(report: Report) -> Iterator[str]:
    origins = Counter(each.origin for area in report.areas for each in area.statements)
    concerns = sum(area.concerns for area in report.areas)
    stand = sum(area.concerns_standing for area in report.areas)
    what = "area" if report.unit == BY_AREA else "statement"
    if origins["agreed"]:
        yield f"The review group agreed the level of {many(origins['agreed'], what)}."
    if origins["lead"]:
        yield f"The lead set the level of {many(origins['lead'], what)}, with a reason."
    if origins[NOT_AGREED]:
        yield f"No level was agreed for {many(origins[NOT_AGREED], what)}. That is a result too."
    if concerns:
        raised = f"Members raised {many(concerns, 'concern')} about drafts."
        yield f"{raised} {_standing(stand, concerns)}"


def _standing(stand: int, concerns: int) -> str:
    if stand == concerns:
        return "The lead let all of them stand." if concerns > 1 else "The lead let it stand."
    rest = "others" if concerns - stand > 1 else "other"
    stood = f"The lead let {stand} stand, and answered the {rest}." if stand else ""
    return stood or ("Each was answered." if concerns > 1 else "It was answered.")


# --- since last time --------------------------------------------------------------------------


def _since_last_time(document: Document, report: Report) -> None:
    found, paths = list(since_last_time(report.areas)), list(over_time.paths(report))
    if found or paths:
        word.heading(document, "What changed since last time")
    if found:
        title, baseline = report.before
        on = f", of {day(baseline)}" if baseline else ""
        word.opening(document, f"Last time was “{title}”{on}.")
        word.table(
            document, "Statements by how their level changed",
            ("Since last time", "Last time", "Now", "How many", "Which"),
            _changes(report.edition, found), _CHANGES,
        )  # fmt: skip
    _over_time(document, report.edition, paths)


def _over_time(document: Document, edition: Edition, paths: Sequence[over_time.Path]) -> None:
    if paths:
        word.heading(document, "Levels at each review and re-rating", 2)
        word.opening(document, _RERATED)
    rows = [
        (_area_name(each.area), ", ".join(each.codes), over_time.in_words(edition, each))
        for each in paths
    ]
    word.table(document, "Levels over time, oldest first", ("Area", "Statements", "Levels"), rows,
               _OVER_TIME)  # fmt: skip


_RERATED = "Levels with their days, the oldest first. An area can be rated again between reviews."


def _changes(edition: Edition, found: Iterable[Changed]) -> list[tuple[str, ...]]:
    """A row for each pair of levels, in the order of `Change`; all that stayed in one row."""
    codes: dict[tuple[str, ...], list[str]] = {}
    for each in sorted(found, key=lambda each: tuple(Change).index(each.change)):
        now = end_name(edition, end_of(each.area, each.statement))
        levels = (choice_name(edition, each.statement.before), now)
        stayed = each.change is Change.SAME
        key = (each.change.value, *(("", "") if stayed else levels))
        codes.setdefault(key, []).append(each.statement.statement.code)
    return [(*key, str(len(which)), ", ".join(which)) for key, which in codes.items()]


# --- groupings --------------------------------------------------------------------------------


def _groupings(document: Document, report: Report) -> None:
    groups = (report.strong, report.to_improve, report.consistency)
    rows = [row for area in report.areas if any((row := _grouped(area, groups))[1:])]
    if not rows:
        return
    word.heading(document, "Where practice is strong, and where it can improve")
    word.opening(document, _GROUPINGS_ARE_OURS)
    word.table(
        document, "Statements by grouping, for each area",
        ("Area", "Strong practice", "In need of improvement", "Consistency can be improved"),
        rows, _GROUPS,
    )  # fmt: skip


_GROUPINGS_ARE_OURS = (
    "These groupings are ours. Strong practice: agreed as achieving or excelling. In need of "
    "improvement: agreed as a lower level. Consistency can be improved: people were close, did "
    "not agree, or lived experience and staff see it differently."
)


def _grouped(area: AreaReport, groups: Sequence[Sequence[str]]) -> tuple[str, ...]:
    inside = [each.statement.code for each in area.statements]
    codes = (listed([code for code in inside if code in group]) for group in groups)
    return (_area_name(area), *codes)


def _area_name(area: AreaReport) -> str:
    return f"{area.area.number} {area.area.label}"
