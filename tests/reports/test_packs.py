"""Answer packs, read back with the libraries that open them."""

from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.document import Document
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from eocif import confirmations, packs
from eocif.database import Database
from eocif.errors import EocifError
from eocif.models import Person, Review
from eocif.pack_summaries import Pack
from eocif.reports.pack_docx import pack_docx
from eocif.reports.pack_words import privacy
from eocif.reports.pack_xlsx import TECHNICAL, pack_xlsx
from eocif.rules import framework
from eocif.rules.dates import at
from eocif.summaries import Privacy
from tests import after_the_close, builders
from tests.after_the_close import NEXT_MORNING
from tests.builders import MONDAY, World
from tests.reports.office import as_pdf, saved_again
from tests.reports.samples import HOSTILE

NOON = at(MONDAY, 12)
AFTERNOON = NEXT_MORNING + timedelta(hours=4)
SCOPE = {"1": "1,2", "2": "5"}
SECRET = "canary-4711"
CHOICES = (
    *("Insufficient progress", "Progressing", "Achieving", "Excelling"),
    *("I don't know enough to rate this", "Not applicable"),
)
PRIVACY = (
    "Confidential: Tom Okafor types in your answer, so they see it. Nobody else does before the "
    "round closes. Then the review group sees your words and levels by perspective, without a "
    "name. The lead, Amina Yusuf, then sees your name as well. "
    "Please do not name or describe someone who could be recognised."
)

pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)


@pytest.fixture
def world(database: Database, now: Any) -> World:
    return builders.opened(database, now, scope=SCOPE)


@pytest.fixture
def second(database: Database, now: Any) -> World:
    return after_the_close.in_round_2(database, now)


def _pack(world: World, when: Any = NOON) -> Pack:
    member = world.members["doris"]
    return world.database.now(packs.pack, review_id=world.review_id, member_id=member, now=when)


def _paper(pack: Pack) -> Document:
    return docx.Document(BytesIO(pack_docx(pack)))


def _lines(document: Document) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs]


def _form(pack: Pack) -> Any:
    return load_workbook(BytesIO(pack_xlsx(pack)))


def _texts(pack: Pack) -> str:
    """Everything that is in either file, the hidden sheet too."""
    cells = [str(v) for sheet in _form(pack) for row in sheet.values for v in row if v is not None]
    paper = _paper(pack)
    tables = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return "\n".join([*cells, *_lines(paper), *tables])


# --- on paper: round 1 ------------------------------------------------------------------------


@pytest.mark.covers("R14")
def test_the_paper_pack_asks_each_statement_with_its_official_words_and_boxes(
    world: World,
) -> None:
    lines = _lines(_paper(_pack(world)))
    edition = framework.edition()
    inside = [each for n in (1, 2, 5) for each in edition.area(n).indicators]
    for indicator in inside:
        assert indicator.text in lines
        assert set(indicator.bullets) <= set(lines)
        assert f"In plain English (our words): {indicator.plain}" in lines
        where = lines.index(f"Area {indicator.code}: which level fits best? Tick one.")
        assert tuple(lines[where + 1 : where + 7]) == tuple(f"□  {name}" for name in CHOICES)
    for question in edition.questions:
        assert lines.count(question) == 3
    for level in edition.levels:
        assert f"{level.name}: {level.definition}" in lines


def test_it_is_large_print_with_wide_spacing_and_real_headings(world: World) -> None:
    document = _paper(_pack(world))
    used = {paragraph.style.name for paragraph in document.paragraphs if paragraph.style}
    assert {"Title", "Heading 1", "Heading 2", "Normal", "List Bullet"} <= used
    for name in {*used, "Footer", "Table Text", "Table Heading"}:
        style: Any = document.styles[name]
        assert style.font.size.pt >= 16
        assert style.font.name == "Arial"
        assert name == "Footer" or style.paragraph_format.line_spacing >= 1.5
    runs = [run for paragraph in document.paragraphs for run in paragraph.runs]
    assert not [run for run in runs if run.font.size or run.italic]
    assert document.core_properties.language == "en-GB"
    assert document.core_properties.title == "Your answers: Experience of care review 2027"
    assert "NUMPAGES" in document.sections[0].footer._element.xml


def test_it_says_for_whom_it_is_where_it_goes_by_when_and_who_will_see_it(world: World) -> None:
    lines = _lines(_paper(_pack(world)))
    assert lines[2:9] == [
        "This is for Doris Whitfield.",
        "You are in the review group of Northmoor and Elmsworth NHS Foundation Trust. "
        "You speak from this perspective: People using services and unpaid carers.",
        "There are 3 areas to answer. Most people take about 10 minutes.",
        "You do not have to answer everything. You can say that you do not know.",
        "Your answer counts the same as everyone else's.",
        "There is no pass or fail. This does not assess performance.",
        "Where to send it",
    ]
    assert "Please give areas 1 and 2 back to Tom Okafor by 5pm on Monday 25 January 2027." in lines
    assert "Please give area 5 back to Kasia Nowak by 5pm on Monday 25 January 2027." in lines
    assert lines.count(PRIVACY) == 2


def test_recorded_needs_are_named_and_other_ways_are_offered(world: World) -> None:
    lines = _lines(_paper(_pack(world)))
    assert "We have noted that you need: Large print. Prefers the phone, mornings." in lines
    ask = "Do you need this another way? Tell Tom Okafor and Kasia Nowak. It could be easy read,"
    assert any(line.startswith(ask) for line in lines)
    with world.database.transaction() as session:
        person = session.get_one(packs.Member, world.members["doris"]).person_id
        session.get_one(Person, person).communication_needs = ""
    assert not [x for x in _lines(_paper(_pack(world))) if x.startswith("We have noted")]


@pytest.mark.parametrize(
    ("names", "shared", "sentence"),
    [
        (True, False, "The lead, Amina Yusuf, and the leads of areas then see your name."),
        (False, True, "The leads of reviews here, such as Amina Yusuf, then see your name."),
        (True, True, "The leads of reviews here, such as Amina Yusuf, and the leads of areas then"),
    ],
)
def test_the_privacy_line_says_who_sees_names(
    world: World, names: bool, shared: bool, sentence: str
) -> None:
    assert sentence in privacy(Privacy("Amina Yusuf", names, shared), "Tom Okafor")


@pytest.mark.covers("R26")
def test_evidence_is_asked_for_with_its_source_and_in_words_or_in_numbers(world: World) -> None:
    lines = _lines(_paper(_pack(world)))
    for box in ("Survey", "Friends and Family Test (FFT)", "In words, such as a story or comments",
                "In numbers, such as a survey score"):  # fmt: skip
        assert lines.count(f"□  {box}") == 3


def test_an_area_rated_as_a_whole_is_asked_once(world: World) -> None:
    with world.database.transaction() as session:
        session.get_one(Review, world.review_id).rating_unit = "area"
    pack = _pack(world)
    ticks = [line for line in _lines(_paper(pack)) if "which level fits best?" in line]
    assert ticks == [f"Area {n}: which level fits best? Tick one." for n in (1, 2, 5)]
    assert _inputs(_form(pack), 5)[0] == "level_5"


# --- in Excel: round 1 --------------------------------------------------------------------------


def _inputs(book: Any, area: int) -> list[str]:
    rows = book[TECHNICAL].iter_rows(min_row=8, values_only=True)
    return [row[4] for row in rows if row[0] == area]


def _unlocked(sheet: Worksheet) -> Iterator[Any]:
    for row in sheet.iter_rows():
        yield from (cell for cell in row if not cell.protection.locked)


def test_the_form_takes_answers_in_its_inputs_alone(world: World) -> None:
    book = _form(_pack(world))
    assert book.sheetnames == ["Start here", "Area 1", "Area 2", "Area 5", TECHNICAL]
    assert book[TECHNICAL].sheet_state == "veryHidden"
    assert book.security.lockStructure
    places = {(row[2], row[3]) for row in book[TECHNICAL].iter_rows(min_row=8, values_only=True)}
    assert len(places) == (7 + 3 + 1) + 3 * (6 + 12)
    for sheet in book:
        assert sheet.protection.sheet
        for cell in _unlocked(sheet):
            places.remove((sheet.title, cell.coordinate))
            assert (cell.number_format, cell.border.left.style) == ("@", "thin")
            assert cell.value is None
    assert places == set()


def test_choices_are_lists_in_words(world: World) -> None:
    sheet = _form(_pack(world))["Area 2"]
    lists = {rule.formula1 for rule in sheet.data_validations.dataValidation if rule.type == "list"}
    assert f'"{",".join(CHOICES)}"' in lists
    assert all(len(each) <= 257 for each in lists)  # Excel takes 255 characters and two quotes
    asked = [row[0].value for row in sheet.iter_rows() if row[0].value]
    assert asked[4:8] == ["Statement", "Area 2a", "Area 2b", "Area 2c"]


def test_the_hidden_sheet_says_what_the_form_is_for(world: World) -> None:
    pack = _pack(world)
    about = dict(_form(pack)[TECHNICAL].iter_rows(max_row=7, max_col=2, values_only=True))
    assert about == {
        "format": "eocif-answers-1", "review": world.review_id, "member": world.members["doris"],
        "name": "Doris Whitfield", "edition": "2025-02-18", "mark": pack.mark,
        "made_at": NOON.isoformat(),
    }  # fmt: skip


# --- a pack goes through other hands ------------------------------------------------------------


@pytest.mark.covers("R21")
def test_no_pack_ever_holds_an_answer_of_an_open_round(world: World) -> None:
    world.rate("tom", 2, "excelling", NOON, for_="doris")
    world.write("tom", 2, NOON, for_="doris", where_now=SECRET)
    pack = _pack(world)
    assert SECRET not in _texts(pack)
    assert SECRET not in repr(pack)
    assert [(each.number, each.has_answer) for each in pack.areas] == [
        (1, False), (2, True), (5, False),
    ]  # fmt: skip
    assert pack.areas[1].form.answered is False
    kept = "We have an answer from you already. Leave empty what should stay as it is."
    assert _lines(_paper(pack)).count(kept) == 1
    assert kept in [row[0].value for row in _form(pack)["Area 2"].iter_rows()]


def test_no_answer_to_a_draft_is_in_a_pack_while_the_round_is_open(second: World) -> None:
    place = second.place(2, for_="doris")
    form = second.do(confirmations.confirm_form, "tom", place=place, now=AFTERNOON)
    said = {"shown": form.shown, "now": AFTERNOON, "place": place}
    second.do(confirmations.save_levels, "tom", fields={"level_2a": "excelling"}, **said)
    second.do(confirmations.save_answer, "tom", answer="concern", comment=SECRET, **said)
    pack = _pack(second, AFTERNOON)
    assert SECRET not in _texts(pack) + repr(pack)
    assert [each.has_answer for each in pack.areas] == [True, False]
    assert pack.areas[0].earlier == dict.fromkeys(("2a", "2b", "2c"), "progressing")
    confirm = pack.areas[0].confirm
    assert confirm is not None
    assert confirm.own == pack.areas[0].earlier


# --- round 2 --------------------------------------------------------------------------------------


@pytest.mark.covers("R14")
def test_the_paper_pack_shows_the_draft_the_spread_and_their_earlier_level(second: World) -> None:
    document = _paper(_pack(second, AFTERNOON))
    lines = _lines(document)
    assert "Area 2. The draft. Leadership development and training (short title: ours)" in lines
    assert "Tom Okafor wrote this from what people said." in lines
    for field in ("where_now", "what_good", "what_do"):
        assert f"The draft of area 2: {field}." in lines
    assert lines.count("Level proposed: Not agreed") == 3  # area 2 is close
    assert lines.count("Level proposed: Achieving") == 2  # area 3 is agreed
    assert lines.count("You chose: Progressing") == 3
    tick = lines.index("Area 2a: tick one to change your level. Tick nothing to keep it.")
    assert tuple(lines[tick + 1 : tick + 7]) == tuple(f"□  {name}" for name in CHOICES)
    assert [x for x in lines if x.startswith("□  I ") and "know" not in x] == 2 * [
        "□  I agree with this wording", "□  I agree, and I have a comment",
        "□  I want to raise a concern",
    ]  # fmt: skip
    assert any(line.endswith("grace says this of area 2.") for line in lines)
    assert not any(line.endswith("doris says this of area 2.") for line in lines)


def test_the_spread_is_a_table_with_a_head_by_group_that_adds_up(second: World) -> None:
    table = _paper(_pack(second, AFTERNOON)).tables[0]
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows[0] == ["Level", "Everyone", "People with lived experience", "Everyone else"]
    assert [row[0] for row in rows[1:]] == [
        "Insufficient progress", "Progressing", "Achieving", "Excelling", "Don't know enough",
        "Not applicable",
    ]  # fmt: skip
    assert all(int(row[1]) == int(row[2]) + int(row[3]) for row in rows[1:])
    assert sum(int(row[1]) for row in rows[1:]) == 9
    assert "w:tblHeader" in table.rows[0]._tr.xml


def test_the_form_shows_the_draft_and_takes_a_change_of_level_and_an_answer(second: World) -> None:
    book = _form(_pack(second, AFTERNOON))
    assert book.sheetnames == ["Start here", "Area 2 draft", "Area 3 draft", TECHNICAL]
    assert _inputs(book, 2) == ["level_2a", "level_2b", "level_2c", "answer", "comment"]
    rows = list(book["Area 2 draft"].values)
    [row] = [row for row in rows if row[0] == "Area 2a"]
    assert row[2:5] == (
        "Everyone: Progressing 3, Achieving 5, Excelling 1\n"
        "People with lived experience: Progressing 2, Achieving 1\n"
        "Everyone else: Progressing 1, Achieving 4, Excelling 1",
        "Not agreed", "Progressing",
    )  # fmt: skip
    assert ("Where are we now?", "grace says this of area 2.", "People with lived experience") in [
        row[:3] for row in rows
    ]


# --- hostile words, and other programs --------------------------------------------------------


@pytest.fixture
def hostile(database: Database, now: Any) -> World:
    world = after_the_close.drafting(database, now)
    with world.database.transaction() as session:
        review = session.get_one(Review, world.review_id)
        review.title, review.provider = HOSTILE[0], HOSTILE[6]
        person = session.get_one(packs.Member, world.members["doris"]).person_id
        session.get_one(Person, person).communication_needs = HOSTILE[5]
    fields = dict(zip(("where_now", "what_good", "what_do", "gap"), HOSTILE[6:10], strict=True))
    after_the_close.sent(world, 2, NEXT_MORNING, reason_2a=HOSTILE[0], **fields)
    return world


def test_hostile_words_reach_both_packs_harmlessly(hostile: World) -> None:
    pack = _pack(hostile, AFTERNOON)
    cells = [cell for sheet in _form(pack) for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    for word in (HOSTILE[6], HOSTILE[9]):
        assert word in [cell.value for cell in cells]
        assert word in _lines(_paper(pack))


def test_libreoffice_prints_the_paper_pack(second: World, tmp_path: Path) -> None:
    printed = as_pdf(pack_docx(_pack(second, AFTERNOON)), "pack.docx", tmp_path)
    assert printed.stat().st_size > 20_000


def test_libreoffice_keeps_the_form_as_it_is(world: World, tmp_path: Path) -> None:
    pack = _pack(world)
    again = load_workbook(BytesIO(saved_again(pack_xlsx(pack), "form.xlsx", tmp_path)))
    ours = _form(pack)
    assert list(again[TECHNICAL].values) == list(ours[TECHNICAL].values)
    assert again[TECHNICAL].sheet_state in ("hidden", "veryHidden")
    open_cells = [cell.coordinate for cell in _unlocked(ours["Area 2"])]
    assert [cell.coordinate for cell in _unlocked(again["Area 2"])][: len(open_cells)] == open_cells


# --- whose pack --------------------------------------------------------------------------------


def test_a_person_is_found_by_name_in_any_case_or_by_number(world: World) -> None:
    member = world.members["doris"]
    for asked in ("doris WHITFIELD", "  Doris  Whitfield ", str(member)):
        found = world.database.now(packs.member_called, review_id=world.review_id, person=asked)
        assert found == member


def test_an_unknown_person_is_answered_with_who_there_is(world: World) -> None:
    member = world.members["doris"]
    for asked in ("Grace Adeyemi", "nobody", "1"):
        with pytest.raises(EocifError) as refused:
            world.database.now(packs.member_called, review_id=world.review_id, person=asked)
        assert refused.value.sentence == (
            "Name one person who takes part without Teams, or their number: "
            f"Doris Whitfield ({member})."
        )
    with world.database.transaction() as session:
        session.get_one(Person, session.get_one(packs.Member, member).person_id).entra_id = "x"
    with pytest.raises(EocifError, match="nobody needs a pack"):
        world.database.now(packs.member_called, review_id=world.review_id, person="Doris")
