"""People put off hearing of one thing, and take that back."""

from datetime import date, datetime

import pytest

from eocif import habit_forms, habits, reminder_rows, snoozes
from eocif.database import Database
from eocif.errors import Invalid, NotFound
from eocif.models import AuditEvent, Review, ReviewArea
from eocif.rules.dates import at
from eocif.rules.progress import AreaState
from eocif.rules.reminding import Kind
from eocif.time_models import Meeting, Snooze
from tests.builders import MONDAY, SMALL, World, opened

NOW = at(date(2027, 1, 13), 10)  # a Wednesday
CLOSES = date(2027, 1, 25)


@pytest.fixture
def running(database: Database, now: datetime) -> World:
    """Areas 2 and 3 opened on Monday; Kasia was reminded that their round closes."""
    world = opened(database, now, scope=SMALL)
    remember(world, "kasia", Kind.ROUND, f"review:{world.review_id}", CLOSES)
    return world


def remember(world: World, who: str, kind: Kind, subject: str, due_on: date) -> None:
    with world.database.transaction() as session:
        reminder_rows.remind(
            session, person_id=world.actors[who].person_id, kind=kind, subject=subject,
            review=session.get_one(Review, world.review_id), slot=f"{due_on} half time",
            due_on=due_on, now=NOW,
        )  # fmt: skip


def snooze(world: World, until: str, who: str = "kasia", subject: str = "") -> str:
    subject = subject or f"review:{world.review_id}"
    return world.do(snoozes.snooze, who, subject=subject, until=until, now=NOW).notice


def put_off(world: World, who: str = "kasia", now: datetime = NOW) -> list[tuple[str, date]]:
    found = world.do(habit_forms.show, who, now=now).snoozed
    return [(thing, day) for thing, _, day in found]


def test_a_thing_is_put_off_until_a_day_and_the_card_says_so(running: World) -> None:
    said = snooze(running, "20 January 2027")
    assert said == "You hear of this again on Wednesday 20 January 2027."
    kasia = running.actors["kasia"].person_id
    with running.database.transaction() as session:
        assert habits.snoozed(session, [kasia]) == {
            (kasia, f"review:{running.review_id}"): date(2027, 1, 20)
        }
    title = running.rows(Review)[0].title or running.sample.provider
    assert put_off(running) == [(f"Your answers: {title}", date(2027, 1, 20))]
    assert put_off(running, now=at(date(2027, 1, 20), 9)) == []
    (record,) = running.rows(AuditEvent, AuditEvent.event == "snoozed")
    assert record.detail == {"until": "2027-01-20"}


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("16/1/2027", "Monday 18 January 2027"),  # a Saturday
        ("14/1/2027", "Thursday 14 January 2027"),
        ("25/1/2027", "Monday 25 January 2027"),
    ],
)
def test_it_comes_back_on_a_working_day(running: World, typed: str, day: str) -> None:
    assert snooze(running, typed) == f"You hear of this again on {day}."


def test_it_is_never_put_off_past_the_day_it_is_due(running: World) -> None:
    assert snooze(running, "1 March 2027") == (
        "You hear of this again on Monday 25 January 2027. "
        "It is due on Monday 25 January 2027, so we do not wait longer."
    )


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Tell us until when. Type a date like 18 February 2028."),
        ("next week", "Tell us until when. Type a date like 18 February 2028."),
        ("2027-01-13", "Wednesday 13 January 2027 is too soon. Choose a day after today."),
        (
            "2027-03-15",
            "Monday 15 March 2027 is too far ahead. Choose Sunday 14 March 2027 or sooner.",
        ),
    ],
)
def test_a_day_that_cannot_be_is_refused_with_a_sentence(
    running: World, typed: str, said: str
) -> None:
    with pytest.raises(Invalid) as refused:
        snooze(running, typed)
    assert [(each.field, each.sentence) for each in refused.value.problems] == [("until", said)]
    assert running.rows(Snooze) == []


def test_nobody_puts_off_what_they_were_never_reminded_of(running: World) -> None:
    with pytest.raises(NotFound):
        snooze(running, "20 January 2027", who="tom")
    with pytest.raises(NotFound):
        snooze(running, "20 January 2027", subject="action:1")


def test_putting_off_again_moves_the_day_and_waking_ends_it(running: World) -> None:
    snooze(running, "15 January 2027")
    snooze(running, "20 January 2027")
    assert [row.until for row in running.rows(Snooze)] == [date(2027, 1, 20)]
    for _ in range(2):  # a double tap
        said = running.do(snoozes.wake, "kasia", subject=f"review:{running.review_id}", now=NOW)
        assert said.notice == "We remind you of this again when it is due."
    assert put_off(running) == []
    assert len(running.rows(AuditEvent, AuditEvent.event == "woken")) == 1


def test_what_is_done_meanwhile_is_no_longer_listed(running: World) -> None:
    snooze(running, "20 January 2027")
    for number in (2, 3):
        running.rate("kasia", number, "achieving", NOW)
    assert put_off(running) == []


def test_each_thing_put_off_is_named(running: World) -> None:
    with running.database.transaction() as session:
        area = session.get_one(ReviewArea, running.area(2).id)
        area.state, area.since = AreaState.DRAFTING, at(MONDAY, 17)
        meeting = Meeting(
            tenant_id=area.tenant_id, review_id=running.review_id, nonce="n" * 8,
            name="Quality committee", meets_on=date(2027, 2, 25), papers_days=5,
        )  # fmt: skip
        session.add_all([area, meeting])
        session.flush()
        number = meeting.id
    remember(running, "tom", Kind.DRAFT, f"area:{area.id}", date(2027, 1, 18))
    remember(running, "amina", Kind.PAPERS, f"meeting:{number}", date(2027, 2, 18))
    snooze(running, "10 February 2027", who="amina", subject=f"meeting:{number}")
    assert put_off(running, "amina") == [("Quality committee", date(2027, 2, 10))]
    snooze(running, "15 January 2027", who="tom", subject=f"area:{area.id}")
    assert put_off(running, "tom") == [("Your work on area 2", date(2027, 1, 15))]
