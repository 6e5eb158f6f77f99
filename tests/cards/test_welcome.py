"""A person's first message."""

import pytest

from cards.submissions import Show, parse
from cards.welcome import welcome
from eocif.summaries import Feedback, Welcome
from tests.cards.harness import press, read, texts
from tests.cards.samples_short import HEAD

MEMBER = Welcome("Kasia", False, (HEAD,))
NEWCOMER = Welcome("Amina", True, ())


def test_it_says_who_we_are_and_that_nothing_is_assessed() -> None:
    assert texts(welcome(MEMBER).content)[1] == (
        "Hello Kasia. This app helps review groups use NHS England’s Experience of care "
        "improvement framework. There is no pass or fail. This does not assess performance."
    )


def test_it_names_the_review_and_its_lead() -> None:
    shown = texts(welcome(MEMBER).content)
    start = shown.index("You take part in")
    assert shown[start + 1 : start + 3] == [
        "Experience of care review 2027 · Northmoor NHS Trust",
        "Your lead is Amina Yusuf.",
    ]


def test_without_a_review_there_is_nothing_to_do() -> None:
    assert "There is nothing for you to do now." in texts(welcome(NEWCOMER).content)


def test_it_says_how_often_we_write() -> None:
    shown = read(welcome(MEMBER).content)
    assert "While areas are open you get one message a week." in shown
    assert "You never get more than one message on a working day that you did not ask for." in shown


@pytest.mark.covers("R27")
def test_it_says_who_sees_what_and_asks_not_to_describe_anyone() -> None:
    shown = read(welcome(MEMBER).content)
    assert "Your answers are confidential." in shown
    assert "Nobody else sees them before a round closes, not even the lead." in shown
    assert "Please do not name or describe someone who could be recognised." in shown


def test_only_those_who_may_start_a_review_are_told_how() -> None:
    assert "“start a review” sets up a new review." in texts(welcome(NEWCOMER).content)
    assert "start a review" not in read(welcome(MEMBER).content)


def test_its_buttons_open_my_areas_and_help() -> None:
    card = welcome(MEMBER, Feedback("Done.")).content
    for title, verb in (("My areas", "mine.show"), ("Help", "help.show")):
        pressed = press(card, title)
        assert (pressed["verb"], parse(pressed["verb"], pressed["data"])) == (verb, Show())


def test_its_preview_names_nobody() -> None:
    assert welcome(MEMBER).preview == "Welcome: how this app works"
