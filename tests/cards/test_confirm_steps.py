"""Round 2 for a member: what others said, and their own levels, changeable."""

import re
from dataclasses import replace

import pytest

from cards.confirm import draft, levels, voices
from cards.submissions import parse
from cards.worksheet_shapes import ConfirmLevels, ConfirmShow
from eocif.rules.framework import edition
from eocif.rules.merging import digest
from eocif.rules.statements import BY_AREA
from eocif.summaries import Feedback
from tests.cards.harness import Card, actions, inputs, press, read, texts
from tests.cards.samples_answering import USER
from tests.cards.samples_members import (
    CHANGED_ELSEWHERE,
    MOVED,
    OTHERS,
    SAID,
    STAFF,
    confirm_for_doris,
    confirm_form,
    result,
    utterance,
)

AGREE = "I agree with this wording"


def titles(card: Card) -> list[str]:
    """The buttons that are pressed, in order; what unfolds is none of them."""
    return [each["title"] for each in actions(card) if each["type"] == "Action.Execute"]


# --- what others said -----------------------------------------------------------------


def test_others_words_stand_by_group_without_names_or_counts() -> None:
    shown = texts(voices(confirm_form()).content)
    start = shown.index("Where are we now?")
    assert shown[start + 1 : start + 6] == [
        STAFF,
        "We meet people on ward 7 every month.",
        "Community teams are forgotten.",
        OTHERS,
        "Nobody asked me in two years.",
    ]
    assert not any(re.search(r"\d+ (people|comments|answers)", text) for text in shown)


def test_a_name_that_comes_along_is_not_shown_to_members() -> None:
    named = tuple(replace(each, name="Doris Whitfield") for each in SAID)
    assert "Doris" not in read(voices(confirm_form(utterances=named)).content)


def test_evidence_shows_its_source_and_where_its_link_leads() -> None:
    shown = texts(voices(confirm_form(), field="evidence").content)
    start = shown.index(OTHERS)
    assert shown[start : start + 7] == [
        OTHERS,
        "Local Healthwatch report, in words",
        "Six of our visitors said so.",
        "Link to www.example.org",
        STAFF,
        "Survey, in numbers",
        "Link to x.org",
    ]


def test_the_other_questions_are_a_press_away() -> None:
    card = voices(confirm_form()).content
    assert titles(card) == ["What we will do", "Evidence", "Back to the draft"]
    pressed = press(card, "Evidence")
    assert parse(pressed["verb"], pressed["data"]) == ConfirmShow(
        review=7, areas=(4, 5, 6), area=5, step="voices", field="evidence"
    )


def test_long_words_are_paged_by_size_and_never_cut() -> None:
    said = tuple(utterance(STAFF, f"{n} {'x' * 1_400}") for n in range(5))
    form = confirm_form(utterances=said)
    pages = [voices(form, page=page).content for page in (1, 2, 3)]
    assert [sum(each.text in read(page) for each in said) for page in pages] == [2, 2, 1]
    assert [titles(page)[:-1] for page in pages] == [
        ["Read more"],
        ["Read more", "Read the page before"],
        ["Read the page before"],
    ]
    pressed = press(pages[0], "Read more")
    assert parse(pressed["verb"], pressed["data"]) == ConfirmShow(
        review=7, areas=(4, 5, 6), area=5, step="voices", page=2
    )


@pytest.mark.parametrize("page", [-1, 0, 99])
def test_a_page_that_is_not_there_is_the_first(page: int) -> None:
    assert voices(confirm_form(), page=page) == voices(confirm_form())


def test_a_question_without_words_brings_the_first_that_has_some() -> None:
    assert voices(confirm_form(), field="comment") == voices(confirm_form())
    shown = texts(voices(confirm_form(utterances=()), field="comment").content)
    assert "Nobody wrote words that we can show here." in shown


# --- their own levels -----------------------------------------------------------------


def test_their_own_levels_stand_ready_to_change_beside_the_draft_and_everyone() -> None:
    card = levels(confirm_form(13)).content
    assert {name: field["value"] for name, field in inputs(card).items()} == {
        f"level_13{letter}": choice
        for letter, choice in zip(
            "abcdefgh", ("progressing", "achieving", "dont_know") * 3, strict=False
        )
    }
    shown = texts(card)
    start = shown.index("Help with 13a")
    after = shown[start:]
    assert after.index("The draft proposes: achieving.") < after.index(
        "All: 4 progressing, 7 achieving, 1 excelling."
    )
    assert "Area 13a: which level fits best now?" in shown
    assert f"In plain English (our words): {edition().indicator('13a').plain}" in shown


def test_what_is_left_alone_stays_and_what_is_changed_is_posted_with_what_was_shown() -> None:
    card = levels(confirm_form()).content
    pressed = press(card, "Save my levels and answer the draft", level_5a="achieving")
    posted = parse(pressed["verb"], pressed["data"])
    assert isinstance(posted, ConfirmLevels)
    assert (posted.place.areas, posted.area, posted.go) == ((4, 5, 6), 5, "answer")
    assert posted.fields == {"level_5a": "achieving"}
    assert posted.shown == {"level_5a": digest("progressing")}
    assert press(card, "Save my levels and stop here")["data"]["go"] == "stop"
    back = press(card, "Back to the draft", level_5a="achieving")
    assert (back["verb"], back["data"]["step"], "level_5a" in back["data"]) == (
        *("confirm.show", "draft"),
        False,
    )


def test_a_level_can_be_chosen_where_there_was_none_or_no_result() -> None:
    nothing = replace(result(()), statements=())
    card = levels(confirm_form(own={}, result=nothing)).content
    assert "value" not in inputs(card)["level_5a"]
    assert "All:" not in read(card)


@pytest.mark.covers("R07")
@pytest.mark.parametrize("unit", ["indicator", "area"])
def test_the_four_definitions_stand_wherever_a_level_is_asked_for(unit: str) -> None:
    shown = read(levels(confirm_form(5, unit=unit)).content)
    for level in edition().levels:
        assert level.definition in shown


def test_a_whole_area_has_one_level_and_every_statement_in_plain_english() -> None:
    card = levels(confirm_form(13, unit=BY_AREA)).content
    assert list(inputs(card)) == ["level_13"]
    assert inputs(card)["level_13"]["label"] == "Area 13 as a whole: which level fits best now?"
    assert "Area 13 in plain English" in texts(card)
    assert read(card).count("In plain English (our words)") == 8


def test_levels_that_differ_are_named_and_what_was_chosen_is_kept() -> None:
    card = levels(confirm_form(), MOVED, for_user=USER).content
    shown = texts(card)
    assert "Stored now: Progressing" in shown
    assert "You typed: Excelling" in shown
    assert inputs(card)["level_5a"]["value"] == "excelling"
    assert "refresh" not in card
    assert "refresh" in levels(confirm_form(), for_user=USER).content


def test_what_differs_in_an_answer_is_told_in_words_too() -> None:
    shown = texts(draft(confirm_form(), CHANGED_ELSEWHERE).content)
    assert "Stored now: I want to raise a concern" in shown
    assert f"You typed: {AGREE}" in shown
    assert "You typed: agree" in shown  # a comment is never taken for an answer
    gone = replace(MOVED.differs[0], stored="")
    shown = texts(levels(confirm_form(), Feedback(differs=(gone,))).content)
    assert "Stored now: nothing" in shown


def test_without_a_closing_day_no_day_is_named() -> None:
    assert "You can change it." in read(levels(confirm_form(closes_on=None)).content)


def test_levels_for_someone_else_speak_of_them() -> None:
    card = levels(confirm_for_doris()).content
    assert "Change their levels here if you see it differently now." not in texts(card)
    assert "Change their levels here if they see it differently now." in texts(card)
    assert "Save their levels and answer the draft" in titles(card)
