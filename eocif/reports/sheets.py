"""Drawing with openpyxl: what every workbook of ours has in common.

Words are always stored as words. A text that begins like a formula stays a text, also when
someone edits its cell; characters that a workbook cannot hold are taken out.
"""

import re
from collections.abc import Sequence
from datetime import date, datetime
from io import BytesIO
from typing import cast

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.table import Table as ListObject
from openpyxl.worksheet.table import TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from eocif.reports.table import Table, Value
from eocif.rules.text import clean

LONGEST = 32_767  # characters that a cell holds
DAY = "dddd d mmmm yyyy"
_A4, _BLACK_AND_WHITE = 9, "TableStyleLight1"
_PAGE = 180  # characters across a page that can still be read
_LINE, _TALLEST = 15, 409  # points
_FORMULA = ("=", "+", "-", "@")
# Excel reads these seven letters as one character: written out, they need an escape of their own.
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")

PLAIN = Font(name="Arial", size=11)
HEADING = Font(name="Arial", size=11, bold=True)
TOP = Alignment(horizontal="left", vertical="top", wrap_text=True)
GREY = PatternFill("solid", fgColor="E8E8E8")
THIN = Side(style="thin", color="767676")
BOX = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)


def new_book(title: str, about: str, made_at: datetime) -> Workbook:
    """An empty workbook that says what it is, in British English."""
    book = Workbook()
    book.remove(book.worksheets[0])
    properties = book.properties
    properties.title, properties.description = fit(title), fit(about)
    properties.creator, properties.language = "Experience of care reviews", "en-GB"
    properties.created = made_at.replace(tzinfo=None)
    return book


def as_bytes(book: Workbook) -> bytes:
    """The workbook as a file's content."""
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def fit(text: str) -> str:
    """`text` as a cell can hold it: no forbidden characters, nothing that reads as an escape."""
    return _LOOKS_ESCAPED.sub("_x005F_", clean(text))[:LONGEST]


def put(sheet: Worksheet, row: int, column: int, value: Value) -> Cell:
    """Write a value, wrapped and at the top of its cell. Text is forced to stay text."""
    cell = cast(Cell, sheet.cell(row, column))  # we merge no cells
    if isinstance(value, str):
        cell.value = fit(value) or None
        if cell.value is not None:
            cell.data_type = "s"
            cell.quotePrefix = cell.value.startswith(_FORMULA)
    else:
        cell.value = value
        if isinstance(value, date):
            cell.number_format = DAY
    cell.alignment, cell.font = TOP, PLAIN
    return cell


def new_sheet(book: Workbook, name: str) -> Worksheet:
    """An empty sheet at the end of the workbook, ready to print."""
    sheet = cast(Worksheet, book.create_sheet(name))
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", _A4
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.oddFooter = HeaderFooterItem(center=_HeaderFooterPart("&A: page &P of &N"))
    return sheet


def draw(book: Workbook, table: Table) -> Worksheet:
    """A sheet with one real table: its headings frozen, repeated in print, and to filter by."""
    sheet = new_sheet(book, table.name)
    wide = [column.width for column in table.columns]
    set_widths(sheet, wide)
    for cell in write_row(sheet, 1, [column.title for column in table.columns], wide):
        cell.font, cell.fill = HEADING, GREY
    for number, row in enumerate(table.rows, start=2):
        write_row(sheet, number, row, wide)
    area = f"A1:{get_column_letter(len(wide))}{len(table.rows) + 1}"
    listed = ListObject(displayName=table.name, ref=area)
    listed.tableStyleInfo = TableStyleInfo(name=_BLACK_AND_WHITE, showRowStripes=True)
    sheet.add_table(listed)
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.fitToWidth = max(1, round(sum(wide) / _PAGE))
    return sheet


def write_row(
    sheet: Worksheet, number: int, row: Sequence[Value], wide: Sequence[int]
) -> list[Cell]:
    """Write a row, as tall as its words need in columns this wide."""
    lines = max(_lines(value, width) for value, width in zip(row, wide, strict=True))
    sheet.row_dimensions[number].height = min(_TALLEST, _LINE * lines)
    return [put(sheet, number, place, value) for place, value in enumerate(row, start=1)]


def _lines(value: Value, width: int) -> int:
    if not isinstance(value, str):
        return 1
    return sum(1 + len(line) * 10 // (width * 11) for line in value.split("\n"))


def set_widths(sheet: Worksheet, wide: Sequence[int]) -> None:
    """Set the widths of the first columns, in characters."""
    for place, width in enumerate(wide, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
