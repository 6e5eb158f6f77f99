"""When someone wants to hear from us (PURE). Days are London days, hours are London's.

People say how often, within which hours, and when they are away; of single things, from which day
on they want to hear again. What falls due on the very day is told whatever they chose, unless they
are away: then they hear on the day they are back.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from eocif.rules.dates import CLOSING, OPENING, at, london_day
from eocif.rules.working_days import Calendar, observed

EARLIEST, LATEST = OPENING.hour, CLOSING.hour
LEAST_HOURS = 2
_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Wish:
    """What someone asked for. Both ends of leave are included; `deputy_id` is a person's."""

    is_weekly: bool = False
    from_hour: int = EARLIEST
    until_hour: int = LATEST
    away_from: date | None = None
    away_until: date | None = None
    deputy_id: int | None = None


DEFAULT = Wish()


def is_away(wish: Wish, day: date) -> bool:
    """Whether someone is on leave on `day`; leave needs both its ends."""
    if wish.away_from is None or wish.away_until is None:
        return False
    return wish.away_from <= day <= wish.away_until


def when(
    wish: Wish, *, today: date, is_deadline: bool, snoozed_until: date | None = None,
    calendar: Calendar | None = None,
) -> date:  # fmt: skip
    """The first day from `today` on when a reminder may go: a working day, and not one of leave.

    Who wants one message a week hears on their first day at work in a week, and a snoozed thing
    waits for its day. Neither holds back what falls due on the day itself.
    """
    if is_deadline:
        return _at_work(wish, today, calendar)
    day = _at_work(wish, max(today, snoozed_until or today), calendar)
    monday = day - timedelta(days=day.weekday())
    if not wish.is_weekly or day == _at_work(wish, monday, calendar):
        return day
    return _at_work(wish, monday + _WEEK, calendar)


def hours(wish: Wish, day: date) -> tuple[datetime, datetime]:
    """The instants on `day` from which, and before which, someone hears: within 9am and 5pm."""
    return at(day, max(wish.from_hour, EARLIEST)), at(day, min(wish.until_hour, LATEST))


def next_sending_time(
    wish: Wish, instant: datetime, *, is_deadline: bool = False,
    calendar: Calendar | None = None,
) -> datetime:  # fmt: skip
    """`instant` itself within someone's hours, else when these begin on their next day at work.

    Once their hours are over, what falls due that day may still go until 5pm: tomorrow is too late.
    """
    today = london_day(instant)
    day = _at_work(wish, today, calendar)
    opens, closes = hours(DEFAULT if is_deadline else wish, day)
    opens = max(opens, hours(wish, day)[0])
    if instant < opens:
        return opens
    if instant < closes:
        return instant
    return hours(wish, _at_work(wish, today + _DAY, calendar))[0]


def next_free_time(
    wish: Wish, instant: datetime, *, busy: Collection[date],
    calendar: Calendar | None = None,
) -> datetime:  # fmt: skip
    """When a message of its own may go: within someone's hours, on a day of theirs, not a busy one.

    `busy` are the days on which they hear from us already.
    """
    due = next_sending_time(wish, instant, calendar=calendar)
    day = london_day(due)
    while day in busy or day != when(wish, today=day, is_deadline=False, calendar=calendar):
        day = when(wish, today=day + _DAY, is_deadline=False, calendar=calendar)
        due = hours(wish, day)[0]
    return due


def _at_work(wish: Wish, day: date, calendar: Calendar | None) -> date:
    """`day`, or the next working day after it on which someone is not away."""
    days = calendar or observed()
    day = days.on_or_after(day)
    if wish.away_until is not None and is_away(wish, day):
        return days.on_or_after(wish.away_until + _DAY)
    return day


def overlap(one: Wish, other: Wish) -> tuple[date, date] | None:
    """The first and last day on which two people are both away; None where there is none."""
    if not (one.away_from and one.away_until and other.away_from and other.away_until):
        return None
    first, last = max(one.away_from, other.away_from), min(one.away_until, other.away_until)
    return (first, last) if first <= last else None
