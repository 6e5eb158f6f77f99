"""Round 2 closes like round 1, is asked about in the weekly message, and is chased by itself."""

from datetime import date, datetime, timedelta

import pytest

from eocif import (
    drafts,
    oversight,
    prompts,
    reminders,
    review_groups,
    reviews,
    rounds,
    turnouts,
    views,
    weeks,
)
from eocif.database import Database
from eocif.errors import Invalid, NotNow
from eocif.models import AuditEvent, Delivery, ReviewArea
from eocif.rules.dates import at
from eocif.summaries import Place, WeekSummary
from tests import after_the_close
from tests.after_the_close import CLOSED_ON, NEXT_MORNING
from tests.builders import MONDAY, World
from tests.confirming import ASKED_ON, CLOSES_ON, TUESDAY, respond, respond_all

EARLY = date(2027, 1, 20)  # the first working day after `TUESDAY`


@pytest.fixture
def world(database: Database, now: datetime) -> World:
    """The drafts of areas 2 and 3 are with the group until Monday 25 January."""
    return after_the_close.in_round_2(database, now)


def _week(world: World, who: str, now: datetime = TUESDAY) -> WeekSummary:
    return world.do(weeks.week, who, place=Place(world.review_id, (2, 3)), now=now)


# --- states begin ---------------------------------------------------------------------------


def test_every_move_says_when_the_state_began(database: Database, now: datetime) -> None:
    world = after_the_close.answered(database, now)
    assert (world.area(2).state, world.area(2).since) == ("round_1", at(MONDAY, 9))
    closed = at(CLOSED_ON, 17, 15)
    world.tick(closed)
    assert (world.area(2).state, world.area(2).since) == ("drafting", closed)
    world.on_review(drafts.set_aside, number=3, reason="Later.", now=closed)
    world.on_review(reviews.cancel, reason="", now=NEXT_MORNING)
    assert (world.area(2).state, world.area(2).since) == ("set_aside", NEXT_MORNING)


def test_after_an_outage_round_1_closed_when_answers_came_too_late(
    database: Database, now: datetime
) -> None:
    world = after_the_close.answered(database, now)
    late = at(date(2027, 1, 18), 11)
    world.tick(late)
    assert world.area(2).closed_at == at(CLOSED_ON, 17, 15)
    assert world.area(2).since == late  # the lead's working days begin when they can begin


# --- closing --------------------------------------------------------------------------------


def test_round_2_closes_a_quarter_past_five_on_its_day_for_the_lead_to_conclude(
    world: World,
) -> None:
    respond(world, "des", 2, "agree", TUESDAY)
    assert world.tick(at(CLOSES_ON, 17, 14)) == []
    closed = at(CLOSES_ON, 17, 15)
    assert world.tick(closed) == [world.area(2).id, world.area(3).id]
    area = world.area(2)
    assert (area.state, area.since, area.round) == ("concluding", closed, 2)
    assert area.closed_at == at(CLOSED_ON, 17, 15)  # of round 1
    events = [row for row in world.rows(AuditEvent) if row.event == "round closed"]
    assert events[-1].detail == {"round": 2, "because": "the day came"}


def test_once_everyone_has_answered_the_draft_its_round_closes_on_the_next_working_day(
    world: World,
) -> None:
    respond_all(world, 2, TUESDAY, but={"grace"})
    assert world.area(2).early_on is None
    respond(world, "grace", 2, "concern", TUESDAY, comment="Not yet.")
    assert (world.area(2).early_on, world.area(3).early_on) == (EARLY, None)
    assert world.tick(at(EARLY, 17, 15)) == [world.area(2).id]
    assert world.area(2).state == "concluding"


def test_who_comes_or_goes_counts_in_round_2_as_in_round_1(world: World) -> None:
    respond_all(world, 2, TUESDAY, but={"des"})
    world.on_review(review_groups.remove_member, member_id=world.members["des"], now=TUESDAY)
    assert world.area(2).early_on == EARLY
    joan = [world.sample.person("joan").entra_id]
    world.on_review(
        review_groups.add_people, perspective_key="volunteers", entra_ids=joan, now=TUESDAY
    )
    assert world.area(2).early_on is None
    respond(world, "joan", 2, "agree", TUESDAY)
    assert world.area(2).early_on == EARLY


def test_answers_to_round_1_do_not_close_round_2(world: World) -> None:
    taken = world.database.now(turnouts.turnouts, review_id=world.review_id)
    assert [(each.members, each.answered) for each in taken.values()] == [(9, 0), (9, 0)]


def test_after_the_close_the_turnout_is_still_that_of_round_2(world: World) -> None:
    respond(world, "des", 2, "agree", TUESDAY)
    world.tick(at(CLOSES_ON, 17, 15))
    taken = world.database.now(turnouts.turnouts, review_id=world.review_id)
    assert (taken[2].answered, taken[3].answered) == (1, 0)


# --- what the lead may do -------------------------------------------------------------------


def test_the_lead_gives_round_2_a_later_day_too(world: World) -> None:
    respond_all(world, 2, TUESDAY)
    until = date(2027, 1, 29)
    assert world.on_review(rounds.extend, number=2, until=str(until), now=TUESDAY) == until
    assert (world.area(2).closes_on, world.area(2).early_on) == (until, None)
    assert world.tick(at(CLOSES_ON, 17, 15)) == [world.area(3).id]
    with pytest.raises(Invalid):
        world.on_review(rounds.extend, number=2, until="28 January 2027", now=TUESDAY)


def test_round_2_closes_early_once_enough_different_people_answered_the_draft(
    world: World,
) -> None:
    for who in ("tom", "ruth", "kasia", "des"):
        respond(world, who, 2, "agree", TUESDAY)
    with pytest.raises(NotNow) as refused:
        world.on_review(rounds.close_early, number=2, now=TUESDAY)
    assert refused.value.happened == (
        "Round 2 of area 2 cannot close yet: it needs answers from 5 people and 3 perspectives, "
        "one with lived experience."
    )
    respond(world, "grace", 2, "agree", TUESDAY)
    today = date(2027, 1, 19)
    assert world.on_review(rounds.close_early, number=2, now=TUESDAY) == today
    assert world.tick(at(today, 17, 15)) == [world.area(2).id]


def test_between_the_rounds_there_is_no_day_to_change(world: World) -> None:
    world.tick(at(CLOSES_ON, 17, 15))
    with pytest.raises(NotNow):
        world.on_review(rounds.extend, number=2, until="29 January 2027", now=at(CLOSES_ON, 18))


# --- asking ---------------------------------------------------------------------------------


def test_a_draft_is_asked_about_in_the_next_weekly_message_and_not_before(world: World) -> None:
    friday = at(date(2027, 1, 15), 9)
    assert world.live(friday) == []
    world.live(at(ASKED_ON, 9))
    for who in world.members.keys() - {"doris"}:
        prompt = world.unasked(who)[-1]
        assert (prompt.kind, prompt.slot) == ("prompt", "week:1")
        assert prompt.params["areas"] == [2, 3]


def test_who_was_not_written_to_this_week_is_not_either_because_a_draft_was_sent(
    database: Database, now: datetime
) -> None:
    world = after_the_close.drafting(database, now)
    world.live(at(ASKED_ON, 9))  # nobody but the lead owes anything
    after_the_close.sent(world, 2, TUESDAY)
    for day in range(1, 5):
        world.live(at(ASKED_ON + timedelta(days=day), 9))
    assert [row.slot for row in world.unasked("grace")] == ["week:0"]
    world.live(at(ASKED_ON + timedelta(days=7), 9))
    assert [row.slot for row in world.unasked("grace")] == ["week:0", "week:2"]


def test_who_has_answered_the_drafts_is_asked_no_more(world: World) -> None:
    for area in (2, 3):
        respond(world, "des", area, "agree", NEXT_MORNING)
    respond(world, "grace", 3, "agree", NEXT_MORNING)
    world.live(at(ASKED_ON, 9))
    assert [row.slot for row in world.unasked("des")] == ["week:0"]
    assert world.unasked("grace")[-1].params["areas"] == [2]


def test_who_withdrew_their_answer_is_asked_about_the_draft_all_the_same(
    database: Database, now: datetime
) -> None:
    world = after_the_close.answered(database, now)
    world.do(
        views.withdraw, "grace", place=world.place(2),
        now=after_the_close.ANSWERED_AT,
    )  # fmt: skip
    for number in (2, 3):
        world.on_review(rounds.close_early, number=number, now=after_the_close.ANSWERED_AT)
    world.tick(at(CLOSED_ON, 17, 15))
    after_the_close.sent(world, 2, NEXT_MORNING)
    world.live(at(ASKED_ON, 9))
    assert world.unasked("grace")[-1].params["areas"] == [2]


def test_a_week_says_what_is_to_be_confirmed_and_what_is(world: World) -> None:
    respond(world, "des", 3, "agree", TUESDAY)
    week = _week(world, "des")
    assert [(each.status, each.round, each.closes_on) for each in week.areas] == [
        ("to confirm", 2, CLOSES_ON), ("confirmed", 2, CLOSES_ON),
    ]  # fmt: skip
    assert week.minutes == week.areas[0].minutes == 2
    assert [each.status for each in _week(world, "des", at(CLOSES_ON, 17, 15)).areas] == [
        "closed", "closed",
    ]  # fmt: skip


def test_my_areas_shows_the_drafts_that_are_open(world: World) -> None:
    [review] = world.do(weeks.my_areas, "des", now=TUESDAY).reviews
    assert [each.status for each in review.areas] == ["to confirm", "to confirm"]


# --- for people without Teams ---------------------------------------------------------------


@pytest.mark.covers("R14")
def test_what_they_owe_in_round_2_is_a_task_of_the_area_lead(world: World) -> None:
    [task] = _week(world, "tom").tasks
    assert (task.name, [each.area.number for each in task.areas]) == ("Doris Whitfield", [2, 3])
    assert {each.status for each in task.areas} == {"to confirm"}
    for number in (2, 3):
        respond(world, "tom", number, "agree", TUESDAY)
    world.live(at(ASKED_ON, 9))
    assert world.unasked("tom")[-1].params["areas"] == []  # nothing of his own, but a task
    respond(world, "tom", 2, "agree", TUESDAY, for_="doris")
    [task] = _week(world, "tom").tasks
    assert [each.area.number for each in task.areas] == [3]
    respond(world, "tom", 3, "agree", TUESDAY, for_="doris")
    assert _week(world, "tom").tasks == ()


# --- what waits for a lead ------------------------------------------------------------------


def test_areas_that_wait_for_their_lead_are_in_their_week_with_a_day(
    database: Database, now: datetime
) -> None:
    world = after_the_close.drafting(database, now)
    tasks = _week(world, "tom", NEXT_MORNING).lead_tasks
    assert [(each.area.number, each.state, each.due_on) for each in tasks] == [
        (2, "drafting", EARLY), (3, "drafting", EARLY),
    ]  # fmt: skip
    assert _week(world, "amina", NEXT_MORNING).lead_tasks == ()
    after_the_close.sent(world, 2, NEXT_MORNING)
    assert [each.area.number for each in _week(world, "tom", NEXT_MORNING).lead_tasks] == [3]
    world.tick(at(CLOSES_ON, 17, 15))
    assert [(each.area.number, each.state) for each in _week(world, "tom").lead_tasks] == [
        (3, "drafting"), (2, "concluding"),
    ]  # fmt: skip


def test_a_lead_is_asked_each_week_for_what_still_waits_for_them(
    database: Database, now: datetime
) -> None:
    world = after_the_close.drafting(database, now)
    for who in ("tom", "amina"):
        member = world.members[who]
        world.on_review(review_groups.remove_member, member_id=member, now=NEXT_MORNING)
    for week in range(1, 3):  # in nobody's group, Amina leads what Tom led
        world.live(at(MONDAY + timedelta(weeks=week), 9))
    assert [row.slot for row in world.unasked("amina")[-2:]] == ["week:1", "week:2"]
    assert world.unasked("amina")[-1].params["areas"] == []
    assert [row.slot for row in world.unasked("grace")] == ["week:0"]


# --- who has not answered -------------------------------------------------------------------


def test_the_lead_sees_who_has_not_answered_the_draft(world: World) -> None:
    respond_all(world, 2, TUESDAY, but={"grace", "doris"})
    respond_all(world, 3, TUESDAY)
    seen = world.on_review(oversight.outstanding, by="person", now=TUESDAY)
    assert [(each.area.number, each.round, each.answered) for each in seen.areas] == [
        (2, 2, 7), (3, 2, 9),
    ]  # fmt: skip
    assert {each.person.name: each.areas for each in seen.people} == {
        "Doris Whitfield": (2,), "Grace Adeyemi": (2,),
    }  # fmt: skip
    [doris, _] = seen.areas[0].waiting_for
    assert doris.recorders == ("Tom Okafor",)


def test_a_reminder_goes_only_to_who_has_not_answered_the_draft(world: World) -> None:
    respond_all(world, 2, TUESDAY, but={"grace", "doris"})
    respond_all(world, 3, TUESDAY)
    done = world.on_review(reminders.remind, now=TUESDAY)
    assert done.reminded == ("Grace Adeyemi", "Tom Okafor")  # he records for Doris
    nudge = world.unasked("grace")[-1]
    assert (nudge.kind, nudge.params["areas"]) == ("nudge", [2])


def test_a_review_at_a_glance_says_which_round_closes_when(world: World) -> None:
    summary = world.on_review(oversight.review_summary, now=TUESDAY)
    assert summary.next_dates == ((CLOSES_ON, "Round 2 of areas 2 and 3 closes at 5pm"),)
    assert [(each.state, each.round, each.closes_on) for each in summary.areas] == [
        ("draft with the group", 2, CLOSES_ON)
    ] * 2
    assert [each.may_close for each in summary.areas] == [False, False]
    respond_all(world, 2, TUESDAY)
    summary = world.on_review(oversight.review_summary, now=TUESDAY)
    assert [each.may_close for each in summary.areas] == [True, False]


def test_a_channel_counts_answers_to_drafts_too(world: World) -> None:
    respond(world, "des", 2, "agree", TUESDAY)
    [status] = world.do(oversight.status, "joan", now=TUESDAY)
    assert (status.open_now, status.answers, status.answers_asked_for) == (2, 1, 18)


# --- quiet minutes --------------------------------------------------------------------------


def test_once_everyone_was_asked_a_tick_looks_no_further(world: World) -> None:
    world.live(at(ASKED_ON, 9))
    sent = len(world.rows(Delivery))
    for minute in range(1, 4):
        assert world.live(at(ASKED_ON, 9, minute)) == []
    assert len(world.rows(Delivery)) == sent
    for find in (prompts.running, prompts.with_news):
        assert world.database.now(find, now=at(ASKED_ON, 9, 4)) == []


def test_areas_closed_before_their_time_was_kept_still_wait_for_their_lead(
    database: Database, now: datetime
) -> None:
    world = after_the_close.drafting(database, now)
    with world.database.transaction() as session:
        for row in session.exec(rounds.select(ReviewArea)):
            row.since = None
            session.add(row)
    [task, _] = _week(world, "tom", NEXT_MORNING).lead_tasks
    assert task.due_on is None
    world.live(at(ASKED_ON, 9))
    assert world.unasked("tom")[-1].slot == "week:1"
