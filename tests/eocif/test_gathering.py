"""The day's message: everything that someone is to remember today, once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import Session, select

from eocif import (
    actions,
    deliveries,
    gathering,
    maturing,
    reminder_rows,
    reminders,
    reviews,
    taking,
)
from eocif.database import Database
from eocif.models import (
    Delivery,
    DeliveryState,
    Habit,
    Member,
    Reminder,
    Review,
    ReviewArea,
    Snooze,
)
from eocif.rules.dates import at, london_day
from eocif.rules.reminding import Kind
from tests import builders, reminded
from tests.builders import MONDAY, SMALL, World

TUESDAY, WEDNESDAY, THURSDAY = (MONDAY + timedelta(days=days) for days in (1, 2, 3))
BEFORE_CLOSING = MONDAY + timedelta(days=10)  # two working days before the round closes
CLOSES_ON = MONDAY + timedelta(days=14)
DUE = date(2027, 3, 1)
BOTH = pytest.mark.parametrize("kind", ["sqlite", "postgresql"], indirect=True)


@pytest.fixture
def kind(request: pytest.FixtureRequest) -> str:
    """SQLite, unless a test is about what two databases might do differently."""
    return str(getattr(request, "param", "sqlite"))


@pytest.fixture
def world(database: Database, now: datetime) -> World:
    """Areas 2 and 3 are open, everyone has been asked, and Grace has answered."""
    world = builders.opened(database, now, scope=SMALL)
    for area in (2, 3):
        world.rate("grace", area, "achieving", at(MONDAY, 10))
    return world


def due(
    world: World, who: str, subject: str, now: datetime, *, kind: Kind = Kind.ACTION,
    slot: str = "", review_id: int = 0, due_on: date = DUE, **more: Any,
) -> None:  # fmt: skip
    """A reminder has come due."""
    with world.database.transaction() as session:
        review = session.get_one(Review, review_id or world.review_id)
        reminder_rows.remind(
            session, person_id=world.actors[who].person_id, review=review, kind=kind,
            subject=subject, slot=slot or f"{due_on} before 2", due_on=due_on, now=now, **more,
        )  # fmt: skip


def owned(world: World, who: str, *deadlines: date, now: datetime) -> list[str]:
    """Actions of someone's, of which they have heard: subjects."""
    subjects = [f"action:{reminded.act(world, day, now, owner=who)}" for day in deadlines]
    with world.database.transaction() as session:
        person_id = world.actors[who].person_id
        for row in session.exec(select(Reminder).where(Reminder.person_id == person_id)):
            session.delete(row)
    return subjects


def wish(world: World, who: str, **wishes: Any) -> None:
    with world.database.transaction() as session:
        actor = world.actors[who]
        session.add(Habit(person_id=actor.person_id, tenant_id=actor.tenant_id, **wishes))


def states(world: World, who: str) -> list[tuple[str, str]]:
    return [(row.state, row.why) for row in reminded.reminders(world, who)]


def days(world: World, who: str) -> list[tuple[str, date]]:
    """What someone got without asking, and when."""
    live = [row for row in world.unasked(who) if row.state != DeliveryState.CANCELLED]
    return [(row.kind, london_day(row.settled_at or row.next_at)) for row in live]


# --- one message ----------------------------------------------------------------------------


@BOTH
def test_everything_of_a_day_is_one_message(world: World) -> None:
    for subject in owned(world, "grace", DUE, DUE, DUE, now=at(MONDAY, 11)):
        due(world, "grace", subject, at(TUESDAY, 9))
    for minute in range(3):
        world.live(at(TUESDAY, 9, minute))
    assert days(world, "grace") == [("prompt", MONDAY), ("reminder", TUESDAY)]
    message = world.unasked("grace")[-1]
    rows = reminded.reminders(world, "grace")
    assert message.params == {"card": "reminders", "ids": [row.id for row in rows]}
    assert {(row.state, row.delivery_id) for row in rows} == {("taken", message.id)}
    assert (message.review_id, message.slot) == (None, f"day:{TUESDAY}")


def test_nobody_hears_of_it_outside_working_hours(world: World) -> None:
    [subject] = owned(world, "grace", DUE, now=at(MONDAY, 11))
    due(world, "grace", subject, at(MONDAY, 18))
    for moment in (at(MONDAY, 18), at(TUESDAY, 8, 59)):
        assert world.database.now(gathering.gather_all, now=moment) == 0
    assert len(world.live(at(TUESDAY, 9))) == 1


def test_it_goes_along_with_the_message_that_its_person_gets_anyway(world: World) -> None:
    [subject] = owned(world, "tom", DUE, now=at(MONDAY, 11))
    next_week = MONDAY + timedelta(days=7)
    due(world, "tom", subject, at(next_week, 9))
    world.live(at(next_week, 9))
    message = world.unasked("tom")[-1]
    assert message.kind == "prompt"
    [row] = [each for each in reminded.reminders(world, "tom") if each.kind == Kind.ACTION]
    assert row.delivery_id == message.id
    assert row.id in message.params["also"]


def test_who_had_todays_message_hears_tomorrow_even_of_a_deadline(world: World) -> None:
    owned(world, "tom", MONDAY, now=at(MONDAY, 11))
    world.live(at(MONDAY, 12))
    assert states(world, "tom") == [("waiting", "today's message had gone already")]
    world.live(at(TUESDAY, 9))
    assert days(world, "tom") == [("prompt", MONDAY), ("reminder", TUESDAY)]
    assert states(world, "tom") == [("taken", "")]


def test_a_nudge_that_waits_takes_reminders_along(world: World) -> None:
    [subject] = owned(world, "tom", DUE, now=at(MONDAY, 11))
    world.on_review(reminders.remind, now=at(MONDAY, 11))  # goes tomorrow, a little after nine
    due(world, "tom", subject, at(TUESDAY, 9))
    world.tick(at(TUESDAY, 9))
    nudge = world.unasked("tom")[-1]
    assert (nudge.kind, nudge.state) == ("nudge", "queued")
    assert nudge.params["also"] == [row.id for row in reminded.reminders(world, "tom")]


# --- rounds ---------------------------------------------------------------------------------


def test_two_days_before_a_round_closes_who_owes_is_shown_their_areas_again(world: World) -> None:
    world.rate("tom", 2, "achieving", at(MONDAY, 10))
    world.live(at(MONDAY + timedelta(days=7), 9))
    world.live(at(BEFORE_CLOSING, 9))
    message = world.unasked("tom")[-1]
    assert (message.kind, message.review_id) == ("reminder", world.review_id)
    assert message.params["areas"] == [3]
    assert "reminder" not in [kind for kind, _ in days(world, "grace")]
    older = world.unasked("tom")[-2]
    [update] = world.rows(Delivery, Delivery.target_id == older.id)
    assert update.next_at == at(BEFORE_CLOSING, 9, 1)


def test_later_in_the_day_someone_may_be_typing_on_the_message_before(world: World) -> None:
    world.live(at(MONDAY + timedelta(days=7), 9))
    world.live(at(BEFORE_CLOSING, 11))
    older = world.unasked("tom")[-2]
    [update] = world.rows(Delivery, Delivery.target_id == older.id)
    assert update.next_at == at(BEFORE_CLOSING + timedelta(days=1), 9)


def test_the_weekly_message_says_what_a_rounds_reminder_would_have_said(world: World) -> None:
    world.live(at(MONDAY + timedelta(days=7), 9))  # half time
    world.live(at(CLOSES_ON, 9))
    assert [kind for kind, _ in days(world, "tom")] == ["prompt"] * 3
    for row, message in zip(
        reminded.reminders(world, "tom"), world.unasked("tom")[1:], strict=True
    ):
        assert (row.kind, row.state, row.delivery_id) == (Kind.ROUND, "taken", message.id)


def test_rounds_of_two_reviews_are_one_message(world: World) -> None:
    first = world.review_id
    with world.database.transaction() as session:
        second = _second_review(session, world)
    for review_id, closes_on in ((first, CLOSES_ON), (second, WEDNESDAY)):
        due(world, "tom", f"review:{review_id}", at(TUESDAY, 9), kind=Kind.ROUND,
            review_id=review_id, due_on=closes_on)  # fmt: skip
    assert world.database.now(gathering.gather_all, now=at(TUESDAY, 9)) == 2
    message = world.unasked("tom")[-1]
    assert (message.params["review"], message.params["areas"]) == (second, [2])
    assert len(message.params["also"]) == 2


def _second_review(session: Session, world: World) -> int:
    """Another review with one area open until Wednesday, which Tom owes."""
    first = session.get_one(Review, world.review_id)
    kept = first.model_dump(exclude={"id", "nonce"})
    review = Review(**kept, nonce="another")
    session.add(review)
    session.flush()
    tom = world.actors["tom"]
    session.add(
        Member(
            tenant_id=first.tenant_id, review_id=review.id, person_id=tom.person_id,
            perspectives=["clinical_leaders"], joined_at=first.created_at,
        )
    )  # fmt: skip
    session.add(
        ReviewArea(
            tenant_id=first.tenant_id, review_id=review.id, number=2, state="round_1",
            opens_on=MONDAY, closes_on=WEDNESDAY, since=at(MONDAY, 9),
        )
    )  # fmt: skip
    return int(review.id)


# --- what people wish -----------------------------------------------------------------------


def test_what_someone_put_off_waits_for_its_day_and_the_rest_does_not(world: World) -> None:
    first, second = owned(world, "grace", DUE, DUE, now=at(MONDAY, 11))
    with world.database.transaction() as session:
        grace = world.actors["grace"]
        session.add(
            Snooze(
                person_id=grace.person_id, subject=first, tenant_id=grace.tenant_id, until=THURSDAY
            )
        )
    for subject in (first, second):
        due(world, "grace", subject, at(TUESDAY, 9))
    world.live(at(TUESDAY, 9))
    why = "they asked not to hear of it before Thursday 14 January 2027"
    assert states(world, "grace") == [("waiting", why), ("taken", "")]
    world.live(at(WEDNESDAY, 9))
    world.live(at(THURSDAY, 9))
    assert days(world, "grace")[1:] == [("reminder", TUESDAY), ("reminder", THURSDAY)]


def test_who_wants_one_message_a_week_hears_on_its_first_day_but_always_of_a_deadline(
    world: World,
) -> None:
    subjects = owned(world, "grace", DUE, WEDNESDAY, now=at(MONDAY, 11))
    wish(world, "grace", is_weekly=True)
    due(world, "grace", subjects[0], at(TUESDAY, 9))
    world.live(at(TUESDAY, 9))
    assert states(world, "grace") == [("waiting", "they want one message a week")]
    due(world, "grace", subjects[1], at(WEDNESDAY, 9), due_on=WEDNESDAY, is_deadline=True,
        slot=f"{WEDNESDAY} on the day")  # fmt: skip
    world.live(at(WEDNESDAY, 9))
    assert [state for state, _ in states(world, "grace")] == ["waiting", "taken"]
    world.live(at(MONDAY + timedelta(days=7), 9))
    assert [state for state, _ in states(world, "grace")] == ["taken", "taken"]


def test_quiet_hours_shift_it_within_the_day(world: World) -> None:
    [subject] = owned(world, "grace", DUE, now=at(MONDAY, 11))
    wish(world, "grace", from_hour=14, until_hour=16)
    due(world, "grace", subject, at(TUESDAY, 9))
    world.tick(at(TUESDAY, 9))
    assert world.unasked("grace")[-1].next_at == at(TUESDAY, 14)


def test_what_comes_after_someones_hours_waits_for_tomorrow(world: World) -> None:
    [subject] = owned(world, "grace", DUE, now=at(MONDAY, 11))
    wish(world, "grace", from_hour=9, until_hour=12)
    due(world, "grace", subject, at(TUESDAY, 13))
    world.live(at(TUESDAY, 13))
    assert states(world, "grace") == [("waiting", "their hours are over for today")]
    world.live(at(WEDNESDAY, 9))
    assert days(world, "grace")[1:] == [("reminder", WEDNESDAY)]


# --- people who are away --------------------------------------------------------------------


def away(world: World, who: str, deputy: str = "", until: date = THURSDAY) -> None:
    stands_in = world.actors[deputy].person_id if deputy else None
    wish(world, who, away_from=TUESDAY, away_until=until, deputy_id=stands_in)


def test_an_action_of_someone_away_goes_to_their_deputy_on_its_deadline_too(world: World) -> None:
    [subject] = owned(world, "grace", TUESDAY, now=at(MONDAY, 11))
    away(world, "grace", deputy="des")
    due(world, "grace", subject, at(TUESDAY, 9), due_on=TUESDAY, is_deadline=True,
        slot=f"{TUESDAY} on the day")  # fmt: skip
    world.live(at(TUESDAY, 9))
    assert states(world, "grace") == [("dropped", "gone to their deputy")]
    [row] = reminded.reminders(world, "des")
    grace = world.actors["grace"].person_id
    assert (row.state, row.is_deadline, row.params) == ("taken", True, {"for_person": grace})
    [item] = reminded.seen(world, "des", at(TUESDAY, 9))
    assert (item.why_me, item.for_whom) == ("away", "Grace Adeyemi")


def test_without_a_deputy_or_with_one_who_is_away_it_waits(world: World) -> None:
    [subject] = owned(world, "grace", DUE, now=at(MONDAY, 11))
    away(world, "grace", deputy="des", until=TUESDAY)
    away(world, "des")
    due(world, "grace", subject, at(TUESDAY, 9))
    world.live(at(TUESDAY, 9))
    assert states(world, "grace") == [("waiting", "they are away")]
    world.live(at(WEDNESDAY, 9))
    assert states(world, "grace") == [("taken", "")]


def test_what_someone_hears_in_anothers_place_goes_no_further(world: World) -> None:
    [subject] = owned(world, "grace", DUE, now=at(MONDAY, 11))
    away(world, "kasia", deputy="des")
    due(world, "kasia", subject, at(TUESDAY, 9), why_me="overdue",
        for_person=world.actors["grace"].person_id)  # fmt: skip
    world.live(at(TUESDAY, 9))
    assert states(world, "kasia") == [("waiting", "they are away")]
    assert reminded.reminders(world, "des") == []


def test_a_draft_of_an_area_lead_who_is_away_goes_to_the_reviews_lead(world: World) -> None:
    area_id = world.area(2).id
    away(world, "tom")
    away(world, "amina", until=TUESDAY)
    due(world, "tom", f"area:{area_id}", at(TUESDAY, 9), kind=Kind.DRAFT)
    world.live(at(TUESDAY, 9))
    assert states(world, "tom") == [("waiting", "they are away")]  # so is the review's lead
    world.tick(at(WEDNESDAY, 9))
    assert states(world, "tom") == [("dropped", "gone to the review's lead")]
    assert len(reminded.reminders(world, "amina")) == 1


def test_what_an_owner_says_goes_to_the_reviews_lead_while_the_areas_lead_is_away(
    world: World,
) -> None:
    number = reminded.act(world, DUE, at(MONDAY, 11), owner="grace")
    away(world, "tom")
    world.do(
        actions.refuse, "grace", action_id=number, reason="I have moved on.", now=at(TUESDAY, 9)
    )
    world.tick(at(TUESDAY, 9))
    assert states(world, "tom") == [("dropped", "gone to the review's lead")]
    [item] = reminded.seen(world, "amina", at(TUESDAY, 9))
    assert (item.kind, item.is_over, item.state) == (Kind.ACTION_SAID, False, "refused")


def test_an_answer_to_an_owner_who_is_away_goes_to_their_deputy(world: World) -> None:
    number = reminded.act(world, DUE, at(MONDAY, 11), owner="grace")
    world.live(at(TUESDAY, 9))
    asked, wanted = at(TUESDAY, 10), date(2027, 6, 1).isoformat()
    world.do(
        actions.ask_date, "grace", action_id=number, wanted_on=wanted, reason="Later.", now=asked
    )
    wish(world, "grace", away_from=WEDNESDAY, away_until=THURSDAY,
         deputy_id=world.actors["des"].person_id)  # fmt: skip
    world.do(
        actions.answer_date, "tom", action_id=number, answer="agree", wanted_on=wanted, reason="",
        now=at(WEDNESDAY, 8),
    )  # fmt: skip
    world.tick(at(WEDNESDAY, 9))
    assert states(world, "grace")[-1] == ("dropped", "gone to their deputy")
    [item] = reminded.seen(world, "des", at(WEDNESDAY, 9))
    assert (item.why_me, item.due_on, item.is_over) == ("away", date(2027, 6, 1), False)


def test_the_reviews_own_lead_has_nobody_to_pass_it_on_to(world: World) -> None:
    away(world, "amina", deputy="des")
    due(world, "amina", "area:99", at(TUESDAY, 9), kind=Kind.DRAFT)
    world.tick(at(TUESDAY, 9))
    assert states(world, "amina") == [("waiting", "they are away")]


# --- never for what is done -----------------------------------------------------------------


def test_what_is_done_meanwhile_is_dropped_and_nobody_is_written_to(world: World) -> None:
    [subject] = owned(world, "grace", DUE, now=at(MONDAY, 11))
    due(world, "grace", subject, at(TUESDAY, 8))
    _finish(world, "grace", subject)
    world.live(at(TUESDAY, 9))
    assert states(world, "grace") == [("dropped", "nothing is owed any more")]
    assert days(world, "grace") == [("prompt", MONDAY)]


def _finish(world: World, who: str, subject: str) -> None:
    number = int(subject.partition(":")[2])
    world.do(actions.done, who, action_id=number, changed="People wait less.", now=at(TUESDAY, 8))


def test_of_several_dates_of_one_thing_the_latest_says_it_all(world: World) -> None:
    [subject] = owned(world, "grace", DUE, now=at(MONDAY, 11))
    for slot in ("before 10", "before 2"):
        due(world, "grace", subject, at(TUESDAY, 9), slot=f"{DUE} {slot}")
    world.live(at(TUESDAY, 9))
    assert states(world, "grace") == [("dropped", "a later one says the same"), ("taken", "")]


# --- dropped before it went -----------------------------------------------------------------


def test_a_message_that_is_dropped_gives_its_reminders_back(world: World) -> None:
    [subject] = owned(world, "tom", DUE, now=at(MONDAY, 11))
    next_week = MONDAY + timedelta(days=7)
    due(world, "tom", subject, at(next_week, 9))
    world.tick(at(next_week, 9))
    assert world.unasked("tom")[-1].params["also"]
    world.on_review(reviews.cancel, reason="", now=at(next_week, 9))
    rows = [row for row in reminded.reminders(world, "tom") if row.kind == Kind.ACTION]
    assert [(row.state, row.delivery_id) for row in rows] == [("waiting", None)]
    world.tick(at(next_week, 9, 1))
    assert [state for state, _ in states(world, "tom")] == ["dropped"] * 2  # nothing runs any more


def test_a_weekly_message_takes_over_from_reminders_that_have_not_gone(world: World) -> None:
    [subject] = owned(world, "tom", DUE, now=at(MONDAY, 11))
    friday, next_week = MONDAY + timedelta(days=4), MONDAY + timedelta(days=7)
    due(world, "tom", subject, at(friday, 9))
    world.tick(at(friday, 9))  # and Teams does not answer until Monday
    world.tick(at(next_week, 9))
    *_, reminder, prompt = world.unasked("tom")
    assert (reminder.kind, reminder.state) == ("reminder", "cancelled")
    assert prompt.params["also"] == [row.id for row in reminded.reminders(world, "tom")]


def test_a_days_message_that_had_lost_its_point_goes_once_there_is_another(world: World) -> None:
    subjects = owned(world, "grace", DUE, DUE, now=at(MONDAY, 11))
    due(world, "grace", subjects[0], at(TUESDAY, 9))
    world.tick(at(TUESDAY, 9))
    with world.database.transaction() as session:
        lost = session.get_one(Delivery, world.unasked("grace")[-1].id)
        lost.state, lost.error = DeliveryState.CANCELLED, "nothing is owed any more"
        taking.drop(taking.carried(session, lost), why="", now=at(TUESDAY, 9))
    due(world, "grace", subjects[1], at(TUESDAY, 10))
    world.tick(at(TUESDAY, 10))
    message = world.unasked("grace")[-1]
    assert (message.id, message.state, message.error) == (lost.id, "queued", "")
    assert message.params["ids"] == [reminded.reminders(world, "grace")[1].id]


def test_who_can_be_reached_again_gets_what_did_not_arrive(world: World) -> None:
    subjects = owned(world, "grace", DUE, DUE, now=at(MONDAY, 11))
    for day, subject in zip((TUESDAY, WEDNESDAY), subjects, strict=True):
        due(world, "grace", subject, at(day, 9))
        world.tick(at(day, 9))
        with world.database.transaction() as session:
            failed = session.get_one(Delivery, world.unasked("grace")[-1].id)
            failed.state, failed.settled_at = DeliveryState.FAILED, at(day, 9)
    assert [state for state, _ in states(world, "grace")] == ["taken"] * 2
    with world.database.transaction() as session:
        deliveries.try_again(
            session, person_id=world.actors["grace"].person_id, now=at(THURSDAY, 10)
        )
    world.tick(at(THURSDAY, 10))
    message = world.unasked("grace")[-1]
    assert (message.slot, message.state) == (f"day:{WEDNESDAY}", "queued")
    assert len(message.params["ids"]) == 2
    assert {row.delivery_id for row in reminded.reminders(world, "grace")} == {message.id}


# --- certain --------------------------------------------------------------------------------


@BOTH
def test_after_three_days_down_there_is_one_message(world: World) -> None:
    for days_off in (4, 5, 6):  # ten working days before each of these
        reminded.act(world, MONDAY + timedelta(days=14 + days_off), at(MONDAY, 11), owner="grace")
    friday = MONDAY + timedelta(days=4)
    world.live(at(friday, 14))
    assert days(world, "grace") == [("prompt", MONDAY), ("reminder", friday)]
    assert len(world.unasked("grace")[-1].params["ids"]) == 3
    settled = {("taken", ""), ("dropped", "a later one says the same")}  # that they are asked to
    assert set(states(world, "grace")) == settled


@BOTH
def test_a_restart_between_noting_and_gathering_loses_and_doubles_nothing(world: World) -> None:
    reminded.act(world, MONDAY + timedelta(days=15), at(MONDAY, 11), owner="grace")
    world.database.now(maturing.mature, now=at(TUESDAY, 9))
    before = len(world.rows(Reminder))
    assert world.unasked("grace")[1:] == []
    for minute in (5, 6):  # back again
        world.tick(at(TUESDAY, 9, minute))
    assert len(world.rows(Reminder)) == before
    assert len(world.unasked("grace")) == 2


def test_two_replicas_gather_one_message(postgresql: Database, now: datetime) -> None:
    world = builders.opened(postgresql, now, scope=SMALL)
    for who in ("grace", "des", "kasia"):
        for subject in owned(world, who, DUE, DUE, now=at(MONDAY, 11)):
            due(world, who, subject, at(TUESDAY, 9))
    replica = Database(postgresql.engine.url.render_as_string(hide_password=False))
    with ThreadPoolExecutor(4) as threads:
        settled = list(
            threads.map(
                lambda each: each.now(gathering.gather_all, now=at(TUESDAY, 9)),
                (postgresql, replica, postgresql, replica),
            )
        )
    replica.close()
    assert sum(settled) == 6
    for who in ("grace", "des", "kasia"):
        [_, message] = world.unasked(who)
        assert len(message.params["ids"]) == 2


def test_only_so_many_people_are_settled_in_one_transaction(world: World) -> None:
    for who in ("grace", "des", "kasia"):
        [subject] = owned(world, who, DUE, now=at(MONDAY, 11))
        due(world, who, subject, at(TUESDAY, 9))
    waiting = world.database.now(gathering.whom, now=at(TUESDAY, 9))
    assert waiting == sorted(world.actors[who].person_id for who in ("grace", "des", "kasia"))
    settled = [
        world.database.now(gathering.gather, person_ids=some, now=at(TUESDAY, 9))
        for some in (waiting[:2], waiting[2:], waiting)
    ]
    assert settled == [2, 1, 0]
    assert world.database.now(gathering.whom, now=at(TUESDAY, 9)) == []


def test_who_was_written_to_since_it_was_decided_hears_tomorrow(world: World) -> None:
    [subject] = owned(world, "grace", DUE, now=at(MONDAY, 11))
    due(world, "grace", subject, at(TUESDAY, 9))
    waiting = world.database.now(gathering.whom, now=at(TUESDAY, 9))
    with world.database.transaction() as session:  # another replica's message has gone meanwhile
        deliveries.to_person(
            session, kind="news", person_id=world.actors["grace"].person_id, subject="review:1",
            tenant_id=world.actors["grace"].tenant_id, now=at(TUESDAY, 9),
        )  # fmt: skip
    world.send(at(TUESDAY, 9))
    assert world.database.now(gathering.gather, person_ids=waiting, now=at(TUESDAY, 9, 1)) == 0
    assert [kind for kind, _ in days(world, "grace")[1:]] == ["news"]


# --- the card's own -------------------------------------------------------------------------


def test_a_card_shows_someones_own_reminders_the_most_urgent_first(world: World) -> None:
    first, second = owned(world, "grace", DUE, TUESDAY, now=at(MONDAY, 11))
    for subject, day in ((first, DUE), (second, TUESDAY)):
        due(world, "grace", subject, at(TUESDAY, 9), due_on=day)
    ids = [row.id for row in world.rows(Reminder)]
    shown = world.do(gathering.card, "grace", ids=ids, now=at(TUESDAY, 9))
    assert [item.subject for item in shown.items] == [second, first]
    assert world.do(gathering.card, "des", ids=ids, now=at(TUESDAY, 9)).items == ()
