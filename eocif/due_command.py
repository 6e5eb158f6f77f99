"""`python -m eocif due`: what would be sent, to whom and why.

JSON: a list of `{"at","kind","person","to","review","title","why":[…]}`; `at` is null for a
reminder that would still wait.
"""

from datetime import UTC, datetime

from eocif import local_clock
from eocif.clock import system_clock
from eocif.commands import Environ, Refused, as_json_text, ready
from eocif.forecast import FURTHEST, Forecast, forecast
from eocif.rules.dates import LONDON, day_in_words, time_in_words


def show_due(environ: Environ, at: str, *, as_json: bool) -> str:
    """What goes out from now until a moment. Raises Refused for a time we cannot look at."""
    with ready(environ) as database:
        now = system_clock() + database.now(local_clock.stored_offset)
        until = _moment(at, now)
        lines = forecast(database, now=now, until=until)
    if as_json:
        return as_json_text([_shape(each) for each in lines])
    return "\n".join(map(_in_words, lines)) or "Nothing would be sent."


def _moment(text: str, now: datetime) -> datetime:
    if not text:
        return now
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise Refused("We could not read that time. Write it like 2027-03-16T09:00.") from None
    until = found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=LONDON).astimezone(UTC)
    if not now <= until <= now + FURTHEST:
        raise Refused("We can look ahead from now until a year from now.")
    return until


def _shape(line: Forecast) -> dict[str, object]:
    return {
        "at": line.at.isoformat() if line.at else None, "kind": line.kind, "person": line.person,
        "to": line.to, "review": line.review, "title": line.title, "why": list(line.why),
    }  # fmt: skip


def _in_words(line: Forecast) -> str:
    when = "waits" if line.at is None else _when(line.at)
    return f"{when}: {line.to}, {line.kind} ({'; '.join(line.why)})"


def _when(instant: datetime) -> str:
    local = instant.astimezone(LONDON)
    return f"{day_in_words(local.date())}, {time_in_words(local.time())}"
