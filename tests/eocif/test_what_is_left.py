"""What a member's own card says of the others, and of the areas that wait."""

from datetime import datetime

import pytest

from eocif import forms, review_groups, turnouts, views
from eocif.database import Database
from eocif.errors import NotFound
from eocif.rules.dates import at
from tests import builders
from tests.builders import MONDAY, World

NOON = at(MONDAY, 12)


@pytest.fixture
def world(database: Database, now: datetime) -> World:
    """Monday: areas 2 and 3 are open."""
    return builders.opened(database, now, scope=builders.SMALL)


def left(world: World, who: str, area: int) -> tuple[int, ...]:
    place = world.place(area, areas=(2, 3))
    return world.do(forms.area_form, who, place=place, now=NOON).left


def test_someone_who_left_is_no_longer_counted_among_those_who_answered(world: World) -> None:
    for who in ("grace", "sunil"):
        world.rate(who, 2, "achieving", NOON)
    world.on_review(review_groups.remove_member, member_id=world.members["sunil"], now=NOON)
    assert world.form("grace", 2, NOON).answered_by_how_many == 1
    taken = world.database.now(turnouts.turnouts, review_id=world.review_id)
    assert taken[2].answered == 1


def test_only_areas_neither_answered_nor_withdrawn_are_left(world: World) -> None:
    assert (left(world, "grace", 2), left(world, "grace", 3)) == ((3,), (2,))
    world.rate("grace", 3, "achieving", NOON)
    assert left(world, "grace", 2) == ()
    assert left(world, "sunil", 2) == (3,)  # another's answer is not theirs
    world.do(views.withdraw, "grace", place=world.place(3), now=NOON)
    assert left(world, "grace", 2) == ()


@pytest.mark.parametrize("number", [0, -1, 1, 99, 10**30])
def test_an_area_out_of_scope_is_not_found(world: World, number: int) -> None:
    with pytest.raises(NotFound):
        world.form("grace", number, NOON)
