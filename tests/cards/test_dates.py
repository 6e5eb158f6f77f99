"""A review's dates and its two forms: what each date means, and nothing typed is lost."""

from dataclasses import replace

import pytest

from cards.dates import dates, digest, meeting
from cards.submissions import parse
from cards.time_shapes import DatesSave, DatesShow, MeetingAdd, MeetingRemove, NextShow
from eocif.summaries import Feedback
from tests.cards.harness import actions, button, inputs, press, read, texts
from tests.cards.samples_answering import HOSTILE
from tests.cards.samples_dates import (
    ALL_WRONG,
    CROWD,
    KASIA,
    NO_DAY,
    NONCE,
    RUNNING,
    RUTH,
    SIGNED_OFF,
    STRANGER,
)
from tests.cards.samples_lead import LEAD


def test_each_meeting_stands_with_the_day_its_papers_close_and_a_way_to_remove_it() -> None:
    card = dates(SIGNED_OFF).content
    shown = texts(card)
    assert "Trust board\nThursday 1 April 2027" in read(card)
    assert "Papers close on Tuesday 16 March 2027." in shown
    assert "Its papers closed on Thursday 4 March 2027." in shown
    removals = [each for each in actions(card) if each["title"] == "Remove this meeting"]
    parsed = [parse(each["verb"], each["data"]) for each in removals]
    assert parsed == [MeetingRemove(review=7, meeting=5), MeetingRemove(review=7, meeting=4)]


def test_of_many_meetings_the_next_ones_are_shown_and_the_others_counted() -> None:
    shown = texts(dates(CROWD).content)
    assert shown.count("Remove this meeting") == 12
    assert "And 28 later meetings." in shown


@pytest.mark.covers("R56")
def test_the_two_clocks_stand_apart_each_with_what_it_means() -> None:
    shown = texts(dates(SIGNED_OFF).content)
    own = shown.index("Your next assessment")
    assert shown[own + 1 : own + 4] == [
        "Monday 4 March 2030.",
        "The whole group rates every area again. "
        "We remind you 12, 6, 3 and 1 months before, and on the day.",
        "Baseline: Thursday 4 March 2027.",
    ]
    framework = shown.index("The framework’s own review")
    assert framework > own
    assert shown[framework + 1 : framework + 4] == [
        "Friday 18 February 2028.",
        "NHS England plans to look at the framework itself by then.",
        "Your next assessment stays where it is. "
        "We remind you 6 and 3 months before, and on the day.",
    ]


def test_before_sign_off_it_says_when_the_next_assessment_is_set() -> None:
    shown = texts(dates(RUNNING).content)
    assert "Sign-off sets it: 3 years on, or sooner with a reason." in shown
    assert "Start the next review" not in shown
    assert "You get it. Other area leads get one of their own areas." in shown
    assert "None is noted yet. Add one, and we remind you before its papers close." in shown


def test_the_next_review_is_started_from_here_or_opened_once_it_is_there() -> None:
    press_ = button(dates(SIGNED_OFF).content, "Start the next review")
    assert parse(press_["verb"], press_["data"]) == NextShow(review=7)
    there = dates(replace(SIGNED_OFF, next_id=9)).content
    assert "Start the next review" not in texts(there)
    assert button(there, "See the review that follows")["data"] == {"review": 9}


def test_of_single_areas_that_are_rated_again_there_is_no_next_assessment() -> None:
    again = replace(SIGNED_OFF, is_rerating=True, reassess_on=None)
    assert "Your next assessment" not in texts(dates(again).content)


def test_the_forms_are_a_press_away_and_the_card_renews_itself() -> None:
    card = dates(SIGNED_OFF, for_user=LEAD).content
    for title, view in (("Add a meeting", "meeting"), ("Change the weekly digest", "digest")):
        wanted = button(card, title)
        assert parse(wanted["verb"], wanted["data"]) == DatesShow(review=7, view=view)
    assert card["refresh"]["action"]["verb"] == "dates.show"
    assert "refresh" not in meeting(RUNNING, for_user=LEAD).content
    assert "refresh" not in digest(RUNNING, for_user=LEAD).content


# --- a meeting ------------------------------------------------------------------------


def test_a_meeting_is_posted_as_typed_with_the_usual_days_for_papers() -> None:
    pressed = press(
        meeting(RUNNING).content, "Add this meeting", name="Board", meets_on="2027-04-01"
    )
    assert parse(pressed["verb"], pressed["data"]) == MeetingAdd(
        review=7, nonce=NONCE, name="Board", meets_on="2027-04-01", papers_days="5"
    )


def test_what_is_no_date_stays_as_it_was_typed_below_its_sentence() -> None:
    card = meeting(RUNNING, NO_DAY).content
    field = inputs(card)["meets_on"]
    assert (field["type"], field["value"]) == ("Input.Text", "in spring")
    assert inputs(card)["name"]["value"] == "Board"
    shown = texts(card)
    assert shown[shown.index(field["label"]) - 1] == NO_DAY.problems["meets_on"]


def test_every_problem_stands_at_its_own_box() -> None:
    card = meeting(RUNNING, ALL_WRONG).content
    shown = texts(card)
    for field, sentence in ALL_WRONG.problems.items():
        assert shown[shown.index(inputs(card)[field]["label"]) - 1] == sentence


# --- the digest -----------------------------------------------------------------------


@pytest.mark.covers("R69")
def test_the_digest_comes_when_and_to_whom_the_card_says() -> None:
    shown = read(dates(SIGNED_OFF).content)
    assert "It comes on Mondays at 9am, if there is anything to say." in shown
    assert "You get it, and so do: Kasia Nowak, Ruth Hollis." in shown


def test_day_hour_and_readers_are_posted_with_what_was_shown() -> None:
    card = digest(SIGNED_OFF).content
    hours = [each["title"] for each in inputs(card)["digest_hour"]["choices"]]
    assert (hours[0], hours[3], hours[-1]) == ("9am", "midday", "4pm")
    pressed = press(
        card, "Save the weekly digest", digest_day="2", readers=RUTH[0], more_readers="a0000000"
    )
    assert parse(pressed["verb"], pressed["data"]) == DatesSave(
        review=7, shown=SIGNED_OFF.shown, digest_day="2", digest_hour="9", readers=(RUTH[0],),
        more_readers=("a0000000",),
    )  # fmt: skip


def test_readers_are_ticked_and_only_where_there_are_any() -> None:
    assert inputs(digest(SIGNED_OFF).content)["readers"]["value"] == f"{KASIA[0]},{RUTH[0]}"
    assert "readers" not in inputs(digest(RUNNING).content)


def test_who_could_not_be_added_stays_picked_below_the_reason() -> None:
    card = digest(SIGNED_OFF, STRANGER).content
    picked = inputs(card)["more_readers"]
    assert picked["value"] == f"{KASIA[0]},{RUTH[0]}"
    assert [each["title"] for each in picked["choices"]] == ["Person 1 you picked",
                                                             "Person 2 you picked"]  # fmt: skip
    assert inputs(card)["readers"]["value"] == RUTH[0]
    assert f"{HOSTILE} is a guest here" in read(card)


def test_what_came_back_fills_the_choices_again() -> None:
    card = digest(SIGNED_OFF, Feedback(typed={"digest_hour": "14"})).content
    assert inputs(card)["digest_hour"]["value"] == "14"
