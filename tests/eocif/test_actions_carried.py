"""Actions before sign-off, and in the next review."""

from datetime import date, datetime

import pytest

from eocif import actions, worksheets
from eocif.database import Database
from eocif.errors import Invalid, NotNow
from eocif.models import AuditEvent, Review
from eocif.rules.dates import at
from eocif.time_models import Action, Reminder
from tests import acting, to_the_end
from tests.acting import act, another, done, listing, made, note, reminders, row, save, show, told
from tests.builders import World

WHEN, LATER = to_the_end.CONCLUDED_AT, at(date(2030, 1, 28), 10)


# --- before sign-off --------------------------------------------------------------------------


@pytest.fixture
def concluded(database: Database, now: datetime) -> World:
    """Areas 2 and 3, all there is, are concluded."""
    return to_the_end.concluded(database, now)


@pytest.mark.covers("R37")
def test_every_open_action_needs_an_owner_and_a_deadline_before_sign_off(concluded: World) -> None:
    world = concluded
    made(world, owner="grace", now=WHEN)
    made(world, area=2, now=WHEN)
    made(world, area=3, deadline="", now=WHEN)
    act(world, "refuse", reason="Not mine.", now=WHEN)
    with pytest.raises(Invalid) as refused:
        to_the_end.sign(world)
    assert [each.sentence for each in refused.value.problems] == [
        "2 actions in areas 2 and 3 need an owner.",
        "1 action in area 2 needs another owner.",
        "1 action in area 3 needs a deadline.",
    ]
    summary = world.on_review(worksheets.worksheet, section=0, now=WHEN)
    assert (len(summary.standing), summary.may_sign_off) == (3, False)
    act(world, "accept", now=WHEN)
    act(world, "withdraw", "tom", 2, reason="No money.", now=WHEN)
    done(world, "tom", 3, now=WHEN)
    to_the_end.sign(world)
    assert world.rows(Review)[0].state == "signed_off"


# --- in the next review -----------------------------------------------------------------------


@pytest.fixture
def world(database: Database, now: datetime) -> World:
    """Three open actions of areas 2 and 5, and one that is done."""
    world = acting.planned(database, now)
    save(world, action=1, tags="felt", measure="By counting.", collects_data="yes",
         looked_at="The FFT.")  # fmt: skip
    act(world, "accept")
    note(world, note="Begun.")
    act(world, "ask_date", wanted_on="2027-06-01", reason="Builders.")
    made(world, "kasia", area=5, owner="des", title="Of another area")
    made(world, owner="des", title="Not his")
    act(world, "refuse", "des", 3, reason="Not mine.")
    made(world, owner="des", title="Done")
    done(world, "des", 4)
    return world


def _carry(world: World, new: int) -> int:
    with world.database.transaction() as session:
        return actions.carry_over(
            session, old=session.get_one(Review, 1), new=session.get_one(Review, new),
            who=world.actors["amina"].person_id, now=LATER,
        )  # fmt: skip


@pytest.mark.covers("R57")
def test_open_actions_of_the_new_scope_go_on_as_they_stand(world: World) -> None:
    new = another(world, 2, 3)
    assert _carry(world, new) == 2
    first, copy = row(world, 1), world.rows(Action, Action.review_id == new)[0]
    same = {
        "area", "title", "owner_id", "deadline", "measure", "tags", "collects_data", "looked_at",
        "status", "accepted_at", "refused_because", "wanted_on", "wanted_because",
    }  # fmt: skip
    assert copy.model_dump(include=same) == first.model_dump(include=same)
    assert (copy.copied_from, copy.since, copy.look_on) == (1, date(2030, 1, 28), copy.since)
    assert [each.title for each in world.rows(Action, Action.review_id == new)] == [
        acting.TITLE, "Not his",
    ]  # fmt: skip
    [trail] = world.rows(AuditEvent, AuditEvent.event == "actions carried over")
    assert (trail.detail, trail.review_id) == ({"copied": 2, "left": 1}, new)


def test_nobody_is_asked_again_and_copying_again_copies_nothing(world: World) -> None:
    new, before = another(world, 2, 3, 5), len(world.rows(Reminder))
    assert [_carry(world, new), _carry(world, new)] == [3, 0]
    assert (len(world.rows(Action)), len(world.rows(Reminder))) == (7, before)


def test_its_history_goes_on_with_what_came_before(world: World) -> None:
    new = another(world, 2)
    _carry(world, new)
    copy = world.rows(Action, Action.review_id == new)[0].id or 0
    note(world, action=copy, note="Goes on.", now=LATER)
    kinds = [line.kind for line in show(world, action=copy, now=LATER).history]
    assert kinds == ["note", "copied", "date asked", "note", "accepted", "changed", "made"]
    copied = show(world, action=copy, now=LATER).history[1]
    assert (copied.by, copied.before) == ("Amina Yusuf", world.rows(Review)[0].title)
    assert told(world, copy) == [("copied", ""), ("note", "Goes on.")]


def test_from_then_on_the_old_one_is_kept_as_it_was(world: World) -> None:
    new = another(world, 2)
    _carry(world, new)
    with pytest.raises(NotNow) as refused:
        note(world, note="Too late.", now=LATER)
    assert refused.value.happened == "This action goes on in the next review."
    old = show(world, "tom", now=LATER)
    assert (old.line.is_carried, old.line.days_overdue, old.line.waits, old.may) == (
        True, 0, "", set(),
    )  # fmt: skip
    assert [line.review_id for line in listing(world, "grace", LATER).lines] == [new]
    assert [line.title for line in listing(world, "des", LATER, only="open").lines] == [
        "Of another area"
    ]
    assert not any("area 2" in each for each in _standing(world))


def _standing(world: World) -> tuple[str, ...]:
    with world.database.transaction() as session:
        return worksheets.standing(session, session.get_one(Review, 1))


@pytest.mark.parametrize("state", ["draft", "cancelled"])
def test_until_the_next_review_starts_and_once_it_is_cancelled_the_old_one_counts(
    world: World, state: str
) -> None:
    _carry(world, another(world, 2, state=state))
    note(world, note="Still here.", now=LATER)
    assert [line.id for line in listing(world, "grace", LATER).lines] == [1]
    assert "1 action in area 2 needs another owner." in _standing(world)


def test_copying_twice_before_the_start_copies_nothing_twice(world: World) -> None:
    new = another(world, 2, 3, state="draft")
    assert [_carry(world, new), _carry(world, new)] == [2, 0]
    assert len(told(world, world.rows(Action, Action.review_id == new)[0].id or 0)) == 1


def test_what_was_carried_on_once_is_not_carried_twice(world: World) -> None:
    _carry(world, another(world, 2, 3, 5))
    assert _carry(world, another(world, 2)) == 0


def test_the_lead_without_an_area_of_their_own_hears_what_owners_say(world: World) -> None:
    new = another(world, 2)
    _carry(world, new)
    copy = world.rows(Action, Action.review_id == new)[0].id or 0
    act(world, "refuse", action=copy, reason="Too much.", now=LATER)
    assert reminders(world, "amina")[-1][:2] == ("action_said", f"action:{copy}")
