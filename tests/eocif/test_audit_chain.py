"""The audit trail cannot be changed in the database, and a trail that was changed is found."""

import json
from datetime import datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError
from sqlmodel import select

from eocif import audit, audit_chain
from eocif.__main__ import main
from eocif.audit_chain import Verified
from eocif.database import Database
from eocif.models import AuditEvent, AuditSeal, Review
from eocif.rules import framework
from tests.builders import SMALL, World, started
from tests.guards import unguarded

Said = pytest.CaptureFixture[str]


@pytest.fixture
def world(database: Database, now: datetime) -> World:
    world = started(database, now, scope=SMALL)
    database.now(audit_chain.seal_new)
    return world


def verified(world: World) -> Verified:
    return world.database.now(audit_chain.verify, review_id=world.review_id)


def by_force(world: World, *statements: str) -> None:
    """Change the trail past its guards, as who owns the database can."""
    with unguarded(world.database) as connection:
        for statement in statements:
            connection.execute(text(statement))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_event SET actor = 'someone else'",
        "DELETE FROM audit_event",
        "UPDATE audit_seal SET seal = ''",
        "DELETE FROM audit_seal",
    ],
)
def test_the_database_itself_refuses_to_change_the_trail(world: World, statement: str) -> None:
    with (
        pytest.raises(DatabaseError, match="append-only"),
        world.database.engine.begin() as connection,
    ):
        connection.execute(text(statement))


@pytest.mark.parametrize(("table", "key"), [("audit_event", "id"), ("audit_seal", "event_id")])
def test_no_row_of_the_trail_can_be_put_in_anothers_place(
    world: World, table: str, key: str
) -> None:
    """SQLite's REPLACE takes the old row away without a word to the guard on deletes."""
    again = f"INTO {table} SELECT * FROM {table}"  # noqa: S608
    statement = (
        f"INSERT OR REPLACE {again}"
        if world.database.is_sqlite
        else f"INSERT {again} ON CONFLICT ({key}) DO UPDATE SET {key} = excluded.{key}"
    )
    with (
        pytest.raises(DatabaseError, match="append-only"),
        world.database.engine.begin() as connection,
    ):
        connection.execute(text(statement))


def test_an_untouched_trail_is_whole(world: World) -> None:
    found = verified(world)
    assert (found.problems, found.events) == ((), found.sealed)
    assert found.head == world.database.now(audit_chain.head, review_id=world.review_id)


def test_sealing_twice_seals_nothing_twice(world: World) -> None:
    assert world.database.now(audit_chain.seal_new) == 0


def test_what_comes_later_goes_on_the_same_chain(world: World, now: datetime) -> None:
    before = verified(world)
    world.database.now(
        audit.record, event="something", tenant_id=world.sample.tenant_id, now=now,
        review_id=world.review_id,
    )  # fmt: skip
    assert verified(world).problems == ()  # the newest may wait for the next tick
    assert world.database.now(audit_chain.seal_new) == 1
    after = verified(world)
    assert (after.sealed, after.problems) == (before.sealed + 1, ())
    assert after.head != before.head


@pytest.mark.parametrize("field", ["actor", "event", "subject", "tenant_id"])
def test_a_changed_event_is_found(world: World, field: str) -> None:
    event = world.rows(AuditEvent, AuditEvent.review_id == world.review_id)[1]
    statement = f"UPDATE audit_event SET {field} = 'other' WHERE id = {event.id}"  # noqa: S608
    by_force(world, statement)
    problems = verified(world).problems
    assert problems == (f"Event {event.id} is not what was sealed at position 2.",)


def test_a_changed_detail_is_found(world: World) -> None:
    event = world.rows(AuditEvent, AuditEvent.event == "review started")[0]
    statement = f"UPDATE audit_event SET detail = '{{}}' WHERE id = {event.id}"  # noqa: S608
    by_force(world, statement)
    assert len(verified(world).problems) == 1


def test_a_removed_event_is_found(world: World) -> None:
    event = world.rows(AuditEvent, AuditEvent.review_id == world.review_id)[1]
    statement = f"DELETE FROM audit_event WHERE id = {event.id}"  # noqa: S608
    by_force(world, statement)
    assert verified(world).problems == (f"Event {event.id} is missing.",)


def test_two_events_that_changed_places_are_found(world: World) -> None:
    by_force(
        world,
        *(
            f"UPDATE audit_seal SET position = {new} WHERE position = {old}"  # noqa: S608
            for old, new in ((2, -1), (3, 2), (-1, 3))
        ),
    )
    assert verified(world).problems


def test_a_seal_taken_out_is_found(world: World) -> None:
    statement = "DELETE FROM audit_seal WHERE position = 2"
    by_force(world, statement)
    assert "A seal is missing before position 3." in verified(world).problems


def test_seals_taken_off_the_end_are_found_once_another_review_has_gone_on(
    world: World, now: datetime
) -> None:
    """Nothing that is so far behind what is sealed can still be waiting for its tick."""
    last = verified(world).sealed
    with world.database.transaction() as session:
        other = Review(
            tenant_id=world.sample.tenant_id, nonce="another", edition=framework.CURRENT,
            lead_id=1, created_at=now,
        )  # fmt: skip
        session.add(other)
        session.flush()
        session.add(
            AuditEvent(
                id=9000, tenant_id=world.sample.tenant_id, review_id=other.id, at=now,
                actor="person:1", event="elsewhere",
            )
        )  # fmt: skip
    world.database.now(audit_chain.seal_new)
    ended = world.rows(AuditSeal, AuditSeal.position == last)[0].event_id
    by_force(world, f"DELETE FROM audit_seal WHERE event_id = {ended}")  # noqa: S608
    world.database.now(audit_chain.seal_new)
    assert verified(world).problems == (f"Event {ended} was never sealed.",)


def test_an_event_slipped_in_far_behind_the_chain_is_found(world: World, now: datetime) -> None:
    with world.database.transaction() as session:
        first = session.exec(select(AuditEvent)).first()
        assert first is not None
        session.add(
            AuditEvent(
                id=9000, tenant_id=first.tenant_id, review_id=world.review_id, at=now,
                actor="person:1", event="much later",
            )
        )  # fmt: skip
    world.database.now(audit_chain.seal_new)
    with world.database.transaction() as session:
        session.add(
            AuditEvent(
                id=5000, tenant_id=world.sample.tenant_id, review_id=world.review_id, at=now,
                actor="person:1", event="slipped in",
            )
        )  # fmt: skip
    world.database.now(audit_chain.seal_new)
    assert verified(world).problems == ("Event 5000 was never sealed.",)


def test_each_review_has_a_chain_of_its_own(world: World) -> None:
    seals = world.rows(AuditSeal, AuditSeal.review_id == world.review_id)
    assert [seal.position for seal in seals] == list(range(1, len(seals) + 1))
    assert all(event.review_id for event in world.rows(AuditEvent) if event.id == seals[0].event_id)


# --- the administrator's tool ---------------------------------------------------------------------


def test_the_tool_says_that_a_trail_is_whole(
    world: World, environ: dict[str, str], capsys: Said
) -> None:
    assert main(["audit", "1", "--verify", "--json"], environ) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["review"], found["problems"]) == (1, [])
    assert found["head"] == verified(world).head
    assert main(["audit", "1", "--verify"], environ) == 0
    assert capsys.readouterr().out.startswith("The trail is whole: ")


def test_the_tool_names_what_was_changed(
    world: World, environ: dict[str, str], capsys: Said
) -> None:
    event = world.rows(AuditEvent, AuditEvent.review_id == world.review_id)[0]
    statement = f"DELETE FROM audit_event WHERE id = {event.id}"  # noqa: S608
    by_force(world, statement)
    assert main(["audit", "1", "--verify"], environ) == 2
    said = capsys.readouterr().err
    assert f"Event {event.id} is missing." in said
    assert said.count("\n") == 1
