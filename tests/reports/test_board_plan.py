"""The plan, and levels over time, in the reports that are about more: board and worksheet."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache

import pytest
from docx.document import Document
from docx.text.paragraph import Paragraph

from eocif.report_summaries import Occasion, Report
from eocif.reports.board_docx import board, icb, public
from eocif.reports.worksheet_docx import worksheet
from eocif.rules.visibility import Version
from tests.reports import sample_plan, samples
from tests.reports.reading import everything, headings, opened, table_under, under
from tests.reports.sample_areas import LEADS
from tests.reports.sample_plan import OWNERS

WRITERS: Mapping[Version, Callable[[Report], bytes]] = {
    Version.BOARD: board, Version.ICB: icb, Version.PUBLIC: public, Version.GROUP: worksheet,
}  # fmt: skip
LEADERSHIP = "Actions in section 1: Leadership"
OVER_TIME = "Levels at each review and re-rating"


@cache
def small(version: Version) -> Document:
    return of(sample_plan.small(), version)


def of(report: Report, version: Version = Version.BOARD) -> Document:
    return opened(WRITERS[version](samples.as_version(report, version)))


def lines(document: Document, heading: str, *, after: str = "") -> list[str]:
    inside = under(document, heading, after=after)
    return [each.text for each in inside if isinstance(each, Paragraph)]


# --- the board's --------------------------------------------------------------------------


@pytest.mark.covers("R44")
def test_the_board_reads_how_the_plan_stands_and_every_action_by_section() -> None:
    document = small(Version.BOARD)
    assert lines(document, "What we will do") == [
        "The plan has 4 actions: 3 under way, 1 done.", "3 actions are past the deadline.",
        "Since last time 3 actions are new. 1 was carried over.",
    ]  # fmt: skip
    late = table_under(document, "Past the deadline")
    assert [row[-1] for row in late[1:]] == ["75", "14", "13"]
    rows = table_under(document, LEADERSHIP)
    assert rows[0] == ["Action", "Area", "Owner", "Deadline", "Status"]
    assert rows[1][1:] == ["2", "Kasia Nowak", "Friday 28 May 2027", "Done"]


def test_the_care_board_reads_the_same_without_names() -> None:
    document = small(Version.ICB)
    assert table_under(document, LEADERSHIP)[0] == ["Action", "Area", "Deadline", "Status"]
    assert table_under(document, "Past the deadline")[0] == ["Action", "Deadline", "Days past it"]
    text = everything(document)
    assert not [name for name in (*OWNERS, *LEADS, samples.SECRET) if name in text]


@pytest.mark.covers("R50")
def test_the_public_reads_the_month_of_a_deadline_and_of_nobody() -> None:
    document = small(Version.PUBLIC)
    rows = table_under(document, LEADERSHIP)
    assert rows[1][1:] == ["2", "May 2027", "Done"]
    assert "past the deadline" not in everything(document)
    assert not [name for name in OWNERS if name in everything(document)]


def test_an_area_without_an_action_says_what_its_worksheet_says() -> None:
    report = sample_plan.small()
    document = of(replace(report, actions=report.actions[:1]))
    area = report.areas[1].area
    assert headings(document, 2).count("Areas without an action yet") == 1
    named = f"Area {area.number}: {area.label}"
    assert lines(document, named, after="Areas without an action yet") == (
        report.areas[1].words["what_do"].split("\n")
    )
    assert f"Area {report.areas[0].area.number}: " not in "".join(headings(document, 3))


def test_where_every_area_has_an_action_the_worksheets_words_are_not_repeated() -> None:
    assert "Areas without an action yet" not in headings(small(Version.BOARD))


# --- the worksheet ------------------------------------------------------------------------


def _area(number: int) -> str:
    return f"Area: {number}. {samples.EDITION.area(number).label}"


@pytest.mark.covers("R36")
def test_actions_stand_after_the_five_fields_and_never_inside() -> None:
    document, fields = small(Version.GROUP), samples.EDITION.worksheet[1:]
    names = headings(document)
    start = names.index(_area(2))
    assert tuple(names[start + 1 : start + 5]) == fields
    assert "Actions" in names[start + 6 : names.index(_area(5))]
    assert table_under(document, "Actions", after=_area(2)) == [
        ["Action", "Owner", "Deadline", "Status", "How we will measure it"],
        ["1. Put a “you said, we did” board on every ward and in every clinic.", "Kasia Nowak",
         "Friday 28 May 2027", "Done on Thursday 20 May 2027\nPeople see what became of it.",
         "Ask 50 people in each clinic."],
        ["4. Train two people in each community team to ask and to listen.", "Kasia Nowak",
         "Monday 31 May 2027", "Under way, 14 days past the deadline",
         "Ask 50 people in each clinic."],
    ]  # fmt: skip


def test_an_area_that_is_not_concluded_has_its_actions_and_nothing_of_its_answers() -> None:
    document = small(Version.GROUP)
    names = headings(document)
    start = names.index(_area(6))
    assert names[start + 1 : start + 3] == ["Added by this review", "Actions"]
    rows = table_under(document, "Actions", after=_area(6))
    assert rows[1][0] == "9. Ask night staff too."


def test_an_area_without_actions_has_no_such_heading() -> None:
    assert "Actions" not in headings(of(samples.five_members(), Version.GROUP))


# --- levels over time ---------------------------------------------------------------------


def _over_time(*occasions: Occasion) -> Report:
    report = samples.five_members()
    own = {each.statement.code: "achieving" for each in report.areas[0].statements}
    this = Occasion(report.title, report.baseline_on, False, True, own)
    held = (*(each for each in occasions if not each.is_this), this)
    return replace(report, over_time=held, before=("Review of 2024", samples.BASELINE))


FIRST = Occasion("2020", samples.BASELINE.replace(year=2020), False, False, {"2a": "progressing"})
LAST = Occasion("2024", samples.BASELINE.replace(year=2024), False, False,
                {"2a": "not_agreed", "2b": "achieving"})  # fmt: skip
AGAIN = Occasion("Area 2 again", sample_plan.RERATED_ON, True, False, {"2b": "excelling"})


@pytest.mark.covers("R48")
def test_levels_at_each_review_and_re_rating_are_told_with_their_days() -> None:
    document = of(_over_time(FIRST, LAST, AGAIN))
    rows = table_under(document, OVER_TIME)
    assert rows == [
        ["Area", "Statements", "Levels"],
        ["2 Leadership development and training", "2a",
         "Progressing, on Thursday 11 June 2020\nNot agreed, on Tuesday 11 June 2024\n"
         "Achieving, on Friday 11 June 2027 (this report)"],
        ["2 Leadership development and training", "2b",
         "Achieving, on Tuesday 11 June 2024\nExcelling, re-rated on Wednesday 4 March 2026\n"
         "Achieving, on Friday 11 June 2027 (this report)"],
    ]  # fmt: skip
    assert "What changed since last time" in headings(document, 1)


def test_statements_whose_levels_moved_alike_stand_together() -> None:
    report = sample_plan.planned()
    alike = replace(report.over_time[1], levels={"2a": "achieving", "2b": "achieving"})
    held = (alike, replace(report.over_time[2], levels={"2a": "excelling", "2b": "excelling"}))
    rows = table_under(of(replace(report, over_time=held)), OVER_TIME)
    assert [row[1] for row in rows[1:]] == ["2a, 2b"]


def test_last_time_alone_is_told_by_the_change_and_not_twice() -> None:
    assert OVER_TIME not in headings(of(_over_time(LAST)))


def test_a_review_that_is_not_signed_off_has_no_day_yet() -> None:
    report = _over_time(FIRST, LAST)
    this = replace(report.over_time[-1], on=None)
    rows = table_under(of(replace(report, over_time=(*report.over_time[:-1], this))), OVER_TIME)
    assert rows[1][2].endswith("Achieving, not signed off yet (this report)")
