"""A review that is signed off and whose plan is under way: an action in every state."""

from datetime import date, datetime

from eocif import review_dates, snoozes
from eocif.database import Database
from eocif.rules.dates import at
from eocif.time_models import Reminder
from tests import acting, to_the_end
from tests.builders import World
from tests.kept import kept
from tests.reminded import person

MADE_AT = at(date(2027, 1, 28), 10)
MORNINGS = tuple(date(2027, 2, day) for day in (8, 9, 10))
AFTERNOON, LAST_MORNING = at(MORNINGS[-1], 15), at(date(2027, 2, 11), 9)
LOOKED_AT = at(date(2027, 2, 11), 10)
PAST, TODAY, LATER = "2027-02-09", "2027-02-11", "2027-03-01"
TITLES = (
    "Ask people after each stay", "Print the leaflet in large type", "Call carers by their names",
    "A quiet room on every ward", "Tell people who is who", "Ask night staff as well",
    "Meet carers in the evening", "Buy tablets for surveys",
)  # fmt: skip
_OWNED: tuple[tuple[str, str], ...] = (
    ("grace", TODAY), ("Jo Li", PAST), ("des", LATER), ("kasia", PAST), ("peter", TODAY),
    ("none", ""), ("grace", LATER), ("sunil", LATER),
)  # fmt: skip
"""Each action's owner, one of them without Teams, and its deadline."""


@kept
def under_way(database: Database, now: datetime) -> World:
    """A fortnight after sign-off, before `LAST_MORNING`; actions are numbered as `TITLES`."""
    world = to_the_end.signed_off(database, now)
    _make(world)
    for morning in MORNINGS:
        world.live(at(morning, 9))
    _answer(world)
    world.do(snoozes.snooze, "grace", subject="action:7", until="2027-02-19", now=AFTERNOON)
    acting.away(world, "grace", deputy="des", from_=date(2027, 2, 22), until=date(2027, 2, 26))
    return world


def _make(world: World) -> None:
    for title, (owner, deadline) in zip(TITLES, _OWNED, strict=True):
        named = {"owner": owner} if owner.islower() else {"owner_name": owner}
        acting.made(world, title=title, deadline=deadline, now=MADE_AT, **named)
    now = {"now": MADE_AT}
    acting.act(world, "accept", "grace", 1, **now)
    acting.note(world, "grace", 1, note="Two wards have begun.", evidence="40 of 50 people asked",
                link="https://example.org/n", **now)  # fmt: skip
    acting.done(world, "peter", 5, changed="People know whom to ask.", **now)
    acting.act(world, "withdraw", "tom", 8, reason="We use paper.", **now)
    world.on_review(
        review_dates.add_meeting, nonce="m" * 16, name="Quality committee", meets_on="2027-02-18",
        papers_days="5", now=MADE_AT,
    )  # fmt: skip


def _answer(world: World) -> None:
    """What Tom hears of on the last morning."""
    now = {"now": AFTERNOON}
    acting.act(world, "refuse", "des", 3, reason="I left the ward.", **now)
    acting.act(world, "ask_date", "kasia", 4, wanted_on=LATER, reason="The builders wait.", **now)


def reminder_ids(world: World, who: str) -> list[int]:
    """All that someone was ever reminded of."""
    rows = world.rows(Reminder, Reminder.person_id == person(world, who))
    return [row.id or 0 for row in rows]
