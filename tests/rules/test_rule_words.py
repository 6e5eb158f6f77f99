"""The agreement rule in plain words, the same for every preset and threshold."""

from eocif.rules.agreement import RAND, RULES, Settings
from eocif.rules.rule_words import PRESETS, needed, take_part_in_words


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
