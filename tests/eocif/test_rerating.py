"""One area rated again between two reviews, as a dated review of its own."""

from datetime import date, datetime

import pytest

from eocif import next_review, sign_off
from eocif.database import Database
from eocif.errors import NotFound, NotNow
from eocif.models import AuditEvent, Review, ReviewArea
from eocif.people import known
from eocif.time_models import Action
from tests import to_the_end
from tests.builders import World, learn_members
from tests.to_the_end import sign
from tests.what_follows import (
    YEARS_ON,
    action,
    afresh,
    areas_of,
    begin,
    members_of,
    rerate,
)


@pytest.fixture
def world(database: Database, now: datetime) -> World:
    """A review of areas 2 and 3, both led by Tom, signed off on 27 January 2027."""
    return to_the_end.signed_off(database, now)


@pytest.mark.covers("R48")
def test_one_area_is_rated_again_as_a_review_of_its_own(world: World) -> None:
    found = world.on_review(next_review.rerate_step, area=2, now=YEARS_ON)
    assert (found.area and found.area.number, found.open_actions) == (2, 0)
    action(world)
    new = rerate(world)
    assert (new.is_rerating, new.before_id, new.pace) == (True, world.review_id, 1)
    assert new.title == "Area 2 rated again, 2029"
    assert areas_of(world, new) == {2: world.actors["tom"].person_id}
    assert len(members_of(world, new)) == 9
    begin(world, new)
    assert world.rows(Action, Action.review_id == new.id) == []
    [event] = world.rows(AuditEvent, AuditEvent.event == "re-rating drafted")
    assert event.detail == {"members": 9, "area": 2}


def test_an_area_is_rated_again_once_at_a_time(world: World) -> None:
    first = rerate(world)
    assert rerate(world).id == rerate(world, nonce="another-nonce").id == first.id
    assert world.on_review(next_review.rerate_step, area=2, now=YEARS_ON).next_id == first.id
    assert rerate(world, 3, nonce="a-third-nonce").id != first.id
    assert world.on_review(next_review.step, now=YEARS_ON).next_id == 0  # it is no next review


def test_an_area_that_has_no_level_is_not_rated_again(world: World) -> None:
    with world.database.transaction() as session:
        row = world.area(3)
        row.state = "set_aside"
        session.merge(row)
    with pytest.raises(NotNow, match="Area 3 has no level yet"):
        rerate(world, 3)
    with pytest.raises(NotFound):
        rerate(world, 4)


def _as_review(world: World, review: Review) -> World:
    """The same world, with another review as its own."""
    world.review_id = known(review.id)
    learn_members(world)
    return world


def _signed_off_again(world: World) -> Review:
    """The re-rating of area 2, signed off with nobody having been asked."""
    again = rerate(world)
    begin(world, again)
    with world.database.transaction() as session:
        row = session.get_one(ReviewArea, known(_as_review(world, again).area(2).id))
        row.state, row.set_aside_because = "set_aside", "A test."
        session.add(row)
    return again


@pytest.mark.covers("R55")
def test_its_sign_off_asks_for_no_next_assessment_and_leaves_the_reviews_own(world: World) -> None:
    original = world.review_id
    again = _signed_off_again(world)
    assert world.on_review(sign_off.step, now=YEARS_ON).is_rerating
    sign(world, YEARS_ON, reassess_on="soon", reassess_because="x" * 3_000)
    stored = world.rows(Review, Review.id == again.id)[0]
    assert (stored.baseline_on, stored.reassess_on, stored.reassess_because) == (
        date(2029, 11, 15), None, "",
    )  # fmt: skip
    assert world.rows(Review, Review.id == original)[0].reassess_on == date(2030, 1, 27)


def test_nothing_follows_a_re_rating_and_no_review_is_set_beside_it(world: World) -> None:
    original = world.review_id
    _signed_off_again(world)
    sign(world, YEARS_ON)
    for use_case in (next_review.start, next_review.rerate):
        more = {"area": 2} if use_case is next_review.rerate else {}
        with pytest.raises(NotNow, match="rates a single area again"):
            world.on_review(use_case, nonce="another-nonce", now=YEARS_ON, **more)
    assert afresh(world).before_id == original
