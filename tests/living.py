"""Living through time: a service ticks and delivers, and what everyone got is written down."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from eocif import digests, outbox
from eocif.database import Database
from eocif.models import Delivery, DeliveryState, Person
from eocif.rules.due import next_moment
from eocif.sending import KINDS
from eocif.time_models import Habit, Reminder
from scheduler import jobs
from tests.builders import World
from tests.guards import unguarded
from tests.kept import TABLES
from tests.scheduler.post_office import Clock, PostOffice, courier

Told = tuple[datetime, str, int, tuple[str, ...], str]
"""When, of what kind, to whom, with which reminders, and why it did not arrive."""
_SETTLED = (DeliveryState.SENT, DeliveryState.FAILED, DeliveryState.UNKNOWN)


@dataclass
class Life:
    """A service on a database, and Teams beside it."""

    database: Database
    office: PostOffice = field(default_factory=PostOffice)

    async def is_at(self, *instants: datetime) -> None:
        """The service ticks at each of these, and delivers all that is due."""
        clock = Clock(instants[0])
        post = courier(self.database, self.office, clock)
        for clock.now in instants:
            await jobs.tick(self.database, now=clock.now)
            await post.run_due()
        await post.leave()

    async def goes_on(self, now: datetime, until: datetime, *, leaping: bool = False) -> None:
        """At every instant until then; with `leaping` at those only that anything asks for."""
        while now < until:
            following = jobs.next_instant if leaping else _by_calendar
            now = min(until, await following(self.database, now=now))
            await self.is_at(now)


async def _by_calendar(database: Database, *, now: datetime) -> datetime:
    """Each 9am and 5.15pm of a working day, and whenever something waits to go."""
    found = [await database.run(each, now=now) for each in (outbox.next_due, digests.next_due)]
    return min([next_moment(now), *(each for each in found if each)])


def told(world: World, since: datetime) -> list[Told]:
    """What went out since then without being asked for, or did not arrive."""
    carried: dict[int, list[str]] = {}
    for each in world.rows(Reminder):
        if each.state == "taken":
            carried.setdefault(each.delivery_id or 0, []).append(f"{each.subject} {each.slot}")
    return sorted(
        (row.settled_at, row.kind, row.person_id, tuple(sorted(carried.get(row.id, ()))), row.error)
        for row in world.rows(Delivery)
        if row.kind in KINDS and row.state in _SETTLED and row.settled_at >= since
    )


# --- rows --------------------------------------------------------------------------------------

Rows = Mapping[str, list[dict[str, Any]]]


def rows_of(database: Database) -> Rows:
    """Every row of every table, by key."""
    with database.engine.connect() as connection:
        return {
            table.name: [
                dict(row)
                for row in connection.execute(
                    table.select().order_by(*table.primary_key)
                ).mappings()
            ]
            for table in TABLES
        }


def put_back(database: Database, rows: Rows) -> None:
    """Make every table as it was, for another life."""
    with unguarded(database) as connection:
        for table in reversed(TABLES):
            connection.execute(table.delete())
        for table in TABLES:
            if rows[table.name]:
                connection.execute(table.insert(), rows[table.name])


# --- what is the matter with people ----------------------------------------------------------


def wish(world: World, who: str, **wishes: Any) -> None:
    """What someone asked for, as `habits.save` leaves it."""
    with world.database.transaction() as session:
        actor = world.actors[who]
        row = session.get(Habit, actor.person_id)
        row = row or Habit(person_id=actor.person_id, tenant_id=actor.tenant_id)
        session.add(row.sqlmodel_update(wishes))


def becomes(world: World, who: str, **changed: Any) -> None:
    """What is known of someone in Teams changes."""
    with world.database.transaction() as session:
        person = session.get_one(Person, world.actors[who].person_id)
        session.add(person.sqlmodel_update(changed))


def names(world: World) -> dict[int, str]:
    """By person, the sample's key."""
    keys = {one.name: one.key for one in world.sample.people}
    return {row.id or 0: keys[row.name] for row in world.rows(Person)}
