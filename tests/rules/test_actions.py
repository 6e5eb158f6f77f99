from datetime import date

import pytest

from eocif.rules import actions
from eocif.rules.actions import Event, Status, problem, tidied

TODAY = date(2027, 1, 12)
TOO_LONG = "x" * 2_001


@pytest.mark.parametrize(
    ("field", "typed", "stored"),
    [
        ("title", "none", "none"),
        ("measure", "None", "none"),
        ("owner", "NONE", "none"),
        ("deadline", "1 April 2027", "2027-04-01"),
        ("deadline", "2027-04-01", "2027-04-01"),
        ("deadline", "soon", "soon"),
        ("tags", "felt,nqb_1a", "nqb_1a,felt"),
        ("tags", "none,felt,,felt", "felt"),
        ("tags", "felt,made_up", "felt,made_up"),
        ("collects_data", "yes", "yes"),
    ],
)
def test_values_are_compared_as_they_are_stored(field: str, typed: str, stored: str) -> None:
    assert tidied(field, typed) == stored


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("title", "", "Say in a few words what will be done."),
        ("title", "\u202e \n", "Say in a few words what will be done."),
        ("title", "None", "Say in a few words what will be done."),
        ("title", TOO_LONG, "“What will be done” is 1 character too long."),
        ("measure", TOO_LONG, "“How we will measure it” is 1 character too long."),
        ("looked_at", TOO_LONG, "“Existing evidence that was looked at first” is 1 character"),
        ("deadline", "soon", "We could not read this date. Type it like 18 February 2028."),
        ("deadline", "2027-01-11", "Monday 11 January 2027 has passed. Choose today or later."),
        ("deadline", "2032-01-13", "Tuesday 13 January 2032 is too far ahead."),
        ("collects_data", "perhaps", "Choose yes or no."),
        ("tags", "made_up", "Choose tags from the list."),
    ],
)
def test_a_field_that_cannot_be_taken_says_why(field: str, value: str, sentence: str) -> None:
    assert (problem(field, value, today=TODAY) or "").startswith(sentence)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", "Ask people"), ("measure", "none"), ("deadline", "none"), ("deadline", ""),
        ("deadline", "2027-01-12"), ("deadline", "2032-01-12"), ("collects_data", "no"),
        ("tags", "nqb_1a,felt"), ("tags", "none"), ("owner", "7"),
    ],
)  # fmt: skip
def test_anything_else_is_taken(field: str, value: str) -> None:
    assert problem(field, value, today=TODAY) is None


@pytest.mark.covers("R71")
def test_new_data_are_collected_only_where_existing_evidence_was_looked_at() -> None:
    sentence = "Say which existing evidence was looked at before collecting new data."
    assert actions.looked_at_problem("yes", "") == sentence
    assert actions.looked_at_problem("yes", "none") == sentence
    assert actions.looked_at_problem("yes", "The FFT of 2026.") is None
    assert actions.looked_at_problem("no", "") is None


def test_whoever_is_named_by_hand_needs_a_name_that_fits() -> None:
    assert actions.name_problem("\u200b ") == "Type the name of the person who will do it."
    assert actions.name_problem("x" * 203) == "This name is too long. Cut 3 characters."
    assert actions.name_problem("Doris Whitfield") is None


def test_reasons_and_what_changed_are_needed_and_fit() -> None:
    for nothing in (" ", "none", "None "):
        assert actions.reason_problem(nothing) == "Say why, in a few words."
    assert actions.reason_problem("We moved.") is None
    assert (actions.reason_problem(TOO_LONG) or "").startswith("“Reason” is 1 character")
    assert (actions.changed_problem("") or "").startswith("Say in a sentence what changed")
    assert actions.changed_problem("Nothing yet") is None
    assert (actions.changed_problem(TOO_LONG) or "").startswith("“What changed for people” is 1")


def test_another_date_is_a_date_to_come_and_not_the_deadline_again() -> None:
    def wanted(day: str) -> str | None:
        return actions.wanted_problem(day, deadline=date(2027, 4, 1), today=TODAY)

    assert wanted("") == wanted("None") == "Choose the date that would work."
    assert wanted("1 April 2027") == (
        "The deadline is Thursday 1 April 2027 already. Choose another date."
    )
    assert (wanted("2027-01-11") or "").startswith("Monday 11 January 2027 has passed.")
    assert wanted("2027-03-01") is None
    assert actions.wanted_problem("2027-03-01", deadline=None, today=TODAY) is None


@pytest.mark.covers("R37")
def test_what_stands_before_sign_off_is_gathered_by_what_is_missing() -> None:
    assert actions.needed(no_owner=[2], refused=[], no_deadline=[]) == (
        "1 action in area 2 needs an owner.",
    )
    assert actions.needed(no_owner=[2, 2, 5], refused=[3], no_deadline=[1, 2, 3]) == (
        "3 actions in areas 2 and 5 need an owner.",
        "1 action in area 3 needs another owner.",
        "3 actions in areas 1 to 3 need a deadline.",
    )
    assert actions.needed(no_owner=[], refused=[], no_deadline=[]) == ()


def test_every_status_has_words_and_is_open_or_settled() -> None:
    assert actions.IN_WORDS.keys() == set(Status) == actions.OPEN | actions.SETTLED
    assert not actions.OPEN & actions.SETTLED
    assert len(set(Event)) == 14
