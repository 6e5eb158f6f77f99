"""Every Word file of ours: real headings and headers, British English, alt text, page numbers."""

from collections.abc import Callable, Mapping
from functools import cache

import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import Table
from docx.text.paragraph import Paragraph

from eocif.report_summaries import Report
from eocif.reports.board_docx import board, icb, public
from eocif.reports.plan_docx import improvement_plan
from eocif.reports.wording import NOT_JUDGED, edition_line
from eocif.reports.worksheet_docx import worksheet
from eocif.rules.rule_words import rule_in_words
from eocif.rules.text import clean
from eocif.rules.visibility import Version
from tests.reports import sample_plan, samples
from tests.reports.reading import everything, headings, is_header, opened

WRITERS: Mapping[Version, Callable[[Report], bytes]] = {
    Version.GROUP: worksheet, Version.BOARD: board, Version.ICB: icb, Version.PUBLIC: public,
    Version.PLAN: improvement_plan,
}  # fmt: skip
SAMPLES = (
    samples.full, samples.five_members, samples.one_section, samples.by_area, samples.independent,
    samples.halfway, samples.hostile, sample_plan.small, sample_plan.hostile,
)  # fmt: skip


@cache
def written(sample: Callable[[], Report], version: Version) -> Document:
    """A sample's file, read back; once, as it takes a while."""
    return opened(WRITERS[version](samples.as_version(sample(), version)))


@pytest.fixture(params=WRITERS)
def version(request: pytest.FixtureRequest) -> Version:
    """Each version that has a Word file."""
    found: Version = request.param
    return found


@pytest.mark.covers("R49")
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda each: each.__name__)
def test_every_file_says_what_it_is_who_took_part_by_which_rule_and_that_it_judges_nobody(
    sample: Callable[[], Report], version: Version
) -> None:
    report = sample()
    text = everything(written(sample, version))
    edition = report.edition
    for words in (
        NOT_JUDGED, "This does not assess performance.", edition_line(edition), edition.reference,
        edition.attribution, f"What was in scope: {report.scope}.",
        *rule_in_words(report.method.rule), "Who took part",
        *(f"{name}" for name, _ in report.method.participants),
    ):  # fmt: skip
        assert words in text


@pytest.mark.covers("R63")
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda each: each.__name__)
def test_headings_go_down_one_level_at_a_time_and_have_something_under_them(
    sample: Callable[[], Report], version: Version
) -> None:
    document = written(sample, version)
    before = 0
    last_was = ""
    for each in document.iter_inner_content():
        style = each.style.name if each.style is not None else ""
        is_heading = (style or "").startswith("Heading")
        if is_heading:
            level = int((style or "").removeprefix("Heading "))
            assert level <= before + 1, each.text  # type: ignore[union-attr]
            assert not last_was or level > before, f"nothing under {last_was}"
            before = level
            last_was = each.text  # type: ignore[union-attr]
        else:
            last_was = ""
    assert not last_was


def test_the_title_is_a_title_and_headings_are_headings(version: Version) -> None:
    document = written(samples.full, version)
    title = document.paragraphs[0]
    assert title.style is not None
    assert title.style.name == "Title"
    assert headings(document, 1)
    assert not [each for each in headings(document) if not each.strip()]


def test_every_table_has_one_header_row_that_repeats_and_rows_that_stay_whole(
    version: Version,
) -> None:
    for table in written(samples.full, version).tables:
        assert is_header(table, 0)
        assert not any(is_header(table, place) for place in range(1, len(table.rows)))
        properties = table._tbl.tblPr
        assert properties.find(qn("w:tblCaption")) is not None
        for row in table.rows:
            assert row._tr.trPr is not None


def test_no_table_has_an_empty_column_and_none_is_wider_than_the_page(version: Version) -> None:
    for sample in SAMPLES:
        for table in written(sample, version).tables:
            columns = zip(*([cell.text for cell in row.cells] for row in table.rows), strict=True)
            assert all(any(column[1:]) for column in columns)
            assert sum(column.width or 0 for column in table.columns) <= Cm(17.01)


def test_there_is_no_empty_paragraph_but_a_pictures(version: Version) -> None:
    for each in written(samples.full, version).paragraphs:
        assert each.text.strip() or each._p.xpath(".//w:drawing")


def test_the_language_is_british_english_throughout(version: Version) -> None:
    document = written(samples.full, version)
    languages = {
        each.get(qn("w:val"))
        for root in (document.styles.element, document.settings.element)
        for each in root.iter(qn("w:lang"), qn("w:themeFontLang"))
    }
    assert languages == {"en-GB"}


def test_the_properties_name_the_file_its_language_and_the_provider(version: Version) -> None:
    properties = written(samples.full, version).core_properties
    assert properties.title.endswith(": Experience of care review 2027")
    assert properties.language == "en-GB"
    assert properties.author == "Northmoor and Elmsworth NHS Foundation Trust"
    assert properties.created == samples.MADE_AT.replace(tzinfo=properties.created.tzinfo)
    assert properties.comments == ""


def test_the_footer_has_the_pages_number_and_how_many_there_are(version: Version) -> None:
    footer = written(samples.full, version).sections[0].footer.paragraphs[0]
    fields = [each.get(qn("w:instr")) for each in footer._p.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]


def test_type_can_be_read_and_is_of_one_family(version: Version) -> None:
    document = written(samples.full, version)
    used = {each.style.name for each in document.paragraphs if each.style is not None}
    used |= {
        cell.paragraphs[0].style.name  # type: ignore[union-attr]
        for table in document.tables[:3] for row in table.rows for cell in row.cells
    }  # fmt: skip
    for name in used:
        font = document.styles[str(name)].font  # type: ignore[attr-defined]
        assert font.name == "Arial"
        assert font.size is not None
        assert font.size >= Pt(10.5)


def test_the_page_is_a4(version: Version) -> None:
    page = written(samples.full, version).sections[0]
    assert (page.page_width.cm, page.page_height.cm) == pytest.approx((21, 29.7), abs=0.01)  # type: ignore[union-attr]


# --- hostile words --------------------------------------------------------------------------


def test_hostile_words_print_as_they_are_and_open_again(version: Version) -> None:
    """Formulas, mark-up, mentions, reading directions, heaps of accents and 2,000 emoji."""
    text = everything(written(samples.hostile, version))
    shown = [each for each in samples.HOSTILE if version in (Version.GROUP, Version.BOARD)]
    for words in shown:
        for line in clean(words).split("\n"):
            assert line.strip() in text
    assert "\u202e" not in text


def test_a_link_is_text_after_its_host_and_nothing_can_be_pressed(version: Version) -> None:
    document = written(samples.full, version)
    assert not list(document.element.iter(qn("w:hyperlink")))
    assert not [each for each in document.part.rels.values() if each.is_external]
    if version is Version.GROUP:
        shown = "northmoor.example.org: https://northmoor.example.org/papers/2027-03.pdf"
        assert shown in everything(document)


@pytest.mark.parametrize(
    "sample", [samples.full, sample_plan.small], ids=lambda each: each.__name__
)
def test_what_opens_a_table_stays_on_its_page(
    sample: Callable[[], Report], version: Version
) -> None:
    """A heading or sentence at a page's foot, its table on the next, would mislead."""
    document = written(sample, version)
    before = None
    for each in document.iter_inner_content():
        if isinstance(each, Table):
            assert isinstance(before, Paragraph), "two tables in a row are read as one"
            assert before.style is not None
            stays = before.paragraph_format.keep_with_next
            assert stays or before.style.paragraph_format.keep_with_next, before.text
        before = each
