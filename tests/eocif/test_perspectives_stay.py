"""Once a closed round has counted someone, the perspective they speak from stays as it was."""

from datetime import datetime
from typing import Any

import pytest

from eocif import review_groups
from eocif.database import Database
from eocif.errors import Invalid
from eocif.models import Member
from tests import after_the_close, builders
from tests.after_the_close import NEXT_MORNING
from tests.builders import SMALL, World


def held(world: World, who: str) -> list[str]:
    """The perspectives of a member, the one they speak from first."""
    return world.rows(Member, Member.id == world.members[who])[0].perspectives


def change(world: World, who: str, now: datetime, **wanted: Any) -> None:
    """The lead saves one person of the group."""
    given = {"also": [], "named_function": "", "needs": "", **wanted}
    world.on_review(review_groups.change_member, member_id=world.members[who], now=now, **given)


def test_before_a_round_closes_it_can_be_changed(database: Database, now: datetime) -> None:
    world = builders.opened(database, now, scope=SMALL)
    change(world, "des", now, speaks_from="volunteers")
    assert held(world, "des") == ["volunteers"]


def test_after_the_close_it_stays_and_the_rest_can_be_changed(
    database: Database, now: datetime
) -> None:
    world = after_the_close.drafting(database, now)
    with pytest.raises(Invalid) as refused:
        change(world, "des", NEXT_MORNING, speaks_from="volunteers")
    assert [problem.field for problem in refused.value.problems] == ["speaks_from"]
    assert held(world, "des") == ["service_leads_and_staff"]
    change(world, "des", NEXT_MORNING, speaks_from="service_leads_and_staff", also=["volunteers"])
    assert held(world, "des") == ["service_leads_and_staff", "volunteers"]


def test_unticking_it_or_coming_back_does_not_change_it(database: Database, now: datetime) -> None:
    world = after_the_close.drafting(database, now)
    staff = "service_leads_and_staff"
    change(world, "des", NEXT_MORNING, speaks_from=staff, also=["volunteers"])
    person = world.actors["des"].person_id
    world.on_review(
        review_groups.tick_people, perspective_key=staff, offered=[person], picked=[],
        now=NEXT_MORNING,
    )  # fmt: skip
    assert held(world, "des") == [staff, "volunteers"]
    des = world.members["des"]
    world.on_review(review_groups.remove_member, member_id=des, now=NEXT_MORNING)
    world.on_review(
        review_groups.add_people, perspective_key="icb_and_partners",
        entra_ids=[world.sample.person("des").entra_id], now=NEXT_MORNING,
    )  # fmt: skip
    assert held(world, "des") == [staff, "volunteers", "icb_and_partners"]
