"""The worksheet in Teams: states and levels in words, section by section."""

import re
from dataclasses import replace

import pytest

from cards.submissions import parse
from cards.time_shapes import ActionNew, ActionsShow
from cards.worksheet import worksheet
from cards.worksheet_shapes import (
    DraftShow,
    OutcomeShow,
    ReopenShow,
    SignOffShow,
    WorksheetShow,
)
from eocif.rules.statements import BY_AREA
from tests.cards.harness import Card, actions, button, press, read, texts
from tests.cards.samples_lead import LEAD
from tests.cards.samples_worksheet import (
    AS_MEMBER,
    HEAD,
    READY,
    SIGNED,
    of_worksheet,
    worksheet_cards,
    worksheet_of,
)


def titles(card: Card) -> list[str]:
    """The buttons, in order."""
    return [each["title"] for each in actions(card)]


def test_the_whole_worksheet_stands_section_by_section_in_words() -> None:
    shown = texts(worksheet(worksheet_of()).content)
    start = shown.index("Section 1: Leadership")
    assert shown[start + 1 : start + 6] == [
        "Area 1: Strategy, plan and partnership\nProgressing: 1a and 1f. Achieving: 1b and 1g. "
        "Excelling: 1d. Not agreed: 1c. Not applicable: 1e.",
        "Area 2: Leadership development and training\nProgressing: 2a. Achieving: 2b. "
        "Not agreed: 2c.",
        "Being drafted by its lead: area 4.",
        "Set aside: area 3.",
        "See section 1",
    ]


@pytest.mark.covers("R08")
@pytest.mark.parametrize("name", list(worksheet_cards()))
def test_no_number_could_be_taken_for_a_score(name: str) -> None:
    shown = read(worksheet_cards()[name].content)
    assert not re.search(r"\d+ (of|out of) \d+|\d+ (areas|statements|levels)", shown)


def test_only_sections_in_scope_are_there() -> None:
    card = worksheet(replace(worksheet_of(3), section=0)).content
    assert [text for text in texts(card) if text.startswith("Section ")] == [
        "Section 3: Collecting feedback"
    ]


def test_the_lead_reads_what_sign_off_still_needs() -> None:
    card = worksheet(worksheet_of()).content
    shown = texts(card)
    start = shown.index("Needed before sign-off")
    assert shown[start + 1 : start + 3] == [
        "• Area 4 is waiting for a draft.",
        "• Areas 5 and 12 are still with the group.",
    ]
    assert "Go on to sign-off" not in titles(card)


def test_once_everything_is_there_sign_off_is_the_first_button() -> None:
    card = worksheet(READY).content
    assert "Every area is concluded or set aside. You can sign this review off." in texts(card)
    assert titles(card)[:3] == ["Go on to sign-off", "See the actions", "See the reports"]
    assert button(card, "Go on to sign-off")["style"] == "positive"
    pressed = press(card, "Go on to sign-off")
    assert parse(pressed["verb"], pressed["data"]) == SignOffShow(review=7)


def test_a_member_reads_the_same_without_the_leads_buttons() -> None:
    card = worksheet(AS_MEMBER).content
    assert "Needed before sign-off" not in texts(card)
    assert titles(card)[0] == "See the reports"
    section = worksheet(replace(worksheet_of(1), may_export=(), led=())).content
    assert titles(section) == ["See section 2", "Back to the whole worksheet"]


def test_a_signed_off_review_names_its_baseline_and_the_next_assessment() -> None:
    shown = texts(worksheet(SIGNED).content)
    assert "Signed off on Thursday 4 March 2027." in shown
    assert "Next assessment: Monday 4 March 2030." in shown
    undated = texts(worksheet(replace(SIGNED, reassess_on=None)).content)
    assert not any(text.startswith("Next assessment") for text in undated)


def test_a_cancelled_review_says_so_and_offers_no_report() -> None:
    gone = worksheet_of(head=replace(HEAD, state="cancelled"), standing=(), may_export=())
    card = worksheet(gone).content
    assert "This review was cancelled. What was saved is kept." in texts(card)
    assert "See the reports" not in titles(card)


def test_a_section_says_how_each_statement_ended_and_when() -> None:
    shown = texts(worksheet(worksheet_of(1)).content)
    start = shown.index("Area 1: Strategy, plan and partnership")
    assert shown[start + 1 : start + 7] == [
        "Concluded on Friday 29 January 2027.",
        "1a: Progressing, agreed",
        "1b: Achieving, set by the lead",
        "1c: Not agreed",
        "1d: Excelling, agreed",
        "1e: Not applicable",
    ]


def test_from_a_section_the_next_one_in_scope_is_one_press_away() -> None:
    on = titles(worksheet(worksheet_of(1, sections=(1, 4, 5))).content)
    assert "See section 4" in on
    assert not {"See section 2", "See section 5"} & {*on}
    alone = titles(worksheet(worksheet_of(1, sections=(1,))).content)
    assert not [title for title in alone if title.startswith("See section")]


def test_an_area_set_aside_or_opened_again_says_so() -> None:
    shown = texts(worksheet(worksheet_of(1)).content)
    start = shown.index("Area 3: Executive lead and visibility")
    assert shown[start + 1 : start + 3] == ["Set aside.", "The reason: We have no such team."]
    again = shown.index("Area 2: Leadership development and training")
    assert "It was opened again after it had ended." in shown[again:start]


def test_each_area_offers_what_its_reader_may_do() -> None:
    card = worksheet(worksheet_of(1)).content
    assert titles(card) == [
        "See how area 1 was rated",
        "Write actions for area 1",
        "Open area 1 again",
        "See how area 2 was rated",
        "Write actions for area 2",
        "Open area 2 again",
        "Open area 3 again",
        "Go on with area 4",
        "See section 2",
        "Back to the whole worksheet",
    ]
    again, work = press(card, "Open area 1 again"), press(card, "Go on with area 4")
    assert parse(again["verb"], again["data"]) == ReopenShow(review=7, area=1)
    assert parse(work["verb"], work["data"]) == DraftShow(review=7, area=4)
    rated = press(card, "See how area 1 was rated")
    assert parse(rated["verb"], rated["data"]) == DraftShow(review=7, area=1, step="results")


@pytest.mark.covers("R36")
def test_whoever_leads_an_area_writes_its_actions_and_sees_all_of_them() -> None:
    whole = worksheet(replace(AS_MEMBER, led=(1,))).content
    pressed = press(whole, "See the actions")
    assert parse(pressed["verb"], pressed["data"]) == ActionsShow(by="all", review=7)
    section = worksheet(worksheet_of(1, led=(1,), may_export=("group",))).content
    pressed = press(section, "Write actions for area 1")
    assert parse(pressed["verb"], pressed["data"]) == ActionNew(review=7, area=1)
    assert "Write actions for area 2" not in titles(section)


def test_a_member_and_a_cancelled_review_have_no_way_to_all_actions() -> None:
    gone = worksheet_of(head=replace(HEAD, state="cancelled"), standing=(), may_export=("lead",))
    for summary in (AS_MEMBER, gone):
        assert "See the actions" not in titles(worksheet(summary).content)


def test_a_member_can_always_come_back_to_what_became_of_an_area() -> None:
    card = worksheet(replace(worksheet_of(1), may_export=(), led=(), is_member=True)).content
    assert titles(card)[:2] == ["See what became of area 1", "See what became of area 2"]
    pressed = press(card, "See what became of area 1")
    assert parse(pressed["verb"], pressed["data"]) == OutcomeShow(review=7, area=1)


def test_in_a_cancelled_review_there_is_nowhere_to_go_on() -> None:
    gone = worksheet_of(1, head=replace(HEAD, state="cancelled"), may_export=(), is_member=True)
    assert titles(worksheet(gone).content) == ["See section 2", "Back to the whole worksheet"]


@pytest.mark.parametrize("state", ["waiting", "round_1"])
def test_the_lead_can_set_an_area_aside_that_has_not_begun_or_is_open(state: str) -> None:
    card = worksheet(worksheet_of(2, areas=(of_worksheet(5, state),))).content
    pressed = press(card, "Set area 5 aside")
    wanted = DraftShow(review=7, area=5, step="set_aside")
    assert parse(pressed["verb"], pressed["data"]) == wanted
    as_member = worksheet_of(2, areas=(of_worksheet(5, state),), may_export=(), led=())
    assert "Set area 5 aside" not in titles(worksheet(as_member).content)


def test_the_last_section_leads_back_to_the_whole() -> None:
    card = worksheet(worksheet_of(5), for_user=LEAD).content
    assert titles(card)[-1] == "Back to the whole worksheet"
    assert not any(title.startswith("See section") for title in titles(card))
    pressed = press(card, "Back to the whole worksheet")
    assert parse(pressed["verb"], pressed["data"]) == WorksheetShow(review=7)
    assert card["refresh"]["action"]["data"] == {"review": 7, "section": 5}


def test_an_area_rated_as_a_whole_has_one_level() -> None:
    by_area = worksheet_of(areas=(of_worksheet(5, "concluded", unit=BY_AREA),))
    assert "Area 5: Developing the organisation\nProgressing: area 5." in texts(
        worksheet(by_area).content
    )
    section = worksheet_of(2, areas=by_area.areas)
    assert "Area 5: Progressing, agreed" in texts(worksheet(section).content)


@pytest.mark.covers("R49")
def test_the_worksheet_says_that_nothing_here_assesses_performance() -> None:
    face = worksheet(worksheet_of())
    assert "This does not assess performance." in read(face.content)
    assert face.preview == "Experience of care review: the worksheet"
    assert press(face.content, "See the reports")["verb"] == "report.show"
