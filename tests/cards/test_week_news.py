"""Weeks in which there is more than statements to rate: drafts, a lead's tasks, outcomes."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from cards.submissions import parse
from cards.week import week
from cards.worksheet_shapes import ConfirmShow, DraftShow, OutcomeShow, WorksheetShow
from eocif.rules.framework import edition
from tests.cards.harness import Card, actions, button, press, read, texts
from tests.cards.samples_answering import (
    DONE_WEEK,
    NEW_WEEK,
    progress,
    task,
    week_of,
)
from tests.cards.samples_worksheet import (
    BUSY_LEAD,
    DRAFTS_WEEK,
    LEADS_NEWS,
    OUTCOMES,
    SOONER,
    draft_of,
    waiting,
)

AREA_1 = edition().area(1)


def titles(card: Card) -> list[str]:
    """The buttons, in order."""
    return [action["title"] for action in actions(card)]


# --- drafts -----------------------------------------------------------------------------------


def test_a_draft_that_goes_round_again_says_so() -> None:
    shown = read(week(week_of(replace(draft_of(5), round=3))).content)
    assert "The draft goes round once more. About 2 minutes to read and answer." in shown


def test_what_closes_first_comes_first_and_drafts_are_counted_apart() -> None:
    card = week(DRAFTS_WEEK).content
    shown = texts(card)
    assert "1 draft to read and 1 area to do: about 6 minutes in all." in shown
    assert titles(card)[0] == "Read the draft of area 5"
    assert button(card, "Read the draft of area 5")["style"] == "positive"
    two = week(week_of(draft_of(5), draft_of(6), minutes=4)).content
    assert "2 drafts to read: about 4 minutes in all." in texts(two)


def test_each_draft_has_its_state_and_its_button() -> None:
    shown = texts(week(DRAFTS_WEEK).content)
    start = shown.index("Area 5: Developing the organisation")
    assert shown[start : start + 11] == [
        "Area 5: Developing the organisation",
        "The draft is ready. About 2 minutes to read and answer.",
        "Area 6: Staff support and feedback",
        "To do: 5 statements, about 4 minutes.",
        "Answer area 6",
        "Area 7: Safe staffing, compassionate care",
        "You have answered the draft.",
        "See my answer to the draft of area 7",
        "Area 8: Values in practice",
        "This round has closed.",
        "See my answer to the draft of area 8",
    ]
    ended = shown.index("Area 9: Clear, accessible information")
    assert shown[ended + 1] == "See what became of area 9"
    assert "Concluded" in shown[:ended]


@pytest.mark.parametrize(
    ("title", "verb"),
    [
        ("Read the draft of area 5", "confirm.show"),
        ("See my answer to the draft of area 7", "confirm.show"),
        ("See my answer to the draft of area 8", "confirm.show"),
        ("See what became of area 9", "outcome.show"),
        ("Answer area 6", "area.show"),
    ],
)
def test_each_area_opens_the_card_of_its_round(title: str, verb: str) -> None:
    pressed = press(week(DRAFTS_WEEK).content, title)
    assert pressed["verb"] == verb
    assert parse(verb, pressed["data"]).model_dump()["areas"] == (6, 5, 7, 8, 9)


def test_a_week_of_answered_drafts_and_areas_says_thank_you() -> None:
    done = week_of(draft_of(5, "confirmed"), progress(6, "answered"))
    shown = read(week(done).content)
    assert "You have answered everything for this week. Thank you." in shown
    closed = week_of(draft_of(5, "confirmed"), draft_of(6, "closed"))
    assert "Nothing is left for you to do this week." in read(week(closed).content)


def test_answers_to_drafts_are_recorded_for_people_without_teams() -> None:
    card = week(DRAFTS_WEEK).content
    assert (
        "To record: area 6 and answers to the draft of area 5, by 5pm on Friday 8 January 2027. "
        "About 6 minutes in all."
    ) in texts(card)
    pressed = press(card, "Record an answer to the draft of area 5")
    assert parse(pressed["verb"], pressed["data"]) == ConfirmShow(
        review=7, areas=(5, 6, 7, 8), area=5, member=31
    )
    assert press(card, "Record answers for area 6")["verb"] == "area.show"
    drafts = week(week_of(tasks=(task("Doris", draft_of(5), draft_of(7)),))).content
    assert "To record: answers to the drafts of areas 5 and 7," in read(drafts)


def test_where_only_drafts_are_asked_about_nothing_is_called_blind() -> None:
    blind = "nobody else sees your answer before the round closes"
    assert blind not in read(week(week_of(draft_of(5), draft_of(6))).content)
    assert "A comment stays with the worksheet" in read(week(week_of(draft_of(5))).content)
    assert blind in read(week(DRAFTS_WEEK).content)
    assert blind in read(week(week_of()).content)


# --- news -------------------------------------------------------------------------------------


def test_areas_that_wait_for_their_lead_say_what_for_and_by_when() -> None:
    card = week(LEADS_NEWS).content
    assert texts(card)[0] == "Areas are ready for you"
    assert texts(card)[3:10] == [
        "Waiting for you as area lead",
        "Area 5: Developing the organisation",
        "Its round has closed. Its draft is due by Friday 8 January 2027.",
        "Write the draft of area 5",
        "Area 6: Staff support and feedback",
        "The round for its draft has closed.",
        "Conclude area 6",
    ]
    pressed = press(card, "Conclude area 6")
    assert parse(pressed["verb"], pressed["data"]) == DraftShow(review=7, area=6)
    styles = [action.get("style") for action in actions(card)]
    assert styles == ["positive", None]


def test_concluded_areas_lead_to_what_became_of_what_was_said() -> None:
    card = week(OUTCOMES).content
    assert texts(card)[0] == "Areas are concluded"
    assert "Concluded" in texts(card)
    pressed = press(card, "See what became of area 2")
    assert parse(pressed["verb"], pressed["data"]) == OutcomeShow(review=7, area=2)


def test_an_area_with_a_row_of_its_own_is_not_told_a_second_time() -> None:
    ended = progress(1, status="concluded")
    shown = texts(week(week_of(ended, concluded=(ended.area,))).content)
    assert shown.count("See what became of area 1") == 1


def test_in_a_cancelled_review_nothing_leads_to_what_became_of_an_area() -> None:
    gone = replace(OUTCOMES, head=replace(OUTCOMES.head, state="cancelled"))
    card = week(gone).content
    assert titles(card) == []
    assert "This review was cancelled." in read(card)


def test_an_older_message_of_what_ended_still_leads_to_it() -> None:
    card = week(week_of(progress(1, status="concluded"), is_pointer=True)).content
    assert "An area is concluded" in texts(card)[:2]
    assert titles(card) == ["See what became of area 1"]


def test_where_nothing_is_asked_the_card_neither_asks_nor_speaks_of_answers() -> None:
    for summary in (LEADS_NEWS, OUTCOMES):
        shown = read(week(summary).content)
        assert "You have no areas of your own" not in shown
        assert "Confidential" not in shown
        assert "This does not assess performance." in shown


@pytest.mark.parametrize(
    ("news", "title", "preview"),
    [
        (
            {"lead_tasks": (waiting(5),)},
            "An area is ready for you",
            "an area is ready for you to draft",
        ),
        (
            {"lead_tasks": (waiting(5, "concluding"),), "concluded": (AREA_1,)},
            "An area is ready for you",
            "an area is ready for you to conclude",
        ),
        (
            {"lead_tasks": (waiting(5), waiting(6))},
            "Areas are ready for you",
            "areas are ready for you as their lead",
        ),
        (
            {"concluded": (AREA_1,)},
            "An area is concluded",
            "an area is concluded, see what became of what you said",
        ),
        (
            {"concluded": (AREA_1, edition().area(2))},
            "Areas are concluded",
            "areas are concluded, see what became of what you said",
        ),
    ],
)
def test_title_and_preview_fit_what_there_is(
    news: dict[str, Any], title: str, preview: str
) -> None:
    face = week(week_of(**news))
    assert texts(face.content)[0] == title
    assert face.preview == f"Experience of care review: {preview}"


def test_beside_answers_that_are_owed_news_changes_neither_title_nor_preview() -> None:
    face = week(replace(NEW_WEEK, lead_tasks=(waiting(8),), concluded=(AREA_1,)))
    assert texts(face.content)[0] == "Your areas this week"
    assert face.preview == "Experience of care review: your areas for this week"
    done = week(replace(DONE_WEEK, lead_tasks=(waiting(8),)))
    assert texts(done.content)[0] == "Your areas this week"
    assert done.preview == "Experience of care review: an area is ready for you to draft"


@pytest.mark.parametrize(("due_on", "is_first"), [(SOONER, True), (date(2027, 1, 9), False)])
def test_the_leads_part_stands_first_where_it_is_due_sooner(due_on: date, is_first: bool) -> None:
    summary = replace(NEW_WEEK, lead_tasks=(waiting(8, due_on=due_on),))
    shown = texts(week(summary).content)
    led, own = shown.index("Waiting for you as area lead"), shown.index("Start with area 5")
    assert (led < own) is is_first
    assert button(week(summary).content, "Write the draft of area 8").get("style") is None


def test_much_news_is_named_and_only_the_first_areas_have_buttons() -> None:
    shown = texts(week(BUSY_LEAD).content)
    assert "After these: areas 6 to 10." in shown
    assert "Also concluded: areas 6 to 8." in shown
    assert "See what became of area 5" in shown
    assert "See what became of area 6" not in shown
    pressed = press(week(BUSY_LEAD).content, "See the worksheet")
    assert parse(pressed["verb"], pressed["data"]) == WorksheetShow(review=7)
