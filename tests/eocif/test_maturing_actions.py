"""When actions are remembered, and by whom; forums' dates too."""

from datetime import date, datetime

import pytest

from eocif import actions, maturing, reviews
from eocif.database import Database
from eocif.models import Person, Review, SQLModel
from eocif.rules.dates import at
from eocif.time_models import Action, Meeting
from tests import to_the_end
from tests.builders import World
from tests.reminded import act, action, change, every_day, mature, person, reminders
from tests.to_the_end import SIGNED_OFF_AT

# Both databases: tests/eocif/test_maturing_once.py.
pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)

SIGNED = date(2027, 1, 27)
DEADLINE = date(2027, 4, 1)
BEFORE_10, BEFORE_2, LATE_5 = date(2027, 3, 16), date(2027, 3, 30), date(2027, 4, 8)
LATE_10, LATE_15, LATE_20 = date(2027, 4, 15), date(2027, 4, 22), date(2027, 4, 29)
MADE = at(SIGNED, 12)


@pytest.fixture
def world(database: Database, now: datetime) -> World:
    return to_the_end.signed_off(database, now)


def _of_actions(world: World, first: date, last: date) -> list[tuple[date, str, str]]:
    found = every_day(world, first, last)
    return [(day, who, slot) for day, (who, kind, slot) in found if kind == "action"]


def _slots(slot: str, *who: str) -> list[tuple[str, str]]:
    return [(each, f"{DEADLINE} {slot}") for each in who]


@pytest.mark.covers("R42")
def test_an_owner_is_reminded_before_on_and_after_the_deadline_and_then_their_leads(
    world: World,
) -> None:
    act(world, DEADLINE, MADE)
    assert _of_actions(world, SIGNED, LATE_20) == [
        (day, *line)
        for day, lines in (
            (BEFORE_10, _slots("before 10", "grace")),
            (BEFORE_2, _slots("before 2", "grace")),
            (DEADLINE, _slots("on the day", "grace")),
            (LATE_5, _slots("overdue 5", "grace")),
            (LATE_10, _slots("overdue 10", "grace", "tom")),
            (LATE_15, _slots("overdue 15", "amina", "grace", "tom")),
            (LATE_20, _slots("overdue 20", "grace")),
        )
        for line in lines
    ]


@pytest.mark.covers("R42")
@pytest.mark.parametrize("how", ["done", "withdrawn"])
def test_nobody_is_reminded_of_a_closed_action(world: World, how: str) -> None:
    action_id = act(world, DEADLINE, MADE)
    if how == "done":
        world.do(actions.done, "grace", action_id=action_id, changed="They feel safer.", now=MADE)
    else:
        world.do(actions.withdraw, action_id=action_id, reason="Another team does it.", now=MADE)
    assert _of_actions(world, SIGNED, LATE_20) == []
    assert action(world, action_id).look_on is None


def test_a_closed_action_that_is_open_again_is_remembered_again(world: World) -> None:
    action_id = act(world, DEADLINE, MADE)
    world.do(actions.withdraw, action_id=action_id, reason="Another team does it.", now=MADE)
    assert _of_actions(world, SIGNED, BEFORE_10) == []
    world.do(actions.resume, action_id=action_id, reason="They do not.", now=at(BEFORE_10, 12))
    assert _of_actions(world, BEFORE_10, BEFORE_2) == [(BEFORE_2, *_slots("before 2", "grace")[0])]


def test_someone_without_teams_is_reminded_through_their_areas_lead(world: World) -> None:
    act(world, DEADLINE, MADE, owner="doris")
    assert _of_actions(world, SIGNED, BEFORE_10) == [(BEFORE_10, *_slots("before 10", "tom")[0])]
    [row] = reminders(world, "tom", "action")
    assert row.params["why_me"] == "no_teams"
    assert row.params["for_person"] == person(world, "doris")


def test_what_nobody_owns_is_the_area_leads_and_where_nothing_reaches_them_the_leads(
    world: World,
) -> None:
    act(world, DEADLINE, MADE, owner="")
    assert [who for _, who, _ in _of_actions(world, SIGNED, BEFORE_10)] == ["tom"]
    _set(world, Person, world.actors["tom"].person_id, unreachable="They removed the app.")
    assert [who for _, who, _ in _of_actions(world, SIGNED, BEFORE_2)] == ["amina"]


def test_what_its_owner_gave_back_is_the_leads(world: World) -> None:
    action_id = act(world, DEADLINE, MADE)
    world.do(actions.refuse, "grace", action_id=action_id, reason="I am leaving.", now=MADE)
    assert [who for _, who, _ in _of_actions(world, SIGNED, BEFORE_10)] == ["tom"]


def test_a_lead_who_owns_an_action_hears_of_it_once(world: World) -> None:
    act(world, DEADLINE, MADE, owner="tom")
    assert [who for _, who, _ in _of_actions(world, LATE_15, LATE_15)] == ["amina", "tom"]


def test_an_action_without_a_deadline_is_not_remembered(world: World) -> None:
    action_id = act(world, None, MADE)
    assert _of_actions(world, SIGNED, LATE_20) == []
    assert action(world, action_id).look_on is None


def test_a_deadline_moved_after_its_reminder_has_days_of_its_own(world: World) -> None:
    action_id = act(world, DEADLINE, MADE)
    assert len(_of_actions(world, SIGNED, BEFORE_2)) == 2
    change(world, action_id, at(BEFORE_2, 12), "A supplier is late.", deadline="2027-04-09")
    assert _of_actions(world, BEFORE_2, date(2027, 4, 9)) == [
        (date(2027, 4, 7), "grace", "2027-04-09 before 2"),
        (date(2027, 4, 9), "grace", "2027-04-09 on the day"),
    ]


def test_a_new_owner_hears_of_what_comes_next_and_the_old_one_of_nothing(world: World) -> None:
    action_id = act(world, DEADLINE, MADE)
    _of_actions(world, SIGNED, BEFORE_10)
    kasia = str(world.actors["kasia"].person_id)
    change(world, action_id, at(BEFORE_10, 12), owner=kasia)
    assert [who for _, who, _ in _of_actions(world, BEFORE_10, BEFORE_2)] == ["kasia"]


def test_a_deadline_set_for_today_is_remembered_today(world: World) -> None:
    act(world, SIGNED, MADE)
    assert [slot for _, _, slot in mature(world, SIGNED, 13) if "asked" not in slot] == [
        f"{SIGNED} on the day"
    ]


def test_a_note_on_an_action_brings_no_reminder(world: World) -> None:
    action_id = act(world, DEADLINE, MADE)
    _of_actions(world, SIGNED, LATE_5)
    world.do(
        actions.note, "grace", action_id=action_id, nonce="n" * 16, note="Halfway.", evidence="",
        link="", now=at(LATE_5, 12),
    )  # fmt: skip
    assert _of_actions(world, LATE_5, date(2027, 4, 14)) == []


def test_after_a_long_outage_one_reminder_says_it_all(world: World) -> None:
    act(world, DEADLINE, MADE)
    assert _of_actions(world, date(2027, 4, 20), LATE_15) == [
        (date(2027, 4, 20), *line) for line in _slots("overdue 10", "grace", "tom")
    ] + [(LATE_15, *line) for line in _slots("overdue 15", "amina", "grace", "tom")]


def test_actions_of_a_cancelled_review_are_remembered_by_nobody(
    database: Database, now: datetime
) -> None:
    world = to_the_end.concluded(database, now)
    act(world, DEADLINE, MADE)
    world.on_review(reviews.cancel, reason="", now=MADE)
    assert _of_actions(world, SIGNED, LATE_20) == []


def test_an_action_carried_into_a_started_review_is_remembered_there_alone(world: World) -> None:
    old = act(world, DEADLINE, MADE)
    later, copied = _carried(world, old)
    assert _of_actions(world, SIGNED, BEFORE_10) == [(BEFORE_10, *_slots("before 10", "grace")[0])]
    assert [row.subject for row in reminders(world, "grace", "action")] == [f"action:{old}"]
    assert action(world, copied).look_on is None  # its review is a draft
    _set(world, Review, later, state="collecting")
    _set(world, Action, copied, look_on=BEFORE_10)  # as it is once its review starts
    mature(world, BEFORE_2)
    assert [row.subject for row in reminders(world, "grace", "action")][1:] == [f"action:{copied}"]
    world.do(reviews.cancel, review_id=later, reason="", now=at(BEFORE_2, 12))
    assert [slot for _, _, slot in _of_actions(world, DEADLINE, DEADLINE)] == [
        f"{DEADLINE} on the day"
    ]
    assert reminders(world, "grace", "action")[-1].subject == f"action:{old}"


def _carried(world: World, old: int) -> tuple[int, int]:
    """A draft of the next review with a copy of this action."""
    later = world.do(reviews.start_set_up, nonce="1" * 16, now=MADE)
    with world.database.transaction() as session:
        first, second = session.get_one(Review, world.review_id), session.get_one(Review, later)
        second.before_id = first.id
        amina = world.actors["amina"].person_id
        actions.carry_over(session, old=first, new=second, who=amina, now=MADE)
    [copied] = world.rows(Action, Action.copied_from == old)
    return later, copied.id or 0


# --- forums' dates ------------------------------------------------------------------------

MEETS = date(2027, 3, 12)


def _meeting(world: World, look_on: date, **more: object) -> int:
    with world.database.transaction() as session:
        row = Meeting(
            tenant_id=world.actors["amina"].tenant_id, review_id=world.review_id, nonce="m",
            name="Board", meets_on=MEETS, look_on=look_on, **more,
        )  # fmt: skip
        session.add(row)
        session.flush()
        return row.id or 0


@pytest.mark.covers("R47")
def test_a_lead_is_reminded_before_a_forums_papers_close_and_on_the_day(world: World) -> None:
    meeting = _meeting(world, SIGNED)
    assert every_day(world, SIGNED, MEETS) == [
        (date(2027, 2, 26), ("amina", "papers", "2027-03-05 before 5")),
        (date(2027, 3, 5), ("amina", "papers", "2027-03-05 on the day")),
    ]
    assert [row.subject for row in reminders(world, "amina")] == [f"meeting:{meeting}"] * 2
    assert world.rows(Meeting)[0].look_on is None


def test_a_date_noted_late_is_not_remembered_for_days_that_have_passed(world: World) -> None:
    _meeting(world, date(2027, 3, 2))
    assert [slot for _, (_, _, slot) in every_day(world, date(2027, 3, 2), MEETS)] == [
        "2027-03-05 on the day"
    ]


@pytest.mark.parametrize("gone", ["removed", "past", "cancelled"])
def test_a_date_that_is_taken_back_or_over_is_not_remembered(world: World, gone: str) -> None:
    meeting = _meeting(world, SIGNED)
    if gone == "removed":
        _set(world, Meeting, meeting, removed_at=SIGNED_OFF_AT)
    if gone == "cancelled":
        _set(world, Review, world.review_id, state="cancelled")
    first = date(2027, 3, 15) if gone == "past" else SIGNED
    assert every_day(world, first, date(2027, 3, 16)) == []
    assert world.rows(Meeting)[0].look_on is None


def _set(world: World, table: type[SQLModel], row_id: int, **fields: object) -> None:
    with world.database.transaction() as session:
        row = session.get_one(table, row_id)
        for name, value in fields.items():
            setattr(row, name, value)
        session.add(row)


def test_a_tick_that_finds_nothing_due_says_so(world: World) -> None:
    world.database.now(maturing.mature, now=at(SIGNED, 12))
    assert world.database.now(maturing.mature, now=at(SIGNED, 12)) == 0
