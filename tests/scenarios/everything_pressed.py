"""Everything that can be pressed: every verb, and with what.

What is not given is left empty: most of what changes something is then refused, and shows its card
again.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice, product
from typing import Any

from cards.quotes import TOPICS
from eocif.models import Evidence, Response
from eocif.people import known
from eocif.time_models import Action, Reminder
from tests.builders import World, codes
from tests.scenarios.planted_actions import ONE_OF_EACH, WANTED
from tests.scenarios.planted_areas import FORMER, ROUND_3, STATE_OF

Data = Mapping[str, Any]


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


def _move(**more: Any) -> Callable[[Place], Iterator[Data]]:
    """Of an action for each part that someone can have in one: owner, deputy, lead, or none."""

    def data(place: Place) -> Iterator[Data]:
        for action, area in place.actions.items():
            if area in ONE_OF_EACH:
                yield {"action": action, **more}

    return data


def _lists(place: Place) -> Iterator[Data]:
    """Each list of actions, narrowed in each way."""
    for by in ("mine", "all"):
        yield {"by": by}
        for area in ONE_OF_EACH:
            yield {"by": by, "review": place.review, "area": area}
        yield from ({"by": by, "only": only} for only in ("overdue", "open", "settled"))


def _saved(place: Place) -> Iterator[Data]:
    """A form of an action, and a new one's, with a date that is none and a missing title."""
    for action, area in [next(iter(place.actions.items())), (0, ROUND_3)]:
        yield {"review": place.review, "action": action, "area": area, "nonce": "n" * 16,
               "owner_name": "Someone else", "deadline": "soon"}  # fmt: skip


def _reminders(place: Place, **more: str) -> Iterator[Data]:
    """Everybody's, and each of the things that they are about."""
    yield {"ids": list(place.reminders)}
    for subject in place.subjects:
        yield {"ids": list(place.reminders), "later": subject, "subject": subject, **more}


_THREE = ("doris", "grace", FORMER)  # without Teams, with it, and gone
_SETUP = (
    *("details", "scope", "pace", "group", "roster", "without_teams", "leads", "check", "rules"),
    *("local", "local_statement", "local_help", "not_provided", "perspectives"),
    *("perspective_add", "perspective_change", "perspective", "member"),
)
_ABOUT = {"perspective": ["people_and_carers"], "member": [9], "area": [5], "service": ["pals"]}
_FIELDS = tuple(TOPICS)
_FORMS = ("refuse", "note", "ask_date", "answer_date", "done", "withdraw", "resume")

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
        _action(view=["summary"], page=[1, 2]),
        *(_move(view=view) for view in _FORMS),
    ),
    "action.new": _areas(),
    "action.edit": _action(),
    "action.save": _saved,
    "action.accept": _move(),
    "action.refuse": _move(reason="Not mine."),
    "action.note": _move(nonce="n" * 16, note="A note."),
    "action.ask_date": _move(wanted_on="12 March 2027", reason="Later."),
    "action.answer_date": _move(answer="refuse", wanted_on=WANTED, reason="No."),
    "action.done": _move(changed="Fewer wait."),
    "action.withdraw": _move(reason="Not needed."),
    "action.resume": _move(reason="It is not done."),
    "reminders.show": _reminders,
    "reminders.snooze": lambda place: islice(_reminders(place, until="27 January 2027"), 1, 4),
    "habits.show": _once,
    "habits.save": _once,
    "habits.wake": lambda place: islice(_reminders(place), 1, 2),
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
