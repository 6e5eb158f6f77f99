"""What people are not told while they are away, or want to hear once a week: and then are."""

from datetime import date, datetime, timedelta

import pytest

from eocif import conclusions, habit_forms, oversight, reminders
from eocif.database import Database
from eocif.models import AuditEvent, Delivery
from eocif.rules.dates import at
from eocif.summaries import Reminded
from tests import after_the_close
from tests.after_the_close import CLOSED_ON
from tests.builders import SMALL, World, opened
from tests.confirming import ASKED_ON, CLOSES_ON

TUESDAY, THURSDAY = at(date(2027, 1, 12), 10), at(date(2027, 1, 14), 9)
FRIDAY, NEXT_MONDAY = date(2027, 1, 15), date(2027, 1, 18)


def ask(world: World, who: str, now: datetime, **wanted: str) -> None:
    """Someone says when they want to hear from us."""
    card = world.do(habit_forms.show, who, now=now)
    posted = {**card.values, **wanted}
    said = world.do(habit_forms.save, who, posted=posted, shown=card.shown, now=now)
    assert not said.is_problem


def news(world: World, who: str, now: datetime) -> list[Delivery]:
    """What someone is told by a tick."""
    person_id = world.actors[who].person_id
    return [row for row in world.live(now) if row.kind == "news" and row.person_id == person_id]


# --- news -------------------------------------------------------------------------------


@pytest.fixture
def closed(database: Database, now: datetime) -> World:
    """Areas 2 and 3, which Tom leads, closed on Wednesday evening."""
    world = after_the_close.answered(database, now)
    world.live(at(CLOSED_ON, 17, 15))
    return world


def test_a_lead_who_is_away_is_told_on_the_day_they_are_back(closed: World) -> None:
    ask(closed, "tom", at(CLOSED_ON, 18), away_from="2027-01-14", away_until="2027-01-15")
    assert news(closed, "tom", THURSDAY) == []
    assert news(closed, "tom", at(FRIDAY, 9)) == []
    assert [row.kind for row in closed.live(at(NEXT_MONDAY, 9))].count("prompt") == 1


def test_who_wants_to_hear_once_a_week_is_told_on_their_day_of_it(closed: World) -> None:
    ask(closed, "tom", at(CLOSED_ON, 18), how_often="weekly")
    assert news(closed, "tom", THURSDAY) == []
    assert news(closed, "tom", at(FRIDAY, 9)) == []
    tom = closed.actors["tom"].person_id
    assert tom in {row.person_id for row in closed.live(at(NEXT_MONDAY, 9))}


def test_what_ended_during_a_long_leave_is_told_after_it(database: Database, now: datetime) -> None:
    world = after_the_close.in_round_2(database, now)
    world.live(at(ASKED_ON, 9))
    ask(world, "kasia", at(ASKED_ON, 18), away_from="2027-01-19", away_until="2027-03-01")
    world.live(at(CLOSES_ON, 17, 15))
    concluded = at(date(2027, 1, 26), 11)
    for number in (2, 3):
        world.on_review(conclusions.conclude, "tom", number=number, now=concluded)
    assert news(world, "kasia", at(date(2027, 1, 27), 9)) == []
    assert news(world, "kasia", at(date(2027, 3, 1), 9)) == []
    assert len(news(world, "kasia", at(date(2027, 3, 2), 9))) == 1
    assert news(world, "kasia", at(date(2027, 3, 3), 9)) == []


def test_a_leave_that_is_still_to_come_brings_up_nothing_old(
    database: Database, now: datetime
) -> None:
    world = after_the_close.in_round_2(database, now)
    world.live(at(ASKED_ON, 9))
    world.live(at(CLOSES_ON, 17, 15))
    for number in (2, 3):
        world.on_review(conclusions.conclude, "tom", number=number, now=at(date(2027, 1, 26), 11))
    ask(world, "kasia", at(date(2027, 1, 26), 18), away_from="2027-04-01", away_until="2027-04-06")
    # The service was down for a month: what is older than two weeks reaches nobody any more.
    assert news(world, "kasia", at(date(2027, 3, 1), 9)) == []


# --- the remind button --------------------------------------------------------------------


@pytest.fixture
def running(database: Database, now: datetime) -> World:
    """Areas 2 and 3 opened on Monday; nobody has answered."""
    return opened(database, now, scope=SMALL)


def remind(world: World, now: datetime) -> Reminded:
    return world.on_review(reminders.remind, now=now)


def nudged(world: World, who: str) -> list[Delivery]:
    return [row for row in world.unasked(who) if row.kind == "nudge"]


def test_who_is_away_is_not_reminded_and_the_lead_hears_until_when(running: World) -> None:
    ask(running, "kasia", TUESDAY, away_from="2027-01-12", away_until="2027-01-15")
    done = remind(running, TUESDAY)
    name = running.actors["kasia"].name
    assert done.away == ((name, FRIDAY),)
    assert name not in done.reminded
    assert nudged(running, "kasia") == []
    (record,) = running.rows(AuditEvent, AuditEvent.event == "reminded")
    assert record.detail == {"people": len(done.reminded)}


def test_the_list_says_who_is_away_and_counts_them_out(running: World) -> None:
    ask(running, "kasia", TUESDAY, away_from="2027-01-12", away_until="2027-01-15")
    shown = running.on_review(oversight.outstanding, by="person", now=TUESDAY)
    rows = {row.person.name: row for row in shown.people}
    kasia = rows.pop(running.actors["kasia"].name)
    assert (kasia.away_until, kasia.may_remind) == (FRIDAY, False)
    assert {row.away_until for row in rows.values()} == {None}


def test_who_wants_to_hear_once_a_week_gets_a_reminder_with_their_weekly_message(
    running: World,
) -> None:
    ask(running, "kasia", TUESDAY, how_often="weekly")
    name = running.actors["kasia"].name
    assert remind(running, TUESDAY).weekly == (name,)
    assert remind(running, TUESDAY + timedelta(days=1)).weekly == (name,)
    (nudge,) = nudged(running, "kasia")
    assert nudge.next_at == at(NEXT_MONDAY, 9, 5)
    sent = [row for row in running.live(at(NEXT_MONDAY, 9)) if row.person_id == nudge.person_id]
    assert [row.kind for row in sent] == ["prompt"]
    assert [row.state for row in nudged(running, "kasia")] == ["cancelled"]


def test_on_the_day_of_their_weekly_message_they_are_reminded_like_anyone(
    running: World, now: datetime
) -> None:
    ask(running, "kasia", now, how_often="weekly", away_from="2027-01-11", away_until="2027-01-13")
    done = remind(running, at(date(2027, 1, 14), 10))
    assert running.actors["kasia"].name in done.reminded
    assert done.weekly == ()


def test_a_reminder_goes_within_its_persons_hours(running: World) -> None:
    ask(running, "kasia", TUESDAY, from_hour="14", until_hour="16")
    remind(running, TUESDAY)
    (nudge,) = nudged(running, "kasia")
    assert nudge.next_at == at(date(2027, 1, 12), 14, 5)
