"""Actions made and changed by leads."""

from datetime import date, datetime

import pytest

from eocif.database import Database
from eocif.errors import EocifError, Invalid, NotFound, NotYours
from eocif.models import AuditEvent, Person
from eocif.rules.dates import at
from eocif.rules.merging import digest
from eocif.time_models import Action, ActionEvent, Reminder
from tests import acting
from tests.acting import DEADLINE, NOW, TITLE, TODAY, form, made, reminders, row, save, told
from tests.builders import World

LATER = at(date(2027, 2, 1), 10)
TOO_LONG = "x" * 2_001
HOSTILE = "=1+1 <at>Everyone</at> {{DATE(2027-01-01)}} [x](https://evil.example) \"'; DROP TABLE"


@pytest.fixture
def begun(database: Database, now: datetime) -> World:
    return acting.begun(database, now)


@pytest.fixture
def world(database: Database, now: datetime) -> World:
    """One action of area 2, which Grace is asked to do."""
    return acting.planned(database, now)


# --- made -------------------------------------------------------------------------------------


@pytest.mark.covers("R36")
@pytest.mark.covers("R37")
@pytest.mark.covers("R39")
def test_an_action_belongs_to_an_area_and_holds_who_when_and_how(begun: World) -> None:
    number = made(
        begun, owner="grace", measure="Six in ten say yes.", tags="felt,nqb_1b",
        collects_data="yes", looked_at="The FFT of 2026.",
    )  # fmt: skip
    stored = row(begun, number)
    assert (stored.area, stored.title, stored.owner_id, stored.deadline, stored.measure) == (
        2, TITLE, begun.actors["grace"].person_id, DEADLINE, "Six in ten say yes.",
    )  # fmt: skip
    assert (stored.tags, stored.collects_data, stored.looked_at) == (
        ["nqb_1b", "felt"], True, "The FFT of 2026.",
    )  # fmt: skip
    assert (stored.status, stored.accepted_at, stored.since, stored.look_on) == (
        "not_started", None, TODAY, TODAY,
    )  # fmt: skip
    assert told(begun, number) == [("made", "")]


def test_its_new_owner_hears_of_it_once(world: World) -> None:
    assert reminders(world, "grace") == [("action_new", "action:1", "asked 1")]
    [waiting] = world.rows(Reminder)
    assert (waiting.due_on, waiting.params, waiting.state, waiting.is_deadline) == (
        TODAY, {}, "waiting", False,
    )  # fmt: skip


def test_who_takes_it_on_themselves_has_accepted_and_is_not_asked(begun: World) -> None:
    number = made(begun, owner="tom")
    assert row(begun, number).accepted_at == NOW
    assert reminders(begun, "tom") == []


def test_a_press_that_comes_again_makes_one_action_and_asks_once(begun: World) -> None:
    shown = form(begun).shown
    for _ in range(3):
        number, said = save(begun, title=TITLE, owner="grace", shown=shown)
        assert (number, said.notice, said.is_problem) == (1, "The action is saved.", False)
    assert (len(begun.rows(Action)), len(begun.rows(ActionEvent)), len(begun.rows(Reminder))) == (
        1, 1, 1,
    )  # fmt: skip


def test_the_same_card_filled_in_anew_shows_what_would_be_overwritten(begun: World) -> None:
    shown = form(begun).shown
    save(begun, title=TITLE, shown=shown)
    number, said = save(begun, title="Something else", measure="By counting.", shown=shown)
    assert (number, len(begun.rows(Action))) == (1, 1)
    assert [(each.field, each.stored, each.typed) for each in said.differs] == [
        ("title", TITLE, "Something else")
    ]
    assert (row(begun).title, row(begun).measure) == (TITLE, "By counting.")


def test_nobody_elses_press_is_taken_for_ones_own(begun: World) -> None:
    save(begun, "tom", title=TITLE)
    number, _ = save(begun, "amina", title="Another")
    assert (number, [each.title for each in begun.rows(Action)]) == (2, [TITLE, "Another"])


def test_without_saying_what_will_be_done_nothing_is_made_and_all_comes_back(begun: World) -> None:
    filled = {"owner": "new", "owner_name": "Mo Farah", "measure": "Count.", "deadline": "soon"}
    number, said = save(begun, **filled)
    assert (number, said.is_problem, said.typed) == (0, True, filled)
    assert said.problems == {
        "title": "Say in a few words what will be done.",
        "deadline": "We could not read this date. Type it like 18 February 2028.",
    }
    assert begun.rows(Action) == []
    assert "Mo Farah" not in {person.name for person in begun.rows(Person)}
    assert save(begun, title="none")[1].problems.keys() == {"title"}
    assert save(begun, title=TOO_LONG)[1].typed == {"title": TOO_LONG}


def test_an_action_is_made_at_once_and_the_rest_can_be_put_right(begun: World) -> None:
    number, said = save(begun, title=TITLE, deadline="soon", measure=TOO_LONG, tags="made_up")
    assert number == 1
    assert said.problems.keys() == said.typed.keys() == {"deadline", "measure", "tags"}
    assert said.notice == "The action is saved, but for what is named below."
    assert (row(begun).title, row(begun).deadline, row(begun).tags) == (TITLE, None, [])
    assert form(begun, action=1).kept == {"measure": TOO_LONG}
    assert form(begun, "amina", action=1).kept == {}  # it is for who typed it
    save(begun, action=1, measure="Shorter.")
    assert (row(begun).measure, form(begun, action=1).kept) == ("Shorter.", {})


@pytest.mark.covers("R71")
def test_who_collects_new_data_says_what_was_looked_at_first(begun: World) -> None:
    number, said = save(begun, title=TITLE, collects_data="yes")
    assert said.problems.keys() == {"looked_at"}
    assert said.typed == {"collects_data": "yes"}
    assert row(begun, number).collects_data is False
    _, said = save(begun, action=number, collects_data="yes", looked_at="The FFT.")
    assert not said.is_problem
    _, said = save(begun, action=number, looked_at="none")
    assert said.problems.keys() == {"looked_at"}
    assert (row(begun).collects_data, row(begun).looked_at) == (True, "The FFT.")
    _, said = save(begun, action=number, collects_data="no", looked_at="none")
    assert (row(begun).collects_data, row(begun).looked_at) == (False, "")


def test_hostile_words_are_stored_as_they_are_and_never_in_the_trail(begun: World) -> None:
    number = made(begun, title=HOSTILE, measure=HOSTILE, owner="", owner_name=HOSTILE)
    assert (row(begun, number).title, row(begun, number).measure) == (HOSTILE, HOSTILE)
    assert "evil" not in repr(begun.rows(AuditEvent))


# --- who may, and where -----------------------------------------------------------------------


def test_an_areas_lead_makes_actions_of_their_areas_and_the_reviews_lead_of_all(
    begun: World,
) -> None:
    assert made(begun, "kasia", area=5) == 1
    assert made(begun, "amina", area=5) == 2
    for who, area in (("tom", 5), ("grace", 2), ("joan", 2)):
        with pytest.raises(NotYours):
            world_save(begun, who, area)


def world_save(world: World, who: str, area: int) -> None:
    save(world, who, area=area, title=TITLE, shown={})


def test_an_action_needs_an_area_that_is_in_scope(begun: World) -> None:
    with pytest.raises(Invalid) as refused:
        save(begun, area=0, title=TITLE, shown={})
    assert [each.field for each in refused.value.problems] == ["area"]
    with pytest.raises(NotFound):
        save(begun, "amina", area=9, title=TITLE, shown={})


@pytest.mark.parametrize("action", [99, -1, 2**31])
def test_an_action_that_is_not_there_cannot_be_changed(world: World, action: int) -> None:
    with pytest.raises(NotFound) as refused:
        save(world, action=action, title="Other", shown={})
    assert refused.value.happened == "We could not find this action."


def test_an_action_of_another_review_cannot_be_changed_through_this_one(world: World) -> None:
    world.review_id += 1
    with pytest.raises(EocifError) as refused:
        save(world, action=1, title="Other", shown={})
    assert refused.value.happened == "We could not find this action."


# --- changed ----------------------------------------------------------------------------------


def test_what_changed_is_said_in_its_history_without_the_words(world: World) -> None:
    save(world, action=1, title="Ask everyone", tags="felt", now=LATER)
    assert told(world) == [("made", ""), ("changed", "")]
    changed = world.rows(ActionEvent)[-1]
    assert (changed.by, changed.at, changed.detail) == (
        world.actors["tom"].person_id, LATER, {"fields": ["title", "tags"]},
    )  # fmt: skip
    assert acting.show(world).history[0].after == "What will be done and Tags"
    assert (row(world).since, row(world).look_on) == (TODAY, date(2027, 2, 1))


def test_a_changed_deadline_keeps_the_old_one_and_needs_a_reason(world: World) -> None:
    _, said = save(world, action=1, deadline="2027-05-03", now=LATER)
    assert said.problems == {"because": "Say why, in a few words."}
    assert said.typed == {"deadline": "2027-05-03"}
    assert row(world).deadline == DEADLINE
    _, said = save(world, action=1, deadline="3 May 2027", because="A new ward.", now=LATER)
    assert not said.is_problem
    assert (row(world).deadline, row(world).since) == (date(2027, 5, 3), date(2027, 2, 1))
    line = acting.show(world).history[0]
    assert (line.kind, line.text, line.before, line.after) == (
        "deadline", "A new ward.", "Thursday 1 April 2027", "Monday 3 May 2027",
    )  # fmt: skip
    trail = world.rows(AuditEvent, AuditEvent.event == "action deadline")[0]
    assert trail.detail == {"area": 2, "from": "2027-04-01", "to": "2027-05-03"}


def test_a_deadline_is_taken_away_with_a_reason_and_a_first_one_needs_none(world: World) -> None:
    assert save(world, action=1, deadline="none")[1].problems.keys() == {"because"}
    save(world, action=1, deadline="none", because=HOSTILE)
    assert row(world).deadline is None
    assert acting.show(world).history[0].after == "no date"
    save(world, action=1, deadline="2027-03-01", because="Not needed, not kept.")
    assert told(world)[-1] == ("deadline", "")


def test_a_reason_that_is_too_long_is_kept_for_who_typed_it(world: World) -> None:
    _, said = save(world, action=1, deadline="2027-05-03", because=TOO_LONG)
    assert said.problems.keys() == {"because"}
    assert said.typed == {"deadline": "2027-05-03", "because": TOO_LONG}
    assert form(world, action=1).kept == {"because": TOO_LONG}


def test_a_change_that_comes_again_is_written_once(world: World) -> None:
    shown = form(world, action=1).shown
    for _ in range(3):
        _, said = save(
            world, action=1, title="Ask everyone", owner="des", deadline="2027-05-03",
            because="A new ward.", shown=shown,
        )  # fmt: skip
        assert not said.is_problem
    assert told(world) == [
        ("made", ""), ("owner", ""), ("deadline", "A new ward."), ("changed", ""),
    ]  # fmt: skip
    assert len(reminders(world, "des")) == 1


def test_saving_the_form_as_it_came_changes_nothing(world: World) -> None:
    values = form(world, action=1).values
    _, said = save(world, action=1, **values)
    assert (said.is_problem, told(world)) == (False, [("made", "")])


def test_emptied_inputs_erase_nothing_and_none_empties(world: World) -> None:
    save(world, action=1, measure="By counting.", tags="felt")
    save(world, action=1, measure="", tags="", owner="", title="")
    assert (row(world).measure, row(world).tags, row(world).title) == (
        "By counting.", ["felt"], TITLE,
    )  # fmt: skip
    save(world, action=1, measure="None", tags="none", owner="none")
    assert (row(world).measure, row(world).tags, row(world).owner_id) == ("", [], None)


def test_two_leads_at_once_both_keep_what_they_changed_and_see_what_clashes(world: World) -> None:
    shown = form(world, action=1).shown
    save(world, "tom", 1, title="Ask everyone", deadline="2027-05-03", because="Later.",
         owner="des", tags="felt", shown=shown)  # fmt: skip
    _, said = save(
        world, "amina", 1, title="Ask nobody", deadline="2027-06-01", because="Later still.",
        owner="peter", tags="nqb_1a", measure="By counting.", shown=shown,
    )  # fmt: skip
    assert {(each.field, each.stored, each.typed) for each in said.differs} == {
        ("title", "Ask everyone", "Ask nobody"),
        ("owner", "Des Barrett", world.actors["peter"].name),
        ("deadline", "Monday 3 May 2027", "Tuesday 1 June 2027"),
        ("tags", "How it made people feel", "Starting with what matters most to people"),
    }
    assert said.typed["because"] == "Later still."
    assert (row(world).title, row(world).measure) == ("Ask everyone", "By counting.")
    assert row(world).owner_id == world.actors["des"].person_id


def test_an_untouched_owner_on_an_old_card_takes_nobody_away(begun: World) -> None:
    number = made(begun)
    shown = form(begun, action=number).shown
    save(begun, "amina", number, owner="grace", shown=shown)
    _, said = save(begun, "tom", number, owner="none", measure="By counting.", shown=shown)
    assert not said.is_problem
    assert row(begun, number).owner_id == begun.actors["grace"].person_id


def test_a_new_deadline_answers_who_asked_for_another(world: World) -> None:
    acting.act(world, "ask_date", wanted_on="2027-06-01", reason="Builders.")
    save(world, action=1, deadline="2027-05-03", because="Half of what you asked.")
    assert (row(world).wanted_on, row(world).wanted_because) == (None, "")


def test_what_a_stale_card_would_change_is_named_in_words_even_if_unreadable(begun: World) -> None:
    number = made(begun, owner="grace")
    save(begun, action=number, deadline="2027-05-03", because="Later.", tags="felt",
         owner="des", collects_data="yes", looked_at="The FFT.")  # fmt: skip
    stale = {name: digest("something else") for name in form(begun, action=number).values}
    _, said = save(begun, action=number, deadline="soon", tags="made_up", owner="none",
                   collects_data="perhaps", shown=stale)  # fmt: skip
    assert {each.field: each.typed for each in said.differs} == {
        "deadline": "soon", "tags": "made_up", "owner": "none", "collects_data": "perhaps",
    }  # fmt: skip
    _, said = save(begun, action=number, owner="", owner_name="Mo Farah",
                   shown={**stale, "owner": digest("")})  # fmt: skip
    assert [(each.stored, each.typed) for each in said.differs] == [("Des Barrett", "Mo Farah")]


def test_a_settled_action_is_taken_up_again_before_it_is_changed(world: World) -> None:
    acting.done(world)
    with pytest.raises(EocifError) as refused:
        save(world, action=1, title="Other", shown={})
    assert refused.value.happened == "This action is done already."
