"""Reminders as they stand when they are shown: what has been done meanwhile is over."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from eocif import actions, drafts, reviews, rounds, sign_off
from eocif.database import Database
from eocif.models import Person, Review, ReviewArea, SQLModel
from eocif.rules.dates import at
from eocif.rules.reminding import Kind
from eocif.time_models import Meeting, Reminder
from eocif.time_summaries import Remembered
from tests import after_the_close, builders, to_the_end
from tests.builders import MONDAY, SMALL, World
from tests.living import wish
from tests.reminded import act, change, mature, person, reminders, seen
from tests.to_the_end import CONCLUDED_AT, SIGNED_OFF_AT

# Both databases: tests/eocif/test_maturing_once.py.
pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)

HALF, CLOSES = date(2027, 1, 18), date(2027, 1, 25)
SIGNED, DEADLINE = date(2027, 1, 27), date(2027, 4, 1)
BEFORE_10, LATE_10 = date(2027, 3, 16), date(2027, 4, 15)


@pytest.fixture
def world(database: Database, now: datetime) -> World:
    return builders.opened(database, now, scope=SMALL)


@pytest.fixture
def signed_off(database: Database, now: datetime) -> World:
    return to_the_end.signed_off(database, now)


def _one(world: World, who: str, now: datetime, *kinds: str) -> Remembered:
    """Someone's newest reminder as it stands."""
    return seen(world, who, now, *kinds)[-1]


def _is_over(world: World, who: str, now: datetime, *kinds: str) -> bool:
    return _one(world, who, now, *kinds).is_over


def _set(world: World, table: type[SQLModel], row_id: int | None, **fields: object) -> None:
    with world.database.transaction() as session:
        row = session.get_one(table, row_id)
        for name, value in fields.items():
            setattr(row, name, value)
        session.add(row)


# --- rounds -------------------------------------------------------------------------------


def test_a_round_shows_the_areas_that_are_still_owed(world: World) -> None:
    mature(world, HALF)
    found = _one(world, "grace", at(HALF, 12))
    assert (found.kind, found.subject, found.due_on) == (Kind.ROUND, "review:1", CLOSES)
    assert ([area.number for area in found.areas], found.why_me) == ([2, 3], "")
    world.rate("grace", 2, "achieving", at(HALF, 12))
    assert [area.number for area in _one(world, "grace", at(HALF, 12)).areas] == [3]
    world.rate("grace", 3, "achieving", at(HALF, 12))
    assert _is_over(world, "grace", at(HALF, 12))


def test_who_records_for_others_is_told_for_whom_until_it_is_done(world: World) -> None:
    for area in (2, 3):
        world.answer_all(area, at(MONDAY, 12), but={"doris"})
    mature(world, HALF)
    found = _one(world, "tom", at(HALF, 12))
    assert (found.why_me, found.for_whom) == ("no_teams", "Doris Whitfield")
    assert [area.number for area in found.areas] == [2, 3]
    for area in (2, 3):
        world.rate("tom", area, "achieving", at(HALF, 12), for_="doris")
    assert _is_over(world, "tom", at(HALF, 12))


def test_a_round_that_closed_or_has_another_day_now_is_over(world: World) -> None:
    mature(world, CLOSES)
    assert not _is_over(world, "grace", at(CLOSES, 12))
    world.on_review(rounds.extend, number=2, until="2027-02-01", now=at(CLOSES, 12))
    assert [area.number for area in _one(world, "grace", at(CLOSES, 12)).areas] == [3]
    assert _is_over(world, "grace", at(CLOSES, 17, 15))


def test_nothing_of_a_cancelled_review_is_owed(world: World) -> None:
    mature(world, HALF)
    world.on_review(reviews.cancel, reason="", now=at(HALF, 12))
    assert _is_over(world, "grace", at(HALF, 12))


# --- actions ------------------------------------------------------------------------------


def test_an_action_is_shown_as_it_stands(signed_off: World) -> None:
    action_id = act(signed_off, DEADLINE, SIGNED_OFF_AT)
    mature(signed_off, BEFORE_10)
    found = _one(signed_off, "grace", at(BEFORE_10, 12), "action")
    assert (found.title, found.action_id) == ("Ring people a week after they go home.", action_id)
    assert (found.due_on, found.days_overdue, found.is_over) == (DEADLINE, 0, False)
    assert (found.why_me, found.for_whom, found.state) == ("", "", "accept")
    assert found.area is not None
    assert found.area.number == 2
    assert found.head.id == signed_off.review_id
    signed_off.do(actions.accept, "grace", action_id=action_id, now=at(BEFORE_10, 12))
    assert _one(signed_off, "grace", at(LATE_10, 12), "action").state == ""
    assert _one(signed_off, "grace", at(LATE_10, 12), "action").days_overdue == 14
    assert [_one(signed_off, "grace", at(day, 12), "action").is_today
            for day in (BEFORE_10, DEADLINE, LATE_10)] == [False, True, False]  # fmt: skip


def _settled(world: World, action_id: int, now: datetime) -> None:
    world.do(actions.done, "grace", action_id=action_id, changed="They feel safer.", now=now)


def _moved(world: World, action_id: int, now: datetime) -> None:
    change(world, action_id, now, "A supplier is late.", deadline="2027-05-04")


def _owned_by_another(world: World, action_id: int, now: datetime) -> None:
    change(world, action_id, now, owner=str(person(world, "kasia")))


def _refused(world: World, action_id: int, now: datetime) -> None:
    world.do(actions.refuse, "grace", action_id=action_id, reason="I am leaving.", now=now)


def _cancelled(world: World, _action_id: int, _now: datetime) -> None:
    _set(world, Review, world.review_id, state="cancelled")


@pytest.mark.covers("R42")
@pytest.mark.parametrize("meanwhile", [_settled, _moved, _owned_by_another, _refused, _cancelled])
def test_an_action_that_is_done_or_anothers_or_due_another_day_is_over(
    signed_off: World, meanwhile: Callable[[World, int, datetime], None]
) -> None:
    action_id = act(signed_off, DEADLINE, SIGNED_OFF_AT)
    mature(signed_off, BEFORE_10)
    noon = at(BEFORE_10, 12)
    assert not _is_over(signed_off, "grace", noon, "action")
    meanwhile(signed_off, action_id, noon)
    over = _one(signed_off, "grace", noon, "action")
    assert (over.is_over, over.days_overdue) == (True, 0)


def test_leads_are_told_whose_it_is_and_why_they_hear_of_it(signed_off: World) -> None:
    act(signed_off, DEADLINE, SIGNED_OFF_AT)
    act(signed_off, DEADLINE, SIGNED_OFF_AT, owner="doris")
    act(signed_off, DEADLINE, SIGNED_OFF_AT, owner="")
    mature(signed_off, LATE_10)
    found = seen(signed_off, "tom", at(LATE_10, 12), "action")
    assert [(each.why_me, each.for_whom, each.is_over) for each in found] == [
        ("overdue", "Grace Adeyemi", False), ("no_teams", "Doris Whitfield", False),
        ("unowned", "", False),
    ]  # fmt: skip


def test_an_owner_whom_messages_reach_again_sees_what_is_theirs(signed_off: World) -> None:
    act(signed_off, DEADLINE, SIGNED_OFF_AT)
    mature(signed_off, BEFORE_10)
    _set(signed_off, Person, person(signed_off, "grace"), unreachable="They have blocked the app.")
    assert not _is_over(signed_off, "grace", at(BEFORE_10, 12), "action")


def test_who_stands_in_is_told_for_whom_until_the_owner_changes(signed_off: World) -> None:
    action_id = act(signed_off, DEADLINE, SIGNED_OFF_AT)
    mature(signed_off, BEFORE_10)
    _pass_on(signed_off, "grace", "kasia", "action")
    noon = at(BEFORE_10, 12)
    found = _one(signed_off, "kasia", noon, "action")
    assert (found.why_me, found.for_whom, found.is_over) == ("away", "Grace Adeyemi", False)
    change(signed_off, action_id, noon, owner=str(person(signed_off, "des")))
    assert _is_over(signed_off, "kasia", noon, "action")


def test_who_stood_in_has_nothing_to_do_once_the_owner_is_back(signed_off: World) -> None:
    act(signed_off, DEADLINE, SIGNED_OFF_AT)
    mature(signed_off, BEFORE_10)
    _pass_on(signed_off, "grace", "kasia", "action")
    wish(signed_off, "grace", away_from=BEFORE_10, away_until=BEFORE_10)
    assert not _is_over(signed_off, "kasia", at(BEFORE_10, 12), "action")
    assert _is_over(signed_off, "kasia", at(BEFORE_10 + timedelta(days=1), 9), "action")


def _pass_on(world: World, owner: str, instead: str, kind: str) -> None:
    """Somebody is away for long: another hears of it."""
    wish(world, owner, away_from=MONDAY, away_until=LATE_10)
    [*_, row] = reminders(world, owner, kind)
    with world.database.transaction() as session:
        fields = row.model_dump(exclude={"id"})
        fields |= {"person_id": person(world, instead), "params": {"for_person": row.person_id}}
        session.add(Reminder(**fields))


def test_being_asked_to_own_an_action_is_over_once_they_have_said_so(signed_off: World) -> None:
    action_id = act(signed_off, DEADLINE, SIGNED_OFF_AT)
    found = _one(signed_off, "grace", SIGNED_OFF_AT, "action_new")
    assert (found.is_over, found.state, found.due_on) == (False, "accept", DEADLINE)
    signed_off.do(actions.accept, "grace", action_id=action_id, now=SIGNED_OFF_AT)
    assert _is_over(signed_off, "grace", SIGNED_OFF_AT, "action_new")


def test_what_an_owner_said_is_over_once_a_lead_has_answered(signed_off: World) -> None:
    action_id = act(signed_off, DEADLINE, SIGNED_OFF_AT)
    signed_off.do(
        actions.ask_date, "grace", action_id=action_id, wanted_on="2027-05-04", reason="Leave.",
        now=SIGNED_OFF_AT,
    )  # fmt: skip
    found = _one(signed_off, "tom", SIGNED_OFF_AT, "action_said")
    assert (found.state, found.for_whom, found.is_over) == ("date", "Grace Adeyemi", False)
    signed_off.do(
        actions.answer_date, "tom", action_id=action_id, answer="agree", wanted_on="2027-05-04",
        reason="", now=SIGNED_OFF_AT,
    )  # fmt: skip
    assert _is_over(signed_off, "tom", SIGNED_OFF_AT, "action_said")
    # The answer itself is not about a day: it stands until the action is done.
    found = _one(signed_off, "grace", SIGNED_OFF_AT, "action")
    assert (found.is_over, found.answer) == (False, "agreed")
    change(signed_off, action_id, SIGNED_OFF_AT, because="The board.", deadline="2027-05-20")
    assert _one(signed_off, "grace", SIGNED_OFF_AT, "action").answer == ""  # not that day any more


def test_an_owner_whose_date_was_not_agreed_is_told_so(signed_off: World) -> None:
    action_id = act(signed_off, DEADLINE, SIGNED_OFF_AT)
    asked = {"wanted_on": "2027-05-04", "now": SIGNED_OFF_AT, "action_id": action_id}
    signed_off.do(actions.ask_date, "grace", reason="Leave.", **asked)
    signed_off.do(actions.answer_date, "tom", answer="refuse", reason="The board.", **asked)
    found = _one(signed_off, "grace", SIGNED_OFF_AT, "action")
    assert (found.answer, found.due_on) == ("kept", DEADLINE)


def test_a_lead_asks_an_owner_without_teams_until_one_of_them_has_said_so(
    signed_off: World,
) -> None:
    action_id = act(signed_off, DEADLINE, SIGNED_OFF_AT, owner="doris")
    found = _one(signed_off, "tom", SIGNED_OFF_AT, "action_new")
    assert (found.is_over, found.why_me, found.for_whom) == (False, "no_teams", "Doris Whitfield")
    signed_off.do(actions.accept, "tom", action_id=action_id, now=SIGNED_OFF_AT)
    assert _is_over(signed_off, "tom", SIGNED_OFF_AT, "action_new")
    act(signed_off, DEADLINE, SIGNED_OFF_AT, owner="doris", by="tom")  # who knows
    assert len(reminders(signed_off, "tom", "action_new")) == 1


def test_what_was_given_back_waits_for_a_lead(signed_off: World) -> None:
    action_id = act(signed_off, DEADLINE, SIGNED_OFF_AT)
    _refused(signed_off, action_id, SIGNED_OFF_AT)
    assert _one(signed_off, "tom", SIGNED_OFF_AT, "action_said").state == "refused"
    _set(signed_off, ReviewArea, signed_off.area(2).id, lead_id=person(signed_off, "kasia"))
    assert _is_over(signed_off, "tom", SIGNED_OFF_AT, "action_said")


# --- drafts -------------------------------------------------------------------------------

DUE = date(2027, 1, 20)


def test_a_draft_is_shown_until_it_goes_round(database: Database, now: datetime) -> None:
    world = after_the_close.drafting(database, now)
    mature(world, DUE)
    found, _ = seen(world, "tom", at(date(2027, 1, 22), 9))
    assert (found.state, found.due_on, found.days_overdue) == ("drafting", DUE, 2)
    assert (found.area and found.area.number, found.for_whom, found.why_me) == (2, "", "")
    after_the_close.sent(world, 2, at(DUE, 12))
    assert [each.is_over for each in seen(world, "tom", at(DUE, 12))] == [True, False]


def test_a_draft_of_another_is_shown_with_whose_it_is(database: Database, now: datetime) -> None:
    world = after_the_close.drafting(database, now)
    late = date(2027, 2, 3)
    mature(world, late)
    found = _one(world, "amina", at(late, 12))
    assert (found.for_whom, found.why_me, found.days_overdue) == ("Tom Okafor", "overdue", 14)
    world.on_review(drafts.set_aside, number=3, reason="Not ours.", now=at(late, 12))
    assert _is_over(world, "amina", at(late, 12))


def test_a_draft_passed_on_is_over_once_its_lead_is_another(
    database: Database, now: datetime
) -> None:
    world = after_the_close.drafting(database, now)
    mature(world, DUE)
    _pass_on(world, "tom", "amina", "draft")
    found = _one(world, "amina", at(DUE, 12))
    assert (found.for_whom, found.why_me, found.is_over) == ("Tom Okafor", "away", False)
    _set(world, ReviewArea, world.area(3).id, lead_id=person(world, "kasia"))
    assert _is_over(world, "amina", at(DUE, 12))


def test_who_no_longer_leads_an_area_owes_no_draft_of_it(database: Database, now: datetime) -> None:
    world = after_the_close.drafting(database, now)
    mature(world, DUE)
    _set(world, ReviewArea, world.area(2).id, lead_id=None)
    assert [each.is_over for each in seen(world, "tom", at(DUE, 12))] == [True, False]


# --- what a review's lead is reminded of --------------------------------------------------


def test_sign_off_is_over_once_it_is_signed_or_waits_for_an_area_again(
    database: Database, now: datetime
) -> None:
    world = to_the_end.concluded(database, now)
    mature(world, SIGNED)
    found = _one(world, "amina", SIGNED_OFF_AT)
    assert (found.kind, found.due_on, found.is_over) == (Kind.SIGN_OFF, None, False)
    world.on_review(sign_off.reopen, number=2, reason="New figures.", now=CONCLUDED_AT)
    assert _is_over(world, "amina", SIGNED_OFF_AT)


def test_sign_off_is_over_once_it_is_signed(database: Database, now: datetime) -> None:
    world = to_the_end.concluded(database, now)
    mature(world, SIGNED)
    to_the_end.sign(world)
    assert _is_over(world, "amina", SIGNED_OFF_AT)


@pytest.mark.covers("R47")
def test_a_forums_papers_are_over_once_it_has_met_or_its_date_is_another(
    signed_off: World,
) -> None:
    with signed_off.database.transaction() as session:
        meeting = Meeting(
            tenant_id=signed_off.actors["amina"].tenant_id, review_id=signed_off.review_id,
            nonce="m", name="Board", meets_on=date(2027, 3, 12), look_on=SIGNED,
        )  # fmt: skip
        session.add(meeting)
    mature(signed_off, date(2027, 2, 26))
    noon = at(date(2027, 2, 26), 12)
    found = _one(signed_off, "amina", noon)
    assert (found.title, found.due_on, found.is_over) == ("Board", date(2027, 3, 5), False)
    assert _is_over(signed_off, "amina", at(date(2027, 3, 15), 12))
    _set(signed_off, Meeting, meeting.id, meets_on=date(2027, 3, 19))
    assert _is_over(signed_off, "amina", noon)
    _set(signed_off, Meeting, meeting.id, meets_on=date(2027, 3, 12), removed_at=noon)
    assert _is_over(signed_off, "amina", noon)


@pytest.mark.covers("R55")
def test_the_next_assessment_is_over_once_the_next_review_has_begun(signed_off: World) -> None:
    day = date(2029, 7, 27)
    mature(signed_off, day)
    found = _one(signed_off, "amina", at(day, 12), "reassess")
    assert (found.due_on, found.months, found.is_over) == (date(2030, 1, 27), 6, False)
    with signed_off.database.transaction() as session:
        later = Review(
            tenant_id=signed_off.actors["amina"].tenant_id, nonce="next", edition="PR1209",
            lead_id=person(signed_off, "amina"), created_at=SIGNED_OFF_AT, state="collecting",
            before_id=signed_off.review_id,
        )  # fmt: skip
        session.add(later)
    assert _is_over(signed_off, "amina", at(day, 12), "reassess")


@pytest.mark.covers("R56")
def test_the_frameworks_own_review_is_shown_with_the_months_that_are_left(
    signed_off: World,
) -> None:
    mature(signed_off, date(2027, 8, 18))
    found = _one(signed_off, "amina", at(date(2027, 8, 18), 12))
    assert (found.kind, found.due_on, found.months) == (Kind.EDITION, date(2028, 2, 18), 6)
    _set(signed_off, Review, signed_off.review_id, state="cancelled")
    assert _is_over(signed_off, "amina", at(date(2027, 8, 18), 12))


def test_each_reminder_stands_in_its_place(signed_off: World) -> None:
    ids = [act(signed_off, DEADLINE, SIGNED_OFF_AT) for _ in range(3)]
    found = seen(signed_off, "grace", SIGNED_OFF_AT)
    assert [each.action_id for each in found] == ids
    assert seen(signed_off, "ruth", SIGNED_OFF_AT) == []
