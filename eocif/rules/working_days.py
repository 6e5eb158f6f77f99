"""Working days in England and Wales, from the calendar alone.

A working day is Monday to Friday and not a bank holiday. Bank holidays come from the `holidays`
package, which works them out by rule, so they are right for any year ahead without a network.
One-off changes (a royal occasion, a moved May Day) are given by a `Calendar`, which whoever starts
a process lets every function here go by (`observe`).

Two rules of direction, not to be mixed up:

- **Reminders of a deadline** fall on or *before* a day that is not a working day (`on_or_before`),
  so that nobody is warned too late.
- **Prompts and digests** move to the *next* working day (`on_or_after`), so that nobody is asked
  for something early.
"""

from calendar import isleap
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from holidays import country_holidays

_DAY = timedelta(days=1)
_SATURDAY = 5


@lru_cache(maxsize=256)
def bank_holidays(year: int) -> frozenset[date]:
    """The bank holidays of England and Wales in `year`, substitute days included.

    The package's subdivision ENG holds the days that England and Wales share.
    """
    return frozenset(country_holidays("GB", subdiv="ENG", years=year, expand=False))


@dataclass(frozen=True)
class Calendar:
    """The bank holidays by rule, with one-off days `added` and days `removed`.

    A removed bank holiday is an ordinary day; a weekend stays a weekend whatever is removed.
    Raises ValueError when a day is both added and removed.
    """

    added: frozenset[date] = frozenset()
    removed: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        if self.added & self.removed:
            raise ValueError("a day is both added to and removed from the bank holidays")

    def is_working_day(self, day: date) -> bool:
        """Whether people are at work on `day`."""
        if day.weekday() >= _SATURDAY or day in self.added:
            return False
        return day in self.removed or day not in bank_holidays(day.year)

    def on_or_before(self, day: date) -> date:
        """`day` if it is a working day, else the last one before it: for deadline reminders."""
        while not self.is_working_day(day):
            day -= _DAY
        return day

    def on_or_after(self, day: date) -> date:
        """`day` if it is a working day, else the next one after it: for prompts and digests."""
        while not self.is_working_day(day):
            day += _DAY
        return day

    def working_days_before(self, day: date, n: int) -> date:
        """The `n`th working day before `day`, not counting `day`; `day` itself when `n` is 0.

        Raises ValueError when `n` is negative.
        """
        _refuse_negative(n)
        for _ in range(n):
            day = self.on_or_before(day - _DAY)
        return day

    def working_days_after(self, day: date, n: int) -> date:
        """The `n`th working day after `day`, not counting `day`; `day` itself when `n` is 0.

        Raises ValueError when `n` is negative.
        """
        _refuse_negative(n)
        for _ in range(n):
            day = self.on_or_after(day + _DAY)
        return day

    def working_days_between(self, start: date, end: date) -> int:
        """How many working days lie after `start`, up to and including `end`; 0 if none do."""
        span = range(1, (end - start).days + 1)
        return sum(self.is_working_day(start + timedelta(days=ahead)) for ahead in span)


def with_overrides(added: Iterable[date] = (), removed: Iterable[date] = ()) -> Calendar:
    """A calendar with one-off bank holidays `added` and others `removed`."""
    return Calendar(frozenset(added), frozenset(removed))


ENGLAND_AND_WALES = Calendar()
_observed = ENGLAND_AND_WALES


def observe(calendar: Calendar) -> Calendar:
    """From now on every function of this module goes by `calendar`; the one until now.

    Called once, where a process starts, with what the installation's own file adds and removes.
    """
    global _observed
    before, _observed = _observed, calendar
    return before


def observed() -> Calendar:
    """The calendar that people here work by."""
    return _observed


def is_working_day(day: date) -> bool:
    """Whether `day` is a working day in England and Wales."""
    return _observed.is_working_day(day)


def on_or_before(day: date) -> date:
    """`day`, or the last working day before it: where a deadline reminder goes out."""
    return _observed.on_or_before(day)


def on_or_after(day: date) -> date:
    """`day`, or the next working day after it: where a prompt or digest goes out."""
    return _observed.on_or_after(day)


def working_days_before(day: date, n: int) -> date:
    """The `n`th working day before `day`; ValueError when `n` is negative."""
    return _observed.working_days_before(day, n)


def working_days_after(day: date, n: int) -> date:
    """The `n`th working day after `day`; ValueError when `n` is negative."""
    return _observed.working_days_after(day, n)


def working_days_between(start: date, end: date) -> int:
    """How many working days lie after `start`, up to and including `end`."""
    return _observed.working_days_between(start, end)


def add_years(day: date, n: int) -> date:
    """The same day and month `n` years on; 29 February becomes 28 where there is no 29th."""
    if (day.month, day.day) == (2, 29) and not isleap(day.year + n):
        day = day.replace(day=28)
    return day.replace(year=day.year + n)


def _refuse_negative(n: int) -> None:
    if n < 0:
        raise ValueError("a number of working days cannot be negative")
