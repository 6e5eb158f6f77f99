"""The weekly message says what is left, until when, and where to press first."""

from dataclasses import replace
from datetime import date

import pytest

from cards.submissions import AreaShow, OnWeek, parse
from cards.week import week
from eocif.rules.statements import BY_AREA
from eocif.summaries import Feedback
from tests.cards.harness import Card, actions, button, press, read, texts
from tests.cards.samples_answering import (
    DONE_WEEK,
    LEADS_WEEK,
    MID_WEEK,
    NEW_WEEK,
    USER,
    progress,
    task,
    week_of,
)


def titles(card: Card) -> list[str]:
    """The buttons, in order."""
    return [action["title"] for action in actions(card)]


def test_a_new_week_says_how_much_there_is_and_starts_with_the_first_area() -> None:
    card = week(NEW_WEEK).content
    assert texts(card)[:7] == [
        "Your areas this week",
        "Experience of care review 2027 · Northmoor and Elmsworth NHS Foundation Trust · Medicine",
        "Hello Kasia.",
        "4 areas to do: about 14 minutes in all.",
        "Round closes at 5pm on Friday 8 January 2027.",
        "Start with area 5",
        "You can stop and come back: each step is saved.",
    ]
    assert titles(card) == [
        "Start with area 5",
        "Answer area 6",
        "Answer area 13",
        "Answer area 14",
    ]


@pytest.mark.covers("R18")
def test_each_area_stands_under_its_section_with_the_areas_of_practice() -> None:
    read_on = texts(week(NEW_WEEK).content)
    organisation = read_on.index("Section 2: Organisational culture")
    collecting = read_on.index("Section 3: Collecting feedback")
    assert read_on[organisation + 1].startswith("Areas of practice: organisational development;")
    assert organisation < read_on.index("Area 6: Staff support and feedback") < collecting
    assert collecting < read_on.index("Area 13: Advice service and wider evidence")
    assert "To do: 8 statements, about 5 minutes." in read_on


def test_the_short_titles_are_marked_as_ours_and_nothing_is_a_test() -> None:
    whole = read(week(NEW_WEEK).content)
    assert "The short titles of areas are ours. They are not part of the framework." in whole
    assert "There is no pass or fail. This does not assess performance." in whole
    assert "Please do not name or describe someone who could be recognised." in whole


def test_what_was_begun_comes_first_and_each_area_has_its_state_and_button() -> None:
    card = week(MID_WEEK).content
    whole = texts(card)
    assert titles(card) == [
        "Carry on with area 4",
        "See my answer to area 5",
        "Answer area 6",
        "Answer area 7 again",
        "See my answer to area 8",
    ]
    assert "Area 4 closes at 5pm on Monday 4 January 2027." in whole
    assert "Area 6 closes at 5pm on Friday 8 January 2027." in whole
    for state in (
        "2 of 5 rated, the rest can wait.",
        "Answered.",
        "You withdrew your answer. It is deleted.",
        "This round has closed.",
        "Not open yet.",
    ):
        assert state in whole


def test_areas_that_close_together_are_named_together() -> None:
    later = date(2027, 1, 15)
    areas = (progress(5), progress(6), progress(7, closes_on=later), progress(8, closes_on=None))
    whole = read(week(week_of(*areas)).content)
    assert "Areas 5 and 6 close at 5pm on Friday 8 January 2027." in whole
    assert "Area 7 closes at 5pm on Friday 15 January 2027." in whole
    undated = read(week(week_of(progress(8, closes_on=None))).content)
    assert "closes at" not in undated


def test_two_areas_begun_each_say_carry_on() -> None:
    begun = week_of(
        progress(5), progress(6, "part done", rated=1), progress(7, "part done", rated=2)
    )
    assert titles(week(begun).content) == [
        "Carry on with area 6",
        "Answer area 5",
        "Carry on with area 7",
    ]


def test_a_finished_week_says_thank_you_and_until_when_answers_can_change() -> None:
    card = week(DONE_WEEK).content
    whole = read(card)
    assert "You have answered everything for this week. Thank you." in whole
    assert "You can change your answers until 5pm on Friday 8 January 2027, or sooner" in whole
    assert titles(card) == ["See my answer to area 5", "See my answer to area 6"]


def test_answers_that_close_on_different_days_can_change_until_each_does() -> None:
    areas = (
        progress(5, "answered", rated=1),
        progress(6, "answered", rated=5, closes_on=date(2027, 1, 15)),
    )
    assert "until each round closes." in read(week(week_of(*areas)).content)


def test_a_week_that_closed_unanswered_is_not_praised() -> None:
    whole = read(week(week_of(progress(5, "closed"), progress(6, "answered"))).content)
    assert "Nothing is left for you to do this week." in whole
    assert "Thank you" not in whole


def test_a_cancelled_review_asks_nothing_more() -> None:
    cancelled = replace(NEW_WEEK, head=replace(NEW_WEEK.head, state="cancelled"))
    shown = texts(week(cancelled).content)
    assert shown[3] == (
        "This review was cancelled. Nobody is asked anything more. What you saved is kept."
    )


def test_a_pointer_says_so_and_its_buttons_still_work() -> None:
    face = week(replace(MID_WEEK, is_pointer=True))
    assert texts(face.content)[0] == (
        "A newer message has taken over. The buttons below still work."
    )
    assert titles(face.content) == titles(week(MID_WEEK).content)
    assert face.preview == "Your areas: a newer message has taken over"


def test_the_preview_says_whether_anything_is_left() -> None:
    assert week(NEW_WEEK).preview == "Experience of care review: your areas for this week"
    assert week(LEADS_WEEK).preview == "Experience of care review: your areas for this week"
    assert week(DONE_WEEK).preview == "Experience of care review: nothing is left for you this week"


def test_what_the_last_press_did_stands_on_top() -> None:
    card = week(NEW_WEEK, Feedback("Your levels are saved.")).content
    assert texts(card)[:2] == ["Done", "Your levels are saved."]


def test_a_button_carries_the_areas_that_its_message_pages_through() -> None:
    posted = press(week(NEW_WEEK).content, "Answer area 13")
    shape = parse(posted["verb"], posted["data"])
    assert shape == AreaShow(review=7, areas=(5, 6, 13, 14), area=13)


def test_the_card_renews_itself_for_its_person_only() -> None:
    refresh = week(NEW_WEEK, for_user=USER).content["refresh"]
    assert refresh["userIds"] == [USER]
    assert parse(refresh["action"]["verb"], refresh["action"]["data"]) == OnWeek(
        review=7, areas=(5, 6, 13, 14)
    )
    assert "refresh" not in week(NEW_WEEK).content


# --- for people without Teams -----------------------------------------------------------------


def test_answers_to_record_name_the_person_their_needs_and_what_is_left() -> None:
    whole = texts(week(LEADS_WEEK).content)
    start = whole.index("Answers to record for Doris Whitfield")
    assert whole[start : start + 5] == [
        "Answers to record for Doris Whitfield",
        "Communication needs: Large print. Prefers the phone, mornings.",
        "To record: areas 5 and 6, by 5pm on Friday 8 January 2027. About 6 minutes in all.",
        "Record answers for area 5",
        "Record answers for area 6",
    ]


def test_the_buttons_of_a_task_carry_the_member() -> None:
    posted = press(week(LEADS_WEEK).content, "Record answers for area 5")
    assert parse(posted["verb"], posted["data"]) == AreaShow(
        review=7, areas=(5, 6), area=5, member=31
    )


def test_what_is_recorded_can_be_looked_at() -> None:
    whole = read(week(LEADS_WEEK).content)
    assert "Communication needs: none recorded" in whole
    assert "Everything is recorded. Thank you." in whole
    assert "See what is recorded for area 6" in whole


def test_a_task_shows_what_is_left_before_what_is_done() -> None:
    areas = (
        progress(4, "closed", rated=5),
        progress(5, "withdrawn"),
        progress(6, closes_on=None),
        progress(7, "part done", rated=1, closes_on=None),
        progress(8, "not open yet", closes_on=None),
    )
    card = week(week_of(tasks=(task("Doris", *areas),))).content
    assert titles(card) == [
        "Carry on recording area 7",
        "Record answers for area 6",
        "See what is recorded for area 4",
        "Record area 5 again",
    ]
    assert "To record: areas 6 and 7. About 8 minutes in all." in read(card)
    assert "You have no areas of your own to answer this week." in read(card)


def test_with_many_people_each_keeps_the_button_for_the_next_area() -> None:
    people = tuple(task(f"Person {n}") for n in range(12))
    card = week(week_of(tasks=people)).content
    assert titles(card) == ["Record answers for area 5"] * 12
    assert button(card, "Record answers for area 5")["data"]["member"] == 31


def test_an_area_that_was_begun_goes_on_where_it_was_left() -> None:
    part = week(week_of(progress(5, "part done", rated=1)))
    assert button(part.content, "Carry on with area 5")["data"]["step"] == "levels"


def test_an_area_rated_as_a_whole_is_one_level_to_choose() -> None:
    whole = texts(week(week_of(progress(13, statements=1, minutes=3, unit=BY_AREA))).content)
    assert "To do: one level, about 3 minutes." in whole
