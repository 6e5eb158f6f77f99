"""A report holds what its version may show, read in a number of queries that does not grow."""

from collections.abc import Iterator
from datetime import date, datetime

import pytest
from sqlalchemy import create_engine, event, text

from eocif import review_groups
from eocif.database import Database
from eocif.migrations import migrate
from eocif.rules.visibility import Version
from tests.after_the_close import CLOSED_ON, NEXT_MORNING
from tests.builders import World
from tests.reported import area_of, everything, report_of
from tests.to_the_end import CONCLUDED_AT, SENT_ROUND, signed_off

WITH_WORDS = {Version.GROUP, Version.BOARD, Version.LEAD}
WITH_NAMES = WITH_WORDS | {Version.PLAN}
ALL = set(Version)

# Planted words, and the versions that may hold them.
CANARIES = {
    "Zimtstern in the where of area 2": {Version.LEAD},
    "Zimtstern in a blind round": set(),
    "Zimtstern that was hidden": set(),
    "Zimtstern as evidence": WITH_WORDS,
    "evidence.example.org": WITH_WORDS,
    "Zimtstern in a story told": {Version.BOARD, Version.LEAD},
    "Zimtstern by letter": {Version.BOARD, Version.LEAD},
    "Zimtstern in a story not told": set(),
    "Zimtstern as a concern": WITH_WORDS,
    "Zimtstern as a comment": WITH_WORDS,
    "Zimtstern as a reply": WITH_WORDS,
    "Zimtstern as the reason": WITH_WORDS,
    "Zimtstern set aside": WITH_WORDS,
    "Zimtstern of 2018": WITH_WORDS,
    "Zimtstern forum": ALL - {Version.PUBLIC},
    "Zimtstern segment": ALL - {Version.PUBLIC},
    "Zimtstern of safety": ALL - {Version.PUBLIC},
    "Zimtstern of effects": ALL - {Version.PUBLIC},
    "Zimtstern as agreed": ALL,
    "Amina Yusuf": WITH_NAMES,  # leads the review
    "Ruth Hollis": WITH_NAMES,  # its executive lead
    "Tom Okafor": WITH_NAMES,  # confirmed levels
    "Kasia Nowak": {Version.LEAD},
    "Sunil Rao": {Version.LEAD},
    "Doris Whitfield": {Version.LEAD},
}


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def world(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    """Four areas: 1 still blind, 2 close, 3 agreed, 4 set aside. Tests only read it."""
    url = f"sqlite:///{tmp_path_factory.mktemp('reports') / 'eocif.db'}"
    if request.param == "postgresql":
        url = _new_database(request.getfixturevalue("postgresql_server"))
    database = Database(url)
    migrate(database.engine)
    yield everything(database)
    database.close()


def _new_database(server: str) -> str:
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("CREATE DATABASE reports"))
    engine.dispose()
    return server.replace("/postgres?", "/reports?", 1)


# --- what each version holds --------------------------------------------------------------


@pytest.mark.covers("R46")
@pytest.mark.covers("R50")
@pytest.mark.covers("R54")
@pytest.mark.parametrize("version", Version)
def test_each_version_holds_the_words_and_names_that_it_may_and_no_others(
    world: World, version: Version
) -> None:
    held = repr(report_of(world, version))
    assert {words for words in CANARIES if words in held} == {
        words for words, versions in CANARIES.items() if version in versions
    }


@pytest.mark.parametrize("version", Version)
def test_a_blind_round_is_in_no_version(world: World, version: Version) -> None:
    report = report_of(world, version)
    blind = area_of(report, 1)
    assert (blind.state, blind.result, blind.words, blind.evidence) == ("round_1", None, {}, ())
    assert {(each.level, each.origin, each.result) for each in blind.statements} == {("", "", None)}
    assert not [each for each in report.people if each.area == 1]
    assert len(report.areas) == 4


def test_ratings_are_in_every_version_but_the_publics_and_the_plan(world: World) -> None:
    for version in Version:
        result = area_of(report_of(world, version), 2).result
        assert (result is None) is (version in (Version.PUBLIC, Version.PLAN))
        if result is not None:
            assert result.statements[0].spread.counts == (0, 2, 6, 1)
            assert (result.statements[0].moved, result.statements[0].moved_of) == (1, 9)


@pytest.mark.covers("R32")
def test_the_gap_between_lived_experience_and_staff_is_told(world: World) -> None:
    area = area_of(report_of(world, Version.BOARD), 2)
    assert [each.result.gap for each in area.statements if each.result] == [-1, -1, -1]
    assert area.words["gap"] == "The gap of area 2."


# --- how things ended ---------------------------------------------------------------------


@pytest.mark.covers("R28")
def test_each_statement_says_how_it_ended_by_whom_and_when(world: World) -> None:
    first, second, _ = area_of(report_of(world), 2).statements
    assert (first.level, first.origin, first.confirmed_by) == ("", "not_agreed", "Tom Okafor")
    assert (second.level, second.origin) == ("progressing", "lead")
    assert second.reason == "Zimtstern as the reason"
    assert first.confirmed_on == second.confirmed_on == CONCLUDED_AT.date()
    assert first.result
    assert first.result.verdict.kind == "close"


@pytest.mark.covers("R35")
def test_statements_are_grouped_by_what_was_agreed_and_what_was_not(world: World) -> None:
    report = report_of(world)
    assert (report.strong, report.to_improve) == (("3a", "3b"), ())
    assert report.consistency == ("2a", "2b", "2c")


@pytest.mark.covers("R33")
def test_concerns_and_comments_stay_with_what_the_lead_answered(world: World) -> None:
    area = area_of(report_of(world), 2)
    assert sorted((each.answer, each.text, each.reply, each.stands) for each in area.dissent) == [
        ("agree_with_comment", "Zimtstern as a comment", "Zimtstern as a reply", False),
        ("concern", "Zimtstern as a concern", "", True),
    ]
    assert {each.group for each in area.dissent} <= {
        "People with lived experience",
        "Everyone else",
    }
    assert (area.concerns, area.concerns_standing) == (1, 1)


def test_who_did_not_answer_the_draft_is_counted_and_never_as_agreement(world: World) -> None:
    report = report_of(world, Version.ICB)
    assert [area_of(report, number).did_not_respond for number in (2, 3)] == [6, 9]


def test_perspectives_of_one_or_two_are_named_together_where_the_text_draws_on_them(
    world: World,
) -> None:
    area = area_of(report_of(world), 2)
    assert [each.name for each in area.draws_on] == [
        "Everyone else", "People with lived experience",
    ]  # fmt: skip
    assert [each.name for each in area.not_cited] == ["Some of everyone else"]
    assert area.result
    assert [each.name for each in area.result.contributed] == [
        "Everyone else", "People with lived experience",
    ]  # fmt: skip


@pytest.mark.covers("R26")
def test_evidence_says_its_source_and_kind_in_every_version(world: World) -> None:
    for version in Version:
        found = area_of(report_of(world, version), 2).evidence
        assert sorted((each.source, each.kind) for each in found) == [
            ("Someone’s story", "qualitative"), ("Someone’s story", "qualitative"),
            ("Survey", "qualitative"),
        ]  # fmt: skip


@pytest.mark.covers("R54")
def test_a_story_is_told_to_the_board_only_with_its_consent(world: World) -> None:
    (story,) = report_of(world, Version.BOARD).stories
    assert (story.text, story.consent) == ("Zimtstern in a story told", "Zimtstern by letter")
    assert (story.area, story.recorded_on) == (2, NEXT_MORNING.date())


# --- how it was done ----------------------------------------------------------------------


def test_the_method_says_who_took_part_in_which_rounds_by_which_rule(world: World) -> None:
    method = report_of(world).method
    assert method.participants == (("People with lived experience", 3), ("Everyone else", 6))
    assert (method.lived_experience, method.without_teams, method.silent) == (3, 0, ())
    assert [each.short for each in method.missing] == [
        "Voluntary and community", "Care board and partners", "Volunteers",
    ]  # fmt: skip
    leaving = world.members["ruth"]  # the one executive lead, who took part
    world.on_review(review_groups.remove_member, member_id=leaving, now=NEXT_MORNING)
    assert report_of(world).method.missing == method.missing
    first, second = method.rounds
    assert (first.name, first.asked, first.answered) == ("Round 1", 18, 18)
    assert (first.first_day, first.last_day) == (date(2027, 1, 11), CLOSED_ON)
    assert (second.name, second.asked, second.answered) == ("Round 2", 18, 3)
    assert (second.first_day, second.last_day) == (NEXT_MORNING.date(), SENT_ROUND)
    assert (method.rule.people, method.rule.rule) == (5, "three_quarters")


def test_the_public_is_told_who_took_part_and_no_turnout(world: World) -> None:
    method = report_of(world, Version.PUBLIC).method
    assert method.participants == (("People with lived experience", 3), ("Everyone else", 6))
    assert method.rounds == ()


def test_what_differed_from_the_plan_is_said(world: World) -> None:
    assert report_of(world).method.changes == (
        "Round 1 of area 1 was extended to Friday 26 February 2027.",
        "Area 4 was set aside.",
    )


@pytest.mark.covers("R51")
@pytest.mark.covers("R52")
@pytest.mark.covers("R53")
@pytest.mark.covers("R58")
def test_what_stands_beside_the_levels_is_in_the_boardsreport_of(world: World) -> None:
    report = report_of(world, Version.BOARD)
    assert (report.executive_lead, report.forum) == ("Ruth Hollis", "Zimtstern forum")
    assert report.segment == "Zimtstern segment"
    assert report.safety_reference == "Zimtstern of safety"
    assert report.effectiveness_reference == "Zimtstern of effects"
    assert report.predecessor == {"Leadership": "Zimtstern of 2018"}
    assert report.scope == "section 1 (Leadership)"


# --- for the lead alone -------------------------------------------------------------------


def test_the_leads_workbook_has_everyones_answer_with_hidden_words_left_out(world: World) -> None:
    people = {(each.name, each.area): each for each in report_of(world, Version.LEAD).people}
    assert len(people) == 18
    doris, kasia = people["Doris Whitfield", 2], people["Kasia Nowak", 2]
    assert (doris.on_behalf, kasia.on_behalf) == (True, False)
    assert doris.perspective == "People using services and unpaid carers"
    assert kasia.words == {"where_now": "Zimtstern in the where of area 2, [words hidden]"}
    assert kasia.answer == "agree"
    sunil = people["Sunil Rao", 2]
    assert (sunil.answer, sunil.comment) == ("concern", "Zimtstern as a concern")
    des = people["Des Barrett", 2].choices
    assert (des[1]["2a"], des[2]) == ("progressing", {"2a": "achieving"})


# --- reading ------------------------------------------------------------------------------


def _queries(world: World) -> int:
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.startswith("SELECT"):
            seen.append(statement)

    event.listen(world.database.engine, "before_cursor_execute", note)
    try:
        report_of(world, Version.LEAD)
    finally:
        event.remove(world.database.engine, "before_cursor_execute", note)
    return len(seen)


def test_a_report_takes_as_many_queries_for_two_areas_as_for_four(
    world: World, database: Database, now: datetime
) -> None:
    assert _queries(world) == _queries(signed_off(database, now)) <= 40
