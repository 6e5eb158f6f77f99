"""What is logged and counted: never what people said."""

import asyncio
import io
import logging
from collections.abc import Iterator
from datetime import datetime, timedelta

import aiohttp
import pytest

from bot import logs
from eocif.database import Database
from eocif.rules.dates import at
from scheduler.sender import NotSent, Outcome
from tests import builders
from tests.bot.authority import Authority
from tests.bot.house import said, submitted
from tests.bot.world import scene
from tests.builders import MONDAY, World
from tests.scheduler.post_office import Clock

CANARY = "Zwetschgendatschi"


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """All that the bot's own formatter writes."""
    kept = io.StringIO()
    handler = logging.StreamHandler(kept)
    handler.setFormatter(logs.Frames("%(levelname)s %(name)s %(message)s"))
    root, level = logging.getLogger(), logging.getLogger().level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield kept
    root.removeHandler(handler)
    root.setLevel(level)


def test_an_exception_is_logged_by_its_type_and_where_it_passed(log: io.StringIO) -> None:
    try:
        try:
            int(CANARY)
        except ValueError as error:
            raise RuntimeError(CANARY) from error
    except RuntimeError:
        logging.getLogger("bot").exception("a turn failed")
    assert "ERROR bot a turn failed\nRuntimeError\n" in log.getvalue()
    assert "because of\nValueError\n" in log.getvalue()
    assert "test_logs.py" in log.getvalue()
    assert CANARY not in log.getvalue()


def test_a_group_of_exceptions_names_each(log: io.StringIO) -> None:
    group = ExceptionGroup(CANARY, [KeyError(CANARY), ValueError(CANARY)])
    logging.getLogger("bot").error("several", exc_info=group)
    assert "KeyError" in log.getvalue()
    assert "ValueError" in log.getvalue()
    assert CANARY not in log.getvalue()


def test_no_exception_is_no_lines(log: io.StringIO) -> None:
    logging.getLogger("bot").error("nothing to add", exc_info=(None, None, None))
    assert log.getvalue().strip() == "ERROR bot nothing to add"


async def test_a_task_whose_exception_nobody_read_is_logged_without_its_words(
    log: io.StringIO,
) -> None:
    async def fail() -> None:
        raise ValueError(CANARY)

    task = asyncio.create_task(fail())
    await asyncio.wait({task})
    context = {"message": "Task exception was never retrieved", "task": task}
    asyncio.get_running_loop().call_exception_handler({**context, "exception": task.exception()})
    assert "Task exception was never retrieved\nValueError" in log.getvalue()
    assert CANARY not in log.getvalue()


def test_setting_up_logs_events_to_stderr(capsys: pytest.CaptureFixture[str]) -> None:
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    logs.set_up()
    logging.getLogger("bot").info("started")
    logging.getLogger("apscheduler.scheduler").info("not this")
    assert "INFO bot started" in capsys.readouterr().err
    root.handlers[:] = before
    root.setLevel(level)


async def test_in_a_blind_round_nobodys_words_are_in_logs_metrics_or_others_cards(
    database: Database, now: datetime, authority: Authority, http: aiohttp.ClientSession,
    log: io.StringIO,
) -> None:  # fmt: skip
    world = builders.opened(database, now, scope={"1": "1"})
    clock = Clock(at(MONDAY, 10))
    async with scene(world, clock, authority, http) as at_:
        data = {"area": 1, "areas": "1", "nonce": "n" * 16, "level_1a": "achieving"}
        words = {"where_now": CANARY, "what_good": CANARY * 200, "evidence": CANARY}
        assert CANARY in (await at_.press("grace", "area.words", {**data, **words})).text
        await at_.press("grace", "area.levels", {**data, "level_1b": CANARY})
        await at_.press("joan", "area.words", {**data, **words})
        await at_.press("grace", f"verb {CANARY}", data)
        await at_.press("grace", "area.words", {"review": CANARY, "area": CANARY, **words})
        await at_.house.tell(said("grace", CANARY))
        await at_.house.tell(submitted("grace", {"verb": "area.words", "review": 1, **words}))
        break_review(world)
        await at_.press("grace", "area.words", {**data, **words})
        at_.office.fails["send"] = [NotSent(Outcome.PERMANENT, status=400)]
        await at_.house.deliver()
        clock.later(days=1)
        await at_.house.deliver()
        metrics = (await at_.house.call("GET", "/metrics")).text
        ready = (await at_.house.call("GET", "/readyz")).text
    assert "press area.words failed" in log.getvalue()
    for place in (log.getvalue(), metrics, ready):
        assert CANARY not in place
    assert 'eocif_presses_total{verb="area.words"}' in metrics
    assert 'eocif_presses_total{verb="unknown"}' in metrics


def break_review(world: World) -> None:
    """Something that nobody foresaw."""
    with world.database.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE review SET edition = 'lost'")


async def test_what_others_are_shown_before_the_close_holds_no_words_of_a_member(
    database: Database, now: datetime, authority: Authority, http: aiohttp.ClientSession
) -> None:
    world = builders.opened(database, now, scope={"1": "1"})
    clock = Clock(at(MONDAY, 10))
    async with scene(world, clock, authority, http) as at_:
        data = {"area": 1, "areas": "1", "nonce": "n" * 16, "where_now": CANARY}
        await at_.press("grace", "area.words", data)
        for who in ("amina", "tom", "kasia", "sunil", "joan"):
            for verb in ("mine.show", "week.show", "area.show", "outstanding.show", "review.show"):
                answer = await at_.press(who, verb, {"area": 1, "areas": "1", "member": 0})
                assert CANARY not in answer.text
            for word in ("my areas", "outstanding", "review"):
                await at_.house.tell(said(who, word, id=f"{who} {word}"))
        for day in range(1, 15):
            clock.now = at(MONDAY + timedelta(days=day), 9)
            await at_.house.tick()
            await at_.house.deliver()
        others = [call for call in at_.office.calls if call.to != "chat of 29:grace"]
        assert len(others) > 15
        for call in others:
            assert CANARY not in call.text
            assert CANARY not in (call.message.summary if call.message else "")
