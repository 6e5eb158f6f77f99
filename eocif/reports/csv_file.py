"""A report's levels as CSV (RFC 4180): a row for each statement, for other programs and Excel.

UTF-8 with a byte order mark, without which Excel takes it for another alphabet. The columns are
the same in every version; what a version does not show is empty.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import StringIO

from eocif.report_summaries import AreaReport, Report, StatementReport
from eocif.reports.level_tables import grouping
from eocif.reports.wording import NOT_JUDGED, edition_line, rule_in_one, took_part
from eocif.round_summaries import StatementResult
from eocif.rules.framework import LEVEL_KEYS
from eocif.rules.statements import Statement
from eocif.rules.text import clean

COLUMNS = (
    "section", "section_title", "area", "area_state", "code", "statement", "local", "level",
    "origin", "reason", "verdict", *LEVEL_KEYS, "dont_know", "not_applicable", "no_answer", "gap",
    "moved", "moved_of", "grouping", "level_before", "confirmed_by", "confirmed_on", "review",
    "provider", "division", "version", "edition", "scope", "agreement_rule", "took_part", "note",
)  # fmt: skip
# A spreadsheet takes a cell that begins so for a formula; the last four are their wide forms.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def levels_csv(report: Report) -> bytes:
    """One row per statement, also of those that do not apply here; a heading row first."""
    whole = about(report)
    return written(COLUMNS, (row | whole for area in report.areas for row in _rows(report, area)))


def _rows(report: Report, area: AreaReport) -> Iterator[dict[str, object]]:
    where = _where(area)
    for at in area.statements:
        yield where | _statement(at.statement) | _level(report, at) | _spread(at.result)
    for statement, reason in area.not_applicable:
        yield where | _statement(statement) | {"origin": "not_applicable", "reason": reason}


def written(columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> bytes:
    """A heading row, and the rows; a value that a row does not have is empty."""
    kept = StringIO(newline="")
    writer = csv.DictWriter(kept, columns, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(_harmless(row) for row in rows)
    return kept.getvalue().encode("utf-8-sig")


def _harmless(row: Mapping[str, object]) -> dict[str, str]:
    """Every value as text, with an apostrophe before what begins like a formula.

    A whole number cannot be one, also where it is less than nothing.
    """
    return {name: _text(value) for name, value in row.items()}


def _text(value: object) -> str:
    if not isinstance(value, str):
        return "" if value is None else str(value)
    text = clean(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def about(report: Report) -> dict[str, object]:
    """What every row says of its report, so that a row on its own still says it."""
    return {
        "review": report.title, "provider": report.provider, "division": report.division,
        "version": report.version.value, "edition": edition_line(report.edition),
        "scope": report.scope, "agreement_rule": rule_in_one(report.method.rule),
        "took_part": took_part(report.method), "note": NOT_JUDGED,
    }  # fmt: skip


def _where(area: AreaReport) -> dict[str, object]:
    return {
        "section": area.section.number, "section_title": area.section.title,
        "area": area.area.number, "area_state": area.state,
    }  # fmt: skip


def _statement(statement: Statement) -> dict[str, object]:
    text = "\n".join([statement.text, *statement.bullets])
    return {"code": statement.code, "statement": text, "local": "yes" if statement.is_local else ""}


def _level(report: Report, at: StatementReport) -> dict[str, object]:
    return {
        "level": at.level, "origin": at.origin, "reason": at.reason,
        "grouping": grouping(report, at.statement.code), "level_before": at.before,
        "confirmed_by": at.confirmed_by, "confirmed_on": at.confirmed_on,
    }  # fmt: skip


def _spread(result: StatementResult | None) -> dict[str, object]:
    if result is None:
        return {}
    spread = result.spread
    return {
        "verdict": result.verdict.kind.value, **dict(zip(LEVEL_KEYS, spread.counts, strict=True)),
        "dont_know": spread.dont_know, "not_applicable": spread.not_applicable,
        "no_answer": spread.unanswered, "gap": result.gap, "moved": result.moved,
        "moved_of": result.moved_of,
    }  # fmt: skip
