"""The day's message: everything that someone is to remember today, once."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import Session

from eocif import (
    actions,
    gathering,
    reminders,
)
from eocif.database import Database
from eocif.models import Delivery, Member, Review, ReviewArea
from eocif.rules.dates import at
from eocif.rules.reminding import Kind
from eocif.time_models import Reminder
from tests import reminded
from tests.builders import MONDAY, World
from tests.gathered import (
    BEFORE_CLOSING,
    BOTH,
    CLOSES_ON,
    DUE,
    TUESDAY,
    WEDNESDAY,
    begun,
    days,
    due,
    owned,
    states,
)


@pytest.fixture
def kind(request: pytest.FixtureRequest) -> str:
    """SQLite, unless a test is about what two databases might do differently."""
    return str(getattr(request, "param", "sqlite"))


@pytest.fixture
def world(database: Database, now: datetime) -> World:
    """Areas 2 and 3 are open, everyone has been asked, and Grace has answered."""
    return begun(database, now)


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


# --- the card's own -------------------------------------------------------------------------


def test_a_card_shows_someones_own_reminders_the_most_urgent_first(world: World) -> None:
    first, second = owned(world, "grace", DUE, TUESDAY, now=at(MONDAY, 11))
    for subject, day in ((first, DUE), (second, TUESDAY)):
        due(world, "grace", subject, at(TUESDAY, 9), due_on=day)
    ids = [row.id for row in world.rows(Reminder)]
    shown = world.do(gathering.card, "grace", ids=ids, now=at(TUESDAY, 9))
    assert [item.subject for item in shown.items] == [second, first]
    assert world.do(gathering.card, "des", ids=ids, now=at(TUESDAY, 9)).items == ()
