"""What is fixed before round 1: the rating unit, the agreement rule, who must take part."""

from datetime import datetime
from typing import Any

import pytest

from eocif import review_groups, reviews, rounds, set_up_rules, set_up_steps, turnouts
from eocif.database import Database
from eocif.errors import NotNow, NotYours
from eocif.local_edition import rule_of
from eocif.models import AuditEvent, Review
from eocif.rules.agreement import RAND, Settings
from eocif.rules.dates import at
from eocif.rules.statements import BY_AREA
from eocif.set_up_summaries import CheckStep, RulesStep
from eocif.summaries import Feedback
from tests import builders
from tests.builders import MONDAY, SMALL, World

NOON = at(MONDAY, 12)


@pytest.fixture
def world(database: Database, now: datetime) -> World:
    """A draft with all areas in scope and a whole group."""
    return builders.drafted(database, now)


def review_of(world: World) -> Review:
    return world.rows(Review)[0]


def step(world: World, now: datetime) -> RulesStep:
    shown: RulesStep = world.on_review(set_up_steps.show, step="rules", now=now)
    return shown


def check(world: World, now: datetime) -> CheckStep:
    shown: CheckStep = world.on_review(set_up_steps.show, step="check", now=now)
    return shown


def save(world: World, now: datetime, **posted: str) -> Feedback:
    """Save the rules on a card fresh from the server."""
    return save_on(world, step(world, now).shown, now, **posted)


def save_on(world: World, shown: Any, now: datetime, **posted: str) -> Feedback:
    return world.on_review(set_up_rules.save_rules, posted=posted, shown=shown, now=now)


def test_a_new_review_has_the_usual_rule_and_each_statement_as_its_unit(
    world: World, now: datetime
) -> None:
    shown = step(world, now)
    assert shown.values == {
        "rating_unit": "indicator", "agreement_rule": "three_quarters", "least_people": "5",
        "least_perspectives": "3", "least_lived": "1", "confirm_days": "5",
    }  # fmt: skip
    assert (shown.statements, shown.areas) == (86, 23)
    assert rule_of(review_of(world)) == Settings()


def test_the_rules_are_saved_and_the_check_says_them(world: World, now: datetime) -> None:
    said = save(
        world, now, rating_unit="area", agreement_rule="rand", least_people="6",
        least_perspectives="2", least_lived="0", confirm_days="10",
    )  # fmt: skip
    assert said == Feedback()
    assert rule_of(review_of(world)) == Settings(6, 2, 0, RAND)
    told = check(world, now)
    assert (told.unit, told.rule, told.confirm_days) == (BY_AREA, Settings(6, 2, 0, RAND), 10)
    assert told.statements == 23
    assert told.minutes_in_all < 62
    recorded = [row.detail for row in world.rows(AuditEvent) if row.event == "set-up changed"][-1]
    assert recorded == {"fields": sorted(step(world, now).values)}


def test_what_cannot_be_stays_on_the_card_and_the_rest_is_saved(
    world: World, now: datetime
) -> None:
    said = save(world, now, least_people="everyone", agreement_rule="half", confirm_days="7")
    assert said.typed == {"least_people": "everyone", "agreement_rule": "half"}
    assert said.problems == {
        "least_people": "Type a whole number of people from 3 to 50.",
        "agreement_rule": "Choose one of the answers on the list.",
    }
    assert review_of(world).confirm_days == 7
    assert rule_of(review_of(world)) == Settings()


def test_an_emptied_field_changes_nothing(world: World, now: datetime) -> None:
    assert save(world, now, least_people="", rating_unit="") == Feedback()
    assert rule_of(review_of(world)) == Settings()


def test_two_editors_see_what_the_other_chose(world: World, now: datetime) -> None:
    both_saw = step(world, now).shown
    save_on(world, both_saw, now, agreement_rule="seventy")
    said = save_on(world, both_saw, now, agreement_rule="four_fifths", least_people="8")
    assert [(each.label, each.stored, each.typed) for each in said.differs] == [
        ("When a level is agreed", "seventy", "four_fifths")
    ]
    assert rule_of(review_of(world)) == Settings(people=8, rule="seventy")


def test_nothing_of_it_changes_once_the_review_has_started(world: World, now: datetime) -> None:
    shown = step(world, now).shown
    world.on_review(reviews.start, now=now)
    with pytest.raises(NotNow):
        save_on(world, shown, now, rating_unit="area")
    assert review_of(world).rating_unit == "indicator"


def test_only_the_reviews_lead_may_set_them(world: World, now: datetime) -> None:
    with pytest.raises(NotYours):
        world.on_review(set_up_rules.save_rules, "tom", posted={}, shown={}, now=now)


# --- what the rules then do -------------------------------------------------------------------


def test_a_group_that_cannot_reach_the_rule_is_worth_knowing(world: World, now: datetime) -> None:
    assert check(world, now).warnings == ()
    save(world, now, least_people="12", least_lived="2")
    assert check(world, now).warnings == (
        "An area can be agreed only if 12 people from 3 perspectives rate it, "
        "at least 2 with lived experience. Your group is too small for that so far.",
    )
    assert check(world, now).blockers == ()


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_the_rand_style_needs_eight_people_also_in_the_warning(world: World, now: datetime) -> None:
    save(world, now, agreement_rule="rand")
    members = world.members
    assert len(members) == 9
    assert check(world, now).warnings == ()
    for key in ("peter", "kasia"):
        world.on_review(review_groups.remove_member, member_id=world.members[key], now=now)
    (warning,) = check(world, now).warnings
    assert warning.startswith("An area can be agreed only if 8 people from 3 perspectives rate it")


def test_a_round_closes_early_once_the_reviews_own_rule_is_met(
    database: Database, now: datetime
) -> None:
    world = builders.drafted(database, now, scope=SMALL)
    save(world, now, least_people="3", least_perspectives="2", least_lived="0")
    world.on_review(reviews.start, now=now)
    world.live(at(MONDAY, 9))
    for who in ("tom", "ruth"):
        world.rate(who, 3, "achieving", NOON)
    with pytest.raises(NotNow) as refused:
        world.on_review(rounds.close_early, number=3, now=NOON)
    assert refused.value.happened == (
        "Area 3 cannot close yet: it needs answers from 3 people and 2 perspectives."
    )
    world.rate("amina", 3, "achieving", NOON)
    taken = database.now(turnouts.turnouts, review_id=world.review_id)[3]
    assert taken.rule == Settings(3, 2, 0)
    assert world.on_review(rounds.close_early, number=3, now=NOON) == MONDAY
