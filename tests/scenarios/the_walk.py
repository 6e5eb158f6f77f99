"""Pressing everything there is as one person, and noting what was shown.

Each press is the real one, in a transaction that is rolled back: whatever a verb changes, the next
finds the review as it was.
"""

import asyncio
import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import Any, TypeVar

from sqlalchemy import inspect, text
from sqlmodel import Session, select

from bot import commands
from bot.commands import Said
from bot.press import Press
from bot.submissions import answer
from cards.face import Face
from cards.quotes import TOPICS
from eocif import people
from eocif.database import Database
from eocif.models import Action, Delivery, Evidence, Reminder, Response
from eocif.outbox import Claimed
from eocif.people import Actor, Seen, known
from eocif.rules.said import IN_A_CHANNEL, IN_A_CHAT
from eocif.sample import load
from scheduler import envelope, faces
from scheduler.envelope import Envelope
from tests.builders import SERVICE, World, codes
from tests.scenarios.planted_areas import FORMER, NOW, STATE_OF, planted

T = TypeVar("T")
Data = Mapping[str, Any]
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


# --- what can be pressed --------------------------------------------------------------------------


@dataclass(frozen=True)
class Place:
    """What presses name: the review, its areas, members and actions, texts and concerns.

    `reminders` are the ids of everybody's, `subjects` what they are about.
    """

    review: int
    areas: tuple[int, ...]
    members: Mapping[str, int]
    stories: Mapping[int, tuple[str, ...]]
    responses: Mapping[int, tuple[int, ...]]
    actions: Mapping[int, int]
    reminders: tuple[int, ...]
    subjects: tuple[str, ...]


def place_of(world: World) -> Place:
    """The names of everything in a review that a press can be about."""
    by_area: dict[int, list[str]] = defaultdict(list)
    responses: dict[int, list[int]] = defaultdict(list)
    for row in world.rows(Evidence, Evidence.source == "story"):
        _, area, who = row.text.removeprefix("zq").removesuffix("qz").split("q")
        by_area[int(area)].append(f"{world.members[who]}:evidence_{row.id}")
    numbers = {world.area(number).id: number for number in STATE_OF}
    for row in world.rows(Response):
        responses[numbers[row.area_id]].append(row.id or 0)
    return Place(
        world.review_id, tuple(STATE_OF), world.members,
        {area: tuple(keys) for area, keys in by_area.items()},
        {area: tuple(ids) for area, ids in responses.items()},
        {known(row.id): row.area for row in world.rows(Action)},
        tuple(known(row.id) for row in world.rows(Reminder)),
        tuple(dict.fromkeys(row.subject for row in world.rows(Reminder))),
    )  # fmt: skip


def _once(place: Place) -> Iterator[Data]:
    yield {}


def _review(**more: Iterable[Any]) -> Callable[[Place], Iterator[Data]]:
    """Of the review, with every combination of these."""

    def data(place: Place) -> Iterator[Data]:
        for values in product(*more.values()):
            yield {"review": place.review, **dict(zip(more, values, strict=True))}

    return data


def _areas(**more: Iterable[Any]) -> Callable[[Place], Iterator[Data]]:
    """Of each area, with every combination of these."""

    def data(place: Place) -> Iterator[Data]:
        for values in product(place.areas, *more.values()):
            area, *rest = values
            yield {
                "review": place.review, "area": area, "areas": list(place.areas),
                **dict(zip(more, rest, strict=True)),
            }  # fmt: skip

    return data


def _and_for(*others: str, **more: Iterable[Any]) -> Callable[[Place], Iterator[Data]]:
    """Of each area for oneself, and the first of each on behalf of others."""

    def data(place: Place) -> Iterator[Data]:
        yield from _areas(**more)(place)
        first = {name: list(values)[:1] for name, values in more.items()}
        for who in others:
            yield from _areas(**first, member=[place.members[who]])(place)

    return data


def _and(*ways: Callable[[Place], Iterator[Data]]) -> Callable[[Place], Iterator[Data]]:
    def data(place: Place) -> Iterator[Data]:
        for way in ways:
            yield from way(place)

    return data


def _statements(place: Place) -> Iterator[Data]:
    for area in place.areas:
        for code in ("", *codes(area)):
            yield {"review": place.review, "area": area, "code": code}


def _texts(what: str) -> Callable[[Place], Iterator[Data]]:
    """A text and a story in each area: its form."""

    def data(place: Place) -> Iterator[Data]:
        for area in place.areas:
            for key in (f"{place.members['grace']}:what_do", *place.stories.get(area, ())[:1]):
                yield {"review": place.review, "area": area, "field": "what_do", what: key}

    return data


def _concerns(place: Place) -> Iterator[Data]:
    for area in place.areas:
        for response in place.responses.get(area, ())[:3]:
            more = {"response": response, "kind": "answered", "step": "concerns"}
            yield {"review": place.review, "area": area, **more}


def _action(**more: Iterable[Any]) -> Callable[[Place], Iterator[Data]]:
    """Of each action, with every combination of these."""

    def data(place: Place) -> Iterator[Data]:
        for values in product(place.actions, *more.values()):
            yield dict(zip(("action", *more), values, strict=True))

    return data


def _lists(place: Place) -> Iterator[Data]:
    """Each list of actions, narrowed in each way."""
    for by in ("mine", "all"):
        yield {"by": by}
        for area in place.areas:
            yield {"by": by, "review": place.review, "area": area}
        yield from ({"by": by, "only": only} for only in ("overdue", "open", "settled"))


def _saved(place: Place) -> Iterator[Data]:
    """A form for each action and a new one, with a name typed and a title that is missing."""
    for action, area in {**place.actions, 0: place.areas[0]}.items():
        yield {"review": place.review, "action": action, "area": area, "nonce": "n" * 16,
               "owner_name": "Someone else", "deadline": "soon"}  # fmt: skip


def _reminders(**more: str) -> Callable[[Place], Iterator[Data]]:
    """Everybody's, and each of the things that they are about."""

    def data(place: Place) -> Iterator[Data]:
        yield {"ids": list(place.reminders)}
        for subject in place.subjects:
            yield {"ids": list(place.reminders), "later": subject, "subject": subject, **more}

    return data


_THREE = ("doris", "grace", FORMER)  # without Teams, with it, and gone
_SETUP = (
    *("details", "scope", "pace", "group", "roster", "without_teams", "leads", "check", "rules"),
    *("local", "local_statement", "local_help", "not_provided", "perspectives"),
    *("perspective_add", "perspective_change", "perspective", "member"),
)
_ABOUT = {"perspective": ["people_and_carers"], "member": [9], "area": [5], "service": ["pals"]}
_FIELDS = tuple(TOPICS)

# Every verb, and with what it is pressed. What is not given is left empty: most of what changes
# something is then refused, and shows its card again.
WALK: Mapping[str, Callable[[Place], Iterator[Data]]] = {
    "help.show": _once,
    "mine.show": _once,
    "review.start": _review(nonce=["n" * 16]),
    "setup.show": _review(step=_SETUP, **_ABOUT),
    "setup.details": _review(),
    "setup.scope": _review(),
    "setup.pace": _review(),
    "setup.people": _review(perspective=["volunteers"]),
    "setup.roster": _review(perspective=["volunteers"]),
    "setup.member": _review(member=range(1, 10)),
    "setup.without_teams": _review(nonce=["n" * 16]),
    "setup.remove": _review(member=[5]),
    "setup.leads": _review(),
    "setup.start": _review(),
    "setup.rules": _review(),
    "setup.local_add": _review(nonce=["n" * 16]),
    "setup.local_remove": _review(code=["local_1"]),
    "setup.local_help": _review(area=[5]),
    "setup.not_provided": _review(service=["pals"]),
    "setup.perspective_add": _review(nonce=["n" * 16]),
    "setup.perspective_change": _review(perspective=["volunteers"]),
    "setup.perspective_offer": _review(perspective=["volunteers"], offer=[False]),
    "week.show": _and(_review(areas=[list(STATE_OF)]), _review(areas=[[9]], member=range(1, 10))),
    "area.show": _and_for(*_THREE, step=["auto", "levels", "words", "clear", "withdraw"]),
    "area.levels": _and_for("doris", go=["stop"]),
    "area.words": _and_for("doris", go=["saved"]),
    "area.withdraw": _and_for("doris"),
    "area.clear": _and_for("doris", what=["level_9z"]),
    "outstanding.show": _review(by=["area", "person"]),
    "outstanding.remind": _review(),
    "review.show": _review(view=["summary", "extend", "close", "cancel", "members"], area=[17]),
    "review.extend": _areas(until=["29 January 2027"]),
    "review.close": _areas(),
    "review.cancel": _review(),
    "results.show": _statements,
    "voices.show": _and(
        _areas(field=_FIELDS), _areas(field=["evidence"], page=[2, 3]),
        _texts("hide"), _texts("consent"),
    ),
    "voices.hide": _texts("hide"),
    "voices.unhide": _areas(hide=["1:where_now"]),
    "voices.consent": _texts("consent"),
    "draft.show": _and(
        _areas(step=["auto", "results", "words", "levels", "send", "conclude", "set_aside"]),
        _areas(step=["concerns"], page=[1, 2]), _concerns,
    ),
    "draft.words": _areas(go=["levels"]),
    "draft.levels": _areas(go=["send"]),
    "draft.clear": _areas(what=["gap"]),
    "draft.send": _areas(),
    "draft.set_aside": _areas(reason=["Not ours."]),
    "conclude.reply": _concerns,
    "conclude.finish": _areas(),
    "confirm.show": _and(
        _and_for(*_THREE, step=["auto", "draft", "levels", "answer", "saved"]),
        _areas(step=["voices"], field=_FIELDS),
    ),
    "confirm.levels": _and_for("doris"),
    "confirm.answer": _and_for("doris", answer=["agree"]),
    "outcome.show": _and_for(*_THREE),
    "worksheet.show": _review(section=range(6)),
    "signoff.show": _review(),
    "signoff.do": _review(),
    "reopen.show": _areas(),
    "reopen.do": _areas(reason=["New facts."]),
    "facts.show": _review(),
    "facts.save": _review(),
    "report.show": _review(),
    "report.make": _review(
        format=["docx", "xlsx", "csv", "json"],
        version=["group", "board", "icb", "public", "lead", "plan", "member"], member=[9],
    ),
    "actions.show": _lists,
    "action.show": _and(
        _action(view=["summary"], page=[1, 2, 3]),
        _action(view=["refuse", "note", "ask_date", "answer_date", "done", "withdraw", "resume"]),
    ),
    "action.new": _areas(),
    "action.edit": _action(),
    "action.save": _saved,
    "action.accept": _action(),
    "action.refuse": _action(reason=["Not mine."]),
    "action.note": _action(nonce=["n" * 16], note=["A note."]),
    "action.ask_date": _action(wanted_on=["12 March 2027"], reason=["Later."]),
    "action.answer_date": _action(answer=["refuse"], wanted_on=["2027-03-05"], reason=["No."]),
    "action.done": _action(changed=["Fewer wait."]),
    "action.withdraw": _action(reason=["Not needed."]),
    "action.resume": _action(reason=["It is not done."]),
    "reminders.show": _reminders(),
    "reminders.snooze": _reminders(until="27 January 2027"),
    "habits.show": _once,
    "habits.save": _once,
    "habits.wake": lambda place: ({"subject": each} for each in place.subjects),
    "habits.back": _once,
    "digest.show": _and(lambda place: iter([{"review": 0}]), _review()),
    "dates.show": _review(view=["summary", "meeting", "digest"]),
    "dates.save": _review(),
    "meeting.add": _review(nonce=["n" * 16]),
    "meeting.remove": _review(meeting=[1]),
    "next.show": _review(),
    "next.start": _review(nonce=["n" * 16]),
    "rerate.show": _areas(),
    "rerate.start": _areas(nonce=["n" * 16]),
}  # fmt: skip


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
