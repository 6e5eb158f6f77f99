"""Past the guards of the audit trail, as who owns the database can go."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, text

from eocif.database import Database


@contextmanager
def unguarded(database: Database) -> Iterator[Connection]:
    """A transaction in which the audit trail can be changed; afterwards its guards stand again."""
    with database.engine.begin() as connection:
        if not database.is_sqlite:
            connection.execute(text("SET LOCAL session_replication_role = replica"))
            yield connection
            return
        found = text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        guards = connection.execute(found).all()
        for name, _ in guards:
            connection.execute(text(f"DROP TRIGGER {name}"))
        yield connection
        for _, made in guards:
            connection.execute(text(made))
