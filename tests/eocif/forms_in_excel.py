"""An Excel form as its person fills it in, and what can become of it on the way back."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from eocif import imports, packs
from eocif.errors import EocifError
from eocif.imports import Imported
from eocif.models import AuditEvent, Evidence, Rating, Response, View
from eocif.reports.pack_xlsx import pack_xlsx
from eocif.rules.dates import at
from tests.builders import MONDAY, World

ABOUT = 7  # rows of the hidden sheet before the inputs
NOON = at(MONDAY, 12)
LATER = NOON + timedelta(hours=2)
ALL_OF_2 = {
    (2, "level_2a"): "Achieving",
    (2, "level_2b"): "I don't know enough to rate this",
    (2, "level_2c"): "Not applicable",
}


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


# --- on the way back ------------------------------------------------------------------------


def taken(world: World, content: bytes, now: datetime = LATER) -> Imported:
    """A form comes in."""
    return world.database.now(imports.import_answers, content=content, now=now)


def refused(world: World, content: bytes, now: datetime = LATER) -> str:
    """Why a form is not taken; and nothing of it is there."""
    before = _everything(world)
    with pytest.raises(EocifError) as told:
        taken(world, content, now)
    assert _everything(world) == before
    return told.value.sentence


def _everything(world: World) -> list[str]:
    tables = (View, Rating, Evidence, Response, AuditEvent)
    return [repr(row) for table in tables for row in world.rows(table)]
