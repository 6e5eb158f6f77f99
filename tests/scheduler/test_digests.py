"""Digests on their way: at most once, in working hours, and never for nothing. Both databases."""

from datetime import date, datetime, timedelta

import pytest
from sqlmodel import select

from eocif import digests, outbox
from eocif.database import Database
from eocif.models import Delivery, DeliveryState, Lane
from eocif.people import known
from eocif.rules.dates import at
from scheduler import jobs
from scheduler.delivery import Courier
from scheduler.sender import NotSent, Outcome
from tests import builders
from tests.builders import MONDAY, World
from tests.scheduler.post_office import Call, Clock, PostOffice, courier
from tests.scheduler.saying import person

NINE = at(MONDAY + timedelta(days=7), 9)
TITLE = "Your week at a glance"


@pytest.fixture
def world(database: Database, now: datetime) -> World:
    """A week after the first Monday: two areas are open, and nothing is on its way but digests."""
    world = builders.opened(database, now, scope={"1": "1,2"})
    world.live(NINE)
    database.now(digests.queue_due, now=NINE)
    return world


@pytest.fixture
def clock() -> Clock:
    return Clock(NINE)


def to(world: World, who: str) -> Delivery:
    """The newest digest to someone."""
    mine = (Delivery.kind == "digest", Delivery.person_id == world.actors[who].person_id)
    return world.rows(Delivery, *mine)[-1]


def shown(office: PostOffice, who: str) -> list[Call]:
    """The digests that were sent to someone's chat."""
    chat = f"chat of 29:{who}"
    return [call for call in office.of("send") if call.to == chat and TITLE in call.text]


def only(world: World, who: str) -> None:
    """Everybody else's digest is out of the way."""
    with world.database.transaction() as session:
        for row in session.exec(select(Delivery).where(Delivery.state == DeliveryState.QUEUED)):
            if row.person_id != world.actors[who].person_id:
                row.state = DeliveryState.CANCELLED
                session.add(row)


async def test_a_digest_arrives_once_with_an_alert_and_a_preview_that_names_nobody(
    world: World, office: PostOffice, post: Courier, clock: Clock
) -> None:
    for _ in range(3):
        await post.run_due()
        clock.later(hours=1)
    [call] = shown(office, "amina")
    assert call.message is not None
    assert (call.message.alert, call.message.summary) == (
        True, "Experience of care reviews: your weekly digest",
    )  # fmt: skip
    assert to(world, "amina").state == DeliveryState.SENT


async def test_a_tick_queues_digests_and_time_stops_for_them(world: World, clock: Clock) -> None:
    clock.later(days=7)
    before = clock() - timedelta(minutes=30)
    assert await jobs.next_instant(world.database, now=before) == clock()
    await jobs.tick(world.database, now=clock())
    assert to(world, "amina").slot == "week:2027-01-25"


@pytest.mark.parametrize("status", [500, None])
async def test_a_digest_whose_fate_is_unknown_is_never_sent_again_and_the_next_one_says_so(
    world: World, office: PostOffice, post: Courier, clock: Clock, status: int | None
) -> None:
    only(world, "amina")
    office.fails["send"] = [NotSent(Outcome.UNKNOWN, status=status)]
    for _ in range(6):
        await post.run_due()
        clock.later(hours=1)
    assert len(shown(office, "amina")) == 1
    assert (to(world, "amina").state, to(world, "amina").error) == (
        DeliveryState.UNKNOWN, "We do not know whether it arrived.",
    )  # fmt: skip
    assert person(world, "amina").unreachable == ""
    clock.now = NINE + timedelta(days=7)
    await jobs.tick(world.database, now=clock())
    await post.run_due()
    assert "Your digest of Monday 18 January 2027" in shown(office, "amina")[-1].text


async def test_what_teams_surely_did_not_take_is_tried_again(
    world: World, office: PostOffice, post: Courier, clock: Clock
) -> None:
    only(world, "amina")
    office.fails["send"] = [NotSent(Outcome.RETRY, status=503)]
    await post.run_due()
    clock.later(minutes=1)
    await post.run_due()
    assert to(world, "amina").state == DeliveryState.SENT


async def test_what_never_arrives_is_tried_once(
    world: World, office: PostOffice, post: Courier, clock: Clock
) -> None:
    only(world, "tom")
    office.fails["send"] = [
        NotSent(Outcome.PERMANENT, status=403, code="ConversationBlockedByUser")
    ]
    for _ in range(3):
        await post.run_due()
        clock.later(hours=1)
    assert len(shown(office, "tom")) == 1
    assert person(world, "tom").unreachable == "They have blocked the app in Teams."
    clock.now = NINE + timedelta(days=7)
    await jobs.tick(world.database, now=clock())
    await post.run_due()
    assert len(shown(office, "tom")) == 1  # nobody knocks again
    told = shown(office, "amina")[-1].text
    for words in ("Tom Okafor", "They have blocked the app in Teams.", "Ask them to unblock it"):
        assert words in told


async def test_one_that_a_dead_process_was_sending_stays_unknown(
    world: World, office: PostOffice, post: Courier, clock: Clock
) -> None:
    with world.database.transaction() as session:
        tenant = world.sample.tenant_id
        assert outbox.take_lane(session, tenant_id=tenant, holder="gone", now=clock())
        claimed = outbox.claim(session, tenant_id=tenant, holder="gone", now=clock())
    assert {each.kind for each in claimed} == {"digest"}
    clock.later(minutes=5)
    await post.run_due()
    assert office.of("send") == []
    assert {to(world, who).state for who in ("amina", "tom")} == {DeliveryState.UNKNOWN}


async def test_one_that_arrived_after_all_is_known_to_have(
    world: World, post: Courier, clock: Clock
) -> None:
    with world.database.transaction() as session:
        tenant = world.sample.tenant_id
        outbox.take_lane(session, tenant_id=tenant, holder="paused", now=clock())
        claimed = outbox.claim(session, tenant_id=tenant, holder="paused", now=clock())[0]
    clock.later(minutes=5)
    await post.run_due()
    with world.database.transaction() as session:
        outbox.may_have_gone(session, claimed=claimed, now=clock())  # another settled it: no change
        outbox.sent(session, claimed=claimed, conversation_id="chat", activity_id="1", now=clock())
    row = world.rows(Delivery, Delivery.id == claimed.id)[0]
    assert (row.state, row.error) == (DeliveryState.SENT, "")


async def test_it_keeps_working_hours_and_its_week(
    world: World, office: PostOffice, post: Courier, clock: Clock
) -> None:
    clock.now = at(date(2027, 1, 18), 17, 1)
    await post.run_due()
    assert shown(office, "amina") == []
    assert to(world, "amina").next_at == at(date(2027, 1, 19), 9)
    clock.now = at(date(2027, 1, 25), 9)
    await post.run_due()
    assert (to(world, "amina").state, to(world, "amina").error) == (
        DeliveryState.CANCELLED, "its week is over",
    )  # fmt: skip


async def test_a_digest_that_vanished_is_not_posted_again(
    world: World, office: PostOffice, clock: Clock
) -> None:
    post = courier(world.database, office, clock)
    only(world, "amina")
    await post.run_due()
    with world.database.transaction() as session:
        row = to(world, "amina")
        session.add(
            Delivery(
                tenant_id=row.tenant_id, kind="update", recipient=row.recipient,
                subject=f"message:{row.id}", person_id=row.person_id, target_id=known(row.id),
                params=row.params, created_at=clock(), next_at=clock(),
            )
        )  # fmt: skip
    gone = NotSent(Outcome.PERMANENT, status=404, code="ActivityNotFoundInConversation")
    office.fails["update"] = [gone]
    for _ in range(2):
        await post.run_due()
        clock.later(minutes=10)
    assert len(shown(office, "amina")) == 1
    assert world.rows(Delivery, Delivery.kind == "again") == []
    assert world.rows(Lane)
