"""What may be typed as local words: names do nothing in a heading, a button or a spreadsheet."""

import pytest

from eocif.rules.local_words import (
    LONGEST_NAME,
    name_problem,
    perspective_problem,
    too_long,
    voice_problem,
)
from eocif.rules.perspectives import PERSPECTIVES, Voice


@pytest.mark.parametrize(
    "name",
    ["Trustees", "People’s panel (2026)", "A & E", "Children, young people - and carers", "Élan"],
)
def test_ordinary_names_are_taken(name: str) -> None:
    assert name_problem("The name", name) is None
    assert perspective_problem(name, PERSPECTIVES) is None


@pytest.mark.parametrize(
    "name",
    ["Very **bold**", "a [link](http://x)", "Ann <at>Ann</at>", "On {{DATE(2020-01-01)}}",
     "Ann\nBob", "x=1+1", "www.example.org", "Some `code`", "a_b_c", "tea ☕"],
)  # fmt: skip
def test_a_name_that_a_card_or_a_spreadsheet_might_act_on_is_refused(name: str) -> None:
    assert name_problem("The name", name) == (
        "The name can hold letters, numbers, spaces and simple punctuation only."
    )


@pytest.mark.parametrize("name", ["=1", "-1", "(a)", "’s", "*x", ""])
def test_a_name_begins_with_a_letter_or_a_number(name: str) -> None:
    assert name_problem("The short title", name) == (
        "The short title must begin with a letter or a number."
    )


def test_what_is_too_long_says_how_much_to_cut() -> None:
    assert name_problem("The name", "x" * (LONGEST_NAME + 3)) == (
        "The name is too long. Cut 3 characters. What you typed is still here."
    )
    assert too_long("The reason", "x" * 5, 5) is None
    assert too_long("The reason", "x" * 6, 5) == (
        "The reason is too long. Cut 1 character. What you typed is still here."
    )
    assert too_long("The reason", "x" * 3_001, 5) == (
        "The reason is far too long. Only its first 3,000 characters fit."
    )


def test_a_perspective_needs_a_name_of_its_own() -> None:
    assert perspective_problem("", PERSPECTIVES) == "Type a name for this perspective."
    assert perspective_problem("<x>", ()) is not None
    taken = "There is already a perspective with this name. Choose another name."
    assert perspective_problem("local healthwatch", PERSPECTIVES) == taken
    assert perspective_problem("HEALTHWATCH", PERSPECTIVES) == taken


@pytest.mark.parametrize("name", ["Other perspectives", "everyone", "Everyone else"])
def test_a_name_of_a_merged_group_would_mix_them_up(name: str) -> None:
    assert perspective_problem(name, PERSPECTIVES) == (
        "Results use this name for merged groups. Choose another name."
    )


def test_a_voice_is_one_of_three() -> None:
    assert {voice_problem(each.value) for each in Voice} == {None}
    assert voice_problem("") == "Choose whose voice this perspective is."
