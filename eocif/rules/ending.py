"""What is typed to end an area or a review, or to open it again (PURE).

Each problem is the sentence a person reads. The next assessment is three years after the baseline
(the brief for this product); sooner with a reason, never later.
"""

from datetime import date

from eocif.rules.dates import day_in_words
from eocif.rules.set_up import typed_date
from eocif.rules.text import too_long
from eocif.rules.working_days import add_years

YEARS = 3
ANSWERED, STANDS = "answered", "stands"


def reply_problem(reply: str, kind: str) -> str | None:
    """What is wrong with a lead's answer to a concern, or nothing. One may stand without words."""
    if not reply and kind == ANSWERED:
        return "Write your answer, or let the concern stand."
    return too_long("Your answer", reply)


def reopening_problem(reason: str) -> str | None:
    """What is wrong with a reason to open an area again, or nothing."""
    if not reason:
        return "Say why this area is opened again. Every later report prints it."
    return too_long("Your reason", reason)


def setting_aside_problem(reason: str) -> str | None:
    """What is wrong with a reason to set an area aside, or nothing."""
    if not reason:
        return "Say why this area is set aside. The reason is printed in the worksheet."
    return too_long("Your reason", reason)


def latest(baseline: date) -> date:
    """The last day for the next assessment, taken where none is chosen."""
    return add_years(baseline, YEARS)


def reassess_day(typed: str, baseline: date) -> date | None:
    """The day of the next assessment, or None where what was typed is no date."""
    return typed_date(typed) if typed else latest(baseline)


def reassess_problems(typed: str, because: str, baseline: date) -> dict[str, str]:
    """What is wrong with the day of the next assessment and its reason, by input id."""
    day, last = reassess_day(typed, baseline), latest(baseline)
    problems = {}
    if day is None:
        problems["reassess_on"] = "We could not read this date. Type it like 18 February 2028."
    elif day <= baseline:
        problems["reassess_on"] = "Choose a day after today."
    elif day > last:
        problems["reassess_on"] = (
            f"This is more than {YEARS} years away. Choose {day_in_words(last)} or sooner."
        )
    elif day < last and not because:
        problems["reassess_because"] = (
            f"Say why it is sooner than {YEARS} years, or choose {day_in_words(last)}."
        )
    if sentence := too_long("Your reason", because):
        problems["reassess_because"] = sentence
    return problems
