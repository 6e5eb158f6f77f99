"""Something went wrong."""

from cards.problem import problem
from cards.shapes import Show
from cards.submissions import parse
from tests.cards.harness import actions, press, texts
from tests.cards.samples_short import BROKEN, HOSTILE, PROBLEM, TYPED


def test_a_problem_is_a_calm_sentence_with_two_ways_on() -> None:
    card = problem(PROBLEM).content
    assert texts(card) == ["We could not do that", PROBLEM.sentence, "My areas", "Help"]
    for title, verb in (("My areas", "mine.show"), ("Help", "help.show")):
        pressed = press(card, title)
        assert (pressed["verb"], parse(pressed["verb"], pressed["data"])) == (verb, Show())


def test_a_reference_is_there_to_quote() -> None:
    shown = texts(problem(BROKEN).content)
    assert "If you ask for help, give this reference: 7F3A-22C1" in shown


def test_in_a_channel_a_problem_offers_nothing_personal() -> None:
    assert actions(problem(PROBLEM, channel=True).content) == []


def test_its_preview_says_nothing_of_what_happened() -> None:
    assert problem(BROKEN).preview == "We could not do that"


def test_what_was_typed_is_there_to_copy() -> None:
    shown = texts(problem(TYPED).content)
    assert shown[2:5] == ["What you typed, for you to copy", "Porters listen.", HOSTILE]
