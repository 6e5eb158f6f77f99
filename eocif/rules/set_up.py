"""What a review's set-up may hold (PURE): each problem as the sentence a person reads."""

from collections.abc import Mapping
from datetime import date

from eocif.rules import agreement
from eocif.rules.dates import day_in_words, parse_date
from eocif.rules.due import ANSWER_DAYS, PACES, pace_needed, timetable
from eocif.rules.statements import UNITS
from eocif.rules.text import length
from eocif.rules.working_days import add_years

NONE = "none"  # typed to empty an optional field: an emptied input does not arrive
LONGEST_LINE = 200
LONGEST_TYPED = 3_000  # characters of a line that is too long which its card shows again
YEARS_AHEAD = 2  # a review begins and ends within these

DETAILS: Mapping[str, str] = {
    "title": "Name of the review",
    "provider": "Provider",
    "division": "Division",
    "executive_lead": "Executive lead",
    "forum": "Forum it reports to",
    "segment": "Oversight segment",
    "see_names": "Area leads see names",
}
_NEEDED = ("title", "provider")


def details_problem(field: str, value: str) -> str | None:
    """What is wrong with a field of step 1, or nothing."""
    if field not in DETAILS:
        return "This card does not have that question."
    if field == "see_names":
        return None if value in ("yes", "no") else "Choose yes or no."
    if field in _NEEDED and value.lower() == NONE:
        return f"{DETAILS[field]} is needed. Your earlier words are kept."
    if length(value) > LONGEST_TYPED:
        return f"{DETAILS[field]} is far too long. Only its first {LONGEST_TYPED:,} characters fit."
    if (over := length(value) - LONGEST_LINE) > 0:
        return f"{DETAILS[field]} is too long. Cut {over} characters. What you typed is still here."
    return None


def pace_problem(field: str, value: str, earliest: date) -> str | None:
    """What is wrong with a field of step 3 on its own, or nothing."""
    if field == "pace":
        return _whole_number(value, PACES, "areas a week")
    if field == "answer_days":
        return _whole_number(value, ANSWER_DAYS, "working days")
    day = typed_date(value)
    if day is None:
        return "We could not read this date. Type it like 18 February 2028."
    if day < earliest:
        return (
            f"{day_in_words(day)} has passed or is too late today. "
            f"Choose {day_in_words(earliest)} or later."
        )
    if day > (last := add_years(earliest, YEARS_AHEAD)):
        return f"{day_in_words(day)} is too far ahead. Choose {day_in_words(last)} or sooner."
    return None


RULES: Mapping[str, str] = {
    "rating_unit": "What gets a level",
    "agreement_rule": "When a level is agreed",
    "least_people": "Fewest people who rate it",
    "least_perspectives": "Fewest perspectives among them",
    "least_lived": "Fewest of them with lived experience",
    "confirm_days": "Working days for the second round",
}
NUMBERS: Mapping[str, tuple[range, str]] = {
    "least_people": (range(3, 51), "people"),
    "least_perspectives": (range(1, 11), "perspectives"),
    "least_lived": (range(11), "people"),
    "confirm_days": (ANSWER_DAYS, "working days"),
}


def rules_problem(field: str, value: str) -> str | None:
    """What is wrong with one of the rules fixed before round 1, or nothing."""
    if field in NUMBERS:
        return _whole_number(value, *NUMBERS[field])
    if field not in RULES:
        return "This card does not have that question."
    allowed = UNITS if field == "rating_unit" else agreement.RULES
    return None if value in allowed else "Choose one of the answers on the list."


def _whole_number(value: str, allowed: range, unit: str) -> str | None:
    if value.isascii() and value.isdigit() and len(value) < 4 and int(value) in allowed:
        return None
    return f"Type a whole number of {unit} from {allowed[0]} to {allowed[-1]}."


def typed_date(value: str) -> date | None:
    """A date as people type or pick it, or nothing."""
    try:
        return parse_date(value)
    except ValueError:
        return None


def finish_problem(wanted: Mapping[str, str], *, areas: int) -> str | None:
    """Why a pace cannot finish by the day asked for, and what would; or nothing.

    `wanted` holds start_on, pace, answer_days and finish_by as step 3 does.
    """
    start_on, finish_by = typed_date(wanted["start_on"]), typed_date(wanted["finish_by"])
    if not (start_on and finish_by and areas):
        return None
    pace, answer_days = int(wanted["pace"]), int(wanted["answer_days"])
    last = timetable(range(areas), start_on=start_on, pace=pace, answer_days=answer_days)[-1]
    if last.closes_on <= finish_by:
        return None
    needed = pace_needed(areas, start_on=start_on, finish_by=finish_by, answer_days=answer_days)
    late = f"At {pace} areas a week the first round ends on {day_in_words(last.closes_on)}."
    if needed is None:
        return f"{late} No pace can finish by {day_in_words(finish_by)}. Choose a later day."
    return f"{late} Ask for {needed} areas a week, or finish later than {day_in_words(finish_by)}."
