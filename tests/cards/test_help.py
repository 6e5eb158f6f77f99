"""What can be typed, and whom to ask."""

from dataclasses import replace

import pytest

from cards.help import DOES, help_card
from cards.submissions import Show, parse
from cards.time_shapes import HabitsShow
from eocif.rules.said import IN_A_CHANNEL, IN_A_CHAT
from eocif.summaries import Help
from tests.cards.harness import actions, press, read, texts
from tests.cards.samples_short import CONTACT, IN_CHANNEL, NEAREST, asked


def listed(summary: Help) -> list[str]:
    """The words that the card explains, in its order."""
    return [
        text.split("”")[0].removeprefix("“")
        for text in texts(help_card(summary).content)
        if text.startswith("“") and "”" in text
    ]


def test_every_word_is_explained() -> None:
    assert {*IN_A_CHAT, *IN_A_CHANNEL} == set(DOES)


def test_each_word_says_what_it_does() -> None:
    assert listed(asked()) == [
        "help", "my areas", "outstanding", "actions", "worksheet", "digest", "review",
        "start a review",
    ]  # fmt: skip
    assert "“outstanding” shows leads who has not answered yet." in texts(
        help_card(asked()).content
    )


def test_only_those_who_may_start_a_review_are_told_how() -> None:
    assert "start a review" not in listed(asked(may_start=False))


def test_what_was_not_understood_gets_the_nearest_words_first() -> None:
    shown = texts(help_card(asked(understood=False, commands=NEAREST)).content)
    assert shown[0] == "We did not understand that"
    assert shown[1] == "Did you mean “outstanding” or “my areas”?"
    assert listed(asked(understood=False, commands=NEAREST))[0] == "outstanding"


def test_a_guess_that_this_person_cannot_use_is_left_out() -> None:
    commands = ("digest", "start a review", "review", "help")
    unsure = asked(understood=False, may_start=False, commands=commands)
    assert "Did you mean “digest” or “review”?" in texts(help_card(unsure).content)


@pytest.mark.covers("R72")
def test_help_names_the_local_lead_and_the_frameworks_contact() -> None:
    shown = read(help_card(asked()).content)
    assert "Your lead is Amina Yusuf. Ask them about dates, the review group or your answers." in (
        shown
    )
    assert CONTACT == "england.peopleandcommunities@nhs.net"
    assert f"For questions about the framework itself, write to {CONTACT}." in shown


def test_without_a_review_help_says_who_else_can_tell() -> None:
    shown = read(help_card(asked(lead_name="")).content)
    assert "Your provider’s experience of care lead can tell you about its reviews." in shown
    assert "Your lead is" not in shown


def test_help_says_that_nothing_is_assessed() -> None:
    for summary in (asked(), IN_CHANNEL):
        assert "There is no pass or fail. This does not assess performance." in read(
            help_card(summary).content
        )


def test_my_areas_can_be_pressed_instead_of_typed() -> None:
    pressed = press(help_card(asked()).content, "My areas")
    assert (pressed["verb"], parse(pressed["verb"], pressed["data"])) == ("mine.show", Show())


def test_how_often_we_write_has_no_word_but_a_button() -> None:
    pressed = press(help_card(asked()).content, "Reminders and leave")
    assert (pressed["verb"], parse(pressed["verb"], pressed["data"])) == (
        "habits.show", HabitsShow(),
    )  # fmt: skip


def test_in_a_channel_help_is_short_and_names_nobody() -> None:
    card = help_card(IN_CHANNEL).content
    assert listed(IN_CHANNEL) == ["start a review", "status", "help"]
    assert "Mention this app in the channel, then type one of these." in texts(card)
    assert "Amina" not in read(card)
    assert actions(card) == []


def test_in_a_channel_a_guess_is_one_of_its_own_words() -> None:
    shown = texts(help_card(replace(IN_CHANNEL, understood=False)).content)
    assert "Did you mean “start a review” or “status”?" in shown
