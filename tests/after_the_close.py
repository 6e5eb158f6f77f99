"""Worlds later in a round's life: answered, closed, and waiting for an area's lead."""

from collections.abc import Mapping
from datetime import date, datetime

from eocif.database import Database
from eocif.rules.dates import at
from tests.builders import MONDAY, SMALL, World, codes, opened

CLOSED_ON = date(2027, 1, 13)  # the first working day after the last answer, on Tuesday
NEXT_MORNING = at(date(2027, 1, 14), 9, 30)
ANSWERED_AT = at(date(2027, 1, 12), 10)

# Area 2 ends close between progressing and achieving, in the sample's group of nine.
MIXED: Mapping[str, str] = {
    "amina": "achieving", "ruth": "achieving", "tom": "excelling", "kasia": "achieving",
    "des": "progressing", "peter": "achieving", "sunil": "progressing", "doris": "progressing",
    "grace": "achieving",
}  # fmt: skip


def answered(
    database: Database, now: datetime, *, scope: Mapping[str, str] | None = None,
    choices: Mapping[str, str] = MIXED, areas: tuple[int, ...] = (2, 3),
) -> World:  # fmt: skip
    """Everyone has answered; the last round's area is rated alike by all, the others by `choices`.

    Each writes “(key) says …” to the first question.
    """
    world = opened(database, now, scope=SMALL if scope is None else scope)
    for area in areas:
        for who in world.members:
            recorder, for_ = (who, "") if who in world.actors else ("tom", who)
            level = "achieving" if area == areas[-1] else choices.get(who, "achieving")
            world.rate(recorder, area, dict.fromkeys(codes(area), level), ANSWERED_AT, for_=for_)
            words = f"{who} says this of area {area}."
            world.write(recorder, area, ANSWERED_AT, for_=for_, where_now=words)
    return world


def drafting(
    database: Database, now: datetime, *, scope: Mapping[str, str] | None = None,
    choices: Mapping[str, str] = MIXED, areas: tuple[int, ...] = (2, 3),
) -> World:  # fmt: skip
    """Everyone has answered, the round has closed, and it is the next morning: `NEXT_MORNING`."""
    world = answered(database, now, scope=scope, choices=choices, areas=areas)
    world.live(at(CLOSED_ON, 17, 15))
    world.live(NEXT_MORNING)
    return world


__all__ = ["ANSWERED_AT", "CLOSED_ON", "MIXED", "MONDAY", "NEXT_MORNING", "answered", "drafting"]
