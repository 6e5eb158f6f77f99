"""News: one message in the morning for what began to wait for a lead, or ended for a member."""

from datetime import date, datetime, timedelta

import pytest

from eocif import (
    conclusions,
    deliveries,
    prompts,
    reminders,
    review_groups,
    sign_off,
    weeks,
)
from eocif.database import Database
from eocif.models import Delivery, DeliveryState, Review
from eocif.rules.dates import at, london_day
from eocif.summaries import Place, WeekSummary
from tests import after_the_close, builders
from tests.after_the_close import CLOSED_ON
from tests.builders import MONDAY, World
from tests.confirming import ASKED_ON, CLOSES_ON, respond, respond_all

THURSDAY, FRIDAY = at(date(2027, 1, 14), 9), at(date(2027, 1, 15), 9)
CONCLUDED_AT = at(date(2027, 1, 26), 11)
MORNING_AFTER = at(date(2027, 1, 27), 9)


@pytest.fixture
def closed(database: Database, now: datetime) -> World:
    """Areas 2 and 3, which Tom leads, closed on Wednesday evening."""
    world = after_the_close.answered(database, now)
    assert len(world.tick(at(CLOSED_ON, 17, 15))) == 2
    return world


@pytest.fixture
def concluding(database: Database, now: datetime) -> World:
    """Round 2 of areas 2 and 3 closed on Monday evening; Tom was told on Tuesday morning."""
    world = after_the_close.in_round_2(database, now)
    world.live(at(ASKED_ON, 9))
    world.live(at(CLOSES_ON, 9))
    world.live(at(CLOSES_ON, 17, 15))
    world.live(at(date(2027, 1, 26), 9))
    return world


def _news(world: World, who: str = "") -> list[Delivery]:
    rows = world.rows(Delivery, Delivery.kind == "news")
    return [row for row in rows if not who or row.person_id == world.actors[who].person_id]


def _conclude(world: World, *areas: int, now: datetime = CONCLUDED_AT) -> None:
    for area in areas:
        world.on_review(conclusions.conclude, "tom", number=area, now=now)


def _week(world: World, who: str, now: datetime) -> WeekSummary:
    return world.do(weeks.week, who, place=Place(world.review_id, (2, 3)), now=now)


# --- a round has closed ---------------------------------------------------------------------


def test_a_lead_gets_one_message_for_all_rounds_that_closed_on_the_next_working_morning(
    closed: World,
) -> None:
    for moment in (at(CLOSED_ON, 17, 16), at(CLOSED_ON, 23), THURSDAY - timedelta(minutes=1)):
        assert closed.live(moment) == []
    [news] = closed.live(THURSDAY)
    assert (news.kind, news.slot) == ("news", "day:2027-01-14")
    assert news.person_id == closed.actors["tom"].person_id
    assert [each.area.number for each in _week(closed, "tom", THURSDAY).lead_tasks] == [2, 3]


def test_nobody_is_told_the_same_twice(closed: World) -> None:
    for day in range(2):
        for minute in range(0, 300, 60):
            closed.live(THURSDAY + timedelta(days=day, minutes=minute))
    assert len(_news(closed)) == 1


def test_two_replicas_write_one_row(closed: World) -> None:
    for _replica in range(2):
        closed.database.now(prompts.queue_news, review_id=closed.review_id, now=THURSDAY)
    assert len(_news(closed)) == 1


def test_who_owes_nothing_and_leads_nothing_hears_nothing(closed: World) -> None:
    closed.live(THURSDAY)
    assert {row.person_id for row in _news(closed)} == {closed.actors["tom"].person_id}


def test_a_lead_who_is_not_in_the_group_is_told_too(closed: World) -> None:
    for who in ("amina", "tom"):  # what Tom led goes back to Amina
        closed.on_review(review_groups.remove_member, member_id=closed.members[who], now=THURSDAY)
    [news] = closed.live(THURSDAY)
    assert news.person_id == closed.actors["amina"].person_id


@pytest.fixture
def led_from_outside(database: Database, now: datetime) -> World:
    """Amina leads all areas and is not in the group, where everyone has Teams."""
    world = builders.started(database, now, scope=builders.SMALL)
    for who in ("amina", "tom", "doris"):
        world.on_review(review_groups.remove_member, member_id=world.members.pop(who), now=now)
    world.live(at(MONDAY, 9))
    assert world.unasked("amina") == []
    world.answer_all(2, at(MONDAY, 11))
    world.tick(at(date(2027, 1, 12), 17, 15))
    return world


def test_an_area_that_closes_in_the_week_is_news_and_no_weekly_message(
    led_from_outside: World,
) -> None:
    world, morning = led_from_outside, at(date(2027, 1, 13), 9)
    queued = world.database.now(prompts.queue_weekly, review_id=world.review_id, now=morning)
    assert queued == 0
    [news] = world.live(morning)
    assert (news.kind, news.params["areas"]) == ("news", [])


def test_a_lead_who_got_something_else_on_monday_is_asked_on_tuesday(
    led_from_outside: World,
) -> None:
    world = led_from_outside
    world.live(at(date(2027, 1, 13), 9))
    with world.database.transaction() as session:
        deliveries.to_person(
            session, kind="prompt", person_id=world.actors["amina"].person_id,
            tenant_id=world.sample.tenant_id, subject="review:99", slot="week:0",
            now=at(ASKED_ON, 9),
        )  # fmt: skip
    world.send(at(ASKED_ON, 9))
    assert len(world.live(at(ASKED_ON, 9, 1))) == len(world.members)  # area 3 is still open
    [prompt] = world.live(at(ASKED_ON + timedelta(days=1), 9))
    assert (prompt.kind, prompt.slot) == ("prompt", "week:1")
    assert prompt.person_id == world.actors["amina"].person_id


def test_on_the_day_of_the_weekly_message_there_is_no_news_besides(
    database: Database, now: datetime
) -> None:
    world = builders.opened(database, now)  # five areas a week: more opens each Monday
    friday = at(date(2027, 1, 15), 10)
    for area in (1, 2):
        world.answer_all(area, at(date(2027, 1, 14), 10))
    assert len(world.tick(at(london_day(friday), 17, 15))) == 2
    told = world.live(at(ASKED_ON, 9))
    assert {row.kind for row in told} == {"prompt"}
    assert [each.area.number for each in _week(world, "tom", friday).lead_tasks] == [1, 2]
    for minute in range(1, 5):
        assert world.live(at(ASKED_ON, 9, minute)) == []
    assert _news(world) == []


def test_a_day_with_another_message_puts_news_off_to_the_next(closed: World) -> None:
    with closed.database.transaction() as session:  # of another review, sent this morning
        more = {"tenant_id": closed.sample.tenant_id, "now": THURSDAY}
        deliveries.to_person(
            session, kind="prompt", person_id=closed.actors["tom"].person_id,
            subject="review:99", slot="week:0", **more,
        )  # fmt: skip
    closed.send(THURSDAY)
    assert closed.live(THURSDAY) == []
    [news] = closed.live(FRIDAY)
    assert news.slot == "day:2027-01-15"


def test_a_reminder_that_waits_says_it_and_no_news_comes_besides(
    database: Database, now: datetime
) -> None:
    world = builders.opened(database, now, scope={"1": "2,3", "2": "5"})
    world.answer_all(2, at(MONDAY, 11))
    world.tick(at(date(2027, 1, 12), 17, 15))
    wednesday = date(2027, 1, 13)
    world.on_review(reminders.remind, now=at(wednesday, 8))
    world.live(at(wednesday, 9, 5))
    assert [row.kind for row in world.unasked("tom")] == ["prompt", "nudge"]
    assert [each.area.number for each in _week(world, "tom", now).lead_tasks] == [2]


def test_news_pages_through_what_is_still_owed_and_takes_over_from_the_older_message(
    database: Database, now: datetime
) -> None:
    world = builders.opened(database, now, scope={"1": "2,3", "2": "5"})
    world.answer_all(2, at(MONDAY, 11))
    world.tick(at(date(2027, 1, 12), 17, 15))
    wednesday = date(2027, 1, 13)
    [news] = world.live(at(wednesday, 9))
    assert news.params["areas"] == [3, 5]
    prompt = world.unasked("tom")[0]
    with world.database.transaction() as session:
        assert deliveries.newer_message(session, message=prompt)
    updates = world.rows(Delivery, Delivery.target_id == prompt.id)
    # Someone may be typing on it: it follows on the morning after.
    assert updates[-1].next_at == at(date(2027, 1, 14), 9)


def test_a_draft_that_is_to_be_asked_about_later_makes_no_news(
    database: Database, now: datetime
) -> None:
    world = after_the_close.in_round_2(database, now)
    world.live(FRIDAY)
    assert [row.kind for row in world.unasked("grace")] == ["prompt"]


def test_news_of_a_lead_whom_messages_do_not_reach_is_not_repeated(closed: World) -> None:
    closed.tick(THURSDAY)
    with closed.database.transaction() as session:
        row = session.get_one(Delivery, _news(closed)[0].id)
        row.state, row.settled_at, row.error = DeliveryState.FAILED, THURSDAY, "They left."
        session.add(row)
    for day in range(3):
        closed.live(FRIDAY + timedelta(days=day))
    assert len(_news(closed, "tom")) == 1


def test_news_that_was_dropped_is_told_again(closed: World) -> None:
    closed.tick(THURSDAY)
    with closed.database.transaction() as session:
        deliveries.drop_waiting(session, review_id=closed.review_id, now=THURSDAY)
    [news] = closed.live(THURSDAY + timedelta(minutes=1))
    assert news.kind == "news"


# --- an area has ended ----------------------------------------------------------------------


def test_who_contributed_is_told_the_next_morning_in_one_message(concluding: World) -> None:
    world = concluding
    _conclude(world, 2, 3)
    assert world.live(CONCLUDED_AT + timedelta(hours=1)) == []
    told = world.live(MORNING_AFTER)
    assert {row.kind for row in told} == {"news"}
    # Doris has no Teams, and Tom knows: he concluded them.
    everyone = world.members.keys() - {"doris", "tom"}
    assert {row.person_id for row in told} == {world.actors[who].person_id for who in everyone}
    assert {tuple(row.params["areas"]) for row in told} == {(2, 3)}  # so that it stays a way there
    shown = _week(world, "grace", MORNING_AFTER)
    assert [area.number for area in shown.concluded] == [2, 3]
    assert [each.status for each in shown.areas] == ["concluded", "concluded"]
    assert world.live(MORNING_AFTER + timedelta(days=1)) == []


def test_the_message_still_says_it_when_it_is_opened_again_and_the_next_does_not(
    concluding: World,
) -> None:
    world = concluding
    _conclude(world, 2)
    world.live(MORNING_AFTER)
    for later in (0, 3):
        week = _week(world, "grace", MORNING_AFTER + timedelta(days=later))
        assert [area.number for area in week.concluded] == [2]
    thursday = MORNING_AFTER + timedelta(days=1)
    _conclude(world, 3, now=thursday)
    world.live(thursday + timedelta(days=1))
    assert [area.number for area in _week(world, "grace", thursday).concluded] == [3]


def test_who_said_nothing_of_an_area_is_not_told_of_it(concluding: World) -> None:
    world = concluding
    joan = [world.sample.person("joan").entra_id]
    world.on_review(
        review_groups.add_people, perspective_key="volunteers", entra_ids=joan, now=CONCLUDED_AT
    )
    world.on_review(review_groups.remove_member, member_id=world.members["des"], now=CONCLUDED_AT)
    _conclude(world, 2)
    world.live(MORNING_AFTER)
    for who in ("joan", "des"):
        assert _news(world, who) == []
    assert len(_news(world, "grace")) == 1


def test_an_answer_to_the_draft_is_a_contribution(database: Database, now: datetime) -> None:
    world = after_the_close.in_round_2(database, now)
    joan = [world.sample.person("joan").entra_id]
    world.on_review(
        review_groups.add_people, perspective_key="volunteers", entra_ids=joan, now=FRIDAY
    )
    respond(world, "joan", 2, "agree", FRIDAY)
    world.live(at(CLOSES_ON, 17, 15))
    _conclude(world, 2)
    world.live(MORNING_AFTER)
    assert len(_news(world, "joan")) == 1
    assert [area.number for area in _week(world, "joan", MORNING_AFTER).concluded] == [2]


def test_who_owes_something_hears_what_ended_in_the_same_message(
    database: Database, now: datetime
) -> None:
    world = builders.opened(database, now)
    world.answer_all(2, at(MONDAY, 11))
    world.tick(at(date(2027, 1, 12), 17, 15))
    after_the_close.sent(world, 2, at(date(2027, 1, 13), 10))
    respond_all(world, 2, at(date(2027, 1, 13), 11))
    world.tick(at(date(2027, 1, 14), 17, 15))
    _conclude(world, 2, now=at(date(2027, 1, 15), 11))
    told = world.live(at(ASKED_ON, 9))
    assert {row.kind for row in told} == {"prompt"}
    assert [area.number for area in _week(world, "grace", at(ASKED_ON, 9)).concluded] == [2]
    assert world.live(at(ASKED_ON, 9, 1)) == []


def test_a_review_that_was_signed_off_still_tells_what_ended(concluding: World) -> None:
    world = concluding
    _conclude(world, 2, 3)
    world.on_review(sign_off.sign_off, reassess_on="", reassess_because="", now=CONCLUDED_AT)
    assert world.rows(Review)[0].state == "signed_off"
    world.live(MORNING_AFTER)
    assert len(_news(world, "grace")) == 1


def test_news_is_queued_in_working_hours_only(closed: World) -> None:
    for moment in (at(CLOSED_ON, 18), THURSDAY - timedelta(minutes=1), at(date(2027, 1, 16), 12)):
        assert closed.database.now(prompts.with_news, now=moment) == []
    assert closed.database.now(prompts.with_news, now=THURSDAY) == [closed.review_id]
