"""What someone says about an action: what each form asks, and that nothing typed is lost."""

from dataclasses import replace

import pytest

from cards.action_forms import (
    A_TITLE,
    FORMS,
    answer_date,
    ask_date,
    done,
    note,
    refuse,
    resume,
    withdraw,
)
from cards.submissions import parse
from cards.time_shapes import (
    ActionAnswerDate,
    ActionAskDate,
    ActionDone,
    ActionNote,
    ActionRefuse,
    ActionResume,
    ActionShow,
    ActionWithdraw,
)
from eocif.action_summaries import ActionSummary
from eocif.summaries import Feedback
from tests.cards.harness import Card, actions, button, inputs, press, read, texts
from tests.cards.samples_actions import (
    DONE,
    LATER,
    MINE,
    NONCE,
    OVERDUE,
    OWN,
    PROBLEM,
    TITLE,
    TO_ANSWER,
    UNDATED,
    summary_of,
)
from tests.cards.samples_lead_work import LONG, TOO_LONG


def titles(card: Card) -> list[str]:
    """The buttons, in order."""
    return [each["title"] for each in actions(card)]


# --- each form ------------------------------------------------------------------------------


def test_not_mine_needs_a_reason_and_goes_back_to_the_lead() -> None:
    card = refuse(OWN).content
    assert "It goes back to the area’s lead, with the reason. They find another owner." in (
        texts(card)
    )
    assert inputs(card)["reason"]["isRequired"] is True
    pressed = press(card, "Not mine", reason="I have left.")
    assert parse(pressed["verb"], pressed["data"]) == ActionRefuse(action=1, reason="I have left.")


def test_a_lead_says_not_theirs_for_someone_without_teams() -> None:
    card = refuse(summary_of(UNDATED)).content
    assert texts(card)[0] == "Not theirs?"
    assert titles(card) == ["Not theirs", "Back to the action"]


def test_a_note_can_bring_evidence_with_a_link_and_needs_none() -> None:
    card = note(OWN, nonce=NONCE).content
    assert not any(each.get("isRequired") for each in inputs(card).values())
    wanted = ActionNote(action=1, nonce=NONCE, note="Half way.", evidence="", link="")
    pressed = press(card, "Save this note", note="Half way.")
    assert parse(pressed["verb"], pressed["data"]) == wanted
    whole = press(card, "Save this note", evidence="Twelve.", link="https://example.org")
    assert parse(whole["verb"], whole["data"]) == replace_note(wanted)
    assert "Please do not name or describe someone who could be recognised." in read(card)


def replace_note(wanted: ActionNote) -> ActionNote:
    return wanted.model_copy(
        update={"note": "", "evidence": "Twelve.", "link": "https://example.org"}
    )


def test_a_note_that_came_back_keeps_its_nonce_so_that_it_is_taken_once() -> None:
    again = note(OWN, Feedback(is_problem=True, typed={"nonce": NONCE}), nonce="cd" * 8)
    assert button(again.content, "Save this note")["data"]["nonce"] == NONCE


def test_another_date_needs_the_day_and_why() -> None:
    card = ask_date(OWN).content
    assert {name: field["isRequired"] for name, field in inputs(card).items()} == {
        "wanted_on": True, "reason": True,
    }  # fmt: skip
    pressed = press(card, "Ask for this date", wanted_on="2027-04-30", reason="The printer.")
    wanted = ActionAskDate(action=1, wanted_on="2027-04-30", reason="The printer.")
    assert parse(pressed["verb"], pressed["data"]) == wanted


@pytest.mark.parametrize(
    ("title", "answer"), [("Agree to this date", "agree"), ("Keep the date as it is", "refuse")]
)
def test_the_lead_agrees_to_the_date_that_the_card_shows_or_keeps_the_old(
    title: str, answer: str
) -> None:
    card = answer_date(TO_ANSWER).content
    shown = texts(card)
    assert "Asked for: Friday 30 April 2027" in shown
    assert "The reason: The printer is late." in shown
    pressed = press(card, title, reason="The board meets.")
    wanted = {"action": 8, "answer": answer, "wanted_on": LATER.isoformat()}
    assert parse(pressed["verb"], pressed["data"]) == ActionAnswerDate(
        **wanted, reason="The board meets."
    )


def test_where_no_other_date_is_asked_for_there_is_nothing_to_answer() -> None:
    card = answer_date(OWN).content
    assert "No other date is asked for now." in texts(card)
    assert titles(card) == ["Back to the action"]


def test_a_date_asked_for_without_a_reason_has_no_empty_line() -> None:
    assert "The reason" not in read(answer_date(replace(TO_ANSWER, wanted_because="")).content)


def test_done_asks_what_changed_for_people() -> None:
    card = done(OWN).content
    assert inputs(card)["changed"]["label"].startswith("What changed for people?")
    pressed = press(card, "It is done", changed="They are asked.")
    assert parse(pressed["verb"], pressed["data"]) == ActionDone(
        action=1, changed="They are asked."
    )


def test_withdrawing_and_taking_up_again_need_a_reason() -> None:
    gone = press(withdraw(OWN).content, "Withdraw this action", reason="Closed.")
    assert parse(gone["verb"], gone["data"]) == ActionWithdraw(action=1, reason="Closed.")
    back = press(resume(summary_of(DONE)).content, "Take it up again", reason="It is not.")
    assert parse(back["verb"], back["data"]) == ActionResume(action=4, reason="It is not.")


# --- what holds for all ---------------------------------------------------------------------

EVERY = pytest.mark.parametrize("name", list(FORMS))


@EVERY
def test_each_form_says_which_action_it_is_about_and_leads_back_to_it(name: str) -> None:
    card = FORMS[name](TO_ANSWER).content
    assert TITLE in texts(card)
    assert "Due on Thursday 1 April 2027." in texts(card)
    pressed = press(card, "Back to the action")
    assert parse(pressed["verb"], pressed["data"]) == ActionShow(action=8)
    assert "refresh" not in card


def test_a_long_title_leaves_room_for_what_is_asked() -> None:
    shown = texts(note(summary_of(replace(MINE, title=LONG))).content)
    assert shown[2].endswith("…")
    assert len(shown[2]) <= A_TITLE


@EVERY
def test_each_form_names_no_words_and_no_names_in_its_preview(name: str) -> None:
    assert FORMS[name](TO_ANSWER).preview == "An action for area 9"


@EVERY
def test_what_was_typed_comes_back(name: str) -> None:
    card = FORMS[name](TO_ANSWER, PROBLEM).content
    held = {
        field: shape.get("value") for field, shape in inputs(card).items() if field != "wanted_on"
    }
    typed = dict(PROBLEM.typed)
    assert {field: text for field, text in held.items() if text} == {
        field: typed[field] for field in held if field in typed
    }


@EVERY
def test_what_is_too_long_for_its_input_stands_below_to_copy(name: str) -> None:
    fields = [each for each in inputs(FORMS[name](TO_ANSWER).content) if each != "wanted_on"]
    said = Feedback(is_problem=True, typed=dict.fromkeys(fields, TOO_LONG))
    card = FORMS[name](TO_ANSWER, said).content
    assert "Kept for you to copy" in texts(card)
    assert not any(inputs(card)[each].get("value") for each in fields)


def test_a_day_that_cannot_be_read_stands_above_its_input() -> None:
    shown = texts(ask_date(OWN, PROBLEM).content)
    place = shown.index("You typed: soon")
    assert shown[place + 1] == "We could not read this date."
    picked = Feedback(is_problem=True, typed={"wanted_on": "2027-04-30", "reason": LONG})
    card = ask_date(OWN, picked).content
    assert inputs(card)["wanted_on"]["value"] == "2027-04-30"
    assert "You typed" not in read(card)


@pytest.mark.parametrize(
    ("summary", "is_late"), [(summary_of(OVERDUE), True), (summary_of(MINE), False)]
)
def test_a_form_says_when_it_was_due(summary: ActionSummary, is_late: bool) -> None:
    assert ("12 days ago" in read(note(summary).content)) is is_late
