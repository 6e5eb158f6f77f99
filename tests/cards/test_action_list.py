"""Actions in a list: one's own and everyone's, narrowed and paged."""

from dataclasses import replace

import pytest

from cards.action_list import actions as shown_as
from cards.submissions import parse
from cards.time_shapes import ActionNew, ActionShow, ActionsShow
from eocif.action_summaries import ActionFilter, ActionList
from eocif.summaries import Feedback
from tests.cards.harness import Card, actions, inputs, press, read, texts
from tests.cards.samples_actions import (
    ALL,
    ASKED,
    CROWD,
    DONE,
    EDITION,
    MINE,
    NARROWED,
    NEW,
    OTHER,
    OVERDUE,
    PEOPLE,
    SECOND_PAGE,
    UNDATED,
    UNOWNED,
    list_cards,
    list_of,
)
from tests.cards.samples_answering import HEAD, USER

LEADS = list_of(*ALL, by="all")


def card_of(summary: ActionList, **more: object) -> Card:
    return shown_as(summary, **more).content  # type: ignore[arg-type]


def titles(summary: ActionList) -> list[str]:
    """The buttons that ask us something, in order."""
    shown = actions(card_of(summary))
    return [each["title"] for each in shown if each["type"] == "Action.Execute"]


# --- each action ----------------------------------------------------------------------------


@pytest.mark.covers("R37")
def test_each_action_says_what_where_how_far_and_by_when_and_opens_with_one_press() -> None:
    card = card_of(list_of(NEW, MINE))
    shown = texts(card)
    start = shown.index("1. Read ten complaints")
    assert shown[start + 1 : start + 5] == [
        "Area 2: Leadership development and training. Not started.",
        "Due on Thursday 1 April 2027.",
        "Please say whether you will do this.",
        "Open action 1",
    ]
    pressed = press(card, "Open action 2")
    assert parse(pressed["verb"], pressed["data"]) == ActionShow(action=MINE.id)


@pytest.mark.covers("R43")
def test_what_is_overdue_is_said_in_words_with_its_days() -> None:
    card = card_of(list_of(OVERDUE, replace(OVERDUE, id=9, days_overdue=1), MINE))
    assert "3 actions. 2 are past the date." in texts(card)
    assert "This was due on Wednesday 3 March 2027, 12 days ago." in texts(card)
    assert "This was due on Wednesday 3 March 2027, 1 day ago." in texts(card)
    assert "color" not in str(card)


def test_one_that_is_overdue_is_one() -> None:
    assert "1 action. 1 is past the date." in texts(card_of(list_of(OVERDUE)))
    assert "1 action." in texts(card_of(list_of(MINE)))


def test_what_is_settled_is_not_called_due() -> None:
    assert "Its deadline was Thursday 1 April 2027." in texts(card_of(list_of(DONE)))


def test_a_lead_reads_whose_each_is_and_what_waits() -> None:
    shown = read(card_of(list_of(UNOWNED, UNDATED, ASKED, MINE, by="all")))
    for sentence in (
        "Owner: nobody yet.", "Nobody owns this yet.", "Owner: Doris Whitfield (without Teams).",
        "It has no deadline yet.", "Owner: Ruth Hollis.", "Its owner asks for another date.",
        "Owner: you.",
    ):  # fmt: skip
        assert sentence in shown


def test_in_ones_own_list_nobodys_name_is_said() -> None:
    assert "Owner:" not in read(card_of(list_of(MINE, NEW)))


def test_over_several_reviews_each_says_which_it_is_of() -> None:
    other = replace(NEW, review_id=OTHER.id)
    gone = replace(NEW, id=99, review_id=1)
    shown = read(card_of(list_of(MINE, other, gone, reviews=(HEAD, OTHER))))
    assert "Not started. Experience of care review 2026." in shown
    assert "Under way. Experience of care review 2027." in shown
    assert "Experience of care review" not in read(card_of(list_of(MINE, NEW)))


def test_a_long_title_is_cut_in_the_list_and_whole_on_its_card() -> None:
    shown = texts(card_of(list_of(replace(MINE, title="w " * 900))))
    assert any(text.startswith("1. w w") and text.endswith("…") for text in shown)


# --- nothing to show ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("summary", "sentence"),
    [
        (list_of(), "No action is yours now. We send you a message when one is."),
        (list_of(by="all"), "There are no actions here yet."),
        (replace(NARROWED, lines=(), total=0), "No action fits what you chose."),
    ],
)
def test_an_empty_list_says_why(summary: ActionList, sentence: str) -> None:
    assert sentence in texts(card_of(summary))


# --- narrowing ------------------------------------------------------------------------------


def test_a_lead_narrows_by_section_owner_tag_and_how_it_stands() -> None:
    card = card_of(LEADS)
    assert [*inputs(card)] == ["section", "owner", "tag", "only"]
    assert all(each["style"] == "compact" for each in inputs(card).values())
    pressed = press(card, "Show these", section="2", owner="14", tag="staff", only="overdue")
    assert parse(pressed["verb"], pressed["data"]) == ActionsShow(
        by="all", review=7, section=2, owner=14, tag="staff", only="overdue"
    )


def test_left_alone_the_choices_narrow_nothing() -> None:
    pressed = press(card_of(LEADS), "Show these")
    assert parse(pressed["verb"], pressed["data"]) == ActionsShow(by="all", review=7)


def test_what_a_list_is_narrowed_to_stands_in_words_and_in_the_choices() -> None:
    card = card_of(NARROWED)
    sentence = "Only: area 5; section 2; owner Ruth Hollis; Staff and volunteers; past their date."
    assert sentence in texts(card)
    held = {name: field["value"] for name, field in inputs(card).items()}
    assert held == {"section": "2", "owner": "14", "tag": "staff", "only": "overdue"}
    pressed = press(card, "Show all of them")
    assert parse(pressed["verb"], pressed["data"]) == ActionsShow(by="all", review=7)
    again = press(card, "Show these")
    assert again["data"]["area"] == 5


def test_a_choice_that_is_gone_is_named_as_well_as_we_can() -> None:
    unknown = ActionFilter("all", HEAD.id, owner=99, tag="gone")
    shown = texts(card_of(replace(NARROWED, filter=unknown)))
    assert "Only: owner someone else; gone." in shown


def test_ones_own_are_not_narrowed_by_owner() -> None:
    assert [*inputs(card_of(list_of(MINE, NEW)))] == ["section", "tag", "only"]


def test_choices_of_one_are_not_offered() -> None:
    few = list_of(*ALL, by="all", sections=EDITION.sections[:1], owners=PEOPLE[:1])
    assert [*inputs(card_of(few))] == ["tag", "only"]
    assert inputs(card_of(list_of(MINE))) == {}


def test_where_there_are_several_reviews_one_can_be_chosen() -> None:
    own = card_of(list_of(MINE, NEW, reviews=(HEAD, OTHER)))
    assert inputs(own)["review"]["value"] == "0"
    pressed = press(own, "Show these", review="9")
    assert parse(pressed["verb"], pressed["data"]) == ActionsShow(by="mine", review=9)
    led = card_of(list_of(*ALL, by="all", reviews=(HEAD, OTHER), filter=ActionFilter("all")))
    assert inputs(led)["review"]["value"] == "7"
    assert "All my reviews" not in read(led)


# --- pages and the ways on ------------------------------------------------------------------


def test_a_long_list_is_paged_and_keeps_how_it_is_narrowed() -> None:
    narrowed = replace(SECOND_PAGE, filter=ActionFilter("all", 7, owner=14, page=2))
    card = card_of(narrowed)
    assert "70 actions. 1 is past the date. Page 2 of 7." in texts(card)
    for title, page in (("Next page", 3), ("Page before", 1)):
        pressed = press(card, title)
        wanted = ActionsShow(by="all", review=7, owner=14, page=page)
        assert parse(pressed["verb"], pressed["data"]) == wanted


def test_the_first_page_has_no_page_before_and_the_last_no_next() -> None:
    first = replace(SECOND_PAGE, filter=ActionFilter("all", 7))
    last = replace(SECOND_PAGE, filter=ActionFilter("all", 7, page=7))
    assert {"Next page", "Page before"} & {*titles(first)} == {"Next page"}
    assert {"Next page", "Page before"} & {*titles(last)} == {"Page before"}


def test_a_lead_writes_an_action_from_the_list_and_goes_to_their_own() -> None:
    assert titles(LEADS)[-2:] == ["Write an action", "See my actions"]
    pressed = press(card_of(LEADS), "Write an action")
    assert parse(pressed["verb"], pressed["data"]) == ActionNew(review=7)
    of_area = press(card_of(NARROWED), "Write an action")
    assert parse(of_area["verb"], of_area["data"]) == ActionNew(review=7, area=5)


def test_from_their_own_a_lead_goes_to_everyones() -> None:
    card = card_of(list_of(MINE, may_see_all=True))
    pressed = press(card, "See everyone’s actions")
    assert parse(pressed["verb"], pressed["data"]) == ActionsShow(by="all")
    assert "See everyone’s actions" not in titles(list_of(MINE))
    assert "Write an action" not in titles(list_of(MINE, may_add=True))


def test_the_list_renews_itself_as_it_was_asked_for() -> None:
    data = card_of(NARROWED, for_user=USER)["refresh"]["action"]["data"]
    assert parse("actions.show", data) == ActionsShow(
        by="all", review=7, section=2, area=5, owner=14, tag="staff", only="overdue"
    )


def test_what_the_last_press_did_stands_at_the_top() -> None:
    assert texts(card_of(LEADS, said=Feedback("Saved.")))[:2] == ["Done", "Saved."]


@pytest.mark.parametrize("name", list(list_cards()))
def test_a_preview_holds_no_words_and_no_names(name: str) -> None:
    assert list_cards()[name].preview == "Experience of care reviews: actions"


def test_sixty_owners_fit() -> None:
    assert len(inputs(card_of(replace(LEADS, owners=CROWD)))["owner"]["choices"]) == 61
