"""What owners, their deputies and leads do with an action that is there."""

from datetime import date, datetime
from typing import Any

import pytest

from eocif.database import Database
from eocif.errors import EocifError, Invalid, NotYours
from eocif.models import AuditEvent
from eocif.rules.dates import at
from tests import acting
from tests.acting import (
    DEADLINE,
    NOW,
    TODAY,
    act,
    done,
    listing,
    note,
    reminders,
    row,
    save,
    show,
    told,
)
from tests.builders import World

LATER, WANTED = at(date(2027, 2, 1), 10), "2027-06-01"
TOO_LONG = "x" * 2_001

# What only PostgreSQL can get wrong is shown by presses at once, and by the actions themselves.
pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)


@pytest.fixture
def world(database: Database, now: datetime) -> World:
    """One action of area 2, which Tom asked Grace to do."""
    return acting.planned(database, now)


def _refused(world: World, move: str, who: str = "grace", **more: Any) -> EocifError:
    with pytest.raises(EocifError) as refused:
        act(world, move, who, **more)
    return refused.value


# --- accepted, or not -------------------------------------------------------------------------


def test_an_owner_accepts_once(world: World) -> None:
    assert show(world).line.waits == "accept"
    first = act(world, "accept")
    assert [act(world, "accept") for _ in range(2)] == [first, first]
    assert row(world).accepted_at == NOW
    assert told(world) == [("made", ""), ("accepted", "")]
    assert show(world).line.waits == ""


def test_not_mine_goes_back_to_the_areas_lead_with_the_reason(world: World) -> None:
    for _ in range(3):
        act(world, "refuse", reason="I have left that team.")
    assert row(world).refused_because == "I have left that team."
    assert told(world) == [("made", ""), ("refused", "I have left that team.")]
    assert reminders(world, "tom") == [("action_said", "action:1", "said 2")]
    assert reminders(world, "amina") == []
    assert show(world, "tom").line.waits == "refused"
    assert (show(world).line.waits, show(world).may) == ("", {"accept"})
    assert listing(world, "grace").lines == ()


def test_who_said_not_mine_can_take_it_after_all(world: World) -> None:
    act(world, "refuse", reason="Not my ward.")
    act(world, "accept")
    assert (row(world).refused_because, row(world).accepted_at) == ("", NOW)


def test_a_new_owner_is_asked_anew_and_the_old_one_is_out(world: World) -> None:
    act(world, "accept")
    act(world, "ask_date", wanted_on=WANTED, reason="Builders.")
    save(world, action=1, owner="des", now=LATER)
    stored = row(world)
    assert (stored.accepted_at, stored.wanted_on, stored.since) == (None, None, date(2027, 2, 1))
    assert reminders(world, "des") == [("action_new", "action:1", "asked 4")]
    line = show(world, "tom").history[0]
    assert (line.kind, line.before, line.after) == ("owner", "Grace Adeyemi", "Des Barrett")
    with pytest.raises(NotYours) as refused:
        show(world, "grace")
    assert refused.value.happened == "This action is for someone else."


@pytest.mark.parametrize("move", ["refuse", "withdraw", "resume"])
def test_a_reason_is_needed_and_what_was_typed_is_kept(world: World, move: str) -> None:
    if move == "resume":
        act(world, "withdraw", "tom", reason="Not now.")
    said = act(world, move, "tom" if move != "refuse" else "grace", reason="")
    assert said.problems == {"reason": "Say why, in a few words."}
    who = "tom" if move != "refuse" else "grace"
    said = act(world, move, who, reason=TOO_LONG)
    assert (said.is_problem, said.typed) == (True, {"reason": TOO_LONG})
    assert show(world, who).kept == {"reason": TOO_LONG}
    assert show(world, "amina").kept == {}
    act(world, move, who, reason="Short enough.")
    assert show(world, who).kept == {}


# --- notes and evidence -----------------------------------------------------------------------


def test_notes_and_evidence_are_added_and_bring_it_under_way(world: World) -> None:
    note(world, note="Asked ten people.", evidence="A table.", link="https://www.nhs.uk/a?b=c")
    assert told(world)[1:] == [("note", "Asked ten people."), ("evidence", "A table.")]
    assert show(world).history[0].link == "https://www.nhs.uk/a?b=c"
    assert row(world).status == "under_way"
    done(world)
    note(world, nonce="later", note="Asked ten more.", now=LATER)
    assert row(world).status == "done"
    assert told(world)[-1] == ("note", "Asked ten more.")


def test_a_note_that_comes_again_is_one_and_an_old_card_holds_another(world: World) -> None:
    for _ in range(3):
        note(world, note="Asked ten people.", link="https://www.nhs.uk/")
    assert len(told(world)) == 3
    note(world, note="Asked twenty people.")
    note(world, "tom", note="Asked ten people.")
    assert [text for _, text in told(world)][3:] == ["Asked twenty people.", "Asked ten people."]


def test_what_can_be_taken_of_a_note_is_taken_and_the_rest_kept(world: World) -> None:
    said = note(world, note="Asked ten people.", evidence="A table.", link="http://nhs.uk")
    assert said.problems.keys() == {"link"}
    assert said.typed == {"evidence": "A table.", "link": "http://nhs.uk"}
    assert told(world)[1:] == [("note", "Asked ten people.")]
    assert show(world).kept == {"evidence": "A table.", "link": "http://nhs.uk"}
    said = note(world, note=TOO_LONG, evidence=TOO_LONG)
    assert said.problems.keys() == {"note", "evidence"}
    note(world, note="Short.", evidence="A table.", link="https://nhs.uk")
    assert show(world).kept == {}


def test_an_empty_note_is_refused_in_words(world: World) -> None:
    with pytest.raises(Invalid):
        note(world)
    for link in ("javascript:alert(1)", "https://user@nhs.uk/", "https://10.0.0.1/", "nhs.uk"):
        assert note(world, link=link).problems.keys() == {"link"}
    assert told(world) == [("made", "")]


# --- another date -----------------------------------------------------------------------------


def test_the_deadline_stands_until_the_lead_agrees(world: World) -> None:
    for _ in range(3):
        act(world, "ask_date", wanted_on="1 June 2027", reason="The builders are late.")
    assert (row(world).deadline, row(world).wanted_on) == (DEADLINE, date(2027, 6, 1))
    assert reminders(world, "tom") == [("action_said", "action:1", "said 2")]
    assert (show(world, "tom").line.waits, "answer_date" in show(world, "tom").may) == (
        "date",
        True,
    )
    for _ in range(3):
        said = act(world, "answer_date", "tom", answer="agree", wanted_on=WANTED, reason="",
                   now=LATER)  # fmt: skip
        assert not said.is_problem
    stored = row(world)
    assert (stored.deadline, stored.wanted_on, stored.since, stored.look_on) == (
        date(2027, 6, 1), None, date(2027, 2, 1), date(2027, 2, 1),
    )  # fmt: skip
    assert told(world) == [
        ("made", ""), ("date asked", "The builders are late."),
        ("deadline", "The builders are late."),
    ]  # fmt: skip
    assert show(world).history[0].before == "Thursday 1 April 2027"
    assert reminders(world, "grace")[1:] == [("action", "action:1", "answered 3")]


def test_a_lead_who_does_not_agree_says_why(world: World) -> None:
    act(world, "ask_date", wanted_on=WANTED, reason="Builders.")
    answer = {"answer": "refuse", "wanted_on": WANTED}
    assert act(world, "answer_date", "amina", reason="", **answer).problems.keys() == {"reason"}
    for _ in range(2):
        act(world, "answer_date", "amina", reason="The board meets in May.", **answer)
    assert (row(world).deadline, row(world).wanted_on, row(world).since) == (DEADLINE, None, TODAY)
    assert told(world)[2:] == [("date refused", "The board meets in May.")]
    assert show(world).history[0].after == "Tuesday 1 June 2027"
    assert len(reminders(world, "grace")) == 2


def test_an_answer_to_a_date_that_is_not_asked_for_any_more_changes_nothing(world: World) -> None:
    answer = {"answer": "agree", "wanted_on": WANTED, "reason": ""}
    assert "No other date" in _refused(world, "answer_date", "tom", **answer).happened
    act(world, "ask_date", wanted_on=WANTED, reason="Builders.")
    act(world, "ask_date", wanted_on="2027-07-01", reason="Builders again.")
    assert "Another date" in _refused(world, "answer_date", "tom", **answer).happened
    assert row(world).deadline == DEADLINE
    assert [slot for _, _, slot in reminders(world, "tom")] == ["said 2", "said 3"]


def test_a_date_that_has_passed_before_it_was_answered_is_not_agreed(world: World) -> None:
    act(world, "ask_date", wanted_on="2027-01-20", reason="I can be sooner.")
    said = act(world, "answer_date", "tom", answer="agree", wanted_on="2027-01-20",
               reason="Fine.", now=LATER)  # fmt: skip
    assert said.problems["wanted_on"].startswith("Wednesday 20 January 2027 has passed.")
    assert (said.typed, row(world).deadline) == ({"reason": "Fine."}, DEADLINE)


def test_a_lead_may_say_why_they_agree(world: World) -> None:
    act(world, "ask_date", wanted_on=WANTED, reason="Builders.")
    act(world, "answer_date", "tom", answer="agree", wanted_on=WANTED, reason="I saw the site.")
    assert told(world)[-1] == ("deadline", "I saw the site.")


@pytest.mark.parametrize(
    ("wanted_on", "reason", "problems"),
    [
        ("", "", {"wanted_on", "reason"}),
        ("soon", "Builders.", {"wanted_on"}),
        ("2027-01-01", "Builders.", {"wanted_on"}),
        ("2027-04-01", "Builders.", {"wanted_on"}),
        ("none", "Builders.", {"wanted_on"}),
        (WANTED, TOO_LONG, {"reason"}),
    ],
)
def test_a_date_that_cannot_be_asked_for_loses_nothing(
    world: World, wanted_on: str, reason: str, problems: set[str]
) -> None:
    said = act(world, "ask_date", wanted_on=wanted_on, reason=reason)
    assert said.problems.keys() == problems
    given = {"wanted_on": wanted_on, "reason": reason}
    assert said.typed == {name: text for name, text in given.items() if text}
    assert (row(world).wanted_on, reminders(world, "tom")) == (None, [])


def test_a_date_can_be_asked_for_where_there_is_no_deadline(world: World) -> None:
    save(world, action=1, deadline="none", because="Not fixed.")
    act(world, "ask_date", wanted_on=WANTED, reason="After Easter.")
    act(world, "answer_date", "tom", answer="agree", wanted_on=WANTED, reason="")
    assert show(world).history[0].before == "no date"


# --- how it ends ------------------------------------------------------------------------------


def test_done_asks_what_changed_for_people(world: World) -> None:
    assert done(world, changed="").problems.keys() == {"changed"}
    assert done(world, changed=TOO_LONG).typed == {"changed": TOO_LONG}
    assert show(world).kept == {"changed": TOO_LONG}
    for _ in range(3):
        assert not done(world, now=LATER).is_problem
    stored = row(world)
    assert (stored.status, stored.changed, stored.settled_at) == (
        "done", "Fewer people wait.", LATER,
    )  # fmt: skip
    assert told(world) == [("made", ""), ("done", "Fewer people wait.")]
    assert _refused(world, "done", changed="Something else.").happened.startswith("This action is")


def test_only_leads_withdraw_with_a_reason_and_take_it_up_again(world: World) -> None:
    assert isinstance(_refused(world, "withdraw", reason="No money."), NotYours)
    for _ in range(3):
        act(world, "withdraw", "tom", reason="No money.", now=LATER)
    assert (row(world).status, row(world).because, row(world).settled_at) == (
        "withdrawn", "No money.", LATER,
    )  # fmt: skip
    assert isinstance(_refused(world, "resume", reason="There is money."), NotYours)
    for _ in range(3):
        act(world, "resume", "amina", reason="There is money.", now=LATER)
    stored = row(world)
    assert (stored.status, stored.because, stored.settled_at, stored.since) == (
        "under_way", "", None, date(2027, 2, 1),
    )  # fmt: skip
    assert told(world)[1:] == [("withdrawn", "No money."), ("resumed", "There is money.")]
    again = _refused(world, "resume", "tom", reason="There is money.")
    assert again.happened == "This action is open, so there is nothing to take up again."


def test_an_owner_takes_up_again_what_was_not_done_after_all(world: World) -> None:
    act(world, "ask_date", wanted_on=WANTED, reason="Builders.")
    done(world)
    assert row(world).wanted_on is None
    act(world, "resume", reason="The wrong one.")
    assert (row(world).status, row(world).changed) == ("under_way", "")


# --- the trail --------------------------------------------------------------------------------


def test_the_trail_holds_each_move_and_none_of_the_words(world: World) -> None:
    word = "Zwetschgendatschi"
    act(world, "refuse", reason=word)
    act(world, "accept")
    note(world, note=word, evidence=word, link=f"https://{word}.example/")
    act(world, "ask_date", wanted_on=WANTED, reason=word)
    act(world, "answer_date", "tom", answer="refuse", wanted_on=WANTED, reason=word)
    done(world, changed=word)
    act(world, "resume", reason=word)
    act(world, "withdraw", "tom", reason=word)
    trail = world.rows(AuditEvent, AuditEvent.subject == "action:1")
    assert [each.event for each in trail] == [
        "action made", "action refused", "action accepted", "action note", "action evidence",
        "action date asked", "action date refused", "action done", "action resumed",
        "action withdrawn",
    ]  # fmt: skip
    assert word.lower() not in repr(trail).lower()
