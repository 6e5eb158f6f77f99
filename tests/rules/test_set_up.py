"""What the set-up's lines may hold: each problem as the sentence a person reads."""

import pytest

from eocif.rules.set_up import LONGEST_LINE, LONGEST_TYPED, details_problem, rules_problem


@pytest.mark.parametrize(
    ("length", "sentence"),
    [
        (LONGEST_LINE, None),
        (
            LONGEST_LINE + 5,
            "Provider is too long. Cut 5 characters. What you typed is still here.",
        ),
        (LONGEST_TYPED + 1, "Provider is far too long. Only its first 3,000 characters fit."),
    ],
)
def test_a_long_line_says_what_to_cut_and_what_is_kept(length: int, sentence: str | None) -> None:
    assert details_problem("provider", "x" * length) == sentence


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("rating_unit", "area", None),
        ("rating_unit", "section", "Choose one of the answers on the list."),
        ("agreement_rule", "rand", None),
        ("agreement_rule", "half", "Choose one of the answers on the list."),
        ("least_people", "3", None),
        ("least_people", "2", "Type a whole number of people from 3 to 50."),
        ("least_perspectives", "11", "Type a whole number of perspectives from 1 to 10."),
        ("least_lived", "0", None),
        ("confirm_days", "soon", "Type a whole number of working days from 1 to 60."),
        ("colour", "red", "This card does not have that question."),
    ],
)
def test_a_rule_that_cannot_be_says_what_can(field: str, value: str, sentence: str | None) -> None:
    assert rules_problem(field, value) == sentence
