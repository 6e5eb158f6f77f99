"""The worksheet in Word: exactly the official fields, an area after another, additions after."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from docx.document import Document
from docx.table import Table
from docx.text.paragraph import Paragraph

from eocif.report_summaries import AreaReport, Report
from eocif.reports.worksheet_docx import worksheet
from eocif.rules.framework import edition
from tests.reports import samples
from tests.reports.reading import cells, everything, headings, opened, table_under, under

OFFICIAL = (
    "Area:",
    "Where are we now?",
    "What would good look like?",
    "What will we do to get from where we are now to what good looks like?",
    "Assessment using maturity matrix criteria (excelling, achieving, progressing, "
    "insufficient progress)",
)
ASSESSMENT = OFFICIAL[-1]


@pytest.fixture(scope="module")
def report() -> Report:
    """The full sample."""
    return samples.full()


@pytest.fixture(scope="module")
def document(report: Report) -> Document:
    """Its worksheet, read back."""
    return opened(worksheet(report))


def _heading(number: int) -> str:
    return f"Area: {number}. {edition().area(number).label}"


def test_each_area_has_exactly_the_official_fields_in_their_order_and_additions_after(
    document: Document,
) -> None:
    areas = [each for each in headings(document, 2) if each.startswith("Area:")]
    assert areas == [_heading(number) for number in range(1, 24)]
    names = [each for each in headings(document) if not each.startswith("Section ")]
    for number in (1, 2, 12, 23):
        place = names.index(_heading(number))
        assert tuple(names[place + 1 : place + 5]) == OFFICIAL[1:]
        assert names[place + 5] == "Added by this review"


def test_the_official_wording_is_the_editions() -> None:
    assert edition().worksheet == OFFICIAL


def test_a_field_holds_what_was_agreed_and_nothing_else(report: Report, document: Document) -> None:
    area = report.areas[0]
    for question, field in zip(OFFICIAL[1:4], ("where_now", "what_good", "what_do"), strict=True):
        inside = under(document, question, after=_heading(1))
        assert (
            "\n".join(each.text for each in inside if isinstance(each, Paragraph))
            == (area.words[field])
        )


def test_the_assessment_is_every_letters_level(report: Report, document: Document) -> None:
    for area in report.areas[:3]:
        (table,) = under(document, ASSESSMENT, after=_heading(area.area.number))
        assert isinstance(table, Table)
        rows = cells(table)
        assert rows[0] == ["Statement", "Level"]
        assert len(rows) == 1 + len(area.statements)
        for (statement, level), each in zip(rows[1:], area.statements, strict=True):
            assert statement.startswith(f"{each.statement.name} {each.statement.text}")
            assert all(bullet in statement for bullet in each.statement.bullets)
            assert level == _level(each.level, each.origin)


def _level(key: str, origin: str) -> str:
    names = {each.key: each.name for each in edition().levels}
    if origin == "lead":
        return f"{names[key]}, set by the lead"
    return "Not agreed" if origin == "not_agreed" else names[key]


def test_an_area_rated_as_a_whole_has_one_level_and_no_table() -> None:
    report = samples.by_area()
    document = opened(worksheet(report))
    inside = under(document, ASSESSMENT, after=_heading(5))
    (statement,) = report.areas[4].statements
    assert [each.text for each in inside if isinstance(each, Paragraph)] == [
        _level(statement.level, statement.origin)
    ]
    assert len(inside) == 1


# --- what the review adds ---------------------------------------------------------------------


def first(report: Report, wanted: Callable[[AreaReport], object]) -> AreaReport:
    """The first area that has something to show."""
    return next(each for each in report.areas if wanted(each))


def sentences(document: Document, heading: str, area: AreaReport) -> list[str]:
    inside = under(document, heading, after=_heading(area.area.number))
    return [each.text for each in inside if isinstance(each, Paragraph)]


@pytest.mark.covers("R28")
def test_who_confirmed_the_levels_and_when_is_said(report: Report, document: Document) -> None:
    said = sentences(document, "Added by this review", report.areas[0])
    assert said[0] == "Levels confirmed by Amina Yusuf on Friday 21 May 2027."


def test_levels_confirmed_on_different_days_are_told_apart(report: Report) -> None:
    area = report.areas[0]
    later = replace(area.statements[0], confirmed_on=date(2027, 6, 1))
    changed = replace(area, statements=(later, *area.statements[1:]))
    text = everything(opened(worksheet(replace(report, areas=(changed,)))))
    assert "Level confirmed by Amina Yusuf on Tuesday 1 June 2027: 1a." in text
    assert "Level confirmed by Amina Yusuf on Friday 21 May 2027: 1b, 1c, 1d, 1e, 1f and 1g." in (
        text
    )


def test_whom_the_text_draws_on_and_who_is_not_cited_is_said(
    report: Report, document: Document
) -> None:
    area = first(report, lambda each: each.not_cited)
    said = sentences(document, "Added by this review", area)
    assert any(each.startswith("The text draws on: Clinical leaders; ") for each in said)
    assert f"Took part, but not drawn on: {area.not_cited[0].short}." in said


@pytest.mark.covers("R29")
def test_the_spread_is_told_by_level_and_by_perspective_where_people_differ(
    report: Report, document: Document
) -> None:
    area = first(report, lambda each: any(s.level == "" for s in each.statements))
    rows = table_under(document, "How people rated", after=_heading(area.area.number))
    names = [level.name for level in edition().levels]
    assert rows[0][:5] == ["Area", *names]
    for row, each in zip(rows[1:], area.statements, strict=True):
        assert each.result
        assert row[:5] == [each.statement.code, *map(str, each.result.spread.counts)]
    by_group = table_under(
        document, "By perspective, where people see it differently",
        after=_heading(area.area.number),
    )  # fmt: skip
    shown = [
        [each.statement.code, f"{group.name} ({group.people})", *map(str, group.spread.counts)]
        for each in area.statements
        if each.result and (each.result.verdict.kind != "agreed" or each.result.gap)
        for group in each.result.groups
    ]
    assert [row[:6] for row in by_group[1:]] == shown


@pytest.mark.covers("R32")
def test_a_gap_is_told_with_what_the_review_says_of_it(report: Report, document: Document) -> None:
    area = first(report, lambda each: each.words.get("gap"))
    said = sentences(document, "Gap between lived experience and staff", area)
    code = next(each.statement.name for each in area.statements if each.result and each.result.gap)
    assert said[0] == f"{code}: People with lived experience chose 1 level lower than staff."
    assert said[-1] == "People using services are asked less often at weekends."


def test_a_level_set_by_the_lead_has_its_reason(report: Report, document: Document) -> None:
    area = first(report, lambda each: any(s.origin == "lead" for s in each.statements))
    (each,) = [each for each in area.statements if each.origin == "lead"][:1]
    said = sentences(document, "Why a level departs from the rule", area)
    assert said[0] == f"{each.statement.name}, set by the lead: {each.reason}"


def test_a_view_far_away_is_printed_as_it_was_heard(report: Report) -> None:
    area = report.areas[0]
    far = replace(area.statements[0], heard="Healthwatch spoke of evening clinics.")
    changed = replace(area, statements=(far, *area.statements[1:]))
    document = opened(worksheet(replace(report, areas=(changed,))))
    said = sentences(document, "Views far from the level, and what was heard", changed)
    assert said == ["Area 1a: Healthwatch spoke of evening clinics."]


@pytest.mark.covers("R33")
def test_concerns_stay_with_what_was_answered_or_that_they_stand(
    report: Report, document: Document
) -> None:
    heading = "Concerns and comments that stay with this worksheet"
    for stands in (True, False):
        area = first(report, lambda a, s=stands: a.dissent and a.dissent[0].stands is s)  # type: ignore[misc]
        said = sentences(document, heading, area)
        concern, comment = area.dissent
        answer = "The lead let this stand." if stands else f"The lead’s answer: {concern.reply}"
        assert said == [
            f"Concern, from {concern.group}: {concern.text}", answer,
            f"Comment, from {comment.group}: {comment.text}",
        ]  # fmt: skip


@pytest.mark.covers("R26")
def test_evidence_is_listed_by_source_and_kind(report: Report, document: Document) -> None:
    area = first(report, lambda each: len(each.evidence) == 3)
    rows = table_under(document, "Evidence", after=_heading(area.area.number))
    assert rows[0][:2] == ["Source", "Kind"]
    kinds = {
        "qualitative": "Qualitative (in words)", "quantitative": "Quantitative (in numbers)",
    }  # fmt: skip
    assert [row[:2] for row in rows[1:]] == [[e.source, kinds[e.kind]] for e in area.evidence]


def test_an_area_set_aside_gives_its_reason_and_no_fields(
    report: Report, document: Document
) -> None:
    area = first(report, lambda each: each.state == "set_aside")
    (only,) = under(document, _heading(area.area.number))
    assert isinstance(only, Paragraph)
    assert only.text == f"This area was set aside. The reason: {area.set_aside_because}"


def test_an_area_that_goes_on_says_where_it_stands_and_no_more() -> None:
    document = opened(worksheet(samples.halfway()))
    (only,) = under(document, _heading(4))
    assert isinstance(only, Paragraph)
    assert only.text == "Not concluded yet: draft with the group."
    assert "This review is not finished. 2 of 6 areas are concluded." in everything(document)


def test_an_area_opened_again_says_when_why_and_what_it_had(
    report: Report, document: Document
) -> None:
    area = first(report, lambda each: each.reopened)
    assert sentences(document, "Opened again", area) == [
        "Tuesday 4 May 2027. A coroner's report came in after sign-off. "
        "Before that: Progressing (7a, 7b, 7c, 7d and 7e)."
    ]
    again = replace(samples.set_aside(area, ""), state="drafting", reopened=area.reopened)
    document = opened(worksheet(replace(report, areas=(again,))))
    assert len(sentences(document, "Opened again", area)) == 1


def test_what_does_not_apply_here_is_named_with_its_reason() -> None:
    report = samples.independent()
    document = opened(worksheet(report))
    assert sentences(document, "Not applicable here", report.areas[1]) == [
        f"Area 13{letter}: We have no PALS." for letter in "abc"
    ]


def test_what_there_is_nothing_of_has_no_heading(report: Report) -> None:
    quiet = replace(
        report.areas[0], dissent=(), evidence=(), not_cited=(), did_not_respond=0,
        statements=tuple(
            replace(each, reason="", heard="", result=None) for each in report.areas[0].statements
        ),
    )  # fmt: skip
    document = opened(worksheet(replace(report, areas=(quiet,))))
    assert [each for each in headings(document, 4)] == []
    assert "did not respond to the draft" not in everything(document)


def test_people_who_could_not_judge_are_shown_beside_the_verdict(report: Report) -> None:
    area = report.areas[0]
    result = area.statements[0].result
    assert result
    unsure = replace(result, spread=replace(result.spread, dont_know=9, unanswered=1))
    changed = replace(area, statements=(replace(area.statements[0], result=unsure),))
    document = opened(worksheet(replace(report, areas=(changed,))))
    (_, row) = table_under(document, "How people rated", after=_heading(1))
    assert row[5] == "Don’t know: 9\nNo answer: 1"
    assert row[-1].endswith("Many people could not judge this")
