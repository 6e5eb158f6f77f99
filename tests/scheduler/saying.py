"""What the tests of couriers say of the sample world."""

from datetime import timedelta

from eocif import deliveries, people
from eocif.models import Delivery, Person
from eocif.rules.dates import at
from scheduler import jobs
from scheduler.delivery import Courier
from tests.builders import MONDAY, World
from tests.scheduler.post_office import Clock

ASKED = 8  # members with Teams


async def prompted(world: World, post: Courier, clock: Clock) -> None:
    """The first Monday's messages have gone out."""
    await jobs.tick(world.database, now=clock())
    await post.run_due()


def row(world: World, who: str) -> Delivery:
    return world.unasked(who)[-1]


def person(world: World, who: str) -> Person:
    return world.rows(Person, Person.id == world.actors[who].person_id)[0]


def updates(world: World) -> list[Delivery]:
    return world.rows(Delivery, Delivery.kind == "update")


def press(world: World, who: str, clock: Clock, **due: float) -> None:
    """Queue an update of someone's message, as a press on it does."""
    with world.database.transaction() as session:
        deliveries.update_message(
            session, message=row(world, who), now=clock(), due=clock() + timedelta(**due)
        )


def only(world: World, who: str) -> None:
    """Everybody else's message is out of the way."""
    with world.database.transaction() as session:
        deliveries.drop_waiting(
            session, review_id=world.review_id, now=at(MONDAY, 9),
            person_ids=[
                each.person_id for key, each in world.actors.items() if key != who
            ],
        )  # fmt: skip


async def read_again(world: World, post: Courier, clock: Clock) -> None:
    with world.database.transaction() as session:
        people.team_installed(
            session, tenant_id=world.sample.tenant_id, conversation_id=world.sample.team_id,
            name="", service_url="https://smba.trafficmanager.net/uk/", slot=str(clock()),
            now=clock(),
        )  # fmt: skip
    await post.run_due()
