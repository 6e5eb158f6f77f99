"""My areas: all that is open for a person, over all their reviews."""

from dataclasses import replace

from cards.mine import my_areas
from cards.submissions import (
    AreaShow,
    OnWeek,
    OutstandingShow,
    ReviewShow,
    SetupShow,
    Show,
    parse,
)
from cards.time_shapes import HabitsShow
from cards.worksheet_shapes import DraftShow
from eocif.rules.progress import ReviewState
from eocif.summaries import Feedback, MyAreas
from tests.cards.harness import actions, press, read, texts
from tests.cards.samples_answering import (
    DONE_WEEK,
    HEAD,
    LEADS_WEEK,
    NEW_WEEK,
    USER,
    week_of,
)
from tests.cards.samples_worksheet import DRAFTS_WEEK, LEADS_NEWS

OTHER = replace(HEAD, id=8, title="Another review")


def test_each_review_says_what_is_left_and_where_to_start() -> None:
    other = replace(DONE_WEEK, head=OTHER)
    card = my_areas(MyAreas("Kasia", (NEW_WEEK, other), ())).content
    assert texts(card) == [
        "My areas",
        "Hello Kasia.",
        "Experience of care review 2027 · Northmoor and Elmsworth NHS Foundation Trust · Medicine",
        "4 areas to do: about 14 minutes in all.",
        "Round closes at 5pm on Friday 8 January 2027.",
        "Start with area 5",
        "See all my areas",
        "Another review · Northmoor and Elmsworth NHS Foundation Trust · Medicine",
        "You have answered everything for this week. Thank you.",
        "You can change your answers until 5pm on Friday 8 January 2027, "
        "or sooner if everyone has answered.",
        "See all my areas",
        "You can stop and come back: each step is saved.",
        "Reminders and leave",
    ]


def test_its_buttons_lead_to_the_area_and_to_the_whole_week() -> None:
    card = my_areas(MyAreas("Kasia", (NEW_WEEK,), ())).content
    start, everything = press(card, "Start with area 5"), press(card, "See all my areas")
    areas = (5, 6, 13, 14)
    assert parse(start["verb"], start["data"]) == AreaShow(review=7, areas=areas, area=5)
    assert parse(everything["verb"], everything["data"]) == OnWeek(review=7, areas=areas)


def test_a_lead_finds_the_answers_to_record_and_the_reviews_they_lead() -> None:
    card = my_areas(MyAreas("Kasia", (LEADS_WEEK,), (HEAD,))).content
    assert "Answers to record for Doris Whitfield" in texts(card)
    assert "Reviews you lead" in texts(card)
    who, review = press(card, "See who has not answered"), press(card, "See the review")
    assert parse(who["verb"], who["data"]) == OutstandingShow(review=7)
    assert parse(review["verb"], review["data"]) == ReviewShow(review=7)


def test_a_review_still_being_set_up_leads_back_to_its_set_up() -> None:
    draft = replace(HEAD, state=ReviewState.DRAFT)
    card = my_areas(MyAreas("Kasia", (), (draft,))).content
    on = press(card, "Carry on with the set-up")
    assert parse(on["verb"], on["data"]) == SetupShow(review=7)
    assert "See who has not answered" not in read(card)


def test_nothing_open_is_said_kindly() -> None:
    card = my_areas(MyAreas("Kasia", (), ()), Feedback("Done with that.")).content
    assert texts(card) == [
        "Done",
        "Done with that.",
        "My areas",
        "Hello Kasia.",
        "Nothing is open for you now. We will send you a message when something is.",
        "Reminders and leave",
    ]


def test_who_has_no_areas_of_their_own_gets_no_button_to_them() -> None:
    card = my_areas(MyAreas("Kasia", (week_of(),), ())).content
    assert [each["title"] for each in actions(card)] == ["Reminders and leave"]
    assert "You have no areas of your own to answer this week." in texts(card)


def test_how_often_we_write_is_one_press_away() -> None:
    pressed = press(my_areas(MyAreas("Kasia", (), ())).content, "Reminders and leave")
    assert isinstance(parse(pressed["verb"], pressed["data"]), HabitsShow)


def test_the_card_renews_itself_for_its_person_only() -> None:
    renewed = my_areas(MyAreas("Kasia", (), ()), for_user=USER).content["refresh"]
    assert renewed["userIds"] == [USER]
    assert isinstance(parse(renewed["action"]["verb"], renewed["action"]["data"]), Show)


def test_news_of_each_review_stands_with_it() -> None:
    card = my_areas(MyAreas("Kasia", (DRAFTS_WEEK, LEADS_NEWS), ())).content
    shown = texts(card)
    assert "See what became of area 1" in shown
    assert shown[shown.index("Waiting for you as area lead") + 1] == (
        "Area 5: Developing the organisation"
    )
    assert "You have no areas of your own to answer this week." not in shown
    pressed = press(card, "Write the draft of area 5")
    assert parse(pressed["verb"], pressed["data"]) == DraftShow(review=7, area=5)
