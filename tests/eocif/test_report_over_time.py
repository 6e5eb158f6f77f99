"""Levels at each review and each re-rating of one line are kept, and told with their days."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import pytest

from eocif import sign_off
from eocif.database import Database
from eocif.models import Conclusion, Review, ReviewArea
from eocif.report_over_time import lineage
from eocif.report_summaries import Occasion
from eocif.rules.visibility import Version
from tests.builders import World
from tests.reported import MADE_AT, report_of
from tests.to_the_end import SIGNED_OFF_AT, signed_off

LEVELS = {"2a": "progressing", "3a": "not_agreed", "9a": "achieving"}


@pytest.fixture
def kind() -> str:
    """One kind of database: these queries are plain."""
    return "sqlite"


@pytest.fixture
def world(database: Database, now: datetime) -> World:
    """A signed-off review of areas 2 and 3."""
    return signed_off(database, now)


def _other(world: World, title: str, on: date, levels: Mapping[str, str], **more: Any) -> int:
    """Another review whose areas ended so; its id."""
    with world.database.transaction() as session:
        mine = session.get_one(Review, world.review_id)
        given = {"tenant_id": mine.tenant_id, "edition": mine.edition, "state": "signed_off"}
        review = Review(
            **given | more, nonce=title, lead_id=mine.lead_id, title=title, baseline_on=on,
            created_at=MADE_AT,
        )  # fmt: skip
        session.add(review)
        session.flush()
        for number in {int(code.rstrip("abcdefgh")) for code in levels}:
            area = ReviewArea(tenant_id=review.tenant_id, review_id=review.id or 0, number=number,
                              state="concluded", closed_at=MADE_AT)  # fmt: skip
            session.add(area)
            session.flush()
            session.add_all(_ended(area, code, level) for code, level in levels.items()
                            if code.startswith(str(number)))  # fmt: skip
        return review.id or 0


def _ended(area: ReviewArea, code: str, level: str) -> Conclusion:
    is_open = level in ("not_agreed", "not_applicable")
    return Conclusion(
        area_id=area.id or 0, code=code, tenant_id=area.tenant_id, verdict="agreed",
        level="" if is_open else level, origin=level if is_open else "agreed", confirmed_by=1,
        confirmed_at=MADE_AT,
    )  # fmt: skip


def _follows(world: World, before_id: int | None) -> None:
    with world.database.transaction() as session:
        session.get_one(Review, world.review_id).before_id = before_id


def over_time(world: World, version: Version = Version.BOARD) -> tuple[Occasion, ...]:
    return report_of(world, version).over_time


# --- what is told -------------------------------------------------------------------------


@pytest.mark.covers("R48")
def test_every_review_and_re_rating_of_the_line_is_told_with_its_day(world: World) -> None:
    first = _other(world, "2020", date(2020, 6, 1), LEVELS)
    last = _other(world, "2023", date(2023, 6, 1), {"2a": "achieving", "2b": "excelling"},
                  before_id=first)  # fmt: skip
    _other(world, "Area 3 again", date(2025, 3, 4), {"3a": "achieving"}, before_id=last,
           is_rerating=True)  # fmt: skip
    _other(world, "Area 2 since", date(2027, 2, 3), {"2a": "excelling"}, is_rerating=True,
           before_id=world.review_id)  # fmt: skip
    _follows(world, last)
    found = over_time(world)
    assert [(each.title, each.on, each.is_rerating, each.is_this) for each in found] == [
        ("2020", date(2020, 6, 1), False, False), ("2023", date(2023, 6, 1), False, False),
        ("Area 3 again", date(2025, 3, 4), True, False),
        (report_of(world).title, SIGNED_OFF_AT.date(), False, True),
        ("Area 2 since", date(2027, 2, 3), True, False),
    ]  # fmt: skip
    assert found[0].levels == {"2a": "progressing", "3a": "not_agreed"}
    assert found[2].levels == {"3a": "achieving"}
    own = {each.statement.code: each.level or each.origin
           for area in report_of(world).areas for each in area.statements}  # fmt: skip
    assert found[3].levels == own


@pytest.mark.parametrize("version", list(Version))
def test_every_version_tells_them_as_it_tells_levels(world: World, version: Version) -> None:
    _follows(world, _other(world, "2023", date(2023, 6, 1), LEVELS))
    assert [each.title for each in over_time(world, version)[:1]] == ["2023"]


def test_a_re_rating_tells_the_levels_of_the_review_that_it_follows(world: World) -> None:
    first = _other(world, "2020", date(2020, 6, 1), LEVELS)
    _other(world, "Area 2 before", date(2022, 1, 5), {"2b": "achieving"}, before_id=first,
           is_rerating=True)  # fmt: skip
    _follows(world, first)
    with world.database.transaction() as session:
        session.get_one(Review, world.review_id).is_rerating = True
    assert [(each.title, each.is_rerating) for each in over_time(world)][:2] == [
        ("2020", False), ("Area 2 before", True),
    ]  # fmt: skip
    assert over_time(world)[-1].is_rerating


# --- what is not --------------------------------------------------------------------------


def test_a_review_alone_has_no_levels_over_time(world: World) -> None:
    _other(world, "Another line", date(2020, 6, 1), LEVELS)
    assert over_time(world) == ()


@pytest.mark.parametrize(
    "unlike",
    [
        {"rating_unit": "area"}, {"edition": "2031-01-01"}, {"state": "collecting"},
        {"state": "cancelled"},
    ],
    ids=str,
)  # fmt: skip
def test_what_does_not_compare_or_is_not_signed_off_is_left_out_and_what_was_before_it_is_not(
    world: World, unlike: dict[str, str]
) -> None:
    first = _other(world, "2020", date(2020, 6, 1), LEVELS)
    _follows(world, _other(world, "2023", date(2023, 6, 1), LEVELS, before_id=first, **unlike))
    assert [each.title for each in over_time(world)][:-1] == ["2020"]


def test_another_tenants_review_is_never_in_the_line(world: World) -> None:
    _follows(world, _other(world, "2023", date(2023, 6, 1), LEVELS, tenant_id="another tenant"))
    assert over_time(world) == ()


@pytest.mark.parametrize("state", ["round_1", "drafting", "set_aside"])
def test_an_area_that_was_not_concluded_shows_nothing(world: World, state: str) -> None:
    _follows(world, _other(world, "2023", date(2023, 6, 1), LEVELS))
    with world.database.transaction() as session:
        for row in world.rows(ReviewArea, ReviewArea.review_id != world.review_id):
            session.get_one(ReviewArea, row.id).state = state
    assert over_time(world) == ()


def test_an_area_that_is_open_here_shows_nothing_of_last_time(world: World) -> None:
    _follows(world, _other(world, "2023", date(2023, 6, 1), LEVELS))
    world.on_review(sign_off.reopen, number=2, reason="A coroner wrote to us.", now=MADE_AT)
    last, this = over_time(world)
    assert last.levels == {"3a": "not_agreed"}
    assert set(this.levels) == {"3a", "3b"}


def test_a_statement_that_did_not_apply_or_was_local_is_not_compared(world: World) -> None:
    levels = {"2a": "not_applicable", "3a": "achieving"}
    _follows(world, _other(world, "2023", date(2023, 6, 1), levels))
    assert over_time(world)[0].levels == {"3a": "achieving"}


# --- the line -----------------------------------------------------------------------------


def test_a_line_goes_back_and_takes_re_ratings_along_but_no_other_reviews() -> None:
    links = {
        1: (None, False), 2: (1, False), 3: (2, False), 4: (1, True), 5: (4, True), 6: (1, False),
        7: (6, True), 8: (3, True), 9: (99, False),
    }  # fmt: skip
    assert lineage(2, links) == {1, 2, 4, 5}
    assert lineage(3, links) == {1, 2, 3, 4, 5, 8}
    assert lineage(5, links) == {1, 4, 5}
    assert lineage(9, links) == {9}


def test_a_line_that_bites_its_tail_ends() -> None:
    assert lineage(1, {1: (2, False), 2: (1, False)}) == {1, 2}
