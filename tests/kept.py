"""Worlds that take long to build are built once in a process, and put back for each test.

Only into an empty database: a world built beside another is built anew.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import wraps
from typing import Any

from sqlalchemy import Connection, func, select, text

from eocif.database import Database
from eocif.models import Person
from eocif.rules.working_days import observed
from eocif.time_models import Action

Rows = dict[str, list[dict[str, Any]]]
TABLES = Action.metadata.sorted_tables
_kept: dict[str, tuple[Rows, Any]] = {}


def kept(build: Callable[..., Any]) -> Callable[..., Any]:
    """A builder `(database, now, **how) -> World` whose rows are kept for the next time."""

    @wraps(build)
    def put_back(database: Database, now: datetime, **how: Any) -> Any:
        with database.engine.connect() as connection:
            if connection.execute(select(func.count()).select_from(Person)).scalar_one():
                return build(database, now, **how)
        name = f"{build.__module__}.{build.__name__}"
        key = f"{database.engine.dialect.name} {name} {now} {sorted(how.items())} {observed()}"
        if key not in _kept:
            world = build(database, now, **how)
            with database.engine.connect() as connection:
                _kept[key] = _rows(connection), _copied(world, database)
            return world
        rows, world = _kept[key]
        with database.engine.begin() as connection:
            _put(connection, rows)
        return _copied(world, database)

    return put_back


def _copied(world: Any, database: Database) -> Any:
    return replace(world, database=database, actors=dict(world.actors), members=dict(world.members))


def _rows(connection: Connection) -> Rows:
    return {
        table.name: [dict(row) for row in connection.execute(table.select()).mappings()]
        for table in TABLES
    }


def _put(connection: Connection, rows: Rows) -> None:
    for table in TABLES:
        if not rows[table.name]:
            continue
        ordered = sorted(rows[table.name], key=lambda row: row.get("id") or 0)
        connection.execute(table.insert(), ordered)
        if connection.dialect.name == "postgresql" and "id" in table.columns:
            last = max(row["id"] for row in ordered)
            sequence = f"SELECT setval(pg_get_serial_sequence('\"{table.name}\"', 'id'), {last})"
            connection.execute(text(sequence))
