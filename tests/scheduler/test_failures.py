"""Deliveries that do not arrive, on both databases."""

from datetime import timedelta

import pytest

from eocif import deliveries, oversight, people
from eocif.models import Delivery, DeliveryState, Lane, Person
from eocif.people import known
from eocif.rules.dates import at
from scheduler import jobs
from scheduler.delivery import Courier
from scheduler.sender import NotSent, Outcome, RosterEntry
from tests.builders import MONDAY, World, seen
from tests.scheduler.post_office import Clock, PostOffice, courier, roster_pages
from tests.scheduler.saying import ASKED, only, person, prompted, read_again, row


async def test_what_teams_is_not_ready_for_is_tried_again_later_and_later(
    world: World, office: PostOffice, post: Courier, clock: Clock
) -> None:
    await jobs.tick(world.database, now=clock())
    only(world, "grace")
    office.fails["send"] = [NotSent(Outcome.RETRY, status=503)] * 3
    for attempt in range(1, 4):
        await post.run_due()
        waiting = row(world, "grace")
        assert (waiting.state, waiting.attempts) == ("queued", attempt)
        assert clock() < waiting.next_at <= clock() + timedelta(seconds=1 + 2 * 2**attempt)
        clock.now = waiting.next_at
    await post.run_due()
    assert row(world, "grace").state == DeliveryState.SENT
    assert row(world, "grace").error == ""


@pytest.mark.parametrize("status", [500, None])
async def test_a_message_whose_fate_is_unknown_is_sent_again(
    world: World, office: PostOffice, post: Courier, clock: Clock, status: int | None
) -> None:
    await jobs.tick(world.database, now=clock())
    only(world, "grace")
    office.fails["send"] = [NotSent(Outcome.UNKNOWN, status=status)]
    await post.run_due()
    clock.later(minutes=1)
    await post.run_due()
    assert row(world, "grace").state == DeliveryState.SENT
    assert len(office.of("send")) == 2


@pytest.mark.parametrize(
    ("status", "code", "reason"),
    [
        (403, "BotNotInConversationRoster", "They have not added the app in Teams yet."),
        (403, "ConversationBlockedByUser", "They have blocked the app in Teams."),
        (403, "BotDisabledByAdmin", "Their administrator has switched the app off."),
        (403, "MessageWritesBlocked", "They have blocked or removed the app in Teams."),
        (403, "ForbiddenOperationException", "Teams does not let the app write to them."),
        (403, "", "They have not added the app in Teams yet."),
        (404, "ConversationNotFound", "Their chat with the app is no longer there."),
    ],
)
async def test_what_never_arrives_is_tried_once_and_shown_to_the_lead(
    world: World, office: PostOffice, post: Courier, clock: Clock, status: int, code: str,
    reason: str,
) -> None:  # fmt: skip
    await jobs.tick(world.database, now=clock())
    only(world, "grace")
    office.fails["send"] = [NotSent(Outcome.PERMANENT, status=status, code=code)]
    for _ in range(3):
        await post.run_due()
        clock.later(hours=1)
    assert len(office.of("send")) == 1
    assert row(world, "grace").state == DeliveryState.FAILED
    assert person(world, "grace").unreachable == reason
    summary = world.on_review(oversight.review_summary, now=clock())
    assert summary.undelivered == (f"Grace Adeyemi: {reason}",)
    clock.now = at(MONDAY, 9) + timedelta(days=7)
    await prompted(world, post, clock)
    assert row(world, "grace").state == DeliveryState.FAILED  # nobody knocks again
    assert "chat of 29:grace" not in [call.to for call in office.of("send")][1:]


@pytest.mark.parametrize("status", [400, 413])
async def test_our_own_mistake_is_not_held_against_the_person(
    world: World, office: PostOffice, post: Courier, clock: Clock, status: int
) -> None:
    await jobs.tick(world.database, now=clock())
    only(world, "grace")
    office.fails["send"] = [NotSent(Outcome.PERMANENT, status=status)]
    await post.run_due()
    assert row(world, "grace").error == "Teams did not take the message."
    assert person(world, "grace").unreachable == ""


async def test_a_refused_token_is_no_verdict_on_the_message(
    world: World, office: PostOffice, post: Courier, clock: Clock
) -> None:
    await jobs.tick(world.database, now=clock())
    only(world, "grace")
    office.fails["send"] = [NotSent(Outcome.PERMANENT, status=401)]
    await post.run_due()
    assert row(world, "grace").state == DeliveryState.QUEUED


async def test_once_someone_writes_what_did_not_arrive_is_tried_again(
    world: World, office: PostOffice, post: Courier, clock: Clock
) -> None:
    await blocked(world, office, post, clock)
    clock.later(days=2)
    grace = world.sample.person("grace")
    with world.database.transaction() as session:
        people.recognise(
            session, leads=frozenset(), now=clock(),
            seen=seen(world.sample.tenant_id, grace.entra_id, grace.teams_id, grace.name),
        )  # fmt: skip
    await post.run_due()
    assert row(world, "grace").state == DeliveryState.SENT
    assert person(world, "grace").unreachable == ""


async def blocked(world: World, office: PostOffice, post: Courier, clock: Clock) -> None:
    await jobs.tick(world.database, now=clock())
    only(world, "grace")
    office.fails["send"] = [
        NotSent(Outcome.PERMANENT, status=403, code="BotNotInConversationRoster")
    ]
    await post.run_due()


async def test_once_someone_joins_the_team_what_did_not_arrive_is_tried_again(
    world: World, office: PostOffice, post: Courier, clock: Clock
) -> None:
    await blocked(world, office, post, clock)
    grace = world.sample.person("grace")
    office.pages = roster_pages(
        [RosterEntry(grace.teams_id, grace.entra_id, grace.name, is_guest=False)], size=1
    )
    await read_again(world, post, clock)
    await post.run_due()
    assert row(world, "grace").state == DeliveryState.SENT
    assert person(world, "grace").unreachable == ""


async def test_a_delivery_that_cannot_be_made_is_given_up_and_logged_without_words(
    world: World, office: PostOffice, post: Courier, clock: Clock,
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    with world.database.transaction() as session:
        deliveries.to_person(
            session, kind="reply", person_id=world.actors["tom"].person_id,
            tenant_id=world.sample.tenant_id, subject="1", now=clock(), card="no such card",
        )  # fmt: skip
    for _ in range(20):
        await post.run_due()
        clock.later(minutes=20)
    assert not office.calls
    [reply] = world.rows(Delivery, Delivery.kind == "reply")
    assert (reply.state, reply.attempts) == ("failed", 5)
    assert person(world, "tom").unreachable == ""


async def test_teams_being_down_for_an_hour_loses_nothing(
    world: World, office: PostOffice, post: Courier, clock: Clock
) -> None:
    await jobs.tick(world.database, now=clock())
    only(world, "grace")
    up_again = clock() + timedelta(hours=1)
    while row(world, "grace").state != DeliveryState.SENT:
        office.fails["send"] = [NotSent(Outcome.RETRY, status=503)] if clock() < up_again else []
        await post.run_due()
        clock.later(seconds=30)
    assert clock() < up_again + timedelta(minutes=11)


# --- a tenant that must wait ------------------------------------------------------------------


async def test_a_retry_after_holds_the_whole_tenant(
    world: World, office: PostOffice, post: Courier, clock: Clock
) -> None:
    await jobs.tick(world.database, now=clock())
    office.fails["send"] = [NotSent(Outcome.RETRY, status=429, retry_after=90.0)]
    await post.run_due()
    # Calls that had left before the answer came are no violation; all others wait.
    made = len(office.of("send"))
    clock.later(seconds=89)
    await post.run_due()
    assert len(office.of("send")) == made
    assert world.rows(Lane)[0].not_before == at(MONDAY, 9) + timedelta(seconds=90)
    another = courier(world.database, office, clock)  # a replica, or after a restart
    clock.later(seconds=61)
    await another.run_due()
    assert len(office.of("send")) == ASKED + 1
    assert {each.state for each in world.rows(Delivery, Delivery.kind == "prompt")} == {"sent"}


async def test_after_a_retry_after_nobody_else_in_the_batch_calls(
    world: World, office: PostOffice, clock: Clock
) -> None:
    await jobs.tick(world.database, now=clock())
    office.fails["send"] = [NotSent(Outcome.RETRY, status=429, retry_after=90.0)]
    await courier(world.database, office, clock, tenant_rps=1).run_due()
    assert len(office.of("send")) == 1


async def test_another_tenant_does_not_wait_for_it(
    world: World, office: PostOffice, post: Courier, clock: Clock
) -> None:
    with world.database.transaction() as session:
        other = Person(
            tenant_id="another", entra_id="x", teams_id="29:x", name="X",
            service_url="https://smba.trafficmanager.net/uk/", conversation_id="chat of x",
        )  # fmt: skip
        session.add(other)
        session.flush()
        session.add(
            Lane(tenant_id=world.sample.tenant_id, until=clock(), not_before=at(MONDAY, 10))
        )
        deliveries.to_person(
            session, kind="reply", person_id=known(other.id), tenant_id="another", subject="1",
            now=clock(), card="help",
        )  # fmt: skip
    await jobs.tick(world.database, now=clock())
    await post.run_due()
    assert [call.to for call in office.of("send")] == ["chat of x"]
