"""Where the database is: the one thing that the domain asks of the environment."""

from collections.abc import Mapping

VARIABLE = "EOCIF_DATABASE_URL"
DEFAULT_URL = "sqlite:///var/eocif.db"
_KINDS = ("sqlite:///", "postgresql+psycopg://")


class BadDatabaseUrl(ValueError):
    """The address is of no database that we know; the message is one sentence."""


def database_url(environ: Mapping[str, str]) -> str:
    """The database's address; the default where it is unset or empty. Raises BadDatabaseUrl."""
    url = environ.get(VARIABLE, "").strip() or DEFAULT_URL
    if not url.startswith(_KINDS):
        raise BadDatabaseUrl(f"{VARIABLE} must begin with {_KINDS[0]} or {_KINDS[1]}.")
    return url
