"""What the domain asks of the environment: where the database is, and one-off bank holidays."""

from collections.abc import Mapping
from pathlib import Path

from eocif import bank_holidays
from eocif.bank_holidays import BadBankHolidays
from eocif.rules.working_days import ENGLAND_AND_WALES, Calendar

VARIABLE = "EOCIF_DATABASE_URL"
BANK_HOLIDAYS = "EOCIF_BANK_HOLIDAYS"
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


def calendar(environ: Mapping[str, str]) -> Calendar:
    """The bank holidays of this installation; those by rule where it keeps no file of its own.

    Raises BadBankHolidays with one sentence that names the variable and the place in the file.
    """
    path = environ.get(BANK_HOLIDAYS, "").strip()
    try:
        return bank_holidays.read(Path(path)) if path else ENGLAND_AND_WALES
    except BadBankHolidays as bad:
        raise BadBankHolidays(f"{BANK_HOLIDAYS}: {bad}") from None
