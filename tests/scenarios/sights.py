"""The review in which everyone planted words, in four worlds, and what each person sees there."""

import io
import logging
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session

from bot.logs import Frames
from cards.time_shapes import TIME_VERBS
from eocif import people, reviews
from eocif.database import Database
from eocif.models import Review
from eocif.people import RosterPerson, Seen
from eocif.sample import load
from scheduler import faces
from tests import builders
from tests.builders import SERVICE, World
from tests.scenarios import planted, planted_actions, the_walk
from tests.scenarios.everything_pressed import WALK, place_of
from tests.scenarios.planted_areas import NOW
from tests.scenarios.the_walk import NOBODY, Rehearsal, Sight

# Who presses less than everything: a deputy is a member like others, and what an area lead is told
# of actions does not depend on names.
VERBS: Mapping[tuple[str, str], Iterable[str]] = {
    (planted_actions.DEPUTY, "running"): TIME_VERBS,
    (planted_actions.DEPUTY, "named"): TIME_VERBS,
    ("tom", "named"): [verb for verb in WALK if verb not in TIME_VERBS],
}


@dataclass
class Sights:
    """The same review in its worlds, and what each person was shown there: looked up once."""

    worlds: Mapping[str, World]
    log: io.StringIO
    reached: set[str] = field(default_factory=set)
    seen: dict[tuple[str, str], Sight] = field(default_factory=dict)

    def of(self, viewer: str, world: str = "running") -> Sight:
        """What someone was shown who pressed everything."""
        if (viewer, world) not in self.seen:
            made = self.worlds[world]
            database, place = made.database, place_of(made)
            assert isinstance(database, Rehearsal)
            verbs = VERBS.get((viewer, world), WALK)
            self.seen[viewer, world] = the_walk.walk(database, seen_as(viewer), place, verbs)
        return self.seen[viewer, world]


def seen_as(viewer: str) -> Seen:
    """A person as a checked activity names them."""
    sample = load()
    if viewer == "stranger":  # a guest whom no roster knows
        return builders.seen(sample.tenant_id, "e-stranger", "29:stranger", "A stranger")
    if viewer == "other":
        return Seen("another-tenant", "e-other", "29:other", "Another lead", SERVICE, "chat")
    one = sample.person(viewer)
    return builders.seen(sample.tenant_id, one.entra_id, one.teams_id, one.name)


@contextmanager
def all_worlds(empty: Path, folder: Path) -> Iterator[Sights]:
    """The review as it runs, with names for area leads and nobody away, signed off, and cancelled.

    `empty` is a migrated SQLite file to begin with.
    """
    first = folder / "running.db"
    _copy(empty, first)
    made = Database(f"sqlite:///{first}")
    world = planted.everything_planted(made, names=False)
    made.now(_another_tenant)
    made.close()
    ends = {"named": _name, "signed off": planted.sign_it_off, "cancelled": planted.cancel_it}
    worlds = {"running": _opened(world, first)}
    for name, end in ends.items():
        path = folder / f"{name}.db"
        _copy(first, path)
        changed = _opened(world, path, Database)
        end(changed)
        changed.database.close()
        worlds[name] = _opened(world, path)
    with _logged() as log, pytest.MonkeyPatch.context() as patch:
        found = Sights(worlds, log)
        patch.setattr(faces, "BY_NAME", _noting(found.reached))
        yield found
    for each in worlds.values():
        each.database.close()


def _copy(source: Path, target: Path) -> None:
    with sqlite3.connect(source) as old, sqlite3.connect(target) as new:
        old.backup(new)


def _opened(world: World, path: Path, kind: type[Database] = Rehearsal) -> World:
    return World(
        kind(f"sqlite:///{path}"), world.sample, world.actors, world.review_id, world.members
    )


def _another_tenant(session: Session) -> None:
    """Someone who leads a review elsewhere."""
    people.team_installed(
        session, tenant_id="another-tenant", conversation_id="19:another", name="Another team",
        service_url=SERVICE, slot="first", now=NOW,
    )  # fmt: skip
    them = RosterPerson("e-other", "29:other", "Another lead", False)
    people.store_roster(session, team_id=2, people=[them])
    actor = people.recognise(session, seen=seen_as("other"), leads=NOBODY, now=NOW)
    reviews.start_set_up(session, actor=actor, nonce="o" * 16, now=NOW)


def _name(world: World) -> None:
    planted_actions.come_back(world)
    with world.database.transaction() as session:
        session.get_one(Review, world.review_id).area_leads_see_names = True


def _noting(reached: set[str]) -> Mapping[str, Any]:
    """The same cards, each noted when it is made."""

    def noting(name: str, make: Any) -> Any:
        def made(*given: Any, **named: Any) -> Any:
            reached.add(name)
            return make(*given, **named)

        return made

    return {name: noting(name, make) for name, make in faces.BY_NAME.items()}


@contextmanager
def _logged() -> Iterator[io.StringIO]:
    """All that is logged, at the most talkative, as the bot writes it."""
    kept, root = io.StringIO(), logging.getLogger()
    handler, before = logging.StreamHandler(kept), root.level
    handler.setFormatter(Frames("%(asctime)s %(levelname)s %(name)s %(message)s"))
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield kept
    root.setLevel(before)
    root.removeHandler(handler)
