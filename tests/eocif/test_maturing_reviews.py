"""When a review's lead is reminded of sign-off, the next review, and the framework's own."""

from datetime import date, datetime

import pytest

from eocif import drafts, reviews, sign_off
from eocif.database import Database
from eocif.models import Review, SQLModel
from eocif.rules.dates import at
from tests import after_the_close, to_the_end
from tests.builders import World
from tests.reminded import every_day, mature, reminders
from tests.to_the_end import CONCLUDED_AT, SIGNED_OFF_AT, sign

# Both databases: tests/eocif/test_maturing_once.py.
pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)

CONCLUDED, SIGNED = date(2027, 1, 26), date(2027, 1, 27)
EDITION = [(date(2027, 8, 18), 6), (date(2027, 11, 18), 3), (date(2028, 2, 18), 0)]


@pytest.fixture
def world(database: Database, now: datetime) -> World:
    return to_the_end.signed_off(database, now)


def _of(world: World, kind: str, *days: date) -> list[date]:
    """On which of these days something of a kind was remembered, by Amina alone."""
    found = [(day, line) for day in days for line in mature(world, day) if line[1] == kind]
    assert {who for _, (who, _, _) in found} <= {"amina"}
    return [day for day, _ in found]


def _set(world: World, table: type[SQLModel], row_id: int, **fields: object) -> None:
    with world.database.transaction() as session:
        row = session.get_one(table, row_id)
        for name, value in fields.items():
            setattr(row, name, value)
        session.add(row)


def _another(world: World, **fields: object) -> int:
    """Another review of Amina's, as it would be looked at from sign-off on."""
    with world.database.transaction() as session:
        row = Review(
            tenant_id=world.actors["amina"].tenant_id, nonce=f"another {fields}", edition="PR1209",
            lead_id=world.actors["amina"].person_id, created_at=SIGNED_OFF_AT, look_on=SIGNED,
        )  # fmt: skip
        row.edition = session.get_one(Review, world.review_id).edition
        for name, value in fields.items():
            setattr(row, name, value)
        session.add(row)
        session.flush()
        return row.id or 0


# --- sign-off -----------------------------------------------------------------------------


def test_sign_off_is_remembered_the_day_after_the_last_area_and_every_ten_working_days(
    database: Database, now: datetime
) -> None:
    world = to_the_end.concluded(database, now)
    assert every_day(world, CONCLUDED, date(2027, 2, 10)) == [
        (date(2027, 1, 27), ("amina", "sign_off", "2027-01-26 ready 2027-01-27")),
        (date(2027, 2, 10), ("amina", "sign_off", "2027-01-26 ready 2027-02-10")),
    ]


def test_sign_off_waits_for_every_area(database: Database, now: datetime) -> None:
    world = to_the_end.concluding(database, now)
    to_the_end.conclude(world, 2)
    assert _of(world, "sign_off", CONCLUDED, date(2027, 1, 27), date(2027, 2, 12)) == []
    world.on_review(drafts.set_aside, number=3, reason="Not ours.", now=at(date(2027, 2, 12), 12))
    assert _of(world, "sign_off", date(2027, 2, 12), date(2027, 2, 15)) == [date(2027, 2, 15)]


def test_what_stands_in_the_way_of_sign_off_is_looked_at_every_day(
    database: Database, now: datetime
) -> None:
    world = to_the_end.concluding(database, now)
    to_the_end.conclude(world, 2)
    area = world.area(3)
    world.on_review(drafts.set_aside, number=3, reason="Not ours.", now=CONCLUDED_AT)
    _set(world, type(area), area.id or 0, set_aside_because="")  # as older data may have it
    days = [date(2027, 1, day) for day in (26, 27, 28)]
    assert _of(world, "sign_off", *days) == []
    _set(world, type(area), area.id or 0, set_aside_because="Not ours.")
    assert _of(world, "sign_off", date(2027, 1, 29)) == [date(2027, 1, 29)]


def test_a_signed_off_review_does_not_wait_for_sign_off(world: World) -> None:
    assert {kind for _, (_, kind, _) in every_day(world, SIGNED, date(2027, 2, 12))} == set()


# --- the next assessment ------------------------------------------------------------------

REASSESS = [date(2029, 1, 26), date(2029, 7, 27), date(2029, 10, 26), date(2029, 12, 27)]
ON_THE_DAY = date(2030, 1, 25)  # the 27th is a Sunday


@pytest.mark.covers("R55")
def test_the_next_assessment_is_remembered_four_times_and_on_its_day(world: World) -> None:
    assert _of(world, "reassess", SIGNED, *REASSESS, ON_THE_DAY, date(2030, 2, 1)) == [
        *REASSESS, ON_THE_DAY,
    ]  # fmt: skip
    [*_, last] = reminders(world, "amina", "reassess")
    assert (last.subject, last.slot) == (f"review:{world.review_id}", "2030-01-27 on the day")
    assert (last.due_on, last.is_deadline) == (date(2030, 1, 27), True)


def test_a_sooner_assessment_is_not_remembered_for_days_that_have_passed(
    database: Database, now: datetime
) -> None:
    world = to_the_end.concluded(database, now)
    sign(world, reassess_on="2027-06-01", reassess_because="A merger.")
    days = (SIGNED, date(2027, 2, 26), date(2027, 3, 1), date(2027, 4, 30))
    assert _of(world, "reassess", *days) == [date(2027, 3, 1), date(2027, 4, 30)]


@pytest.mark.parametrize(
    ("later", "is_remembered"),
    [
        ({"state": "collecting"}, False),
        ({"state": "signed_off"}, False),
        ({"state": "draft"}, True),
        ({"state": "cancelled"}, True),
        ({"state": "collecting", "is_rerating": True}, True),
    ],
)
def test_once_the_next_review_has_begun_nobody_is_reminded_to_begin_it(
    world: World, later: dict[str, object], is_remembered: bool
) -> None:
    _another(world, before_id=world.review_id, **later)
    assert bool(_of(world, "reassess", SIGNED, *REASSESS)) is is_remembered


def test_a_next_review_that_is_cancelled_is_no_next_review(world: World) -> None:
    later = _another(world, before_id=world.review_id, state="collecting")
    assert _of(world, "reassess", *REASSESS[:2]) == []
    world.do(reviews.cancel, review_id=later, reason="", now=at(REASSESS[1], 12))
    assert _of(world, "reassess", *REASSESS[2:]) == REASSESS[2:]


def test_a_review_that_is_opened_again_waits_for_no_next_one(world: World) -> None:
    world.on_review(sign_off.reopen, number=2, reason="New figures.", now=SIGNED_OFF_AT)
    assert _of(world, "reassess", SIGNED, *REASSESS, ON_THE_DAY) == []


def test_a_rating_of_single_areas_has_no_next_assessment_of_its_own(world: World) -> None:
    _set(world, Review, world.review_id, is_rerating=True)
    assert _of(world, "reassess", SIGNED, *REASSESS) == []


def test_an_outage_of_a_year_leaves_one_reminder_of_each_thing(world: World) -> None:
    found = [(kind, slot) for _, kind, slot in mature(world, date(2029, 11, 1))]
    assert found == [
        ("edition", "2028-02-18 on the day"), ("reassess", "2030-01-27 3 months before"),
    ]  # fmt: skip


# --- the framework's own review -----------------------------------------------------------


@pytest.mark.covers("R56")
def test_the_frameworks_own_review_is_remembered_apart(world: World) -> None:
    days = [day for day, _ in EDITION]
    assert _of(world, "edition", SIGNED, *days, date(2028, 3, 1)) == days
    [first, *_] = reminders(world, "amina", "edition")
    assert first.subject.startswith("edition:")
    assert (first.due_on, first.review_id) == (date(2028, 2, 18), world.review_id)


def test_a_lead_of_several_reviews_hears_of_the_edition_once_and_of_the_newest(
    world: World,
) -> None:
    newest = _another(world, state="collecting")
    _another(world, state="collecting", division="Surgery")
    _another(world, state="collecting", is_rerating=True)
    _another(world, state="cancelled")
    _another(world, state="draft")
    mature(world, SIGNED)
    mature(world, EDITION[0][0])
    assert [row.review_id for row in reminders(world, "amina", "edition")] == [newest]


def test_who_begins_after_the_frameworks_review_hears_nothing_of_it(world: World) -> None:
    _set(world, Review, world.review_id, look_on=date(2028, 3, 1))
    assert _of(world, "edition", date(2028, 3, 1)) == []


def test_a_running_review_hears_of_the_edition_too(database: Database, now: datetime) -> None:
    world = after_the_close.drafting(database, now)
    assert _of(world, "edition", EDITION[0][0]) == [EDITION[0][0]]
