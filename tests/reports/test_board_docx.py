"""The board's report in Word, and the ICB's and the public's, which are the same with less."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache

import pytest
from docx.document import Document
from docx.text.paragraph import Paragraph

from eocif.report_summaries import Report, StatementReport
from eocif.reports.board_docx import board, icb, public
from eocif.reports.changes import Change, since_last_time
from eocif.rules.visibility import Version
from tests.reports import samples
from tests.reports.reading import everything, headings, opened, table_under, under

WRITERS: Mapping[Version, Callable[[Report], bytes]] = {
    Version.BOARD: board, Version.ICB: icb, Version.PUBLIC: public,
}  # fmt: skip
NUMBERS = "The same numbers as a table"


@cache
def full(version: Version = Version.BOARD) -> Report:
    return samples.as_version(samples.full(), version)


@cache
def written(version: Version = Version.BOARD) -> Document:
    return opened(WRITERS[version](full(version)))


def of(report: Report, version: Version = Version.BOARD) -> Document:
    return opened(WRITERS[version](samples.as_version(report, version)))


def lines(document: Document, heading: str) -> list[str]:
    return [each.text for each in under(document, heading) if isinstance(each, Paragraph)]


def statements(report: Report, wanted: Callable[[StatementReport], object]) -> list[str]:
    """The names of the statements that are so."""
    return [
        each.statement.name for area in report.areas for each in area.statements if wanted(each)
    ]


def named(table: list[list[str]]) -> list[str]:
    """The statements that a table's first column names."""
    return [" ".join(row[0].split()[:2]) for row in table[1:]]


# --- levels by section --------------------------------------------------------------------


@pytest.mark.covers("R44")
def test_the_picture_comes_first_and_its_words_and_table_have_the_same_numbers() -> None:
    document = written()
    assert headings(document)[:2] == ["Levels by section", NUMBERS]
    (picture,) = document.inline_shapes
    alt = picture._inline.docPr.get("descr", "")
    head, *rows = table_under(document, NUMBERS)
    assert head[0] == "How it ended"
    assert [name.split(" ", 1)[0] for name in head[1:-1]] == ["1", "2", "3", "4", "5"]
    for place, name in enumerate(head[1:-1], start=1):
        told = re.search(rf"{re.escape(name.split(' ', 1)[1])}: ([^.]*)\.", alt)
        assert told
        numbers = [f"{row[0]} {row[place]}" for row in rows if row[place] != "0"]
        assert told[1] == ", ".join(numbers)
    assert sum(int(row[-1]) for row in rows) == 86


@pytest.mark.covers("R08")
@pytest.mark.parametrize("version", WRITERS)
def test_levels_are_counted_and_never_averaged_scored_or_ranked(version: Version) -> None:
    text = everything(written(version))
    assert "%" not in text
    ours = text.replace("Levels are an order, not a score", "")
    assert not re.search(r"\b(mean|median|score|rank|out of 4|per cent)\b", ours)
    assert not re.search(r"\b(red|amber|green)\b", text, re.IGNORECASE)
    assert re.search(r"there is no average and no target", text)


def test_a_review_by_area_counts_areas() -> None:
    document = of(samples.by_area())
    assert "Each number counts areas." in everything(document)
    assert sum(int(row[-1]) for row in table_under(document, NUMBERS)[1:]) == 23


def test_how_many_were_agreed_set_or_not_is_said_in_sentences() -> None:
    told = lines(written(), "Levels by section")[2:]
    agreed, by_lead, open_ = (
        len(statements(full(), lambda each, origin=origin: each.origin == origin))  # type: ignore[misc]
        for origin in ("agreed", "lead", "not_agreed")
    )
    assert told[0] == f"The review group agreed the level of {agreed} statements."
    assert told[1] == f"The lead set the level of {by_lead} statements, with a reason."
    assert told[2].startswith(f"No level was agreed for {open_} statements.")


@pytest.mark.parametrize(
    ("raised", "stand", "told"),
    [
        (1, 0, "Members raised 1 concern about drafts. It was answered."),
        (1, 1, "Members raised 1 concern about drafts. The lead let it stand."),
        (3, 0, "Members raised 3 concerns about drafts. Each was answered."),
        (3, 1, "Members raised 3 concerns about drafts. The lead let 1 stand, and answered the "
               "others."),
        (2, 1, "Members raised 2 concerns about drafts. The lead let 1 stand, and answered the "
               "other."),
        (3, 3, "Members raised 3 concerns about drafts. The lead let all of them stand."),
    ],
)  # fmt: skip
def test_concerns_are_counted_with_what_became_of_them(raised: int, stand: int, told: str) -> None:
    report = samples.five_members()
    quiet = [replace(each, concerns=0, concerns_standing=0) for each in report.areas]
    area = replace(quiet[0], concerns=raised, concerns_standing=stand)
    document = of(replace(report, areas=(area, quiet[1])))
    assert lines(document, "Levels by section")[-1] == told


# --- since last time ----------------------------------------------------------------------


@pytest.mark.covers("R44")
def test_what_changed_since_last_time_is_told_by_the_levels_then_and_now() -> None:
    document, found = written(), list(since_last_time(full().areas))
    rows = table_under(document, "What changed since last time")
    assert rows[0] == ["Since last time", "Last time", "Now", "How many", "Which"]
    assert sum(int(row[3]) for row in rows[1:]) == len(found) == 78
    for change in Change:
        codes = {each.statement.statement.code for each in found if each.change is change}
        told = [row[4].split(", ") for row in rows[1:] if row[0] == change.value]
        assert {code for each in told for code in each} == codes
    assert lines(document, "What changed since last time") == [
        "Last time was “Experience of care review 2024”, of Friday 14 June 2024."
    ]


@pytest.mark.parametrize(
    ("before", "level", "origin", "change"),
    [
        ("progressing", "achieving", "agreed", Change.HIGHER),
        ("excelling", "achieving", "lead", Change.LOWER),
        ("achieving", "achieving", "agreed", Change.SAME),
        ("not_agreed", "", "not_agreed", Change.SAME),
        ("not_agreed", "achieving", "agreed", Change.NOW_AGREED),
        ("achieving", "", "not_agreed", Change.NO_LONGER),
        ("achieving", "", "not_applicable", Change.NOT_RATED),
    ],
)
def test_a_change_is_told_by_the_order_of_levels(
    before: str, level: str, origin: str, change: Change
) -> None:
    area = samples.five_members().areas[0]
    one = replace(area.statements[0], before=before, level=level, origin=origin)
    (found,) = since_last_time([replace(area, statements=(one,))])
    assert found.change is change


def test_a_first_review_has_nothing_to_compare_with() -> None:
    assert "What changed since last time" not in headings(of(samples.five_members()))


# --- groupings, gaps, what was not agreed -------------------------------------------------


@pytest.mark.covers("R35")
def test_areas_are_grouped_and_the_groupings_are_called_ours() -> None:
    heading = "Where practice is strong, and where it can improve"
    rows = table_under(written(), heading)
    assert rows[0] == [
        "Area", "Strong practice", "In need of improvement", "Consistency can be improved",
    ]  # fmt: skip
    groups = (full().strong, full().to_improve, full().consistency)
    for place, codes in enumerate(groups, start=1):
        told = [code for row in rows[1:] for code in re.split(r", | and ", row[place]) if code]
        assert sorted(told) == sorted(codes)
    assert lines(written(), heading)[0].startswith("These groupings are ours.")


@pytest.mark.covers("R32")
def test_gaps_are_told_with_what_the_review_says_of_them() -> None:
    rows = table_under(written(), "Gaps between lived experience and staff")
    told = "\n".join(row[1] for row in rows[1:])
    with_gap = statements(full(), lambda each: each.result and each.result.gap)
    assert [line.split(":")[0] for line in told.split("\n")] == with_gap
    assert {row[2] for row in rows[1:]} == {
        "People using services are asked less often at weekends."
    }


@pytest.mark.covers("R33")
def test_what_was_not_agreed_is_printed_as_a_result() -> None:
    rows = table_under(written(), "Not agreed")
    assert named(rows) == statements(full(), lambda each: each.origin == "not_agreed")
    assert rows[1][1].startswith("Close")
    assert "“Not agreed” is an honest result." in lines(written(), "Not agreed")[0]


def test_levels_set_by_the_lead_are_named_with_their_reasons() -> None:
    rows = table_under(written(), "Levels set by the lead")
    assert named(rows) == statements(full(), lambda each: each.origin == "lead")
    assert all(row[3] for row in rows[1:])
    assert "agreed" not in "".join(row[1] for row in rows[1:]).lower()


def test_a_view_far_away_is_told_as_it_was_heard() -> None:
    report = samples.five_members()
    area = report.areas[0]
    heard = replace(area.statements[0], heard="Healthwatch spoke of nights.")
    changed = replace(area, statements=(heard, *area.statements[1:]))
    document = of(replace(report, areas=(changed, report.areas[1])))
    assert lines(document, "Views far from the level, and what was heard") == [
        "Area 2a: Healthwatch spoke of nights."
    ]


# --- who confirmed, what will be done, from what ------------------------------------------


@pytest.mark.covers("R28")
def test_every_statement_has_its_level_who_confirmed_it_and_when() -> None:
    tables = [
        table_under(written(), f"Section {section.number}: {section.title}")
        for section in samples.EDITION.sections
    ]
    rows = [row for table in tables for row in table[1:]]
    assert tables[0][0] == ["Statement", "Level", "Last time", "Confirmed"]
    assert len(rows) == 86
    for row, (area, each) in zip(
        rows, ((a, e) for a in full().areas for e in a.statements), strict=True
    ):
        assert row[0].startswith(f"{each.statement.name} {each.statement.text}")
        assert row[1].endswith(", set by the lead") is (each.origin == "lead")
        confirmed = f"{area.concluded_by}\nFriday 21 May 2027" if each.origin else ""
        assert row[3] == confirmed


@pytest.mark.covers("R44")
def test_what_will_be_done_stands_area_by_area() -> None:
    document = written()
    area = full().areas[0]
    said = under(document, f"Area 1: {area.area.label}", after="What we will do")
    text = "\n".join(each.text for each in said if isinstance(each, Paragraph))
    assert text == area.words["what_do"]


@pytest.mark.covers("R26")
def test_evidence_is_counted_by_source_and_by_kind_and_neither_is_converted() -> None:
    head, *rows = table_under(written(), "Evidence")
    assert head == ["Source", "Qualitative (in words)", "Quantitative (in numbers)"]
    pieces = [each for area in full().areas for each in area.evidence]
    for source, words, numbers in rows:
        kinds = [each.kind for each in pieces if each.source == source]
        assert (int(words), int(numbers)) == (
            kinds.count("qualitative"), kinds.count("quantitative"),
        )  # fmt: skip


@pytest.mark.covers("R54")
def test_a_story_is_told_with_how_consent_was_given() -> None:
    told = lines(written(), "People’s stories")
    assert told[0].startswith("About area 3: “I was asked, and they changed it.”")
    assert told[1] == "Consent: Written consent, held by the lead, recorded on Friday 2 April 2027."


def test_a_storys_link_is_shown_as_text() -> None:
    report = samples.full()
    story = replace(report.stories[0], link="https://example.org/film")
    told = lines(of(replace(report, stories=(story,))), "People’s stories")
    assert told[1] == "Link: example.org: https://example.org/film"


@pytest.mark.covers("R51")
@pytest.mark.covers("R52")
@pytest.mark.covers("R53")
@pytest.mark.covers("R58")
def test_what_stands_beside_the_levels_is_named_where_it_was_given() -> None:
    text = everything(written())
    for words in (
        "Executive lead: Ruth Hollis", "Reports to: Quality committee",
        "Oversight segment: Segment 2, as published on 31 March 2027",
        "Safety: Falls with harm: board report of May 2027, page 12.",
        "Clinical effectiveness: Hip fracture audit 2026, section 4.",
    ):  # fmt: skip
        assert words in text
    rows = table_under(written(), "The 2018 self-assessment")
    assert rows[1:] == [["Leadership", "In place, with a yearly look."], ["Reporting", "In part."]]


@pytest.mark.covers("R45")
def test_a_divisions_review_is_attached_and_a_division_can_have_its_own() -> None:
    document = written()
    assert lines(document, "Children's services 2027") == [
        "Children and young people. In scope: section 3 (Collecting feedback). "
        "This review is signed off on Monday 1 March 2027."
    ]
    rows = table_under(document, "Children's services 2027")
    assert rows[0] == ["How it ended", "3 Collecting feedback", "All"]
    own = of(samples.one_section())
    assert "Surgery" in own.paragraphs[1].text
    assert "What was in scope: section 3 (Collecting feedback)." in everything(own)


def test_areas_set_aside_or_opened_again_are_named() -> None:
    (aside,) = lines(written(), "Areas set aside")
    assert aside.startswith("Area 13: Advice service and wider evidence. We are moving this")
    (again,) = lines(written(), "Areas opened again")
    assert "A coroner's report came in after sign-off." in again


def test_what_was_not_applicable_is_in_the_numbers_and_the_appendix() -> None:
    document = of(samples.independent())
    assert ["Not applicable here", "3", "3"] in table_under(document, NUMBERS)
    rows = table_under(document, "Section 3: Collecting feedback")
    assert [named([row, row])[0] for row in rows if row[1] == "Not applicable here"] == [
        "Area 13a", "Area 13b", "Area 13c",
    ]  # fmt: skip
