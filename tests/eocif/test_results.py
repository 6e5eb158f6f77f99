"""How areas were rated, as far as anyone may be shown it."""

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from fractions import Fraction
from typing import Any

import pytest
from sqlalchemy import event

from eocif import drafts, results, review_groups, views
from eocif.access import area_of, areas_of
from eocif.database import Database
from eocif.models import Rating, Response, Review, ReviewArea
from eocif.round_summaries import AreaResult, StatementResult
from eocif.rules.agreement import Kind
from eocif.rules.dates import at
from eocif.rules.spread import SMALLEST, spread_of
from tests import after_the_close, builders
from tests.after_the_close import ANSWERED_AT, CLOSED_ON, MIXED, NEXT_MORNING, written
from tests.builders import MONDAY, World, codes

ROUND_2_CLOSED = at(after_the_close.date(2027, 1, 25), 17, 15)


@pytest.fixture
def world(database: Database, now: datetime) -> World:
    """Area 2 waits for its draft; it was rated as `MIXED`."""
    return after_the_close.drafting(database, now)


def _result(world: World, number: int = 2, round: int = 9) -> AreaResult:
    with world.database.transaction() as session:
        review = session.get_one(Review, world.review_id)
        area = area_of(session, review_id=world.review_id, number=number)
        return results.area_result(session, review=review, area=area, round=round)


def _first(world: World, number: int = 2, round: int = 9) -> StatementResult:
    return _result(world, number, round).statements[0]


def change(world: World, who: str, code: str, choice: str, round: int = 2) -> None:
    """A member changes one level in a later round."""
    area = world.area(int(code[:-1]))
    with world.database.transaction() as session:
        session.add(
            Rating(
                area_id=area.id or 0, member_id=world.members[who], round=round, code=code,
                tenant_id=area.tenant_id, choice=choice, updated_at=NEXT_MORNING,
            )
        )  # fmt: skip


@contextmanager
def counted(world: World) -> Iterator[list[str]]:
    """The statements that reach the database."""
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if statement.lstrip().upper().startswith("SELECT"):
            seen.append(statement)

    event.listen(world.database.engine, "before_cursor_execute", note)
    yield seen
    event.remove(world.database.engine, "before_cursor_execute", note)


# --- one area -------------------------------------------------------------------------------


@pytest.mark.covers("R29")
def test_a_statement_shows_its_spread_by_level_and_by_group(world: World) -> None:
    found = _first(world)
    assert (found.statement.code, found.spread.counts) == ("2a", (0, 3, 5, 1))
    assert (found.verdict.kind, found.verdict.levels) == (Kind.CLOSE, ("progressing", "achieving"))
    assert found.verdict.share == Fraction(5, 9)
    assert sum(group.people for group in found.groups) == 9
    assert Counter(spread_of(MIXED.values()).counts) == Counter(found.spread.counts)
    together = [sum(place) for place in zip(*(g.spread.counts for g in found.groups), strict=True)]
    assert tuple(together) == found.spread.counts


def test_no_group_of_fewer_than_three_is_shown(world: World) -> None:
    for area in (2, 3):
        for each in _result(world, area).statements:
            assert all(group.people >= SMALLEST for group in each.groups)


def test_all_tables_of_an_area_are_cut_in_the_same_way(world: World) -> None:
    names = {tuple(group.name for group in each.groups) for each in _result(world).statements}
    assert len(names) == 1


def test_who_took_part_and_who_was_silent_is_told_by_perspective(
    database: Database, now: datetime
) -> None:
    world = after_the_close.answered(database, now)
    world.do(views.withdraw, "sunil", place=world.place(2), now=ANSWERED_AT)
    world.live(at(MONDAY.replace(day=25), 17, 15))
    found = _result(world)
    assert (found.asked, found.people) == (9, 8)
    assert [each.key for each in found.silent] == ["healthwatch"]
    assert "healthwatch" not in [each.key for each in found.contributed]
    assert found.contributed[0].key == "clinical_leaders"


def test_an_agreed_area_is_agreed(world: World) -> None:
    for each in _result(world, 3).statements:
        assert (each.verdict.kind, each.verdict.level) == (Kind.AGREED, "achieving")


def test_a_statement_without_a_choice_is_unanswered_for_who_took_part(
    database: Database, now: datetime
) -> None:
    world = builders.opened(database, now, scope=builders.SMALL)
    world.rate("grace", 2, {"2a": "achieving", "2b": "dont_know"}, ANSWERED_AT)
    world.rate("tom", 2, {"2b": "not_applicable"}, ANSWERED_AT)
    world.write("des", 2, ANSWERED_AT, where_now="Only words.")
    world.tick(at(MONDAY.replace(day=25), 17, 15))
    first, second, third = (each.spread for each in _result(world).statements)
    assert (first.counts, first.unanswered) == ((0, 0, 1, 0), 2)
    assert (second.dont_know, second.not_applicable, second.unanswered) == (1, 1, 1)
    assert third.unanswered == 3
    assert _result(world).people == 3


@pytest.mark.parametrize(
    ("least", "verdict"), [({}, Kind.CLOSE), ({"least_lived": 4}, Kind.NOT_ENOUGH),
                           ({"least_people": 10}, Kind.NOT_ENOUGH),
                           ({"least_perspectives": 9}, Kind.NOT_ENOUGH)],
)  # fmt: skip
def test_the_reviews_own_rule_decides(world: World, least: dict[str, int], verdict: Kind) -> None:
    with world.database.transaction() as session:
        review = session.get_one(Review, world.review_id)
        for field, value in least.items():
            setattr(review, field, value)
        session.add(review)
    assert _first(world).verdict.kind is verdict


@pytest.mark.covers("R15")
def test_no_ones_rating_weighs_more_than_anothers(database: Database, now: datetime) -> None:
    world = after_the_close.drafting(database, now)
    before = _first(world)
    swapped = {**MIXED, "amina": MIXED["doris"], "doris": MIXED["amina"]}
    rows = world.rows(Rating, Rating.area_id == world.area(2).id)
    by_member = {world.members[who]: who for who in ("amina", "doris")}
    with world.database.transaction() as session:
        for row in rows:
            if row.member_id in by_member:
                row.choice = swapped[by_member[row.member_id]]
                session.add(row)
    after = _first(world)
    assert (before.spread, before.verdict) == (after.spread, after.verdict)


def test_who_has_left_the_group_still_counts(world: World) -> None:
    before = _first(world)
    world.on_review(review_groups.remove_member, member_id=world.members["grace"], now=NEXT_MORNING)
    assert _first(world) == before
    assert (_result(world).asked, _result(world).people) == (9, 9)


def test_who_leaves_without_answering_was_not_asked(database: Database, now: datetime) -> None:
    world = builders.opened(database, now, scope=builders.SMALL)
    world.answer_all(2, ANSWERED_AT, but={"grace"})
    world.on_review(review_groups.remove_member, member_id=world.members["grace"], now=ANSWERED_AT)
    world.tick(at(CLOSED_ON, 17, 15))
    assert (_result(world).asked, _result(world).people) == (8, 8)


@pytest.mark.covers("R08")
def test_a_result_holds_counts_and_levels_and_nothing_like_a_score(world: World) -> None:
    def numbers(node: Any) -> Iterator[Any]:
        if isinstance(node, dict):
            for name, each in node.items():
                yield from () if name == "share" else numbers(each)
        elif isinstance(node, list | tuple):
            for each in node:
                yield from numbers(each)
        else:
            yield node

    held = [each for each in numbers(asdict(_result(world))) if not isinstance(each, str)]
    assert all(each is None or isinstance(each, int) for each in held)


@pytest.mark.covers("R32")
def test_a_gap_between_the_two_voices_is_told_in_levels(database: Database, now: datetime) -> None:
    lived = dict.fromkeys(("grace", "doris", "sunil"), "progressing")
    rest = dict.fromkeys(MIXED.keys() - lived.keys(), "excelling")
    world = after_the_close.drafting(database, now, choices={**lived, **rest})
    assert _first(world).gap == -2


# --- rounds ---------------------------------------------------------------------------------


@pytest.mark.covers("R21")
def test_before_its_round_has_closed_an_area_has_no_results(
    database: Database, now: datetime
) -> None:
    world = after_the_close.answered(database, now)
    found = _result(world)
    assert (found.round, found.people, found.contributed) == (0, 0, ())
    assert all(each.spread.responses == 0 for each in found.statements)


def test_set_aside_before_its_round_closed_an_area_stays_blind(
    database: Database, now: datetime
) -> None:
    world = after_the_close.answered(database, now)
    world.on_review(drafts.set_aside, number=2, reason="Not ours.", now=ANSWERED_AT)
    assert _result(world).people == 0


def _in_round_2(world: World) -> World:
    after_the_close.sent(world, 2, NEXT_MORNING)
    change(world, "des", "2a", "achieving")
    change(world, "sunil", "2a", "achieving")
    return world


def test_what_changes_in_round_2_counts_only_once_it_has_closed(world: World) -> None:
    before = _first(world)
    _in_round_2(world)
    assert _first(world) == before
    world.tick(ROUND_2_CLOSED)
    after = _first(world)
    assert (after.spread.counts, after.verdict.kind) == ((0, 1, 7, 1), Kind.AGREED)
    assert (after.moved, after.moved_of) == (2, 9)
    assert (before.moved, before.moved_of) == (0, 0)


def test_round_1_can_still_be_shown_beside_round_2(world: World) -> None:
    before = _first(world)
    _in_round_2(world).tick(ROUND_2_CLOSED)
    first = _result(world, round=1)
    assert first.round == 1
    assert first.statements[0] == before


def test_a_choice_is_that_of_the_last_round_someone_chose_in(world: World) -> None:
    _in_round_2(world)
    change(world, "des", "2a", "excelling", round=3)
    area_id = world.area(2).id or 0
    with world.database.transaction() as session:
        chosen = [results.choices(session, area_id=area_id, up_to=up_to) for up_to in (1, 2, 3)]
    des = [each[world.members["des"]]["2a"] for each in chosen]
    assert des == ["progressing", "achieving", "excelling"]
    assert [each[world.members["des"]]["2b"] for each in chosen] == ["progressing"] * 3


def test_who_answers_only_the_draft_took_part_from_its_close_on(
    database: Database, now: datetime
) -> None:
    world = after_the_close.answered(database, now)
    world.do(views.withdraw, "sunil", place=world.place(2), now=ANSWERED_AT)
    world.tick(at(MONDAY.replace(day=25), 17, 15))
    sent_at = at(MONDAY.replace(day=26), 10)
    after_the_close.sent(world, 2, sent_at)
    area = world.area(2)
    with world.database.transaction() as session:
        session.add(
            Response(
                tenant_id=area.tenant_id, area_id=area.id or 0, round=2, answer="agree",
                member_id=world.members["sunil"], updated_at=sent_at,
            )
        )  # fmt: skip
    assert _result(world).people == 8
    world.tick(at(area.closes_on or MONDAY, 17, 15))
    assert _result(world).people == 9
    assert _result(world).silent == ()


def test_rated_as_a_whole_an_area_has_one_statement(database: Database, now: datetime) -> None:
    world = after_the_close.drafting(database, now)
    with world.database.transaction() as session:
        review = session.get_one(Review, world.review_id)
        review.rating_unit = "area"
        session.add(review)
    assert [each.statement.code for each in _result(world).statements] == ["2"]


# --- many areas -----------------------------------------------------------------------------


def test_all_areas_at_once_take_as_many_queries_as_one(world: World) -> None:
    written(world, 2, NEXT_MORNING)
    taken: dict[int, int] = {}
    for wanted in (1, 2):
        with world.database.transaction() as session, counted(world) as seen:
            review = session.get_one(Review, world.review_id)
            areas = areas_of(session, review_id=world.review_id)[:wanted]
            before = len(seen)
            found = results.results(session, review=review, areas=areas)
            taken[wanted] = len(seen) - before
        _check_same(world, found)
    assert taken[1] == taken[2] == 5


def _check_same(world: World, found: Mapping[int, AreaResult]) -> None:
    assert found == {number: _result(world, number) for number in found}


def test_each_area_is_shown_after_its_own_last_closed_round(
    database: Database, now: datetime
) -> None:
    world = after_the_close.drafting(database, now)
    _in_round_2(world).tick(ROUND_2_CLOSED)
    with world.database.transaction() as session:
        review = session.get_one(Review, world.review_id)
        areas: list[ReviewArea] = areas_of(session, review_id=world.review_id)
        found = results.results(session, review=review, areas=areas)
    assert {number: each.round for number, each in found.items()} == {2: 2, 3: 1}
    assert [each.statement.code for each in found[2].statements] == list(codes(2))
