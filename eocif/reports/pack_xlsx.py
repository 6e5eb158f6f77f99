"""An answer pack as an Excel form that can be read back.

Only the cells that ask something can be changed; choices are lists in words. A hidden sheet says
which review, person, round and edition the form is for, and what stands in which cell.
"""

from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass

from openpyxl import Workbook
from openpyxl.workbook.protection import WorkbookProtection

from eocif.pack_summaries import Pack, PackArea
from eocif.reports.form_sheet import TITLE, Form, Input, protect
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
from eocif.reports.sheets import as_bytes, new_book, new_sheet, put
from eocif.reports.table import Value
from eocif.reports.wording import KINDS, NOT_JUDGED, statement_name, statement_text
from eocif.round_summaries import ConfirmForm
from eocif.rules.answers import choice_name
from eocif.rules.perspectives import EVIDENCE_SOURCES
from eocif.rules.spread import TOO_FEW
from eocif.rules.statements import Statement
from eocif.summaries import AreaForm

FORMAT = "eocif-answers-1"
TECHNICAL = "technical"
EVIDENCE_ROWS = 3
SOURCES = tuple(each.name for each in EVIDENCE_SOURCES)
KIND_NAMES = tuple(KINDS.values())
HOW = "Answer in the cells with a border. Leave empty what you do not want to answer."


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


# --- instructions -------------------------------------------------------------------------


def _start(book: Workbook, pack: Pack) -> None:
    form = Form(book, "Start here", (110,))
    form.lines([title(pack)], TITLE)
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
    form = Form(book, name, wide)
    form.lines([heading(area)], TITLE)
    form.lines([HOW, *([KEEP] if area.has_answer else [])])
    form.row("Who sees this", privacy(area.form.privacy, area.lead_name))
    if area.rate:
        _rate(form, area.rate)
    elif area.confirm:
        _confirm(form, area, area.confirm)
    for cell, field in form.inputs:
        yield Place(area.number, area.round, name, cell, field)


_RATE = (26, 62, 52, 44, 34)


def _rate(form: Form, asked: AreaForm) -> None:
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


def _confirm(form: Form, area: PackArea, asked: ConfirmForm) -> None:
    form.lines([f"{area.lead_name} wrote this from what people said."])
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
        name, f"{text}\n{help_}".strip(),
        TOO_FEW if asked.result.is_withheld else "\n".join(rated),
        f"{level}. Why: {reason}" if reason else level,
        choice_name(edition, area.earlier.get(code, "")) or "Nothing",
        Input(f"level_{code}", tuple(choices(edition).values())),
    )  # fmt: skip


def _others(form: Form, asked: ConfirmForm) -> None:
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
    protect(sheet)
    sheet.sheet_state = "veryHidden"
