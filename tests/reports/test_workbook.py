"""A report as an Excel workbook, read back."""

from dataclasses import replace
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from eocif.report_summaries import Report
from eocif.reports.level_tables import levels
from eocif.reports.tables import tables
from eocif.reports.wording import NOT_JUDGED, edition_line
from eocif.reports.workbook import workbook
from eocif.rules.visibility import Version
from tests.reports import samples
from tests.reports.office import saved_again

EVERY = ("full", "five_members", "one_section", "by_area", "independent", "halfway", "hostile")
OTHERS = (Version.BOARD, Version.ICB, Version.PUBLIC)


def _book(report: Report) -> Workbook:
    return load_workbook(BytesIO(workbook(report)))


def _rows(book: Workbook, name: str) -> list[dict[str, object]]:
    head, *rows = book[name].iter_rows(values_only=True)
    return [dict(zip(map(str, head), row, strict=True)) for row in rows]


def _about(book: Workbook) -> dict[str, str]:
    return {str(row["What"]): str(row["What it says"]) for row in _rows(book, "About")}


def _texts(book: Workbook) -> str:
    return "\n".join(str(v) for sheet in book for row in sheet.values for v in row if v is not None)


def _leads(report: Report) -> Report:
    return replace(report, version=Version.LEAD, people=(samples.lead_view(),))


# --- what is in it --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "version"),
    [*((name, Version.GROUP) for name in EVERY), *(("five_members", each) for each in OTHERS)],
)
def test_every_workbook_says_what_it_is_and_is_not(name: str, version: Version) -> None:
    report = samples.as_version(getattr(samples, name)(), version)
    about = _about(_book(report))
    assert about["Please note"] == NOT_JUDGED
    assert about["Framework"] == edition_line(samples.EDITION)
    assert about["Scope"] == report.scope
    assert about["Agreement rule"].startswith("A statement is agreed when at least 3 in 4")
    for perspective, people in report.method.participants:
        assert f"{perspective} {people}" in about["Who took part"]


def test_each_statement_has_a_row_with_its_level_and_who_confirmed_it() -> None:
    report = samples.full()
    rows = _rows(_book(report), "Levels")
    assert len(rows) == 86
    area = report.areas[0]
    for row, at in zip(rows, area.statements, strict=False):
        assert row["Statement"] == f"Area {at.statement.code}"
        assert str(row["What it says"]).startswith(at.statement.text)
        assert row["Confirmed by"] == at.confirmed_by
        assert row["Confirmed on"] == datetime(2027, 5, 21)  # noqa: DTZ001 - a day, as Excel has it
    ends = {row["How it ended"] for row in rows}
    assert ends == {"Agreed", "Not agreed", "Set by the lead", "Set aside"}
    by_lead = [row for row in rows if row["How it ended"] == "Set by the lead"]
    assert all(row["Reason"] and row["Level"] for row in by_lead)


def test_a_statement_that_does_not_apply_here_is_there_with_the_reason() -> None:
    rows = _rows(_book(samples.independent()), "Levels")
    found = [row for row in rows if row["How it ended"] == "Not applicable here"]
    assert [row["Statement"] for row in found] == ["Area 13a", "Area 13b", "Area 13c"]
    assert {row["Reason"] for row in found} == {"We have no PALS."}


def test_ratings_stand_by_perspective_and_area_and_add_up() -> None:
    report = samples.full()
    rows = _rows(_book(report), "Ratings")
    result = report.areas[0].statements[0].result
    assert result is not None
    mine = [row for row in rows if row["Statement"] == "Area 1a"]
    assert [row["Who"] for row in mine] == ["Everyone", *(each.name for each in result.groups)]
    for level in ("Insufficient progress", "Progressing", "Achieving", "Excelling", "People"):
        total, *parts = [int(str(row[level])) for row in mine]
        assert total == sum(parts)


def test_an_area_as_a_whole_has_one_row() -> None:
    rows = _rows(_book(samples.by_area()), "Levels")
    assert [row["Statement"] for row in rows] == [f"Area {n}" for n in range(1, 24)]
    assert rows[4]["What it says"] == "Developing the organisation (short title: ours)"


@pytest.mark.covers("R26")
def test_evidence_is_in_words_or_in_numbers_and_stays_so() -> None:
    report = samples.full()
    rows = _rows(_book(report), "Evidence")
    given = [each for area in report.areas for each in area.evidence]
    names = {"qualitative": "In words", "quantitative": "In numbers"}
    assert [(r["Area"], r["Source"], r["Kind"], r["What it shows"] or "") for r in rows] == [
        (each.area, each.source, names[each.kind], each.text) for each in given
    ]
    assert {row["Kind"] for row in rows} == {"In words", "In numbers"}


def test_concerns_stand_with_their_answers() -> None:
    report = samples.full()
    rows = _rows(_book(report), "Concerns")
    said = [each for area in report.areas for each in area.dissent]
    assert [row["In their words"] for row in rows] == [each.text for each in said]
    assert [bool(row["Does it stand?"]) for row in rows] == [each.stands for each in said]


# --- what a version does not show is absent ---------------------------------------------------


def test_the_public_sees_levels_and_no_ratings_concerns_or_names() -> None:
    book = _book(samples.as_version(samples.full(), Version.PUBLIC))
    assert book.sheetnames == ["About", "Levels", "Areas"]
    heads = {str(cell.value) for sheet in book for cell in sheet[1]}
    gone = {"Confirmed by", "Concluded by", "Reason", "What the rule said", "Concerns"}
    assert heads.isdisjoint(gone)
    for name in (*samples.LEADS, samples.SECRET):
        assert name not in _texts(book)


def test_the_icb_sees_groups_and_no_words_or_names() -> None:
    book = _book(samples.as_version(samples.full(), Version.ICB))
    assert book.sheetnames == ["About", "Levels", "Areas", "Ratings", "Evidence"]
    assert "What it shows" not in {cell.value for cell in book["Evidence"][1]}
    for name in (*samples.LEADS, samples.SECRET):
        assert name not in _texts(book)


def test_only_the_leads_workbook_has_each_persons_views_and_choices() -> None:
    book = _book(_leads(samples.full()))
    [view] = _rows(book, "Views")
    assert (view["Name"], view["Recorded for them"]) == ("Doris Whitfield", "Yes")
    assert view["Where are we now?"] == samples.NOW[0]
    assert view["Of the draft"] == "Agrees with the wording"
    [choice] = _rows(book, "Choices")
    assert (choice["Statement"], choice["Round 1"], choice["Round 2"]) == (
        "Area 2a", "Progressing", "Achieving",
    )  # fmt: skip
    assert "keep it confidential" in _about(book)["Who this is for"]
    assert "Doris Whitfield" not in _texts(_book(samples.full()))


def test_no_mean_no_score_and_no_rank_is_anywhere() -> None:
    shown = tables(samples.full())
    titles = " ".join(column.title.lower() for table in shown for column in table.columns)
    assert not [word for word in ("mean", "average", "score", "rank", "%") if word in titles]


# --- how it is made -----------------------------------------------------------------------------


def test_every_sheet_is_a_table_to_filter_and_to_print() -> None:
    for sheet in _book(_leads(samples.full())):
        assert isinstance(sheet, Worksheet)
        [table] = sheet.tables.values()
        assert table.ref == sheet.dimensions
        assert table.autoFilter is not None
        assert (sheet.freeze_panes, sheet.print_title_rows) == ("A2", "$1:$1")
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.page_setup.fitToHeight == 0
        properties = sheet.sheet_properties.pageSetUpPr
        assert properties is not None
        assert properties.fitToPage
        assert all(cell.font.bold for cell in sheet[1])
        assert all(cell.alignment.wrap_text for row in sheet.iter_rows() for cell in row)


def test_the_file_says_its_title_and_language() -> None:
    properties = _book(samples.full()).properties
    assert properties.title == (
        "Experience of care review 2027 · Northmoor and Elmsworth NHS Foundation Trust"
    )
    assert (properties.language, properties.description) == ("en-GB", NOT_JUDGED)


def test_peoples_words_never_become_formulas_and_nothing_is_lost() -> None:
    book = _book(samples.hostile())
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    quoted = [cell for cell in cells if str(cell.value).startswith(("=", "+", "-", "@"))]
    assert len(quoted) > 9
    assert all(cell.data_type == "s" and cell.quotePrefix for cell in quoted)
    said = [row["In their words"] for row in _rows(book, "Concerns")]
    assert said == [text for text in samples.HOSTILE if text]


def test_what_a_workbook_cannot_hold_does_not_stop_it() -> None:
    report = replace(
        samples.five_members(), title="a\x00b\ud800c\ufffe", forum="x" * 40_000,
        segment="_x0041_ stays",
    )  # fmt: skip
    about = _about(_book(report))
    assert about["Review"].startswith("abc · ")
    assert len(about["Reports to"]) == 32_767
    # As the format spells it: Excel would read the seven letters as one other letter.
    assert about["Oversight segment"] == "_x005F_x0041_ stays"


def test_a_level_of_a_running_review_is_empty_until_its_area_is_concluded() -> None:
    report = samples.halfway()
    rows = levels(report).rows
    concluded = sum(len(area.statements) for area in report.areas[:2])
    assert {row[6] for row in rows[concluded:]} == {"Not concluded yet"}


@pytest.mark.parametrize("name", ["full", "hostile"])
def test_libreoffice_opens_it_and_finds_the_same_words(name: str, tmp_path: Path) -> None:
    content = workbook(_leads(getattr(samples, name)()))
    again = load_workbook(BytesIO(saved_again(content, "levels.xlsx", tmp_path)))
    ours = load_workbook(BytesIO(content))
    assert again.sheetnames == ours.sheetnames
    for sheet in ours:
        assert _words(again[sheet.title]) == _words(sheet)


def _words(sheet: Worksheet) -> list[list[str]]:
    return [[str(value) for value in row if value is not None] for row in sheet.values]
