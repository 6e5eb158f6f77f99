from datetime import UTC, date, datetime, timedelta

import pytest

from eocif import readiness, review_groups, reviews, set_up_steps, weeks
from eocif.database import Database
from eocif.errors import Invalid, NotNow, NotYours
from eocif.models import AuditEvent, Delivery, Member, Person, Review, ReviewArea
from eocif.rules.dates import at
from tests import builders
from tests.builders import MONDAY, SMALL, World


@pytest.fixture
def world(database: Database, now: datetime) -> World:
    """A draft, ready to start."""
    return builders.drafted(database, now)


def _change_review(world: World, **changes: object) -> None:
    with world.database.transaction() as session:
        row = session.get_one(Review, world.review_id)
        for field, value in changes.items():
            setattr(row, field, value)
        session.add(row)


def _standing(world: World, now: datetime) -> list[str]:
    with pytest.raises(Invalid) as refused:
        world.on_review(reviews.start, now=now)
    assert world.rows(Review)[0].state == "draft"
    return [problem.sentence for problem in refused.value.problems]


def test_a_start_fixes_the_dates_of_every_area(world: World, now: datetime) -> None:
    world.on_review(reviews.start, now=now)
    dates = {row.number: (row.opens_on, row.closes_on) for row in world.rows(ReviewArea)}
    assert dates[1] == dates[5] == (date(2027, 1, 11), date(2027, 1, 25))
    assert dates[6] == (date(2027, 1, 18), date(2027, 2, 1))
    assert dates[23] == (date(2027, 2, 8), date(2027, 2, 22))
    assert world.rows(Review)[0].started_at == now


def test_a_timetable_steps_over_bank_holidays(database: Database) -> None:
    advent = datetime(2026, 12, 16, 10, tzinfo=UTC)
    world = builders.drafted(database, advent)
    _change_review(world, start_on=date(2026, 12, 21))
    world.on_review(reviews.start, now=advent)
    dates = {row.number: (row.opens_on, row.closes_on) for row in world.rows(ReviewArea)}
    assert dates[1] == (date(2026, 12, 21), date(2027, 1, 7))
    assert dates[6][0] == date(2026, 12, 29)  # Monday 28 December is a bank holiday


def test_an_empty_group_cannot_start(world: World, now: datetime) -> None:
    for member_id in world.members.values():
        world.on_review(review_groups.remove_member, member_id=member_id, now=now)
    assert _standing(world, now) == ["Nobody is in the review group. Add at least one person."]


def test_everything_that_stands_in_the_way_is_said_at_once(world: World, now: datetime) -> None:
    with world.database.transaction() as session:
        member = session.get_one(Member, world.members["amina"])
        member.named_function = ""
        session.add(member)
    _change_review(world, provider="", start_on=date(2027, 1, 4), finish_by=date(2027, 1, 29))
    assert _standing(world, now) == [
        "The review needs a name and a provider.",
        "Someone speaks for a named function, but which one is not set. Open the group.",
        "The first day has passed. Choose a later one.",
        "At 5 areas a week the first round ends on Monday 15 February 2027. "
        "Ask for 12 areas a week, or finish later than Friday 29 January 2027.",
    ]


def test_no_area_in_scope_cannot_start(world: World, now: datetime) -> None:
    with world.database.transaction() as session:
        for row in world.rows(ReviewArea):
            session.delete(row)
    assert _standing(world, now) == ["No area is in scope. Choose at least one."]


def test_a_start_after_five_needs_a_later_first_day(world: World) -> None:
    assert _standing(world, at(MONDAY, 17)) == ["The first day has passed. Choose a later one."]
    world.on_review(reviews.start, now=at(MONDAY, 16, 59))


def test_a_second_press_says_that_it_has_started(world: World, now: datetime) -> None:
    world.on_review(reviews.start, now=now)
    with pytest.raises(NotNow) as refused:
        world.on_review(reviews.start, now=now)
    assert refused.value.happened == "This review has already started."
    assert len([row for row in world.rows(AuditEvent) if row.event == "review started"]) == 1


def test_after_the_start_the_steps_are_closed_but_group_and_leads_are_not(
    world: World, now: datetime
) -> None:
    world.on_review(reviews.start, now=now)
    for step in ("details", "scope", "pace", "check"):
        with pytest.raises(NotNow):
            world.on_review(set_up_steps.show, step=step, now=now)
    assert world.on_review(set_up_steps.show, step="group", now=now).members
    assert world.on_review(set_up_steps.show, step="leads", now=now).sections
    assert world.on_review(set_up_steps.show, step="started", now=now).members == 9


def test_a_group_too_small_to_agree_may_start_and_is_warned(world: World) -> None:
    with world.database.transaction() as session:
        members = review_groups.active(session, review_id=world.review_id)
        review = session.get_one(Review, world.review_id)
        assert readiness.warnings(session, review=review) == []
    without_lived = [each for each in members if each.perspectives[0] not in
                     ("people_and_carers", "healthwatch")]  # fmt: skip
    assert readiness.too_small(review, without_lived) == [
        "An area can be agreed only if 5 people from 3 perspectives rate it, "
        "at least one with lived experience. Your group is too small for that so far."
    ]
    assert readiness.too_small(review, members[:4])


# --- cancelling -----------------------------------------------------------------------------


def test_a_cancelled_review_asks_nothing_more_and_keeps_everything(
    database: Database, now: datetime
) -> None:
    world = builders.started(database, now, scope=SMALL)
    world.tick(at(MONDAY, 9))
    world.rate("grace", 2, "achieving", at(MONDAY, 10))
    world.on_review(reviews.cancel, reason="A merger", now=at(MONDAY, 11))
    assert {row.state for row in world.rows(Delivery) if row.kind == "prompt"} == {"cancelled"}
    world.live(datetime(2027, 1, 18, 9, tzinfo=UTC))
    assert len(world.unasked("tom")) == 1
    form = world.form("grace", 2, at(MONDAY, 12))
    assert (form.state, form.left, set(form.choices.values())) == ("cancelled", (), {"achieving"})


def test_an_answer_to_a_review_cancelled_meanwhile_is_kept_to_copy(
    database: Database, now: datetime
) -> None:
    world = builders.opened(database, now, scope=SMALL)
    world.on_review(reviews.cancel, reason="", now=at(MONDAY, 11))
    said = world.write("grace", 2, at(MONDAY, 12), where_now="Nobody asked us.")
    assert said.is_problem
    assert said.notice == (
        "This review was cancelled. Everything saved before is kept. "
        "What you just sent is not part of your answer, but we kept it for you to copy."
    )
    form = world.form("grace", 2, at(MONDAY, 13))
    assert (form.kept, form.words["where_now"]) == ({"where_now": "Nobody asked us."}, "")


def test_an_area_that_was_concluded_stays_so_when_the_rest_is_cancelled(
    world: World, now: datetime
) -> None:
    world.on_review(reviews.start, now=now)
    with world.database.transaction() as session:
        row = session.get_one(ReviewArea, 1)
        row.state = "concluded"
        session.add(row)
    world.on_review(reviews.cancel, reason="", now=now)
    assert {row.state for row in world.rows(ReviewArea)} == {"concluded", "set_aside"}


def test_only_the_lead_may_cancel_and_only_once(world: World, now: datetime) -> None:
    with pytest.raises(NotYours):
        world.on_review(reviews.cancel, "tom", reason="", now=now)
    world.on_review(reviews.cancel, reason="", now=now + timedelta(days=1))
    with pytest.raises(NotNow) as refused:
        world.on_review(reviews.cancel, reason="", now=now + timedelta(days=1))
    assert refused.value.happened == "This review was cancelled."
    assert world.do(weeks.my_areas, now=now).leads == ()


def test_a_guest_in_the_group_stays_a_guest(world: World) -> None:
    assert world.rows(Person, Person.name == "Sunil Rao")[0].is_guest
