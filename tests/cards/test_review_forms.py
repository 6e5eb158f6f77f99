"""Extending a round, closing one early, cancelling a review."""

from dataclasses import replace

import pytest

from cards.review import review
from cards.review_forms import cancel, close, extend
from cards.submissions import ReviewCancel, ReviewClose, ReviewExtend, ReviewShow, parse
from eocif.rules.agreement import DEFAULT
from tests.cards.harness import actions, inputs, press, read, texts
from tests.cards.samples_lead import (
    ALL_OPEN,
    CANCELLED,
    NOT_A_DATE,
    ONE_OPEN,
    SETTING_UP,
    TOO_LONG,
    TOO_SOON,
    at_a_glance,
    dated,
)
from tests.cards.samples_short import HOSTILE

SAVE = "Save the new closing day"
CLOSE = "Close this round early"
FORMS = (extend, close, cancel)


def test_a_form_never_renews_itself_while_someone_types() -> None:
    for form in FORMS:
        assert "refresh" not in form(at_a_glance()).content


def test_from_every_form_one_can_go_back_and_leave_what_was_typed() -> None:
    for form, title in zip(FORMS, ("Back to the review",) * 2 + ("Keep this review",), strict=True):
        pressed = press(form(at_a_glance()).content, title)
        assert parse(pressed["verb"], pressed["data"]) == ReviewShow(review=7, view="summary")
        assert set(pressed["data"]) == {"review", "view"}


# --- extending --------------------------------------------------------------------------------


def test_an_area_and_a_day_are_chosen() -> None:
    pressed = press(extend(at_a_glance()).content, SAVE, area="6", until="2027-02-05")
    expected = ReviewExtend(review=7, area=6, until="2027-02-05")
    assert parse(pressed["verb"], pressed["data"]) == expected


def test_only_open_areas_can_be_chosen_each_with_its_closing_day() -> None:
    choices = inputs(extend(at_a_glance()).content)["area"]["choices"]
    assert [choice["value"] for choice in choices] == [str(number) for number in range(6, 16)]
    assert choices[0]["title"] == (
        "Area 6: Staff support and feedback, closes on Friday 29 January 2027"
    )


def test_a_few_areas_are_all_shown_and_many_fold_into_one_line() -> None:
    few = at_a_glance(areas=ALL_OPEN.areas[:6])
    assert inputs(extend(few).content)["area"]["style"] == "expanded"
    assert inputs(extend(ALL_OPEN).content)["area"]["style"] == "compact"


def test_a_given_area_needs_no_choosing() -> None:
    card = extend(at_a_glance(), area=7).content
    assert set(inputs(card)) == {"until"}
    assert "Area 7: Safe staffing, compassionate care, closes on Friday 29 January 2027." in texts(
        card
    )
    pressed = press(card, SAVE, until="2027-02-05")
    assert parse(pressed["verb"], pressed["data"]) == ReviewExtend(
        review=7, area=7, until="2027-02-05"
    )


def test_a_given_area_that_is_not_open_leaves_the_choice() -> None:
    assert set(inputs(extend(at_a_glance(), area=1).content)) == {"area", "until"}


def test_the_day_is_after_the_soonest_closing_day() -> None:
    assert inputs(extend(at_a_glance(), area=7).content)["until"]["min"] == "2027-01-30"


def test_an_area_without_a_day_can_be_given_one() -> None:
    undated = replace(ONE_OPEN.areas[0], closes_on=None)
    card = extend(at_a_glance(areas=(undated,))).content
    assert "Area 3: Executive lead and visibility." in texts(card)
    assert "min" not in inputs(card)["until"]


def test_a_refused_day_is_still_on_the_card_under_its_sentence() -> None:
    card = extend(at_a_glance(), TOO_SOON).content
    assert inputs(card)["area"]["value"] == "6"
    assert inputs(card)["until"]["value"] == "2027-02-06"
    shown = texts(card)
    assert shown[shown.index("New closing day") - 1] == "Choose a working day after today."


def test_what_is_no_date_stands_above_the_field_that_cannot_hold_it() -> None:
    card = extend(at_a_glance(), NOT_A_DATE).content
    assert f"You typed: soon {HOSTILE}" in texts(card)
    assert "value" not in inputs(card)["until"]


def test_with_no_round_open_there_is_nothing_to_fill_in() -> None:
    card = extend(CANCELLED).content
    assert "No area is open for answers now, so there is no closing day to change." in texts(card)
    assert [action["title"] for action in actions(card)] == ["Back to the review"]


# --- closing early ----------------------------------------------------------------------------


def test_only_areas_with_enough_answers_can_be_closed_early() -> None:
    card = close(at_a_glance()).content
    assert [choice["title"] for choice in inputs(card)["area"]["choices"]] == [
        "Area 6: Staff support and feedback, 4 of 10 have answered",
        "Area 7: Safe staffing, compassionate care, 3 of 10 have answered",
    ]
    assert "Not yet: areas 8 to 15." in read(card)
    pressed = press(card, CLOSE, area="7")
    assert parse(pressed["verb"], pressed["data"]) == ReviewClose(review=7, area=7)


def test_the_card_says_when_the_round_then_closes() -> None:
    shown = read(close(ONE_OPEN).content)
    assert "The round closes at 5pm today." in shown
    assert "it closes at 5pm on the next working day." in shown
    assert "What people save by 5.15pm still counts." in shown
    assert "Not yet" not in shown


def test_the_only_area_needs_no_choosing() -> None:
    card = close(ONE_OPEN).content
    assert inputs(card) == {}
    pressed = press(card, CLOSE)
    assert parse(pressed["verb"], pressed["data"]) == ReviewClose(review=7, area=3)


def test_a_given_area_is_the_one_to_close() -> None:
    pressed = press(close(at_a_glance(), area=6).content, CLOSE)
    assert pressed["data"]["area"] == 6


def test_where_none_has_enough_answers_the_card_says_what_is_needed() -> None:
    card = close(ALL_OPEN).content
    assert texts(card)[2] == (
        "No round can close early yet. "
        "An area needs answers from 5 people and 3 perspectives, "
        "at least one with lived experience."
    )
    assert [action["title"] for action in actions(card)] == ["Back to the review"]


def test_what_is_needed_follows_the_reviews_own_rule() -> None:
    rule = replace(DEFAULT, people=4, perspectives=2, lived_experience=0)
    card = close(replace(ALL_OPEN, rule=rule)).content
    assert "An area needs answers from 4 people and 2 perspectives." in read(card)


def test_a_draft_that_is_with_the_group_can_be_extended_and_closed_early() -> None:
    draft = replace(dated(5, "draft with the group", answered=8, may_close=True), round=2)
    summary = at_a_glance(areas=(draft,))
    assert "Change a closing day" in read(review(summary).content)
    shown = "Area 5: Developing the organisation, its draft, closes on Friday 22 January 2027."
    assert shown in read(extend(summary).content)
    assert "Area 5: Developing the organisation, 8 of 10 have answered the draft." in read(
        close(summary).content
    )


# --- cancelling -------------------------------------------------------------------------------


def test_cancelling_says_what_stops_and_what_is_kept() -> None:
    shown = read(cancel(at_a_glance()).content)
    assert "Cancelling stops the review for good. You cannot undo it." in shown
    assert "Everything saved so far is kept. People can still see their own answers." in shown


def test_cancelling_a_draft_says_that_nobody_was_asked() -> None:
    assert "Nobody has been asked anything yet." in read(cancel(SETTING_UP).content)


@pytest.mark.parametrize("typed", [{}, {"reason": "A new one starts in May."}])
def test_a_reason_may_be_given_or_left_out(typed: dict[str, str]) -> None:
    pressed = press(cancel(at_a_glance()).content, "Cancel this review", **typed)
    assert parse(pressed["verb"], pressed["data"]) == ReviewCancel(review=7, **typed)


def test_a_reason_that_is_too_long_is_kept_whole() -> None:
    field = inputs(cancel(at_a_glance(), TOO_LONG).content)["reason"]
    assert field["value"] == TOO_LONG.typed["reason"]
    assert "maxLength" not in field
