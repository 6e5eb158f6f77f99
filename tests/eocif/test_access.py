"""Who may do what, when: every act, role and state through the one way in."""

from datetime import datetime
from itertools import product
from typing import Any

import pytest

from eocif import (
    forms,
    oversight,
    reminders,
    review_groups,
    reviews,
    rounds,
    set_up,
    set_up_steps,
    views,
    weeks,
)
from eocif.access import enter
from eocif.database import Database
from eocif.errors import NotFound, NotNow, NotYours
from eocif.models import Review
from eocif.people import Actor
from eocif.rules.answers import Offered
from eocif.rules.authorisation import RULES, Act, Role, is_allowed
from eocif.rules.dates import at
from eocif.rules.progress import ReviewState
from eocif.summaries import Place
from tests import builders
from tests.builders import MONDAY, SMALL, World

NOON = at(MONDAY, 12)
# Who holds which roles in the sample review, once Des has left it.
HELD = {
    "amina": {Role.LEAD, Role.MEMBER},
    "tom": {Role.AREA_LEAD, Role.MEMBER},
    "grace": {Role.MEMBER},
    "des": {Role.FORMER_MEMBER},
    "joan": set(),
}


@pytest.fixture
def world(database: Database, now: datetime) -> World:
    world = builders.opened(database, now, scope=SMALL)
    world.on_review(review_groups.remove_member, member_id=world.members["des"], now=NOON)
    return world


def test_every_act_for_everyone_in_every_state(world: World) -> None:
    for state in ReviewState:
        with world.database.transaction() as session:
            review = session.get_one(Review, world.review_id)
            review.state = state
            session.add(review)
        for act, (who, roles) in product(Act, HELD.items()):
            may = is_allowed(act, {*roles, Role.ANYONE}, state)
            if may:
                access = world.on_review(enter, who, act=act)
                assert access.roles == {*roles, Role.ANYONE}
                assert access.review_id == world.review_id
            else:
                wrong = NotYours if RULES[act].roles.isdisjoint({*roles, Role.ANYONE}) else NotNow
                with pytest.raises(wrong):
                    world.on_review(enter, who, act=act)


def test_a_listed_lead_runs_every_review_of_the_tenant(world: World) -> None:
    joan = world.actors["joan"]
    listed = Actor(joan.tenant_id, joan.person_id, joan.name, joan.teams_id, True, True)
    access = world.database.now(
        enter, actor=listed, review_id=world.review_id, act=Act.CHANGE_ROUND
    )
    assert access.member is None


def test_an_area_lead_counts_for_their_own_area_only(world: World) -> None:
    assert Role.AREA_LEAD in world.on_review(enter, "tom", act=Act.RECORD, area=2).roles
    with pytest.raises(NotYours):
        world.on_review(enter, "tom", act=Act.RECORD, area=5)


def _everything(review_id: int, member_id: int) -> list[tuple[Any, dict[str, Any]]]:
    on_review: dict[str, Any] = {"review_id": review_id, "now": NOON}
    place = {"place": Place(review_id, (2, 3), 2), "now": NOON}
    posted = {**on_review, "posted": {}, "shown": {}}
    perspective = {**on_review, "perspective_key": "volunteers"}
    return [
        (set_up.save_details, posted), (set_up.save_scope, posted),
        (set_up.save_pace, {**posted, "clear": ""}), (set_up.save_leads, posted),
        (set_up_steps.show, {**on_review, "step": "check"}),
        (set_up_steps.show, {**on_review, "step": "group"}),
        (review_groups.add_people, {**perspective, "entra_ids": ["x"]}),
        (review_groups.tick_people, {**perspective, "offered": [], "picked": []}),
        (review_groups.add_without_teams, {**perspective, "nonce": "n", "name": "N", "needs": ""}),
        (review_groups.change_member, {**on_review, "member_id": member_id, "also": (),
         "speaks_from": "volunteers", "named_function": "", "needs": ""}),
        (review_groups.remove_member, {**on_review, "member_id": member_id}),
        (reviews.start, on_review), (reviews.cancel, {**on_review, "reason": ""}),
        (rounds.extend, {**on_review, "number": 2, "until": "29 January 2027"}),
        (rounds.close_early, {**on_review, "number": 2}),
        (forms.area_form, place), (weeks.week, place), (views.withdraw, place),
        (views.clear, {**place, "what": ("where_now",)}),
        (views.save_levels, {**place, "levels": {"2a": "achieving"}, "shown": {}}),
        (views.save_words, {**place, "words": {}, "offered": Offered(), "shown": {}}),
        (oversight.outstanding, {**on_review, "by": "area"}), (reminders.remind, on_review),
        (oversight.review_summary, on_review),
    ]  # fmt: skip


def test_another_tenants_review_is_not_found_by_anything(world: World) -> None:
    amina = world.actors["amina"]
    # The same person's row and the fullest rights, but a token from another tenant.
    stranger = Actor("another-tenant", amina.person_id, "Amina", amina.teams_id, True, True)
    before = world.rows(builders.Delivery), world.rows(builders.ReviewArea)
    for use_case, arguments in _everything(world.review_id, world.members["tom"]):
        with pytest.raises(NotFound) as refused:
            world.database.now(use_case, actor=stranger, **arguments)
        assert refused.value.sentence == (
            "We could not find this review. Type “my areas” to see what is open for you."
        )
    assert world.database.now(oversight.status, actor=stranger, now=NOON) == ()
    assert world.database.now(weeks.my_areas, actor=stranger, now=NOON).reviews == ()
    assert world.database.now(oversight.led_by, actor=stranger) == []
    assert repr((world.rows(builders.Delivery), world.rows(builders.ReviewArea))) == repr(before)


def test_a_member_of_another_review_is_not_found_in_this_one(world: World, now: datetime) -> None:
    other = world.do(reviews.start_set_up, "ruth", nonce="5" * 16, now=now)
    with pytest.raises(NotFound):
        world.do(
            review_groups.remove_member, "ruth", review_id=other,
            member_id=world.members["tom"], now=now,
        )  # fmt: skip


def test_people_of_another_tenant_cannot_be_added_or_ticked(world: World, now: datetime) -> None:
    seen = builders.seen("another-tenant", "their-id", "29:x", "Someone Else")
    theirs = world.database.now(builders.people.recognise, seen=seen, leads=frozenset(), now=now)
    said = world.on_review(
        review_groups.add_people, perspective_key="volunteers", entra_ids=["their-id"], now=now
    )
    assert said.typed == {"people": "their-id"}
    world.on_review(
        review_groups.tick_people, perspective_key="volunteers", offered=(),
        picked=(theirs.person_id,), now=now,
    )  # fmt: skip
    with world.database.transaction() as session:
        names = [each.name for each in review_groups.listing(session, review_id=world.review_id)]
    assert "Someone Else" not in names
