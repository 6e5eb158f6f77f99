"""Rounds open by the calendar and close by date, or once everyone has answered."""

from datetime import UTC, date, datetime, timedelta

import pytest

from eocif import oversight, review_groups, rounds, views
from eocif.database import Database
from eocif.errors import Invalid, NotFound, NotNow, NotYours
from eocif.models import AuditEvent, Delivery
from eocif.rules.dates import at
from tests import builders
from tests.builders import MONDAY, SMALL, World

TUESDAY, CLOSING = date(2027, 1, 12), date(2027, 1, 25)
NOON = at(MONDAY, 12)


@pytest.fixture
def world(database: Database, now: datetime) -> World:
    """Areas 2 and 3 are open for nine people until Monday 25 January."""
    return builders.opened(database, now, scope=SMALL)


def _events(world: World, event: str) -> list[AuditEvent]:
    return world.rows(AuditEvent, AuditEvent.event == event)


# --- opening --------------------------------------------------------------------------------


def test_areas_open_at_nine_on_their_day_at_the_pace_set(database: Database, now: datetime) -> None:
    world = builders.started(database, now)
    world.tick(at(MONDAY, 8, 59))
    assert world.area(1).state == "waiting"
    world.tick(at(MONDAY, 9))
    assert [world.area(number).state for number in (1, 5, 6)] == ["round_1", "round_1", "waiting"]
    assert world.area(1).opened_at == at(MONDAY, 9)
    world.tick(at(MONDAY + timedelta(days=7), 9))
    assert [world.area(number).state for number in (6, 10, 11)] == ["round_1"] * 2 + ["waiting"]


def test_after_an_outage_what_was_due_opens_and_a_second_tick_does_nothing(
    database: Database, now: datetime
) -> None:
    world = builders.started(database, now)
    late = at(MONDAY + timedelta(days=9), 11)
    for _replica in range(2):
        world.tick(late)
    assert len(_events(world, "round opened")) == 10


def test_a_draft_or_cancelled_review_opens_nothing(database: Database, now: datetime) -> None:
    world = builders.drafted(database, now, scope=SMALL)
    world.tick(at(MONDAY, 9))
    assert world.area(2).state == "waiting"


# --- closing by date ------------------------------------------------------------------------


def test_a_round_closes_a_quarter_past_five_on_its_day(world: World) -> None:
    world.rate("grace", 2, "achieving", NOON)
    assert world.tick(at(CLOSING, 17, 14)) == []
    assert world.tick(at(CLOSING, 17, 15)) == [world.area(2).id, world.area(3).id]
    assert world.tick(at(CLOSING, 17, 16)) == []
    assert (world.area(2).state, world.area(2).closed_at) == ("drafting", at(CLOSING, 17, 15))
    assert [row.detail for row in _events(world, "round closed")] == [
        {"round": 1, "because": "the day came"}
    ] * 2


def test_in_summer_five_o_clock_is_londons(database: Database) -> None:
    june = datetime(2027, 6, 3, 10, tzinfo=UTC)
    world = builders.drafted(database, june, scope=SMALL)
    with world.database.transaction() as session:
        review = session.get_one(rounds.Review, world.review_id)
        review.start_on, review.answer_days = date(2027, 6, 7), 1
        session.add(review)
    world.on_review(builders.reviews.start, now=june)
    world.tick(datetime(2027, 6, 7, 8, tzinfo=UTC))
    assert world.area(2).state == "round_1"
    assert world.tick(datetime(2027, 6, 8, 16, 14, tzinfo=UTC)) == []
    assert world.tick(datetime(2027, 6, 8, 16, 15, tzinfo=UTC)) != []


# --- closing once everyone has answered -----------------------------------------------------


def test_once_everyone_has_answered_a_round_closes_on_the_next_working_day(world: World) -> None:
    world.answer_all(2, NOON, but={"grace"})
    assert world.area(2).early_on is None
    world.rate("grace", 2, "achieving", at(MONDAY, 17, 20))
    assert (world.area(2).early_on, world.area(3).early_on) == (TUESDAY, None)
    assert world.tick(at(TUESDAY, 17, 14)) == []
    assert world.rate("tom", 2, {"2a": "progressing"}, at(TUESDAY, 17, 14)).notice == ""
    assert world.tick(at(TUESDAY, 17, 15)) == [world.area(2).id]
    assert _events(world, "round closed")[0].detail == {
        "round": 1, "because": "everyone answered",
    }  # fmt: skip


def test_over_a_weekend_the_next_working_day_is_monday(world: World) -> None:
    world.answer_all(2, at(date(2027, 1, 16), 10))
    assert world.area(2).early_on == date(2027, 1, 18)


def test_an_answer_taken_back_lifts_the_early_closing(world: World) -> None:
    world.answer_all(2, NOON)
    world.do(views.withdraw, "grace", place=world.place(2), now=NOON)
    assert world.area(2).early_on is None
    world.rate("grace", 2, "achieving", at(TUESDAY, 12))
    assert world.area(2).early_on == date(2027, 1, 13)
    world.do(views.clear, "grace", place=world.place(2), what=("level_2a",), now=NOON)
    assert world.area(2).early_on is None


def test_who_joins_late_is_waited_for(world: World) -> None:
    world.answer_all(2, NOON)
    joan = [world.sample.person("joan").entra_id]
    world.on_review(
        review_groups.add_people, perspective_key="volunteers", entra_ids=joan, now=NOON
    )
    assert world.area(2).early_on is None
    world.rate("joan", 2, "achieving", at(TUESDAY, 12))
    assert world.area(2).early_on == date(2027, 1, 13)


def test_when_the_last_who_owed_leaves_the_round_closes_on_the_next_day_not_at_once(
    world: World,
) -> None:
    world.answer_all(2, NOON, but={"des"})
    later = at(date(2027, 1, 20), 12)
    world.on_review(review_groups.remove_member, member_id=world.members["des"], now=later)
    assert world.area(2).early_on == date(2027, 1, 21)
    assert world.form("tom", 2, later).state == "open"


# --- extending ------------------------------------------------------------------------------


def _extend(world: World, until: str, now: datetime = NOON, who: str = "amina") -> date:
    return world.on_review(rounds.extend, who, number=2, until=until, now=now)


def test_the_lead_gives_a_round_a_later_day(world: World) -> None:
    world.answer_all(2, NOON)
    assert _extend(world, "Friday 29 January 2027") == date(2027, 1, 29)
    assert (world.area(2).closes_on, world.area(2).early_on) == (date(2027, 1, 29), None)
    assert world.area(3).closes_on == CLOSING
    assert world.tick(at(CLOSING, 18)) == [world.area(3).id]


def test_an_extension_stands_when_someone_answers_another_area(world: World) -> None:
    world.answer_all(2, NOON)
    _extend(world, "29 January 2027")
    world.answer_all(3, NOON)
    world.on_review(review_groups.remove_member, member_id=world.members["des"], now=NOON)
    assert (world.area(2).early_on, world.area(3).early_on) == (None, TUESDAY)


@pytest.mark.parametrize(
    ("until", "sentence"),
    [
        ("later", "We could not read this date. Type it like 18 February 2028."),
        ("11/01/2027", "Choose a working day after today."),
        ("30 January 2027", "Choose a working day after today."),
        ("20 January 2027", "The round already closes on Monday 25 January 2027. "
         "Choose a later day."),
        ("31 December 9999", "This day is too far ahead. Choose one within a year."),
    ],
)  # fmt: skip
def test_a_day_that_cannot_be_is_said_in_words(until: str, sentence: str, world: World) -> None:
    with pytest.raises(Invalid) as refused:
        _extend(world, until)
    assert refused.value.problems[0].sentence == sentence
    assert world.area(2).closes_on == CLOSING


def test_only_the_lead_moves_dates_and_only_of_an_open_round(world: World) -> None:
    for who in ("tom", "grace"):
        with pytest.raises(NotYours):
            _extend(world, "29 January 2027", who=who)
    late = at(CLOSING, 17, 15)
    with pytest.raises(NotNow) as refused:
        _extend(world, "29 January 2027", late)
    assert refused.value.sentence == (
        "Area 2 has no open round now. Nothing was changed. "
        "Type “review” to see every area's dates."
    )
    with pytest.raises(NotFound):
        world.on_review(rounds.extend, number=4, until="29 January 2027", now=NOON)


# --- closing early --------------------------------------------------------------------------


def _close(world: World, now: datetime) -> date:
    return world.on_review(rounds.close_early, number=2, now=now)


def test_a_round_closes_early_once_enough_different_people_answered(world: World) -> None:
    for who in ("tom", "ruth", "kasia", "des"):
        world.rate(who, 2, "achieving", NOON)
    with pytest.raises(NotNow) as refused:
        _close(world, NOON)
    assert refused.value.sentence == (
        "Area 2 cannot close yet: it needs answers from 5 people and 3 perspectives, one with "
        "lived experience. The round stays open and every answer is kept. "
        "You can remind those who have not answered."
    )
    world.rate("peter", 2, "achieving", NOON)
    with pytest.raises(NotNow):
        _close(world, NOON)  # five people, and nobody with lived experience
    world.rate("grace", 2, "dont_know", NOON)
    assert _close(world, NOON) == MONDAY
    assert world.form("sunil", 2, at(MONDAY, 17, 14)).state == "open"
    assert world.tick(at(MONDAY, 17, 15)) == [world.area(2).id]


def test_after_five_a_round_closed_early_closes_on_the_next_working_day(world: World) -> None:
    world.answer_all(2, NOON, but={"des"})
    friday = at(date(2027, 1, 15), 17, 1)
    assert _close(world, friday) == date(2027, 1, 18)


def test_closing_early_never_makes_a_round_longer(world: World) -> None:
    world.answer_all(2, at(date(2027, 1, 14), 12))
    assert world.area(2).early_on == date(2027, 1, 15)
    assert _close(world, at(date(2027, 1, 15), 17, 5)) == date(2027, 1, 15)


# --- what people see of it ------------------------------------------------------------------


def test_a_review_at_a_glance_says_what_opens_and_closes_next(
    database: Database, now: datetime
) -> None:
    world = builders.opened(database, now)
    world.answer_all(2, NOON)
    summary = world.on_review(oversight.review_summary, now=NOON)
    assert summary.next_dates[:3] == (
        (TUESDAY, "Area 2 closes at 5pm"),
        (date(2027, 1, 18), "Areas 6 to 10 open"),
        (CLOSING, "Areas 1 and 3 to 5 close at 5pm"),
    )


def test_sent_messages_follow_a_closed_round_on_the_next_working_morning(world: World) -> None:
    friday = date(2027, 1, 29)
    for number in (2, 3):
        world.on_review(rounds.extend, number=number, until=friday.isoformat(), now=NOON)
    world.tick(at(friday, 17, 15))
    updates = world.rows(Delivery, Delivery.kind == "update")
    assert {row.next_at for row in updates} == {at(date(2027, 2, 1), 9)}
    assert {row.target_id for row in updates} == {
        row.id for row in world.rows(Delivery, Delivery.kind == "prompt")
    }
