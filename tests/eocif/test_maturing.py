"""When rounds and drafts are remembered, and by whom."""

from datetime import date, datetime

import pytest

from eocif import review_groups, reviews, rounds, set_up
from eocif.database import Database
from eocif.models import Delivery, Person, Review
from eocif.rules.dates import at
from eocif.time_models import Reminder
from tests import after_the_close, builders, confirming, to_the_end
from tests.after_the_close import NEXT_MORNING
from tests.builders import MONDAY, SMALL, World
from tests.reminded import every_day, mature, reminders

# Both databases: tests/eocif/test_maturing_once.py.
pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)

NOON = at(MONDAY, 12)
HALF, BEFORE, CLOSES = date(2027, 1, 18), date(2027, 1, 21), date(2027, 1, 25)
WITH_TEAMS = ["amina", "des", "grace", "kasia", "peter", "ruth", "sunil", "tom"]
ROUND_1 = "2027-01-25 {}, round 1"


@pytest.fixture
def world(database: Database, now: datetime) -> World:
    return builders.opened(database, now, scope=SMALL)


# --- rounds -------------------------------------------------------------------------------


def test_a_round_is_remembered_three_times_by_all_who_owe_an_answer(world: World) -> None:
    found = every_day(world, MONDAY, CLOSES)
    assert found == [
        (day, (who, "round", ROUND_1.format(slot)))
        for day, slot in ((HALF, "half time"), (BEFORE, "before 2"), (CLOSES, "on the day"))
        for who in WITH_TEAMS
    ]


def test_a_round_is_one_thing_for_a_person_however_many_areas_it_has(world: World) -> None:
    mature(world, CLOSES)
    [row] = reminders(world, "grace")
    assert (row.subject, row.due_on, row.is_deadline) == (f"review:{world.review_id}", CLOSES, True)
    assert (row.state, row.params, row.review_id) == ("waiting", {}, world.review_id)


def test_who_has_answered_hears_no_more_of_it(world: World) -> None:
    world.rate("grace", 2, "achieving", NOON)
    assert "grace" in [who for who, _, _ in mature(world, HALF)]
    world.rate("grace", 3, "achieving", at(HALF, 12))
    world.answer_all(2, at(HALF, 12), but={"des", "grace"})
    world.answer_all(3, at(HALF, 12), but={"des", "grace"})
    assert [who for who, _, _ in mature(world, BEFORE)] == ["des"]


def test_answers_of_people_without_teams_are_their_area_leads_task(world: World) -> None:
    for area in (2, 3):
        world.answer_all(area, NOON, but={"doris", "des"})
    assert mature(world, HALF) == [
        (who, "round", ROUND_1.format("half time")) for who in ("des", "tom")
    ]


def test_where_nothing_reaches_an_area_lead_the_reviews_lead_hears_of_it(world: World) -> None:
    for area in (2, 3):
        world.answer_all(area, NOON, but={"doris"})
    _unreachable(world, "tom")
    assert [who for who, _, _ in mature(world, HALF)] == ["amina"]


def test_who_joins_after_half_time_is_not_told_of_half_time(world: World) -> None:
    mature(world, HALF)
    _add_joan(world)
    assert every_day(world, HALF, date(2027, 1, 20)) == []
    assert "joan" in [who for who, _, _ in mature(world, BEFORE)]


def test_a_round_that_nobody_owes_an_answer_to_closes_in_silence(world: World) -> None:
    for area in (2, 3):
        world.answer_all(area, NOON)
    assert world.area(2).look_on == MONDAY  # the round closes early: looked at anew
    assert every_day(world, MONDAY, CLOSES) == []
    assert world.area(2).look_on is None


def test_a_round_extended_after_its_reminder_has_new_days(world: World) -> None:
    mature(world, BEFORE)
    world.on_review(rounds.extend, number=2, until="2027-02-01", now=at(BEFORE, 12))
    found = every_day(world, BEFORE, date(2027, 2, 1))
    of_grace = [(day, slot) for day, (who, _, slot) in found if who == "grace"]
    assert of_grace == [
        (CLOSES, "2027-01-25 on the day, round 1"),  # of area 3, which still closes then
        (date(2027, 1, 28), "2027-02-01 before 2, round 1"),
        (date(2027, 2, 1), "2027-02-01 on the day, round 1"),
    ]


def test_a_round_closed_early_is_remembered_on_that_day(world: World) -> None:
    world.answer_all(2, NOON, but={"grace", "des"})
    world.on_review(rounds.close_early, number=2, now=at(MONDAY, 13))
    assert [(who, slot) for who, _, slot in mature(world, MONDAY, 13)] == [
        ("des", "2027-01-11 on the day, round 1"), ("grace", "2027-01-11 on the day, round 1"),
    ]  # fmt: skip


def test_a_round_that_stays_open_after_all_is_looked_at_again(world: World) -> None:
    for area in (2, 3):
        world.answer_all(area, NOON)
    mature(world, MONDAY, 13)
    _add_joan(world)
    assert world.area(2).early_on is None
    found = every_day(world, date(2027, 1, 12), CLOSES)
    assert [(day, who) for day, (who, _, _) in found] == [
        (HALF, "joan"), (BEFORE, "joan"), (CLOSES, "joan")
    ]  # fmt: skip


def test_two_weeks_rounds_are_remembered_apart(database: Database, now: datetime) -> None:
    world = builders.opened(database, now, scope={"1": "1,2,3,4", "2": "5,6"})
    world.live(at(date(2027, 1, 18), 9))
    found = every_day(world, MONDAY, CLOSES)
    of_grace = [(day, slot) for day, (who, _, slot) in found if who == "grace"]
    assert of_grace[-2:] == [
        (CLOSES, "2027-01-25 on the day, round 1"), (CLOSES, "2027-02-01 half time, round 1"),
    ]  # fmt: skip


def test_a_second_round_is_remembered_too(database: Database, now: datetime) -> None:
    world = after_the_close.in_round_2(database, now)
    confirming.respond_all(world, 2, confirming.TUESDAY, but={"grace"})
    confirming.respond_all(world, 3, confirming.TUESDAY, but={"grace"})
    found = every_day(world, confirming.ASKED_ON, confirming.CLOSES_ON)
    assert {line for _, line in found} >= {("grace", "round", "2027-01-25 on the day, round 2")}
    assert {who for day, (who, _, _) in found if day > confirming.ASKED_ON} == {"grace"}


def test_a_cancelled_review_is_remembered_by_nobody(world: World) -> None:
    world.on_review(reviews.cancel, reason="", now=NOON)
    assert every_day(world, MONDAY, CLOSES) == []
    assert world.area(2).look_on is None


# --- drafts -------------------------------------------------------------------------------


def test_a_draft_is_remembered_by_its_lead_and_after_ten_days_by_the_reviews(
    database: Database, now: datetime
) -> None:
    world = after_the_close.drafting(database, now)
    area = world.area(2)
    assert every_day(world, date(2027, 1, 14), date(2027, 2, 4)) == [
        (day, (who, "draft", f"2027-01-20 {slot}"))
        for day, people, slot in (
            (date(2027, 1, 20), ["tom"], "on the day"), (date(2027, 1, 27), ["tom"], "overdue 5"),
            (date(2027, 2, 3), ["amina", "tom"], "overdue 10"),
        )
        for who in people
        for _ in (2, 3)
    ]  # fmt: skip
    [first, *_] = reminders(world, "amina")
    assert first.subject == f"area:{area.id}"
    assert first.params == {"why_me": "overdue", "for_person": world.actors["tom"].person_id}


def test_a_conclusion_is_remembered_when_it_is_due(database: Database, now: datetime) -> None:
    world = to_the_end.concluding(database, now)
    assert (
        every_day(world, date(2027, 1, 26), date(2027, 2, 1))
        == [(date(2027, 2, 1), ("tom", "draft", "2027-02-01 on the day"))] * 2
    )


def test_a_draft_that_went_round_is_no_longer_due(database: Database, now: datetime) -> None:
    world = after_the_close.drafting(database, now)
    for area in (2, 3):
        after_the_close.sent(world, area, NEXT_MORNING)
    found = every_day(world, date(2027, 1, 14), date(2027, 1, 20))
    assert {kind for _, (_, kind, _) in found} == {"round"}


def test_the_reviews_lead_hears_of_a_draft_whose_lead_nothing_reaches(
    database: Database, now: datetime
) -> None:
    world = after_the_close.drafting(database, now)
    _unreachable(world, "tom")
    assert {who for who, _, _ in mature(world, date(2027, 1, 20))} == {"amina"}
    assert {row.params["why_me"] for row in reminders(world, "amina")} == {"unreachable"}


# --- when ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "hour"),
    [(HALF, 8), (HALF, 17), (date(2027, 1, 23), 10), (date(2027, 1, 24), 10)],
)
def test_nothing_comes_due_outside_working_hours(world: World, day: date, hour: int) -> None:
    assert mature(world, day, hour, 59 if hour == 8 else 0) == []


def test_after_three_days_without_a_service_only_the_latest_is_remembered(world: World) -> None:
    found = mature(world, date(2027, 1, 22))
    assert {slot for _, _, slot in found} == {ROUND_1.format("before 2")}
    assert every_day(world, date(2027, 1, 22), date(2027, 1, 22)) == []


def test_a_clock_that_goes_back_and_forth_remembers_nothing_twice(world: World) -> None:
    days = (HALF, date(2027, 1, 15), HALF, BEFORE, HALF, BEFORE)
    assert [bool(mature(world, day)) for day in days] == [
        True, False, False, True, False, False,
    ]  # fmt: skip


def test_a_new_lead_hears_of_what_comes_next(database: Database, now: datetime) -> None:
    world = after_the_close.drafting(database, now)
    mature(world, date(2027, 1, 20))
    leads = {name: str(world.actors[name].person_id) for name in ("tom", "kasia")}
    world.on_review(
        set_up.save_leads, posted={"1": leads["kasia"]}, now=at(date(2027, 1, 21), 9),
        shown=builders.digests({"1": leads["tom"]}),
    )  # fmt: skip
    found = every_day(world, date(2027, 1, 21), date(2027, 1, 27))
    assert {who for _, (who, _, _) in found} == {"kasia"}


def test_what_has_come_due_sends_nothing_by_itself(world: World) -> None:
    before = len(world.rows(Delivery))
    mature(world, HALF)
    assert len(world.rows(Delivery)) == before
    assert len(world.rows(Reminder)) == len(WITH_TEAMS)
    assert world.rows(Review)[0].look_on is not None


def _unreachable(world: World, key: str) -> None:
    with world.database.transaction() as session:
        person = session.get_one(Person, world.actors[key].person_id)
        person.unreachable = "They have blocked the app in Teams."
        session.add(person)


def _add_joan(world: World) -> None:
    world.on_review(
        review_groups.add_people, perspective_key="volunteers", now=at(date(2027, 1, 12), 10),
        entra_ids=[world.sample.person("joan").entra_id],
    )  # fmt: skip
