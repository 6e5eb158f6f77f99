"""Days and times as people in the provider live them: London days, London hours.

Deadlines are dates. Instants are aware datetimes, in UTC where this module makes them; one
without a zone is refused with ValueError, because a guess would be wrong for half the year.
"""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from eocif.rules.working_days import Calendar, observed

LONDON = ZoneInfo("Europe/London")
OPENING = time(9)
CLOSING = time(17)
GRACE = timedelta(minutes=15)

# Written out because the machine's locale must not change what people read.
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_NOON = 12

_YEAR_FIRST = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", re.ASCII)
_IN_WORDS = re.compile(
    r"(?:([a-z]+),? )?(\d{1,2})(?:st|nd|rd|th)? ([a-z]+),? (\d{4})", re.ASCII | re.IGNORECASE
)


def day_in_words(day: date) -> str:
    """A date in full, as in "Friday 18 February 2028"."""
    return f"{_DAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]} {day.year}"


def time_in_words(moment: time) -> str:
    """A time of day in NHS style, to the minute: "9am", "5.15pm", "midday", "midnight"."""
    if moment.minute == 0 and moment.hour % _NOON == 0:
        return "midday" if moment.hour else "midnight"
    minutes = f".{moment.minute:02}" if moment.minute else ""
    return f"{moment.hour % _NOON or _NOON}{minutes}{'am' if moment.hour < _NOON else 'pm'}"


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """The instant, in UTC, of a time on London's clocks.

    Of a time that comes twice in October the first is meant; one that March skips is read as if
    the clocks had not yet changed. Nothing of ours is set for those hours.
    """
    return _instant(day, time(hour, minute))


def london_day(instant: datetime) -> date:
    """The date in London at `instant`."""
    return _in_london(instant).date()


def opens_at(day: date) -> datetime:
    """When messages may begin to go out on `day`: 09:00 in London."""
    return _instant(day, OPENING)


def closes_at(day: date) -> datetime:
    """When a round closing on `day` closes: 17:00 in London."""
    return _instant(day, CLOSING)


def closed_from(day: date) -> datetime:
    """From when an answer to a round closing on `day` comes too late: 17:15 in London.

    The quarter of an hour after closing is for a press already on its way.
    """
    return closes_at(day) + GRACE


def in_working_hours(instant: datetime, calendar: Calendar | None = None) -> bool:
    """Whether messages may go out: a working day in London, from 09:00 until just before 17:00.

    Without a `calendar` it is the one observed here.
    """
    local, days = _in_london(instant), calendar or observed()
    return OPENING <= local.time() < CLOSING and days.is_working_day(local.date())


def next_sending_time(instant: datetime, calendar: Calendar | None = None) -> datetime:
    """`instant` itself in working hours, else the next 09:00 in London on a working day."""
    days = calendar or observed()
    if in_working_hours(instant, days):
        return instant
    local = _in_london(instant)
    later = timedelta(days=0 if local.time() < OPENING else 1)
    return opens_at(days.on_or_after(local.date() + later))


def parse_date(text: str) -> date:
    """The date a person picked or typed; ValueError when there is none, for callers to word.

    Reads 2028-02-18, 18/02/2028 (day first, as here; also with dots or hyphens), 18 February 2028
    and what `day_in_words` writes. Months and weekdays may be cut to three letters or more. A
    weekday that does not fit the date is refused: one of the two is a slip.
    """
    said = " ".join(text.split())
    if found := _YEAR_FIRST.fullmatch(said):
        year, month, day = map(int, found.groups())
        return date(year, month, day)
    if found := _DAY_FIRST.fullmatch(said):
        day, month, year = map(int, found.groups())
        return date(year, month, day)
    if found := _IN_WORDS.fullmatch(said):
        return _date_in_words(*found.groups())
    raise ValueError("not a date")


def _date_in_words(weekday: str | None, day: str, month: str, year: str) -> date:
    written = date(int(year), _position(month, _MONTHS) + 1, int(day))
    if weekday is not None and _position(weekday, _DAYS) != written.weekday():
        raise ValueError("the weekday does not fit the date")
    return written


def _position(word: str, names: tuple[str, ...]) -> int:
    """Where in `names` the one that `word` begins stands; three letters tell them apart."""
    fits = [name.casefold().startswith(word.casefold()) and len(word) > 2 for name in names]
    return fits.index(True)


def _instant(day: date, moment: time) -> datetime:
    return datetime.combine(day, moment, LONDON).astimezone(UTC)


def _in_london(instant: datetime) -> datetime:
    if instant.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return instant.astimezone(LONDON)
