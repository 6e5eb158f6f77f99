"""Worlds at a review's end: answered drafts, concluded areas, and a review that is signed off."""

from collections.abc import Mapping
from datetime import date, datetime

from eocif import conclusions, sign_off
from eocif.database import Database
from eocif.models import Conclusion, Response
from eocif.rules.dates import at
from tests.after_the_close import MIXED, in_round_2
from tests.builders import World
from tests.kept import kept

SENT_ROUND = date(2027, 1, 25)  # when round 2 closes: a week after Monday's message
CONCLUDING_AT = at(date(2027, 1, 26), 10)
CONCLUDED_AT = at(date(2027, 1, 26), 11)
SIGNED_OFF_AT = at(date(2027, 1, 27), 11)


def respond(world: World, who: str, area: int, answer: str, now: datetime, **more: object) -> int:
    """A member answers a draft; the id of their response."""
    number = world.area(area)
    with world.database.transaction() as session:
        row = Response(
            tenant_id=number.tenant_id, area_id=number.id or 0, member_id=world.members[who],
            round=number.round, answer=answer, updated_at=now, **more,
        )  # fmt: skip
        session.add(row)
        session.flush()
        return row.id or 0


@kept
def concluding(
    database: Database, now: datetime, *, scope: Mapping[str, str] | None = None,
    choices: Mapping[str, str] = MIXED, areas: tuple[int, ...] = (2, 3),
) -> World:  # fmt: skip
    """Round 2 has closed and nobody said anything: `CONCLUDING_AT`."""
    world = in_round_2(database, now, scope=scope, choices=choices, areas=areas)
    world.tick(at(SENT_ROUND, 17, 15))
    return world


@kept
def concluded(
    database: Database, now: datetime, *, scope: Mapping[str, str] | None = None,
    choices: Mapping[str, str] = MIXED, areas: tuple[int, ...] = (2, 3),
) -> World:  # fmt: skip
    """Every area is concluded, at `CONCLUDED_AT`, by its own lead."""
    world = concluding(database, now, scope=scope, choices=choices, areas=areas)
    for area in areas:
        conclude(world, area)
    return world


def conclude(world: World, area: int, who: str = "tom", now: datetime = CONCLUDED_AT) -> None:
    """Someone concludes an area."""
    world.on_review(conclusions.conclude, who, number=area, now=now)


@kept
def signed_off(database: Database, now: datetime) -> World:
    """A review of two areas, signed off at `SIGNED_OFF_AT`."""
    world = concluded(database, now)
    sign(world)
    return world


def sign(world: World, now: datetime = SIGNED_OFF_AT, **typed: str) -> None:
    """Amina signs the review off."""
    wanted = {"reassess_on": "", "reassess_because": "", **typed}
    world.on_review(sign_off.sign_off, now=now, **wanted)


def ended(world: World, area: int) -> dict[str, Conclusion]:
    """How an area's statements ended, by code."""
    rows = world.rows(Conclusion, Conclusion.area_id == world.area(area).id)
    return {row.code: row for row in rows}
