"""A minute in which nothing is due: one running review beside fifty."""

import statistics
import time
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from eocif.database import Database
from eocif.models import Delivery, DeliveryState
from eocif.rules.dates import at
from scheduler import jobs
from tests.benchmarks import crowd
from tests.benchmarks.figures import Findings, Ratio, milliseconds
from tests.builders import MONDAY, World

FEW, MANY = 1, 50
MEMBERS = 40
TIMES = 15


async def run() -> Findings:
    """Monday at 10am in working hours: everyone was asked at nine, and nobody has answered."""
    with TemporaryDirectory() as folder:
        few, many = (_asked(Path(folder) / f"{count}.db", count) for count in (FEW, MANY))
        seconds: dict[int, list[float]] = {FEW: [], MANY: []}
        for turn in range(TIMES):
            for count, world in ((FEW, few), (MANY, many)):
                seconds[count].append(await _tick(world.database, turn))
        for world in (few, many):
            assert not world.rows(Delivery, Delivery.state == DeliveryState.QUEUED)
            world.database.close()
    return _findings(*(statistics.median(each) for each in seconds.values()))


def _asked(path: Path, count: int) -> World:
    world = crowd.started(crowd.opened(path), groups=count, members=MEMBERS)[0]
    assert len(world.live(at(MONDAY, 9))) == count * MEMBERS
    return world


async def _tick(database: Database, turn: int) -> float:
    began = time.perf_counter()
    await jobs.tick(database, now=crowd.TEN + timedelta(minutes=turn))
    return time.perf_counter() - began


def _findings(few: float, many: float) -> Findings:
    found = Findings(f"A tick with nothing due, reviews of {MEMBERS} members, {TIMES} ticks each")
    found.add(f"{FEW} running review, median", milliseconds(few))
    found.add(f"{MANY} running reviews, median", milliseconds(many))
    found.ratios.append(Ratio(f"{MANY} reviews / {FEW}", many / few, aim="aim 1.5"))
    return found
