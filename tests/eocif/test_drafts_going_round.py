"""A complete draft goes round, a changed one once more; and an area is set aside."""

from datetime import date, datetime, timedelta

import pytest

from eocif import drafts
from eocif.database import Database
from eocif.errors import Invalid, NotNow, NotYours
from eocif.models import Delivery, Rating, Response, Review
from eocif.rules.dates import at
from tests import after_the_close, builders, desk
from tests.after_the_close import ANSWERED_AT, NEXT_MORNING, written
from tests.builders import World
from tests.desk import NOON

ROUND_2_CLOSED = at(date(2027, 1, 25), 17, 15)
AFTER_ROUND_2 = at(date(2027, 1, 26), 10)


@pytest.fixture
def world(database: Database, now: datetime) -> World:
    """Areas 2 (close) and 3 (agreed) wait for Tom to draft them."""
    return after_the_close.drafting(database, now)


# --- going round ----------------------------------------------------------------------------


@pytest.mark.covers("R31")
def test_a_draft_goes_round_for_five_working_days_from_the_next_weekly_message(
    world: World,
) -> None:
    written(world, 2, NOON)
    assert desk.send(world) == date(2027, 1, 25)
    area = world.area(2)
    assert (area.state, area.round, area.since) == ("round_2", 2, NOON)
    assert (area.opens_on, area.closes_on) == (date(2027, 1, 18), date(2027, 1, 25))
    assert (area.early_on, area.is_held_open) == (None, False)
    assert world.area(3).state == "drafting"
    assert desk.events(world, "draft sent")[0].detail == {"round": 2, "closes_on": "2027-01-25"}


def test_the_reviews_own_days_to_confirm_count(world: World) -> None:
    with world.database.transaction() as session:
        review = session.get_one(Review, world.review_id)
        review.confirm_days = 2
        session.add(review)
    written(world, 3, NOON)
    assert desk.send(world, number=3) == date(2027, 1, 20)


def test_what_went_round_is_remembered_as_it_was_with_agreed_levels(world: World) -> None:
    written(world, 3, NOON)
    fields = desk.row(world, 3).fields
    desk.send(world, number=3)
    assert "level_3a" not in fields
    assert desk.row(world, 3).sent == {**fields, "level_3a": "achieving", "level_3b": "achieving"}


def test_sending_twice_sends_once(world: World) -> None:
    written(world, 2, NOON)
    days = [desk.send(world), desk.send(world, now=NOON + timedelta(days=1))]
    assert days == [date(2027, 1, 25)] * 2
    assert (world.area(2).round, len(desk.events(world, "draft sent"))) == (2, 1)


def test_messages_that_show_the_area_follow(world: World) -> None:
    written(world, 2, NOON)
    desk.send(world)
    assert {row.next_at for row in world.rows(Delivery, Delivery.kind == "update")
            if row.state == "queued"} == {at(date(2027, 1, 15), 9)}  # fmt: skip


def test_while_it_is_with_the_group_a_draft_does_not_change_and_new_words_are_kept(
    world: World,
) -> None:
    shown = desk.work(world).draft.shown
    written(world, 2, NOON)
    desk.send(world)
    before = desk.row(world)
    said = desk.save(world, {"where_now": "Changed.", "gap": before.fields["gap"]}, shown=shown)
    assert said.is_problem
    assert "We kept it beside the draft." in said.notice
    assert (desk.row(world).fields, desk.row(world).sent) == (before.fields, before.sent)
    assert desk.row(world).kept == {"where_now": "Changed."}
    assert "kept" not in desk.save(world, {"gap": before.fields["gap"]}).notice
    assert desk.clear(world, "gap").is_problem
    assert desk.row(world).fields == before.fields


@pytest.mark.parametrize("state", ["concluded", "set_aside"])
def test_an_area_that_has_ended_keeps_its_draft_as_it_is(world: World, state: str) -> None:
    written(world, 2, NOON)
    with world.database.transaction() as session:
        area = session.get_one(type(world.area(2)), world.area(2).id)
        area.state = state
        session.add(area)
    assert desk.save(world, {"where_now": "Changed."}).is_problem
    with pytest.raises(NotNow):
        desk.send(world)
    assert desk.work(world).standing == ()


# --- once more ------------------------------------------------------------------------------


@pytest.fixture
def concluding(world: World) -> World:
    """Area 2 came back from the group."""
    after_the_close.sent(world, 2, NEXT_MORNING, who="tom")
    world.tick(ROUND_2_CLOSED)
    return world


def test_a_draft_that_has_not_changed_does_not_go_round_again(concluding: World) -> None:
    assert not desk.work(concluding).may_send_again
    with pytest.raises(NotNow):
        desk.send(concluding, now=AFTER_ROUND_2)


def test_a_changed_draft_goes_round_once_more_and_no_more(concluding: World) -> None:
    desk.save(concluding, {"what_do": "Go on."}, now=AFTER_ROUND_2)
    assert desk.work(concluding).may_send_again
    assert desk.send(concluding, now=AFTER_ROUND_2) == date(2027, 2, 8)
    assert (concluding.area(2).state, concluding.area(2).round) == ("round_2", 3)
    assert desk.row(concluding).sent["what_do"] == "Go on."
    concluding.tick(at(date(2027, 2, 8), 17, 15))
    later = at(date(2027, 2, 9), 10)
    desk.save(concluding, {"what_do": "Go on and on."}, now=later)
    assert not desk.work(concluding, now=later).may_send_again
    with pytest.raises(NotNow):
        desk.send(concluding, now=later)


def test_concerns_do_not_keep_a_changed_draft_from_going_round(concluding: World) -> None:
    area = concluding.area(2)
    with concluding.database.transaction() as session:
        session.add(
            Response(
                tenant_id=area.tenant_id, area_id=area.id or 0, round=2, answer="concern",
                comment="No.", member_id=concluding.members["des"], updated_at=NOON,
            )
        )  # fmt: skip
    desk.save(concluding, {"what_do": "Go on."}, now=AFTER_ROUND_2)
    assert desk.work(concluding).standing == ("Answer 1 concern, or let it stand.",)
    assert desk.send(concluding, now=AFTER_ROUND_2) is not None


def test_a_level_left_to_the_rule_follows_round_2(world: World) -> None:
    after_the_close.sent(world, 3, NEXT_MORNING, who="tom")
    area = world.area(3)
    with world.database.transaction() as session:
        session.add_all(
            Rating(
                area_id=area.id or 0, member_id=member_id, round=2, code="3a",
                tenant_id=area.tenant_id, choice="excelling", updated_at=NOON,
            )
            for member_id in world.members.values()
        )  # fmt: skip
    world.tick(ROUND_2_CLOSED)
    work = desk.work(world, number=3)
    assert work.draft.values["level_3a"] == "excelling"
    assert (work.standing, work.may_send_again) == ((), False)


# --- setting aside --------------------------------------------------------------------------


def _set_aside(
    world: World, who: str = "amina", reason: str = "Another trust does this.",
    now: datetime = NOON,
) -> None:  # fmt: skip
    world.on_review(drafts.set_aside, who, number=2, reason=reason, now=now)


def test_an_area_is_set_aside_with_its_reason_and_keeps_what_it_had(world: World) -> None:
    written(world, 2, NOON)
    for reason in ("Another trust does this.", "Some other reason."):
        _set_aside(world, reason=reason)
    area = world.area(2)
    assert (area.state, area.since) == ("set_aside", NOON)
    assert area.set_aside_because == "Another trust does this."
    assert desk.row(world).fields
    assert [row.detail for row in desk.events(world, "area set aside")] == [{"was": "drafting"}]


@pytest.mark.parametrize("reason", ["", "x" * 2001])
def test_setting_aside_needs_a_reason(world: World, reason: str) -> None:
    with pytest.raises(Invalid) as refused:
        _set_aside(world, reason=reason)
    assert [each.field for each in refused.value.problems] == ["reason"]
    assert world.area(2).state == "drafting"


def test_only_the_reviews_lead_sets_an_area_aside(world: World) -> None:
    with pytest.raises(NotYours):
        _set_aside(world, "tom")


def test_an_area_can_be_set_aside_at_any_time_before_it_is_concluded(
    database: Database, now: datetime
) -> None:
    world = builders.started(database, now, scope=builders.SMALL)
    _set_aside(world, now=now)
    assert world.area(2).state == "set_aside"
    with world.database.transaction() as session:
        area = session.get_one(type(world.area(3)), world.area(3).id)
        area.state = "concluded"
        session.add(area)
    with pytest.raises(NotNow):
        world.on_review(drafts.set_aside, number=3, reason="Too late.", now=now)


def test_messages_that_ask_about_it_follow(database: Database, now: datetime) -> None:
    world = builders.opened(database, now, scope=builders.SMALL)
    _set_aside(world, now=ANSWERED_AT)
    updates = world.rows(Delivery, Delivery.kind == "update", Delivery.state == "queued")
    assert {row.next_at for row in updates} == {at(date(2027, 1, 13), 9)}
