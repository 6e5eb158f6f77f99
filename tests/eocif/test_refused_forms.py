"""Answer forms that cannot be taken: each mistake is named, and nothing is half imported."""

import zipfile
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook

from eocif import packs, review_groups, reviews
from eocif.database import Database
from eocif.errors import NotNow, NotYours
from eocif.imports import NotImported
from eocif.models import Evidence, Person, Rating, Review, View
from eocif.reports.filled_form import LARGEST, NotAForm
from eocif.rules.dates import at
from tests import builders
from tests.builders import MONDAY, SMALL, World
from tests.eocif.forms_in_excel import (
    ABOUT,
    ALL_OF_2,
    NOON,
    cells,
    changed,
    closed,
    filled,
    made,
    opened,
    refused,
    taken,
)


@pytest.fixture
def world(database: Database, now: datetime) -> World:
    return builders.opened(database, now, scope=SMALL)


@pytest.fixture
def form(world: World) -> bytes:
    return made(world, NOON)


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
    with pytest.raises(NotImported) as told:
        taken(world, closed(book))
    where = {key: f"{sheet}, cell {cell}" for key, (sheet, cell) in cells(form).items()}
    assert told.value.problems == (
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
    assert told.value.sentence.startswith(
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
    sentence = refused(world, filled(form, given))
    for field in ("level_2a", "where_now"):
        sheet, cell = cells(form)[2, field]
        assert f"{sheet}, cell {cell}: another answer was saved after this form" in sentence
    assert "phone" not in sentence
    taken(world, filled(form, {**given, (2, "level_2a"): None, (2, "where_now"): None}))


def test_a_missing_sheet_is_named(world: World, form: bytes) -> None:
    book = opened(filled(form, ALL_OF_2))
    book.remove(book["Area 3"])
    assert "Area 3: this sheet is missing." in refused(world, closed(book))


def test_a_round_that_closed_is_refused_but_an_empty_sheet_is_no_answer(
    world: World, form: bytes
) -> None:
    closing = at(MONDAY + timedelta(days=14), 17, 15)
    assert "Area 2: its round has closed" in refused(world, filled(form, ALL_OF_2), closing)
    assert taken(world, form, closing).areas == ()


# --- forms that are not for here -------------------------------------------------------------


def test_a_form_of_another_installation_isrefused(world: World, form: bytes) -> None:
    with world.database.transaction() as session:
        session.get_one(Review, world.review_id).nonce = "another"
    assert refused(world, filled(form, ALL_OF_2)) == (
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
def test_a_form_whose_hidden_sheet_does_not_fit_isrefused(
    world: World, form: bytes, about: dict[str, Any], sentence: str
) -> None:
    assert refused(world, changed(filled(form, ALL_OF_2), **about)).startswith(sentence)


@pytest.mark.parametrize(
    ("column", "value"), [(1, 22), (3, "technical"), (4, "XFD1048576"), (4, "A0"), (2, "x")]
)
def test_places_that_no_form_of_ours_has_arerefused(
    world: World, form: bytes, column: int, value: Any
) -> None:
    book = opened(filled(form, ALL_OF_2))
    for row in range(ABOUT + 1, book["technical"].max_row + 1):
        book["technical"].cell(row, column).value = value
    assert "The hidden sheet of this form was changed." in refused(world, closed(book))


def test_someone_who_uses_teams_by_now_answers_there(world: World, form: bytes) -> None:
    with world.database.transaction() as session:
        member = session.get_one(packs.Member, world.members["doris"])
        session.get_one(Person, member.person_id).entra_id = "d" * 36
    assert refused(world, filled(form, ALL_OF_2)).startswith("This person uses Teams")


def test_who_has_left_the_group_is_not_recorded_for(world: World, form: bytes) -> None:
    world.on_review(review_groups.remove_member, member_id=world.members["doris"], now=NOON)
    with pytest.raises(NotYours, match="has left this review group"):
        taken(world, filled(form, ALL_OF_2))


def test_a_review_that_has_ended_takes_no_forms(world: World, form: bytes) -> None:
    world.on_review(reviews.cancel, reason="", now=NOON)
    assert "This review takes no answers now." in refused(world, filled(form, ALL_OF_2))


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
    with pytest.raises(NotAForm) as told:
        taken(world, content)
    assert told.value.happened == sentence


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
    assert taken(world, kept.getvalue()).areas == (2,)


# --- packs that cannot be made ----------------------------------------------------------------


def test_nobody_gets_a_pack_with_nothing_in_it(world: World) -> None:
    with pytest.raises(NotNow, match="Nothing is open for this person now"):
        made(world, at(MONDAY + timedelta(days=14), 17, 15))
    world.on_review(reviews.cancel, reason="", now=NOON)
    with pytest.raises(NotNow):
        made(world, NOON)


def test_who_uses_teams_gets_no_pack(world: World) -> None:
    with pytest.raises(NotYours, match="This person uses Teams and answers there"):
        made(world, NOON, who="grace")
