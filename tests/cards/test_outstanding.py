"""Who has not answered: by area, by person, and what the remind button did."""

from dataclasses import replace

import pytest

from cards.outstanding import outstanding, reminded
from cards.shapes import OnReview
from cards.submissions import OutstandingShow, parse
from eocif.summaries import Feedback, Outstanding, PersonName, Reminded
from tests.cards.harness import actions, press, read, texts
from tests.cards.samples_lead import (
    DONE,
    EVERYONE_ANSWERED,
    MABEL,
    MIXED,
    NOBODY_TO_REMIND,
    TOM,
    open_area,
    owed,
    owing,
)
from tests.cards.samples_short import FIRST, LEAD

REMIND = "Remind those who have not answered"


def titles(summary: Outstanding) -> list[str]:
    return [action["title"] for action in actions(outstanding(summary).content)]


def test_by_area_each_open_area_says_how_many_have_answered_and_who_has_not() -> None:
    shown = texts(outstanding(owed("area")).content)
    start = shown.index("Closes at 5pm on Friday 22 January 2027")
    assert shown[start : start + 13] == [
        "Closes at 5pm on Friday 22 January 2027",
        "Area 1: Strategy, plan and partnership",
        "9 of 9 have answered.",
        "Area 3: Executive lead and visibility",
        "7 of 9 have answered.",
        "Waiting for Tom Okafor.",
        "You record answers for Doris Whitfield.",
        "Closes at 5pm on Friday 29 January 2027",
        "Area 6: Staff support and feedback",
        "5 of 9 have answered.",
        "Waiting for Tom Okafor and Sunil Rao (guest).",
        "You record answers for Doris Whitfield.",
        "Our messages do not reach Joan Pettifer.",
    ]


def test_by_person_each_says_which_areas_and_when_they_were_reminded() -> None:
    shown = texts(outstanding(owed("person")).content)
    start = shown.index("Waiting for")
    assert shown[start : start + 9] == [
        "Waiting for",
        "Sunil Rao (guest): area 6. Reminded on Monday 18 January 2027.",
        "Tom Okafor: areas 3 and 6.",
        "You record their answers",
        "They take part without Teams. Their answers wait under “My areas”.",
        "Doris Whitfield: areas 3 and 6.",
        "Our messages do not reach them",
        "Please ask them yourself, in the way that suits them.",
        "Joan Pettifer: area 6. They removed the app from their Teams.",
    ]


def test_a_reason_is_told() -> None:
    away = PersonName(4, "Peter Marsh", "The chat is blocked.")
    shown = read(outstanding(owed("person", people=(owing(away, 1),))).content)
    assert "Peter Marsh: area 1. The chat is blocked." in shown


def test_two_people_with_one_name_are_both_shown() -> None:
    twins = (PersonName(1, "Jo Li"), PersonName(2, "Jo Li", is_yours=True))
    area = open_area(1, FIRST, *twins)
    people = tuple(owing(each, 1) for each in twins)
    shown = read(outstanding(owed("area", areas=(area,), people=people)).content)
    assert "Waiting for Jo Li." in shown
    assert "You record answers for Jo Li." in shown


def test_the_lead_is_told_that_they_never_see_what_anyone_said() -> None:
    shown = read(outstanding(owed()).content)
    assert "You see who has not answered. You never see what anyone said." in shown


def test_only_those_whom_a_reminder_reaches_now_are_counted() -> None:
    shown = read(outstanding(owed()).content)
    assert "You can remind 1 person now." in shown
    assert "Each person gets at most one reminder in 2 working days." in shown


def test_without_anyone_to_remind_there_is_no_remind_button() -> None:
    assert "There is nobody to remind now." in read(outstanding(NOBODY_TO_REMIND).content)
    assert REMIND not in titles(NOBODY_TO_REMIND)


def test_when_everyone_has_answered_the_card_says_so_and_offers_the_review() -> None:
    shown = read(outstanding(EVERYONE_ANSWERED).content)
    assert "Everyone has answered everything that is open." in shown
    assert "9 of 9" not in shown
    assert titles(EVERYONE_ANSWERED) == ["See the review"]


def test_answers_are_recorded_only_for_people_without_teams() -> None:
    assert "Record their answers" in titles(owed())
    assert "Record their answers" not in titles(owed(people=owed().people[1:]))


@pytest.mark.parametrize(("by", "other"), [("area", "person"), ("person", "area")])
def test_the_two_views_lead_to_each_other_in_place(by: str, other: str) -> None:
    pressed = press(outstanding(owed(by)).content, f"Show by {other}")
    assert parse(pressed["verb"], pressed["data"]) == OutstandingShow(review=7, by=other)


def test_the_remind_button_names_the_review() -> None:
    pressed = press(outstanding(owed()).content, REMIND)
    assert (pressed["verb"], parse(pressed["verb"], pressed["data"])) == (
        "outstanding.remind",
        OnReview(review=7),
    )


def test_the_card_renews_the_view_that_it_shows_for_its_reader_alone() -> None:
    card = outstanding(owed("person"), for_user=LEAD).content
    assert card["refresh"]["action"]["data"] == {"review": 7, "by": "person"}
    assert card["refresh"]["userIds"] == [LEAD]
    assert "refresh" not in outstanding(owed("person")).content


def test_no_preview_names_anyone() -> None:
    assert outstanding(owed()).preview == "Who has not answered yet"
    assert reminded(owed(), DONE).preview == "What became of your reminders"


def test_the_outcome_says_who_is_reminded_who_was_and_who_cannot_be() -> None:
    shown = texts(reminded(owed(), DONE, Feedback("Done.")).content)
    assert shown[shown.index("We are reminding") :] == [
        "We are reminding",
        "Tom Okafor",
        "Reminders go out between 9am and 5pm on working days. "
        "Someone who had a message from us today gets theirs on the next working day.",
        "Reminded already",
        "Sunil Rao",
        "They had a reminder in the last 2 working days.",
        "We could not remind",
        "Joan Pettifer and Doris Whitfield",
        "Our messages do not reach them. Please ask them yourself, in the way that suits them.",
        "Who has not answered",
        "See the review",
    ]


def test_the_outcome_says_who_hears_once_a_week_and_who_is_away_until_when() -> None:
    shown = texts(reminded(owed(), MIXED).content)
    assert shown[shown.index("They hear once a week") : -2] == [
        "They hear once a week",
        "Sunil Rao and Peter Marsh",
        "They chose that. Theirs comes with their next weekly message.",
        "They are away",
        "Joan Pettifer: away until Friday 5 February 2027.",
        "We write to them once they are back.",
    ]


def test_the_list_says_who_is_away() -> None:
    away = replace(owing(TOM, 1, may=False), away_until=FIRST)
    shown = texts(outstanding(owed("person", people=(away,))).content)
    assert "Tom Okafor: area 1. Away until Friday 22 January 2027." in shown


def test_someone_who_hears_once_a_week_is_not_nobody() -> None:
    shown = read(reminded(owed(), Reminded((), (), (), ("Sunil Rao",))).content)
    assert "We did not remind anyone this time." not in shown


def test_the_outcome_says_when_nobody_was_reminded() -> None:
    shown = read(reminded(owed(), Reminded((), ("Sunil Rao",), ())).content)
    assert "We did not remind anyone this time." in shown
    assert "We could not remind" not in shown


def test_from_the_outcome_the_list_is_one_press_away_and_comes_back_by_itself() -> None:
    card = reminded(owed("person"), DONE, for_user=LEAD).content
    pressed = press(card, "Who has not answered")
    assert pressed["data"] == card["refresh"]["action"]["data"] == {"review": 7, "by": "person"}


@pytest.mark.parametrize(
    ("recorders", "by_area"),
    [
        (("Kasia Nowak",), "Kasia Nowak records answers for Mabel Irving."),
        (("Kasia Nowak", "Tom Okafor"), "Kasia Nowak and Tom Okafor record answers for Mabel"),
    ],
)
def test_whose_answers_another_lead_records_says_who(
    recorders: tuple[str, ...], by_area: str
) -> None:
    mabel = replace(MABEL, recorders=recorders)
    area, people = open_area(1, FIRST, mabel), (owing(mabel, 1, may=False),)
    assert by_area in read(outstanding(owed("area", areas=(area,), people=people)).content)
    shown = read(outstanding(owed("person", people=people)).content)
    assert f"Mabel Irving: area 1. Recorded by {' and '.join(recorders)}." in shown
    assert "You record their answers" not in shown


# --- drafts -----------------------------------------------------------------------------------


def of_drafts(by: str) -> Outstanding:
    """Area 6 is a draft to answer; the other areas are in their first round."""
    (first, *others) = owed().areas
    return owed(by, areas=(replace(first, round=2), *others))


def test_who_has_not_answered_a_draft_stands_beside_who_owes_a_first_answer() -> None:
    shown = texts(outstanding(of_drafts("area")).content)
    draft = shown.index("Area 6: Staff support and feedback")
    assert shown[draft + 1] == "5 of 9 have answered the draft."
    assert shown[draft + 2] == "Waiting for Tom Okafor and Sunil Rao (guest)."
    assert "7 of 9 have answered." in shown


def test_by_person_it_is_said_which_areas_are_drafts() -> None:
    assert "Area 6: it is a draft to answer." in texts(outstanding(of_drafts("person")).content)
    both = owed("person", areas=tuple(replace(area, round=2) for area in owed().areas))
    assert "Areas 1, 3 and 6: they are drafts to answer." in texts(outstanding(both).content)
    assert "draft" not in read(outstanding(owed("person")).content)


def test_once_a_round_has_closed_the_list_promises_only_what_holds() -> None:
    shown = read(outstanding(of_drafts("area")).content)
    assert "You see who has not answered. This list never says what anyone said." in shown
    assert "You never see" not in shown
