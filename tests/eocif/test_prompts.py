"""Who is asked, when, and how often."""

from datetime import UTC, date, datetime, timedelta

import pytest

from eocif import deliveries, messages, prompts, reminders, review_groups, reviews
from eocif.database import Database
from eocif.models import Delivery, DeliveryState, Review
from eocif.rules.dates import at, london_day
from tests import builders
from tests.builders import MONDAY, SMALL, World

NEXT = MONDAY + timedelta(days=7)


@pytest.fixture
def world(database: Database, now: datetime) -> World:
    """All areas, five a week; everyone with Teams has been asked about the first five."""
    return builders.opened(database, now)


def _areas(row: Delivery) -> list[int]:
    return list(row.params["areas"])


def _days(world: World, who: str) -> list[date]:
    live = [row for row in world.unasked(who) if row.state != DeliveryState.CANCELLED]
    return [london_day(row.settled_at or row.next_at) for row in live]


# --- one message a week ---------------------------------------------------------------------


def test_everyone_with_teams_is_asked_once_a_week(world: World) -> None:
    for day in range(5):
        for hour in (9, 12, 16):
            world.live(at(MONDAY + timedelta(days=day), hour))
    for who in world.members.keys() - {"doris"}:
        [prompt] = world.unasked(who)
        assert (prompt.kind, _areas(prompt)) == ("prompt", [1, 2, 3, 4, 5])


def test_next_week_asks_for_the_new_and_the_unfinished_but_never_for_what_was_answered(
    world: World,
) -> None:
    for number in (1, 3):
        world.rate("grace", number, "achieving", at(MONDAY, 10))
    world.rate("grace", 2, {"2a": "achieving"}, at(MONDAY, 10))
    world.live(at(NEXT, 9))
    assert _areas(world.unasked("grace")[1]) == [2, 4, 5, 6, 7, 8, 9, 10]
    assert _areas(world.unasked("tom")[1]) == list(range(1, 11))


def test_the_older_message_becomes_a_pointer(world: World) -> None:
    world.tick(at(NEXT, 9))
    older, newer = world.unasked("grace")
    [update] = world.rows(Delivery, Delivery.target_id == older.id)
    assert (update.kind, update.next_at) == ("update", at(NEXT, 9))
    world.send(at(NEXT, 9))
    with world.database.transaction() as session:
        assert deliveries.newer_message(session, message=older)
        assert not deliveries.newer_message(session, message=newer)


def test_who_owes_nothing_is_not_written_to(database: Database, now: datetime) -> None:
    world = builders.opened(database, now, scope=SMALL)
    for number in (2, 3):
        world.rate("grace", number, "dont_know", at(MONDAY, 10))
    world.live(at(NEXT, 9))
    assert len(world.unasked("grace")) == 1
    assert len(world.unasked("peter")) == 2


def test_after_the_last_round_only_who_leads_its_areas_is_written_to(
    database: Database, now: datetime
) -> None:
    world = builders.opened(database, now, scope=SMALL)
    for week in range(1, 5):
        world.live(at(MONDAY + timedelta(weeks=week), 9))
        world.live(at(MONDAY + timedelta(weeks=week), 17, 15))
    assert [row.slot for row in world.unasked("des")] == ["week:0", "week:1", "week:2"]
    assert [row.slot for row in world.unasked("tom")] == [f"week:{week}" for week in range(5)]


# --- working days and hours -----------------------------------------------------------------


def test_messages_go_out_in_working_hours_only(database: Database, now: datetime) -> None:
    world = builders.started(database, now)
    for moment in (at(MONDAY, 8, 59), at(MONDAY, 17), at(MONDAY + timedelta(days=5), 12)):
        world.tick(moment)
        assert world.rows(Delivery, Delivery.kind == "prompt") == []
    world.tick(at(NEXT, 9))
    assert len(world.unasked("tom")) == 1


def test_a_week_that_begins_on_a_bank_holiday_is_asked_on_the_next_working_day(
    database: Database,
) -> None:
    march = datetime(2027, 3, 18, 10, tzinfo=UTC)
    world = builders.drafted(database, march)
    with world.database.transaction() as session:
        review = session.get_one(Review, world.review_id)
        review.start_on = date(2027, 3, 22)
        session.add(review)
    world.on_review(reviews.start, now=march)
    for day in range(10):  # Good Friday is 26 March, Easter Monday 29 March
        world.live(at(date(2027, 3, 22) + timedelta(days=day), 9))
    asked, half_time = [date(2027, 3, 22), date(2027, 3, 30)], date(2027, 3, 31)
    assert _days(world, "tom") == [*asked, half_time]


def test_a_review_that_begins_at_a_weekend_asks_on_monday(
    database: Database, now: datetime
) -> None:
    world = builders.drafted(database, now)
    with world.database.transaction() as session:
        review = session.get_one(Review, world.review_id)
        review.start_on = MONDAY - timedelta(days=2)
        session.add(review)
    world.on_review(reviews.start, now=now)
    for day in range(12):
        world.live(at(MONDAY - timedelta(days=3 - day), 9))
    assert _days(world, "tom") == [MONDAY, NEXT]


def test_nothing_is_asked_before_the_first_day(database: Database, now: datetime) -> None:
    world = builders.started(database, now)
    assert database.now(prompts.running, now=now) == []
    assert database.now(prompts.queue_weekly, review_id=world.review_id, now=now) == 0


def test_after_an_outage_one_message_says_all(world: World) -> None:
    world.live(at(MONDAY + timedelta(days=15), 14))
    _, second = world.unasked("tom")
    assert (second.slot, _areas(second)) == ("week:2", list(range(6, 16)))  # 1 to 5 have closed


# --- late joiners ---------------------------------------------------------------------------


def test_who_joins_late_is_asked_the_same_day_for_what_is_open(world: World) -> None:
    joan = [world.sample.person("joan").entra_id]
    wednesday = at(MONDAY + timedelta(days=2), 11)
    world.on_review(
        review_groups.add_people, perspective_key="volunteers", entra_ids=joan, now=wednesday
    )
    world.live(wednesday)
    [prompt] = world.unasked("joan")
    assert (_areas(prompt), prompt.created_at) == ([1, 2, 3, 4, 5], wednesday)


# --- one unasked-for message for each person and working day --------------------------------


def test_a_reminder_and_a_prompt_never_come_on_one_day(world: World) -> None:
    world.on_review(reminders.remind, now=at(NEXT, 8, 50))  # before the working day begins
    world.live(at(NEXT, 9))
    nudge = world.unasked("tom")[1]
    assert (nudge.kind, nudge.state) == ("nudge", "cancelled")  # the prompt says it all
    assert _days(world, "tom") == [MONDAY, NEXT]


def test_who_was_reminded_today_is_prompted_tomorrow(world: World) -> None:
    friday = at(MONDAY + timedelta(days=4), 18)
    world.on_review(reminders.remind, now=friday)
    world.send(at(NEXT, 9, 5))  # the reminder was faster than a tick that came late
    world.live(at(NEXT, 9, 6))
    assert _days(world, "tom") == [MONDAY, NEXT]
    world.live(at(NEXT + timedelta(days=1), 9))
    assert _days(world, "tom") == [MONDAY, NEXT, NEXT + timedelta(days=1)]
    assert [row.kind for row in world.unasked("tom")] == ["prompt", "nudge", "prompt"]


def test_two_reviews_share_the_day(world: World, database: Database) -> None:
    first = world.review_id
    with database.transaction() as session:
        more = {"now": at(MONDAY, 10), "actor": world.actors["ruth"]}
        second = reviews.start_set_up(session, nonce="9" * 16, **more)
        review_groups.add_people(
            session, review_id=second, perspective_key="clinical_leaders",
            entra_ids=[world.sample.person("tom").entra_id], **more,
        )  # fmt: skip
        reviews.start(session, review_id=second, **more)
    world.live(at(NEXT, 9))
    world.live(at(NEXT + timedelta(days=1), 9))
    asked = {row.review_id: london_day(row.created_at) for row in world.unasked("tom")}
    assert asked == {first: NEXT, second: NEXT + timedelta(days=1)}


def test_a_reminder_waits_for_the_next_day_that_is_free(world: World) -> None:
    done = world.on_review(reminders.remind, now=at(MONDAY, 11))
    assert "Tom Okafor" in done.reminded
    # A little after nine: the morning's own message, which says more, goes first.
    assert world.unasked("tom")[1].next_at == at(MONDAY + timedelta(days=1), 9, 5)


def test_an_older_message_follows_a_reminder_on_the_morning_after(world: World) -> None:
    wednesday = MONDAY + timedelta(days=2)
    world.on_review(reminders.remind, now=at(wednesday, 11))
    world.send(at(wednesday, 11))
    older = world.unasked("tom")[0]
    [update] = world.rows(Delivery, Delivery.target_id == older.id)
    assert update.next_at == at(wednesday + timedelta(days=1), 9)


# --- messages and their updates -------------------------------------------------------------


def test_an_update_that_waits_is_moved_not_doubled(world: World) -> None:
    message = world.unasked("tom")[0]
    for minute, params in ((0, {"card": "week"}), (5, None)):
        now = at(MONDAY, 10, minute)
        with world.database.transaction() as session:
            deliveries.update_message(session, message=message, now=now, due=now, params=params)
    [update] = world.rows(Delivery, Delivery.target_id == message.id)
    assert (update.next_at, update.params) == (at(MONDAY, 10, 5), message.params)


def test_a_pressed_message_is_found_by_where_and_which_it_is(world: World) -> None:
    message = world.unasked("tom")[0]
    with world.database.transaction() as session:
        found = deliveries.message_at(
            session, conversation_id=message.conversation_id, activity_id=message.activity_id
        )
        assert found is not None
        assert found.id == message.id
        assert deliveries.message_at(session, conversation_id="x", activity_id="") is None


@pytest.mark.parametrize(
    ("now", "morning"),
    [
        (at(MONDAY, 8), at(MONDAY, 9)),
        (at(MONDAY, 9), at(MONDAY + timedelta(days=1), 9)),
        (at(MONDAY + timedelta(days=4), 18), at(NEXT, 9)),
        (at(MONDAY + timedelta(days=5), 12), at(NEXT, 9)),
    ],
)
def test_the_next_working_morning(now: datetime, morning: datetime) -> None:
    assert messages.next_morning(now) == morning


def test_an_answer_to_a_mention_goes_to_its_channel(world: World) -> None:
    for _press in range(2):
        with world.database.transaction() as session:
            deliveries.to_channel(
                session, kind="reply", tenant_id=world.sample.tenant_id,
                conversation_id="19:c", service_url=builders.SERVICE, subject="activity-9",
                now=at(MONDAY, 10), card="status",
            )  # fmt: skip
    [reply] = world.rows(Delivery, Delivery.kind == "reply")
    assert (reply.recipient, reply.params) == ("conversation:19:c", {"card": "status"})
