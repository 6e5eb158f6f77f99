"""The schema's history, and how a database is brought up to date.

Nothing here runs on import. `migrate` is called by `python -m eocif migrate` and by whoever
starts the bot.
"""

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, text

_LOCK = 0xE0C1F  # any number, the same in every process


def migrate(engine: Engine) -> bool:
    """Bring the schema up to date, in one transaction; whether there was anything to do.

    Several processes may ask at once: the others wait, and then find nothing to do.
    """
    config = _config()
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        if _heads(MigrationContext.configure(connection)) == _newest(config):
            return False
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    return True


def is_up_to_date(engine: Engine) -> bool:
    """Whether the schema is the one that this code knows."""
    with engine.connect() as connection:
        return _heads(MigrationContext.configure(connection)) == _newest(_config())


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", "eocif:migrations")
    return config


def _heads(context: MigrationContext) -> set[str]:
    return set(context.get_current_heads())


def _newest(config: Config) -> set[str]:
    return set(ScriptDirectory.from_config(config).get_heads())
