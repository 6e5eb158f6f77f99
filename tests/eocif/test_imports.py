"""Answers that come back in an Excel form."""

import zipfile
from datetime import date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from eocif import confirmations, imports, packs, review_groups, reviews
from eocif.database import Database
from eocif.errors import EocifError, NotNow, NotYours
from eocif.imports import Imported, NotImported
from eocif.models import AuditEvent, Evidence, Person, Rating, Response, Review, View
from eocif.reports.filled_form import LARGEST, NotAForm
from eocif.rules.dates import at
from tests import after_the_close, builders
from tests.after_the_close import NEXT_MORNING
from tests.builders import MONDAY, SMALL, World
from tests.eocif import forms_in_excel
from tests.eocif.forms_in_excel import cells, changed, closed, filled, made, opened
from tests.reports.office import saved_again

NOON = at(MONDAY, 12)
LATER = NOON + timedelta(hours=2)
LATEST = NOON + timedelta(hours=4)
ALL_OF_2 = {
    (2, "level_2a"): "Achieving",
    (2, "level_2b"): "I don't know enough to rate this",
    (2, "level_2c"): "Not applicable",
}


@pytest.fixture
def world(database: Database, now: datetime) -> World:
    return builders.opened(database, now, scope=SMALL)


@pytest.fixture
def form(world: World) -> bytes:
    return made(world, NOON)


def _import(world: World, content: bytes, now: datetime = LATER) -> Imported:
    return world.database.now(imports.import_answers, content=content, now=now)


def _refused(world: World, content: bytes, now: datetime = LATER) -> str:
    """Why a form is not taken; and nothing of it is there."""
    before = _everything(world)
    with pytest.raises(EocifError) as refused:
        _import(world, content, now)
    assert _everything(world) == before
    return refused.value.sentence


def _everything(world: World) -> list[str]:
    tables = (View, Rating, Evidence, Response, AuditEvent)
    return [repr(row) for table in tables for row in world.rows(table)]


# --- what comes back is recorded ------------------------------------------------------------


@pytest.mark.covers("R14")
def test_a_form_is_recorded_for_its_person_marked_and_by_the_areas_lead(
    world: World, form: bytes
) -> None:
    words = {(2, "where_now"): "I am never asked.\nNot once.", (2, "not_applicable"): "2c: new."}
    done = _import(world, filled(form, ALL_OF_2 | words))
    assert done == Imported(world.review_id, "Doris Whitfield", (2,), ())
    answer = world.form("tom", 2, LATER, for_="doris")
    assert answer.choices == {"2a": "achieving", "2b": "dont_know", "2c": "not_applicable"}
    assert (answer.words["where_now"], answer.answered) == ("I am never asked.\nNot once.", True)
    [view] = world.rows(View)
    assert (view.member_id, view.given_by) == (
        world.members["doris"], world.actors["tom"].person_id,
    )  # fmt: skip
    event = world.rows(AuditEvent)[-1]
    assert (event.event, event.actor, event.subject, event.detail) == (
        "answers imported", "system", f"member:{world.members['doris']}",
        {"areas": [2], "rounds": [1]},
    )  # fmt: skip


@pytest.mark.covers("R26")
def test_evidence_comes_back_in_words_and_in_numbers(world: World, form: bytes) -> None:
    given = {
        (3, "source_1"): "Survey", (3, "kind_1"): "In numbers",
        (3, "evidence_1"): "7 in 10 said so.", (3, "link_1"): "https://example.nhs.uk/a",
        (3, "source_2"): "someone's STORY", (3, "kind_2"): "in words",
        (3, "evidence_2"): "A letter.",
    }  # fmt: skip
    _import(world, filled(form, given))
    assert [
        (each.source, each.kind, each.text, each.link) for each in world.rows(Evidence)
    ] == [
        ("survey", "quantitative", "7 in 10 said so.", "https://example.nhs.uk/a"),
        ("story", "qualitative", "A letter.", ""),
    ]  # fmt: skip


def test_a_part_filled_form_is_taken_and_says_what_is_left(world: World, form: bytes) -> None:
    done = _import(world, filled(form, {(2, "level_2a"): "excelling", (3, "where_now"): "Fine."}))
    assert (done.areas, done.unfinished) == ((2, 3), (2, 3))


def test_an_empty_form_changes_nothing(world: World, form: bytes) -> None:
    assert _import(world, form).areas == ()
    assert world.rows(View) == []


def test_an_empty_cell_never_erases(world: World, form: bytes) -> None:
    world.rate("tom", 2, "progressing", NOON, for_="doris")
    world.write("tom", 2, NOON, for_="doris", where_now="By phone.", what_do="Ask.")
    _import(world, filled(form, {(2, "level_2a"): "Excelling", (2, "what_do"): "Ask again."}))
    answer = world.form("tom", 2, LATER, for_="doris")
    assert answer.choices == {"2a": "excelling", "2b": "progressing", "2c": "progressing"}
    assert answer.words["where_now"] == "By phone."
    assert answer.words["what_do"] == "Ask again."


def test_the_same_form_twice_changes_nothing_the_second_time(world: World, form: bytes) -> None:
    given = ALL_OF_2 | {
        (2, "where_now"): "Once.", (2, "source_1"): "Complaint", (2, "kind_1"): "In words",
        (2, "evidence_1"): "A letter.",
    }  # fmt: skip
    once = filled(form, given)
    assert _import(world, once) == _import(world, once, LATEST)
    assert len(world.rows(Evidence)) == 1
    assert {row.updated_at for row in world.rows(Rating)} == {LATER}


def test_numbers_and_days_that_excel_made_of_words_come_back_as_they_read(
    world: World, form: bytes
) -> None:
    given = {
        (2, "where_now"): 7.0, (2, "what_good"): 2.5, (2, "what_do"): datetime(2027, 3, 1),  # noqa: DTZ001 - Excel knows no zones
        (2, "excelling"): "_x0041_ stays", (2, "achieving"): "=SUM(A1)",
    }  # fmt: skip
    _import(world, filled(form, given))
    words = world.form("tom", 2, LATER, for_="doris").words
    assert {field: text for field, text in words.items() if text} == {
        "where_now": "7", "what_good": "2.5", "what_do": "2027-03-01",
        "excelling": "_x0041_ stays", "achieving": "=SUM(A1)",
    }  # fmt: skip


def test_who_began_to_record_in_teams_is_who_records_the_form(world: World, form: bytes) -> None:
    world.rate("amina", 2, {"2a": "progressing"}, NOON, for_="doris")
    _import(world, filled(form, ALL_OF_2))
    assert world.rows(View)[0].given_by == world.actors["amina"].person_id


# --- round 2 --------------------------------------------------------------------------------


@pytest.fixture
def second(database: Database, now: datetime) -> World:
    return after_the_close.in_round_2(database, now)


AFTERNOON = NEXT_MORNING + timedelta(hours=4)


def _draft(world: World, area: int = 2) -> Any:
    place = world.place(area, for_="doris")
    return world.do(confirmations.confirm_form, "tom", place=place, now=AFTERNOON)


@pytest.mark.covers("R14")
def test_a_draft_is_answered_by_form_in_the_second_round(second: World) -> None:
    given = {
        (2, "level_2a"): "Achieving", (2, "answer"): "I want to raise a concern",
        (2, "comment"): "It leaves out evenings.", (3, "answer"): "I agree with this wording",
    }  # fmt: skip
    form = filled(made(second, NEXT_MORNING), given)
    done = _import(second, form, AFTERNOON)
    assert done == Imported(second.review_id, "Doris Whitfield", (2, 3), ())
    draft = _draft(second)
    assert (draft.answer, draft.comment) == ("concern", "It leaves out evenings.")
    assert draft.own == {"2a": "achieving", "2b": "progressing", "2c": "progressing"}
    [two, three] = second.rows(Response)
    assert (two.given_by, three.answer) == (second.actors["tom"].person_id, "agree")
    assert [(row.code, row.choice) for row in second.rows(Rating, Rating.round == 2)] == [
        ("2a", "achieving")
    ]
    assert _import(second, form, AFTERNOON) == done
    assert len(second.rows(Response)) == 2


def test_levels_can_change_without_an_answer_to_the_draft(second: World) -> None:
    form = filled(made(second, NEXT_MORNING), {(2, "level_2c"): "Not applicable"})
    assert _import(second, form, AFTERNOON).unfinished == (2,)
    assert _draft(second).own["2c"] == "not_applicable"


@pytest.mark.parametrize(
    ("given", "cell", "sentence"),
    [
        ({"answer": "Maybe"}, "answer", "choose from the list."),
        ({"comment": "Well."}, "answer", "choose what you say to this draft."),
        ({"answer": "I want to raise a concern"}, "comment",
         "write the comment, or the reason for the concern."),
        ({"answer": "I agree, and I have a comment", "comment": "x" * 2001}, "comment",
         "cut 1 characters. The most is 2,000."),
    ],
)  # fmt: skip
def test_an_answer_to_a_draft_that_cannot_be_taken_is_named_by_its_cell(
    second: World, given: dict[str, str], cell: str, sentence: str
) -> None:
    form = made(second, NEXT_MORNING)
    sheet, place = cells(form)[2, cell]
    content = filled(form, {(2, field): text for field, text in given.items()})
    assert f"{sheet}, cell {place}: {sentence}" in _refused(second, content, AFTERNOON)


def test_a_draft_answered_since_is_not_overwritten(second: World) -> None:
    form = made(second, NEXT_MORNING)
    place = second.place(2, for_="doris")
    second.do(
        confirmations.save_answer, "tom", place=place, answer="agree", comment="",
        shown=_draft(second).shown, now=NEXT_MORNING + timedelta(hours=1),
    )  # fmt: skip
    given = {(2, "answer"): "I want to raise a concern", (2, "comment"): "No."}
    assert "another answer was saved" in _refused(second, filled(form, given), AFTERNOON)


def test_a_form_of_round_1_is_refused_in_round_2(database: Database, now: datetime) -> None:
    world = builders.opened(database, now, scope=SMALL)
    form = filled(made(world, NOON), ALL_OF_2)
    for area in (2, 3):
        world.answer_all(area, LATER)
    world.live(at(date(2027, 1, 12), 17, 15))
    for area in (2, 3):
        after_the_close.sent(world, area, NEXT_MORNING)
    assert _refused(world, form, AFTERNOON) == (
        "Nothing was imported. There is 1 thing to put right. "
        "Area 2: its round has closed, so we cannot take its answers."
    )


# --- every mistake, all at once -------------------------------------------------------------


def test_every_mistake_is_named_by_sheet_and_cell_and_nothing_is_half_imported(
    world: World, form: bytes
) -> None:
    wrong = ALL_OF_2 | {
        (2, "level_2b"): "Quite good",
        (2, "what_good"): "x" * 2005,
        (3, "source_1"): "A friend",
        (3, "evidence_1"): "They said so.",
        (3, "source_2"): "Survey",
        (3, "kind_2"): "In words",
        (3, "link_3"): "ftp://example.nhs.uk",
        (3, "where_now"): "#NAME?",
    }  # fmt: skip
    book = opened(filled(form, wrong))
    sheet, cell = cells(form)[3, "where_now"]
    book[sheet][cell].data_type = "e"
    with pytest.raises(NotImported) as refused:
        _import(world, closed(book))
    where = {key: f"{sheet}, cell {cell}" for key, (sheet, cell) in cells(form).items()}
    assert refused.value.problems == (
        f"{where[2, 'level_2b']}: choose from the list.",
        f"{where[2, 'what_good']}: cut 5 characters. The most is 2,000.",
        f"{where[3, 'where_now']}: Excel shows an error here. Type the words again.",
        f"{where[3, 'source_1']}: choose where this evidence comes from.",
        f"{where[3, 'kind_1']}: choose whether this evidence is in words or in numbers.",
        f"{where[3, 'evidence_2']}: say what this evidence shows, or empty the rest of its row.",
        f"{where[3, 'source_3']}: choose where this evidence comes from.",
        f"{where[3, 'kind_3']}: choose whether this evidence is in words or in numbers.",
        f"{where[3, 'link_3']}: use a web address that starts with https://, or empty this cell.",
    )
    assert refused.value.sentence.startswith(
        "Nothing was imported. There are 9 things to put right. Area 2, cell "
    )
    assert (world.rows(View), world.rows(Rating), world.rows(Evidence)) == ([], [], [])


def test_an_answer_saved_after_the_form_was_made_is_not_overwritten(
    world: World, form: bytes
) -> None:
    after = NOON + timedelta(minutes=5)
    world.rate("tom", 2, {"2a": "progressing"}, after, for_="doris")
    world.write("tom", 2, after, for_="doris", where_now="By phone.")
    given = ALL_OF_2 | {(2, "where_now"): "By form."}
    sentence = _refused(world, filled(form, given))
    for field in ("level_2a", "where_now"):
        sheet, cell = cells(form)[2, field]
        assert f"{sheet}, cell {cell}: another answer was saved after this form" in sentence
    assert "phone" not in sentence
    _import(world, filled(form, {**given, (2, "level_2a"): None, (2, "where_now"): None}))


def test_a_missing_sheet_is_named(world: World, form: bytes) -> None:
    book = opened(filled(form, ALL_OF_2))
    book.remove(book["Area 3"])
    assert "Area 3: this sheet is missing." in _refused(world, closed(book))


def test_a_round_that_closed_is_refused_but_an_empty_sheet_is_no_answer(
    world: World, form: bytes
) -> None:
    closing = at(MONDAY + timedelta(days=14), 17, 15)
    assert "Area 2: its round has closed" in _refused(world, filled(form, ALL_OF_2), closing)
    assert _import(world, form, closing).areas == ()


# --- forms that are not for here -------------------------------------------------------------


def test_a_form_of_another_installation_is_refused(world: World, form: bytes) -> None:
    with world.database.transaction() as session:
        session.get_one(Review, world.review_id).nonce = "another"
    assert _refused(world, filled(form, ALL_OF_2)) == (
        "This form does not belong to a person in a review here. Nothing was imported. "
        "Make a new form with “export”, or record the answers in Teams."
    )


@pytest.mark.parametrize(
    ("about", "sentence"),
    [
        ({"review": 99}, "This form does not belong to a person in a review here."),
        ({"member": 99}, "This form does not belong to a person in a review here."),
        ({"member": 1}, "This form does not belong to a person in a review here."),
        ({"mark": "0" * 16}, "This form does not belong to a person in a review here."),
        ({"edition": "2018"}, "This form is for another edition of the framework."),
        ({"format": "eocif-answers-9"}, "This form was made by another version of this software."),
        ({"review": "one"}, "The hidden sheet of this form was changed."),
        ({"made_at": "2027-01-11T12:00:00"}, "The hidden sheet of this form was changed."),
    ],
)
def test_a_form_whose_hidden_sheet_does_not_fit_is_refused(
    world: World, form: bytes, about: dict[str, Any], sentence: str
) -> None:
    assert _refused(world, changed(filled(form, ALL_OF_2), **about)).startswith(sentence)


@pytest.mark.parametrize(
    ("column", "value"), [(1, 22), (3, "technical"), (4, "XFD1048576"), (4, "A0"), (2, "x")]
)
def test_places_that_no_form_of_ours_has_are_refused(
    world: World, form: bytes, column: int, value: Any
) -> None:
    book = opened(filled(form, ALL_OF_2))
    for row in range(forms_in_excel.ABOUT + 1, book["technical"].max_row + 1):
        book["technical"].cell(row, column).value = value
    assert "The hidden sheet of this form was changed." in _refused(world, closed(book))


def test_someone_who_uses_teams_by_now_answers_there(world: World, form: bytes) -> None:
    with world.database.transaction() as session:
        member = session.get_one(packs.Member, world.members["doris"])
        session.get_one(Person, member.person_id).entra_id = "d" * 36
    assert _refused(world, filled(form, ALL_OF_2)).startswith("Doris Whitfield uses Teams")


def test_who_has_left_the_group_is_not_recorded_for(world: World, form: bytes) -> None:
    world.on_review(review_groups.remove_member, member_id=world.members["doris"], now=NOON)
    with pytest.raises(NotYours, match="has left this review group"):
        _import(world, filled(form, ALL_OF_2))


def test_a_review_that_has_ended_takes_no_forms(world: World, form: bytes) -> None:
    world.on_review(reviews.cancel, reason="", now=NOON)
    assert "This review takes no answers now." in _refused(world, filled(form, ALL_OF_2))


# --- files that are no forms ------------------------------------------------------------------


def _zipped(**parts: bytes) -> bytes:
    kept = BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as made_of:
        for name, content in parts.items():
            made_of.writestr(name, content)
    return kept.getvalue()


def _plain() -> bytes:
    book = Workbook()
    book.create_sheet("Answers")
    return closed(book)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "This is not an Excel workbook (.xlsx)."),
        (b"PK\x03\x04 not really", "This is not an Excel workbook (.xlsx)."),
        (b"\x00" * (LARGEST + 1), "This file is too large to be one of our answer forms."),
        (_zipped(bomb=b"0" * 20_000_001), "This file is too large to be one of our answer forms."),
        (_zipped(**{f"p{n}": b"" for n in range(501)}),
         "This file is too large to be one of our answer forms."),
        (_zipped(a=b'<!DOCTYPE x [<!ENTITY a "b">]>'),
         "We could not read this file. It may be damaged."),
        (_zipped(a=b"<a/>"), "We could not read this file. It may be damaged."),
        (_plain(), "This is not one of our answer forms."),
    ],
)  # fmt: skip
@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_a_file_that_is_no_form_is_refused_in_a_sentence(
    world: World, content: bytes, sentence: str
) -> None:
    with pytest.raises(NotAForm) as refused:
        _import(world, content)
    assert refused.value.happened == sentence


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_cells_far_away_and_merged_over_everything_cost_nothing(world: World, form: bytes) -> None:
    book = opened(filled(form, ALL_OF_2))
    book["Area 2"]["XFD1048576"].value = "far"
    content = closed(book)
    kept = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(kept, "w") as new:
        for part in old.infolist():
            text = old.read(part)
            if part.filename.endswith("sheet2.xml"):
                text = text.replace(
                    b"</sheetData>",
                    b'</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>',
                )
            new.writestr(part, text)
    assert _import(world, kept.getvalue()).areas == (2,)


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_a_form_that_libreoffice_saved_comes_back(
    world: World, form: bytes, tmp_path: Path
) -> None:
    given = filled(form, ALL_OF_2 | {(2, "where_now"): "One.\nTwo.", (2, "what_do"): "=Three"})
    assert _import(world, saved_again(given, "form.xlsx", tmp_path)).areas == (2,)
    words = world.form("tom", 2, LATER, for_="doris").words
    assert (words["where_now"], words["what_do"]) == ("One.\nTwo.", "=Three")


# --- packs that cannot be made ----------------------------------------------------------------


def test_nobody_gets_a_pack_with_nothing_in_it(world: World) -> None:
    with pytest.raises(NotNow, match="Nothing is open for Doris Whitfield now"):
        made(world, at(MONDAY + timedelta(days=14), 17, 15))
    world.on_review(reviews.cancel, reason="", now=NOON)
    with pytest.raises(NotNow):
        made(world, NOON)


def test_who_uses_teams_gets_no_pack(world: World) -> None:
    with pytest.raises(NotYours, match="Grace Adeyemi uses Teams and answers there"):
        made(world, NOON, who="grace")
