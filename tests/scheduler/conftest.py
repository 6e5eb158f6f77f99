from datetime import datetime

import pytest

from eocif.database import Database
from eocif.rules.dates import at
from scheduler.delivery import Courier
from tests import builders
from tests.builders import MONDAY, World
from tests.scheduler.post_office import Clock, PostOffice, courier

SCOPE = {"1": "1,2"}  # two areas are enough here


@pytest.fixture
def world(database: Database, now: datetime) -> World:
    """The sample review, started, the team's roster being already read."""
    world = builders.started(database, now, scope=SCOPE)
    world.send(now)
    return world


@pytest.fixture
def clock() -> Clock:
    """Monday 11 January 2027, 9am: the review's first day."""
    return Clock(at(MONDAY, 9))


@pytest.fixture
def office() -> PostOffice:
    return PostOffice()


@pytest.fixture
async def post(database: Database, office: PostOffice, clock: Clock) -> Courier:
    return courier(database, office, clock)
