from collections.abc import Iterator

import pytest

from tests.scenarios.play import Cast
from tests.scenarios.stage import Stage

BEGINNING = "2026-11-26 10:00"  # a Thursday; the first Monday after it is 30 November


@pytest.fixture
def kind(request: pytest.FixtureRequest) -> str:
    """SQLite, unless a test asks for both: plays are long and use cases are tested on both."""
    return str(getattr(request, "param", "sqlite"))


@pytest.fixture
def leads() -> tuple[str, ...]:
    """Who the installation lists as leads of reviews: nobody, so anyone but guests may lead."""
    return ()


@pytest.fixture
def replicas(request: pytest.FixtureRequest) -> int:
    """How many bots share the database."""
    return int(getattr(request, "param", 1))


@pytest.fixture
def cast(environ: dict[str, str], leads: tuple[str, ...], replicas: int) -> Iterator[Cast]:
    """Everyone in Teams, on a Thursday morning. The app is not installed yet."""
    stage = Stage(environ["EOCIF_DATABASE_URL"], leads=leads, replicas=replicas)
    cast = Cast(stage)
    cast.time.begins(BEGINNING)
    yield cast
    stage.close()
