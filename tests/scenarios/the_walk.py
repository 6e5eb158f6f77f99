"""Pressing everything there is as one person, and noting what was shown.

Each press is the real one, in a transaction that is rolled back: whatever a verb changes, the next
finds the review as it was.
"""

import asyncio
import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlalchemy import inspect, text
from sqlmodel import Session, select

from bot import commands
from bot.commands import Said
from bot.press import Press
from bot.submissions import answer
from cards.face import Face
from eocif import people
from eocif.database import Database
from eocif.models import Delivery
from eocif.outbox import Claimed
from eocif.people import Actor, Seen, known
from eocif.rules.said import IN_A_CHANNEL, IN_A_CHAT
from eocif.sample import load
from scheduler import envelope, faces
from scheduler.envelope import Envelope
from tests.builders import SERVICE, World
from tests.scenarios.everything_pressed import WALK, Data, Place
from tests.scenarios.planted_areas import NOW, planted

T = TypeVar("T")
NOBODY: frozenset[str] = frozenset()


class Rehearsal(Database):
    """A database that keeps nothing of what is done."""

    async def run(self, use_case: Callable[..., T], /, **arguments: Any) -> T:
        """Run a use case, and take it back."""
        return self.now(use_case, **arguments)

    def now(self, use_case: Callable[..., T], /, **arguments: Any) -> T:
        """The same, here."""
        with Session(self.engine, expire_on_commit=False) as session:
            try:
                return use_case(session, **arguments)
            finally:
                session.rollback()


@dataclass
class Sight:
    """What one person was shown, each with where: planted words, spreads, names, and whose words
    stood on one card with their name. `previews` are what stood on lock screens.

    `names_in_time` are those on cards of actions, reminders, leave and digests, and `offered` those
    of colleagues in a list to choose from.
    """

    words: dict[str, str] = field(default_factory=dict)
    spreads: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    names_in_time: dict[str, str] = field(default_factory=dict)
    offered: dict[str, str] = field(default_factory=dict)
    attributed: dict[tuple[str, str], str] = field(default_factory=dict)
    previews: set[str] = field(default_factory=set)

    def note(self, where: str, shown: str, preview: str = "") -> None:
        """One card, message or file."""
        beside = _named(SILENT.sub("", shown))
        for kind, area, who in set(WORD.findall(shown)):
            self.words.setdefault(planted(kind, int(area), who), where)
            if who in beside and kind in OF_A_PERSON:
                self.attributed.setdefault((who, area), where)
        for spread in SPREAD.findall(shown):
            self.spreads.setdefault(spread, where)
        names = self.names_in_time if IN_TIME.match(where) else self.names
        for name in _named(COLLEAGUES.sub("", shown)):
            names.setdefault(name, where)
        for colleagues in COLLEAGUES.findall(shown):
            self.offered |= dict.fromkeys(_named(colleagues), where)
        self.previews.add(preview)


def _named(shown: str) -> set[str]:
    return {key for key, name in NAMES.items() if name in shown}


WORD = re.compile("zq([a-z0-9]+?)q([0-9]+)q([a-z]+)qz")
NAMES = {one.key: one.name for one in load().people}
# Who has not answered yet is no one's author: they are named in a line of their own.
SILENT = re.compile(r'"(?:Not answered yet|Did not respond): "[^]]*]')
# Whoever takes part in a team can see who else does: who may stand in, and who may own an action.
COLLEAGUES = re.compile(r'"id": "(?:deputy|owner)", [^]]*"choices": \[{"title": "Nobody[^]]*\]')
IN_TIME = re.compile(r"(?:said )?(?:actions?|reminders|habits|digest)\b")
_LEVEL = "[0-9]+ (?:insufficient progress|progressing|achieving|excelling)"
SPREAD = re.compile(rf"{_LEVEL}(?:, {_LEVEL})*(?=\.)")
OF_A_PERSON = frozenset(
    {
        *(f"word{place}" for place in range(6)), "evidence", "host", "path", "told", "untold",
        "kept", "hidden", "said", "saidkept",
    }
)  # fmt: skip


def everything_said(world: World) -> set[tuple[str, int, str]]:
    """Everything that was planted and is stored: what it is, of which area and whose."""
    with world.database.engine.connect() as connection:
        tables = inspect(connection).get_table_names()
        rows = [connection.execute(text(f"SELECT * FROM {each}")).all() for each in tables]  # noqa: S608
    stored = "\n".join(str(tuple(row)) for table in rows for row in table)
    return {(kind, int(area), who) for kind, area, who in WORD.findall(stored)}


# --- walking --------------------------------------------------------------------------------------


def walk(database: Rehearsal, seen: Seen, place: Place, verbs: Iterable[str]) -> Sight:
    """Press everything, say everything, open everything that we ever send, as one person."""
    sight = Sight()
    asyncio.run(_press_everything(database, seen, place, verbs, sight))
    for channel, said in ((False, IN_A_CHAT), (True, IN_A_CHANNEL)):
        for words in (*said, "what is this"):
            for face in database.now(_say, seen=seen, words=words, channel=channel):
                _note(sight, f"said {words}", face)
    for name, params in _NEVER_PRESSED.items():
        given = {"review": place.review, **params} if params else {}
        for face in database.now(_by_name, seen=seen, name=name, params=given):
            _note(sight, name, face)
    return sight


_NEVER_PRESSED: Mapping[str, Data] = {
    "welcome": {}, "status": {},
    "file": {"format": "docx", "version": "group", "what": "saved"},
}  # fmt: skip


def _note(sight: Sight, where: str, face: Face) -> None:
    sight.note(where, json.dumps(face.content, ensure_ascii=False), face.preview)


async def _press_everything(
    database: Rehearsal, seen: Seen, place: Place, verbs: Iterable[str], sight: Sight
) -> None:
    for verb in verbs:
        for data in WALK[verb](place):
            press = Press(seen, "chat", "", verb, data, activity_id="press")
            face = await answer(database, press, leads=NOBODY, now=NOW)
            _note(sight, f"{verb} {data}", face)


def _actor(session: Session, seen: Seen) -> Actor:
    return people.recognise(session, seen=seen, leads=NOBODY, now=NOW)


def _by_name(session: Session, *, seen: Seen, name: str, params: Data) -> list[Face]:
    actor = _actor(session, seen)
    return [faces.by_name(session, actor=actor, name=name, now=NOW, params=params)]


def _say(session: Session, *, seen: Seen, words: str, channel: bool) -> list[Face]:
    """Every card that answers a word typed."""
    said = Said(seen, words, f"said {words}", "19:channel" if channel else "", channel)
    commands.answer(session, said=said, leads=NOBODY, now=NOW)
    rows = session.exec(select(Delivery).where(Delivery.subject == said.subject))
    return [made for row in rows if (made := message(session, row))]


def message(session: Session, row: Delivery) -> Face | None:
    """The card that goes out for a delivery, with what stands on a lock screen; None for none."""
    found = envelope.make(session, claimed=claimed(row), leads=NOBODY, now=NOW)
    if not isinstance(found, Envelope):
        return None
    return Face(found.message.card, found.message.summary)


def claimed(row: Delivery) -> Claimed:
    """A delivery as its sender claims it."""
    return Claimed(
        known(row.id), row.tenant_id, row.kind, "", row.person_id, SERVICE, row.conversation_id,
        "", "", 1, dict(row.params), NOW,
    )  # fmt: skip
