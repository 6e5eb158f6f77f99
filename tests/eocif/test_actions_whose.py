"""Who an action is for: its owner, whoever stands in for them, and its leads."""

from datetime import date, datetime
from typing import Any

import pytest

from eocif import actions, review_groups, reviews
from eocif.database import Database
from eocif.errors import EocifError, NoSuchAction, NotNow, NotYours
from eocif.models import Person
from eocif.people import Actor
from eocif.rules.dates import at
from eocif.time_models import Reminder
from tests import acting
from tests.acting import (
    NOW,
    TITLE,
    act,
    away,
    done,
    form,
    listing,
    made,
    note,
    reminders,
    row,
    save,
    show,
    told,
)
from tests.builders import World

LATER, WANTED = at(date(2027, 2, 1), 10), "2027-06-01"

# What only PostgreSQL can get wrong is shown by presses at once, and by the actions themselves.
pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)


@pytest.fixture
def begun(database: Database, now: datetime) -> World:
    return acting.begun(database, now)


@pytest.fixture
def world(database: Database, now: datetime) -> World:
    """One action of area 2, which Tom asked Grace to do."""
    return acting.planned(database, now)


def _refused(world: World, move: str, who: str = "grace", **more: Any) -> EocifError:
    with pytest.raises(EocifError) as refused:
        act(world, move, who, **more)
    return refused.value


# --- who can own one --------------------------------------------------------------------------


def _named(world: World) -> dict[str, int]:
    return {name: number for number, name in form(world).owners}


def test_the_group_and_the_teams_roster_can_own_an_action_in_order_of_names(begun: World) -> None:
    names = list(_named(begun))
    assert {"Joan Pettifer", "Doris Whitfield", "Sunil Rao"} <= set(names)
    assert names == sorted(names, key=str.casefold)
    assert len(names) == len(begun.sample.people)


def test_someone_named_twice_in_a_review_is_one_person(begun: World) -> None:
    first = made(begun, owner_name="Mo Farah")
    second = made(begun, "amina", owner_name="  mo   FARAH ", owner="none")
    assert row(begun, first).owner_id == row(begun, second).owner_id
    [mo] = begun.rows(Person, Person.name == "Mo Farah")
    assert (mo.entra_id, mo.id, mo.is_guest) == (None, row(begun).owner_id, False)
    save(begun, action=first, owner="grace")
    save(begun, action=second, owner="grace")
    made(begun, owner="new", owner_name="Mo Farah")
    assert len(begun.rows(Person, Person.name == "Mo Farah")) == 1
    assert "Mo Farah" in _named(begun)


def test_who_is_listed_and_named_by_hand_is_the_one_on_the_list(begun: World) -> None:
    doris = made(begun, owner_name="doris whitfield")
    assert row(begun, doris).owner_id == _named(begun)["Doris Whitfield"]
    joan = made(begun, owner_name="Joan Pettifer")
    assert row(begun, joan).owner_id == begun.actors["joan"].person_id


def test_a_name_that_several_have_is_not_guessed(begun: World) -> None:
    with begun.database.transaction() as session:
        session.get_one(Person, begun.actors["joan"].person_id).name = "Des Barrett"
    number, said = save(begun, title=TITLE, owner="new", owner_name="Des Barrett")
    assert said.problems.keys() == {"owner_name"}
    assert said.typed == {"owner": "new", "owner_name": "Des Barrett"}
    assert row(begun, number).owner_id is None


@pytest.mark.parametrize(
    ("owner", "name", "problem"),
    [
        ("99", "", "owner"), ("amina", "", ""), ("grace", "Mo Farah", "owner_name"),
        ("new", "", "owner_name"), ("new", "x" * 201, "owner_name"), ("1; DROP", "", "owner"),
        ("-1", "", "owner"), ("", "Mo Farah", ""), ("none", "", ""),
    ],
)  # fmt: skip
def test_an_owner_is_chosen_from_the_list_or_named_but_not_both(
    begun: World, owner: str, name: str, problem: str
) -> None:
    _, said = save(begun, title=TITLE, owner=owner, owner_name=name)
    assert set(said.problems) == ({problem} if problem else set())
    assert said.is_problem is bool(problem)


def test_a_name_typed_beside_the_owner_that_the_card_showed_is_meant(world: World) -> None:
    shown = form(world, action=1).shown
    for _ in range(2):
        _, said = save(world, action=1, owner="grace", owner_name="Mo Farah", shown=shown)
        assert not said.is_problem
    assert show(world, "tom").line.owner == "Mo Farah"


def test_people_named_in_another_review_are_not_offered(world: World, now: datetime) -> None:
    made(world, owner_name="Mo Farah")
    with world.database.transaction() as session:
        mo = session.get_one(Person, row(world, 2).owner_id)
        assert mo.teams_id.startswith(f"without-teams:{world.review_id}:owner:")
        mo.teams_id = mo.teams_id.replace(f":{world.review_id}:", f":{world.review_id + 1}:")
    save(world, action=2, owner="grace")
    assert "Mo Farah" not in _named(world)


# --- who may ----------------------------------------------------------------------------------


def test_an_action_is_for_its_owner_and_its_leads_alone(world: World) -> None:
    for who in ("kasia", "des", "joan", "sunil"):
        with pytest.raises(NotYours):
            show(world, who)
        for move, more in _MOVES.items():
            assert isinstance(_refused(world, move, who, **more), NotYours)
    assert (told(world), show(world, "tom").line.title) == ([("made", "")], TITLE)


_MOVES: dict[str, dict[str, str]] = {
    "accept": {}, "refuse": {"reason": "x"}, "done": {"changed": "x"}, "withdraw": {"reason": "x"},
    "note": {"nonce": "", "note": "x", "evidence": "", "link": ""}, "resume": {"reason": "x"},
    "ask_date": {"wanted_on": WANTED, "reason": "x"},
    "answer_date": {"answer": "agree", "wanted_on": WANTED, "reason": ""},
}  # fmt: skip


@pytest.mark.parametrize("action", [99, 0, -1, 2**31])
def test_an_action_that_is_not_there_is_not_found(world: World, action: int) -> None:
    for move, more in _MOVES.items():
        assert isinstance(_refused(world, move, action=action, **more), NoSuchAction)


def test_another_tenants_action_is_not_there(world: World) -> None:
    stranger = _of_another_tenant(world)
    for move, more in _MOVES.items():
        with pytest.raises(NoSuchAction):
            world.database.now(getattr(actions, move), actor=stranger, action_id=1, now=NOW, **more)
    world.actors["stranger"] = stranger
    assert listing(world, "stranger", review=world.review_id).lines == ()


def _of_another_tenant(world: World) -> Actor:
    with world.database.transaction() as session:
        person = Person(tenant_id="other", entra_id="other", name="Other", is_guest=False)
        session.add(person)
        session.flush()
        return Actor("other", person.id or 0, "Other", "", True, True)


@pytest.mark.parametrize("who", ["joan", "sunil"])
def test_an_owner_need_not_be_of_the_group_and_may_be_a_guest(world: World, who: str) -> None:
    number = made(world, owner=who)
    act(world, "accept", who, number)
    note(world, who, number, note="Begun.")
    act(world, "ask_date", who, number, wanted_on=WANTED, reason="Builders.")
    done(world, who, number)
    assert [line.id for line in listing(world, who).lines] == [number]
    assert show(world, who, number).what_do == ""


def test_an_owner_who_left_the_group_keeps_the_action_and_the_lead_is_told(world: World) -> None:
    world.on_review(review_groups.remove_member, member_id=world.members["grace"], now=NOW)
    assert "Grace Adeyemi" in _named(world)  # still in the team, and the owner
    act(world, "accept")
    assert [line.id for line in listing(world, "grace").lines] == [1]
    assert (show(world).owner_left, show(world, "tom").owner_left) == (False, True)
    save(world, action=1, owner="des")
    assert show(world, "tom").owner_left is False


def test_a_deputy_acts_while_an_owner_is_away_in_their_own_name(world: World) -> None:
    away(world, "grace", deputy="des")
    assert (show(world, "des").for_whom, show(world, "des").line.waits) == (
        "Grace Adeyemi", "accept",
    )  # fmt: skip
    assert [line.is_mine for line in listing(world, "des").lines] == [False]
    act(world, "accept", "des")
    act(world, "ask_date", "des", wanted_on=WANTED, reason="Builders.")
    note(world, "des", note="Begun.")
    done(world, "des")
    assert {line.by for line in show(world).history[:-1]} == {"Des Barrett"}
    assert show(world).for_whom == ""
    assert isinstance(_refused(world, "withdraw", "des", reason="x"), NotYours)
    with pytest.raises(NotYours):
        show(world, "des", now=LATER)


def test_leads_speak_for_owners_without_teams_and_nobody_is_written_to(world: World) -> None:
    number = made(world, owner_name="Doris Whitfield")
    assert (show(world, "tom", number).line.owner, show(world, "tom", number).line.has_teams) == (
        "Doris Whitfield", False,
    )  # fmt: skip
    act(world, "refuse", "tom", number, reason="She said so.")
    act(world, "accept", "tom", number)
    assert reminders(world, "tom") == []
    act(world, "refuse", "amina", number, reason="She said so again.")
    assert reminders(world, "tom") == [("action_said", f"action:{number}", "said 5")]
    doris = row(world, number).owner_id
    assert world.rows(Reminder, Reminder.person_id == doris) == []
    assert _refused(world, "accept", "tom").happened == "Its owner answers this themselves."


def test_a_cancelled_reviews_actions_are_closed_and_never_overdue(world: World) -> None:
    world.on_review(reviews.cancel, reason="A merger.", now=NOW)
    overdue = at(date(2027, 9, 1), 10)
    for move, more in _MOVES.items():
        for who in ("grace", "tom", "amina"):
            refused = _refused(world, move, who, now=overdue, **more)
            assert (type(refused), refused.happened) == (NotNow, "This review was cancelled.")
    summary = show(world, now=overdue)
    assert (summary.may, summary.line.days_overdue, summary.line.waits) == (set(), 0, "")
    assert listing(world, "grace", overdue).lines == ()
    with pytest.raises(NotNow):
        save(world, action=1, title="Other", shown={})
