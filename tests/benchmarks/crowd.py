"""Reviews with groups of any size, made through the use cases that the cards use."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path

from sqlmodel import Session

from eocif import people, review_groups, reviews, set_up, views
from eocif.database import Database
from eocif.migrations import migrate
from eocif.people import Actor, RosterPerson, Seen
from eocif.rules.answers import Offered
from eocif.rules.dates import at
from eocif.rules.perspectives import PERSPECTIVES
from eocif.sample import load
from eocif.summaries import Place
from tests.builders import MONDAY, SERVICE, World, codes

TEN = at(MONDAY, 10)
_BEFORE = TEN - timedelta(days=4)  # the Thursday before: the reviews begin on that Monday
_SPEAK_FROM = tuple(each.key for each in PERSPECTIVES if each.key != "named_functions")
_SENTENCE = "We ask people on every ward each month, and we tell them what changed. "
WORDS = {"where_now": _SENTENCE * 4, "what_good": _SENTENCE * 3, "what_do": _SENTENCE * 2}


def opened(path: Path) -> Database:
    """A new SQLite file with the tables, as production opens it."""
    database = Database(f"sqlite:///{path}")
    migrate(database.engine)
    return database


def entra_id(number: int) -> str:
    """The Entra id of the crowd's nth person."""
    return f"b0000000-0000-4000-8000-{number:012d}"


def teams_id(number: int) -> str:
    """The Teams id of the crowd's nth person."""
    return f"29:person-{number}"


def name(number: int) -> str:
    """The name of the crowd's nth person."""
    return f"Alex Person {number}"


def started(
    database: Database, *, groups: int, members: int,
    chat: Callable[[int], str] = lambda number: f"chat of {number}", service_url: str = SERVICE,
) -> list[World]:  # fmt: skip
    """So many reviews that begin on Monday, each with a group of its own; its first member leads.

    Everyone has written once from the chat that `chat` names for their number.
    """
    actors = _met(database, groups * members, chat, service_url)
    worlds = []
    for first in range(0, len(actors), members):
        group = actors[first : first + members]
        with database.transaction() as session:
            review_id = _started(session, group, first)
        named = {entra_id(first + place): actor for place, actor in enumerate(group)}
        worlds.append(World(database, load(), named, review_id))
    return worlds


def _met(
    database: Database, count: int, chat: Callable[[int], str], service_url: str
) -> list[Actor]:
    tenant = load().tenant_id
    with database.transaction() as session:
        people.team_installed(
            session, tenant_id=tenant, conversation_id=load().team_id, name="Everyone",
            service_url=service_url, slot="first", now=_BEFORE,
        )  # fmt: skip
        numbers = range(count)
        roster = [
            RosterPerson(entra_id(each), teams_id(each), name(each), False) for each in numbers
        ]
        people.store_roster(session, team_id=1, people=roster)
        seen = [
            Seen(tenant, entra_id(each), teams_id(each), name(each), service_url, chat(each))
            for each in numbers
        ]
        return [people.recognise(session, seen=one, leads=frozenset(), now=_BEFORE) for one in seen]


def _started(session: Session, group: Sequence[Actor], first: int) -> int:
    lead = group[0]
    review_id = reviews.start_set_up(session, actor=lead, nonce=f"{first:016d}", now=_BEFORE)
    set_up.save_details(
        session, actor=lead, review_id=review_id, posted={"provider": load().provider}, shown={},
        now=_BEFORE,
    )  # fmt: skip
    for place in range(len(group)):
        review_groups.add_people(
            session, actor=lead, review_id=review_id, now=_BEFORE,
            perspective_key=_SPEAK_FROM[place % len(_SPEAK_FROM)],
            entra_ids=[entra_id(first + place)],
        )  # fmt: skip
    reviews.start(session, actor=lead, review_id=review_id, now=_BEFORE)
    return review_id


def answer(world: World, areas: Sequence[int]) -> None:
    """Everyone gives levels and words for these areas."""
    with world.database.transaction() as session:
        for actor in world.actors.values():
            for area in areas:
                place = Place(world.review_id, tuple(areas), area)
                views.save_levels(
                    session, actor=actor, place=place, now=TEN, shown={},
                    levels=dict.fromkeys(codes(area), "achieving"),
                )  # fmt: skip
                views.save_words(
                    session, actor=actor, place=place, words=WORDS, offered=Offered(), shown={},
                    now=TEN,
                )  # fmt: skip
