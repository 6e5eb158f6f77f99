"""Several at once on PostgreSQL: one row, nothing lost, nothing done twice."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import text

from eocif import audit, audit_chain, forms, people, prompts, reviews, rounds, views
from eocif.database import Database
from eocif.errors import NotNow
from eocif.migrations import is_up_to_date, migrate
from eocif.models import AuditEvent, Delivery, Person, Rating, Review, View
from eocif.rules.answers import Offered
from eocif.rules.dates import at
from tests import builders
from tests.builders import MONDAY, SMALL, World

NOON = at(MONDAY, 12)
EMPTY = forms.digest("")


@pytest.fixture
def world(postgresql: Database, now: datetime) -> World:
    return builders.opened(postgresql, now, scope=SMALL)


def _at_once(*calls: Callable[[], Any]) -> list[Any]:
    """Run calls in threads that set off together."""
    ready = Barrier(len(calls))

    def run(call: Callable[[], Any]) -> Any:
        ready.wait()
        return call()

    with ThreadPoolExecutor(len(calls)) as pool:
        return [future.result() for future in [pool.submit(run, call) for call in calls]]


def test_the_same_answer_saved_twice_at_once_is_one_answer(world: World) -> None:
    def save() -> Any:
        return world.do(
            views.save_levels, "grace", place=world.place(2), levels={"2a": "achieving"},
            shown={"2a": EMPTY}, now=NOON,
        )  # fmt: skip

    assert [said.is_problem for said in _at_once(*[save] * 4)] == [False] * 4
    assert (len(world.rows(View)), len(world.rows(Rating))) == (1, 1)


def test_different_fields_saved_at_once_are_all_kept(world: World) -> None:
    fields = ("where_now", "what_good", "what_do", "excelling")

    def save(field: str) -> Any:
        return world.do(
            views.save_words, "grace", place=world.place(2), words={field: field.upper()},
            offered=Offered(field, "story", "qualitative", field), shown={}, now=NOON,
        )  # fmt: skip

    _at_once(*(lambda field=field: save(field) for field in fields))
    form = world.form("grace", 2, NOON)
    assert {field: form.words[field] for field in fields} == {
        field: field.upper() for field in fields
    }
    assert {each.text for each in form.evidence} == set(fields)


def test_different_values_saved_at_once_keep_one_and_show_the_other(world: World) -> None:
    def save(choice: str) -> Any:
        return world.do(
            views.save_levels, "grace", place=world.place(2), levels={"2a": choice},
            shown={"2a": EMPTY}, now=NOON,
        )  # fmt: skip

    both = ("achieving", "excelling")
    said = _at_once(*(lambda choice=choice: save(choice) for choice in both))
    stored = world.form("grace", 2, NOON).choices["2a"]
    [differs] = [each for one in said for each in one.differs]
    assert {stored, differs.typed} == set(both)
    assert differs.stored == stored


def test_the_last_two_answers_at_once_close_the_round_early(world: World) -> None:
    world.answer_all(2, NOON, but={"grace", "des"})
    _at_once(*(lambda who=who: world.rate(who, 2, "achieving", NOON) for who in ("grace", "des")))
    assert world.area(2).early_on == date(2027, 1, 12)


def test_a_press_twice_at_once_starts_one_review(postgresql: Database, now: datetime) -> None:
    world = builders.meet(postgresql, now)

    def start() -> int:
        return world.do(reviews.start_set_up, nonce="same" * 4, now=now)

    assert len(set(_at_once(*[start] * 4))) == 1
    assert len(world.rows(Review)) == 1


def test_two_cards_pressed_at_once_start_one_draft(postgresql: Database, now: datetime) -> None:
    world = builders.meet(postgresql, now)
    nonces = ("a" * 16, "b" * 16, "c" * 16)
    made = _at_once(*(
        lambda nonce=nonce: world.do(reviews.start_set_up, nonce=nonce, now=now)
        for nonce in nonces
    ))  # fmt: skip
    assert len(set(made)) == len(world.rows(Review)) == 1


def test_someone_who_writes_twice_at_once_is_one_person(
    postgresql: Database, now: datetime
) -> None:
    seen = builders.seen("tenant", "new", "29:new", "Nia Rees")
    found = _at_once(*[
        lambda: postgresql.now(people.recognise, seen=seen, leads=frozenset(), now=now)
    ] * 4)  # fmt: skip
    assert len({actor.person_id for actor in found}) == 1
    world = World(postgresql, builders.load(), {})
    assert len(world.rows(Person)) == 1


def test_three_replicas_ask_each_person_once(postgresql: Database, now: datetime) -> None:
    world = builders.started(postgresql, now, scope=SMALL)
    morning = at(MONDAY, 9)
    _at_once(*[lambda: postgresql.now(rounds.open_due, now=morning)] * 3)
    _at_once(*[
        lambda: postgresql.now(prompts.queue_weekly, review_id=world.review_id, now=morning)
    ] * 3)  # fmt: skip
    assert len(world.rows(Delivery, Delivery.kind == "prompt")) == 8
    assert len(world.rows(AuditEvent, AuditEvent.event == "round opened")) == 2


def test_three_replicas_close_a_round_once(world: World) -> None:
    closing = at(date(2027, 1, 25), 17, 15)
    closed = _at_once(*[lambda: world.database.now(rounds.close_due, now=closing)] * 3)
    assert sorted(len(each) for each in closed) == [0, 0, 2]
    with world.database.transaction() as session:
        events = [row["event"] for row in audit.trail(session, review_id=world.review_id)]
    assert events.count("round closed") == 2


def test_a_round_that_is_just_closing_is_not_extended(world: World) -> None:
    """Its lead would be told that it stays open, and it would be closed."""
    closing = date(2027, 1, 25)
    with ThreadPoolExecutor(1) as pool, world.database.transaction() as session:
        rounds.close_due(session, now=at(closing, 17, 15))
        extending = pool.submit(
            world.on_review, rounds.extend, number=2, until="2027-02-01", now=at(closing, 17, 14)
        )
        while not session.scalar(text("SELECT count(*) FROM pg_locks WHERE NOT granted")):
            assert not extending.done()
        session.commit()
        with pytest.raises(NotNow):
            extending.result()
    assert (world.area(2).state, world.area(2).closes_on) == ("drafting", closing)


def test_three_replicas_seal_each_event_once(world: World) -> None:
    _at_once(*[lambda: world.database.now(audit_chain.seal_new)] * 3)
    found = world.database.now(audit_chain.verify, review_id=world.review_id)
    assert (found.problems, found.events) == ((), found.sealed)


@pytest.mark.parametrize("kind", ["postgresql"], indirect=True)
def test_several_processes_migrate_once(empty_url: str) -> None:
    database = Database(empty_url)
    changed = _at_once(*[lambda: migrate(database.engine)] * 3)
    assert sorted(changed) == [False, False, True]
    assert is_up_to_date(database.engine)
    database.close()
