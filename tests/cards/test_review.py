"""A review at a glance, and its members."""

from dataclasses import replace

import pytest

from cards.review import members, review
from cards.shapes import Submission
from cards.submissions import ReviewShow, SetupShow, parse
from cards.time_shapes import ActionsShow
from cards.worksheet_shapes import DraftShow, FactsShow, ReportShow, WorksheetShow
from eocif.rules.progress import ReviewState
from eocif.summaries import ReviewSummary
from tests.cards.harness import actions, press, read, texts
from tests.cards.samples_lead import (
    ALL_OPEN,
    AS_MEMBER,
    CANCELLED,
    CONCLUDED,
    HOSTILE_REVIEW,
    SAVED,
    SETTING_UP,
    at_a_glance,
    dated,
    someone,
)
from tests.cards.samples_short import LEAD


def titles(summary: ReviewSummary) -> list[str]:
    shown = [action["title"] for action in actions(review(summary).content)]
    return [title for title in shown if title != "Show every area"]


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        ("draft", "Being set up. Nobody has been asked anything yet."),
        ("collecting", "Under way. Members are giving their answers."),
        ("signed_off", "Signed off."),
        ("cancelled", "Cancelled. Nobody is asked anything more. Every answer is kept."),
    ],
)
def test_the_state_is_a_sentence(state: str, sentence: str) -> None:
    assert sentence in texts(review(at_a_glance(state)).content)


def test_where_nothing_is_open_for_members_the_card_says_so() -> None:
    sentence = "Under way. Nothing is open for members to answer now."
    for state, is_shown in (("concluded", True), ("draft with the group", False)):
        areas = tuple(replace(row, state=state) for row in at_a_glance().areas)
        assert (sentence in texts(review(at_a_glance(areas=areas)).content)) is is_shown


def test_every_state_of_a_review_has_its_sentence() -> None:
    for state in ReviewState:
        assert review(at_a_glance(state)).content["body"]


@pytest.mark.covers("R61")
def test_the_card_says_what_is_in_scope_who_leads_and_where_it_reports() -> None:
    shown = texts(review(at_a_glance()).content)
    start = shown.index("About this review")
    assert shown[start + 1 : start + 11] == [
        *("Lead", "Amina Yusuf"),
        *("In scope", "All 23 areas"),
        *("Executive lead", "Ruth Hollis"),
        *("Reports to", "Quality committee"),
        *("Review group", "6 members, 1 of them without Teams"),
    ]


def test_what_is_not_named_is_said_to_be_not_named() -> None:
    shown = texts(review(SETTING_UP).content)
    assert shown.count("Not named") == 2
    assert "Review group" not in shown


def test_the_next_three_dates_are_in_full() -> None:
    shown = texts(review(at_a_glance()).content)
    start = shown.index("Next dates")
    assert shown[start + 1 : start + 5] == [
        "Friday 22 January 2027: Areas 1 to 5 close at 5pm.",
        "Monday 25 January 2027: Areas 11 to 15 open.",
        "Friday 29 January 2027: Areas 6 to 10 close at 5pm.",
        "Messages that did not arrive",
    ]


def test_areas_stand_together_by_state_and_dates() -> None:
    shown = texts(review(at_a_glance()).content)
    assert shown[shown.index("Areas") : shown.index("Show every area")] == [
        *("Areas", "Open for answers", "10 areas"),
        *("Not open yet", "8 areas"),
        *("Round closed", "5 areas"),
    ]
    start = shown.index("Show every area") + 1
    assert shown[start : start + 4] == [
        "Open for answers",
        "Closes at 5pm on Friday 29 January 2027",
        "Area 6: Staff support and feedback. 4 of 10 have answered.",
        "Area 7: Safe staffing, compassionate care. 3 of 10 have answered.",
    ]
    assert "Opens on Monday 1 February 2027" in shown
    assert "Areas 16 to 20, until 5pm on Friday 12 February 2027." in shown
    assert "Closed at 5pm on Friday 22 January 2027" in shown
    assert "Amina Yusuf: Areas 1 to 8." in shown
    assert "Ruth Hollis: Areas 9 to 23." in shown


def test_a_draft_with_the_group_closes_and_has_not_closed() -> None:
    draft = replace(dated(5, "draft with the group", answered=8), round=2)
    shown = texts(review(at_a_glance(areas=(draft,))).content)
    start = shown.index("Closes at 5pm on Friday 22 January 2027")
    assert shown[start + 1] == (
        "Area 5: Developing the organisation. 8 of 10 have answered the draft."
    )


def test_a_concluded_area_is_named_without_the_count_of_its_last_round() -> None:
    shown = read(review(at_a_glance(areas=(dated(5, "concluded", answered=0),))).content)
    assert "Area 5." in shown
    assert "have answered" not in shown


def test_a_review_without_dates_says_when_they_are_fixed() -> None:
    shown = texts(review(SETTING_UP).content)
    assert "Areas 1 to 23. The dates are fixed when the review starts." in shown


def test_areas_set_aside_are_named_by_number() -> None:
    assert "Areas 1 to 23." in texts(review(CANCELLED).content)


def test_a_review_without_areas_has_no_list_of_them() -> None:
    assert "Show every area" not in read(review(at_a_glance(areas=())).content)


def test_its_lead_can_do_each_thing_from_here() -> None:
    to_draft = [f"Area {number}: draft it" for number in range(1, 6)]
    assert titles(at_a_glance()) == [
        *to_draft,
        *("Who has not answered", "See the worksheet", "Members", "Change a closing day"),
        *("Close a round early", "See the actions", "Get a report", "What reports say besides"),
        *("Dates and the weekly digest", "Cancel this review"),
    ]


def test_an_area_between_its_rounds_opens_at_the_step_that_fits() -> None:
    pressed = press(review(at_a_glance()).content, "Area 3: draft it")
    assert parse(pressed["verb"], pressed["data"]) == DraftShow(review=7, area=3, step="auto")


def test_areas_to_conclude_come_first_and_those_with_the_group_last() -> None:
    states = {1: "draft with the group", 2: "round closed", 3: "being concluded", 4: "concluded"}
    rows = tuple(dated(number, state) for number, state in states.items())
    shown = texts(review(at_a_glance(areas=rows)).content)
    start = shown.index("Areas to draft and conclude")
    assert shown[start + 1 : start + 4] == [
        *("Area 3: conclude it", "Area 2: draft it", "Area 1: with the group"),
    ]
    assert "Area 4: conclude it" not in shown


def test_more_areas_than_the_card_holds_are_in_the_worksheet() -> None:
    rows = tuple(dated(number, "round closed") for number in range(1, 24))
    shown = texts(review(at_a_glance(areas=rows)).content)
    assert "Area 8: draft it" in shown
    assert "Area 9: draft it" not in shown
    assert "In the worksheet: areas 9 to 23." in shown


@pytest.mark.parametrize(
    "summary", [at_a_glance(is_lead=False), at_a_glance("cancelled"), at_a_glance("signed_off")]
)
def test_nobody_else_and_no_ended_review_has_areas_to_draft(summary: ReviewSummary) -> None:
    assert "Areas to draft and conclude" not in texts(review(summary).content)


@pytest.mark.parametrize(
    ("title", "shape"),
    [
        ("See the worksheet", WorksheetShow(review=7)),
        ("Get a report", ReportShow(review=7)),
        ("What reports say besides", FactsShow(review=7)),
    ],
)
def test_the_worksheet_and_the_reports_are_one_press_away(title: str, shape: Submission) -> None:
    for summary in (at_a_glance(), CONCLUDED):
        pressed = press(review(summary).content, title)
        assert parse(pressed["verb"], pressed["data"]) == shape


def test_with_no_round_open_no_closing_day_can_be_moved() -> None:
    assert titles(at_a_glance(areas=())) == [
        *("Who has not answered", "See the worksheet", "Members"),
        *("See the actions", "Get a report", "What reports say besides"),
        *("Dates and the weekly digest", "Cancel this review"),
    ]


def test_in_a_draft_the_next_step_is_the_set_up() -> None:
    assert titles(SETTING_UP) == ["Carry on with the set-up", "Members", "Cancel this review"]
    pressed = press(review(SETTING_UP).content, "Carry on with the set-up")
    assert parse(pressed["verb"], pressed["data"]) == SetupShow(review=7)


REPORTS = [
    *("See the actions", "Get a report", "What reports say besides"),
    "Dates and the weekly digest",
]


@pytest.mark.parametrize(("summary", "reports"), [(CANCELLED, []), (CONCLUDED, REPORTS)])
def test_after_the_end_a_review_can_only_be_looked_at(
    summary: ReviewSummary, reports: list[str]
) -> None:
    assert titles(summary) == ["See the worksheet", *reports, "Members"]
    assert [each["title"] for each in actions(members(summary).content)] == ["Back to the review"]


def test_a_member_sees_the_review_and_goes_to_their_own_areas() -> None:
    assert titles(AS_MEMBER) == ["My areas", "See the worksheet"]
    assert titles(replace(AS_MEMBER, head=SETTING_UP.head)) == ["My areas"]
    assert "Tom Okafor" not in read(review(AS_MEMBER).content)


def test_an_areas_lead_goes_to_who_has_not_answered_while_the_review_runs() -> None:
    theirs = replace(AS_MEMBER, is_area_lead=True)
    assert titles(theirs) == ["Who has not answered", "See the worksheet", "See the actions"]
    pressed = press(review(theirs).content, "See the actions")
    assert parse(pressed["verb"], pressed["data"]) == ActionsShow(by="all", review=7)
    cancelled = replace(theirs, head=CANCELLED.head)
    assert titles(cancelled) == ["My areas", "See the worksheet"]


@pytest.mark.parametrize(
    ("title", "view"),
    [
        ("Members", "members"),
        ("Change a closing day", "extend"),
        ("Close a round early", "close"),
        ("Cancel this review", "cancel"),
    ],
)
def test_each_form_opens_in_place(title: str, view: str) -> None:
    pressed = press(review(ALL_OPEN).content, title)
    assert parse(pressed["verb"], pressed["data"]) == ReviewShow(review=7, view=view)


def test_what_the_last_press_did_stands_at_the_top() -> None:
    assert texts(review(at_a_glance(), SAVED).content)[1] == SAVED.notice


def test_both_cards_renew_themselves_for_their_reader() -> None:
    for card, view in ((review, "summary"), (members, "members")):
        again = card(at_a_glance(), for_user=LEAD).content["refresh"]
        assert again["action"]["data"] == {"review": 7, "view": view}
        assert again["userIds"] == [LEAD]
        assert "refresh" not in card(at_a_glance()).content


# --- members ----------------------------------------------------------------------------------


@pytest.mark.covers("R11")
def test_members_stand_under_the_perspective_they_speak_from() -> None:
    shown = texts(members(at_a_glance()).content)
    assert shown[2:15] == [
        "6 members, 1 of them without Teams.",
        *("Clinical leaders from all professions", "Tom Okafor"),
        "Executive director lead for experience of care or quality",
        "Ruth Hollis. Also: Clinical leaders.",
        "People using services and unpaid carers",
        "Doris Whitfield. Takes part without Teams. Needs: Large print. Prefers the phone.",
        *("Local Healthwatch", "Sunil Rao. Guest."),
        "Staff of a named function, such as complaints or chaplaincy",
        "Amina Yusuf. Experience of care.",
        "Volunteers",
        "Joan Pettifer. Our messages do not arrive: They removed the app from their Teams.",
    ]


@pytest.mark.covers("R12")
def test_perspectives_that_nobody_holds_are_listed() -> None:
    shown = texts(members(at_a_glance()).content)
    start = shown.index("Perspectives that nobody holds")
    assert shown[start + 1 : start + 5] == [
        "Non-executive directors, governors and foundation trust members",
        "Service leads, clinical, administrative and support staff",
        "Voluntary and community sector partners",
        "Integrated care board (ICB) and wider system partners",
    ]


def test_when_every_perspective_is_held_there_is_no_such_list() -> None:
    keys = [
        *("clinical_leaders", "executive_lead", "non_executives_and_governors"),
        *("service_leads_and_staff", "people_and_carers", "healthwatch", "named_functions"),
        *("voluntary_and_community", "icb_and_partners", "volunteers"),
    ]
    shown = members(at_a_glance(members=(someone(1, "Tom Okafor", *keys),)))
    assert "nobody holds" not in read(shown.content)


def test_someone_whose_perspective_is_not_known_here_is_still_listed() -> None:
    known, unknown = someone(1, "Tom Okafor", "volunteers"), someone(2, "Jo Li")
    shown = texts(members(at_a_glance(members=(known, unknown))).content)
    assert shown[shown.index("No perspective chosen") + 1] == "Jo Li"


def test_a_perspective_added_locally_stands_after_the_frameworks_own() -> None:
    own = replace(someone(1, "Jo Li", "volunteers").perspectives[0], key="local", name="Students")
    added = replace(someone(1, "Jo Li"), perspectives=(own,))
    shown = texts(members(at_a_glance(members=(added,))).content)
    assert shown[shown.index("Students") + 1] == "Jo Li"


def test_an_empty_group_says_so() -> None:
    assert "There is nobody in the group yet." in texts(members(SETTING_UP).content)


def test_the_group_can_be_changed_from_its_list() -> None:
    pressed = press(members(at_a_glance()).content, "Change the group")
    assert parse(pressed["verb"], pressed["data"]) == SetupShow(review=7, step="group")


def test_area_leads_can_be_changed_while_the_review_runs() -> None:
    pressed = press(members(at_a_glance()).content, "Change the area leads")
    assert parse(pressed["verb"], pressed["data"]) == SetupShow(review=7, step="leads")
    for state in ("draft", "signed_off"):
        shown = [each["title"] for each in actions(members(at_a_glance(state)).content)]
        assert "Change the area leads" not in shown


def test_hostile_words_leave_the_cards_sound() -> None:
    assert "**bold**" in read(review(HOSTILE_REVIEW).content)
    assert "**bold**" in read(members(HOSTILE_REVIEW).content)
