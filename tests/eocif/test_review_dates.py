"""A review's dates as its lead keeps them: meetings, the weekly digest, and two clocks apart."""

from datetime import date, datetime
from typing import Any

import pytest

from eocif import maturing, review_dates
from eocif.database import Database
from eocif.errors import Invalid, NotFound, NotNow, NotYours
from eocif.models import AuditEvent, Person, Review
from eocif.rules.dates import at
from eocif.summaries import Feedback
from eocif.time_models import Meeting, Reminder
from eocif.time_summaries import Dates
from tests import builders, to_the_end
from tests.builders import SMALL, World

TODAY = date(2027, 3, 2)
NOW = at(TODAY, 10)
BOARD = {"name": "Board", "meets_on": "2027-04-01", "papers_days": "10"}  # papers: 16 March
NONCE = "a1b2c3d4e5f6a7b8"


@pytest.fixture
def world(database: Database, now: datetime) -> World:
    """A review of areas 2 and 3, signed off on 27 January 2027."""
    return to_the_end.signed_off(database, now)


def _dates(world: World, now: datetime = NOW) -> Dates:
    return world.on_review(review_dates.dates, now=now)


def _add(world: World, nonce: str = NONCE, **typed: str) -> Feedback:
    return world.on_review(review_dates.add_meeting, nonce=nonce, now=NOW, **{**BOARD, **typed})


def _save(world: World, shown: Dates, **posted: str) -> Feedback:
    return world.on_review(review_dates.save, posted=posted, shown=shown.shown, now=NOW)


def _review(world: World) -> Review:
    return world.rows(Review, Review.id == world.review_id)[0]


def _entra(world: World, who: str) -> str:
    return world.sample.person(who).entra_id


# --- who ------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["tom", "grace"])
def test_only_the_reviews_lead_keeps_its_dates(world: World, who: str) -> None:
    more: dict[str, Any] = {"now": NOW}
    with pytest.raises(NotYours):
        world.on_review(review_dates.dates, who, **more)
    with pytest.raises(NotYours):
        world.on_review(review_dates.save, who, posted={}, shown={}, **more)
    with pytest.raises(NotYours):
        world.on_review(review_dates.add_meeting, who, nonce=NONCE, **BOARD, **more)
    with pytest.raises(NotYours):
        world.on_review(review_dates.remove_meeting, who, meeting_id=1, **more)


def test_a_draft_has_no_dates_yet(database: Database, now: datetime) -> None:
    with pytest.raises(NotNow):
        builders.drafted(database, now, scope=SMALL).on_review(review_dates.dates, now=now)


# --- the two clocks -------------------------------------------------------------------


@pytest.mark.covers("R55", "R56")
def test_the_next_assessment_and_the_frameworks_own_review_stand_apart(world: World) -> None:
    found = _dates(world)
    assert (found.baseline_on, found.reassess_on) == (date(2027, 1, 27), date(2030, 1, 27))
    assert found.edition_review_on == date(2028, 2, 18)
    assert (found.may_start_next, found.next_id) == (True, 0)


def test_while_a_review_runs_there_is_no_next_one_to_start(
    database: Database, now: datetime
) -> None:
    found = _dates(builders.opened(database, now, scope=SMALL), now)
    assert (found.reassess_on, found.may_start_next) == (None, False)


# --- meetings -------------------------------------------------------------------------


@pytest.mark.covers("R47")
def test_a_meeting_is_kept_with_the_day_on_which_its_papers_close(world: World) -> None:
    said = _add(world)
    assert said.notice == (
        "Added. Its papers close on Tuesday 16 March 2027. "
        "We remind you 5 working days before, and on the day."
    )
    [line] = _dates(world).meetings
    assert (line.name, line.meets_on) == ("Board", date(2027, 4, 1))
    assert line.papers_on == date(2027, 3, 16)
    [row] = world.rows(Meeting)
    assert row.look_on == TODAY


@pytest.mark.covers("R47")
def test_its_lead_is_reminded_five_working_days_before_papers_close(world: World) -> None:
    _add(world)
    for day in range(2, 10):
        world.database.now(maturing.mature, now=at(date(2027, 3, day), 10))
    found = world.rows(Reminder, Reminder.kind == "papers")
    assert [(row.person_id, row.created_at) for row in found] == [
        (world.actors["amina"].person_id, at(date(2027, 3, 9), 10))
    ]


def test_nobody_is_reminded_of_a_meeting_that_was_removed(world: World) -> None:
    _add(world)
    [line] = _dates(world).meetings
    told = world.on_review(review_dates.remove_meeting, meeting_id=line.id, now=NOW)
    again = world.on_review(review_dates.remove_meeting, meeting_id=line.id, now=NOW)
    assert told == again
    assert told.notice == "Removed. We do not remind you of it any more."
    assert _dates(world).meetings == ()
    world.database.now(maturing.mature, now=at(date(2027, 3, 9), 10))
    assert world.rows(Reminder, Reminder.kind == "papers") == []
    assert len(world.rows(AuditEvent, AuditEvent.event == "meeting removed")) == 1


def test_a_press_that_comes_again_adds_no_second_meeting(world: World) -> None:
    assert _add(world) == _add(world)
    assert len(world.rows(Meeting)) == 1
    _add(world, nonce="another" * 2, meets_on="2027-03-03")
    assert [line.meets_on.day for line in _dates(world).meetings] == [3, 1]  # the soonest first
    assert len(world.rows(AuditEvent, AuditEvent.event == "meeting added")) == 2


def test_papers_that_closed_already_are_said_to_have(world: World) -> None:
    said = _add(world, meets_on="3 March 2027", papers_days="")
    assert said.notice == "Added. Its papers closed on Wednesday 24 February 2027."


def test_a_meeting_that_is_over_is_left_out(world: World) -> None:
    _add(world)
    assert _dates(world, at(date(2027, 4, 1), 10)).meetings != ()
    assert _dates(world, at(date(2027, 4, 2), 10)).meetings == ()


def test_everything_that_is_wrong_is_said_at_once_and_nothing_is_kept(world: World) -> None:
    with pytest.raises(Invalid) as refused:
        _add(world, name=" ", meets_on="soon", papers_days="many")
    assert [each.field for each in refused.value.problems] == ["name", "meets_on", "papers_days"]
    assert world.rows(Meeting) == []


@pytest.mark.parametrize("meeting_id", [0, 2**31, 99])
def test_a_meeting_that_is_not_there_is_not_found(world: World, meeting_id: int) -> None:
    with pytest.raises(NotFound):
        world.on_review(review_dates.remove_meeting, meeting_id=meeting_id, now=NOW)


def test_a_meeting_of_another_review_is_not_found(world: World, now: datetime) -> None:
    with world.database.transaction() as session:
        other = Review(
            tenant_id="other", nonce="n", edition="e", lead_id=1, created_at=now
        )  # fmt: skip
        session.add(other)
        session.flush()
        session.add(
            Meeting(
                tenant_id="other", review_id=other.id or 0, nonce="n", name="x", meets_on=TODAY
            )
        )  # fmt: skip
    with pytest.raises(NotFound):
        world.on_review(review_dates.remove_meeting, meeting_id=1, now=NOW)


# --- the weekly digest ----------------------------------------------------------------


@pytest.mark.covers("R69")
def test_the_digests_day_hour_and_readers_are_saved(world: World) -> None:
    said = _save(
        world, _dates(world), digest_day="2", digest_hour="14",
        more_readers=_entra(world, "ruth"),
    )  # fmt: skip
    assert said == Feedback(
        "Saved. The digest comes on Wednesdays at 2pm, if there is anything to say."
    )
    review, found = _review(world), _dates(world)
    assert (review.digest_day, review.digest_hour) == (2, 14)
    assert review.digest_readers == [world.actors["ruth"].person_id]
    assert found.readers == ((_entra(world, "ruth"), "Ruth Hollis"),)
    [event] = world.rows(AuditEvent, AuditEvent.event == "digest changed")
    assert event.detail == {"fields": ["digest_day", "digest_hour", "readers"], "readers": 1}


def test_who_is_unticked_stops_reading_and_a_new_one_is_added(world: World) -> None:
    ruth, kasia, grace = (_entra(world, who) for who in ("ruth", "kasia", "grace"))
    _save(world, _dates(world), more_readers=f"{ruth},{kasia},{ruth}")
    assert [name for _, name in _dates(world).readers] == ["Kasia Nowak", "Ruth Hollis"]
    _save(world, _dates(world), readers=kasia, more_readers=grace)
    assert [key for key, _ in _dates(world).readers] == [grace, kasia]
    _save(world, _dates(world))  # where nobody is ticked, no list arrives
    assert _dates(world).readers == ()


def test_saving_what_stands_changes_nothing(world: World) -> None:
    _save(world, _dates(world), digest_day="0", digest_hour="9")
    assert world.rows(AuditEvent, AuditEvent.event == "digest changed") == []


def test_guests_and_strangers_are_named_and_everyone_else_is_saved(world: World) -> None:
    ids = [_entra(world, "sunil"), "00000000-0000-4000-8000-00000000dead", _entra(world, "ruth")]
    said = _save(world, _dates(world), digest_day="1", more_readers=",".join(ids))
    assert said.is_problem
    assert said.problems == {
        "more_readers": "Someone you picked cannot get messages from this app yet. "
        "Add them to your team in Teams, then pick them again. "
        "Sunil Rao is a guest here, so they cannot get the digest. Everything else is saved."
    }
    assert set(said.typed["more_readers"].split(",")) == set(ids[:2])
    assert _review(world).digest_readers == [world.actors["ruth"].person_id]
    assert _review(world).digest_day == 1


def test_someone_of_another_tenant_is_a_stranger(world: World) -> None:
    with world.database.transaction() as session:
        session.add(Person(tenant_id="other", entra_id="e" * 8, name="Eve", is_guest=False))
    assert _save(world, _dates(world), more_readers="e" * 8).is_problem
    assert _review(world).digest_readers == []


def test_a_day_or_an_hour_that_does_not_exist_is_said_and_the_other_is_saved(world: World) -> None:
    said = _save(world, _dates(world), digest_day="6", digest_hour="16")
    assert said.problems == {"digest_day": "Choose a day from Monday to Friday."}
    assert (_review(world).digest_day, _review(world).digest_hour) == (0, 16)


def test_a_stale_card_overwrites_nothing_and_shows_both_in_words(world: World) -> None:
    ruth, kasia, grace = (_entra(world, who) for who in ("ruth", "kasia", "grace"))
    _save(world, _dates(world), more_readers=f"{ruth},{kasia},{grace}")
    stale = _dates(world)
    three = f"{ruth},{kasia},{grace}"
    _save(world, stale, digest_day="1", digest_hour="10", readers=f"{ruth},{kasia}")
    said = _save(world, stale, digest_day="2", digest_hour="11", readers=f"{grace},{kasia}")
    assert [(each.label, each.stored, each.typed) for each in said.differs] == [
        ("Day of the week", "Tuesday", "Wednesday"),
        ("Time of day", "10am", "11am"),
        ("Who gets the digest", "Kasia Nowak, Ruth Hollis", "Grace Adeyemi, Kasia Nowak"),
    ]
    assert len(_dates(world).readers) == 2
    assert _save(world, stale, readers=three).differs == ()  # unchanged on the stale card
    assert len(_dates(world).readers) == 2


def test_a_forged_value_on_a_stale_card_is_shown_as_it_came(world: World) -> None:
    stale = _dates(world)
    _save(world, stale, digest_day="1", digest_hour="10")
    said = _save(world, stale, digest_day="9", digest_hour="99")
    assert [each.typed for each in said.differs] == ["9", "99"]


def test_nobody_is_said_in_words_too(world: World) -> None:
    ruth, kasia = (_entra(world, who) for who in ("ruth", "kasia"))
    _save(world, _dates(world), more_readers=f"{ruth},{kasia}")
    stale = _dates(world)
    _save(world, stale)
    said = _save(world, stale, readers=ruth)
    assert [(each.stored, each.typed) for each in said.differs] == [("nobody", "Ruth Hollis")]
