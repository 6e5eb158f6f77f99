from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from eocif import audit, people
from eocif.clock import MovableClock, system_clock
from eocif.database import Database
from eocif.models import Delivery, DeliveryState, Person, Team, TeamMember
from eocif.people import RosterPerson
from eocif.sample import load
from tests import builders

NOBODY: frozenset[str] = frozenset()


def _seen(entra_id: str = "new", chat: bool = True) -> people.Seen:
    seen = builders.seen("tenant", entra_id, f"29:{entra_id}", "Nia Rees")
    return seen if chat else people.Seen("tenant", entra_id, "29:x", "", "https://elsewhere/")


def test_someone_new_counts_as_a_guest_until_a_roster_says_otherwise(
    database: Database, now: datetime
) -> None:
    actor = database.now(people.recognise, seen=_seen(), leads=NOBODY, now=now)
    assert (actor.first_name, actor.may_start, actor.is_listed) == ("Nia", False, False)
    again = database.now(people.recognise, seen=_seen(), leads=NOBODY, now=now)
    assert again.person_id == actor.person_id


def test_where_leads_are_listed_only_they_may_start(database: Database, now: datetime) -> None:
    world = builders.meet(database, now)
    leads = frozenset({world.sample.person("tom").entra_id})
    for key, may in (("tom", True), ("amina", False)):
        person_id = world.actors[key].person_id
        actor = database.now(people.actor_of, person_id=person_id, leads=leads)
        assert (actor.may_start, actor.is_listed) == (may, may)


def test_without_a_list_every_member_of_the_tenant_but_guests_may_start(
    database: Database, now: datetime
) -> None:
    world = builders.meet(database, now)
    may = {
        key: database.now(people.actor_of, person_id=actor.person_id, leads=NOBODY).may_start
        for key, actor in world.actors.items()
    }
    assert [key for key, allowed in may.items() if not allowed] == ["sunil"]


def test_a_channel_message_keeps_the_name_and_the_personal_address(
    database: Database, now: datetime
) -> None:
    database.now(people.recognise, seen=_seen(), leads=NOBODY, now=now)
    database.now(people.recognise, seen=_seen(chat=False), leads=NOBODY, now=now)
    with database.transaction() as session:
        person = session.exec(select(Person)).one()
    assert (person.name, person.conversation_id) == ("Nia Rees", "chat of 29:new")
    assert person.service_url == builders.SERVICE


def test_a_whole_roster_replaces_the_one_before(database: Database, now: datetime) -> None:
    world = builders.meet(database, now)
    roster = [
        RosterPerson("a0000000-0000-4000-8000-000000000001", "29:amina", "Amina Yusuf", True),
        RosterPerson("new", "29:new", "Nia Rees", False),
        RosterPerson("", "29:bot", "A bot", False),
    ]
    database.now(people.store_roster, team_id=1, people=roster)
    with database.transaction() as session:
        inside = people.team_people(session, tenant_id=world.sample.tenant_id)
    assert [(person.name, person.is_guest) for person in inside] == [
        ("Amina Yusuf", True),
        ("Nia Rees", False),
    ]


def test_the_roster_is_read_again_after_a_change_once(database: Database, now: datetime) -> None:
    world = builders.meet(database, now)
    more = {
        "tenant_id": world.sample.tenant_id, "conversation_id": world.sample.team_id,
        "service_url": builders.SERVICE, "now": now,
    }  # fmt: skip
    database.now(people.team_installed, name="", slot="while one waits", **more)
    world.send(now)
    for slot in ("second", "second"):
        database.now(people.team_installed, name="", slot=slot, **more)
    rosters = world.rows(Delivery, Delivery.kind == "roster")
    assert [row.slot for row in rosters] == ["first", "second"]
    assert [team.name for team in world.rows(Team)] == ["Experience of care review"]


def test_a_team_that_the_app_left_keeps_no_roster(database: Database, now: datetime) -> None:
    world = builders.meet(database, now)
    left = {"tenant_id": world.sample.tenant_id, "now": now}
    database.now(people.team_removed, conversation_id="19:unknown", **left)
    assert len(world.rows(TeamMember)) == 9
    database.now(people.team_removed, conversation_id=world.sample.team_id, **left)
    late = [RosterPerson("late", "29:late", "Read too late", False)]
    database.now(people.store_roster, team_id=1, people=late)
    assert world.rows(TeamMember) == []


def test_an_installation_is_greeted_once(database: Database, now: datetime) -> None:
    world = builders.meet(database, now)
    for slot in ("one", "one", "two"):
        world.do(people.welcome, slot=slot, now=now)
    assert len(world.rows(Delivery, Delivery.kind == "welcome")) == 2


def test_who_removes_the_app_is_not_written_to_until_they_act(
    database: Database, now: datetime
) -> None:
    world = builders.opened(database, now, scope=builders.SMALL)
    week_later = datetime(2027, 1, 18, 9, tzinfo=UTC)
    world.do(people.goodbye, "tom", now=week_later)
    person = world.rows(Person, Person.name == "Tom Okafor")[0]
    assert person.unreachable == "They removed the app from their Teams."

    world.tick(week_later)
    _fail(world, "tom", week_later)
    seen = builders.seen(world.sample.tenant_id, str(person.entra_id), "29:tom", "Tom Okafor")
    at_night = week_later + timedelta(hours=12)
    database.now(people.recognise, seen=seen, leads=NOBODY, now=at_night)
    waiting = world.unasked("tom")[-1]
    assert (waiting.state, waiting.attempts) == (DeliveryState.QUEUED, 0)
    assert waiting.next_at == datetime(2027, 1, 19, 9, tzinfo=UTC)


def test_of_several_messages_that_did_not_arrive_only_the_newest_is_tried_again(
    database: Database, now: datetime
) -> None:
    world = builders.opened(database, now, scope=builders.SMALL)
    world.tick(datetime(2027, 1, 18, 9, tzinfo=UTC))
    _fail(world, "tom", now)
    world.do(people.goodbye, "tom", now=now)
    seen = builders.seen(
        world.sample.tenant_id, world.sample.person("tom").entra_id, "29:tom", "Tom Okafor"
    )
    later = datetime(2027, 1, 18, 10, tzinfo=UTC)
    database.now(people.recognise, seen=seen, leads=NOBODY, now=later)
    assert [row.state for row in world.unasked("tom")] == ["failed", "queued"]


def test_who_missed_nothing_gets_nothing_again(database: Database, now: datetime) -> None:
    world = builders.meet(database, now)
    world.do(people.goodbye, "tom", now=now)
    tom = world.sample.person("tom")
    seen = builders.seen(world.sample.tenant_id, tom.entra_id, tom.teams_id, tom.name)
    database.now(people.recognise, seen=seen, leads=NOBODY, now=now)
    assert world.unasked("tom") == []
    assert world.rows(Person, Person.name == tom.name)[0].unreachable == ""


def _fail(world: builders.World, who: str, now: datetime) -> None:
    with world.database.transaction() as session:
        for row in session.exec(
            select(Delivery).where(Delivery.person_id == world.actors[who].person_id)
        ):
            row.state, row.settled_at = DeliveryState.FAILED, now
            session.add(row)


def test_a_row_without_an_id_is_not_known() -> None:
    with pytest.raises(ValueError, match="flushed"):
        people.known(None)


def test_the_trail_knows_people_by_their_rows_alone() -> None:
    assert (audit.pseudonym(7), audit.pseudonym(None)) == ("person:7", "system")


def test_the_sample_is_a_group_of_ten_with_one_guest_and_one_without_teams() -> None:
    sample = load()
    assert len(sample.people) == 10
    assert [one.key for one in sample.people if one.guest] == ["sunil"]
    assert [one.key for one in sample.people if not one.has_teams] == ["doris"]
    assert sample.person("doris").needs == "Large print. Prefers the phone, mornings."


def test_the_clock_can_be_moved_and_runs_on() -> None:
    base = [datetime(2027, 1, 1, tzinfo=UTC)]
    clock = MovableClock(lambda: base[0])
    clock.set(datetime(2028, 2, 18, tzinfo=UTC))
    base[0] += timedelta(hours=1)
    assert clock() == datetime(2028, 2, 18, 1, tzinfo=UTC)
    assert system_clock().tzinfo is UTC
