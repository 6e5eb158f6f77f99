import subprocess
import sys

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect

from eocif.database import Database
from eocif.migrations import is_up_to_date, migrate
from eocif.time_models import Action


@pytest.fixture
def empty(empty_url: str) -> Database:
    return Database(empty_url)


def test_an_empty_database_is_brought_up_to_what_the_models_say(empty: Database) -> None:
    assert not is_up_to_date(empty.engine)
    assert migrate(empty.engine)
    assert is_up_to_date(empty.engine)
    with empty.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Action.metadata) == []
    empty.close()


def test_migrating_twice_changes_nothing(empty: Database) -> None:
    migrate(empty.engine)
    assert not migrate(empty.engine)
    empty.close()


def test_every_constraint_has_a_name_that_a_later_migration_can_use(database: Database) -> None:
    looking = inspect(database.engine)
    for table in Action.metadata.sorted_tables:
        assert looking.get_pk_constraint(table.name)["name"] == f"pk_{table.name}"
        named = [*looking.get_unique_constraints(table.name), *looking.get_foreign_keys(table.name)]
        assert all(str(each["name"]).startswith(("uq_", "fk_")) for each in named)


def test_importing_the_domain_migrates_nothing() -> None:
    modules = "eocif.models, eocif.database, eocif.reviews, eocif.views, eocif.prompts"
    code = f"import sys, {modules}; sys.exit('alembic' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0  # noqa: S603 - our own interpreter
