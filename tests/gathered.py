"""Worlds with reminders that wait, for tests of the day's message."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import select

from eocif import (
    reminder_rows,
)
from eocif.database import Database
from eocif.models import DeliveryState, Review
from eocif.rules.dates import at, london_day
from eocif.rules.reminding import Kind
from eocif.time_models import Habit, Reminder
from tests import builders, reminded
from tests.builders import MONDAY, SMALL, World

TUESDAY, WEDNESDAY, THURSDAY = (MONDAY + timedelta(days=days) for days in (1, 2, 3))
BEFORE_CLOSING = MONDAY + timedelta(days=10)  # two working days before the round closes
CLOSES_ON = MONDAY + timedelta(days=14)
DUE = date(2027, 3, 1)
BOTH = pytest.mark.parametrize("kind", ["sqlite", "postgresql"], indirect=True)


def begun(database: Database, now: datetime) -> World:
    """Areas 2 and 3 are open, everyone has been asked, and Grace has answered."""
    world = builders.opened(database, now, scope=SMALL)
    for area in (2, 3):
        world.rate("grace", area, "achieving", at(MONDAY, 10))
    return world


def due(
    world: World, who: str, subject: str, now: datetime, *, kind: Kind = Kind.ACTION,
    slot: str = "", review_id: int = 0, due_on: date = DUE, **more: Any,
) -> None:  # fmt: skip
    """A reminder has come due."""
    with world.database.transaction() as session:
        review = session.get_one(Review, review_id or world.review_id)
        reminder_rows.remind(
            session, person_id=world.actors[who].person_id, review=review, kind=kind,
            subject=subject, slot=slot or f"{due_on} before 2", due_on=due_on, now=now, **more,
        )  # fmt: skip


def owned(world: World, who: str, *deadlines: date, now: datetime) -> list[str]:
    """Actions of someone's, of which they have heard: subjects."""
    subjects = [f"action:{reminded.act(world, day, now, owner=who)}" for day in deadlines]
    with world.database.transaction() as session:
        person_id = world.actors[who].person_id
        for row in session.exec(select(Reminder).where(Reminder.person_id == person_id)):
            session.delete(row)
    return subjects


def wish(world: World, who: str, **wishes: Any) -> None:
    with world.database.transaction() as session:
        actor = world.actors[who]
        session.add(Habit(person_id=actor.person_id, tenant_id=actor.tenant_id, **wishes))


def states(world: World, who: str) -> list[tuple[str, str]]:
    return [(row.state, row.why) for row in reminded.reminders(world, who)]


def days(world: World, who: str) -> list[tuple[str, date]]:
    """What someone got without asking, and when."""
    live = [row for row in world.unasked(who) if row.state != DeliveryState.CANCELLED]
    return [(row.kind, london_day(row.settled_at or row.next_at)) for row in live]
