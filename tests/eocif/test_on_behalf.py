"""Taking part without Teams: answers that an area lead records for someone."""

from datetime import datetime, timedelta

import pytest

from eocif import forms, views, weeks
from eocif.database import Database
from eocif.errors import NotFound, NotNow, NotYours
from eocif.models import AuditEvent, View
from eocif.rules.dates import at
from eocif.summaries import OnBehalf, Place
from tests import builders
from tests.builders import MONDAY, World

NOON = at(MONDAY, 12)
SCOPE = {"1": "2", "2": "5", "3": "14"}  # led by Tom, Kasia and Amina


@pytest.fixture
def world(database: Database, now: datetime) -> World:
    return builders.opened(database, now, scope=SCOPE)


def _tasks(world: World, who: str) -> tuple[OnBehalf, ...]:
    place = Place(world.review_id, (2, 5, 14))
    return world.do(weeks.week, who, place=place, now=NOON).tasks


def test_what_they_owe_is_a_task_of_the_area_lead_with_their_needs(world: World) -> None:
    for who, area in (("tom", 2), ("kasia", 5), ("amina", 14)):
        [task] = _tasks(world, who)
        assert (task.name, task.member_id) == ("Doris Whitfield", world.members["doris"])
        assert task.communication_needs == "Large print. Prefers the phone, mornings."
        assert [each.area.number for each in task.areas] == [area]
    assert _tasks(world, "grace") == ()
    assert "Large print" not in repr(world.do(weeks.my_areas, "grace", now=NOON))


def test_an_area_lead_is_asked_for_a_task_even_when_their_own_areas_are_done(
    world: World,
) -> None:
    for number in (2, 5, 14):
        world.rate("tom", number, "achieving", NOON)
    world.live(at(MONDAY + timedelta(days=7), 9))
    assert world.unasked("tom")[1].params["areas"] == []
    world.rate("tom", 2, "achieving", NOON, for_="doris")
    world.live(at(MONDAY + timedelta(days=14), 9))
    assert len(world.unasked("tom")) == 2


@pytest.mark.covers("R14")
def test_an_answer_is_recorded_marked_and_by_whom(world: World) -> None:
    world.rate("tom", 2, "achieving", NOON, for_="doris")
    world.write("tom", 2, NOON, for_="doris", where_now="I am never asked.")
    form = world.form("tom", 2, NOON, for_="doris")
    assert (form.for_name, form.privacy.recorder) == ("Doris Whitfield", "Tom Okafor")
    assert (form.answered, form.words["where_now"]) == (True, "I am never asked.")
    [view] = world.rows(View)
    assert (view.member_id, view.given_by) == (
        world.members["doris"], world.actors["tom"].person_id,
    )  # fmt: skip
    assert world.rows(AuditEvent)[-1].detail == {"on_behalf": True, "complete": True}
    assert _tasks(world, "tom") == ()


def test_their_answer_is_not_the_recorders_own(world: World) -> None:
    world.rate("tom", 2, "achieving", NOON, for_="doris")
    assert world.form("tom", 2, NOON).choices == {}


def test_before_the_close_only_who_typed_it_sees_it_and_then_the_lead_does(world: World) -> None:
    world.rate("tom", 2, "achieving", NOON, for_="doris")
    with pytest.raises(NotYours) as refused:
        world.form("amina", 2, NOON, for_="doris")
    assert refused.value.sentence == (
        "Someone else records the answers to this area for this person. "
        "Those answers are kept, and nobody else can see them until the round closes. "
        "Ask your lead who records them."
    )
    for use_case, more in (
        (views.clear, {"what": ("level_2a",)}),
        (views.withdraw, {}),
        (views.save_levels, {"levels": {"2a": "excelling"}, "shown": {}}),
    ):
        with pytest.raises(NotYours):
            world.do(use_case, place=world.place(2, for_="doris"), now=NOON, **more)
    closing = at(MONDAY + timedelta(days=14), 17, 15)
    world.tick(closing)
    assert set(world.form("amina", 2, closing, for_="doris").choices.values()) == {"achieving"}


def test_an_area_set_aside_before_its_round_closed_stays_blind(world: World) -> None:
    world.rate("tom", 2, "achieving", NOON, for_="doris")
    with world.database.transaction() as session:
        row = session.get_one(builders.ReviewArea, world.area(2).id)
        row.state = "set_aside"
        session.add(row)
    with pytest.raises(NotYours):
        world.form("amina", 2, NOON, for_="doris")


def test_only_the_lead_and_the_areas_lead_record(world: World) -> None:
    for who in ("kasia", "grace", "joan"):  # Kasia leads another area
        with pytest.raises(NotYours):
            world.rate(who, 2, "achieving", NOON, for_="doris")
    world.rate("amina", 2, "achieving", NOON, for_="doris")


def test_nobody_answers_for_someone_who_uses_teams(world: World) -> None:
    for key in ("grace", "tom"):
        with pytest.raises(NotYours) as refused:
            world.rate("tom", 2, "achieving", NOON, for_=key)
        assert refused.value.happened == (
            "You can only record answers for someone in the group who takes part without Teams."
        )


def test_who_has_left_the_group_is_not_recorded_for(world: World) -> None:
    world.on_review(
        builders.review_groups.remove_member, member_id=world.members["doris"], now=NOON
    )
    assert _tasks(world, "tom") == ()
    with pytest.raises(NotYours):
        world.rate("tom", 2, "achieving", NOON, for_="doris")


def test_a_card_for_someone_else_does_not_open_as_a_week(world: World) -> None:
    with pytest.raises(NotYours):
        world.do(weeks.week, "tom", place=world.place(2, for_="doris"), now=NOON)
    with pytest.raises(NotFound):
        world.do(forms.area_form, "tom", place=Place(world.review_id, (), 2, 999), now=NOON)


def test_a_recording_ends_with_the_review(world: World) -> None:
    world.on_review(builders.reviews.cancel, reason="", now=NOON)
    with pytest.raises(NotNow):
        world.rate("tom", 2, "achieving", NOON, for_="doris")
