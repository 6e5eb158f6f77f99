"""A report as an Excel workbook: a sheet for each table that has something to show."""

from eocif.report_summaries import Report
from eocif.reports.sheets import as_bytes, draw, new_book
from eocif.reports.tables import tables
from eocif.reports.wording import NOT_JUDGED, name_of


def workbook(report: Report) -> bytes:
    """The workbook. What the report's version does not show has no column and no sheet."""
    book = new_book(name_of(report), NOT_JUDGED, report.made_at)
    for table in tables(report):
        draw(book, table)
    return as_bytes(book)
