"""Whatever happens: never two messages in a day, outside hours or for nothing; nothing is lost.

People do things at random, days off and outages fall at random; a witness looks at every message.
"""

import asyncio
import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from eocif import actions, habit_forms, people, reminders, review_groups, snoozes
from eocif.database import Database
from eocif.errors import EocifError
from eocif.rules.dates import at
from eocif.rules.working_days import Calendar, observe
from eocif.time_models import Reminder
from tests import builders
from tests.builders import MONDAY, SMALL, World
from tests.living import Life, becomes, put_back, rows_of
from tests.reminded import action, person
from tests.witness import Witness

DAYS = 16
START = at(MONDAY, 9)
HOURS = ((9, 0), (14, 0), (17, 15))  # when the service ticks for certain, each weekday
NOON = ((12, 0),)
EXAMPLES = int(os.environ.get("EOCIF_LIVES", "3"))  # more by hand
PHASES = (Phase.explicit, Phase.reuse, Phase.generate)  # to make a life shorter takes long
TEAMS = ("amina", "tom", "ruth", "peter", "kasia", "des", "grace", "sunil")
BLOCKED = "They have blocked the app in Teams."

who = st.sampled_from(TEAMS)
owner = st.sampled_from((*TEAMS, "doris", ""))
which = st.integers(0, 7)
ahead = st.integers(0, 12)
EVENTS = st.one_of(
    st.tuples(st.just("answers"), who, st.sampled_from((2, 3))),
    st.tuples(st.just("writes"), owner, ahead),
    st.tuples(st.just("moves"), which, ahead),
    st.tuples(st.just("gives"), which, owner),
    st.tuples(st.sampled_from(("accepts", "refuses", "is_done", "withdraws")), which),
    st.tuples(st.just("asks_date"), which, ahead),
    st.tuples(st.just("goes_away"), who, ahead, st.integers(0, 6), who),
    st.tuples(st.just("wants"), who, st.booleans(), st.integers(9, 13), st.integers(15, 17)),
    st.tuples(st.just("puts_off"), who, which, ahead),
    st.tuples(st.sampled_from(("leaves", "blocks", "comes_back")), who),
    st.tuples(st.just("nudges")),
)
HAPPENING = st.tuples(st.integers(0, DAYS - 4), st.integers(8, 17), EVENTS)
HALF_DAYS = st.tuples(st.integers(0, 2 * DAYS), st.integers(1, 7))


@dataclass
class People:
    """They do what comes to their minds; what they may not do is refused."""

    world: World
    now: datetime = START
    made: list[int] = field(default_factory=list)

    def do(self, name: str, *how: Any) -> None:
        with suppress(EocifError):
            getattr(self, f"_{name}")(*how)

    def _day(self, ahead: int) -> str:
        return (self.now.date() + timedelta(days=ahead)).isoformat()

    def _which(self, index: int) -> int:
        return self.made[index % len(self.made)]

    def _of_owner(self, index: int) -> dict[str, Any]:
        row = action(self.world, self._which(index))
        keys = {person(self.world, key): key for key in TEAMS}
        return {"who": keys.get(row.owner_id or 0, "amina"), "action_id": row.id, "now": self.now}

    def _answers(self, who: str, area: int) -> None:
        self.world.rate(who, area, "achieving", self.now)

    def _save(self, action_id: int, **posted: str) -> int:
        number, _ = self.world.on_review(
            actions.save, action_id=action_id, area=2, nonce=f"{len(self.made):016}",
            posted=posted, owner_name="", because="It takes longer.", shown={}, now=self.now,
        )  # fmt: skip
        return int(number)

    def _writes(self, owner: str, ahead: int) -> None:
        whose = str(person(self.world, owner)) if owner else ""
        posted = {"title": "Ring people", "owner": whose, "deadline": self._day(ahead)}
        self.made.append(self._save(0, **posted))

    def _moves(self, index: int, ahead: int) -> None:
        self._save(self._which(index), deadline=self._day(ahead))

    def _gives(self, index: int, owner: str) -> None:
        self._save(self._which(index), owner=str(person(self.world, owner)) if owner else "none")

    def _accepts(self, index: int) -> None:
        self.world.do(actions.accept, **self._of_owner(index))

    def _refuses(self, index: int) -> None:
        self.world.do(actions.refuse, **self._of_owner(index), reason="I work elsewhere.")

    def _is_done(self, index: int) -> None:
        self.world.do(actions.done, **self._of_owner(index), changed="People wait less.")

    def _withdraws(self, index: int) -> None:
        number = self._which(index)
        self.world.do(actions.withdraw, action_id=number, reason="It is not needed.", now=self.now)

    def _asks_date(self, index: int, ahead: int) -> None:
        wanted = {"wanted_on": self._day(ahead), "reason": "It takes longer."}
        self.world.do(actions.ask_date, **self._of_owner(index), **wanted)

    def _wishes(self, who: str, **posted: str) -> None:
        shown = self.world.do(habit_forms.show, who, now=self.now).shown
        self.world.do(habit_forms.save, who, posted=posted, shown=shown, now=self.now)

    def _goes_away(self, who: str, ahead: int, length: int, deputy: str) -> None:
        self._wishes(
            who, away_from=self._day(ahead), away_until=self._day(ahead + length),
            deputy=str(person(self.world, deputy)),
        )  # fmt: skip

    def _wants(self, who: str, is_weekly: bool, first: int, last: int) -> None:
        how_often = "weekly" if is_weekly else "any"
        self._wishes(who, how_often=how_often, from_hour=str(first), until_hour=str(last))

    def _puts_off(self, who: str, index: int, ahead: int) -> None:
        heard = self.world.rows(Reminder, Reminder.person_id == person(self.world, who))
        if heard:
            subject = heard[index % len(heard)].subject
            until = self._day(ahead)
            self.world.do(snoozes.snooze, who, subject=subject, until=until, now=self.now)

    def _leaves(self, who: str) -> None:
        member = self.world.members[who]
        self.world.on_review(review_groups.remove_member, member_id=member, now=self.now)

    def _blocks(self, who: str) -> None:
        becomes(self.world, who, unreachable=BLOCKED)

    def _comes_back(self, who: str) -> None:
        """They write, and so can be reached again."""
        one = self.world.sample.person(who)
        seen = builders.seen(self.world.sample.tenant_id, one.entra_id, one.teams_id, one.name)
        self.world.database.now(people.recognise, seen=seen, leads=frozenset(), now=self.now)

    def _nudges(self) -> None:
        self.world.on_review(reminders.remind, now=self.now)


async def lives(
    world: World, happening: Sequence[tuple[int, int, tuple[Any, ...]]],
    down: Sequence[tuple[int, int]], works: Calendar,
) -> Witness:  # fmt: skip
    """So many days, with what happens in them; who looked on."""
    them, life, witness = People(world), Life(world.database), Witness(world, works.is_working_day)
    witness.looks(START, since=START)  # Monday's messages have gone
    for index, key in enumerate(("grace", "tom", "doris", "des", "kasia")):
        them.do("writes", key, 2 * index)
    off = {first + n for first, length in down for n in range(length)}
    moments: list[tuple[datetime, tuple[Any, ...]]] = [
        (at(MONDAY + timedelta(days=day), hour, minute), ())
        for day in range(DAYS) for hour, minute in (HOURS if day % 7 < 5 else NOON)
    ]  # fmt: skip
    moments += [
        (at(MONDAY + timedelta(days=day), hour, 30), event) for day, hour, event in happening
    ]
    before = START
    for now, event in sorted(moments, key=lambda each: each[0]):
        if now < before or (now - at(MONDAY, 0)) // timedelta(hours=12) in off:
            continue
        them.now = now
        if event:
            them.do(*event)
        await life.is_at(now)
        witness.looks(now, since=now)
        before = now
    return witness


@pytest.mark.covers("R42")
@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_no_message_is_a_second_one_or_untimely_or_for_nothing_and_none_is_lost(
    database: Database, now: datetime
) -> None:
    world = builders.opened(database, now, scope=SMALL)
    as_it_was = rows_of(database)

    @settings(max_examples=EXAMPLES, phases=PHASES, suppress_health_check=list(HealthCheck))
    @given(
        happening=st.lists(HAPPENING, min_size=40, max_size=40),
        down=st.lists(HALF_DAYS, max_size=2),
        off=st.sets(st.integers(1, DAYS), max_size=3),
    )
    def check(
        happening: list[tuple[int, int, tuple[Any, ...]]], down: list[tuple[int, int]],
        off: set[int],
    ) -> None:  # fmt: skip
        put_back(database, as_it_was)
        works = Calendar(added=frozenset(MONDAY + timedelta(days=each) for each in off))
        observe(works)
        try:
            assert asyncio.run(lives(world, happening, down, works)).sent
        finally:
            observe(Calendar())

    check()
