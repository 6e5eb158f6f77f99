"""What becomes of a delivery, on both databases."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from eocif import deliveries, reminders, review_groups
from eocif.models import DeliveryState, Person
from eocif.people import known
from eocif.rules.dates import at, next_sending_time
from scheduler import jobs
from scheduler.delivery import Courier
from scheduler.sender import NotSent, Outcome, RosterEntry
from tests.builders import MONDAY, World
from tests.scheduler.post_office import Clock, PostOffice, roster_pages
from tests.scheduler.saying import ASKED, person, press, prompted, read_again, row, updates

# --- sending --------------------------------------------------------------------------------


async def test_a_prompt_is_sent_once_and_keeps_the_id_of_its_message(
    world: World, post: Courier, office: PostOffice, clock: Clock
) -> None:
    await prompted(world, post, clock)
    assert len(office.of("send")) == ASKED
    sent = row(world, "grace")
    assert sent.state == DeliveryState.SENT
    assert sent.conversation_id == "chat of 29:grace"
    assert sent.activity_id.startswith("message-")
    assert sent.settled_at == clock()
    message = next(call.message for call in office.of("send") if call.to == "chat of 29:grace")
    assert message
    assert message.alert
    assert "Your areas this week" in str(message.card)
    assert message.summary == "Experience of care review: your areas for this week"
    await post.run_due()
    assert len(office.of("send")) == ASKED


async def test_a_chat_is_opened_once_and_kept(
    world: World, post: Courier, office: PostOffice, clock: Clock
) -> None:
    with world.database.transaction() as session:
        stored = session.get_one(Person, world.actors["grace"].person_id)
        stored.conversation_id = ""
        session.add(stored)
        for subject in ("first", "second"):
            deliveries.to_person(
                session, kind="reply", person_id=known(stored.id), tenant_id=stored.tenant_id,
                subject=subject, now=clock(), card="help",
            )  # fmt: skip
    await post.run_due()
    assert [call.to for call in office.of("open_chat")] == ["29:grace"]
    assert [call.to for call in office.of("send")] == ["a:29:grace"] * 2
    assert person(world, "grace").conversation_id == "a:29:grace"


async def test_someone_without_an_address_is_told_of_to_the_lead(
    world: World, post: Courier, office: PostOffice, clock: Clock
) -> None:
    with world.database.transaction() as session:
        stored = session.get_one(Person, world.actors["grace"].person_id)
        stored.conversation_id = stored.service_url = ""
        session.add(stored)
    await prompted(world, post, clock)
    assert person(world, "grace").unreachable == "They have never used the app in Teams."


async def test_a_roster_is_read_in_pages_and_stored_with_who_is_a_guest(
    world: World, post: Courier, office: PostOffice, clock: Clock
) -> None:
    entries = [
        RosterEntry(one.teams_id, one.entra_id, one.name, is_guest=one.key == "peter")
        for one in world.sample.people
        if one.has_teams
    ]
    newcomer = RosterEntry("29:new", "a0000000-0000-4000-8000-000000000099", "Nia New", True)
    office.pages = roster_pages([*entries, newcomer], size=4)
    await read_again(world, post, clock)
    assert [call.message_id for call in office.of("roster")] == ["", "1", "2"]
    stored = {each.name: each.is_guest for each in world.rows(Person) if each.entra_id}
    assert len(stored) == 10
    assert {name for name, is_guest in stored.items() if is_guest} == {"Nia New", "Peter Marsh"}


async def test_what_someone_gets_arrives_in_order(
    world: World, post: Courier, office: PostOffice, clock: Clock
) -> None:
    with world.database.transaction() as session:
        for number in range(6):
            deliveries.to_person(
                session, kind="reply", person_id=world.actors["tom"].person_id,
                tenant_id=world.sample.tenant_id, subject=str(number), now=clock(), card="help",
                said={"notice": f"word {number}"},
            )  # fmt: skip
    await post.run_due()
    words = [f"word {number}" for number in range(6)]
    assert [word in call.text for word, call in zip(words, office.of("send"), strict=True)] == (
        [True] * 6
    )


# --- updates ----------------------------------------------------------------------------------


async def test_an_update_goes_to_the_message_that_was_sent(
    world: World, post: Courier, office: PostOffice, clock: Clock
) -> None:
    await prompted(world, post, clock)
    world.rate("grace", 1, "achieving", clock.later(minutes=5))
    press(world, "grace", clock)
    await post.run_due()
    [update] = office.of("update")
    assert (update.to, update.message_id) == ("chat of 29:grace", row(world, "grace").activity_id)
    assert "See my answer to area 1" in update.text


async def test_another_press_only_moves_the_update_that_waits(
    world: World, post: Courier, office: PostOffice, clock: Clock
) -> None:
    await prompted(world, post, clock)
    for minutes in (1, 2, 3):
        press(world, "grace", clock, minutes=minutes)
    [waiting] = updates(world)
    assert waiting.next_at == clock() + timedelta(minutes=3)
    clock.later(minutes=3)
    await post.run_due()
    press(world, "grace", clock)
    await post.run_due()
    assert len(office.of("update")) == 2


async def test_an_update_that_waits_to_be_tried_again_gives_way_to_a_newer_one(
    world: World, post: Courier, office: PostOffice, clock: Clock
) -> None:
    await prompted(world, post, clock)
    press(world, "grace", clock)
    office.closed, office.fails["update"] = asyncio.Event(), [NotSent(Outcome.RETRY, status=503)]
    office.entered.clear()
    sending = asyncio.create_task(post.run_due())
    await office.entered.wait()
    press(world, "grace", clock, minutes=30)
    office.closed.set()
    await sending
    assert [each.state for each in updates(world)] == ["cancelled", "queued"]


async def test_a_message_that_vanished_is_posted_again_and_is_found_by_its_new_id(
    world: World, post: Courier, office: PostOffice, clock: Clock
) -> None:
    await prompted(world, post, clock)
    office.fails["update"] = [
        NotSent(Outcome.PERMANENT, status=404, code="ActivityNotFoundInConversation")
    ]
    press(world, "grace", clock)
    await post.run_due()
    assert len(office.of("send")) == ASKED + 1
    assert not person(world, "grace").unreachable
    message = row(world, "grace")
    assert message.activity_id == f"message-{ASKED + 1}"
    with world.database.transaction() as session:
        found = deliveries.message_at(
            session, conversation_id=message.conversation_id, activity_id=message.activity_id
        )
        assert found
        assert found.id == message.id
    press(world, "grace", clock)
    await post.run_due()
    assert office.of("update")[-1].message_id == message.activity_id
    assert len(office.of("send")) == ASKED + 1


async def test_a_vanished_message_on_which_nothing_is_owed_stays_away(
    world: World, post: Courier, office: PostOffice, clock: Clock
) -> None:
    await prompted(world, post, clock)
    for number in (1, 2):
        world.rate("grace", number, "achieving", clock())
    office.fails["update"] = [
        NotSent(Outcome.PERMANENT, status=404, code="ActivityNotFoundInConversation")
    ]
    press(world, "grace", clock)
    await post.run_due()
    assert len(office.of("send")) == ASKED


async def test_the_older_message_becomes_a_pointer_to_the_new_one(
    world: World, post: Courier, office: PostOffice, clock: Clock
) -> None:
    await prompted(world, post, clock)
    clock.later(days=7)
    await prompted(world, post, clock)
    weekly = [call for call in office.of("send") if "Your areas this week" in call.text]
    assert len(weekly) == 2 * ASKED
    assert len(office.of("update")) == ASKED
    assert all("A newer message has taken over" in call.text for call in office.of("update"))
    order = [call.what for call in office.calls if call.to == "chat of 29:grace"]
    assert order == ["send", "send", "update"]


async def test_a_removed_members_message_becomes_neutral(
    world: World, post: Courier, office: PostOffice, clock: Clock
) -> None:
    await prompted(world, post, clock)
    world.rate("grace", 1, "achieving", clock())
    world.on_review(review_groups.remove_member, member_id=world.members["grace"], now=clock())
    press(world, "grace", clock)
    await post.run_due()
    [update] = office.of("update")
    assert "You are no longer in this review group." in update.text
    assert "area" not in update.text.replace("My areas", "")


# --- no longer, or not yet ------------------------------------------------------------------


async def test_a_prompt_whose_areas_were_answered_meanwhile_is_cancelled(
    world: World, post: Courier, office: PostOffice, clock: Clock
) -> None:
    await jobs.tick(world.database, now=clock())
    for number in (1, 2):
        world.rate("grace", number, "progressing", clock())
    await post.run_due()
    assert len(office.of("send")) == ASKED - 1
    assert row(world, "grace").state == DeliveryState.CANCELLED


@pytest.mark.parametrize(
    "moment", [at(MONDAY, 17), at(MONDAY, 23), at(MONDAY, 8, 59) + timedelta(days=1)]
)
async def test_prompts_wait_for_the_next_working_morning(
    world: World, post: Courier, office: PostOffice, clock: Clock, moment: Any
) -> None:
    await jobs.tick(world.database, now=clock())
    clock.now = moment
    await post.run_due()
    assert not office.calls
    assert row(world, "tom").next_at == next_sending_time(moment)
    clock.now = next_sending_time(moment)
    await post.run_due()
    assert len(office.of("send")) == ASKED


async def test_a_reply_goes_out_at_night(
    world: World, post: Courier, office: PostOffice, clock: Clock
) -> None:
    clock.now = at(MONDAY, 23)
    with world.database.transaction() as session:
        deliveries.to_person(
            session, kind="reply", person_id=world.actors["tom"].person_id,
            tenant_id=world.sample.tenant_id, subject="1", now=clock(), card="help",
        )  # fmt: skip
    await post.run_due()
    assert len(office.of("send")) == 1


async def test_a_nudge_says_that_the_lead_asks(
    world: World, post: Courier, office: PostOffice, clock: Clock
) -> None:
    await prompted(world, post, clock)
    clock.later(days=1)
    world.on_review(reminders.remind, now=clock())
    office.calls.clear()
    await post.run_due()
    assert len(office.of("send")) == ASKED - 1  # nobody reminds themselves
    assert all("Your lead asks you to answer" in call.text for call in office.of("send"))
    assert all("A reminder" in call.text and "Done" not in call.text for call in office.of("send"))
