"""What has come due in tests: the reminders that a day's tick writes, and things to be due."""

from datetime import date, datetime

from eocif import action_saving, actions, maturing, remembered
from eocif.models import Person
from eocif.people import known
from eocif.rules.dates import at, london_day
from eocif.rules.working_days import is_working_day
from eocif.time_models import Action, Reminder
from eocif.time_summaries import Remembered
from tests.builders import World, digests

Line = tuple[str, str, str]
"""Who hears, of what kind, and which of its slots."""


def mature(world: World, day: date, hour: int = 9, minute: int = 0) -> list[Line]:
    """One tick of what has come due; what is new, by who hears of it."""
    return [line for _, line in _new(world, [at(day, hour, minute)])]


def every_day(world: World, first: date, last: date) -> list[tuple[date, Line]]:
    """A tick on each working morning; what was new on which."""
    days = (date.fromordinal(day) for day in range(first.toordinal(), last.toordinal() + 1))
    return _new(world, [at(day, 9) for day in days if is_working_day(day)])


def _new(world: World, ticks: list[datetime]) -> list[tuple[date, Line]]:
    before = len(world.rows(Reminder))
    for now in ticks:
        world.database.now(maturing.mature, now=now)
    names = {row.id: row.name.split(" ")[0].lower() for row in world.rows(Person)}
    return sorted(
        (london_day(row.created_at), (names[row.person_id], row.kind, row.slot))
        for row in world.rows(Reminder)[before:]
    )


def act(
    world: World, deadline: date | None, now: datetime, *, owner: str = "grace", area: int = 2,
    by: str = "amina",
) -> int:  # fmt: skip
    """A lead writes an action; its id. `owner` is a key of the sample, "" for nobody."""
    action_id, said = world.on_review(
        actions.save, by, action_id=0, area=area, nonce=f"{len(world.rows(Action)):016}",
        posted={
            "title": "Ring people a week after they go home.", "collects_data": "no",
            "owner": str(person(world, owner)) if owner else "",
            "deadline": deadline.isoformat() if deadline else "",
        },
        owner_name="", because="", shown={}, now=now,
    )  # fmt: skip
    assert not said.is_problem, said
    return int(action_id)


def change(world: World, action_id: int, now: datetime, because: str = "", **posted: str) -> None:
    """A lead changes fields of an action."""
    row = action(world, action_id)
    shown = digests(action_saving.values_of(row))
    _, said = world.on_review(
        actions.save, action_id=action_id, area=row.area, nonce="c" * 16, posted=posted,
        owner_name="", because=because, shown=shown, now=now,
    )  # fmt: skip
    assert not said.is_problem, said


def action(world: World, action_id: int) -> Action:
    """An action as it is stored."""
    return world.rows(Action, Action.id == action_id)[0]


def person(world: World, key: str) -> int:
    """Someone's id, by the sample's key, also without Teams."""
    if key in world.actors:
        return world.actors[key].person_id
    [found] = world.rows(Person, Person.name == world.sample.person(key).name)
    return known(found.id)


def reminders(world: World, who: str, *kinds: str) -> list[Reminder]:
    """Someone's reminders, oldest first; of these kinds, where any are given."""
    rows = world.rows(Reminder, Reminder.person_id == person(world, who))
    return [row for row in rows if not kinds or row.kind in kinds]


def seen(world: World, who: str, now: datetime, *kinds: str) -> list[Remembered]:
    """The same as they stand now."""
    return list(world.do(remembered.remembered, who, rows=reminders(world, who, *kinds), now=now))
