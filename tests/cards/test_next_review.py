"""Before the next review and before an area is rated again: what is taken along, and what not."""

from dataclasses import replace

import pytest

from cards.next_review import next_review, rerate
from cards.sign_off import sign_off
from cards.spreads import last_time
from cards.submissions import parse
from cards.time_shapes import DatesShow, NextStart, RerateShow, RerateStart
from cards.worksheet import worksheet
from cards.worksheet_shapes import SignOffDo
from eocif.rules.framework import edition
from tests.cards.harness import actions, button, inputs, press, read, texts
from tests.cards.samples_dates import (
    AGAIN,
    BARE,
    BEFORE_ON,
    NEXT,
    NONCE,
    SIGNED_OFF,
    all_cards,
)
from tests.cards.samples_lead import LEAD
from tests.cards.samples_worksheet import READY_STEP, worksheet_of


@pytest.mark.covers("R57")
def test_it_says_what_is_taken_along_and_what_stays() -> None:
    card = next_review(NEXT).content
    shown = texts(card)
    assert "It is due on Monday 4 March 2030." in shown
    along, not_along = shown.index("What it takes along"), shown.index("What stays here")
    assert "".join(shown[along + 1 : along + 2]) == "• Scope: all 23 areas."
    assert shown[along + 2 : not_along] == [
        "• 12 members of the group, with their perspectives and needs.",
        "• 7 open actions, as they stand when it starts.",
        "• The leads of areas, and your settings.",
        "Its first day would be Monday 19 November 2029.",
        "2 people have left the group and are not asked again.",
        "1 member does not get our messages now. Look at the group before you start.",
    ]
    assert shown[not_along + 1 : not_along + 3] == [
        "• Levels, answers and worksheets.",
        "Nobody is shown last time’s levels of an area before its round 1 has closed.",
    ]


def test_what_there_is_none_of_is_left_out() -> None:
    shown = texts(next_review(BARE).content)
    assert "• No action: none is open now." in shown
    assert not any("left the group" in text or "due on" in text for text in shown)


def test_it_is_started_with_one_press_that_can_come_twice() -> None:
    card = next_review(NEXT, for_user=LEAD).content
    pressed = button(card, "Set up the next review")
    assert parse(pressed["verb"], pressed["data"]) == NextStart(review=7, nonce=NONCE)
    back = button(card, "Back to the dates")
    assert parse(back["verb"], back["data"]) == DatesShow(review=7)
    assert card["refresh"]["action"]["verb"] == "next.show"


def test_where_it_is_there_already_it_is_opened() -> None:
    card = next_review(replace(NEXT, next_id=9)).content
    assert "It was started already. There is only one." in texts(card)
    assert button(card, "Open the next review")["verb"] == "next.start"
    assert "What it takes along" not in texts(card)


# --- one area again -------------------------------------------------------------------


@pytest.mark.covers("R48")
def test_rating_an_area_again_is_a_review_of_its_own_that_changes_no_level() -> None:
    card = rerate(AGAIN, for_user=LEAD).content
    shown = texts(card)
    assert "Rate area 5 again?" in shown
    assert "This makes a small review of its own, with its own date and two rounds." in shown
    assert "The levels of this review stay as they are. Reports show the change." in shown
    assert "The next assessment stays on Monday 4 March 2030." in shown
    pressed = button(card, "Set up the new rating of area 5")
    assert parse(pressed["verb"], pressed["data"]) == RerateStart(review=7, area=5, nonce=NONCE)
    renewed = card["refresh"]["action"]
    assert parse(renewed["verb"], renewed["data"]) == RerateShow(review=7, area=5)


def test_where_it_is_being_rated_again_that_is_opened() -> None:
    card = rerate(replace(AGAIN, next_id=9)).content
    assert button(card, "Open the new rating of area 5")["verb"] == "rerate.start"


def test_a_re_rating_is_of_one_area() -> None:
    with pytest.raises(ValueError, match="one area"):
        rerate(NEXT)


def test_an_area_is_rated_again_from_the_worksheet_of_a_signed_off_review_alone() -> None:
    signed = worksheet_of(3, "concluded", head=SIGNED_OFF.head, standing=())
    again = button(worksheet(signed).content, "Rate area 13 again")
    assert parse(again["verb"], again["data"]) == RerateShow(review=7, area=13)
    for other in (
        worksheet_of(3, "concluded", standing=()),
        worksheet_of(3, "set_aside", head=SIGNED_OFF.head, standing=()),
        replace(signed, is_rerating=True),
        replace(signed, may_export=("group",)),
    ):
        titles = [each["title"] for each in actions(worksheet(other).content)]
        assert "Rate area 13 again" not in titles


def test_the_dates_are_a_press_away_from_the_worksheet_once_it_is_signed_off() -> None:
    signed = worksheet_of(0, "concluded", head=SIGNED_OFF.head, standing=())
    dates = button(worksheet(signed).content, "Dates and the next review")
    assert parse(dates["verb"], dates["data"]) == DatesShow(review=7)
    member = replace(signed, may_export=("group",))
    assert "Dates and the next review" not in texts(worksheet(member).content)


@pytest.mark.covers("R55")
def test_the_sign_off_of_a_re_rating_asks_for_no_next_assessment() -> None:
    card = sign_off(replace(READY_STEP, is_rerating=True)).content
    assert inputs(card) == {}
    assert "The next assessment of the whole review stays where it is." in texts(card)
    pressed = press(card, "Sign this review off")
    assert parse(pressed["verb"], pressed["data"]) == SignOffDo(
        review=7, offered=READY_STEP.latest.isoformat()
    )


# --- last time's levels ---------------------------------------------------------------


def test_last_time_is_told_in_words_with_its_day_where_it_is_known() -> None:
    said = last_time(edition(), "progressing", BEFORE_ON)
    assert said == "Last time, on Tuesday 30 January 2024: progressing."
    assert last_time(edition(), "not_agreed", None) == "Last time: not agreed."
    assert last_time(edition(), "", BEFORE_ON) == ""


ON = "Last time, on Tuesday 30 January 2024:"


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("results beside last time's", f"{ON} achieving."),
        ("draft levels beside last time's", f"{ON} achieving."),
        ("a statement beside last time's", f"{ON} excelling."),
        ("a draft beside last time's", "Last time: achieving."),
        ("a member's levels beside last time's", f"{ON} achieving."),
    ],
)
def test_last_times_level_stands_beside_its_statement(name: str, sentence: str) -> None:
    assert sentence in read(all_cards()[name].content)
