"""Hostile words in every field reach every card and every file, and do nothing there."""

import csv
import json
import zipfile
from collections.abc import Iterator, Mapping
from datetime import datetime
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook

from eocif import exports, reminders
from eocif.database import Database
from eocif.rules.dates import at
from scheduler import faces
from tests import acting
from tests.builders import MONDAY, World
from tests.cards import harness
from tests.eocif import hostile_actions, hostile_review
from tests.eocif.hostile_words import LONG, line, nasty
from tests.reports.office import as_pdf
from tests.under_way import reminder_ids

Named = tuple[str, dict[str, Any]]
LATER = hostile_actions.LOOKED_AT
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
    ("dates", {}),
    ("dates", {"view": "digest"}),
    ("digest", {}),
    ("next", {}),
    ("rerate", {"area": 2}),
]  # fmt: skip


@pytest.fixture(scope="module")
def kind() -> str:
    """One kind of database is enough: what is stored is the same text in both."""
    return "sqlite"


@pytest.fixture
def world(database: Database, now: datetime) -> World:
    return hostile_review.signed_off(database, now)


def made(
    world: World, who: str, name: str, params: dict[str, Any], now: datetime = LATER
) -> Named:  # fmt: skip
    """A card as it is sent."""
    face = world.database.now(
        faces.by_name, actor=world.actors[who], name=name, now=now, params=params
    )
    assert "Z" not in face.preview.replace("ZERO", "")
    return f"{name} of {who} {params}", face.content


def cards_of_the_review(world: World) -> Iterator[Named]:
    for name, params in CARDS:
        who = "des" if name in ("outcome", "confirm", "area") else "amina"
        yield made(world, who, name, {"review": world.review_id, **params})


def test_every_card_shows_them_as_they_are_and_nothing_in_them_acts(world: World) -> None:
    read = read_harmlessly(list(cards_of_the_review(world)))
    for mark in ("where_now2", "evidence2", "commentdes", "aside", "action1"):
        assert f"=Z{mark}" in read, mark
    for mark in ("title", "meeting", "des"):
        assert f"@Z{mark}Z" in read, mark


def test_cards_of_a_running_round_name_people_harmlessly(database: Database, now: datetime) -> None:
    world, noon = hostile_review.asked(database, now), at(MONDAY, 12)
    acting.away(world, "des", deputy="tom", from_=MONDAY, until=MONDAY)
    done = world.on_review(reminders.remind, now=noon)
    of_review: list[tuple[str, dict[str, Any]]] = [
        ("outstanding", {}), ("outstanding", {"by": "person"}), ("reminded", {"done": done}),
    ]  # fmt: skip
    for name, params in of_review:
        card = made(world, "amina", name, {"review": world.review_id, **params}, noon)
        assert line("des") in read_harmlessly([card]), name


# --- actions and what is remembered -----------------------------------------------------------

FIRST = {"action": 1}
TITLES = ("action1", "action2", "action3", "action4", "action5")
SAID = ("measure", "looked_at", "note", "shown", "asked", "not_agreed", "because", "wanted",
        "refused", "changed", "withdrawn", "too_long", "what_do2")  # fmt: skip


def cards_of_actions(world: World) -> Iterator[Named]:
    """Action 1 with all its history and forms; the others; the lists; and the form."""
    for page in range(1, 8):
        yield made(world, "des", "action", FIRST | {"page": page})
    for view in ("refuse", "note", "ask_date", "done"):
        yield made(world, "des", "action", FIRST | {"view": view})
    for view in ("answer_date", "withdraw"):
        yield made(world, "tom", "action", FIRST | {"view": view})
    for action in (1, 2, 3, 4, 5):
        yield made(world, "tom", "action", {"action": action})
    yield made(world, "tom", "action", {"action": 4, "view": "resume"})
    yield made(world, "des", "actions", {})


def cards_that_list_actions(world: World) -> Iterator[Named]:
    """The list of a lead, and the form with what an area has already."""
    review = {"review": world.review_id}
    yield made(world, "tom", "actions", {"by": "all", **review})
    yield made(world, "tom", "action_form", {"area": 2, **review})


def test_every_card_of_actions_shows_them_and_nothing_in_them_acts(world: World) -> None:
    read = read_harmlessly(list(cards_of_actions(world)))
    assert_read(read, *TITLES, *SAID)
    for card in cards_that_list_actions(world):
        read = read_harmlessly([card])
        assert_read(read, *TITLES)
        assert line("owner") in read
        assert line("des") in read
    [form] = [made(world, "tom", "action_form", FIRST)]
    assert_read(read_harmlessly([form]), "measure", "too_long")


def cards_of_memory(world: World, who: str) -> list[Named]:
    """The day's reminders, each put off, who hears when, and the week's digest."""
    ids = reminder_ids(world, who)
    subjects = hostile_actions.subjects(world, who)
    return [
        made(world, who, "reminders", {"ids": ids}),
        *(made(world, who, "reminders", {"ids": ids, "later": each}) for each in subjects),
    ]


@pytest.mark.parametrize(
    ("who", "marks"),
    [("des", ("=Zaction1",)), ("tom", ("=Zaction1", "=Zaction2", "@Zowner", "@Zdes")),
     ("amina", ("@Zmeeting",))],
)  # fmt: skip
def test_every_reminder_shows_them_and_nothing_in_them_acts(
    world: World, who: str, marks: tuple[str, ...]
) -> None:
    read = read_harmlessly(cards_of_memory(world, who))
    for mark in marks:
        assert mark in read, mark


def test_what_is_put_off_and_who_stands_in_is_named_harmlessly(world: World) -> None:
    assert "=Zaction1" in read_harmlessly([made(world, "des", "habits", {})])
    read = read_harmlessly([made(world, "tom", "habits", {})])
    assert f"You stand in today for {line('des')}." in read
    assert f"\n{line('des')}\n" in read  # among those who could stand in for Tom


@pytest.mark.parametrize("who", ["amina", "tom"])
def test_a_digest_shows_them_and_nothing_in_them_acts(world: World, who: str) -> None:
    read = read_harmlessly([made(world, who, "digest", {})])
    for mark in ("=Zaction1", "=Zaction2", "=Zaction5", "@Zowner", "@Zdes", "@Zmeeting"):
        assert mark in read, mark


# --- what is asked of every card --------------------------------------------------------------


def assert_read(read: str, *marks: str) -> None:
    for mark in marks:
        assert f"=Z{mark}Z" in read, mark


def read_harmlessly(found: list[Named]) -> str:
    """All that these cards say; nothing in them acts, for us or for Microsoft's parser."""
    for name, card in found:
        _our_words_hold_none(name, card)
        assert len(json.dumps(card, ensure_ascii=False).encode()) < 100 * 1024, name
    for (name, card), said in zip(
        found, harness.events_of([card for _, card in found]), strict=True
    ):
        assert said == harness.events_of_charts(card), name
    return "\n".join(harness.read(card) for _, card in found)


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
    _actions_are_there(said)


def _actions_are_there(said: Mapping[str, str]) -> None:
    """As far as each version tells them."""
    for name in ("group docx", "board docx", "icb docx", "public docx", "plan docx", "plan csv",
                 "plan json", "plan xlsx", "lead xlsx"):  # fmt: skip
        assert_read(said[name], *TITLES)
    for name in ("plan docx", "plan csv", "plan xlsx", "plan json", "lead xlsx", "board xlsx"):
        assert_read(said[name], "measure", "looked_at", "note", "shown", "because", "resumed",
                    "changed", "withdrawn")  # fmt: skip
        assert "links.example/?q==1+1" in said[name]
        assert "@ZownerZ" in said[name]
    assert_read(said["group docx"], "measure", "changed", "withdrawn")
    for name in ("icb docx", "icb xlsx", "icb json", "public docx", "public json"):
        assert "@ZownerZ" not in said[name]
        assert "=ZmeasureZ" not in said[name]


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
    for format, version in (
        ("docx", "group"), ("docx", "board"), ("docx", "plan"), ("xlsx", "lead"),
    ):  # fmt: skip
        file = world.database.now(
            exports.make, review_id=world.review_id, format=format, version=version, now=LATER
        )
        printed = as_pdf(file.content, f"{version}.{format}", tmp_path)
        assert printed.stat().st_size > 1000


def test_a_reopening_and_its_reason_reach_the_card_and_the_later_report(world: World) -> None:
    hostile_review.reopened(world)
    group = world.database.now(
        exports.make, review_id=world.review_id, format="docx", version="group", now=LATER
    )
    assert "=ZreopeningZ" in texts_of(group.content, "docx")
    assert line("title") in texts_of(group.content, "docx")
