"""One level for each area as a whole; and a small provider's review with everything adapted."""

from datetime import datetime
from typing import Any

import pytest

from eocif import oversight, results, review_groups, reviews, set_up, set_up_perspectives, turnouts
from eocif.database import Database
from eocif.local_edition import statements_of
from eocif.models import Rating, Review, ReviewArea
from eocif.rules.dates import at
from eocif.rules.statements import BY_AREA
from eocif.summaries import Feedback
from tests import builders
from tests.adapting import (
    AREA_13,
    NOON,
    add,
    begin,
    by_area,
    check,
    not_provided,
    progress,
    review_of,
    show,
)
from tests.builders import MONDAY, World


@pytest.fixture
def world(database: Database, now: datetime) -> World:
    """A draft of area 13 alone: eight statements, three of them about PALS."""
    return builders.drafted(database, now, scope=AREA_13)


def test_an_area_rated_as_a_whole_asks_for_one_level(world: World, now: datetime) -> None:
    add(world, now)
    by_area(world, now)
    assert check(world, now).statements == 1
    begin(world, now)
    form = world.form("kasia", 13, NOON)
    assert [each.code for each in form.statements] == ["13"]
    assert [each.code for each in form.area.indicators][-1] == "L1"
    assert form.minutes == 4
    (before,) = progress(world, "kasia", 13)
    assert (before.status, before.statements, before.unit) == ("to do", 1, BY_AREA)
    world.rate("kasia", 13, "excelling", NOON)
    form = world.form("kasia", 13, NOON)
    assert (form.answered, form.choices, form.unit) == (True, {"13": "excelling"}, BY_AREA)
    assert form.called_for == {"excelling": ("13",)}
    assert progress(world, "kasia", 13)[0].status == "answered"


def test_a_letters_level_means_nothing_where_the_area_is_rated_as_a_whole(
    world: World, now: datetime
) -> None:
    by_area(world, now)
    begin(world, now)
    assert world.rate("kasia", 13, {"13d": "excelling"}, NOON) == Feedback()
    assert world.rows(Rating) == []
    assert not world.form("kasia", 13, NOON).answered


def test_a_whole_framework_rated_by_area_is_23_levels(database: Database, now: datetime) -> None:
    world = builders.drafted(database, now)
    by_area(world, now)
    assert check(world, now).statements == 23
    review = review_of(world)
    assert [len(statements_of(review, row.number)) for row in world.rows(ReviewArea)] == [1] * 23


# --- all of it together -----------------------------------------------------------------------


@pytest.mark.covers("R63")
def test_a_small_provider_without_governors_or_pals_reviews_one_section_with_five_people(
    database: Database, now: datetime
) -> None:
    """One division and section, by area, with a local statement: it works as the full one does."""
    world = builders.drafted(database, now, scope={"3": "10,11,12,13,14"})
    shown = show(world, "details", now).shown
    world.on_review(
        set_up.save_details, posted={"division": "Hospice at home"}, shown=shown, now=now
    )
    for key in set(world.members) - {"amina", "ruth", "grace", "sunil", "doris"}:
        world.on_review(review_groups.remove_member, member_id=world.members.pop(key), now=now)
    world.on_review(
        set_up_perspectives.offer_perspective, key="non_executives_and_governors", offer=False,
        now=now,
    )  # fmt: skip
    add(world, now)
    not_provided(world, now)
    by_area(world, now)
    told = check(world, now)
    assert (told.blockers, told.warnings, told.statements) == ((), (), 5)
    assert told.head.division == "Hospice at home"
    assert "non_executives_and_governors" not in {each.key for each in told.missing}
    begin(world, now)
    for who in ("amina", "ruth", "grace", "sunil"):
        world.rate(who, 13, "achieving", NOON)
    world.rate("amina", 13, "achieving", NOON, for_="doris")
    summary = world.on_review(oversight.review_summary, now=NOON)
    assert summary.scope == "section 3 (Collecting feedback)"
    taken = database.now(turnouts.turnouts, review_id=world.review_id)[13]
    assert (taken.answered, taken.is_complete, taken.is_enough) == (5, True, True)
    world.tick(at(MONDAY.replace(day=12), 17, 15))
    assert world.area(13).state == "drafting"
    (found,) = database.now(_results, review_id=world.review_id)
    assert (found.verdict.kind, found.verdict.level) == ("agreed", "achieving")
    assert found.statement.name == "Area 13"


def _results(session: Any, *, review_id: int) -> Any:
    review = session.get_one(Review, review_id)
    (area,) = [row for row in reviews.areas_of(session, review_id=review_id) if row.number == 13]
    return results.area_result(session, review=review, area=area, round=1).statements
