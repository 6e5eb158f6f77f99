"""The day's message for who put something off, wants one a week, or is away."""

from datetime import date, datetime, timedelta

import pytest

from eocif import (
    actions,
)
from eocif.database import Database
from eocif.rules.dates import at
from eocif.rules.reminding import Kind
from eocif.time_models import Snooze
from tests import reminded
from tests.builders import MONDAY, World
from tests.gathered import DUE, THURSDAY, TUESDAY, WEDNESDAY, begun, days, due, owned, states, wish


@pytest.fixture
def kind(request: pytest.FixtureRequest) -> str:
    """SQLite, unless a test is about what two databases might do differently."""
    return str(getattr(request, "param", "sqlite"))


@pytest.fixture
def world(database: Database, now: datetime) -> World:
    """Areas 2 and 3 are open, everyone has been asked, and Grace has answered."""
    return begun(database, now)


# --- what people wish -----------------------------------------------------------------------


def test_what_someone_put_off_waits_for_its_day_and_the_rest_does_not(world: World) -> None:
    first, second = owned(world, "grace", DUE, DUE, now=at(MONDAY, 11))
    with world.database.transaction() as session:
        grace = world.actors["grace"]
        session.add(
            Snooze(
                person_id=grace.person_id, subject=first, tenant_id=grace.tenant_id, until=THURSDAY
            )
        )
    for subject in (first, second):
        due(world, "grace", subject, at(TUESDAY, 9))
    world.live(at(TUESDAY, 9))
    why = "they asked not to hear of it before Thursday 14 January 2027"
    assert states(world, "grace") == [("waiting", why), ("taken", "")]
    world.live(at(WEDNESDAY, 9))
    world.live(at(THURSDAY, 9))
    assert days(world, "grace")[1:] == [("reminder", TUESDAY), ("reminder", THURSDAY)]


def test_who_wants_one_message_a_week_hears_on_its_first_day_but_always_of_a_deadline(
    world: World,
) -> None:
    subjects = owned(world, "grace", DUE, WEDNESDAY, now=at(MONDAY, 11))
    wish(world, "grace", is_weekly=True)
    due(world, "grace", subjects[0], at(TUESDAY, 9))
    world.live(at(TUESDAY, 9))
    assert states(world, "grace") == [("waiting", "they want one message a week")]
    due(world, "grace", subjects[1], at(WEDNESDAY, 9), due_on=WEDNESDAY, is_deadline=True,
        slot=f"{WEDNESDAY} on the day")  # fmt: skip
    world.live(at(WEDNESDAY, 9))
    assert [state for state, _ in states(world, "grace")] == ["waiting", "taken"]
    world.live(at(MONDAY + timedelta(days=7), 9))
    assert [state for state, _ in states(world, "grace")] == ["taken", "taken"]


def test_quiet_hours_shift_it_within_the_day(world: World) -> None:
    [subject] = owned(world, "grace", DUE, now=at(MONDAY, 11))
    wish(world, "grace", from_hour=14, until_hour=16)
    due(world, "grace", subject, at(TUESDAY, 9))
    world.tick(at(TUESDAY, 9))
    assert world.unasked("grace")[-1].next_at == at(TUESDAY, 14)


def test_what_comes_after_someones_hours_waits_for_tomorrow(world: World) -> None:
    [subject] = owned(world, "grace", DUE, now=at(MONDAY, 11))
    wish(world, "grace", from_hour=9, until_hour=12)
    due(world, "grace", subject, at(TUESDAY, 13))
    world.live(at(TUESDAY, 13))
    assert states(world, "grace") == [("waiting", "their hours are over for today")]
    world.live(at(WEDNESDAY, 9))
    assert days(world, "grace")[1:] == [("reminder", WEDNESDAY)]


# --- people who are away --------------------------------------------------------------------


def away(world: World, who: str, deputy: str = "", until: date = THURSDAY) -> None:
    stands_in = world.actors[deputy].person_id if deputy else None
    wish(world, who, away_from=TUESDAY, away_until=until, deputy_id=stands_in)


def test_an_action_of_someone_away_goes_to_their_deputy_on_its_deadline_too(world: World) -> None:
    [subject] = owned(world, "grace", TUESDAY, now=at(MONDAY, 11))
    away(world, "grace", deputy="des")
    due(world, "grace", subject, at(TUESDAY, 9), due_on=TUESDAY, is_deadline=True,
        slot=f"{TUESDAY} on the day")  # fmt: skip
    world.live(at(TUESDAY, 9))
    assert states(world, "grace") == [("dropped", "gone to their deputy")]
    [row] = reminded.reminders(world, "des")
    grace = world.actors["grace"].person_id
    assert (row.state, row.is_deadline, row.params) == ("taken", True, {"for_person": grace})
    [item] = reminded.seen(world, "des", at(TUESDAY, 9))
    assert (item.why_me, item.for_whom) == ("away", "Grace Adeyemi")


def test_without_a_deputy_or_with_one_who_is_away_it_waits(world: World) -> None:
    [subject] = owned(world, "grace", DUE, now=at(MONDAY, 11))
    away(world, "grace", deputy="des", until=TUESDAY)
    away(world, "des")
    due(world, "grace", subject, at(TUESDAY, 9))
    world.live(at(TUESDAY, 9))
    assert states(world, "grace") == [("waiting", "they are away")]
    world.live(at(WEDNESDAY, 9))
    assert states(world, "grace") == [("taken", "")]


def test_what_someone_hears_in_anothers_place_goes_no_further(world: World) -> None:
    [subject] = owned(world, "grace", DUE, now=at(MONDAY, 11))
    away(world, "kasia", deputy="des")
    due(world, "kasia", subject, at(TUESDAY, 9), why_me="overdue",
        for_person=world.actors["grace"].person_id)  # fmt: skip
    world.live(at(TUESDAY, 9))
    assert states(world, "kasia") == [("waiting", "they are away")]
    assert reminded.reminders(world, "des") == []


def test_a_draft_of_an_area_lead_who_is_away_goes_to_the_reviews_lead(world: World) -> None:
    area_id = world.area(2).id
    away(world, "tom")
    away(world, "amina", until=TUESDAY)
    due(world, "tom", f"area:{area_id}", at(TUESDAY, 9), kind=Kind.DRAFT)
    world.live(at(TUESDAY, 9))
    assert states(world, "tom") == [("waiting", "they are away")]  # so is the review's lead
    world.tick(at(WEDNESDAY, 9))
    assert states(world, "tom") == [("dropped", "gone to the review's lead")]
    assert len(reminded.reminders(world, "amina")) == 1


def test_what_an_owner_says_goes_to_the_reviews_lead_while_the_areas_lead_is_away(
    world: World,
) -> None:
    number = reminded.act(world, DUE, at(MONDAY, 11), owner="grace")
    away(world, "tom")
    world.do(
        actions.refuse, "grace", action_id=number, reason="I have moved on.", now=at(TUESDAY, 9)
    )
    world.tick(at(TUESDAY, 9))
    assert states(world, "tom") == [("dropped", "gone to the review's lead")]
    [item] = reminded.seen(world, "amina", at(TUESDAY, 9))
    assert (item.kind, item.is_over, item.state) == (Kind.ACTION_SAID, False, "refused")


def test_an_answer_to_an_owner_who_is_away_goes_to_their_deputy(world: World) -> None:
    number = reminded.act(world, DUE, at(MONDAY, 11), owner="grace")
    world.live(at(TUESDAY, 9))
    asked, wanted = at(TUESDAY, 10), date(2027, 6, 1).isoformat()
    world.do(
        actions.ask_date, "grace", action_id=number, wanted_on=wanted, reason="Later.", now=asked
    )
    wish(world, "grace", away_from=WEDNESDAY, away_until=THURSDAY,
         deputy_id=world.actors["des"].person_id)  # fmt: skip
    world.do(
        actions.answer_date, "tom", action_id=number, answer="agree", wanted_on=wanted, reason="",
        now=at(WEDNESDAY, 8),
    )  # fmt: skip
    world.tick(at(WEDNESDAY, 9))
    assert states(world, "grace")[-1] == ("dropped", "gone to their deputy")
    [item] = reminded.seen(world, "des", at(WEDNESDAY, 9))
    assert (item.why_me, item.due_on, item.is_over) == ("away", date(2027, 6, 1), False)


def test_the_reviews_own_lead_has_nobody_to_pass_it_on_to(world: World) -> None:
    away(world, "amina", deputy="des")
    due(world, "amina", "area:99", at(TUESDAY, 9), kind=Kind.DRAFT)
    world.tick(at(TUESDAY, 9))
    assert states(world, "amina") == [("waiting", "they are away")]
