"""What is foreseen is what then happens, and looking ahead changes nothing."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

import pytest

from eocif import actions, deliveries, digests, reminders
from eocif.database import Database
from eocif.forecast import Forecast, forecast
from eocif.models import Review
from eocif.rules.dates import at, london_day
from eocif.time_models import Meeting, Reminder, Snooze
from tests import builders, reminded, to_the_end
from tests.builders import MONDAY, SMALL, World
from tests.living import Life, Told, becomes, names, rows_of, told, wish

BOTH = pytest.mark.parametrize("kind", ["sqlite", "postgresql"], indirect=True)
NOW = at(MONDAY, 12)
UNTIL = at(MONDAY + timedelta(days=16), 12)
NEVER_USED = "They have never used the app in Teams."
BLOCKED = "They have blocked the app in Teams."


def day(ahead: int) -> date:
    return MONDAY + timedelta(days=ahead)


@pytest.fixture
def kind(request: pytest.FixtureRequest) -> str:
    """SQLite, unless a test is about what two databases might do differently."""
    return str(getattr(request, "param", "sqlite"))


@pytest.fixture
def world(database: Database, now: datetime) -> World:
    """Areas 2 and 3 are open; people have actions, habits, and troubles with Teams."""
    world = builders.opened(database, now, scope=SMALL)
    for who, ahead in {"grace": 2, "tom": 3, "doris": 4, "des": 2, "kasia": 9, "": 8}.items():
        reminded.act(world, day(ahead), at(MONDAY, 11), owner=who)
    peter = world.actors["peter"].person_id
    wish(world, "grace", from_hour=14, until_hour=16)
    wish(world, "des", away_from=day(1), away_until=day(7), deputy_id=peter)
    wish(world, "sunil", is_weekly=True)
    becomes(world, "ruth", unreachable=BLOCKED)
    becomes(world, "kasia", conversation_id="", service_url="")
    with database.transaction() as session:
        session.add(
            Snooze(
                person_id=peter, subject=f"review:{world.review_id}", until=day(11),
                tenant_id=world.sample.tenant_id,
            )
        )  # fmt: skip
    return world


def foreseen(lines: Iterable[Forecast]) -> list[Told]:
    return sorted(
        (line.at, line.kind, line.person, tuple(sorted(line.reminders)), line.undelivered)
        for line in lines
        if line.at is not None
    )


def whys(world: World, lines: Iterable[Forecast], who: str, on: date) -> list[str]:
    keys = names(world)
    return [
        why
        for line in lines
        if line.at and keys[line.person] == who and london_day(line.at) == on
        for why in line.why
    ]


@BOTH
async def test_what_is_foreseen_is_what_then_happens_and_looking_changes_nothing(
    world: World,
) -> None:
    before = rows_of(world.database)
    lines = forecast(world.database, now=NOW, until=UNTIL)
    assert rows_of(world.database) == before
    life = Life(world.database)
    await life.is_at(NOW)
    await life.goes_on(NOW, UNTIL)
    assert foreseen(lines) == told(world, NOW)
    assert {line.kind for line in lines if line.at} == {"prompt", "news", "reminder", "digest"}
    still = world.rows(Reminder, Reminder.state == "waiting")
    waiting = {(line.person, *line.reminders) for line in lines if line.at is None}
    assert waiting == {(row.person_id, f"{row.subject} {row.slot}") for row in still}


@pytest.mark.parametrize("kind", ["postgresql"], indirect=True)
def test_looking_ahead_holds_up_nobody_who_writes(world: World) -> None:
    with world.database.transaction() as session:
        session.get_one(Review, world.review_id, with_for_update=True)
        lines = forecast(world.database, now=NOW, until=NOW)
    assert {line.at for line in lines} == {None}  # everyone had today's message


async def test_what_would_not_arrive_is_what_deliveries_and_the_digest_then_show(
    world: World,
) -> None:
    lines = forecast(world.database, now=NOW, until=UNTIL)
    foreseen = {(line.to, line.undelivered) for line in lines if line.undelivered}
    assert foreseen == {("Kasia Nowak", NEVER_USED), ("Ruth Hollis", BLOCKED)}
    [asked, *_] = [line for line in lines if line.undelivered]
    assert (asked.kind, asked.why) == ("reminder", ("they are asked to own action 5",))
    life = Life(world.database)
    await life.goes_on(NOW, at(day(4), 12))
    digest = world.do(digests.digest, now=at(day(4), 12)).review
    assert [each[:2] for each in digest.undelivered] == [("Kasia Nowak", NEVER_USED)]
    await life.goes_on(at(day(4), 12), UNTIL)
    listed = world.database.now(deliveries.listing, state="failed")
    failed = [line for line in lines if line.undelivered]
    assert [(row["recipient"], row["kind"], row["error"]) for row in listed] == [
        (f"person:{line.person}", line.kind, line.undelivered) for line in failed
    ]
    shown = world.database.now(deliveries.undelivered, review_id=world.review_id)
    assert set(shown) == foreseen


def test_each_reason_is_a_sentence_for_an_administrator(world: World) -> None:
    lines = forecast(world.database, now=NOW, until=at(day(21), 12))
    assert whys(world, lines, "grace", day(1)) == ["they are asked to own action 1"]
    assert whys(world, lines, "grace", day(9)) == [
        "action 1 was due on Wednesday 13 January 2027: 5 working days overdue"
    ]
    assert whys(world, lines, "peter", day(2)) == [
        "action 4 is due on Wednesday 13 January 2027: on the day "
        "(to them, because Des Barrett is away)"
    ]
    assert whys(world, lines, "tom", day(1)) == [
        "they are to ask the owner of action 3, who has no Teams",
        "action 2 is due on Thursday 14 January 2027: 2 working days before",
    ]
    assert whys(world, lines, "tom", day(4)) == [
        "action 3 is due on Friday 15 January 2027: on the day "
        "(to them, because Doris Whitfield has no Teams)",
        "action 6 is due on Tuesday 19 January 2027: 2 working days before "
        "(to them, because nobody owns it)",
    ]
    assert whys(world, lines, "tom", day(15))[0] == "an area waits for them as its lead"
    assert whys(world, lines, "tom", day(16)) == [
        *(
            f"action {number} was due on Wednesday 13 January 2027: 10 working days overdue "
            "(also to them, because it is so long overdue)"
            for number in (1, 4)
        ),
        "action 5 was due on Wednesday 20 January 2027: 5 working days overdue "
        "(to them, because messages do not reach Kasia Nowak)",
    ]
    weekly = "it is their weekly message: they owe answers on areas 2 and 3"
    closing = "answers are missing, and a round closes on Monday 25 January 2027"
    assert whys(world, lines, "sunil", day(7)) == [weekly, f"{closing}: half time (round 1)"]
    assert whys(world, lines, "amina", day(10)) == [f"{closing}: 2 working days before (round 1)"]
    assert whys(world, lines, "tom", day(21)) == [
        "it is their weekly message: they record answers, or lead an area",
        *(
            f"area {number} waits for its lead, until Monday 1 February 2027: on the day"
            for number in (2, 3)
        ),
        "it is their weekly digest",
    ]


def test_what_waits_says_until_when(world: World) -> None:
    lines = forecast(world.database, now=NOW, until=at(day(3), 12))
    waiting = [line for line in lines if line.at is None]
    assert [(line.to, line.why) for line in waiting] == [
        ("Des Barrett", ("they are asked to own action 4", "they are away")),
    ]


def test_what_people_asked_of_each_other_is_said(world: World) -> None:
    number = reminded.act(world, day(20), NOW, owner="peter")
    wanted_on = day(30).isoformat()
    world.do(
        actions.ask_date, "peter", action_id=number, wanted_on=wanted_on, reason="Time.", now=NOW
    )
    agreed = {"answer": "agree", "wanted_on": wanted_on, "reason": ""}
    world.do(actions.answer_date, action_id=number, **agreed, now=NOW)
    world.do(actions.refuse, "grace", action_id=1, reason="I work elsewhere.", now=NOW)
    world.on_review(reminders.remind, now=NOW)
    lines = forecast(world.database, now=NOW, until=at(day(1), 17))
    nudged = "a lead asked us to remind them"
    assert whys(world, lines, "peter", day(1)) == [
        nudged, f"a lead answered the date that they asked for action {number}",
    ]  # fmt: skip
    said = "the owner of action 1 gave it back or asked for another date"
    assert {nudged, said} <= set(whys(world, lines, "tom", day(1)))


def test_what_nobody_owes_any_more_is_not_foreseen(world: World) -> None:
    """A message was queued before its person did what it asks for."""
    world.tick(at(day(1), 9))
    world.do(actions.accept, "grace", action_id=1, now=at(day(1), 9))
    lines = forecast(world.database, now=at(day(1), 9), until=at(day(1), 16))
    assert whys(world, lines, "grace", day(1)) == []


async def test_the_quiet_years_are_foreseen_too(database: Database, now: datetime) -> None:
    world = to_the_end.signed_off(database, now)
    signed = to_the_end.SIGNED_OFF_AT
    reminded.act(world, date(2027, 9, 1), signed, owner="grace")
    with database.transaction() as session:
        review = session.get_one(Review, world.review_id)
        review.reassess_on, review.look_on = date(2028, 1, 15), date(2027, 7, 1)
        session.add(
            Meeting(
                tenant_id=review.tenant_id, review_id=world.review_id, nonce="m", name="Board",
                meets_on=date(2027, 7, 14), look_on=signed.date(),
            )
        )  # fmt: skip
    lines = forecast(database, now=signed, until=at(date(2027, 9, 7), 9))
    found = {why for line in lines for why in line.why}
    assert found == {
        "news of areas 2 and 3",
        "it is their weekly digest",
        "they are asked to own action 1",
        "action 1 is due on Wednesday 1 September 2027: 10 working days before",
        "action 1 is due on Wednesday 1 September 2027: 2 working days before",
        "action 1 is due on Wednesday 1 September 2027: on the day",
        "a meeting's papers close on Wednesday 7 July 2027: 5 working days before",
        "a meeting's papers close on Wednesday 7 July 2027: on the day",
        "the next assessment is due on Saturday 15 January 2028: 6 months before",
        "NHS England's review of the framework is due on Friday 18 February 2028: 6 months before",
    }
    assert {line.kind for line in lines} == {"news", "reminder", "digest"}
    life = Life(database)
    await life.is_at(signed)
    await life.goes_on(signed, at(date(2027, 9, 7), 9), leaping=True)
    assert foreseen(lines) == told(world, signed)
