"""The board's report with less in it: for the ICB, for the public, and where there is little."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

import pytest
from docx.document import Document
from docx.text.paragraph import Paragraph

from eocif.report_summaries import Report
from eocif.reports.board_docx import board, icb, public
from eocif.rules.visibility import Version
from tests.reports import samples
from tests.reports.reading import everything, headings, opened, table_under, under

WRITERS: Mapping[Version, Callable[[Report], bytes]] = {
    Version.BOARD: board, Version.ICB: icb, Version.PUBLIC: public,
}  # fmt: skip
NUMBERS = "The same numbers as a table"


def of(report: Report, version: Version = Version.BOARD) -> Document:
    return opened(WRITERS[version](samples.as_version(report, version)))


def lines(document: Document, heading: str) -> list[str]:
    return [each.text for each in under(document, heading) if isinstance(each, Paragraph)]


@pytest.mark.covers("R46")
def test_the_icbs_version_has_numbers_by_group_and_no_name_or_anyones_words() -> None:
    text = everything(of(samples.full(), Version.ICB))
    for name in (*samples.LEADS, samples.SECRET, "The lower of the two", "Written consent"):
        assert name not in text
    assert "How people rated" in text
    assert "Reports to: Quality committee" in text
    assert "Confirmed" in text


@pytest.mark.covers("R50")
def test_the_public_summary_has_nothing_about_a_person() -> None:
    document = of(samples.full(), Version.PUBLIC)
    text = everything(document)
    for words in (*samples.LEADS, samples.SECRET, "How people rated", "Quality committee", "Gap"):
        assert words not in text
    assert "What we will do" in headings(document)


@pytest.mark.parametrize("version", WRITERS)
def test_a_part_with_nothing_to_say_has_no_heading(version: Version) -> None:
    bare = samples.as_version(samples.five_members(), version)
    quiet = tuple(
        replace(
            area, dissent=(), evidence=(), words={},
            statements=tuple(
                replace(each, origin="agreed", level="achieving", result=None)
                for each in area.statements
            ),
        )
        for area in bare.areas
    )  # fmt: skip
    report = replace(bare, areas=quiet, strong=(), to_improve=(), consistency=())
    assert headings(opened(WRITERS[version](report)), 1) == [
        "Levels by section", "How this was done", "Every statement’s level",
    ]  # fmt: skip


def test_a_review_that_goes_on_says_so_and_reports_what_is_concluded() -> None:
    document = of(samples.halfway())
    assert "This review is not finished. 2 of 6 areas are concluded." in everything(document)
    assert "Not concluded yet" in [row[0] for row in table_under(document, NUMBERS)]


def test_before_anything_is_concluded_nobody_is_counted() -> None:
    report = samples.halfway()
    nobody = replace(report.method, participants=(), rounds=(), lived_experience=0)
    document = of(replace(report, areas=report.areas[2:], method=nobody))
    assert lines(document, "Who took part")[0].startswith("No area is concluded yet.")


def test_an_earlier_assessment_gives_its_reason() -> None:
    report = replace(samples.five_members(), reassess_on=date(2028, 6, 12),
                     reassess_because="A merger is planned.")  # fmt: skip
    text = everything(of(report))
    assert (
        "To be assessed again by: Monday 12 June 2028. Sooner than three years, because: "
        "A merger is planned." in text
    )
