"""Answers that come back in an Excel form, and are recorded."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from eocif import confirmations
from eocif.database import Database
from eocif.imports import Imported
from eocif.models import AuditEvent, Evidence, Rating, Response, View
from eocif.rules.dates import at
from tests import after_the_close, builders
from tests.after_the_close import NEXT_MORNING
from tests.builders import SMALL, World
from tests.eocif.forms_in_excel import (
    ALL_OF_2,
    LATER,
    NOON,
    cells,
    filled,
    made,
    refused,
    taken,
)
from tests.reports.office import saved_again

LATEST = NOON + timedelta(hours=4)


@pytest.fixture
def world(database: Database, now: datetime) -> World:
    return builders.opened(database, now, scope=SMALL)


@pytest.fixture
def form(world: World) -> bytes:
    return made(world, NOON)


# --- what comes back is recorded ------------------------------------------------------------


@pytest.mark.covers("R14")
def test_a_form_is_recorded_for_its_person_marked_and_by_the_areas_lead(
    world: World, form: bytes
) -> None:
    words = {(2, "where_now"): "I am never asked.\nNot once.", (2, "not_applicable"): "2c: new."}
    done = taken(world, filled(form, ALL_OF_2 | words))
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
    taken(world, filled(form, given))
    assert [
        (each.source, each.kind, each.text, each.link) for each in world.rows(Evidence)
    ] == [
        ("survey", "quantitative", "7 in 10 said so.", "https://example.nhs.uk/a"),
        ("story", "qualitative", "A letter.", ""),
    ]  # fmt: skip


def test_a_part_filled_form_is_taken_and_says_what_is_left(world: World, form: bytes) -> None:
    done = taken(world, filled(form, {(2, "level_2a"): "excelling", (3, "where_now"): "Fine."}))
    assert (done.areas, done.unfinished) == ((2, 3), (2, 3))


def test_an_empty_form_changes_nothing(world: World, form: bytes) -> None:
    assert taken(world, form).areas == ()
    assert world.rows(View) == []


def test_an_empty_cell_never_erases(world: World, form: bytes) -> None:
    world.rate("tom", 2, "progressing", NOON, for_="doris")
    world.write("tom", 2, NOON, for_="doris", where_now="By phone.", what_do="Ask.")
    taken(world, filled(form, {(2, "level_2a"): "Excelling", (2, "what_do"): "Ask again."}))
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
    assert taken(world, once) == taken(world, once, LATEST)
    assert len(world.rows(Evidence)) == 1
    assert {row.updated_at for row in world.rows(Rating)} == {LATER}


def test_numbers_and_days_that_excel_made_of_words_come_back_as_they_read(
    world: World, form: bytes
) -> None:
    given = {
        (2, "where_now"): 7.0, (2, "what_good"): 2.5, (2, "what_do"): datetime(2027, 3, 1),  # noqa: DTZ001 - Excel knows no zones
        (2, "excelling"): "_x0041_ stays", (2, "achieving"): "=SUM(A1)",
    }  # fmt: skip
    taken(world, filled(form, given))
    words = world.form("tom", 2, LATER, for_="doris").words
    assert {field: text for field, text in words.items() if text} == {
        "where_now": "7", "what_good": "2.5", "what_do": "2027-03-01",
        "excelling": "_x0041_ stays", "achieving": "=SUM(A1)",
    }  # fmt: skip


def test_who_began_to_record_in_teams_is_who_records_the_form(world: World, form: bytes) -> None:
    world.rate("amina", 2, {"2a": "progressing"}, NOON, for_="doris")
    taken(world, filled(form, ALL_OF_2))
    assert world.rows(View)[0].given_by == world.actors["amina"].person_id


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_a_form_that_libreoffice_saved_comes_back(
    world: World, form: bytes, tmp_path: Path
) -> None:
    given = filled(form, ALL_OF_2 | {(2, "where_now"): "One.\nTwo.", (2, "what_do"): "=Three"})
    assert taken(world, saved_again(given, "form.xlsx", tmp_path)).areas == (2,)
    words = world.form("tom", 2, LATER, for_="doris").words
    assert (words["where_now"], words["what_do"]) == ("One.\nTwo.", "=Three")


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
    done = taken(second, form, AFTERNOON)
    assert done == Imported(second.review_id, "Doris Whitfield", (2, 3), ())
    draft = _draft(second)
    assert (draft.answer, draft.comment) == ("concern", "It leaves out evenings.")
    assert draft.own == {"2a": "achieving", "2b": "progressing", "2c": "progressing"}
    [two, three] = second.rows(Response)
    assert (two.given_by, three.answer) == (second.actors["tom"].person_id, "agree")
    assert [(row.code, row.choice) for row in second.rows(Rating, Rating.round == 2)] == [
        ("2a", "achieving")
    ]
    assert taken(second, form, AFTERNOON) == done
    assert len(second.rows(Response)) == 2


def test_levels_can_change_without_an_answer_to_the_draft(second: World) -> None:
    form = filled(made(second, NEXT_MORNING), {(2, "level_2c"): "Not applicable"})
    assert taken(second, form, AFTERNOON).unfinished == (2,)
    assert _draft(second).own["2c"] == "not_applicable"


@pytest.mark.parametrize(
    ("given", "cell", "sentence"),
    [
        ({"answer": "Maybe"}, "answer", "choose from the list."),
        ({"comment": "Well."}, "answer", "choose what you say to this draft."),
        ({"answer": "I want to raise a concern"}, "comment",
         "write the comment, or the reason for the concern."),
        ({"answer": "I agree, and I have a comment", "comment": "x" * 2001}, "comment",
         "cut 1 character. The most is 2,000."),
    ],
)  # fmt: skip
def test_an_answer_to_a_draft_that_cannot_be_taken_is_named_by_its_cell(
    second: World, given: dict[str, str], cell: str, sentence: str
) -> None:
    form = made(second, NEXT_MORNING)
    sheet, place = cells(form)[2, cell]
    content = filled(form, {(2, field): text for field, text in given.items()})
    assert f"{sheet}, cell {place}: {sentence}" in refused(second, content, AFTERNOON)


def test_a_draft_answered_since_is_not_overwritten(second: World) -> None:
    form = made(second, NEXT_MORNING)
    place = second.place(2, for_="doris")
    second.do(
        confirmations.save_answer, "tom", place=place, answer="agree", comment="",
        shown=_draft(second).shown, now=NEXT_MORNING + timedelta(hours=1),
    )  # fmt: skip
    given = {(2, "answer"): "I want to raise a concern", (2, "comment"): "No."}
    assert "another answer was saved" in refused(second, filled(form, given), AFTERNOON)


def test_a_form_of_round_1_is_refused_in_round_2(database: Database, now: datetime) -> None:
    world = builders.opened(database, now, scope=SMALL)
    form = filled(made(world, NOON), ALL_OF_2)
    for area in (2, 3):
        world.answer_all(area, LATER)
    world.live(at(date(2027, 1, 12), 17, 15))
    for area in (2, 3):
        after_the_close.sent(world, area, NEXT_MORNING)
    assert refused(world, form, AFTERNOON) == (
        "Nothing was imported. There is 1 thing to put right. "
        "Area 2: its round has closed, so we cannot take its answers."
    )
