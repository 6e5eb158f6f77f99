"""What is typed of a review's dates: forums' meetings and the weekly digest (PURE).

Each problem is the sentence a person reads.
"""

from collections.abc import Mapping
from datetime import date

from eocif.rules.dates import day_in_words
from eocif.rules.set_up import LONGEST_LINE, typed_date
from eocif.rules.text import length
from eocif.rules.working_days import add_years

PAPERS_DAYS = range(31)  # working days before a meeting
USUAL_PAPERS_DAYS = 5
YEARS_AHEAD = 5
DIGEST_DAYS: Mapping[str, str] = {
    "0": "Monday", "1": "Tuesday", "2": "Wednesday", "3": "Thursday", "4": "Friday",
}  # fmt: skip
DIGEST_HOURS = tuple(str(hour) for hour in range(9, 17))  # London's, as messages go out then
LABELS: Mapping[str, str] = {
    "digest_day": "Day of the week",
    "digest_hour": "Time of day",
    "readers": "Who gets the digest",
}


def meeting_problems(name: str, meets_on: str, papers_days: str, today: date) -> dict[str, str]:
    """What is wrong with a forum's date, by input id. No number of days is the usual one."""
    found = {
        "name": _name_problem(name),
        "meets_on": _day_problem(meets_on, today),
        "papers_days": None if papers_of(papers_days) is not None else _PAPERS,
    }
    return {field: sentence for field, sentence in found.items() if sentence}


_PAPERS = f"Type a whole number of working days from 0 to {PAPERS_DAYS[-1]}."


def _name_problem(name: str) -> str | None:
    if not name:
        return "Type the name of the meeting, such as “Quality committee”."
    over = length(name) - LONGEST_LINE
    return f"Cut {over} characters. What you typed is still here." if over > 0 else None


def _day_problem(typed: str, today: date) -> str | None:
    day = typed_date(typed)
    if not typed:
        return "Choose the day of the meeting."
    if day is None:
        return "We could not read this date. Type it like 18 February 2028."
    if day < today:
        return f"{day_in_words(day)} has passed. Choose today or a later day."
    if day > (last := add_years(today, YEARS_AHEAD)):
        return f"{day_in_words(day)} is too far ahead. Choose {day_in_words(last)} or sooner."
    return None


def papers_of(typed: str) -> int | None:
    """How many working days before a meeting its papers close; None for what is no such number."""
    if not typed:
        return USUAL_PAPERS_DAYS
    if typed.isascii() and typed.isdigit() and len(typed) < 3 and int(typed) in PAPERS_DAYS:
        return int(typed)
    return None


def digest_problem(field: str, value: str) -> str | None:
    """What is wrong with the digest's day or hour, or nothing."""
    if field == "digest_day" and value not in DIGEST_DAYS:
        return "Choose a day from Monday to Friday."
    if field == "digest_hour" and value not in DIGEST_HOURS:
        return "Choose a time from 9am to 4pm."
    return None
