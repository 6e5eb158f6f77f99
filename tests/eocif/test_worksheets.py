"""The worksheet as people of the group see it, and whose worksheet someone has."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from eocif import drafts, review_groups, reviews, sign_off, worksheets
from eocif.database import Database
from eocif.errors import NotYours
from eocif.models import ReviewArea
from eocif.round_summaries import Worksheet
from tests import after_the_close, builders, to_the_end
from tests.after_the_close import written
from tests.builders import World, codes
from tests.to_the_end import CONCLUDED_AT, CONCLUDING_AT, conclude

SCOPE = {"1": "1,2,3", "2": "5"}  # section 1 is Tom's, area 5 is Kasia's


@pytest.fixture
def world(database: Database, now: datetime) -> World:
    """Area 2 is concluded, 3 concluding; 1 and 5 wait for a draft."""
    world = to_the_end.concluding(database, now, scope=SCOPE)
    written(world, 2, CONCLUDING_AT, who="tom", level_2a="achieving", reason_2a="A new policy.")
    conclude(world, 2)
    return world


def _worksheet(world: World, who: str = "amina", section: int = 0) -> Worksheet:
    return world.on_review(worksheets.worksheet, who, section=section, now=CONCLUDED_AT)


# --- what it shows ------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["amina", "tom", "grace"])
def test_the_group_sees_each_areas_state_and_the_levels_of_those_concluded(
    world: World, who: str
) -> None:
    seen = {each.area.number: each for each in _worksheet(world, who).areas}
    assert {number: each.state for number, each in seen.items()} == {
        1: "drafting", 2: "concluded", 3: "concluding", 5: "drafting",
    }  # fmt: skip
    assert seen[2].levels == {"2a": "achieving", "2b": "not_agreed", "2c": "not_agreed"}
    assert seen[2].origins == {"2a": "lead", "2b": "not_agreed", "2c": "not_agreed"}
    assert seen[2].concluded_on == date(2027, 1, 26)
    assert [each.code for each in seen[3].statements] == list(codes(3))
    assert (seen[3].levels, seen[3].origins, seen[3].concluded_on) == ({}, {}, None)


def test_a_section_shows_its_own_areas_and_one_that_is_not_there_the_whole(world: World) -> None:
    for section, shown, numbers in ((1, 1, [1, 2, 3]), (2, 2, [5]), (99, 0, [1, 2, 3, 5])):
        seen = _worksheet(world, section=section)
        assert (seen.section, [each.area.number for each in seen.areas]) == (shown, numbers)
        assert seen.sections == (1, 2)


def test_an_area_that_was_set_aside_or_opened_again_says_so(world: World) -> None:
    world.on_review(drafts.set_aside, number=1, reason="Too few took part.", now=CONCLUDED_AT)
    world.on_review(sign_off.reopen, number=2, reason="A new report.", now=CONCLUDED_AT)
    seen = {each.area.number: each for each in _worksheet(world, "grace").areas}
    assert (seen[1].state, seen[1].set_aside_because) == ("set_aside", "Too few took part.")
    assert (seen[2].state, seen[2].times_reopened, seen[2].levels) == ("drafting", 1, {})


def test_someone_outside_the_group_sees_nothing(world: World) -> None:
    with pytest.raises(NotYours):
        _worksheet(world, "joan")


# --- what each reader may do ----------------------------------------------------------------


def test_who_may_sign_off_is_told_what_it_still_waits_for(world: World) -> None:
    seen = _worksheet(world)
    assert seen.standing == (
        "Areas 1 and 5 are waiting for a draft.", "Area 3 is not concluded yet.",
    )  # fmt: skip
    assert not seen.may_sign_off
    for who in ("tom", "grace"):
        assert (_worksheet(world, who).standing, _worksheet(world, who).may_sign_off) == ((), False)


def test_the_lead_may_sign_off_once_nothing_is_missing_and_then_sees_the_dates(
    database: Database, now: datetime
) -> None:
    world = to_the_end.concluded(database, now)
    assert _worksheet(world).may_sign_off
    assert not _worksheet(world, "tom").may_sign_off
    assert _worksheet(world).baseline_on is None
    to_the_end.sign(world)
    seen = _worksheet(world, "grace")
    assert (seen.baseline_on, seen.reassess_on) == (date(2027, 1, 27), date(2030, 1, 27))
    assert (seen.head.state, seen.may_sign_off, seen.standing) == ("signed_off", False, ())


@pytest.mark.parametrize(
    ("who", "versions"),
    [
        ("amina", ("group", "board", "icb", "public", "lead", "plan")),
        ("tom", ("group",)),
        ("grace", ("group",)),
    ],
)
def test_the_lead_may_have_every_report_and_the_group_the_worksheet(
    world: World, who: str, versions: tuple[str, ...]
) -> None:
    assert _worksheet(world, who).may_export == versions


def test_each_reader_is_told_which_areas_they_lead(world: World) -> None:
    assert {who: _worksheet(world, who).led for who in ("amina", "tom", "kasia", "grace")} == {
        "amina": (), "tom": (1, 2, 3), "kasia": (5,), "grace": (),
    }  # fmt: skip


def test_who_is_in_the_group_now_is_told_so(world: World) -> None:
    assert _worksheet(world, "amina").is_member
    leaving = world.members["amina"]
    world.on_review(review_groups.remove_member, member_id=leaving, now=CONCLUDED_AT)
    assert (_worksheet(world, "amina").is_member, _worksheet(world, "grace").is_member) == (
        False, True,
    )  # fmt: skip


def test_a_cancelled_review_can_be_read_but_not_exported(world: World) -> None:
    world.on_review(reviews.cancel, reason="A merger", now=CONCLUDED_AT)
    seen = _worksheet(world)
    assert (seen.may_export, seen.standing, seen.may_sign_off) == ((), (), False)
    assert {each.state for each in seen.areas} == {"concluded", "set_aside"}


def test_each_state_that_stands_in_the_way_has_its_sentence(
    database: Database, now: datetime
) -> None:
    world = builders.opened(database, now, scope={"1": "1,2,3", "2": "5"})
    states = {1: "waiting", 2: "round_1", 3: "round_2", 5: "set_aside"}
    with world.database.transaction() as session:
        for row in world.rows(ReviewArea):
            row.state = states[row.number]
            session.merge(row)
    assert _worksheet(world).standing == (
        "Area 1 is not open yet.", "Area 2 is still open for answers.",
        "Area 3 is still with the group.",
        "Area 5 is set aside without a reason. Open it again, then set it aside with one.",
    )  # fmt: skip


# --- whose it is ----------------------------------------------------------------------------


def test_people_find_the_reviews_they_lead_or_are_part_of_running_ones_first(
    database: Database, now: datetime
) -> None:
    world = to_the_end.signed_off(database, now)
    for who in ("amina", "tom", "grace"):
        assert _reviews(world, who) == [world.review_id]
    assert _reviews(world, "joan") == []
    world.actors["listed"] = replace(world.actors["joan"], is_listed=True)
    assert _reviews(world, "listed") == [world.review_id]
    draft = world.do(reviews.start_set_up, nonce="7" * 16, now=CONCLUDED_AT)
    assert _reviews(world, "amina") == [world.review_id]
    with world.database.transaction() as session:
        row = session.get_one(reviews.Review, draft)
        row.state, row.started_at = "collecting", CONCLUDED_AT
    assert _reviews(world, "amina") == [draft, world.review_id]
    world.do(reviews.cancel, review_id=draft, reason="", now=CONCLUDED_AT)
    assert _reviews(world, "amina") == [world.review_id, draft]


def _reviews(world: World, who: str) -> list[int | None]:
    return [each.id for each in world.do(worksheets.reviews_of, who)]


def test_who_leads_areas_without_being_a_member_has_the_worksheet_too(
    database: Database, now: datetime
) -> None:
    world = after_the_close.drafting(database, now)
    with world.database.transaction() as session:
        area = world.area(2)
        area.lead_id = world.actors["joan"].person_id
        session.merge(area)
    assert _reviews(world, "joan") == [world.review_id]
    assert _worksheet(world, "joan").led == (2,)
