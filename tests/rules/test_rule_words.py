"""The agreement rule in plain words, the same for every preset and threshold."""

import pytest

from eocif.rules.agreement import DEFAULT, RAND, RULES, Settings, verdict
from eocif.rules.rule_words import PRESETS, needed, rule_in_words, take_part_in_words


def test_every_preset_has_its_words() -> None:
    assert tuple(PRESETS) == RULES


def test_who_must_take_part_is_said_in_one_sentence() -> None:
    assert take_part_in_words(Settings()) == (
        "An area can be agreed only if 5 people from 3 perspectives rate it, "
        "at least one with lived experience."
    )
    assert take_part_in_words(Settings(3, 1, 0)) == (
        "An area can be agreed only if 3 people from 1 perspective rate it."
    )


def test_the_rand_style_names_the_eight_people_it_needs() -> None:
    assert needed(Settings(5, 3, 2, RAND)) == (
        "8 people", "3 perspectives", "2 with lived experience",
    )  # fmt: skip
    assert needed(Settings(12, 3, 1, RAND)).people == "12 people"


# --- as reports print it ----------------------------------------------------------------------


def test_the_rule_is_told_with_its_share_its_least_and_that_it_is_ours() -> None:
    said = " ".join(rule_in_words(DEFAULT))
    assert "at least 3 in 4 of the people who rated it chose the same level" in said
    assert "5 people from 3 perspectives" in said
    assert "at least one with lived experience" in said
    assert "set before round 1" in said
    assert "The rule is ours" in said


def test_what_was_set_is_what_is_told() -> None:
    said = " ".join(rule_in_words(Settings(1, 1, 0, "seventy")))
    assert "7 in 10" in said
    assert "1 person from 1 perspective must have rated it." in said


def test_the_other_count_rule_is_told_by_examples_that_it_keeps() -> None:
    said = " ".join(rule_in_words(Settings(rule=RAND)))
    assert "at most 2 of 8, 3 of 11, 4 of 14" in said
    assert "At least 8 people" in said
    for others, rated in ((2, 8), (3, 11), (4, 14)):
        agreed = verdict((0, others, rated - others, 0), settings=Settings(rule=RAND))
        further = verdict((0, others + 1, rated - others - 1, 0), settings=Settings(rule=RAND))
        assert (agreed.kind, further.level) == ("agreed", None)


@pytest.mark.parametrize("rule", RULES)
def test_every_sentence_of_every_rule_is_short(rule: str) -> None:
    for sentence in " ".join(rule_in_words(Settings(rule=rule))).split(". "):
        assert len(sentence.split()) <= 20, sentence
