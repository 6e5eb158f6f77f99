"""What each command of `python -m eocif` answers, as text: JSON, or aligned columns.

The JSON shapes are stable:

- `framework`: one object, as `eocif.rules.framework.Edition.catalogue` builds it
- `reviews`: a list, as `eocif.oversight.listing` builds it
- `deliveries`: a list, oldest first, as `eocif.deliveries.listing` builds it
- `due`: a list, oldest first, as `eocif.due_command` has it
- `audit`: a list, oldest first, as `eocif.audit.trail` builds it
- `verdict`: `{"verdict","level","levels","rated","share"}`; the share is text such as "9/12"
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError, DatabaseError
from sqlmodel import Session

from eocif import audit, audit_chain, deliveries, oversight
from eocif.database import Database
from eocif.migrations import is_up_to_date, migrate
from eocif.models import DeliveryState, Review
from eocif.rules import agreement, framework
from eocif.rules.dates import day_in_words
from eocif.rules.framework import LEVEL_KEYS
from eocif.settings import VARIABLE, BadDatabaseUrl, database_url

Environ = Mapping[str, str]
_RUN_MIGRATE = "Run “python -m eocif migrate” first."


class Refused(Exception):
    """Something that the tool will not do; the message is one plain sentence."""


def bring_up_to_date(environ: Environ) -> str:
    """Make the database, or change its tables to what this version needs."""
    with _opened(environ) as database:
        changed = migrate(database.engine)
    return "The database is ready." if changed else "The database was up to date already."


def show_framework(edition_id: str, *, as_json: bool) -> str:
    """The catalogue of an edition. Raises Refused for one that is not kept here."""
    try:
        edition = framework.edition(edition_id)
    except framework.UnknownEdition:
        kept = ", ".join(framework.editions())
        raise Refused(f"There is no edition {edition_id} here: we keep {kept}.") from None
    return as_json_text(edition.catalogue()) if as_json else "\n".join(_catalogue(edition))


def show_verdict(
    counts: str, *, perspectives: int | None, lived_experience: int | None, rule: str, as_json: bool
) -> str:
    """The agreement rule on four counts, lowest level first. Raises Refused for anything else."""
    parts = [part.strip() for part in counts.split(",")]
    if len(parts) != len(LEVEL_KEYS) or not all(_is_count(part) for part in parts):
        raise Refused("Give four whole numbers, lowest level first, such as 0,2,9,1.")
    numbers = [int(part) for part in parts]
    found = agreement.verdict(
        numbers, perspectives=perspectives, lived_experience=lived_experience,
        settings=agreement.Settings(rule=rule),
    )  # fmt: skip
    share = f"{max(numbers)}/{found.rated}"
    shape = {
        "verdict": found.kind, "level": found.level, "levels": list(found.levels),
        "rated": found.rated, "share": share,
    }  # fmt: skip
    levels = f" ({', '.join(found.levels)})" if found.levels else ""
    return as_json_text(shape) if as_json else f"{found.kind}{levels}: {share} chose the same level"


def _is_count(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 7


def list_reviews(environ: Environ, *, as_json: bool) -> str:
    """Every review of every tenant."""
    with ready(environ) as database:
        rows = database.now(oversight.listing)
    if as_json:
        return as_json_text(rows)
    columns = ("id", "state", "start_on", "members", "title", "provider")
    return _aligned(rows, columns, nothing="There is no review yet.")


def list_deliveries(environ: Environ, state: str, *, as_json: bool) -> str:
    """What goes out, or went. Raises Refused for a state that there is not."""
    if state and state not in set(DeliveryState):
        raise Refused(f"There is no state {state}: the states are {', '.join(DeliveryState)}.")
    with ready(environ) as database:
        rows = database.now(deliveries.listing, state=state)
    if as_json:
        return as_json_text(rows)
    columns = ("id", "state", "kind", "recipient", "subject", "slot", "next_at", "error")
    return _aligned(rows, columns, nothing="There are no such deliveries.")


def show_audit(environ: Environ, review_id: int, *, as_json: bool) -> str:
    """A review's audit trail. Raises Refused where there is no such review."""
    with ready(environ) as database, database.transaction() as session:
        _check_review(session, review_id)
        rows = audit.trail(session, review_id=review_id)
    if as_json:
        return as_json_text(rows)
    return _aligned(rows, ("id", "at", "actor", "event", "subject", "detail"), nothing="")


def verify_audit(environ: Environ, review_id: int, *, as_json: bool) -> str:
    """Whether a review's trail is what was sealed. Raises Refused with all that does not fit."""
    with ready(environ) as database, database.transaction() as session:
        _check_review(session, review_id)
        audit_chain.seal_new(session)
        found = audit_chain.verify(session, review_id=review_id)
    if found.problems:
        raise Refused(f"The trail of review {review_id} was changed: {' '.join(found.problems)}")
    if as_json:
        return as_json_text({"review": review_id, **asdict(found), "problems": []})
    return f"The trail is whole: {found.events} events. Its newest seal is {found.head}."


def _check_review(session: Session, review_id: int) -> None:
    if not 0 < review_id < 2**31 or session.get(Review, review_id) is None:
        raise Refused(f"There is no review {review_id}.")


# --- the database -----------------------------------------------------------------------


@contextmanager
def _opened(environ: Environ) -> Iterator[Database]:
    try:
        database = Database(database_url(environ))
    except BadDatabaseUrl as bad:
        raise Refused(str(bad)) from None
    except (ArgumentError, ValueError, OSError):
        raise Refused(f"We could not read {VARIABLE} as a database's address.") from None
    try:
        yield database
    except DatabaseError:
        raise Refused(f"We could not use the database: check {VARIABLE}.") from None
    finally:
        database.close()


@contextmanager
def ready(environ: Environ) -> Iterator[Database]:
    """An opened database that has its tables; looking never makes a file."""
    if _is_missing(environ):
        raise Refused(f"There is no database yet. {_RUN_MIGRATE}")
    with _opened(environ) as database:
        if not is_up_to_date(database.engine):
            raise Refused(f"The database is not up to date. {_RUN_MIGRATE}")
        yield database


def _is_missing(environ: Environ) -> bool:
    try:
        url = database_url(environ)
    except BadDatabaseUrl:
        return False  # opening it says what is wrong
    return url.startswith("sqlite") and not Path(make_url(url).database or "").is_file()


# --- text -------------------------------------------------------------------------------


def as_json_text(value: object) -> str:
    """JSON as every command prints it."""
    return json.dumps(value, ensure_ascii=False, indent=2)


def _aligned(rows: Sequence[Mapping[str, object]], columns: Sequence[str], *, nothing: str) -> str:
    if not rows:
        return nothing
    cells = [list(columns), *([_cell(row[name]) for name in columns] for row in rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in cells
    )


def _cell(value: object) -> str:
    if isinstance(value, Mapping):
        return " ".join(f"{key}={each}" for key, each in value.items())
    return "–" if value in (None, "") else str(value)


def _catalogue(edition: framework.Edition) -> Iterator[str]:
    yield edition.title
    yield f"{edition.publisher}, {edition.reference}, {day_in_words(edition.published_on)}"
    yield f"{edition.licence}. {edition.attribution}"
    for section in edition.sections:
        yield f"\nSection {section.number}: {section.title}"
        for area in section.areas:
            for indicator in area.indicators:
                yield f"{indicator.code:>5}  {indicator.text}"
                yield from (f"       • {bullet}" for bullet in indicator.bullets)
    yield "\nLevels, lowest first"
    yield from (f"{level.name}: {level.definition}" for level in edition.levels)
