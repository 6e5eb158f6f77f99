"""What follows a review that was signed off years ago: the next one, or one area rated again."""

from datetime import date, datetime

from eocif import next_review, review_groups, reviews
from eocif.models import Member, Person, Review, ReviewArea
from eocif.people import known
from eocif.rules.dates import at
from eocif.time_models import Action
from tests.builders import World
from tests.to_the_end import SIGNED_OFF_AT

YEARS_ON = at(date(2029, 11, 15), 10)  # a Thursday, two months before the next assessment
NONCE = "b1b2c3d4e5f6a7b8"


def start_next(
    world: World, who: str = "amina", now: datetime = YEARS_ON, nonce: str = NONCE
) -> Review:
    """The draft that follows the review, or what is there already."""
    found = world.on_review(next_review.start, who, nonce=nonce, now=now)
    return world.rows(Review, Review.id == found)[0]


def rerate(world: World, area: int = 2, nonce: str = NONCE, now: datetime = YEARS_ON) -> Review:
    """The draft in which an area is rated again."""
    found = world.on_review(next_review.rerate, area=area, nonce=nonce, now=now)
    return world.rows(Review, Review.id == found)[0]


def areas_of(world: World, review: Review) -> dict[int, int | None]:
    """A review's areas, each with its own lead."""
    rows = world.rows(ReviewArea, ReviewArea.review_id == review.id)
    return {row.number: row.lead_id for row in rows}


def members_of(world: World, review: Review) -> dict[str, Member]:
    """A review's members by name."""
    names = {person.id: person.name for person in world.rows(Person)}
    rows = world.rows(Member, Member.review_id == review.id)
    return {names[row.person_id]: row for row in rows}


def begin(world: World, review: Review, now: datetime = YEARS_ON) -> None:
    """Amina starts a draft."""
    world.do(reviews.start, review_id=known(review.id), now=now)


def action(world: World, number: int = 2, status: str = "under_way") -> int:
    """An action of the review, due on 14 December 2029; its id."""
    with world.database.transaction() as session:
        amina = world.actors["amina"].person_id
        row = Action(
            tenant_id=world.sample.tenant_id, review_id=world.review_id, area=number,
            nonce=f"{number}{status}", title="Quieter nights", owner_id=amina, status=status,
            deadline=date(2029, 12, 14), created_by=amina, created_at=SIGNED_OFF_AT,
            since=SIGNED_OFF_AT.date(), look_on=YEARS_ON.date(),
        )  # fmt: skip
        session.add(row)
        session.flush()
        return known(row.id)


def afresh(world: World) -> Review:
    """A review that Amina set up from nothing, and started."""
    found = world.do(reviews.start_set_up, nonce="7" * 16, now=YEARS_ON)
    joan = world.sample.person("joan").entra_id
    world.do(
        review_groups.add_people, review_id=found, perspective_key="volunteers",
        entra_ids=[joan], now=YEARS_ON,
    )  # fmt: skip
    world.do(reviews.start, review_id=found, now=YEARS_ON)
    return world.rows(Review, Review.id == found)[0]
