"""The day's message as it goes: what is owed when it is sent, and nothing else."""

from datetime import date, datetime, timedelta

import pytest

from eocif import actions, deliveries, people
from eocif.database import Database
from eocif.models import Delivery, DeliveryState
from eocif.rules.dates import at
from eocif.time_models import Habit
from scheduler import faces, jobs
from scheduler.delivery import Courier
from scheduler.sender import NotSent, Outcome
from tests import builders, reminded
from tests.builders import MONDAY, SMALL, World
from tests.cards.harness import actions as buttons
from tests.cards.harness import read
from tests.scheduler.post_office import Call, Clock, PostOffice, courier
from tests.scheduler.saying import press, row

TUESDAY, CLOSES_ON = MONDAY + timedelta(days=1), MONDAY + timedelta(days=14)
NEXT = MONDAY + timedelta(days=7)
DUE = date(2027, 1, 26)  # ten working days after Tuesday
GONE = NotSent(Outcome.PERMANENT, status=404, code="ActivityNotFoundInConversation")
CHAT = "chat of 29:{}"


@pytest.fixture
def kind() -> str:
    """What is said is the same on both databases; `tests.eocif.test_gathering` compares them."""
    return "sqlite"


@pytest.fixture
def world(database: Database, now: datetime) -> World:
    """Areas 2 and 3 are open and everyone was asked; Grace has answered and owns an action."""
    world = builders.opened(database, now, scope=SMALL)
    for area in (2, 3):
        world.rate("grace", area, "achieving", at(MONDAY, 10))
    reminded.act(world, DUE, at(MONDAY, 11), owner="grace")
    return world


@pytest.fixture
def clock() -> Clock:
    return Clock(at(TUESDAY, 9))


@pytest.fixture
def post(world: World, office: PostOffice, clock: Clock) -> Courier:
    return courier(world.database, office, clock)


def to(office: PostOffice, who: str, what: str = "send") -> list[Call]:
    return [call for call in office.of(what) if call.to == CHAT.format(who)]


def shown(call: Call) -> str:
    assert call.message
    return read(call.message.card)


def done(world: World, now: datetime, action_id: int = 1) -> None:
    world.do(actions.done, "grace", action_id=action_id, changed="Fewer people wait.", now=now)


# --- reminders alone ------------------------------------------------------------------------


async def test_a_days_reminders_go_as_one_card_whose_preview_only_counts(
    world: World, post: Courier, office: PostOffice, clock: Clock
) -> None:
    reminded.act(world, DUE, at(MONDAY, 11), owner="grace")
    await jobs.tick(world.database, now=clock())
    await post.run_due()
    [call] = to(office, "grace")
    assert call.message
    assert call.message.alert
    assert call.message.summary == "Experience of care review: 2 things wait for you"
    assert shown(call).count("This is due on Tuesday 26 January 2027.") == 2
    assert shown(call).count("You are asked to own this action.") == 2


async def test_what_was_done_before_it_went_is_left_out_and_dropped(
    world: World, post: Courier, office: PostOffice, clock: Clock
) -> None:
    second = reminded.act(world, DUE, at(MONDAY, 11), owner="grace")
    await jobs.tick(world.database, now=clock())
    done(world, clock(), second)
    await post.run_due()
    [call] = to(office, "grace")
    assert call.message
    assert call.message.summary == "Experience of care review: 1 thing waits for you"
    left = [row for row in reminded.reminders(world, "grace") if row.state == "taken"]
    assert row(world, "grace").params["ids"] == [each.id for each in left]
    assert reminded.reminders(world, "grace")[-1].why == "nothing is owed any more"


async def test_with_nothing_left_it_stays_away(
    world: World, post: Courier, office: PostOffice, clock: Clock
) -> None:
    await jobs.tick(world.database, now=clock())
    done(world, clock())
    await post.run_due()
    assert to(office, "grace") == []
    assert row(world, "grace").state == DeliveryState.CANCELLED
    assert {each.state for each in reminded.reminders(world, "grace")} == {"dropped"}


async def test_a_pressed_message_goes_back_to_its_list_with_what_is_done(
    world: World, post: Courier, office: PostOffice, clock: Clock
) -> None:
    await jobs.tick(world.database, now=clock())
    await post.run_due()
    done(world, clock())
    press(world, "grace", clock)
    await post.run_due()
    [update] = to(office, "grace", "update")[-1:]
    assert "Nothing waits for you here" in shown(update)
    assert "Nothing is left to do here. Thank you." in shown(update)


async def test_a_message_that_vanished_is_posted_again_while_something_is_owed(
    world: World, post: Courier, office: PostOffice, clock: Clock
) -> None:
    await jobs.tick(world.database, now=clock())
    await post.run_due()
    for is_done, times in ((False, 2), (True, 2)):
        if is_done:
            done(world, clock())
        office.fails["update"] = [GONE]
        press(world, "grace", clock)
        await post.run_due()
        assert len(to(office, "grace")) == times


async def test_who_could_not_be_reached_keeps_them_taken(
    world: World, post: Courier, office: PostOffice, clock: Clock
) -> None:
    office.fails["send"] = [NotSent(Outcome.PERMANENT, status=403)]
    await jobs.tick(world.database, now=clock())
    await post.run_due()
    assert row(world, "grace").state == DeliveryState.FAILED
    assert reminded.reminders(world, "grace")[-1].state == "taken"
    with world.database.transaction() as session:
        found = deliveries.undelivered(session, review_id=world.review_id)
    assert found == [("Grace Adeyemi", "They have not added the app in Teams yet.")]


# --- along with the weekly message ----------------------------------------------------------


async def test_the_weekly_message_has_a_row_for_each_and_keeps_it_when_opened_again(
    world: World, post: Courier, office: PostOffice, clock: Clock
) -> None:
    reminded.act(world, NEXT, at(MONDAY, 11), owner="kasia")
    clock.now = at(NEXT, 9)
    await jobs.tick(world.database, now=clock())
    await post.run_due()
    [call] = to(office, "kasia")
    assert "Your areas this week" in shown(call)
    assert "Also waiting for you" in shown(call)
    assert "This is due today, Monday 18 January 2027." in shown(call)
    sent = row(world, "kasia")
    with world.database.transaction() as session:
        kasia = people.actor_of(
            session, person_id=world.actors["kasia"].person_id, leads=frozenset()
        )  # fmt: skip
        again = faces.this_week(
            session, actor=kasia, now=clock(), review=world.review_id,
            areas=tuple(sent.params["areas"]),
        )  # fmt: skip
        other = faces.this_week(
            session, actor=kasia, now=clock(), review=world.review_id, areas=(2,)
        )  # fmt: skip
    assert "Also waiting for you" in read(again.content)
    assert "Also waiting for you" not in read(other.content)


async def test_a_prompt_that_went_before_they_were_gathered_takes_them_along(
    world: World, post: Courier, office: PostOffice, clock: Clock
) -> None:
    clock.now = at(NEXT, 9)
    world.tick(clock())  # and before the prompt goes …
    reminded.act(world, date(2027, 3, 1), clock(), owner="kasia")
    await post.run_due()
    [call] = to(office, "kasia")
    assert "You are asked to own this action." in shown(call)
    assert reminded.reminders(world, "kasia")[-1].delivery_id == row(world, "kasia").id


async def test_a_weekly_message_that_lost_its_own_point_goes_as_reminders_alone(
    world: World, post: Courier, office: PostOffice, clock: Clock
) -> None:
    reminded.act(world, NEXT, at(MONDAY, 11), owner="kasia")
    clock.now = at(NEXT, 9)
    await jobs.tick(world.database, now=clock())
    for area in (2, 3):
        world.rate("kasia", area, "achieving", clock())
    await post.run_due()
    [call] = to(office, "kasia")
    assert "thing" in shown(call).splitlines()[0]
    sent = row(world, "kasia")
    assert (sent.kind, sent.review_id, sent.params["card"]) == ("prompt", None, "reminders")
    first = world.unasked("kasia")[0]
    with world.database.transaction() as session:  # the week before has nothing newer
        assert not deliveries.newer_message(session, message=session.get_one(Delivery, first.id))


async def test_a_weekly_message_without_reminders_that_lost_its_point_stays_away(
    world: World, post: Courier, office: PostOffice, clock: Clock
) -> None:
    clock.now = at(NEXT, 9)
    await jobs.tick(world.database, now=clock())
    for area in (2, 3):
        world.rate("kasia", area, "achieving", clock())
    await post.run_due()
    assert to(office, "kasia") == []
    assert [each.state for each in reminded.reminders(world, "kasia")] == ["dropped"]


# --- rounds ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (CLOSES_ON - timedelta(days=4), "Areas 2 and 3 close at 5pm on Monday 25 January 2027."),
        (CLOSES_ON, "Areas 2 and 3 close at 5pm today. You can still answer."),
    ],
)
async def test_a_rounds_reminder_says_when_it_closes(
    world: World, post: Courier, office: PostOffice, clock: Clock, day: date, said: str
) -> None:
    with world.database.transaction() as session:  # this week's message has gone already
        for person in world.actors.values():
            for week in (1, 2):
                deliveries.to_person(
                    session, kind="prompt", person_id=person.person_id,
                    tenant_id=person.tenant_id, subject=f"review:{world.review_id}",
                    slot=f"week:{week}", now=at(MONDAY, 10), review_id=world.review_id,
                    areas=[2, 3], review=world.review_id,
                )  # fmt: skip
    world.send(at(MONDAY, 10))
    clock.now = at(day, 9)
    await jobs.tick(world.database, now=clock())
    await post.run_due()
    [call] = to(office, "kasia")
    assert shown(call).splitlines()[:2] == ["A reminder", said]
    assert "Start with area 2" in [each["title"] for each in buttons(call.message.card)]  # type: ignore[union-attr]
    assert row(world, "kasia").kind == "reminder"


# --- hours and leave ------------------------------------------------------------------------


async def test_who_goes_on_leave_before_it_went_hears_afterwards_and_their_deputy_at_once(
    world: World, post: Courier, office: PostOffice, clock: Clock
) -> None:
    await jobs.tick(world.database, now=clock())
    grace, des = world.actors["grace"], world.actors["des"]
    with world.database.transaction() as session:
        session.add(
            Habit(
                person_id=grace.person_id, tenant_id=grace.tenant_id, away_from=TUESDAY,
                away_until=TUESDAY + timedelta(days=1), deputy_id=des.person_id,
            )
        )  # fmt: skip
    await post.run_due()
    assert to(office, "grace") == []
    assert row(world, "grace").next_at == at(TUESDAY + timedelta(days=2), 9)
    await jobs.tick(world.database, now=clock.later(minutes=1))
    await post.run_due()
    [call] = to(office, "des")
    assert "Grace Adeyemi owns it and is away. You stand in for them." in shown(call)


async def test_quiet_hours_that_are_set_meanwhile_are_kept(
    world: World, post: Courier, office: PostOffice, clock: Clock
) -> None:
    await jobs.tick(world.database, now=clock())
    grace = world.actors["grace"]
    with world.database.transaction() as session:
        session.add(Habit(person_id=grace.person_id, tenant_id=grace.tenant_id, from_hour=13))
    await post.run_due()
    assert to(office, "grace") == []
    clock.now = at(TUESDAY, 13)
    await post.run_due()
    assert len(to(office, "grace")) == 1
