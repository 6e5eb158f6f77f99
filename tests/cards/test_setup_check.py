"""Step 6 says what will happen before it happens, and starts only what can start."""

import pytest

from cards.setup_check import check, started
from cards.submissions import OnReview, SetupShow, parse
from tests.cards.harness import actions, button, press, read, texts
from tests.cards.samples_setup import BLOCKERS, LEAD, WARNING, all_cards, check_step

CARDS = all_cards()
CHANGES = {
    "Change the details": "details",
    "Change the scope": "scope",
    "Change the dates": "pace",
    "Change the group": "group",
    "Change the area leads": "leads",
}


def after(card: dict[str, object], label: str) -> str:
    said = texts(card)
    return said[said.index(label) + 1]


def test_what_will_happen_is_told_with_real_dates_and_minutes() -> None:
    card = CARDS["check"].content
    assert after(card, "In scope") == "All 23 areas"
    assert after(card, "First message") == "Monday 11 January 2027"
    assert after(card, "First round ends") == "Monday 22 February 2027 at 5pm"
    assert after(card, "Group") == "5 members"
    assert after(card, "Each is asked") == "86 statements"
    assert after(card, "Time for each") == (
        "About 1 hour 2 minutes in all. About 18 minutes in the fullest week."
    )
    assert after(card, "Areas 1 to 5") == "Monday 11 January 2027 to Monday 25 January 2027"


@pytest.mark.covers("R12")
def test_missing_perspectives_are_named_and_stop_nothing() -> None:
    said = texts(CARDS["check"].content)
    assert "Nobody speaks yet for: Volunteers, Care board and partners." in said
    assert "You can start all the same, and add people later." in said
    assert "Good to know" not in texts(CARDS["check with nothing missing"].content)


def test_a_group_too_small_to_agree_is_worth_knowing() -> None:
    said = texts(CARDS["check with a warning"].content)
    assert WARNING in said
    only = check(check_step(missing=(), warnings=(WARNING,))).content
    assert after(only, "Good to know") == WARNING


def test_who_will_see_names_is_said() -> None:
    hidden = "You see names once a round closes. Area leads do not. Other members never do."
    assert after(CARDS["check"].content, "Names") == hidden
    shown = "You see names once a round closes. Area leads do too. Other members never do."
    assert after(CARDS["check with a warning"].content, "Names") == shown


def test_people_without_teams_are_named_with_who_records() -> None:
    told = "Doris Whitfield. Area leads are asked to record their answers."
    assert after(CARDS["check"].content, "Without Teams") == told
    assert "Without Teams" not in read(CARDS["check with nothing missing"].content)


def test_it_is_honest_about_what_a_review_is() -> None:
    line = "There is no pass or fail. This does not assess performance."
    assert line in texts(CARDS["check"].content)


def test_the_review_starts_from_here() -> None:
    card = CARDS["check"].content
    assert "Everything is ready. Nothing goes out before you start." in texts(card)
    sent = press(card, "Start the review")
    assert sent["verb"] == "setup.start"
    assert isinstance(parse(sent["verb"], sent["data"]), OnReview)
    assert button(card, "Back")["data"]["step"] == "leads"


def test_what_stands_in_the_way_is_said_and_there_is_no_start() -> None:
    card = CARDS["check blocked"].content
    said = texts(card)
    assert said.index("Before you can start") < said.index(BLOCKERS[0]) < said.index(BLOCKERS[1])
    assert said[said.index(BLOCKERS[1]) + 1] == "Change the details"
    assert "Start the review" not in said
    assert "You can start all the same, and add people later." not in said


def test_what_is_not_set_yet_is_left_out() -> None:
    said = texts(CARDS["check blocked"].content)
    labels = {"In scope", "First message", "First round ends", "Group", "Each is asked"}
    assert labels.isdisjoint(said)
    assert "Time for each" not in said
    assert "Nobody speaks yet" not in read(CARDS["check blocked"].content)


def test_warnings_about_a_review_that_cannot_start_do_not_say_it_can() -> None:
    said = texts(check(check_step(blockers=BLOCKERS)).content)
    assert "Good to know" in said
    assert "You can start all the same, and add people later." not in said


@pytest.mark.parametrize("name", ["check", "check blocked"])
def test_every_step_can_be_reached_from_the_check(name: str) -> None:
    card = CARDS[name].content
    for title, step in CHANGES.items():
        action = button(card, title)
        shown = parse(action["verb"], action["data"])
        assert isinstance(shown, SetupShow)
        assert shown.step == step


# --- after the start ------------------------------------------------------------------------------


def test_after_the_start_the_lead_knows_what_comes_next() -> None:
    said = texts(CARDS["started"].content)
    assert said[0] == "Your review has started"
    assert (
        "On Monday 11 January 2027 each member gets a message with areas 1 to 5. "
        "They can answer until 5pm on Monday 25 January 2027."
    ) in said
    assert "You have nothing to send. You can remind people from “outstanding”." in said
    assert (
        "The first round ends at 5pm on Monday 22 February 2027. "
        "When an area closes, we ask its lead to write the draft."
    ) in said
    assert "Without Teams: Doris Whitfield. Area leads are asked to record their answers." in said
    assert "You can see who has answered. You cannot see what they said." in said


def test_a_started_review_becomes_the_review_card() -> None:
    card = CARDS["started"].content
    assert card["refresh"]["userIds"] == [LEAD]
    assert card["refresh"]["action"]["verb"] == "review.show"
    assert [each["verb"] for each in actions(card) if "verb" in each] == [
        *("review.show", "outstanding.show")
    ]


def test_a_start_without_dates_or_people_without_teams_stays_short() -> None:
    said = texts(started(check_step(timetable=(), without_teams=())).content)
    assert "Show every date" not in said
    assert not [line for line in said if line.startswith("Without Teams")]
