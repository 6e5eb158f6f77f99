"""People say when they want to hear from us, and we keep to it."""

from datetime import date, datetime
from typing import Any

import pytest

from eocif import habit_forms, habits, people, prompts
from eocif.database import Database
from eocif.models import AuditEvent, Delivery, DeliveryState, Person
from eocif.rules.dates import at
from eocif.rules.habits import DEFAULT, Wish
from eocif.summaries import Feedback
from eocif.time_models import Habit
from eocif.time_summaries import Habits
from tests.builders import SMALL, World, meet, opened, seen

TODAY = date(2027, 1, 7)  # a Thursday
LEAVE = {"away_from": "2027-01-11", "away_until": "2027-01-15"}


@pytest.fixture
def team(database: Database, now: datetime) -> World:
    """Everyone is in the team; there is no review yet."""
    return meet(database, now)


def shown(world: World, now: datetime, who: str = "kasia") -> Habits:
    return world.do(habit_forms.show, who, now=now)


def save(world: World, now: datetime, who: str = "kasia", **posted: str) -> Feedback:
    """Someone fills in a fresh card: what they leave alone is posted as it was shown."""
    card = shown(world, now, who)
    return world.do(
        habit_forms.save, who, posted={**card.values, **posted}, shown=card.shown, now=now
    )


def wish(world: World, who: str = "kasia") -> Wish:
    with world.database.transaction() as session:
        return habits.wish_of(session, world.actors[who].person_id)


def audited(world: World, event: str) -> list[dict[str, Any]]:
    return [row.detail for row in world.rows(AuditEvent, AuditEvent.event == event)]


def person(world: World, who: str) -> str:
    return str(world.actors[who].person_id)


# --- saving -----------------------------------------------------------------------------


def test_who_never_said_anything_has_the_usual(team: World, now: datetime) -> None:
    assert wish(team) == DEFAULT
    card = shown(team, now)
    assert (card.values["how_often"], card.values["deputy"]) == ("any", "none")
    assert not (card.is_away)
    assert not (card.snoozed)
    assert not (card.stands_in_for)


def test_what_is_saved_is_kept_and_recorded_without_words(team: World, now: datetime) -> None:
    tom = person(team, "tom")
    said = save(
        team, now, how_often="weekly", from_hour="10", until_hour="12", deputy=tom,
        away_from="11 January 2027", away_until="Friday 15 January 2027",
    )  # fmt: skip
    assert said == Feedback(
        "Saved. After your leave we write to you again on Monday 18 January 2027."
    )
    assert wish(team) == Wish(True, 10, 12, date(2027, 1, 11), date(2027, 1, 15), int(tom))
    assert audited(team, "habits changed") == [
        {"fields": ["away_from", "away_until", "deputy", "from_hour", "how_often", "until_hour"]}
    ]


def test_saving_again_what_is_there_changes_nothing(team: World, now: datetime) -> None:
    save(team, now, **LEAVE)
    card = shown(team, now)
    for _ in range(2):  # a double tap
        said = team.do(
            habit_forms.save, "kasia", now=now, shown=card.shown,
            posted={**card.values, "how_often": "weekly"},
        )  # fmt: skip
        assert said == Feedback("Saved.")
    assert wish(team).is_weekly
    assert len(audited(team, "habits changed")) == 2


def test_mistakes_come_back_as_typed_and_the_rest_is_saved(team: World, now: datetime) -> None:
    said = save(
        team, now, how_often="weekly", from_hour="15", until_hour="16", away_from="soon",
        away_until="2027-01-15",
    )  # fmt: skip
    assert (said.notice, said.is_problem) == ("The rest is saved.", True)
    assert said.problems == {
        "until_hour": "We need at least 2 hours for our messages. Choose 5pm or later.",
        "away_from": "We could not read this date. Type it like 18 February 2028.",
    }
    assert said.typed == {
        "from_hour": "15", "until_hour": "16", "away_from": "soon", "away_until": "2027-01-15",
        "deputy": "none",
    }  # fmt: skip
    assert wish(team) == Wish(is_weekly=True)


def test_where_everything_is_wrong_nothing_is_said_to_be_saved(team: World, now: datetime) -> None:
    said = save(team, now, away_from="2027-01-15", away_until="2027-01-11")
    assert said.notice == ""
    assert list(said.problems) == ["away_until"]
    assert team.rows(Habit) == []


def test_none_empties_leave_and_who_stood_in(team: World, now: datetime) -> None:
    save(team, now, **LEAVE, deputy=person(team, "tom"))
    assert save(team, now, away_from="None") == Feedback("Saved.")
    assert wish(team) == DEFAULT


def test_an_emptied_input_takes_nothing_away(team: World, now: datetime) -> None:
    save(team, now, **LEAVE, deputy=person(team, "tom"))
    before = wish(team)
    assert save(team, now, away_from="", away_until="", deputy="") == Feedback("Saved.")
    assert wish(team) == before


def test_leave_that_has_begun_can_be_made_longer(team: World, now: datetime) -> None:
    save(team, now, **LEAVE)
    said = save(team, at(date(2027, 1, 13), 10), away_until="2027-01-22")
    assert said == Feedback(
        "Saved. After your leave we write to you again on Monday 25 January 2027."
    )


def test_leave_that_is_over_is_gone_with_its_deputy(team: World, now: datetime) -> None:
    save(team, now, **LEAVE, deputy=person(team, "tom"))
    later = at(date(2027, 1, 18), 10)
    assert shown(team, later).values["deputy"] == "none"
    save(team, later, how_often="weekly")
    assert wish(team) == Wish(is_weekly=True)


def test_what_another_device_changed_meanwhile_is_shown_and_not_overwritten(
    team: World, now: datetime
) -> None:
    stale = shown(team, now)
    save(team, now, from_hour="11")
    said = team.do(
        habit_forms.save, "kasia", now=now, shown=stale.shown,
        posted={**stale.values, "from_hour": "10", "how_often": "weekly"},
    )  # fmt: skip
    assert [(each.field, each.stored, each.typed) for each in said.differs] == [
        ("from_hour", "11", "10")
    ]
    assert (said.notice, said.is_problem) == ("The rest is saved.", True)
    assert wish(team) == Wish(is_weekly=True, from_hour=11)


# --- who stands in ----------------------------------------------------------------------


def test_colleagues_with_teams_can_stand_in_but_no_guest_and_not_oneself(
    team: World, now: datetime
) -> None:
    ids = {row.name: row for row in team.rows(Person)}
    names = [name for _, name in shown(team, now).deputies]
    able = [name for name, row in ids.items() if row.entra_id and not row.is_guest]
    assert names == sorted(set(able) - {team.actors["kasia"].name})
    assert {row.is_guest for row in ids.values()} == {True, False}


def test_who_is_in_no_team_of_ours_is_not_told_who_is(team: World, now: datetime) -> None:
    stranger = seen(team.sample.tenant_id, "e" * 36, "29:x", "A guest of the tenant")
    with team.database.transaction() as session:
        actor = people.recognise(session, seen=stranger, leads=frozenset(), now=now)
        assert habit_forms.show(session, actor=actor, now=now).deputies == ()


def test_another_tenants_people_and_ones_own_name_are_refused(team: World, now: datetime) -> None:
    with team.database.transaction() as session:
        stranger = people.recognise(
            session, seen=seen("another", "e" * 36, "29:x", "Stranger"), leads=frozenset(), now=now
        )
    said = save(team, now, **LEAVE, deputy=str(stranger.person_id))
    assert list(said.problems) == ["deputy"]
    said = save(team, now, **LEAVE, deputy=person(team, "kasia"))
    assert said.problems["deputy"] == "You cannot stand in for yourself. Choose someone else."


def test_a_deputy_whom_we_cannot_reach_any_more_stays_until_another_is_chosen(
    team: World, now: datetime
) -> None:
    save(team, now, **LEAVE, deputy=person(team, "tom"))
    team.do(people.goodbye, "tom", now=now)
    assert team.actors["tom"].name in [name for _, name in shown(team, now).deputies]
    assert team.actors["tom"].name not in [name for _, name in shown(team, now, "grace").deputies]


def test_a_deputy_who_is_away_too_is_allowed_and_said(team: World, now: datetime) -> None:
    save(team, now, "tom", away_from="2027-01-14", away_until="2027-01-20")
    said = save(team, now, **LEAVE, deputy=person(team, "tom"))
    assert not said.is_problem
    assert said.notice.endswith(
        f"{team.actors['tom'].name} is away too, "
        "from Thursday 14 January 2027 to Friday 15 January 2027."
    )
    said = save(team, now, "sunil", **LEAVE, deputy=person(team, "grace"))
    assert "is away too" not in said.notice


def test_a_deputy_stands_in_on_the_days_of_the_leave_alone(team: World, now: datetime) -> None:
    save(team, now, **LEAVE, deputy=person(team, "tom"))
    kasia, tom = team.actors["kasia"], team.actors["tom"]
    days = [date(2027, 1, 10), date(2027, 1, 11), date(2027, 1, 15), date(2027, 1, 16)]
    with team.database.transaction() as session:
        found = [habits.stands_in_for(session, tom.person_id, day) for day in days]
        assert habits.stands_in_for(session, kasia.person_id, days[1]) == frozenset()
    assert [kasia.person_id in each for each in found] == [False, True, True, False]
    assert shown(team, at(days[1], 10), "tom").stands_in_for == (kasia.name,)


# --- coming back ------------------------------------------------------------------------


def test_who_is_back_early_is_no_longer_away(team: World, now: datetime) -> None:
    save(team, now, **LEAVE, how_often="weekly", deputy=person(team, "tom"))
    wednesday = at(date(2027, 1, 13), 10)
    assert shown(team, wednesday).is_away
    said = team.do(habit_forms.back, "kasia", now=wednesday)
    assert said == Feedback("Welcome back. We write to you as usual.")
    assert wish(team) == Wish(is_weekly=True)
    again = team.do(habit_forms.back, "kasia", now=wednesday)
    assert again == Feedback("You have no leave here. We write to you as usual.")
    assert len(audited(team, "habits changed")) == 2


def test_leave_to_come_can_be_taken_out(team: World, now: datetime) -> None:
    save(team, now, **LEAVE)
    said = team.do(habit_forms.back, "kasia", now=now)
    assert said == Feedback("Your leave is taken out. We write to you as usual.")
    assert wish(team) == DEFAULT


# --- what goes out ----------------------------------------------------------------------

MONDAY, WEDNESDAY, THURSDAY = date(2027, 1, 11), date(2027, 1, 13), date(2027, 1, 14)


@pytest.fixture
def running(database: Database, now: datetime) -> World:
    """Areas 2 and 3 opened on Monday, and everyone was asked."""
    return opened(database, now, scope=SMALL)


def test_when_a_message_may_go_depends_on_hours_leave_and_what_is_due(
    team: World, now: datetime
) -> None:
    save(team, now, **LEAVE, from_hour="10", until_hour="12")
    kasia = team.actors["kasia"].person_id
    cases = [
        (at(TODAY, 10), False, None),
        (at(TODAY, 9), False, at(TODAY, 10)),
        (at(TODAY, 12), False, at(date(2027, 1, 8), 10)),
        (at(TODAY, 12), True, None),
        (at(MONDAY, 10), True, at(date(2027, 1, 18), 10)),
    ]
    with team.database.transaction() as session:
        for instant, is_deadline, expected in cases:
            assert habits.may_go_at(session, kasia, instant, is_deadline) == expected


def test_the_weekly_message_waits_for_the_day_someone_is_back(running: World) -> None:
    monday = date(2027, 1, 18)
    save(running, at(THURSDAY, 10), away_from="2027-01-15", away_until="2027-01-19")
    asked = {each.person_id for each in running.live(at(monday, 9))}
    assert running.actors["kasia"].person_id not in asked
    assert running.actors["tom"].person_id in asked
    assert running.live(at(monday, 10)) == []
    (prompt,) = running.live(at(date(2027, 1, 20), 9))
    assert prompt.person_id == running.actors["kasia"].person_id


def test_a_tick_costs_nothing_for_people_who_are_away(running: World) -> None:
    save(running, at(THURSDAY, 10), away_from="2027-01-15", away_until="2027-01-19")
    running.live(at(date(2027, 1, 18), 9))
    with running.database.transaction() as session:
        assert prompts.running(session, now=at(date(2027, 1, 18), 10)) == []
        assert prompts.running(session, now=at(date(2027, 1, 20), 10)) == [running.review_id]


def test_a_message_is_queued_for_the_hours_its_person_chose(running: World) -> None:
    save(running, at(THURSDAY, 10), from_hour="14", until_hour="16")
    monday = date(2027, 1, 18)
    running.tick(at(monday, 9))
    due = {row.person_id: row.next_at for row in running.rows(Delivery, Delivery.slot == "week:1")}
    assert due[running.actors["kasia"].person_id] == at(monday, 14)
    assert due[running.actors["tom"].person_id] == at(monday, 9)


def test_what_waits_is_decided_again_when_wishes_change(running: World) -> None:
    monday = date(2027, 1, 18)
    save(running, at(THURSDAY, 10), from_hour="14", until_hour="16")
    running.tick(at(monday, 9))
    save(running, at(monday, 10), away_from="2027-01-18", away_until="2027-01-19")
    (dropped,) = running.rows(
        Delivery, Delivery.person_id == running.actors["kasia"].person_id,
        Delivery.slot == "week:1",
    )  # fmt: skip
    assert dropped.state == DeliveryState.CANCELLED
    running.send(at(monday, 15))
    running.do(habit_forms.back, "kasia", now=at(monday, 15))
    (prompt,) = running.live(at(monday, 15, 1))
    assert prompt.id == dropped.id


def test_who_is_reached_again_gets_what_failed_within_their_hours(running: World) -> None:
    save(running, at(THURSDAY, 10), from_hour="10", until_hour="12")
    kasia = running.actors["kasia"]
    with running.database.transaction() as session:
        (row,) = (each for each in running.unasked("kasia"))
        row.state = DeliveryState.FAILED
        session.merge(row)
    running.do(people.goodbye, "kasia", now=at(THURSDAY, 12))
    one = running.sample.person("kasia")
    with running.database.transaction() as session:
        people.recognise(
            session, leads=frozenset(), now=at(THURSDAY, 13),
            seen=seen(kasia.tenant_id, one.entra_id, one.teams_id, one.name),
        )  # fmt: skip
    (again,) = running.unasked("kasia")
    assert again.next_at == at(date(2027, 1, 15), 10)
