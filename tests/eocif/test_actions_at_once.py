"""Presses on actions at the same time, on PostgreSQL: nothing lost, nothing done twice."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier
from typing import Any

import pytest

from eocif.database import Database
from eocif.errors import EocifError
from eocif.models import Person
from eocif.time_models import Action, Reminder
from tests import acting
from tests.acting import TITLE, act, form, note, row, save, told
from tests.builders import World


@pytest.fixture
def world(postgresql: Database, now: datetime) -> World:
    return acting.planned(postgresql, now)


def _at_once(*calls: Callable[[], Any]) -> list[Any]:
    ready = Barrier(len(calls))

    def run(call: Callable[[], Any]) -> Any:
        ready.wait()
        try:
            return call()
        except EocifError as refused:
            return refused

    with ThreadPoolExecutor(len(calls)) as pool:
        return [future.result() for future in [pool.submit(run, call) for call in calls]]


def test_one_press_four_times_makes_one_action_and_one_person(world: World) -> None:
    shown = form(world).shown
    made = _at_once(*[
        lambda: save(world, title="Another", owner_name="Mo Farah", nonce="same", shown=shown)
    ] * 4)  # fmt: skip
    assert {number for number, _ in made} == {2}
    assert len(world.rows(Action)) == 2
    assert len(world.rows(Person, Person.name == "Mo Farah")) == 1


def test_two_leads_at_once_keep_one_title_and_show_the_other(world: World) -> None:
    shown = form(world, action=1).shown
    both = _at_once(
        lambda: save(world, "tom", 1, title="Tom's", shown=shown),
        lambda: save(world, "amina", 1, title="Amina's", shown=shown),
    )
    [differs] = [each for _, said in both for each in said.differs]
    assert {row(world).title, differs.typed} == {"Tom's", "Amina's"}
    assert differs.stored == row(world).title != TITLE


def test_owner_and_lead_at_once_end_it_once(world: World) -> None:
    _at_once(
        lambda: acting.done(world), lambda: acting.done(world),
        lambda: act(world, "withdraw", "tom", reason="No money."),
    )  # fmt: skip
    assert len(told(world)) == 2
    assert (row(world).status, told(world)[1][0]) in {("done", "done"), ("withdrawn", "withdrawn")}


def test_presses_that_come_several_times_at_once_are_one(world: World) -> None:
    _at_once(*[lambda: act(world, "accept")] * 3, *[lambda: note(world, note="Begun.")] * 3)
    assert sorted(told(world)) == [("accepted", ""), ("made", ""), ("note", "Begun.")]
    _at_once(*[lambda: act(world, "refuse", reason="Not mine.")] * 3)
    assert len(world.rows(Reminder, Reminder.kind == "action_said")) == 1
