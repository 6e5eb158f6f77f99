"""An Excel form as its person fills it in, and what can become of it on the way back."""

from collections.abc import Mapping
from io import BytesIO
from typing import Any

from openpyxl import Workbook, load_workbook

from eocif import packs
from eocif.reports.pack_xlsx import pack_xlsx
from tests.builders import World

ABOUT = 7  # rows of the hidden sheet before the inputs


def made(world: World, now: Any, *, who: str = "doris") -> bytes:
    """A blank form for someone of the sample."""
    return pack_xlsx(
        world.database.now(
            packs.pack, review_id=world.review_id, member_id=world.members[who], now=now
        )
    )


def opened(content: bytes) -> Workbook:
    """The form as a workbook."""
    return load_workbook(BytesIO(content))


def closed(book: Workbook) -> bytes:
    """The workbook as a file again."""
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def cells(content: bytes) -> dict[tuple[int, str], tuple[str, str]]:
    """Where each input stands: (area, field) → (sheet, cell)."""
    rows = list(opened(content)["technical"].iter_rows(values_only=True))[ABOUT:]
    return {(area, field): (sheet, cell) for area, _, sheet, cell, field in rows}


def filled(content: bytes, given: Mapping[tuple[int, str], Any]) -> bytes:
    """The form with some cells filled in, by area and field."""
    book, where = opened(content), cells(content)
    for key, value in given.items():
        sheet, cell = where[key]
        book[sheet][cell].value = value
        if isinstance(value, str):
            book[sheet][cell].data_type = "s"  # as in Excel, where these cells are text
    return closed(book)


def changed(content: bytes, **about: Any) -> bytes:
    """The form with other facts in its hidden sheet."""
    book = opened(content)
    for key, value in book["technical"].iter_rows(max_row=ABOUT, max_col=2):
        if key.value in about:
            value.value = about[key.value]
    return closed(book)
