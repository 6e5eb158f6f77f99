"""A report's levels as CSV, read back with the standard library."""

import csv
from dataclasses import replace
from io import StringIO

import pytest

from eocif.report_summaries import Report
from eocif.reports.csv_file import COLUMNS, levels_csv
from eocif.reports.wording import NOT_JUDGED
from eocif.rules.visibility import Version
from tests.reports import samples


def _rows(report: Report) -> list[dict[str, str]]:
    text = levels_csv(report).decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text, newline="")))


def test_it_is_rfc_4180_with_a_byte_order_mark_for_excel() -> None:
    content = levels_csv(samples.full())
    assert content.startswith(b"\xef\xbb\xbfsection,section_title,area,")
    head = content.split(b"\r\n", 1)[0].decode("utf-8-sig")
    assert head == ",".join(COLUMNS)
    lines = list(csv.reader(StringIO(content.decode("utf-8-sig"), newline=""), strict=True))
    assert {len(line) for line in lines} == {len(COLUMNS)}
    assert content.endswith(b"\r\n")


def test_each_statement_has_one_row_with_its_level_and_counts() -> None:
    report = samples.full()
    rows = _rows(report)
    assert [row["code"] for row in rows] == [
        at.statement.code for area in report.areas for at in area.statements
    ]
    at = report.areas[0].statements[0]
    row = rows[0]
    assert (row["level"], row["origin"], row["confirmed_by"], row["confirmed_on"]) == (
        at.level, at.origin, at.confirmed_by, "2027-05-21",
    )  # fmt: skip
    assert at.result is not None
    counts = [row[name] for name in COLUMNS[11:15]]
    assert counts == [str(count) for count in at.result.spread.counts]
    assert row["verdict"] == at.result.verdict.kind.value


def test_every_row_says_the_edition_the_scope_the_rule_who_took_part_and_that_it_is_no_judgement(
) -> None:  # fmt: skip
    for row in _rows(samples.one_section()):
        assert "PR1209" in row["edition"]
        assert row["scope"] == samples.one_section().scope
        assert "at least 3 in 4" in row["agreement_rule"]
        assert row["took_part"]
        assert row["note"] == NOT_JUDGED


def test_a_statement_that_does_not_apply_here_has_a_row_too() -> None:
    found = [row for row in _rows(samples.independent()) if row["origin"] == "not_applicable"]
    assert [(row["code"], row["reason"]) for row in found] == [
        (code, "We have no PALS.") for code in ("13a", "13b", "13c")
    ]


def test_the_public_file_has_levels_and_no_counts_or_names() -> None:
    report = samples.as_version(samples.full(), Version.PUBLIC)
    rows = _rows(report)
    assert {row["version"] for row in rows} == {"public"}
    assert any(row["level"] for row in rows)
    empty = ("verdict", "progressing", "gap", "moved", "confirmed_by", "reason")
    assert not [row for row in rows if any(row[name] for name in empty)]
    content = levels_csv(report).decode()
    assert not [name for name in (*samples.LEADS, samples.SECRET) if name in content]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "＝1", "＠x"])
def test_no_words_begin_like_a_formula(text: str) -> None:
    report = replace(samples.five_members(), title=text)
    assert {row["review"] for row in _rows(report)} == {f"'{text}"}
    assert {row["gap"] for row in _rows(samples.full())} >= {"-1", "0"}  # numbers stay numbers


def test_hostile_words_stay_in_their_cells() -> None:
    rows = _rows(samples.hostile())
    first, second = samples.hostile().areas
    assert len(rows) == len(first.statements) + len(second.statements)
    assert "one\ntwo\nthree" in rows[0]["reason"]
    assert rows[0]["reason"].startswith("'=HYPERLINK")


def test_half_characters_and_controls_do_not_stop_it() -> None:
    report = replace(samples.five_members(), title="a\x00b\ud800c")
    assert {row["review"] for row in _rows(report)} == {"abc"}
