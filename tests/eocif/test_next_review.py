"""The next review and one area rated again: what each carries over, and what never."""

from datetime import date, datetime
from typing import Any

import pytest

from eocif import maturing, next_review, reviews, set_up
from eocif.database import Database
from eocif.errors import NotNow, NotYours
from eocif.models import (
    AuditEvent,
    Conclusion,
    Draft,
    Member,
    Person,
    Rating,
    Review,
    ReviewArea,
    View,
)
from eocif.people import Actor, known
from eocif.rules.adaptation import Adaptation, PerspectiveChange, written
from eocif.rules.dates import at
from eocif.time_models import Action, Reminder
from eocif.time_summaries import NextReview
from tests import builders, to_the_end
from tests.builders import SMALL, World
from tests.to_the_end import SIGNED_OFF_AT
from tests.what_follows import (
    NONCE,
    YEARS_ON,
    action,
    afresh,
    areas_of,
    begin,
    members_of,
    start_next,
)

MORE_READ = {"digest_day": 2, "digest_hour": 14}


@pytest.fixture
def world(database: Database, now: datetime) -> World:
    """A review of areas 2 and 3, both led by Tom, signed off on 27 January 2027."""
    return to_the_end.signed_off(database, now)


def _old(world: World) -> Review:
    return world.rows(Review, Review.id == world.review_id)[0]


def _change(world: World, **fields: Any) -> None:
    with world.database.transaction() as session:
        review = session.get_one(Review, world.review_id)
        for name, value in fields.items():
            setattr(review, name, value)
        session.add(review)


def _step(world: World, who: str = "amina") -> NextReview:
    return world.on_review(next_review.step, who, now=YEARS_ON)


# --- what is carried over ---------------------------------------------------------------


@pytest.mark.covers("R57")
def test_scope_people_area_leads_and_settings_are_carried_over(world: World) -> None:
    local = Adaptation(perspectives=(PerspectiveChange("local_1", "Porters", "staff"),))
    settings = {
        "division": "Surgery", "executive_lead": "Ruth Hollis", "forum": "Board", "pace": 3,
        "answer_days": 12, "confirm_days": 7, "agreement_rule": "eighty", "least_people": 6,
        "least_perspectives": 2, "least_lived": 2, "area_leads_see_names": True, **MORE_READ,
    }  # fmt: skip
    _change(world, **settings, adaptation=written(local), segment="Segment 2, 2027")
    old, new = _old(world), start_next(world)
    assert {name: getattr(new, name) for name in settings} == settings
    assert (new.provider, new.edition, new.rating_unit) == (
        old.provider, old.edition, old.rating_unit,
    )  # fmt: skip
    assert new.adaptation == written(local)
    assert (new.state, new.before_id, new.is_rerating) == ("draft", old.id, False)
    assert areas_of(world, new) == dict.fromkeys((2, 3), world.actors["tom"].person_id)
    before, after = members_of(world, old), members_of(world, new)
    assert {
        name: (row.perspectives, row.named_function) for name, row in before.items()
    } == {name: (row.perspectives, row.named_function) for name, row in after.items()}  # fmt: skip
    assert len(after) == 9


@pytest.mark.covers("R57")
def test_ratings_words_and_the_dated_segment_are_never_carried_over(world: World) -> None:
    _change(world, segment="Segment 2, 2027", safety_reference="A reference", finish_by=date.max)
    new = start_next(world)
    assert (new.segment, new.safety_reference, new.finish_by, new.baseline_on) == (
        "", "", None, None,
    )  # fmt: skip
    theirs = [row.id for row in world.rows(ReviewArea, ReviewArea.review_id == new.id)]
    for table in (Rating, View, Draft, Conclusion):
        assert [row for row in world.rows(table) if row.area_id in theirs] == []


def test_it_has_the_new_year_in_its_name_and_begins_next_monday(world: World) -> None:
    _change(world, title="Experience of care review 2027")
    new = start_next(world)
    assert new.title == "Experience of care review 2029"
    assert new.start_on == date(2029, 11, 19)
    assert new.lead_id == world.actors["amina"].person_id


@pytest.mark.parametrize(
    ("title", "named"),
    [
        ("Review 2027/28, wards", "Review 2030, wards"),
        ("2027–2028", "2030"),
        ("Our review", "Our review 2030"),
        ("Review 2030", "Review 2030"),
        ("Ward 20271", "Ward 20271 2030"),
        ("x" * 200, "x" * 200),
    ],
)
def test_a_name_without_a_year_gets_one(title: str, named: str) -> None:
    assert next_review.titled(title, 2030) == named


def test_who_left_the_group_is_not_asked_again(world: World) -> None:
    with world.database.transaction() as session:
        for who in ("tom", "des"):
            row = session.get_one(Member, world.members[who])
            row.removed_at = SIGNED_OFF_AT
            session.add(row)
    assert (_step(world).members, _step(world).left) == (7, 2)
    new = start_next(world)
    assert not {"Tom Okafor", "Des Barrett"} & members_of(world, new).keys()
    assert areas_of(world, new) == {2: None, 3: None}  # who is out of the group leads nothing


def test_who_became_a_guest_leads_no_area_and_reads_no_digest(world: World) -> None:
    tom, ruth = (world.actors[who].person_id for who in ("tom", "ruth"))
    _change(world, digest_readers=[tom, ruth, 9_999])
    with world.database.transaction() as session:
        person = session.get_one(Person, tom)
        person.is_guest = True
        session.add(person)
    new = start_next(world)
    assert new.digest_readers == [ruth]
    assert areas_of(world, new) == {2: None, 3: None}


def test_what_it_would_carry_is_told_before(world: World) -> None:
    with world.database.transaction() as session:
        person = session.get_one(Person, world.actors["kasia"].person_id)
        person.unreachable = "They removed the app from their Teams."
        session.add(person)
    action(world)
    action(world, 3, "done")
    found = _step(world)
    assert found.scope == "areas 2 and 3 of section 1 (Leadership)"
    assert (found.members, found.left, found.unreached) == (9, 0, 1)
    assert (found.open_actions, found.reassess_on) == (1, date(2030, 1, 27))
    assert (found.start_on, found.next_id, found.area) == (date(2029, 11, 19), 0, None)
    assert len(found.nonce) == 16


def test_another_edition_takes_local_perspectives_along_and_nothing_of_statements(
    world: World,
) -> None:
    local = Adaptation(
        perspectives=(PerspectiveChange("local_1", "Porters", "staff"),),
        help=(("2a", "Ask the porters."),),
    )
    _change(world, adaptation=written(local), edition="an-older-one")
    new = start_next(world)
    assert new.edition != "an-older-one"
    assert new.adaptation == written(Adaptation(perspectives=local.perspectives))


# --- open actions -----------------------------------------------------------------------


@pytest.mark.covers("R57")
def test_open_actions_go_on_in_it_from_the_day_it_begins(world: World) -> None:
    still_open, _done = action(world), action(world, 3, "done")
    new = start_next(world)
    assert world.rows(Action, Action.review_id == new.id) == []
    begin(world, new)
    [copied] = world.rows(Action, Action.review_id == new.id)
    assert (copied.copied_from, copied.title, copied.status) == (
        still_open, "Quieter nights", "under_way",
    )  # fmt: skip


def test_a_cancelled_draft_leaves_the_old_reviews_reminders_alive(world: World) -> None:
    number = action(world)
    new = start_next(world)
    world.do(reviews.cancel, review_id=known(new.id), reason="Too early.", now=YEARS_ON)
    soon = at(date(2029, 11, 30), 10)  # 10 working days before the action's deadline
    world.database.now(maturing.mature, now=soon)
    found = world.rows(Reminder, Reminder.created_at == soon)
    assert {(row.kind, row.subject, row.review_id) for row in found} >= {
        ("action", f"action:{number}", world.review_id)
    }
    world.database.now(maturing.mature, now=at(date(2029, 12, 27), 10))  # 1 month before
    assert world.rows(Reminder, Reminder.kind == "reassess", Reminder.review_id == world.review_id)


def test_a_review_that_was_not_drafted_as_the_next_takes_over_no_actions(world: World) -> None:
    action(world)
    fresh = afresh(world)
    assert fresh.before_id == world.review_id
    assert world.rows(Action, Action.review_id == fresh.id) == []


# --- once only, and by whom -------------------------------------------------------------


@pytest.mark.covers("R57")
def test_pressed_twice_it_is_one_review(world: World) -> None:
    first = start_next(world)
    assert start_next(world).id == start_next(world, nonce="another-nonce").id == first.id
    assert _step(world).next_id == first.id
    begin(world, first)
    assert start_next(world, nonce="a-third-nonce").id == first.id
    assert len(world.rows(AuditEvent, AuditEvent.event == "next review drafted")) == 1


def test_after_a_cancelled_one_a_new_press_makes_another_and_the_old_press_does_not(
    world: World,
) -> None:
    first = start_next(world)
    world.do(reviews.cancel, review_id=known(first.id), reason="", now=YEARS_ON)
    assert start_next(world).id == first.id
    assert start_next(world, nonce="another-nonce").id != first.id


def test_it_stands_beside_another_draft_of_the_same_lead(world: World) -> None:
    other = world.do(reviews.start_set_up, nonce="7" * 16, now=YEARS_ON)
    new = start_next(world)
    assert new.id != other
    assert world.do(reviews.start_set_up, nonce="8" * 16, now=YEARS_ON) == other
    world.do(reviews.cancel, review_id=other, reason="", now=YEARS_ON)
    fresh = world.do(reviews.start_set_up, nonce="9" * 16, now=YEARS_ON)
    assert fresh not in (other, new.id)


def test_whoever_may_lead_it_starts_it_and_leads_it(world: World) -> None:
    tom = world.actors["tom"]
    world.actors["tom"] = Actor(
        tom.tenant_id, tom.person_id, tom.name, tom.teams_id, may_start=True, is_listed=True
    )
    new = start_next(world, "tom")
    assert new.lead_id == tom.person_id
    assert areas_of(world, new) == {2: None, 3: None}  # the review's lead leads them


@pytest.mark.parametrize("who", ["tom", "grace"])
def test_nobody_else_starts_it(world: World, who: str) -> None:
    with pytest.raises(NotYours):
        start_next(world, who)
    with pytest.raises(NotYours):
        world.on_review(next_review.rerate, who, area=2, nonce=NONCE, now=YEARS_ON)


def test_nothing_follows_a_review_that_is_not_signed_off(database: Database, now: datetime) -> None:
    world = builders.opened(database, now, scope=SMALL)
    with pytest.raises(NotNow):
        start_next(world)
    with pytest.raises(NotNow):
        _step(world)


def test_the_set_ups_check_has_nothing_against_starting_it(world: World) -> None:
    new = start_next(world)
    begin(world, new)
    assert world.rows(Review, Review.id == new.id)[0].state == "collecting"


def test_a_changed_division_does_not_change_which_review_came_before(world: World) -> None:
    new = start_next(world)
    world.do(
        set_up.save_details, review_id=known(new.id), posted={"division": "Medicine"}, shown={},
        now=YEARS_ON,
    )  # fmt: skip
    begin(world, new)
    assert world.rows(Review, Review.id == new.id)[0].before_id == world.review_id
