"""What is fixed before round 1: the unit, the rule and who must take part, in plain words."""

import pytest

from cards.local_shapes import SetupRules
from cards.submissions import SetupShow, parse
from tests.cards.harness import button, inputs, press, read, texts
from tests.cards.samples_local import NOT_NUMBERS, RULES, all_cards
from tests.cards.samples_setup import LEAD

CARDS = all_cards()


def test_the_unit_says_how_many_levels_it_asks_for() -> None:
    field = inputs(CARDS["rules"].content)["rating_unit"]
    assert {each["value"]: each["title"] for each in field["choices"]} == {
        "indicator": "Each statement: 86 levels in all",
        "area": "Each area as a whole: 23 levels in all",
    }
    assert field["value"] == "indicator"
    assert "Reviews are compared only where both rate the same way." in read(CARDS["rules"].content)


def test_each_rule_says_what_it_means_and_which_is_usual() -> None:
    field = inputs(CARDS["rules"].content)["agreement_rule"]
    assert {each["value"]: each["title"] for each in field["choices"]} == {
        "seventy": "At least 7 in 10 chose the same level",
        "three_quarters": "At least 3 in 4 chose the same level: the usual rule",
        "four_fifths": "At least 4 in 5 chose the same level",
        "rand": "Few chose another level, RAND-style, and 8 people or more rated",
    }
    assert field["value"] == "three_quarters"


def test_numbers_say_their_limits_and_hold_what_is_stored() -> None:
    held = inputs(CARDS["rules"].content)
    assert {name: (held[name]["label"], held[name]["value"]) for name in list(RULES)[2:]} == {
        "least_people": ("Fewest people who rate it, from 3 to 50", "5"),
        "least_perspectives": ("Fewest perspectives among them, from 1 to 10", "3"),
        "least_lived": ("Fewest of them with lived experience, from 0 to 10", "1"),
        "confirm_days": ("Working days for the second round, from 1 to 60", "5"),
    }


def test_it_says_that_it_is_fixed_at_the_start() -> None:
    said = texts(CARDS["rules"].content)
    assert "You need not change any of this. It is fixed once the review starts." in said
    assert "With any rule, a view two or more levels away is heard first." in said


@pytest.mark.parametrize(
    ("title", "go"), [("Save and go to the check", "next"), ("Save and finish later", "stay")]
)
def test_every_way_out_saves_with_what_was_shown(title: str, go: str) -> None:
    sent = press(CARDS["rules"].content, title, rating_unit="area", least_people="7")
    saved = parse(sent["verb"], sent["data"])
    assert isinstance(saved, SetupRules)
    assert (saved.go, saved.rating_unit, saved.least_people) == (go, "area", "7")
    assert set(saved.shown) == set(RULES)


def test_what_was_refused_stays_below_its_reason() -> None:
    card = CARDS["rules refused"].content
    said = texts(card)
    (problem,) = NOT_NUMBERS.problems.values()
    assert said[said.index("Fewest people who rate it, from 3 to 50") - 1] == problem
    held = inputs(card)
    assert held["least_people"]["value"] == "all"
    assert (held["agreement_rule"]["value"], held["rating_unit"]["value"]) == ("seventy", "area")


def test_the_card_renews_itself_and_its_preview_says_what_it_is() -> None:
    face = CARDS["rules"]
    assert face.preview == "Set up your review: how agreement is decided"
    assert face.content["refresh"]["userIds"] == [LEAD]
    shown = parse("setup.show", face.content["refresh"]["action"]["data"])
    assert isinstance(shown, SetupShow)
    assert shown.step == "rules"


# --- on the check -----------------------------------------------------------------------------


def _after(card: dict[str, object], label: str) -> str:
    said = texts(card)
    return said[said.index(label) + 1]


def test_the_check_says_the_unit_the_rule_and_the_thresholds() -> None:
    card = CARDS["check by area"].content
    assert _after(card, "Each is asked") == "23 levels, one for each area as a whole"
    assert _after(card, "A level is agreed") == (
        "When few chose another level, RAND-style, and 8 people or more rated. "
        "An area can be agreed only if 8 people from 4 perspectives rate it, "
        "at least 2 with lived experience."
    )
    assert _after(card, "Second round") == "5 working days to answer the draft"
    assert "Local" not in read(card)
    assert "Not asked" not in read(card)


def test_the_check_says_what_is_local_and_what_is_not_asked() -> None:
    card = CARDS["check with local words"].content
    assert _after(card, "Local statements") == "L1"
    assert _after(card, "Local words") == "2 titles or lines of help"
    reason = "A small charity: people come to the manager."
    assert _after(card, "Not asked: 13a, 13b and 13c") == reason


@pytest.mark.parametrize(
    ("title", "step"),
    [("Change how agreement is decided", "rules"), ("Add or change local words", "local")],
)
def test_both_side_steps_are_reached_from_the_check(title: str, step: str) -> None:
    action = button(CARDS["check by area"].content, title)
    shown = parse(action["verb"], action["data"])
    assert isinstance(shown, SetupShow)
    assert shown.step == step
