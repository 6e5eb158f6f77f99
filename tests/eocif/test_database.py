import asyncio
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy.exc import IntegrityError, OperationalError, StatementError
from sqlmodel import Session, select

from eocif.database import Database, insert_once, upsert
from eocif.models import Instance, Lane, Team

NOON = datetime(2027, 1, 11, 12, tzinfo=UTC)


def _add(session: Session, *, key: str) -> str:
    session.add(Instance(key=key, value="here"))
    return key


def _keys(database: Database) -> list[str]:
    with database.transaction() as session:
        return list(session.exec(select(Instance.key).order_by(Instance.key)))


def test_a_use_case_that_ends_well_is_kept(database: Database) -> None:
    assert database.now(_add, key="a") == "a"
    assert asyncio.run(database.run(_add, key="b")) == "b"
    assert _keys(database) == ["a", "b"]


def test_what_only_reads_holds_up_no_writer_and_sees_one_moment(database: Database) -> None:
    began, written = Event(), Event()

    def look_twice(session: Session) -> list[int]:
        first = len(session.exec(select(Instance.key)).all())
        began.set()
        assert written.wait(10)
        return [first, len(session.exec(select(Instance.key)).all())]

    async def both() -> list[int]:
        looking = asyncio.create_task(database.read(look_twice))
        await asyncio.to_thread(began.wait, 10)
        await database.run(_add, key="a")
        written.set()
        return await looking

    assert asyncio.run(both()) == [0, 0]
    assert _keys(database) == ["a"]


def test_a_use_case_that_fails_leaves_nothing(database: Database) -> None:
    def fail(session: Session) -> None:
        _add(session, key="half")
        session.flush()
        raise LookupError("in the middle")

    with pytest.raises(LookupError):
        database.now(fail)
    assert _keys(database) == []


def test_a_row_that_someone_else_made_first_is_tried_again(database: Database) -> None:
    tried = []

    def make(session: Session) -> None:
        tried.append(1)
        session.add(Team(tenant_id="t", conversation_id="same" if len(tried) < 3 else "other"))

    with database.transaction() as session:
        session.add(Team(tenant_id="t", conversation_id="same"))
    database.now(make)
    assert len(tried) == 3


def test_what_never_works_is_raised_in_the_end(database: Database) -> None:
    database.now(_add, key="a")
    with pytest.raises(IntegrityError):
        database.now(_add, key="a")


def test_a_mistake_in_the_statement_is_not_tried_again(database: Database) -> None:
    tried = []

    def wrong(session: Session) -> None:
        tried.append(1)
        raise OperationalError("select", {}, Exception("no such thing"))

    with pytest.raises(OperationalError):
        database.now(wrong)
    assert len(tried) == 1


def test_the_same_row_is_inserted_once(database: Database) -> None:
    with database.transaction() as session:
        assert insert_once(session, Team(tenant_id="t", conversation_id="c", name="First"))
        assert not insert_once(session, Team(tenant_id="t", conversation_id="c", name="Second"))
        assert [team.name for team in session.exec(select(Team))] == ["First"]


def test_an_upsert_inserts_and_brings_up_to_date(database: Database) -> None:
    with database.transaction() as session:
        upsert(session, Instance, ("key",), [])
        upsert(session, Instance, ("key",), [{"key": "a", "value": "1"}])
        both = [{"key": "a", "value": "2"}, {"key": "b", "value": "2"}]
        upsert(session, Instance, ("key",), both)
    assert {row.key: row.value for row in _rows(database)} == {"a": "2", "b": "2"}


def _rows(database: Database) -> list[Instance]:
    with database.transaction() as session:
        return list(session.exec(select(Instance)))


def test_an_instant_comes_back_as_the_same_instant_in_utc(database: Database) -> None:
    summer = timezone(timedelta(hours=1))
    with database.transaction() as session:
        session.add(Lane(tenant_id="t", until=NOON.astimezone(summer)))
    with database.transaction() as session:
        lane = session.exec(select(Lane)).one()
        assert (lane.until, lane.until.tzinfo, lane.not_before) == (NOON, UTC, None)


def test_an_instant_without_a_zone_is_refused(database: Database) -> None:
    with pytest.raises(StatementError, match="time zone"), database.transaction() as session:
        session.add(Lane(tenant_id="t", until=NOON.replace(tzinfo=None)))


def test_sqlite_loses_no_acknowledged_commit_and_checks_its_keys(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'deeper' / 'a.db'}")
    with database.engine.connect() as connection:
        found = [
            connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        ]
    database.close()
    assert found == ["wal", 2, 1]


def test_a_database_in_memory_needs_no_folder() -> None:
    database = Database("sqlite:///:memory:")
    with database.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT 1").scalar() == 1
    database.close()
