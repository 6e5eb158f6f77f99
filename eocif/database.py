"""One engine, one transaction boundary, two databases.

Use cases are plain synchronous functions that take a session, flush and never commit. `run` gives
one a worker thread and one transaction, and tries again where the database asks for it. SQLite has
one writer thread, so writers queue instead of failing; PostgreSQL has a few. What reads much and
writes nothing takes none of their turns: see `read`.
"""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, event, inspect, make_url
from sqlalchemy.dialects.postgresql import insert as _postgresql
from sqlalchemy.dialects.sqlite import insert as _sqlite
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlmodel import Session, SQLModel, create_engine
from tenacity import Retrying, retry_if_exception, stop_after_attempt, wait_random_exponential

T = TypeVar("T")

_ASK_AGAIN = frozenset({"40001", "40P01"})  # serialization failure, deadlock
_POSTGRES_WORKERS, _READERS = 8, 2
_ONLY_READS = "only_reads"  # a connection's option of ours
# Seconds. With five attempts a press still fails within the ten that Teams waits for an answer.
_LOCKED, _CONNECT = 1.5, 5


class Database:
    """An open database. `close` waits for transactions under way."""

    def __init__(self, url: str) -> None:
        self.engine = _engine(url)
        workers = 1 if self.is_sqlite else _POSTGRES_WORKERS
        self._workers = ThreadPoolExecutor(workers, thread_name_prefix="database")
        self._readers = ThreadPoolExecutor(_READERS, thread_name_prefix="reading")

    @property
    def is_sqlite(self) -> bool:
        """Whether one writer thread serves all."""
        return self.engine.dialect.name == "sqlite"

    async def run(self, use_case: Callable[..., T], /, **arguments: Any) -> T:
        """Run a use case in its own transaction, off the event loop."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._workers, lambda: self.now(use_case, **arguments))

    async def read(self, use_case: Callable[..., T], /, **arguments: Any) -> T:
        """Run what reads much and writes nothing, beside the writers and as of one moment."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(
            self._readers, lambda: self._attempt(_reading(self.engine), use_case, arguments)
        )

    def now(self, use_case: Callable[..., T], /, **arguments: Any) -> T:
        """Run a use case in its own transaction, in this thread."""
        return self._attempt(self.engine, use_case, arguments)

    def _attempt(self, engine: Engine, use_case: Callable[..., T], arguments: dict[str, Any]) -> T:
        for attempt in Retrying(
            retry=retry_if_exception(_asks_again),
            stop=stop_after_attempt(5),
            wait=wait_random_exponential(multiplier=0.02, max=0.5),
            reraise=True,
        ):
            with attempt, _transaction(engine) as session:
                return use_case(session, **arguments)
        raise AssertionError("unreachable: the last attempt raises")

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """One session whose work is kept only when the block ends well."""
        with _transaction(self.engine) as session:
            yield session

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """A connection that sees one moment, writes nothing and holds up no writer."""
        with _reading(self.engine).connect() as connection:
            yield connection

    def close(self) -> None:
        """Finish what is under way and let go of every connection."""
        self._workers.shutdown(wait=True)
        self._readers.shutdown(wait=True)
        self.engine.dispose()


@contextmanager
def _transaction(engine: Engine) -> Iterator[Session]:
    with Session(engine, expire_on_commit=False) as session, session.begin():
        yield session


def _reading(engine: Engine) -> Engine:
    """The same engine for transactions that see the database as it was when they began."""
    if engine.dialect.name == "sqlite":
        return engine.execution_options(**{_ONLY_READS: True})
    return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


def _asks_again(error: BaseException) -> bool:
    if isinstance(error, IntegrityError):
        return True  # two transactions made the same row: the second will find it
    if not isinstance(error, OperationalError):
        return False
    state = getattr(error.orig, "sqlstate", None)
    return state in _ASK_AGAIN or "database is locked" in str(error.orig)


def _engine(url: str) -> Engine:
    if not url.startswith("sqlite"):
        return create_engine(
            url,
            pool_size=_POSTGRES_WORKERS,
            pool_pre_ping=True,
            hide_parameters=True,
            connect_args={"connect_timeout": _CONNECT},
        )
    path = make_url(url).database
    if path and path != ":memory:":
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(
        url, hide_parameters=True, connect_args={"check_same_thread": False, "timeout": _LOCKED}
    )
    event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "begin", _begin)
    return engine


def _set_up_sqlite(connection: Any, _record: Any) -> None:
    # The driver's own BEGIN is deferred: two writers that both read first cannot both go on.
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Any) -> None:
    reads = connection.get_execution_options().get(_ONLY_READS)
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


def insert_once(session: Session, row: SQLModel) -> bool:
    """Insert a row unless a unique key already holds one; whether it was inserted."""
    table = type(row)
    statement = _insert(session, table).values(**row.model_dump(exclude={"id"}))
    # Rows that come back are counted: drivers disagree on the count of rows that did not.
    made = statement.on_conflict_do_nothing().returning(*inspect(table).primary_key)
    return session.execute(made).first() is not None


def insert_all_once(session: Session, rows: Sequence[SQLModel]) -> int:
    """Insert the rows of one table that no unique key holds yet; how many were inserted."""
    if not rows:
        return 0
    table = type(rows[0])
    made = _insert(session, table).on_conflict_do_nothing().returning(*inspect(table).primary_key)
    return len(session.execute(made, [row.model_dump(exclude={"id"}) for row in rows]).all())


def upsert(
    session: Session, table: type[SQLModel], keys: tuple[str, ...], rows: list[dict[str, Any]]
) -> None:
    """Insert rows, or bring the rows that hold their natural key up to date."""
    if not rows:
        return
    statement = _insert(session, table)
    changed = {name: statement.excluded[name] for name in rows[0] if name not in keys}
    session.execute(statement.on_conflict_do_update(index_elements=list(keys), set_=changed), rows)


def _insert(session: Session, table: type[SQLModel]) -> Any:
    return (_postgresql if session.get_bind().dialect.name == "postgresql" else _sqlite)(table)
