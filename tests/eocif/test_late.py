"""What arrives before an area opens or after its round has closed, or from who has left."""

from datetime import UTC, date, datetime

import pytest

from eocif import review_groups, views, weeks
from eocif.database import Database
from eocif.errors import NotYours
from eocif.models import ReviewArea
from eocif.rules.answers import KEPT_FOR_YOU
from eocif.rules.dates import at
from eocif.summaries import Feedback, Place
from tests import builders
from tests.builders import MONDAY, SMALL, World

CLOSING = date(2027, 1, 25)


@pytest.fixture
def world(database: Database, now: datetime) -> World:
    return builders.opened(database, now, scope=SMALL)


def test_a_press_counts_until_a_quarter_past_five(world: World) -> None:
    for hour, minute in ((16, 59), (17, 0), (17, 5), (17, 14)):
        now = at(CLOSING, hour, minute)
        world.tick(now)
        assert world.rate("grace", 2, "achieving", now) == Feedback()
        assert world.form("grace", 2, now).state == "open"


def test_a_late_press_is_kept_as_a_note(world: World) -> None:
    world.write("grace", 2, at(MONDAY, 10), where_now="In time.")
    late = at(CLOSING, 17, 20)
    said = world.write("grace", 2, late, where_now="Too late.")
    assert (said.is_problem, said.notice) == (
        True,
        "This round closed on Monday 25 January 2027. Your earlier answer is kept. "
        f"Ask your lead if you need to change it. {KEPT_FOR_YOU}",
    )
    world.rate("grace", 2, {"2a": "excelling"}, late)
    world.tick(late)
    form = world.form("grace", 2, late)
    assert (form.state, form.words["where_now"], form.choices) == ("closed", "In time.", {})
    assert form.kept == {"where_now": "Too late.", "level_2a": "excelling"}


def test_a_closed_answer_can_be_neither_cleared_nor_withdrawn(world: World) -> None:
    world.rate("grace", 2, "achieving", at(MONDAY, 10))
    late = at(CLOSING, 17, 15)
    for use_case, more in ((views.clear, {"what": ("level_2a",)}), (views.withdraw, {})):
        said = world.do(use_case, "grace", place=world.place(2), now=late, **more)
        assert said.is_problem
        assert said.notice.startswith("This round closed on Monday 25 January 2027.")
    assert len(world.form("grace", 2, late).choices) == 3


def test_an_area_that_is_not_open_yet_says_so_and_keeps_what_was_typed(
    database: Database, now: datetime
) -> None:
    world = builders.started(database, now, scope=SMALL)
    said = world.rate("grace", 2, {"2a": "achieving"}, now)
    assert said.notice == (
        f"This area is not open yet. We will write to you when it is. {KEPT_FOR_YOU}"
    )
    form = world.form("grace", 2, now)
    assert (form.state, form.kept, form.choices) == (
        "not open yet", {"level_2a": "achieving"}, {},
    )  # fmt: skip
    world.tick(at(MONDAY, 9))
    world.rate("grace", 2, {"2a": "progressing"}, at(MONDAY, 10))
    assert world.form("grace", 2, at(MONDAY, 10)).kept == {}


def test_an_area_set_aside_says_so(world: World) -> None:
    with world.database.transaction() as session:
        row = session.get_one(ReviewArea, world.area(2).id)
        row.state = "set_aside"
        session.add(row)
    now = at(MONDAY, 10)
    said = world.rate("grace", 2, {"2a": "achieving"}, now)
    assert said.notice == (
        "This area was set aside. Your earlier answer is kept. You need not do anything. "
        f"{KEPT_FOR_YOU}"
    )
    assert world.form("grace", 2, now).state == "set aside"


def test_who_has_left_sees_their_answer_and_what_they_send_is_kept_to_copy(world: World) -> None:
    now = at(MONDAY, 10)
    world.rate("des", 2, "achieving", now)
    world.on_review(review_groups.remove_member, member_id=world.members["des"], now=now)
    said = world.rate("des", 2, {"2a": "progressing"}, now)
    assert said.notice.startswith("You are no longer in this review group.")
    form = world.form("des", 2, now)
    assert (form.state, form.choices["2a"], form.kept) == (
        "left the group", "achieving", {"level_2a": "progressing"},
    )  # fmt: skip
    with pytest.raises(NotYours) as refused:
        world.do(weeks.week, "des", place=Place(world.review_id, (2,)), now=now)
    assert refused.value.happened == "You are no longer in this review group."


def test_the_weeks_message_says_what_has_closed(world: World) -> None:
    late = datetime(2027, 1, 26, 9, tzinfo=UTC)
    world.tick(late)
    week = world.do(weeks.week, "grace", place=Place(world.review_id, (2, 3)), now=late)
    assert {each.status for each in week.areas} == {"closed"}
    assert week.minutes == 0
