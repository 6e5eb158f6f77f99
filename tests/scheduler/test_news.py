"""News and second rounds on their way: what is said is what is so when it is sent."""

from datetime import date, datetime, timedelta

import pytest

from eocif import conclusions, deliveries, reminders
from eocif.database import Database
from eocif.models import Delivery, DeliveryState, Person
from eocif.people import known
from eocif.rules.dates import at
from scheduler import jobs
from scheduler.delivery import Courier
from scheduler.sender import NotSent, Outcome
from tests import after_the_close
from tests.after_the_close import CLOSED_ON
from tests.builders import World
from tests.confirming import ASKED_ON, CLOSES_ON, respond_all
from tests.scheduler.post_office import Clock, PostOffice, courier
from tests.scheduler.saying import ASKED, press, row

THURSDAY = at(date(2027, 1, 14), 9)
GONE = NotSent(Outcome.PERMANENT, status=404, code="ActivityNotFoundInConversation")


@pytest.fixture
def world(database: Database, now: datetime) -> World:
    """Areas 2 and 3, which Tom leads, closed on Wednesday evening; it is Thursday, 9am."""
    world = after_the_close.answered(database, now)
    world.tick(at(CLOSED_ON, 17, 15))
    world.send(at(CLOSED_ON, 17, 15))
    return world


@pytest.fixture
def clock() -> Clock:
    return Clock(THURSDAY)


async def _round(world: World, post: Courier, clock: Clock) -> None:
    await jobs.tick(world.database, now=clock())
    await post.run_due()


async def test_a_lead_is_alerted_once_and_reads_what_waits_for_them(
    world: World, office: PostOffice, clock: Clock
) -> None:
    post = courier(world.database, office, clock)
    for _minute in range(3):
        await _round(world, post, clock)
        clock.later(minutes=1)
    [sent] = office.of("send")
    assert sent.message
    assert sent.message.alert
    assert "Waiting for you as area lead" in sent.text
    assert (row(world, "tom").kind, row(world, "tom").state) == ("news", DeliveryState.SENT)


async def test_news_of_what_was_done_meanwhile_stays_away(
    world: World, office: PostOffice, clock: Clock
) -> None:
    await jobs.tick(world.database, now=clock())
    for area in (2, 3):
        after_the_close.sent(world, area, clock(), who="tom")
        respond_all(world, area, clock())
    await courier(world.database, office, clock).run_due()
    assert office.of("send") == []
    assert row(world, "tom").state == DeliveryState.CANCELLED


async def test_news_that_vanished_is_posted_again_while_it_matters(
    world: World, office: PostOffice, clock: Clock
) -> None:
    post = courier(world.database, office, clock)
    await _round(world, post, clock)
    office.fails["update"] = [GONE]
    press(world, "tom", clock)
    await post.run_due()
    assert ["Waiting for you as area lead" in each.text for each in office.of("send")] == [True] * 2


async def test_the_weekly_message_asks_about_drafts(
    world: World, office: PostOffice, clock: Clock
) -> None:
    for area in (2, 3):
        after_the_close.sent(world, area, clock())
    clock.now = at(ASKED_ON, 9)
    await _round(world, courier(world.database, office, clock), clock)
    asked = [each for each in office.of("send") if "Your week at a glance" not in each.text]
    assert len(asked) == ASKED
    assert all("draft" in each.text for each in asked)


async def test_a_reminder_is_not_sent_for_what_only_waits_for_a_lead(
    world: World, office: PostOffice, clock: Clock
) -> None:
    after_the_close.sent(world, 2, clock())
    clock.now = at(ASKED_ON, 18)
    world.send(clock())
    done = world.on_review(reminders.remind, now=clock())  # for the next morning
    assert "Tom Okafor" in done.reminded
    respond_all(world, 2, clock())
    office.calls.clear()
    clock.now = at(ASKED_ON + timedelta(days=1), 9, 5)
    await courier(world.database, office, clock).run_due()
    assert row(world, "tom").kind == "nudge"
    assert row(world, "tom").state == DeliveryState.CANCELLED  # area 3 waits for him, no answer


async def test_who_contributed_reads_what_ended_and_still_does_on_opening_it_again(
    world: World, office: PostOffice, clock: Clock
) -> None:
    after_the_close.sent(world, 2, clock())
    world.tick(at(CLOSES_ON, 17, 15))
    world.on_review(conclusions.conclude, "tom", number=2, now=at(CLOSES_ON, 18))
    post = courier(world.database, office, clock)
    clock.now = at(date(2027, 1, 26), 9)
    await _round(world, post, clock)
    press(world, "grace", clock)
    await post.run_due()
    said = [each for each in office.calls if each.to == "chat of 29:grace"]
    assert [each.what for each in said] == ["send", "update"]
    assert all("See what became of area 2" in each.text for each in said)
    told = world.rows(Delivery, Delivery.kind == "news")
    assert {each.state for each in told} == {DeliveryState.SENT}


async def test_news_that_did_not_arrive_is_tried_again_when_they_write(
    world: World, office: PostOffice, clock: Clock
) -> None:
    office.fails["send"] = [NotSent(Outcome.PERMANENT, status=403)]
    post = courier(world.database, office, clock)
    await _round(world, post, clock)
    assert row(world, "tom").state == DeliveryState.FAILED
    with world.database.transaction() as session:
        person = session.get_one(Person, known(row(world, "tom").person_id))
        person.unreachable = ""
        session.add(person)
        deliveries.try_again(session, person_id=known(person.id), now=clock.later(minutes=5))
    await post.run_due()
    assert row(world, "tom").state == DeliveryState.SENT
