"""Sign-off and opening an area again: what is needed, what they do, and nothing typed is lost."""

from dataclasses import replace

import pytest

from cards.reopen import reopen
from cards.sign_off import sign_off
from cards.submissions import parse
from cards.worksheet_shapes import Reopen, SignOffDo, WorksheetShow
from eocif.summaries import Feedback
from tests.cards.harness import actions, inputs, press, read, texts
from tests.cards.samples_answering import HOSTILE, LONG
from tests.cards.samples_lead import LEAD
from tests.cards.samples_worksheet import (
    NEEDED,
    NO_DATE,
    READY_STEP,
    SIGNED,
    SOON,
    worksheet_of,
)


def test_while_something_is_needed_there_is_nothing_to_press_but_the_way_back() -> None:
    card = sign_off(replace(READY_STEP, standing=NEEDED)).content
    shown = texts(card)
    assert [f"• {each}" for each in NEEDED] == [text for text in shown if text.startswith("•")]
    assert [each["title"] for each in actions(card)] == ["Back to the worksheet"]
    assert inputs(card) == {}


def test_the_last_look_says_what_the_worksheet_holds_and_what_signing_off_fixes() -> None:
    assert texts(sign_off(READY_STEP).content)[2:9] == [
        "20 areas are concluded.",
        "3 areas are set aside, with a reason.",
        "5 statements are “not agreed”: an honest result.",
        "2 levels are set by the lead, and printed so.",
        "1 concern stands, printed with the worksheet.",
        "Signing off sets the baseline to today, Thursday 4 March 2027.",
        "After that an area can only be opened again with a reason.",
    ]


def test_what_there_is_none_of_is_left_out() -> None:
    nothing = replace(
        READY_STEP, concluded=1, set_aside=0, not_agreed=0, set_by_lead=0, concerns_standing=0
    )
    shown = texts(sign_off(nothing).content)
    assert shown[2:4] == [
        "1 area is concluded.",
        "Signing off sets the baseline to today, Thursday 4 March 2027.",
    ]


def test_signing_off_posts_the_next_assessment_three_years_on_unless_it_is_changed() -> None:
    card = sign_off(READY_STEP, for_user=LEAD).content
    assert "Day of the next assessment, Monday 4 March 2030 at the latest" in texts(card)
    pressed = press(card, "Sign this review off")
    assert parse(pressed["verb"], pressed["data"]) == SignOffDo(
        review=7, offered="2030-03-04", reassess_on="2030-03-04"
    )
    sooner = press(
        card, "Sign this review off", reassess_on="2029-03-05", reassess_because="A merger."
    )
    assert parse(sooner["verb"], sooner["data"]) == SignOffDo(
        review=7, offered="2030-03-04", reassess_on="2029-03-05", reassess_because="A merger."
    )
    assert card["refresh"]["action"]["verb"] == "signoff.show"


def test_a_missing_reason_is_named_at_its_box_and_the_chosen_day_stays() -> None:
    card = sign_off(READY_STEP, SOON, for_user=LEAD).content
    shown = texts(card)
    box = shown.index("Why it is sooner than 3 years, if it is (up to 2,000 characters)")
    assert shown[box - 1] == "Say why it is sooner than 3 years."
    assert inputs(card)["reassess_on"]["value"] == "2029-03-05"
    assert "refresh" not in card


def test_what_is_no_date_stays_as_it_was_typed() -> None:
    field = inputs(sign_off(READY_STEP, NO_DATE).content)["reassess_on"]
    assert (field["type"], field["value"]) == ("Input.Text", f"soon {HOSTILE}")


def test_without_a_stored_day_none_is_filled_in() -> None:
    assert "value" not in inputs(sign_off(replace(READY_STEP, values={})).content)["reassess_on"]


@pytest.mark.covers("R49")
def test_sign_off_says_that_nothing_here_assesses_performance() -> None:
    face = sign_off(READY_STEP)
    assert "This does not assess performance." in read(face.content)
    assert face.preview == "Experience of care review: sign-off"


# --- opening an area again ------------------------------------------------------------


def test_opening_again_says_what_it_does_and_needs_a_reason() -> None:
    face = reopen(worksheet_of(1), area=1)
    shown = texts(face.content)
    assert shown[2:5] == [
        "Concluded now.",
        "Opening it again takes back its levels. Its draft and what people said are kept.",
        "Every later report shows that it was opened again, and your reason.",
    ]
    with pytest.raises(AssertionError, match="Required and empty"):
        press(face.content, "Open area 1 again")
    pressed = press(face.content, "Open area 1 again", reason="New evidence came.")
    assert parse(pressed["verb"], pressed["data"]) == Reopen(
        review=7, area=1, reason="New evidence came."
    )
    assert face.preview == "Area 1: open it again"


def test_keeping_it_leads_back_to_its_section_and_sends_nothing() -> None:
    pressed = press(reopen(worksheet_of(1), area=1).content, "Keep it as it is", reason="x")
    assert parse(pressed["verb"], pressed["data"]) == WorksheetShow(review=7, section=1)
    assert "reason" not in pressed["data"]


def test_after_sign_off_it_says_that_the_review_runs_again() -> None:
    shown = texts(reopen(replace(SIGNED, areas=()), area=13).content)
    assert "The review is then no longer signed off." in shown
    assert not any(text.endswith(" now.") for text in shown)


def test_a_reason_that_is_too_long_comes_back_in_its_box() -> None:
    said = Feedback(problems={"reason": "Too long."}, typed={"reason": LONG})
    card = reopen(worksheet_of(1), said, area=1, for_user=LEAD).content
    assert inputs(card)["reason"]["value"] == LONG
    assert "Too long." in texts(card)
    assert "refresh" not in card
