"""Worlds later in a round's life: answered, closed, and waiting for an area's lead."""

from collections.abc import Mapping
from datetime import date, datetime

from eocif import drafting as areas_draft
from eocif import drafts
from eocif.access import areas_of
from eocif.database import Database
from eocif.rules import drafting as rules
from eocif.rules.dates import at
from tests.builders import MONDAY, SMALL, World, codes, opened
from tests.kept import kept

CLOSED_ON = date(2027, 1, 13)  # the first working day after the last answer, on Tuesday
NEXT_MORNING = at(date(2027, 1, 14), 9, 30)
ANSWERED_AT = at(date(2027, 1, 12), 10)

# Area 2 ends close between progressing and achieving, in the sample's group of nine.
MIXED: Mapping[str, str] = {
    "amina": "achieving", "ruth": "achieving", "tom": "excelling", "kasia": "achieving",
    "des": "progressing", "peter": "achieving", "sunil": "progressing", "doris": "progressing",
    "grace": "achieving",
}  # fmt: skip


@kept
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


@kept
def drafting(
    database: Database, now: datetime, *, scope: Mapping[str, str] | None = None,
    choices: Mapping[str, str] = MIXED, areas: tuple[int, ...] = (2, 3),
) -> World:  # fmt: skip
    """Everyone has answered, the round has closed, and it is the next morning: `NEXT_MORNING`."""
    world = answered(database, now, scope=scope, choices=choices, areas=areas)
    world.live(at(CLOSED_ON, 17, 15))
    world.live(NEXT_MORNING)
    return world


# --- drafting -------------------------------------------------------------------------------


def written(world: World, area: int, now: datetime, *, who: str = "amina", **fields: str) -> None:
    """Someone fills in all that an area's draft needs, as far as nothing is there; then `fields`.

    Agreed levels are left to the rule, and every other statement is “not agreed”.
    """
    with world.database.transaction() as session:
        at_ = areas_draft.open_draft(
            session, actor=world.actors[who], review_id=world.review_id, number=area, now=now
        )
        everyone = ",".join(each.key for each in at_.result.contributed)
        codes = [each.statement.code for each in at_.result.statements]
        values, names = at_.values, at_.names
    wanted = {field: f"The draft of area {area}: {field}." for field in rules.ANSWERS}
    wanted |= {"draws_on": everyone, "gap": f"The gap of area {area}."}
    wanted |= {
        f"{what}_{code}": f"{what} of {code}." for what in ("reason", "heard") for code in codes
    }
    wanted |= {f"level_{code}": "not_agreed" for code in codes}
    wanted = {field: text for field, text in wanted.items() if field not in values} | fields
    shown = rules.digests(values, names)
    for use_case, posted in ((drafts.save_words, "words"), (drafts.save_levels, "fields")):
        said = world.on_review(use_case, who, number=area, shown=shown, now=now, **{posted: wanted})
        assert not said.is_problem, said


def sent(world: World, area: int, now: datetime, *, who: str = "amina", **fields: str) -> None:
    """A complete draft of an area is written and goes round: ROUND_2. `fields` as in `written`."""
    written(world, area, now, who=who, **fields)
    world.on_review(drafts.send, who, number=area, now=now)


@kept
def in_round_2(
    database: Database, now: datetime, *, scope: Mapping[str, str] | None = None,
    choices: Mapping[str, str] = MIXED, areas: tuple[int, ...] = (2, 3),
) -> World:  # fmt: skip
    """As `drafting`, and then each area's draft is sent on that morning."""
    world = drafting(database, now, scope=scope, choices=choices, areas=areas)
    for area in areas:
        sent(world, area, NEXT_MORNING)
    return world


__all__ = [
    "ANSWERED_AT", "CLOSED_ON", "MIXED", "MONDAY", "NEXT_MORNING", "answered", "drafting",
    "in_round_2", "sent", "written",
]  # fmt: skip


def as_if_concluded(world: World) -> None:
    """As if each area had been concluded; how is shown elsewhere."""
    with world.database.transaction() as session:
        for area in areas_of(session, review_id=world.review_id):
            area.state = "concluded"
            session.add(area)
