"""Files on their way: offered, put where Teams wants them, or not, on both databases."""

import asyncio
from datetime import timedelta

import pytest

from eocif import files, outbox
from eocif.files import Place, Wanted
from eocif.models import AuditEvent, Delivery, Lane
from scheduler.delivery import Courier
from scheduler.sender import NotSent, Outcome
from tests.builders import World
from tests.scheduler.post_office import Clock, PostOffice, courier
from tests.scheduler.saying import updates

PLACE = Place("https://northmoor-my.sharepoint.com/u", "", "levels.csv", "8F1C", "csv")


@pytest.fixture
async def taken(world: World, post: Courier, office: PostOffice, clock: Clock) -> World:
    """Amina was offered the levels as a table, and has just taken them."""
    wanted = Wanted(world.review_id, "csv", "group")
    world.do(files.ask, wanted=wanted, now=clock())
    await post.run_due()
    [offer] = world.rows(Delivery, Delivery.kind == files.OFFER)
    office.calls.clear()
    office.entered.clear()
    world.do(files.accept, offer_id=offer.id, place=PLACE, now=clock())
    return world


def upload(world: World) -> Delivery:
    [row] = world.rows(Delivery, Delivery.kind == files.UPLOAD)
    return row


def told(world: World) -> list[str]:
    """What the offer has been, or will be, replaced by."""
    return [each.params["what"] for each in updates(world)]


async def test_a_file_is_put_at_its_place_once(
    taken: World, office: PostOffice, post: Courier
) -> None:
    await post.run_due()
    assert [call.to for call in office.of("upload")] == [PLACE.upload_url]
    assert (upload(taken).state, told(taken)) == ("sent", ["saved"])
    assert "place" not in upload(taken).params  # the right to write there is kept no longer


async def test_the_trail_says_who_took_which_file(taken: World, post: Courier) -> None:
    assert taken.rows(AuditEvent, AuditEvent.event == "file exported") == []
    await post.run_due()
    [event] = taken.rows(AuditEvent, AuditEvent.event == "file exported")
    assert event.actor == f"person:{taken.actors['amina'].person_id}"
    assert (event.review_id, event.detail) == (
        taken.review_id, {"format": "csv", "version": "group"},
    )  # fmt: skip


async def test_a_pack_with_nothing_in_it_is_not_offered_and_its_asker_hears_why(
    world: World, office: PostOffice, post: Courier, clock: Clock
) -> None:
    wanted = Wanted(world.review_id, "docx", "member", world.members["doris"])
    world.do(files.ask, wanted=wanted, now=clock())
    await post.run_due()
    [call] = office.of("send")
    assert call.message is not None
    assert call.message.kind.endswith("card.adaptive")
    assert "Nothing is open for this person now." in call.text


async def test_a_drive_that_asks_us_to_wait_does_not_hold_up_the_tenants_messages(
    taken: World, office: PostOffice, post: Courier, clock: Clock
) -> None:
    office.fails["upload"] = [NotSent(Outcome.RETRY, status=429, retry_after=90.0)]
    await post.run_due()
    assert upload(taken).next_at == clock() + timedelta(seconds=90)
    assert taken.rows(Lane)[0].not_before is None


@pytest.mark.parametrize(
    ("status", "said"), [(401, "expired"), (404, "expired"), (413, "not_saved")]
)
async def test_a_place_that_refuses_a_file_is_tried_once(
    taken: World, office: PostOffice, post: Courier, clock: Clock, status: int, said: str
) -> None:
    office.fails["upload"] = [NotSent(Outcome.PERMANENT, status=status)]
    await post.run_due()
    clock.later(hours=1)
    await post.run_due()
    assert (len(office.of("upload")), told(taken)) == (1, [said])


async def test_after_a_crash_nobody_is_told_that_nothing_was_saved(
    taken: World, office: PostOffice, post: Courier, clock: Clock
) -> None:
    """The place is gone once a file is there: it looks the same as one that ran out."""
    with taken.database.transaction() as session:
        row = session.get_one(Delivery, upload(taken).id)
        row.state, row.attempts = "sending", 1
        session.add(row)
    office.fails["upload"] = [NotSent(Outcome.PERMANENT, status=404)]
    await post.run_due()
    assert told(taken) == ["unsure"]


async def test_an_upload_that_goes_on_failing_is_given_up_and_said(
    taken: World, office: PostOffice, post: Courier, clock: Clock
) -> None:
    office.fails["upload"] = [NotSent(Outcome.RETRY, status=503)] * 20
    for _ in range(20):
        await post.run_due()
        clock.later(minutes=20)
    assert (len(office.of("upload")), upload(taken).state) == (5, "failed")
    assert told(taken) == ["unsure"]


async def test_a_file_that_cannot_be_made_is_said_too(
    taken: World, office: PostOffice, post: Courier, clock: Clock
) -> None:
    with taken.database.transaction() as session:
        row = session.get_one(Delivery, upload(taken).id)
        row.params = {"offer": row.params["offer"], "place": row.params["place"]}
        session.add(row)
    for _ in range(20):
        await post.run_due()
        clock.later(minutes=20)
    assert (office.of("upload"), upload(taken).state, told(taken)) == ([], "failed", ["unsure"])


async def test_what_an_old_holder_says_of_an_upload_is_not_heard(
    taken: World, office: PostOffice, post: Courier, clock: Clock
) -> None:
    office.closed = asyncio.Event()
    office.fails["upload"] = [NotSent(Outcome.PERMANENT, status=404)]
    sending = asyncio.create_task(post.run_due())
    await office.entered.wait()
    clock.now += outbox.LEASE + timedelta(seconds=1)
    await courier(taken.database, PostOffice(), clock).run_due()
    office.closed.set()
    await sending
    assert (upload(taken).state, set(told(taken))) == ("sent", {"saved"})
