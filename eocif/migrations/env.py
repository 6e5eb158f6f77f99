"""Runs migrations. Alembic executes this file; nothing imports it."""

import os

from alembic import context
from sqlalchemy import Connection

from eocif.database import Database
from eocif.settings import database_url
from eocif.time_models import Action


def _run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Action.metadata,  # the one that every table is in
        render_as_batch=True,  # SQLite cannot alter a column in place
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()


def _run_on_its_own() -> None:
    """From Alembic's own command line, for whoever writes the next migration."""
    database = Database(database_url(os.environ))
    try:
        with database.engine.begin() as connection:
            _run(connection)
    finally:
        database.close()


given = context.config.attributes.get("connection")
if given is None:
    _run_on_its_own()
else:
    _run(given)
