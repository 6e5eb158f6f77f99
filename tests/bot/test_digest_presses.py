"""The weekly digest over HTTP: typed, sent, pressed, and what its message shows afterwards."""

from datetime import timedelta

from eocif.models import Delivery, Review
from eocif.rules.dates import at
from tests.bot.house import buttons, said
from tests.bot.world import Scene
from tests.builders import MONDAY

NINE = at(MONDAY + timedelta(days=7), 9)
TITLE = "Your week at a glance"


def let_read(at_: Scene, *who: str) -> None:
    with at_.world.database.transaction() as session:
        review = session.get_one(Review, 1)
        review.digest_readers = [at_.world.actors[each].person_id for each in who]
        session.add(review)


async def weekly(at_: Scene) -> Delivery:
    """Monday's digest to Amina has arrived."""
    at_.clock.now = NINE
    await at_.house.tick()
    await at_.house.deliver()
    person_id = at_.world.actors["amina"].person_id
    return next(row for row in at_.rows("digest") if row.person_id == person_id)


async def test_leads_area_leads_and_readers_are_shown_theirs_and_nobody_else(
    running: Scene,
) -> None:
    let_read(running, "joan")
    for who in ("amina", "tom", "joan"):
        assert TITLE in (await running.press(who, "digest.show")).words
        assert TITLE in (await running.house.press(who, "digest.show", {})).words
    for who in ("grace", "sunil"):
        assert "This card is for someone else." in (await running.press(who, "digest.show")).words
        answer = await running.house.press(who, "digest.show", {})
        assert "There is no digest for you yet." in answer.words


async def test_a_reader_who_types_the_word_sees_no_name_of_who_has_not_answered(
    running: Scene,
) -> None:
    let_read(running, "joan")
    await running.house.tell(said("joan", "digest"))
    [answer] = await running.sent()
    assert "0 of 9 have answered" in answer
    assert not [one.name for one in running.world.sample.people
                if one.key not in ("joan", "amina") and one.name in answer]  # fmt: skip


async def test_its_buttons_lead_to_where_they_say(running: Scene) -> None:
    card = (await running.press("amina", "digest.show")).card
    shown = {each["title"]: each for each in buttons(card)}
    for title, words in (
        ("Remind those who have not answered", "Reminders"),
        ("Give more time", "Change a closing day"),
        ("See everyone by name", "Who has not answered yet"),
        ("See the worksheet", "The worksheet"),
    ):
        pressed = shown[title]
        answer = await running.house.press("amina", pressed["verb"], pressed["data"])
        assert words in answer.words


async def test_after_a_press_the_message_goes_back_to_the_digest(running: Scene) -> None:
    row = await weekly(running)
    assert row.state == "sent"
    await running.house.press("amina", "outstanding.show", {"review": 1}, message=row.activity_id)
    running.clock.later(minutes=2)
    [update] = [text for text in await running.sent() if TITLE in text]
    assert "Who has not answered yet" not in update
    assert [each.kind for each in running.world.rows(Delivery, Delivery.target_id == row.id)] == [
        "update"
    ]


async def test_a_digest_is_no_unasked_message_so_it_may_come_besides_one(running: Scene) -> None:
    await weekly(running)
    chat = "chat of 29:amina"
    sent = [call.text for call in running.office.of("send") if call.to == chat]
    assert sum(TITLE in text for text in sent) == 1
    assert len([row for row in running.world.unasked("amina") if row.created_at == NINE]) == 1
