"""Hostile words in every field reach every card and every file, and do nothing there."""

import csv
import json
import zipfile
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook

from eocif import exports
from eocif.database import Database
from eocif.rules.dates import at
from scheduler import faces
from tests.builders import MONDAY, World
from tests.cards import harness
from tests.eocif import hostile_review
from tests.eocif.hostile_review import LONG, line, nasty
from tests.reports.office import as_pdf
from tests.to_the_end import SIGNED_OFF_AT

LATER = at(MONDAY.replace(month=2), 12)
CARDS: list[tuple[str, dict[str, Any]]] = [
    ("review", {"view": "summary"}),
    ("review", {"view": "members"}),
    *(("results", {"area": area}) for area in (2, 3, 4)),
    *(
        ("voices", {"area": area, "field": field})
        for area in (2, 3)
        for field in ("where_now", "what_good", "what_do", "excelling", "achieving",
                      "evidence", "comment")
    ),
    *(
        ("draft", {"area": area, "step": step})
        for area in (2, 3)
        for step in ("words", "levels", "send", "concerns", "conclude", "set_aside")
    ),
    ("worksheet", {}),
    ("worksheet", {"section": 1}),
    ("facts", {}),
    ("reports", {}),
    ("reopen", {"area": 3}),
    *(("outcome", {"area": area, "areas": (2, 3)}) for area in (2, 3)),
    *(("confirm", {"area": area, "areas": (2, 3)}) for area in (2, 3)),
    *(("area", {"area": area, "areas": (2, 3, 4)}) for area in (2, 3, 4)),
    ("week", {"areas": (2, 3, 4)}),
]  # fmt: skip


@pytest.fixture(scope="module")
def kind() -> str:
    """One kind of database is enough: what is stored is the same text in both."""
    return "sqlite"


@pytest.fixture
def world(database: Database, now: datetime) -> World:
    return hostile_review.signed_off(database, now)


def made(world: World, who: str, name: str, params: dict[str, Any]) -> dict[str, Any]:
    """A card as it is sent."""
    face = world.database.now(
        faces.by_name, actor=world.actors[who], name=name, now=SIGNED_OFF_AT,
        params={"review": world.review_id, **params},
    )  # fmt: skip
    assert "Z" not in face.preview.replace("ZERO", "")
    return face.content


def all_cards(world: World) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, params in CARDS:
        who = "des" if name in ("outcome", "confirm", "area") else "amina"
        yield f"{name} {params}", made(world, who, name, params)


def test_every_card_shows_them_as_they_are_and_nothing_in_them_acts(world: World) -> None:
    found = list(all_cards(world))
    for name, card in found:
        _our_words_hold_none(name, card)
        assert len(json.dumps(card, ensure_ascii=False).encode()) < 100 * 1024, name
    for (name, card), said in zip(
        found, harness.events_of([card for _, card in found]), strict=True
    ):
        assert said == harness.events_of_charts(card), name
    read = "\n".join(harness.read(card) for _, card in found)
    for mark in ("where_now2", "evidence2", "commentdes", "asideZ"):
        assert f"=Z{mark}" in read, mark
    assert "@ZtitleZ" in read


def _our_words_hold_none(name: str, card: dict[str, Any]) -> None:
    """Nothing hostile stands where Markdown, macros or mentions are read."""
    for node in harness.parts(card):
        kind, text = str(node.get("type", "")), str(node.get("text", ""))
        said = text if kind == "TextBlock" else "" if kind else str(list(node.values()))
        is_choice = "value" in node and not kind
        assert "evil.example" not in said or is_choice, (name, said[:80])
        if kind in ("TextBlock", "TextRun"):
            assert "<at>" not in text, name
            assert "{{DATE" not in text, name


def texts_of(content: bytes, format: str) -> str:
    if format == "docx":
        document = Document(BytesIO(content))
        cells = [c.text for table in document.tables for row in table.rows for c in row.cells]
        return "\n".join([*(each.text for each in document.paragraphs), *cells])
    if format == "xlsx":
        book = load_workbook(BytesIO(content))
        return "\n".join(
            str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row
        )
    return content.decode("utf-8-sig")


def test_every_file_holds_them_whole_and_nothing_in_it_acts(world: World) -> None:
    said: dict[str, str] = {}
    for format, version in exports.WRITERS:
        if version == exports.MEMBER:
            continue
        file = world.database.now(
            exports.make, review_id=world.review_id, format=format, version=version, now=LATER
        )
        assert set(file.name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-."), file.name
        said[f"{version} {format}"] = texts_of(file.content, format)
        _acts_nowhere(file.content, format)
    board, group = said["board docx"], said["group docx"]
    for mark in ("where_now2", "what_good3", "what_do2", "gap2", "reason2a", "commentdes"):
        assert f"=Z{mark}Z" in group, mark
    assert LONG in group.replace("\n", "")
    for mark in ("safety_reference", "effectiveness_reference", "predecessor_1", "sooner"):
        assert f"=Z{mark}Z" in board, mark
    assert f"@Z{'forum'}Z" in board
    assert "=Zwhere_now2desZ" in said["lead xlsx"]
    assert "=Zwhere_now2desZ" not in board + group + said["board json"]
    assert "evil.example" in group
    assert nasty("gap2") in json.loads(said["group json"])["areas"][0]["words"]["gap"]


def _acts_nowhere(content: bytes, format: str) -> None:
    if format in _ACTS:
        assert not list(_ACTS[format](content))


def _in_excel(content: bytes) -> Iterator[str]:
    for sheet in load_workbook(BytesIO(content)):
        for row in sheet.iter_rows():
            yield from (each.coordinate for each in row if each.data_type == "f" or each.hyperlink)


def _in_csv(content: bytes) -> Iterator[str]:
    for row in csv.reader(StringIO(content.decode("utf-8-sig"))):
        risky = (cell for cell in row if cell.startswith(("=", "+", "-", "@", "\t")))
        yield from (cell for cell in risky if not cell.removeprefix("-").isdigit())


def _in_word(content: bytes) -> Iterator[str]:
    with zipfile.ZipFile(BytesIO(content)) as parts:
        links = (name for name in parts.namelist() if name.endswith(".rels"))
        yield from (name for name in links if b"evil.example" in parts.read(name))


_ACTS = {"xlsx": _in_excel, "csv": _in_csv, "docx": _in_word}


def test_libreoffice_opens_them(world: World, tmp_path: Path) -> None:
    for format, version in (("docx", "group"), ("docx", "board"), ("xlsx", "lead")):
        file = world.database.now(
            exports.make, review_id=world.review_id, format=format, version=version, now=LATER
        )
        folder = tmp_path / f"{version}-{format}"
        folder.mkdir()
        assert as_pdf(file.content, f"{version}.{format}", folder).stat().st_size > 1000


def test_a_reopening_and_its_reason_reach_the_card_and_the_later_report(world: World) -> None:
    hostile_review.reopened(world)
    group = world.database.now(
        exports.make, review_id=world.review_id, format="docx", version="group", now=LATER
    )
    assert "=ZreopeningZ" in texts_of(group.content, "docx")
    assert line("title") in texts_of(group.content, "docx")
