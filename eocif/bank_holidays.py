"""One-off bank holidays from a file that the installation keeps, read where a process starts.

TOML, for example:

    added = [
        2027-06-11,
        { day = 2027-05-07, note = "May Day, moved to a Friday" },
    ]
    removed = [2027-05-03]

A mistake stops the start: a calendar read halfway would move deadlines without a word. Days that
the calendar by rule has already, or never had, are taken: a newer release of it may have learnt
them since the file was written.
"""

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from eocif.rules.dates import day_in_words
from eocif.rules.working_days import Calendar

KEYS = ("added", "removed")
_LIKE = "a date like 2027-05-07, without quotes"
_SATURDAY = 5


class BadBankHolidays(ValueError):
    """The file cannot be taken as it stands; the message is one sentence that says where."""


def read(path: Path) -> Calendar:
    """The bank holidays by rule, with the file's days added and removed. Raises BadBankHolidays."""
    try:
        text = path.read_text("utf-8")
    except UnicodeDecodeError:
        raise BadBankHolidays(f"{path} is not a text file in UTF-8.") from None
    except OSError as error:
        raise BadBankHolidays(f"We could not read {path}: {error.strerror}.") from None
    try:
        return calendar(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise BadBankHolidays(f"{path} is not TOML that we can read: {error}.") from None
    except BadBankHolidays as bad:
        raise BadBankHolidays(f"{path}: {bad}") from None


def calendar(raw: Mapping[str, Any]) -> Calendar:
    """The same from the file's content. Raises BadBankHolidays, naming the key."""
    if unknown := sorted(raw.keys() - set(KEYS)):
        raise BadBankHolidays(f"“{unknown[0]}” is not a key here: use {' and '.join(KEYS)}.")
    added, removed = (frozenset(_days(key, raw.get(key, []))) for key in KEYS)
    if both := sorted(added & removed):
        raise BadBankHolidays(f"{day_in_words(both[0])} is both in added and in removed.")
    return Calendar(added, removed)


def _days(key: str, entries: Any) -> Iterator[date]:
    if not isinstance(entries, list):
        raise BadBankHolidays(f"“{key}” must be a list of dates in square brackets.")
    for place, entry in enumerate(entries, 1):
        yield _day(f"entry {place} of “{key}”", entry)


def _day(where: str, entry: Any) -> date:
    day = _without_note(where, entry) if isinstance(entry, Mapping) else entry
    if not isinstance(day, date) or isinstance(day, datetime):
        raise BadBankHolidays(f"{where} must be {_LIKE}.")
    if day.weekday() >= _SATURDAY:
        raise BadBankHolidays(f"{where} is {day_in_words(day)}: nobody works at a weekend anyway.")
    return day


def _without_note(where: str, entry: Mapping[str, Any]) -> Any:
    if entry.keys() - {"day", "note"} or not isinstance(entry.get("note", ""), str):
        raise BadBankHolidays(f"{where} must hold a day and, if you like, a note in quotes.")
    return entry.get("day")
