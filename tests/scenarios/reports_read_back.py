"""The reports of a whole review, read with the libraries that people open them with."""

import csv
import json
from io import StringIO
from itertools import pairwise
from pathlib import Path
from typing import Any

from docx import Document
from openpyxl import load_workbook

from eocif.__main__ import main
from eocif.rules import framework
from tests.reckoning import LEVELS
from tests.scenarios import ballots
from tests.scenarios.the_whole_review import REMARKS, Review, members_by_name, votes

NAMES = {level.key: level.name for level in framework.edition().levels}


def exported(environ: dict[str, str], to: Path, format: str, version: str) -> Path:
    """A report made with the administrator's tool."""
    out = to / f"{version}.{format}"
    command = ["export", "1", "--format", format, "--for", version, "--out", str(out)]
    assert main(command, environ) == 0
    return out


def origin(review: Review, code: str) -> str:
    """How a statement ended, as the test knows it."""
    kind, levels = review.verdict(code, final=True)
    if code == ballots.NOBODY_RATES:
        return "not_applicable"
    if review.chosen[code] == "not_agreed":
        return "not_agreed"
    return "agreed" if kind in ("agreed", "talk_first") and levels else "lead"


def every_verdict_is_the_one_reckoned_apart(review: Review, board: Path) -> None:
    report = json.loads(board.read_text("utf-8"))
    found = {each["code"]: each for area in report["areas"] for each in area["statements"]}
    assert len(found) == 86
    kinds = set()
    for code, at in found.items():
        kind, levels = review.verdict(code, final=True)
        ratings = at["ratings"]
        assert (ratings["verdict"], tuple(ratings["levels"])) == (kind, levels), code
        ended = review.chosen[code]
        assert at["level"] == ("" if ended in ("", "not_agreed") else ended), code
        assert at["origin"] == origin(review, code), code
        assert ratings["gap"] == review.gap(code, final=True), code
        choices = [vote.choice for vote in votes(review.voters, review.final, code)]
        counted = {level: choices.count(level) for level in LEVELS}
        assert ratings["everyone"]["counts"] == counted, code
        before = {voter.key: review.first[voter.key][code] for voter in review.voters}
        rated = [key for key, each in review.final.items() if each[code] in LEVELS]
        changed = sum(before[key] != review.final[key][code] for key in rated)
        assert (ratings["moved"], ratings["moved_of"]) == (changed, len(rated)), code
        _adds_up(ratings)
        kinds.add(kind)
    assert kinds == {"agreed", "talk_first", "close", "not_agreed", "not_enough"}


def _adds_up(ratings: dict[str, Any]) -> None:
    groups = ratings["groups"]
    assert all(group["people"] >= 3 for group in groups)
    for level in LEVELS if groups else ():
        shown = sum(group["counts"][level] for group in groups)
        assert shown == ratings["everyone"]["counts"][level]


def the_worksheet_has_five_fields_for_each_area(review: Review, worksheet: Path) -> None:
    document = Document(str(worksheet))
    headings = [
        (each.style.name, each.text)
        for each in document.paragraphs
        if each.style is not None and each.style.name.startswith("Heading")
    ]
    first, *fields = framework.edition().worksheet
    starts = [place for place, (_, text) in enumerate(headings) if text.startswith(first)]
    assert len(starts) == 23
    for number, (start, _) in enumerate(pairwise([*starts, len(headings)]), start=1):
        assert headings[start][1].startswith(f"{first} {number}. ")
        assert [text for _, text in headings[start + 1 : start + 5]] == fields
    said = "\n".join(_everything(document))
    for area in range(1, 24):
        assert f"Where area {area} is." in said
        assert f"What to do in area {area}." in said
    assert "grace doubts area 5." in said
    assert "Amina's reply about area 5." in said
    assert "The reason for 2" in said
    assert "Set by the lead" in said or "set by the lead" in said


def _everything(document: Any) -> list[str]:
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [each.text for each in document.paragraphs] + cells


def tables_say_the_same(review: Review, sheet: Path, rows: Path) -> None:
    book = load_workbook(sheet)
    seen = [
        [str(cell) for cell in row if cell is not None]
        for each in book.worksheets
        for row in each.iter_rows(values_only=True)
    ]
    read = list(csv.DictReader(StringIO(rows.read_text("utf-8-sig"))))
    assert [each["code"] for each in read] == [
        code for area in framework.edition().areas for code in ballots.codes(area.number)
    ]
    for each in read:
        code = each["code"]
        assert each["verdict"] == review.verdict(code, final=True)[0]
        level = review.chosen[code]
        if level in NAMES:
            named = [row for row in seen if any(cell in (code, f"Area {code}") for cell in row)]
            assert any(NAMES[level] in row for row in named), code


def versions_keep_to_their_readers(review: Review, made: dict[str, Path]) -> None:
    said = {version: _text(path) for version, path in made.items()}
    names = [name for key, name in members_by_name(review).items() if key not in ("amina", "ruth")]
    for version, text in said.items():
        assert "does not assess" in text, version
        assert not [name for name in names if name in text], version
        assert "amina on area" not in text, version
    for version in ("icb", "public"):
        assert "Amina Yusuf" not in said[version]
        assert "Ruth Hollis" not in said[version]
        assert "grace doubts" not in said[version]
        assert f"{REMARKS} remarks" not in said[version]
    assert "grace doubts area 5." in said["board"]


def _text(path: Path) -> str:
    document = Document(str(path))
    footers = [each.text for part in document.sections for each in part.footer.paragraphs]
    return "\n".join([*_everything(document), *footers])
