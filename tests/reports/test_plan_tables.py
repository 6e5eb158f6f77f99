"""The plan as an Excel workbook and as CSV, and levels over time as a sheet, read back."""

import csv
from dataclasses import replace
from datetime import datetime
from io import BytesIO, StringIO

import pytest
from openpyxl import Workbook, load_workbook

from eocif.report_summaries import Report
from eocif.reports.plan_csv import COLUMNS, plan_csv
from eocif.reports.wording import NOT_JUDGED
from eocif.reports.workbook import plan_workbook, workbook
from eocif.rules.tags import PRINCIPLES
from eocif.rules.visibility import Version
from tests.reports import sample_plan, samples

EIGHT = [1, 4, 2, 3, 5, 6, 7, 8]


def _book(report: Report) -> Workbook:
    return load_workbook(BytesIO(plan_workbook(sample_plan.plan(report))))


def _rows(book: Workbook, name: str) -> list[dict[str, object]]:
    head, *rows = book[name].iter_rows(values_only=True)
    return [dict(zip(map(str, head), row, strict=True)) for row in rows]


def _csv(report: Report) -> list[dict[str, str]]:
    text = plan_csv(sample_plan.plan(report)).decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text, newline="")))


# --- Excel --------------------------------------------------------------------------------


@pytest.mark.covers("R41")
def test_the_plans_workbook_has_a_sheet_for_each_way_to_read_it() -> None:
    book = _book(sample_plan.planned())
    assert book.sheetnames == ["About", "Actions", "Principles", "Progress"]
    about = {row["What"]: row["What it says"] for row in _rows(book, "About")}
    assert about["Please note"] == NOT_JUDGED
    assert about["Who this is for"] == (
        "Those who lead the plan and carry it out. It names who owns each action."
    )


def test_each_action_has_a_row_with_days_as_dates() -> None:
    rows = _rows(_book(sample_plan.planned()), "Actions")
    assert [row["Number"] for row in rows] == EIGHT
    late = rows[1]
    assert (late["Status"], late["Days past the deadline"], late["Owner"]) == (
        "Under way", 14, "Kasia Nowak",
    )  # fmt: skip
    assert late["Deadline"] == datetime(2027, 5, 31)  # noqa: DTZ001 - a day, as Excel has it
    assert (late["NQB principles"], late["Section"]) == ("1, 3", "1 Leadership")
    done, last = rows[0], rows[-1]
    assert done["What changed for people"] == "People see what became of it."
    assert (last["Deadline"], last["Owner"]) == ("Not set yet", None)
    assert [row["Carried over"] for row in rows].count("Yes") == 2
    looked = [row["Existing evidence looked at first"] for row in rows]
    assert [each for each in looked if each] == ["Complaints and calls to PALS of two years."]


@pytest.mark.covers("R38")
def test_points_without_an_action_and_actions_without_a_point_have_rows_too() -> None:
    rows = _rows(_book(sample_plan.planned()), "Principles")
    names = list(dict.fromkeys(str(row["Point (short name: ours)"] or "") for row in rows))
    assert names == [*(tag.name for each in PRINCIPLES for tag in each.tags), ""]
    without = [row for row in rows if row["Action"] == "No action yet"]
    assert len(without) == 3
    assert {row["Number"] for row in without} == {None}
    assert (rows[-1]["Principle"], rows[-1]["Number"]) == ("Without a point of the Board's", 3)


def test_progress_holds_each_note_and_each_changed_deadline() -> None:
    rows = _rows(_book(sample_plan.planned()), "Progress")
    assert [(row["Number"], row["What"], row["By"]) for row in rows] == [
        (4, "Note", "Kasia Nowak"), (4, "Evidence", "Kasia Nowak"),
        (4, "Taken up again", "Tom Okafor"), (4, "Changed deadline", "Tom Okafor"),
    ]  # fmt: skip
    assert rows[1]["Link"] == "https://northmoor.example.org/training/2027.pdf"
    assert rows[3]["Deadline before"] == datetime(2027, 4, 1)  # noqa: DTZ001
    assert rows[3]["Deadline after"] == datetime(2027, 5, 31)  # noqa: DTZ001


def test_a_report_without_actions_has_no_sheet_of_them() -> None:
    plain = load_workbook(BytesIO(workbook(samples.five_members())))
    assert {"Actions", "Progress", "Timeline"}.isdisjoint(plain.sheetnames)
    assert _book(samples.five_members()).sheetnames == ["About", "Principles"]


def test_other_versions_have_the_actions_with_what_they_may_show() -> None:
    shown = {}
    for version in (Version.GROUP, Version.ICB, Version.PUBLIC):
        report = samples.as_version(sample_plan.small(), version)
        book = load_workbook(BytesIO(workbook(report)))
        shown[version] = {str(cell.value) for cell in book["Actions"][1]}
        assert ("Progress" in book.sheetnames) is (version is Version.GROUP)
        deadline = _rows(book, "Actions")[0]["Deadline"]
        assert (deadline == "May 2027") is (version is Version.PUBLIC)
    named = {"Owner", "How we will measure it", "Tags"}
    assert named <= shown[Version.GROUP]
    assert named.isdisjoint(shown[Version.ICB] | shown[Version.PUBLIC])
    assert "Days past the deadline" in shown[Version.ICB] - shown[Version.PUBLIC]


def test_peoples_words_about_actions_never_become_formulas() -> None:
    book = _book(sample_plan.hostile())
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    quoted = [cell for cell in cells if str(cell.value).startswith(("=", "+", "-", "@"))]
    assert len(quoted) > 9
    assert all(cell.quotePrefix for cell in quoted)


@pytest.mark.covers("R48")
def test_each_statements_levels_over_time_have_rows_oldest_first() -> None:
    rows = _rows(load_workbook(BytesIO(workbook(sample_plan.planned()))), "Timeline")
    mine = [(row["On"], row["What"], row["Level"]) for row in rows if row["Statement"] == "Area 2b"]
    assert mine == [
        (datetime(2024, 6, 14), "Review", "Insufficient progress"),  # noqa: DTZ001
        (datetime(2026, 3, 4), "Re-rating", "Achieving"),  # noqa: DTZ001
        (datetime(2027, 6, 11), "Review (this report)", "Achieving"),  # noqa: DTZ001
    ]


def test_a_review_that_is_not_signed_off_says_so_over_time() -> None:
    report = sample_plan.planned()
    held = (*report.over_time[:-1], replace(report.over_time[-1], on=None))
    rows = _rows(load_workbook(BytesIO(workbook(replace(report, over_time=held)))), "Timeline")
    assert {row["On"] for row in rows if row["What"] == "Review (this report)"} == {
        "Not signed off yet"
    }


# --- CSV ----------------------------------------------------------------------------------


@pytest.mark.covers("R41")
def test_the_csv_has_a_row_for_each_action_and_each_point_without_one() -> None:
    content = plan_csv(sample_plan.plan())
    assert content.startswith(b"\xef\xbb\xbfkind,number,section,")
    rows = _csv(sample_plan.planned())
    actions = [row for row in rows if row["kind"] == "action"]
    assert [int(row["number"]) for row in actions] == EIGHT
    late = actions[1]
    assert (late["deadline"], late["days_overdue"], late["owner"]) == (
        "2027-05-31", "14", "Kasia Nowak",
    )  # fmt: skip
    assert (late["principle"], late["tags"]) == ("1; 3", "Staff and volunteers")
    assert late["point"].endswith("; Improving staff experience")
    assert late["progress"].count("\n") == 2
    assert late["changed_deadlines"].startswith("Thursday 1 April 2027 became Monday 31 May 2027")
    assert set(late) == set(COLUMNS)
    points = [(row["principle"], row["point"]) for row in rows if row["kind"] != "action"]
    assert points == [
        ("1", "Equal partnerships from the very start"),
        ("1", "Paid roles for lived experience partners"),
        ("2", "Engaging people in design, running and review of services"),
    ]


def test_every_row_of_the_csv_says_what_it_belongs_to_and_that_it_is_no_judgement() -> None:
    for row in _csv(sample_plan.planned()):
        assert (row["version"], row["note"]) == ("plan", NOT_JUDGED)
        assert "PR1209" in row["edition"]


def test_no_words_of_an_action_begin_like_a_formula() -> None:
    rows = _csv(sample_plan.hostile())
    risky = [value for row in rows for value in row.values() if value[:1] in tuple("=+-@\t")]
    assert risky == []
    assert rows[0]["action"].startswith("'=HYPERLINK")
