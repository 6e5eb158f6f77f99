"""A report as an Excel workbook: a sheet for each table that has something to show."""

from collections.abc import Iterable

from eocif.report_summaries import Report
from eocif.reports.sheets import as_bytes, draw, new_book
from eocif.reports.table import Table
from eocif.reports.tables import plan_tables, tables
from eocif.reports.wording import NOT_JUDGED, name_of


def workbook(report: Report) -> bytes:
    """The workbook. What the report's version does not show has no column and no sheet."""
    return _drawn(report, tables(report))


def plan_workbook(report: Report) -> bytes:
    """The improvement plan alone."""
    return _drawn(report, plan_tables(report))


def _drawn(report: Report, shown: Iterable[Table]) -> bytes:
    book = new_book(name_of(report), NOT_JUDGED, report.made_at)
    for table in shown:
        draw(book, table)
    return as_bytes(book)
