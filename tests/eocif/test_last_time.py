"""Last time's levels are shown once an area's round 1 has closed, and never before."""

import json
from dataclasses import replace
from datetime import date, datetime

import pytest

from eocif import area_work, forms, weeks
from eocif.database import Database
from eocif.models import Conclusion, Review, ReviewArea
from eocif.people import known
from eocif.rules.dates import at
from scheduler import faces
from tests import after_the_close, builders, confirming
from tests.after_the_close import NEXT_MORNING
from tests.builders import MONDAY, SMALL, World

BEFORE_ON = date(2024, 1, 30)
ENDED = {"2a": ("excelling", "agreed"), "2b": ("", "not_agreed")}
SEEN = {"2a": "excelling", "2b": "not_agreed"}
DURING = at(MONDAY, 10)


def _plant(world: World, **unlike: str) -> None:
    """A review of three years before, in which area 2 was concluded, is set before this one."""
    amina = world.actors["amina"].person_id
    with world.database.transaction() as session:
        this = session.get_one(Review, world.review_id)
        held = this.model_dump(exclude={"id", "nonce", "before_id"})
        old = Review(**{**held, "nonce": "old", "state": "signed_off", "baseline_on": BEFORE_ON})
        for field, value in unlike.items():
            setattr(old, field, value)
        session.add(old)
        session.flush()
        area = ReviewArea(
            tenant_id=old.tenant_id, review_id=known(old.id), number=2, state="concluded"
        )
        session.add(area)
        session.flush()
        for code, (level, origin) in {**ENDED, "L1": ("achieving", "agreed")}.items():
            session.add(
                Conclusion(
                    area_id=known(area.id), code=code, tenant_id=old.tenant_id, level=level,
                    origin=origin, verdict="agreed", confirmed_by=amina, confirmed_at=DURING,
                )
            )  # fmt: skip
        this.before_id = old.id
        session.add(this)


@pytest.mark.covers("R57")
def test_while_round_1_is_open_nobody_sees_a_trace_of_it(database: Database, now: datetime) -> None:
    world = builders.opened(database, now, scope=SMALL)

    def everything() -> list[object]:
        place, areas = world.place(2), world.place(2, areas=(2, 3))
        return [
            world.on_review(area_work.area_work, "tom", number=2, now=DURING),
            world.on_review(area_work.area_work, "amina", number=2, now=DURING),
            replace(world.do(forms.area_form, "grace", place=place, now=DURING), nonce=""),
            world.do(weeks.week, "grace", place=areas, now=DURING),
            confirming.form(world, "grace", 2, DURING),
        ]

    before = everything()
    _plant(world)
    assert everything() == before
    for name, who, more in (
        ("results", "tom", {"area": 2}), ("draft", "tom", {"area": 2}),
        ("area", "grace", {"area": 2}), ("confirm", "grace", {"area": 2}), ("week", "grace", {}),
    ):  # fmt: skip
        params = {"review": world.review_id, **more}
        face = world.do(faces.by_name, who, name=name, now=DURING, params=params)
        assert "Last time" not in json.dumps(face.content)


@pytest.mark.covers("R48")
def test_once_round_1_has_closed_the_areas_lead_sees_last_times_levels(
    database: Database, now: datetime
) -> None:
    world = after_the_close.drafting(database, now)
    _plant(world)
    work = world.on_review(area_work.area_work, "tom", number=2, now=NEXT_MORNING)
    assert (work.before, work.before_on) == (SEEN, BEFORE_ON)
    other = world.on_review(area_work.area_work, "tom", number=3, now=NEXT_MORNING)
    assert other.before == {}


def test_members_see_them_in_round_2(database: Database, now: datetime) -> None:
    world = after_the_close.in_round_2(database, now)
    _plant(world)
    form = confirming.form(world, "grace", 2, confirming.TUESDAY)
    assert (form.before, form.before_on) == (SEEN, BEFORE_ON)


@pytest.mark.parametrize(
    "unlike", [{"rating_unit": "area"}, {"edition": "another"}, {"tenant_id": "another"}]
)
def test_levels_of_another_unit_edition_or_tenant_are_not_set_beside_these(
    database: Database, now: datetime, unlike: dict[str, str]
) -> None:
    world = after_the_close.drafting(database, now)
    _plant(world, **unlike)
    work = world.on_review(area_work.area_work, "tom", number=2, now=NEXT_MORNING)
    assert (work.before, work.before_on) == ({}, None)
