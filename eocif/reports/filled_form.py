"""Reading an Excel form that came back: what its hidden sheet says, and what was filled in.

The file comes from outside. It is measured before it is unpacked, read row by row and only as far
as our own forms go, and no formula in it is worked out.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter

from eocif.errors import EocifError
from eocif.reports.pack_xlsx import FORMAT, TECHNICAL, Place
from eocif.rules.text import clean

LARGEST = 5_000_000  # bytes of the file
_UNPACKED, _PARTS = 20_000_000, 500  # bytes and files inside it
_ROWS, _COLUMNS = 400, 8  # more than any sheet of ours has
_PLACES = 5_000
_CELL = re.compile(r"[A-H][1-9][0-9]{0,2}", re.ASCII)
_DECLARES = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_ABOUT = ("format", "review", "member", "name", "edition", "mark", "made_at")

_AGAIN = "Make a new form with “export”, or record the answers in Teams."


class NotAForm(EocifError):
    """A file that is no form of ours, or no longer one."""

    def __init__(self, happened: str) -> None:
        super().__init__(happened, kept="Nothing was imported.", next_step=_AGAIN)


@dataclass(frozen=True)
class FilledCell:
    """A cell to fill in, and what is in it. `is_error`: an error of Excel's, such as #NAME?."""

    place: Place
    text: str
    is_error: bool = False


@dataclass(frozen=True)
class FilledForm:
    """A form that came back. `lost` are sheets of it that are no longer there."""

    review: int
    member: int
    edition: str
    mark: str
    made_at: datetime
    cells: tuple[FilledCell, ...]
    lost: tuple[str, ...]


def read(content: bytes) -> FilledForm:
    """The form in a file's content. Raises NotAForm with one sentence."""
    _measure(content)
    try:
        book = load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)
    except Exception as error:
        # Damage shows as nearly any exception; whatever it is, this file cannot be read.
        raise NotAForm("We could not read this file. It may be damaged.") from error
    if TECHNICAL not in book.sheetnames:
        raise NotAForm("This is not one of our answer forms.")
    try:
        return _form(book)
    except (KeyError, ValueError, TypeError, IndexError) as error:
        raise NotAForm("The hidden sheet of this form was changed.") from error
    finally:
        book.close()


def _measure(content: bytes) -> None:
    """Refuse what is too large, would become so, or brings its own entities."""
    if len(content) > LARGEST:
        raise NotAForm("This file is too large to be one of our answer forms.")
    try:
        with ZipFile(BytesIO(content)) as parts:
            inside = parts.infolist()
            if len(inside) > _PARTS or sum(each.file_size for each in inside) > _UNPACKED:
                raise NotAForm("This file is too large to be one of our answer forms.")
            if any(_DECLARES.search(parts.read(each)) for each in inside):
                raise NotAForm("We could not read this file. It may be damaged.")
    except (BadZipFile, OSError, EOFError, ValueError, NotImplementedError, RuntimeError) as error:
        raise NotAForm("This is not an Excel workbook (.xlsx).") from error


# --- the hidden sheet -----------------------------------------------------------------------


def _form(book: Workbook) -> FilledForm:
    rows = list(
        book[TECHNICAL].iter_rows(
            max_row=_PLACES + len(_ABOUT), max_col=len(Place.__dataclass_fields__), values_only=True
        )
    )
    about = {str(row[0]): row[1] for row in rows[: len(_ABOUT)]}
    if about["format"] != FORMAT:
        raise NotAForm("This form was made by another version of this software.")
    places = [_place(row) for row in rows[len(_ABOUT) :] if row[0] is not None]
    sheets = list(dict.fromkeys(place.sheet for place in places))
    made_at = datetime.fromisoformat(str(about["made_at"]))
    if made_at.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return FilledForm(
        int(str(about["review"])), int(str(about["member"])), str(about["edition"]),
        str(about["mark"]), made_at,
        tuple(cell for name in sheets if name in book.sheetnames for cell in _filled(
            book, name, [place for place in places if place.sheet == name]
        )),
        tuple(name for name in sheets if name not in book.sheetnames),
    )  # fmt: skip


def _place(row: tuple[Any, ...]) -> Place:
    area, round_, sheet, cell, field = row
    if not _CELL.fullmatch(str(cell)) or str(sheet) == TECHNICAL:
        raise ValueError("no place of ours")
    return Place(int(area), int(round_), str(sheet), str(cell), str(field))


# --- what was filled in ---------------------------------------------------------------------


def _filled(book: Workbook, name: str, places: Iterable[Place]) -> Iterable[FilledCell]:
    written = _written(book, name)
    for place in places:
        yield FilledCell(place, *written.get(place.cell, ("", False)))


def _written(book: Workbook, name: str) -> Mapping[str, tuple[str, bool]]:
    found = {}
    rows = book[name].iter_rows(max_row=_ROWS, max_col=_COLUMNS)
    for number, row in enumerate(rows, start=1):
        for column, cell in enumerate(row, start=1):
            if cell.value is not None:
                where = f"{get_column_letter(column)}{number}"
                found[where] = (_as_text(cell.value), cell.data_type == "e")
    return found


def _as_text(value: object) -> str:
    """What a cell holds, as it reads: Excel may have taken what was typed for a number or a day."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, datetime):
        value = value.date()
    return clean(str(value).replace("_x000D_", ""))
