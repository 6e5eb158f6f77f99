"""People's own words for an area's lead: as they wrote them, by group, paged, hidden with care."""

from dataclasses import replace

import pytest

from cards.submissions import parse
from cards.voices import A_PAGE, voices
from cards.worksheet_shapes import DraftShow, VoicesConsent, VoicesHide, VoicesShow, VoicesUnhide
from eocif.rules.text import LIMIT
from eocif.summaries import Feedback
from tests.cards.harness import Card, actions, button, inputs, parts, press, read, size, texts
from tests.cards.samples_lead_steps import NO_REASON, NO_WORDS
from tests.cards.samples_lead_work import (
    CONCLUDED,
    CROWDED,
    EMOJI,
    FRESH,
    LONG,
    OTHERS,
    PEOPLE,
    STAFF,
    TOO_LONG,
    hostile,
    many_wrote,
    wrote,
)
from tests.cards.samples_short import HOSTILE, LEAD


def titles(card: Card) -> list[str]:
    return [action["title"] for action in actions(card)]


def headings(card: Card) -> list[str]:
    return [node["text"] for node in parts(card) if node.get("style") == "heading"]


# --- reading --------------------------------------------------------------------------------


@pytest.mark.covers("R30")
def test_words_stand_as_they_were_written_by_perspective_and_nothing_counts_them() -> None:
    shown = texts(voices(FRESH).content)
    people, staff = shown.index(PEOPLE), shown.index(STAFF)
    written = shown.index("The leaflet is in English only.\nMy mother could not read it.")
    assert people < written < staff
    below_the_title = shown[2:]
    assert not [text for text in below_the_title if any(map(str.isdigit, text))]


def test_groups_are_headings_and_the_question_is_the_worksheets_own() -> None:
    assert headings(voices(FRESH).content)[1:5] == [
        *("Where are we now?", PEOPLE, STAFF, OTHERS),
    ]


def test_a_group_that_was_named_locally_is_shown_as_it_was_typed() -> None:
    shown = voices(hostile()).content
    assert HOSTILE in texts(shown)
    assert HOSTILE not in headings(shown)


def test_a_name_stands_beside_words_only_where_the_reader_may_see_it() -> None:
    assert "Kasia Nowak" not in read(voices(FRESH).content)
    named = tuple(replace(each, name="Kasia Nowak") for each in FRESH.utterances)
    shown = voices(replace(FRESH, utterances=named, sees_names=True)).content
    assert "Kasia Nowak" in texts(shown)
    assert "You see names. The rest of the group does not." in read(shown)
    assert "You see names." not in read(voices(FRESH).content)


def test_a_line_parts_each_text_from_the_one_before_it_in_its_group() -> None:
    """A text without a name must not read as if the name above it were its own."""
    crowd = tuple(replace(each, group=STAFF) for each in many_wrote(3, "Yes."))
    body = voices(replace(FRESH, utterances=crowd)).content["body"]
    of_people = [each for each in body if "Yes." in str(each)]
    assert [each.get("separator") for each in of_people] == [None, True, True]


def test_words_that_someone_else_typed_say_so() -> None:
    shown = texts(voices(FRESH).content)
    place = shown.index("Posters are up on every ward since March.")
    assert shown[place + 1] == "Someone else typed this for them."


@pytest.mark.covers("R26")
def test_evidence_stands_with_its_source_its_kind_and_where_its_link_leads() -> None:
    shown = voices(FRESH, field="evidence").content
    assert "Survey, in numbers" in texts(shown)
    assert "Link to www.example.org" in texts(shown)
    assert "https://www.example.org/survey?id=1" not in str(shown)


def test_every_other_question_that_anybody_answered_is_one_press_away() -> None:
    shown = voices(FRESH).content
    assert [title for title in titles(shown) if title in ("Evidence", "Major omissions")] == [
        "Evidence"
    ]
    pressed = press(shown, "What we will do")
    assert parse(pressed["verb"], pressed["data"]) == VoicesShow(
        review=7, area=13, field="what_do", page=1
    )


def test_a_question_that_nobody_answered_says_so() -> None:
    assert "Nobody wrote about this." in texts(voices(FRESH, field="achieving").content)
    alone = voices(replace(FRESH, utterances=())).content
    assert "What else people wrote about" not in texts(alone)


def test_an_unknown_question_or_page_brings_one_that_is_there() -> None:
    assert voices(FRESH, field="nonsense", page=99).content == voices(FRESH).content
    assert voices(CROWDED, page=-5).content == voices(CROWDED, page=1).content


@pytest.mark.covers("R30")
@pytest.mark.parametrize("text", ["Yes.", LONG, EMOJI])
def test_every_word_of_a_crowd_is_on_some_page_whole_and_once(text: str) -> None:
    area = replace(CROWDED, utterances=many_wrote(40, text))
    seen, page, more = 0, 1, True
    while more:
        shown = voices(area, page=page).content
        seen += texts(shown).count(text)
        assert size(shown) < 80 * 1024
        assert titles(shown).count("Hide words that identify someone") <= A_PAGE
        more, page = "Next page" in titles(shown), page + 1
    assert seen == 40


def test_pages_lead_to_each_other() -> None:
    area = replace(CROWDED, utterances=many_wrote(40, "Yes."))
    second = voices(area, page=2).content
    assert "Page 2 of 5." in texts(second)
    for title, page in (("Next page", 3), ("Page before", 1)):
        pressed = press(second, title)
        assert parse(pressed["verb"], pressed["data"]) == VoicesShow(
            review=7, area=13, field="where_now", page=page
        )
    assert "Page before" not in titles(voices(area, page=1).content)


def test_from_peoples_words_the_lead_goes_on_to_the_draft_while_it_can_be_written() -> None:
    pressed = press(voices(FRESH).content, "Go on to the draft")
    assert parse(pressed["verb"], pressed["data"]) == DraftShow(review=7, area=13, step="words")
    assert "Go on to the draft" not in titles(voices(CONCLUDED).content)


@pytest.mark.covers("R21")
@pytest.mark.parametrize("state", ["waiting", "round_1"])
def test_before_the_first_round_has_closed_no_words_are_shown(state: str) -> None:
    blind = replace(FRESH, state=state)
    for shown in (voices(blind), voices(blind, hide="1:where_now")):
        assert "Nobody told me" not in str(shown.content)


def test_the_page_renews_itself_and_a_form_does_not() -> None:
    page = voices(FRESH, field="evidence", for_user=LEAD).content["refresh"]["action"]
    assert parse(page["verb"], page["data"]) == VoicesShow(
        review=7, area=13, field="evidence", page=1
    )
    assert "refresh" not in voices(FRESH, hide="1:where_now", for_user=LEAD).content


# --- hiding ---------------------------------------------------------------------------------


@pytest.mark.covers("R27")
def test_words_that_identify_someone_are_hidden_with_a_reason_that_the_author_reads() -> None:
    opened = button(voices(FRESH).content, "Hide words that identify someone")
    assert parse(opened["verb"], opened["data"]) == VoicesShow(
        review=7, area=13, page=1, hide="1:where_now"
    )
    form = voices(FRESH, hide="1:where_now").content
    assert "Nobody told me about PALS. I found it by chance on a poster." in texts(form)
    assert "The author is told, with your reason." in read(form)
    pressed = press(form, "Hide this and tell the author", words="by chance", reason="It is her")
    assert parse(pressed["verb"], pressed["data"]) == VoicesHide(
        review=7, area=13, page=1, hide="1:where_now", words="by chance", reason="It is her"
    )


def test_what_was_typed_comes_back_when_it_is_not_taken_and_nothing_else_does() -> None:
    form = voices(FRESH, NO_REASON, hide="1:where_now").content
    assert inputs(form)["words"]["value"] == "Sister Anne"
    assert texts(form).count("Say why, so that the author understands.") == 2
    assert read(form).count("1:where_now") == 0


def test_a_form_can_be_left_without_hiding_anything() -> None:
    pressed = press(voices(FRESH, hide="1:where_now").content, "Keep it as it is")
    assert parse(pressed["verb"], pressed["data"]) == VoicesShow(review=7, area=13, page=1)


def test_hidden_words_show_the_reason_and_can_be_shown_again() -> None:
    shown = voices(FRESH).content
    assert "Words were hidden. The reason: It names a nurse." in texts(shown)
    pressed = press(shown, "Show again")
    assert parse(pressed["verb"], pressed["data"]) == VoicesUnhide(
        review=7, area=13, page=1, hide="3:where_now"
    )


def test_a_text_that_is_hidden_whole_has_nothing_left_to_hide() -> None:
    whole = wrote("5", OTHERS, "[this text is hidden]", is_all_hidden=True)
    shown = voices(replace(FRESH, utterances=(whole,))).content
    assert titles(shown)[0] == "Show again"
    assert "Hide words that identify someone" not in titles(shown)
    assert inputs(voices(FRESH, hide="5:where_now").content) == {}


# --- consent --------------------------------------------------------------------------------


@pytest.mark.covers("R54")
def test_a_story_is_for_the_board_only_with_consent_that_is_written_down() -> None:
    shown = voices(FRESH, field="evidence").content
    assert "A story. No consent is recorded, so the board report leaves it out." in texts(shown)
    form = voices(FRESH, field="evidence", consent="2:evidence_8").content
    pressed = press(form, "Record this consent", how="In writing.")
    assert parse(pressed["verb"], pressed["data"]) == VoicesConsent(
        review=7, area=13, field="evidence", page=1, consent="2:evidence_8", how="In writing."
    )


def test_consent_that_is_recorded_is_shown_and_can_be_changed() -> None:
    shown = voices(FRESH, field="evidence").content
    given = "Consent for the board, recorded on Monday 1 February 2027: In writing."
    assert given in texts(shown)
    assert "Change the consent" in titles(shown)
    form = voices(FRESH, field="evidence", consent="6:evidence_9").content
    assert inputs(form)["how"]["value"] == "In writing."
    undated = tuple(replace(each, consent_on=None) for each in FRESH.utterances)
    shown = voices(replace(FRESH, utterances=undated), field="evidence").content
    assert "Consent for the board: In writing." in texts(shown)


def test_only_a_story_asks_for_consent() -> None:
    assert inputs(voices(FRESH, consent="1:where_now").content) == {}


def test_typed_words_that_no_box_holds_stand_below_it_to_copy() -> None:
    form = voices(FRESH, NO_WORDS, field="evidence", consent="2:evidence_8").content
    assert "value" not in inputs(form)["how"]
    assert "Kept for you to copy" in texts(form)
    assert any(text.startswith(TOO_LONG[:LIMIT]) for text in texts(form))


def test_no_form_shows_words_to_a_reader_who_types_macros() -> None:
    form = voices(hostile(), Feedback(typed={"words": HOSTILE}), hide="1:where_now").content
    assert inputs(form)["words"]["value"] == HOSTILE
