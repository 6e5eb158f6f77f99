"""A member's answer to a draft: asked for, stored, and once the round is closed."""

import pytest

from cards.confirm import answer, closed, saved
from cards.submissions import parse
from cards.worksheet_shapes import ConfirmAnswer, ConfirmShow
from eocif.rules.merging import digest
from eocif.summaries import Feedback
from tests.cards.harness import Card, actions, button, inputs, press, read, texts
from tests.cards.samples_answering import LONG, USER
from tests.cards.samples_members import (
    CONCERN,
    NEEDS_A_REASON,
    confirm_for_doris,
    confirm_form,
)

COMMENTED = {"answer": "agree_with_comment", "comment": "Please name the carers' group."}


def titles(card: Card) -> list[str]:
    """The buttons, in order."""
    return [each["title"] for each in actions(card)]


# --- asked for ------------------------------------------------------------------------


@pytest.mark.covers("R31")
def test_there_are_three_answers_and_a_box_for_words() -> None:
    card = answer(confirm_form()).content
    choices = {each["value"]: each["title"] for each in inputs(card)["answer"]["choices"]}
    assert list(choices.items()) == [
        ("agree", "I agree with this wording"),
        ("agree_with_comment", "I agree, with a comment"),
        ("concern", "I want to raise a concern"),
    ]
    assert inputs(card)["answer"]["isRequired"]
    assert inputs(card)["comment"]["label"] == (
        "Comment, or the reason for a concern (up to 2,000 characters)"
    )
    assert "A comment needs words, and a concern needs its reason." in read(card)


@pytest.mark.covers("R31")
def test_a_concern_is_posted_with_its_reason_and_what_was_shown() -> None:
    card = answer(confirm_form(), chosen="concern").content
    assert inputs(card)["answer"]["value"] == "concern"
    pressed = press(card, "Save my answer to the draft", comment=CONCERN)
    assert parse(pressed["verb"], pressed["data"]) == ConfirmAnswer(
        review=7,
        areas=(4, 5, 6),
        area=5,
        shown={"answer": digest(""), "comment": digest("")},
        answer="concern",
        comment=CONCERN,
    )


def test_what_was_pressed_comes_before_what_is_stored_and_what_was_typed_before_both() -> None:
    stored = confirm_form(**COMMENTED)
    assert inputs(answer(stored).content)["answer"]["value"] == "agree_with_comment"
    assert inputs(answer(stored).content)["comment"]["value"] == COMMENTED["comment"]
    assert inputs(answer(stored, chosen="concern").content)["answer"]["value"] == "concern"
    typed = Feedback(typed={"answer": "agree", "comment": "Mine"})
    again = answer(stored, typed, chosen="concern").content
    assert (inputs(again)["answer"]["value"], inputs(again)["comment"]["value"]) == (
        *("agree", "Mine"),
    )


def test_a_missing_reason_is_named_at_its_box_and_nothing_typed_is_lost() -> None:
    card = answer(confirm_form(), NEEDS_A_REASON, for_user=USER).content
    shown = texts(card)
    label = shown.index("Comment, or the reason for a concern (up to 2,000 characters)")
    assert shown[label - 1] == "A concern needs its reason. What you typed is still here."
    assert inputs(card)["comment"]["value"] == "Because"
    assert "refresh" not in card


def test_words_that_are_too_long_come_back_in_their_box_and_once_only() -> None:
    form = confirm_form(kept={"comment": LONG, "level_5a": "excelling"})
    shown = texts(answer(form, Feedback(typed={"comment": LONG})).content)
    assert shown.count(LONG) == 1
    start = shown.index("Kept for you to copy")
    assert shown[start + 2 : start + 4] == ["Area 5a", "Excelling"]
    later = texts(answer(form).content)
    assert later[later.index("Comment or concern") + 1].startswith("Too long. Too long.")


def test_the_card_that_asks_renews_itself_with_the_answer_that_was_pressed() -> None:
    refresh = answer(confirm_form(), chosen="concern", for_user=USER).content["refresh"]
    assert parse(refresh["action"]["verb"], refresh["action"]["data"]) == ConfirmShow(
        review=7, areas=(4, 5, 6), area=5, step="answer", answer="concern"
    )


def test_leaving_the_card_sends_nothing_that_was_typed() -> None:
    pressed = press(answer(confirm_form()).content, "Back to the draft", comment="Half")
    assert "comment" not in pressed["data"]


def test_asking_for_someone_else_speaks_of_them() -> None:
    card = answer(confirm_for_doris()).content
    assert "What do they think of this draft?" in texts(card)
    assert "They want to raise a concern" in [
        each["title"] for each in inputs(card)["answer"]["choices"]
    ]
    assert press(card, "Save their answer to the draft", answer="agree")["data"]["member"] == 31


def test_an_answer_says_who_reads_it_before_it_is_given() -> None:
    shown = texts(answer(confirm_form()).content)
    privacy = next(text for text in shown if text.startswith("Confidential"))
    assert shown.index(privacy) < shown.index("Save my answer to the draft")


# --- stored ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stored", "sentence"),
    [
        ({"answer": "agree"}, "You agree with this wording. Thank you."),
        (COMMENTED, "You agree, with a comment. Thank you."),
        (
            {"answer": "concern", "comment": CONCERN},
            "You raised a concern. The area's lead reads it before concluding. Thank you.",
        ),
        ({}, "You have not answered the draft of area 5 yet."),
    ],
)
def test_a_stored_answer_is_said_in_a_sentence(stored: dict[str, str], sentence: str) -> None:
    assert sentence in texts(saved(confirm_form(**stored)).content)


def test_a_stored_answer_shows_the_comment_the_levels_and_until_when_it_can_change() -> None:
    shown = texts(saved(confirm_form(13, left=(), answered_by_how_many=3, **COMMENTED)).content)
    assert "You can change it until 5pm on Friday 8 January 2027, or sooner if everyone has " in (
        "\n".join(shown)
    )
    assert "3 people have answered this draft so far." in shown
    assert "You have answered every draft for this week." in shown
    assert shown[shown.index("Comment") + 1] == COMMENTED["comment"]
    assert "13a: Achieving. You chose progressing." in shown


def test_the_next_draft_comes_first_and_the_ways_to_change_last() -> None:
    card = saved(confirm_form(answer="agree")).content
    assert titles(card) == [
        "Next: area 6",
        "Back to this week's areas",
        "Change my answer",
        "Change my levels",
        "Read the draft again",
        "Read what others said",
    ]
    pressed = press(card, "Next: area 6")
    assert parse(pressed["verb"], pressed["data"]) == ConfirmShow(review=7, areas=(4, 5, 6), area=6)
    assert button(card, "Next: area 6")["style"] == "positive"


def test_levels_changed_alone_still_ask_for_an_answer() -> None:
    card = saved(confirm_form(left=(), utterances=(), closes_on=None)).content
    assert titles(card)[0] == "Answer the draft of area 5"
    assert "Read what others said" not in titles(card)
    assert "You can answer." in texts(card)
    assert "You have answered every draft for this week." not in texts(card)
    both = saved(confirm_form()).content
    assert titles(both)[:2] == ["Answer the draft of area 5", "Next: area 6"]


def test_a_concern_is_called_one_and_what_was_kept_is_there_to_copy() -> None:
    form = confirm_form(answer="concern", comment=CONCERN, kept={"comment": "An earlier one."})
    shown = texts(saved(form).content)
    assert shown[shown.index("Concern") + 1] == CONCERN
    assert shown[shown.index("Comment or concern") + 1] == "An earlier one."


def test_what_is_recorded_for_someone_is_said_of_them() -> None:
    shown = texts(saved(confirm_for_doris(answer="agree", left=())).content)
    assert "They agree with this wording. Thank you." in shown
    assert "You have recorded everything for them. Thank you." in shown
    assert "Change their answer" in shown


def test_the_stored_answer_renews_itself_and_its_preview_says_nothing_of_it() -> None:
    face = saved(confirm_form(answer="concern"), for_user=USER)
    assert face.content["refresh"]["action"]["data"]["step"] == "auto"
    assert face.preview == "Area 5: what we have saved"


# --- no longer possible ---------------------------------------------------------------


def test_once_the_round_is_closed_the_answer_stands_and_the_next_step_is_said() -> None:
    card = closed(confirm_form(state="closed", **COMMENTED), for_user=USER).content
    assert texts(card)[3:7] == [
        "This round closed at 5pm on Friday 8 January 2027.",
        "You agree, with a comment. Thank you.",
        "The area's lead concludes it next. Then we tell you what became of what you said.",
        "Ask the lead, Amina Yusuf, if something needs to change.",
    ]
    assert COMMENTED["comment"] in texts(card)
    assert inputs(card) == {}


@pytest.mark.covers("R31")
def test_who_did_not_answer_is_not_said_to_agree() -> None:
    shown = read(closed(confirm_form(state="closed", closes_on=None, left=())).content)
    assert "This round closed." in shown
    assert "You did not answer the draft. Your levels stay as they are." in shown
    assert "agree" not in shown
    theirs = read(closed(confirm_for_doris(state="closed")).content)
    assert "They did not answer the draft. Their levels stay as they are." in theirs


def test_an_answer_that_came_too_late_is_kept_to_copy_in_words() -> None:
    late = {"answer": "concern", "comment": CONCERN}
    shown = texts(closed(confirm_form(state="closed", kept=late)).content)
    start = shown.index("Kept for you to copy")
    assert shown[start + 1 : start + 6] == [
        "You sent these after the round closed. They are not part of your answer. "
        "We kept them for you to copy.",
        "Answer to the draft",
        "I want to raise a concern",
        "Comment or concern",
        CONCERN,
    ]


@pytest.mark.parametrize(
    ("state", "sentence", "preview"),
    [
        (
            "set aside",
            "This area was set aside. You do not need to answer its draft.",
            "Area 5: set aside",
        ),
        (
            "cancelled",
            "This review was cancelled. You do not need to answer.",
            "Area 5: this review was cancelled",
        ),
        (
            "left the group",
            "You are no longer in this review group. You do not need to answer.",
            "Area 5: you are no longer in this review group",
        ),
        (
            "not open yet",
            "There is no draft to answer yet. We will write to you when there is.",
            "Area 5: no draft to answer yet",
        ),
    ],
)
def test_each_other_state_has_its_plain_sentence(state: str, sentence: str, preview: str) -> None:
    face = closed(confirm_form(state=state))
    assert sentence in texts(face.content)
    assert face.preview == preview
    assert "Ask the lead" not in read(face.content)


def test_what_was_saved_before_an_area_was_set_aside_is_still_shown() -> None:
    kept = texts(
        closed(confirm_form(state="set aside", kept={"comment": "x"}, **COMMENTED)).content
    )
    assert "What you saved is kept, as shown below." in kept
    assert "These are not part of your answer. We kept them for you to copy." in kept
    nothing = texts(closed(confirm_form(state="set aside")).content)
    assert "What you saved is kept, as shown below." not in nothing


def test_who_may_not_see_the_draft_any_more_is_told_of_no_proposal() -> None:
    gone = confirm_form(state="left the group", proposed={}, words={}, **COMMENTED)
    shown = read(closed(gone).content)
    assert COMMENTED["comment"] in shown
    assert "Levels proposed" not in shown


def test_what_is_kept_of_an_unknown_field_is_shown_all_the_same() -> None:
    shown = texts(closed(confirm_form(state="closed", kept={"else": "Words"})).content)
    assert shown[shown.index("else") + 1] == "Words"
