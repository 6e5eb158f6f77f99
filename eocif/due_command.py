"""`python -m eocif due`: what would be sent, to whom and why.

JSON: a list of `{"at","kind","person","to","review","title","why":[…],"reminders":[…],
"undelivered"}`, in order of time. `at` is null for a reminder that would still wait; `reminders`
names what a message carries along; `undelivered` says why it would not arrive, or is empty.
"""

from dataclasses import asdict
from datetime import UTC, date, datetime

from eocif import local_clock
from eocif.clock import system_clock
from eocif.commands import Environ, Refused, as_json_text, ready
from eocif.forecast import FURTHEST, Forecast, forecast
from eocif.rules.dates import LONDON, at, day_in_words, london_day, time_in_words


def show_due(environ: Environ, wanted: str, *, as_json: bool) -> str:
    """What goes out from now until a moment. Raises Refused for a time we cannot look at."""
    with ready(environ) as database:
        now = system_clock() + database.now(local_clock.stored_offset)
        lines = forecast(database, now=now, until=_moment(wanted, now))
    if as_json:
        return as_json_text([_shape(each) for each in lines])
    return "\n".join(map(_in_words, lines)) or "Nothing would be sent."


def _moment(text: str, now: datetime) -> datetime:
    """Until when to look. What has passed today already means now; a day alone all of it."""
    until = _read(text) if text else now
    if until < now and london_day(until) == london_day(now):
        return now
    if not now <= until <= now + FURTHEST:
        raise Refused("We can look ahead from now until a year from now.")
    return until


def _read(text: str) -> datetime:
    try:
        return at(date.fromisoformat(text), 23, 59)
    except ValueError:
        pass  # it names an hour
    try:
        found = datetime.fromisoformat(text)
        return (found if found.tzinfo else found.replace(tzinfo=LONDON)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise Refused("We could not read that time. Write it like 2027-03-16T09:00.") from None


def _shape(line: Forecast) -> dict[str, object]:
    return asdict(line) | {"at": line.at.isoformat() if line.at else None}


def _in_words(line: Forecast) -> str:
    when = _when(line.at) if line.at else "Waiting"
    about = f", “{line.title}”" if line.title else ""
    problem = f" It would not arrive: {line.undelivered}" if line.undelivered else ""
    return f"{when}: {line.kind} to {line.to}{about}: {'; '.join(line.why)}.{problem}"


def _when(instant: datetime) -> str:
    local = instant.astimezone(LONDON)
    return f"{day_in_words(local.date())}, {time_in_words(local.time())}"
