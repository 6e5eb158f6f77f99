"""What is due when (PURE). Days are London days; instants are UTC.

The software's own timetable: areas open in batches, a batch a week, at 9am on a working day; a
round closes at 5pm on its closing day, and what arrives by 5.15pm still counts.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from eocif.rules.dates import CLOSING, LONDON, closed_from, london_day, opens_at
from eocif.rules.working_days import add_years, on_or_after, working_days_after

WEEK = timedelta(days=7)
PACES = range(1, 24)  # areas a week
ANSWER_DAYS = range(1, 61)  # working days to answer
DAYS_BETWEEN_REMINDERS = 2


@dataclass(frozen=True)
class Batch:
    """Areas that open and close together."""

    opens_on: date
    closes_on: date
    areas: tuple[int, ...]


def timetable(
    numbers: Iterable[int], *, start_on: date, pace: int, answer_days: int
) -> tuple[Batch, ...]:
    """Batches of `pace` areas a week from `start_on`, each open for `answer_days` working days."""
    inside, batches = sorted(numbers), []
    for week, first in enumerate(range(0, len(inside), pace)):
        opens_on = prompt_day(start_on, week)
        closes_on = working_days_after(opens_on, answer_days)
        batches.append(Batch(opens_on, closes_on, tuple(inside[first : first + pace])))
    return tuple(batches)


def review_week(start_on: date, day: date) -> int:
    """Which week of the review a day is in, counted from 0."""
    return (day - start_on) // WEEK


def prompt_day(start_on: date, week: int) -> date:
    """The day on which a week's message goes out: moved on where that is no working day."""
    return on_or_after(start_on + week * WEEK)


def pace_needed(areas: int, *, start_on: date, finish_by: date, answer_days: int) -> int | None:
    """The slowest pace whose last round closes by a date; None where even one batch is too late."""
    for pace in PACES:
        last = timetable(range(areas), start_on=start_on, pace=pace, answer_days=answer_days)[-1]
        if last.closes_on <= finish_by:
            return pace
    return None


def early_closing_day(complete_at: datetime) -> date:
    """Once every active member has answered: the first working day after."""
    return working_days_after(london_day(complete_at), 1)


def earliest_start(now: datetime) -> date:
    """The first working day on which prompts can still go out."""
    today = london_day(now)
    over = now.astimezone(LONDON).time() >= CLOSING
    return on_or_after(today + timedelta(days=1) if over else today)


def furthest(now: datetime) -> date:
    """The last day that a round may be extended to: a slip of the year goes no further."""
    return add_years(london_day(now), 1)


def closing_day(closes_on: date, early_on: date | None) -> date:
    """The day a round really closes: the set one, or sooner when everyone has answered."""
    return min(closes_on, early_on) if early_on else closes_on


def accepts_answers(now: datetime, closes_on: date, early_on: date | None) -> bool:
    """Whether an answer that arrives now still counts."""
    return now < closed_from(closing_day(closes_on, early_on))


def may_be_reminded(now: datetime, reminded_at: datetime | None) -> bool:
    """One reminder for each person in two working days."""
    if reminded_at is None:
        return True
    again = working_days_after(london_day(reminded_at), DAYS_BETWEEN_REMINDERS)
    return london_day(now) >= again


def next_moment(now: datetime) -> datetime:
    """The next instant at which something may be due by the calendar: 9am or 5.15pm."""
    day = on_or_after(london_day(now))
    later = (moment for moment in (opens_at(day), closed_from(day)) if moment > now)
    return next(later, opens_at(on_or_after(day + timedelta(days=1))))
