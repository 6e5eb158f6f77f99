"""Why someone is written to, in sentences for an administrator. No words of answers or actions."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlmodel import Session

from eocif.models import Delivery, Person, ReviewArea
from eocif.rules.dates import day_in_words
from eocif.rules.phrases import areas, many
from eocif.rules.reminding import NO_TEAMS, OVERDUE, UNOWNED, UNREACHABLE, Kind
from eocif.taking import carried
from eocif.time_models import Action, Reminder

_OF_KIND: Mapping[str, str] = {
    "nudge": "a lead asked us to remind them",
    "digest": "it is their weekly digest",
}
_THING: Mapping[str, str] = {
    Kind.ROUND: "answers are missing, and a round closes on {day}",
    Kind.ACTION: "action {number} {is_} due on {day}",
    Kind.DRAFT: "area {number} waits for its lead, until {day}",
    Kind.SIGN_OFF: "the review waits for sign-off since {day}",
    Kind.PAPERS: "a meeting's papers close on {day}",
    Kind.REASSESS: "the next assessment is due on {day}",
    Kind.EDITION: "NHS England's review of the framework is due on {day}",
}
_SAID: Mapping[str, str] = {
    "asked": "they are asked to own action {number}",
    "to ask": "they are to ask the owner of action {number}, who has no Teams",
    "answered": "a lead answered the date that they asked for action {number}",
    "said": "the owner of action {number} gave it back or asked for another date",
}
"""By how the slot begins: what people asked of each other, which has no date of its own."""
_WHY_ME: Mapping[str, str] = {
    NO_TEAMS: "to them, because {name} has no Teams",
    UNREACHABLE: "to them, because messages do not reach {name}",
    UNOWNED: "to them, because nobody owns it",
    OVERDUE: "also to them, because it is so long overdue",
    "": "to them, because {name} is away",
}


def of_delivery(session: Session, row: Delivery) -> Iterator[str]:
    """What a message is about, and then each reminder that it carries along."""
    numbers = row.params.get("areas") or []
    asked = areas(numbers, opening=False) if numbers else ""
    if row.kind == "prompt":
        owed = f"they owe answers on {asked}" if asked else "they record answers, or lead an area"
        yield f"it is their weekly message: {owed}"
    elif row.kind == "news":
        yield f"news of {asked}" if asked else "an area waits for them as its lead"
    elif row.kind in _OF_KIND:
        yield _OF_KIND[row.kind]
    yield from (of_reminder(session, each) for each in carried(session, row))


def of_reminder(session: Session, row: Reminder) -> str:
    """One reminder: of what, when it is due, which of its dates this is, and why to them."""
    number = _number(session, row)
    first, _, rest = row.slot.partition(" ")
    if first in _SAID:
        is_theirs = first != "asked" or _owner(session, row) == row.person_id
        return _SAID[first if is_theirs else "to ask"].format(number=number)
    is_ = "was" if rest.startswith("overdue") else "is"
    thing = _THING[row.kind].format(number=number, day=day_in_words(row.due_on), is_=is_)
    date = "" if row.kind == Kind.SIGN_OFF else f": {_date(rest)}"
    return f"{thing}{date}{_why_me(session, row.params)}"


def _number(session: Session, row: Reminder) -> int | str:
    """What people call it: of an area its number in the framework."""
    what, _, number = row.subject.partition(":")
    return session.get_one(ReviewArea, int(number)).number if what == "area" else number


def _owner(session: Session, row: Reminder) -> int | None:
    return session.get_one(Action, int(row.subject.partition(":")[2])).owner_id


def _date(name: str) -> str:
    """A slot's name without its deadline, in words: “before 2” is “2 working days before”."""
    slot, _, of_round = name.partition(", ")
    match slot.split(" "):
        case ["before" | "overdue" as which, days]:
            slot = f"{many(int(days), 'working day')} {which}"
    return f"{slot} ({of_round})" if of_round else slot


def _why_me(session: Session, params: Mapping[str, Any]) -> str:
    """Why they hear of what is somebody else's; empty where it is their own."""
    if params.keys().isdisjoint(("why_me", "for_person")):
        return ""
    whose = session.get(Person, params.get("for_person") or 0)
    return f" ({_WHY_ME[params.get('why_me', '')].format(name=whose.name if whose else '')})"
