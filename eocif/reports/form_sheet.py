"""An Excel sheet to fill in: only the cells that ask something can be changed."""

from collections.abc import Iterable
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Font, Protection
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from eocif.reports.sheets import BOX, GREY, HEADING, new_sheet, put, set_widths, write_row
from eocif.rules.text import LIMIT

TITLE = Font(name="Arial", size=16, bold=True)
_ANSWER_HEIGHT = 60  # points, of a row to write words in


@dataclass(frozen=True)
class Input:
    """A cell to fill in: its field, and the choices where it takes one from a list."""

    field: str
    choices: tuple[str, ...] = ()


class Form:
    """A protected sheet that is filled from the top, and remembers where its inputs stand."""

    def __init__(self, book: Workbook, name: str, wide: tuple[int, ...]) -> None:
        self.sheet, self.wide, self.next = new_sheet(book, name), wide, 1
        self.inputs: list[tuple[str, str]] = []
        self._lists: dict[tuple[str, ...], DataValidation] = {}
        set_widths(self.sheet, wide)
        protect(self.sheet)

    def lines(self, lines: Iterable[str], font: Font | None = None) -> None:
        """Lines that run across all columns."""
        for line in lines:
            cell = put(self.sheet, self.next, 1, line)
            cell.alignment = Alignment(horizontal="left", vertical="top")
            if font:
                cell.font = font
                self.sheet.row_dimensions[self.next].height = 1.5 * font.size
            self.next += 1

    def head(self, *titles: str) -> None:
        """An empty row, and headings below it."""
        self.next += 1
        for cell in self._write(titles):
            cell.font, cell.fill = HEADING, GREY

    def row(self, *values: str | Input) -> None:
        """A row of words and inputs."""
        cells = self._write(["" if isinstance(value, Input) else value for value in values])
        for cell, value in zip(cells, values, strict=False):
            if isinstance(value, Input):
                self._ask(cell, value)

    def _write(self, values: Iterable[str]) -> list[Cell]:
        given = list(values)
        padded = given + [""] * (len(self.wide) - len(given))
        cells = write_row(self.sheet, self.next, padded, self.wide)
        self.next += 1
        return cells[: len(given)]

    def _ask(self, cell: Cell, asked: Input) -> None:
        cell.border, cell.protection, cell.number_format = BOX, Protection(locked=False), "@"
        if not asked.choices:
            size = self.sheet.row_dimensions[cell.row]
            size.height = max(size.height or 0, _ANSWER_HEIGHT)
        self._rule(asked.choices).add(cell)
        self.inputs.append((cell.coordinate, asked.field))

    def _rule(self, names: tuple[str, ...]) -> DataValidation:
        if names not in self._lists:
            self._lists[names] = _one_of(names) if names else _short_enough()
            self.sheet.add_data_validation(self._lists[names])
        return self._lists[names]


def protect(sheet: Worksheet) -> None:
    """Lock every cell that is not an input, against slips: there is no password."""
    sheet.protection.enable()
    # Rows and columns may still be made larger, to see more of what was typed.
    sheet.protection.formatColumns = sheet.protection.formatRows = False


def _one_of(names: tuple[str, ...]) -> DataValidation:
    return DataValidation(
        type="list", formula1=f'"{",".join(names)}"', allow_blank=True, showErrorMessage=True,
        errorTitle="Choose from the list", error="Choose one from the list, or leave it empty.",
    )  # fmt: skip


def _short_enough() -> DataValidation:
    return DataValidation(
        type="textLength", operator="lessThanOrEqual", formula1=str(LIMIT), allow_blank=True,
        showErrorMessage=True, errorStyle="warning", errorTitle="This is long",
        error=f"We can take up to {LIMIT:,} characters here.",
    )  # fmt: skip
