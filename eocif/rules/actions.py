"""What an action holds, what is wrong with it, and how it may move (PURE).

PR1209 asks for actions with owners; their life (accepted, under way, done, withdrawn) is ours.
Who may move an action how is said in `eocif.rules.action_moves`.
"""

from collections.abc import Collection, Mapping
from datetime import date
from enum import StrEnum

from eocif.rules import phrases
from eocif.rules.dates import day_in_words
from eocif.rules.set_up import LONGEST_LINE, NONE, typed_date
from eocif.rules.tags import TAGS, in_order
from eocif.rules.text import length, too_long
from eocif.rules.working_days import add_years

YEARS_AHEAD = 5  # the furthest deadline


class Status(StrEnum):
    """Where an action is."""

    NOT_STARTED = "not_started"
    UNDER_WAY = "under_way"
    DONE = "done"
    WITHDRAWN = "withdrawn"


IN_WORDS: Mapping[Status, str] = {
    Status.NOT_STARTED: "not started",
    Status.UNDER_WAY: "under way",
    Status.DONE: "done",
    Status.WITHDRAWN: "withdrawn",
}
OPEN = frozenset({Status.NOT_STARTED, Status.UNDER_WAY})
SETTLED = frozenset(Status) - OPEN


class Event(StrEnum):
    """A line of an action's history."""

    MADE = "made"
    COPIED = "copied"  # from the review before
    CHANGED = "changed"  # other fields than those below; detail: {"fields"}
    OWNER = "owner"  # detail: {"from", "to"} as people's ids or null
    DEADLINE = "deadline"  # detail: {"from", "to"} as ISO days or null; text: why
    ACCEPTED = "accepted"
    REFUSED = "refused"  # “not mine”, with the reason
    NOTE = "note"  # a progress note
    EVIDENCE = "evidence"  # text, link, or both
    DATE_ASKED = "date asked"  # detail: {"to"}; text: why
    DATE_REFUSED = "date refused"  # detail: {"to"}; text: why
    DONE = "done"  # text: what changed for people
    WITHDRAWN = "withdrawn"  # text: why
    RESUMED = "resumed"  # it was not done after all; text: why


# --- its fields -------------------------------------------------------------------------------

LABELS: Mapping[str, str] = {
    "title": "What will be done",
    "owner": "Owner",
    "deadline": "Deadline",
    "measure": "How we will measure it",
    "tags": "Tags",
    "collects_data": "Whether it collects new data",
    "looked_at": "Existing evidence that was looked at first",
}
"""An action's fields by input id. `owner` is a person's id, `new` for someone named beside it."""

TEXTS = ("title", "measure", "looked_at")
OPTIONAL = ("owner", "deadline", "measure", "tags", "looked_at")
"""Typing or choosing “none” empties these: an emptied input does not arrive."""
YES, NO = "yes", "no"
NEW = "new"


def tidied(field: str, value: str) -> str:
    """One field's value as it is compared and stored: days in ISO, tags in our order.

    What cannot be read stays as it was typed, for `problem` to say so.
    """
    if field in OPTIONAL and value.lower() == NONE:
        return NONE
    if field == "deadline":
        return day.isoformat() if (day := typed_date(value)) else value
    if field == "tags":
        chosen = [key for key in value.split(",") if key not in ("", NONE)]
        known = set(chosen) <= TAGS.keys()
        return ",".join(tag.key for tag in in_order(chosen)) if known else value
    return value


def problem(field: str, value: str, *, today: date) -> str | None:
    """What is wrong with one field's value, or nothing. Who may own it is asked elsewhere."""
    if field == "title" and (not length(value) or value.lower() == NONE):
        return "Say in a few words what will be done."
    if field in TEXTS:
        return too_long(LABELS[field], value)
    if field == "deadline":
        return deadline_problem(value, today=today)
    if field == "collects_data":
        return None if value in (YES, NO) else "Choose yes or no."
    if field == "tags":
        known = set(value.split(",")) - {"", NONE} <= TAGS.keys()
        return None if known else "Choose tags from the list."
    return None


def deadline_problem(value: str, *, today: date) -> str | None:
    """What is wrong with a deadline as typed or picked; empty is none yet."""
    if value in ("", NONE):
        return None
    day = typed_date(value)
    if day is None:
        return "We could not read this date. Type it like 18 February 2028."
    if day < today:
        return f"{day_in_words(day)} has passed. Choose today or later."
    if day > (last := add_years(today, YEARS_AHEAD)):
        return f"{day_in_words(day)} is too far ahead. Choose {day_in_words(last)} or sooner."
    return None


def looked_at_problem(collects_data: str, looked_at: str) -> str | None:
    """10e asks to use what there is first: an action that collects data says what was looked at."""
    if collects_data == YES and (not length(looked_at) or looked_at == NONE):
        return "Say which existing evidence was looked at before collecting new data."
    return None


def name_problem(name: str) -> str | None:
    """What is wrong with the name of an owner who is not listed."""
    if not length(name):
        return "Type the name of the person who will do it."
    over = length(name) - LONGEST_LINE
    return f"This name is too long. Cut {over:,} characters." if over > 0 else None


# --- what is said of it -----------------------------------------------------------------------


def reason_problem(value: str) -> str | None:
    """What is wrong with a reason that is needed: “none” is none."""
    if not length(value) or value.strip().lower() == NONE:
        return "Say why, in a few words."
    return too_long("Reason", value)


def changed_problem(value: str) -> str | None:
    """What is wrong with what changed for people: asked for whenever an action is done."""
    if not length(value):
        return "Say in a sentence what changed for people. “Nothing yet” is an answer too."
    return too_long("What changed for people", value)


def wanted_problem(wanted_on: str, *, deadline: date | None, today: date) -> str | None:
    """What is wrong with the date that an owner asks for instead."""
    if wanted_on.lower() in ("", NONE):
        return "Choose the date that would work."
    if deadline and typed_date(wanted_on) == deadline:
        return f"The deadline is {day_in_words(deadline)} already. Choose another date."
    return deadline_problem(wanted_on, today=today)


# --- before sign-off --------------------------------------------------------------------------


def needed(
    *, no_owner: Collection[int], refused: Collection[int], no_deadline: Collection[int]
) -> tuple[str, ...]:
    """What open actions still need, a sentence each; given as area numbers, one an action."""
    found = ((no_owner, "an owner"), (refused, "another owner"), (no_deadline, "a deadline"))
    return tuple(_needs(numbers, what) for numbers, what in found if numbers)


def _needs(numbers: Collection[int], what: str) -> str:
    verb = "needs" if len(numbers) == 1 else "need"
    where = phrases.areas(numbers, opening=False)
    return f"{phrases.many(len(numbers), 'action')} in {where} {verb} {what}."
