"""An answer pack as an Excel form that can be read back.

Only the cells that ask something can be changed; choices are lists in words. A hidden sheet says
which review, person, round and edition the form is for, and what stands in which cell.
"""

from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Font, Protection
from openpyxl.workbook.protection import WorkbookProtection
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from eocif.pack_summaries import Pack, PackArea
from eocif.reports.pack_words import (
    ANSWERS,
    CALLED_FOR,
    COMMENT,
    DEFINED_FOR_AREAS,
    DRAFT_QUESTION,
    KEEP,
    another_way,
    choices,
    draft_words,
    draws_on,
    give_back,
    heading,
    opening,
    plain_lines,
    privacy,
    proposed,
    questions,
    said,
    spread_line,
    spreads,
    title,
)
from eocif.reports.sheets import (
    BOX,
    GREY,
    HEADING,
    as_bytes,
    new_book,
    new_sheet,
    put,
    set_widths,
    write_row,
)
from eocif.reports.tables import Value
from eocif.reports.wording import KINDS, NOT_JUDGED, choice_name, statement_name, statement_text
from eocif.round_summaries import ConfirmForm
from eocif.rules.perspectives import EVIDENCE_SOURCES
from eocif.rules.statements import Statement
from eocif.rules.text import LIMIT
from eocif.summaries import AreaForm

FORMAT = "eocif-answers-1"
TECHNICAL = "technical"
EVIDENCE_ROWS = 3
SOURCES = tuple(each.name for each in EVIDENCE_SOURCES)
KIND_NAMES = tuple(KINDS.values())
HOW = "Answer in the cells with a border. Leave empty what you do not want to answer."
_TITLE = Font(name="Arial", size=16, bold=True)
_ANSWER_HEIGHT = 60  # points, of a row to write words in


@dataclass(frozen=True)
class Input:
    """A cell to fill in: its field, and the choices where it takes one from a list."""

    field: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Place:
    """Where an input stands, as a row of the hidden sheet."""

    area: int
    round: int
    sheet: str
    cell: str
    field: str


def pack_xlsx(pack: Pack) -> bytes:
    """The pack as a workbook: instructions, a sheet for each area, and the hidden one."""
    book = new_book(title(pack), NOT_JUDGED, pack.made_at)
    _start(book, pack)
    places = [place for area in pack.areas for place in _area(book, area)]
    _technical(book, pack, places)
    book.security = WorkbookProtection(lockStructure=True)
    return as_bytes(book)


def sheet_name(area: PackArea) -> str:
    """The name of an area's sheet: “Area 2”, or “Area 2 draft”."""
    return f"Area {area.number} draft" if area.confirm else f"Area {area.number}"


# --- a form grows row by row ----------------------------------------------------------------


class _Form:
    """A protected sheet that is filled from the top, and remembers where its inputs stand."""

    def __init__(self, book: Workbook, name: str, wide: tuple[int, ...]) -> None:
        self.sheet, self.wide, self.next = new_sheet(book, name), wide, 1
        self.inputs: list[tuple[str, str]] = []
        self._lists: dict[tuple[str, ...], DataValidation] = {}
        set_widths(self.sheet, wide)
        _protect(self.sheet)

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
            self._lists[names] = _one_of(names) if names else _no_longer()
            self.sheet.add_data_validation(self._lists[names])
        return self._lists[names]


def _protect(sheet: Worksheet) -> None:
    sheet.protection.enable()
    # Rows and columns may still be made larger, to see more of what was typed.
    sheet.protection.formatColumns = sheet.protection.formatRows = False


def _one_of(names: tuple[str, ...]) -> DataValidation:
    return DataValidation(
        type="list", formula1=f'"{",".join(names)}"', allow_blank=True, showErrorMessage=True,
        errorTitle="Choose from the list", error="Choose one from the list, or leave it empty.",
    )  # fmt: skip


def _no_longer() -> DataValidation:
    return DataValidation(
        type="textLength", operator="lessThanOrEqual", formula1=str(LIMIT), allow_blank=True,
        showErrorMessage=True, errorStyle="warning", errorTitle="This is long",
        error=f"We can take up to {LIMIT:,} characters here.",
    )  # fmt: skip


# --- instructions -------------------------------------------------------------------------


def _start(book: Workbook, pack: Pack) -> None:
    form = _Form(book, "Start here", (110,))
    form.lines([title(pack)], _TITLE)
    form.next += 1
    for line in (*opening(pack), HOW, "Each area has a sheet of its own: see the tabs below."):
        form.row(line)
    form.head("Where to send it")
    for line in (*give_back(pack), *another_way(pack)):
        form.row(line)
    form.head("The four levels, from lowest to highest, in the framework's own words")
    for level in pack.edition.levels:
        form.row(f"{level.name}: {level.definition}")
    form.row(DEFINED_FOR_AREAS)
    for level in pack.edition.levels:
        form.row(f"{level.name}: {level.reading.removeprefix('For one statement: ')}")
    form.row(pack.edition.voice)
    form.row(pack.edition.attribution)


# --- an area to rate ----------------------------------------------------------------------


def _area(book: Workbook, area: PackArea) -> Iterator[Place]:
    name = sheet_name(area)
    wide = _DRAFT if area.confirm else _RATE
    form = _Form(book, name, wide)
    form.lines([heading(area)], _TITLE)
    form.lines([HOW, *([KEEP] if area.has_answer else [])])
    form.row("Who sees this", privacy(area.form.privacy, area.lead_name))
    if area.rate:
        _rate(form, area.rate)
    elif area.confirm:
        _confirm(form, area, area.confirm)
    for cell, field in form.inputs:
        yield Place(area.number, area.round, name, cell, field)


_RATE = (26, 62, 52, 44, 34)


def _rate(form: _Form, asked: AreaForm) -> None:
    section = asked.section
    practice = "; ".join(section.areas_of_practice)
    form.lines([f"Section {section.number}: {section.title}. Areas of practice: {practice}."])
    form.head("Statement", "What it says", "To help you read it", "Your level")
    form.sheet.freeze_panes = f"A{form.next}"
    levels = tuple(choices(asked.edition).values())
    for each in asked.statements:
        form.row(*_statement(asked, each), Input(f"level_{each.code}", levels))
    form.head("In your own words", "We ask", "", "Your answer")
    for field, question in questions(asked.edition).items():
        form.row("Optional", question, "", Input(field))
    for field, (when, question) in CALLED_FOR.items():
        form.row(when, question, "", Input(field))
    form.head("Evidence", "Where does it come from?", "In words or in numbers?",
              "What does it show?", "A web address (https://)")  # fmt: skip
    for number in range(1, EVIDENCE_ROWS + 1):
        form.row(
            f"Optional, {number} of {EVIDENCE_ROWS}", Input(f"source_{number}", SOURCES),
            Input(f"kind_{number}", KIND_NAMES), Input(f"evidence_{number}"),
            Input(f"link_{number}"),
        )  # fmt: skip


def _statement(asked: AreaForm | ConfirmForm, each: Statement) -> tuple[str, str, str]:
    label = f"{asked.area.label}" if not each.text else ""
    return (
        statement_name(each), statement_text(each, label),
        "\n".join(plain_lines(asked.area, each)),
    )  # fmt: skip


# --- a draft to answer ----------------------------------------------------------------------

_DRAFT = (26, 62, 44, 40, 26, 30)


def _confirm(form: _Form, area: PackArea, asked: ConfirmForm) -> None:
    form.lines([f"{area.lead_name} wrote this from what everyone said."])
    form.head("The draft", "What it says")
    for question, text in draft_words(asked):
        form.row(question, text)
    if line := draws_on(asked):
        form.row("Whose views", line)
    form.head("Statement", "What it says", "How people rated it", "Level proposed", "You chose",
              "Change it to (or leave empty)")  # fmt: skip
    for each in asked.statements:
        form.row(*_proposal(area, asked, each))
    form.head(DRAFT_QUESTION, "Your answer")
    form.row("Choose one", Input("answer", tuple(ANSWERS.values())))
    form.row(COMMENT, Input("comment"))
    _others(form, asked)


def _proposal(area: PackArea, asked: ConfirmForm, each: Statement) -> tuple[str | Input, ...]:
    edition, code = asked.edition, each.code
    name, text, help_ = _statement(asked, each)
    rated = [spread_line(edition, who, spread) for who, spread in spreads(asked, code)]
    level, reason = proposed(asked, code), asked.reasons.get(code, "")
    return (
        name, f"{text}\n{help_}".strip(), "\n".join(rated),
        f"{level}. Why: {reason}" if reason else level,
        choice_name(edition, area.earlier.get(code, "")) or "Nothing",
        Input(f"level_{code}", tuple(choices(edition).values())),
    )  # fmt: skip


def _others(form: _Form, asked: ConfirmForm) -> None:
    shown = said(asked)
    if shown:
        form.head("What people said", "In their words", "Who")
    for question, texts in shown:
        for who, text in texts:
            form.row(question, text, who)


# --- the hidden sheet -----------------------------------------------------------------------


def _technical(book: Workbook, pack: Pack, places: Iterable[Place]) -> None:
    sheet = new_sheet(book, TECHNICAL)
    about: dict[str, Value] = {
        "format": FORMAT, "review": pack.head.id, "member": pack.member_id, "name": pack.name,
        "edition": pack.edition.id, "mark": pack.mark, "made_at": pack.made_at.isoformat(),
    }  # fmt: skip
    for number, (key, value) in enumerate(about.items(), start=1):
        put(sheet, number, 1, key)
        put(sheet, number, 2, value)
    for number, place in enumerate(places, start=len(about) + 1):
        for column, value in enumerate(astuple(place), start=1):
            put(sheet, number, column, value)
    _protect(sheet)
    sheet.sheet_state = "veryHidden"
