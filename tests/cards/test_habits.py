"""How often we write to someone: three questions, and what they put off."""

from dataclasses import replace
from datetime import date

import pytest

from cards.habits import habits, way_in
from cards.submissions import parse
from cards.time_shapes import HabitsBack, HabitsSave, HabitsShow, HabitsWake
from eocif.summaries import Feedback
from tests.cards.harness import Card, actions, inputs, parts, press, read, texts
from tests.cards.samples_habits import (
    LEAVE,
    MISTAKES,
    PUT_OFF,
    TODAY,
    USER,
    all_cards,
    asked,
    drawn,
)

AWAY = replace(LEAVE, away_from=date(2027, 1, 11), away_until=date(2027, 1, 29))


def at_first_sight(card: Card) -> list[str]:
    """The inputs that are not folded away."""
    folded = [node for node in parts(card) if node.get("isVisible") is False]
    hidden = {name for node in folded for name in inputs({"body": [node]})}
    return [name for name in inputs(card) if name not in hidden]


def test_at_first_sight_it_asks_how_often_and_in_which_hours_alone() -> None:
    card = drawn(asked()).content
    assert at_first_sight(card) == ["how_often", "from_hour", "until_hour"]
    assert list(inputs(card))[3:] == ["away_from", "away_until", "deputy"]
    assert "I will be away" in [each["title"] for each in actions(card)]


def test_it_shows_what_is_stored() -> None:
    held = {name: each.get("value") for name, each in inputs(drawn(asked(LEAVE)).content).items()}
    assert held == {
        "how_often": "weekly", "from_hour": "10", "until_hour": "12",
        "away_from": "2027-02-01", "away_until": "2027-02-12", "deputy": "4",
    }  # fmt: skip


@pytest.mark.parametrize("name", ["leave to come", "away", "mistakes"])
def test_leave_stands_open_where_there_is_some_or_something_to_put_right(name: str) -> None:
    card = all_cards()[name].content
    assert len(at_first_sight(card)) == 6
    assert "I will be away" not in read(card)


def test_saving_sends_the_answers_and_what_the_card_showed() -> None:
    summary = asked()
    pressed = press(drawn(summary).content, "Save my choices", how_often="weekly")
    sent = parse(pressed["verb"], pressed["data"])
    assert isinstance(sent, HabitsSave)
    assert (sent.how_often, sent.shown) == ("weekly", dict(summary.shown))


def test_what_was_typed_comes_back_with_what_is_wrong_beside_it() -> None:
    card = drawn(asked(), MISTAKES).content
    held = {name: each.get("value") for name, each in inputs(card).items()}
    assert held["away_from"] == "after half-term"
    assert (held["from_hour"], held["until_hour"], held["deputy"]) == ("15", "16", "4")
    shown = texts(card)
    for problem in MISTAKES.problems.values():
        assert problem in shown
    assert "refresh" not in card


def test_who_is_away_is_told_and_can_come_back_early() -> None:
    card = drawn(asked(AWAY, is_away=True)).content
    assert "You are away until Friday 29 January 2027" in texts(card)
    assert "We do not write to you before it is over." in texts(card)
    back = press(card, "I am back")
    assert isinstance(parse(back["verb"], back["data"]), HabitsBack)
    assert "I am not going away" not in read(card)


def test_leave_to_come_can_be_taken_out() -> None:
    card = drawn(asked(LEAVE)).content
    out = press(card, "I am not going away")
    assert isinstance(parse(out["verb"], out["data"]), HabitsBack)
    assert "I am back" not in read(card)


def test_each_thing_put_off_has_its_day_and_a_way_back_the_soonest_first() -> None:
    card = drawn(asked(snoozed=PUT_OFF)).content
    shown = texts(card)
    first = shown.index("Your work on area 14 · until Wednesday 20 January 2027")
    then = shown.index("Ring carers back within two days · until Friday 29 January 2027")
    assert first < then
    again = press(card, "Remind me of this again")
    sent = parse(again["verb"], again["data"])
    assert isinstance(sent, HabitsWake)
    assert sent.subject == "area:14"
    assert "What you put off" not in read(drawn(asked()).content)


def test_a_long_list_of_things_put_off_is_cut_and_says_so() -> None:
    titles = [each["title"] for each in actions(drawn(asked(snoozed=PUT_OFF * 6)).content)]
    assert titles.count("Remind me of this again") == 10
    more = "There are more. Each comes back by itself."
    assert more in read(drawn(asked(snoozed=PUT_OFF * 6)).content)
    assert more not in read(drawn(asked(snoozed=PUT_OFF * 5)).content)


def test_a_deputy_sees_for_whom_they_stand_in() -> None:
    shown = texts(drawn(asked(stands_in_for=("Sunil Rao", "Tom Okafor"))).content)
    assert (
        "You stand in today for Sunil Rao and Tom Okafor. We remind you of their actions." in shown
    )


def test_where_nobody_could_stand_in_it_does_not_ask() -> None:
    assert "deputy" not in inputs(drawn(asked(LEAVE, deputies=())).content)


def test_it_renews_itself_for_its_person_and_never_wipes_what_was_typed() -> None:
    renewed = drawn(asked(), Feedback("Saved.")).content["refresh"]
    assert renewed["userIds"] == [USER]
    assert isinstance(parse(renewed["action"]["verb"], renewed["action"]["data"]), HabitsShow)
    assert "refresh" not in habits(asked()).content
    assert TODAY.isoformat() not in str(renewed)


def test_other_cards_lead_here_and_send_nothing_of_theirs() -> None:
    button = way_in().render()
    assert button["associatedInputs"] == "none"
    assert isinstance(parse(button["verb"], button.get("data", {})), HabitsShow)
