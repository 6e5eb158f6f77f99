"""What is typed to end an area or a review, or to open it again."""

from datetime import date

import pytest

from eocif.rules.ending import (
    latest,
    reassess_day,
    reassess_problems,
    reopening_problem,
    reply_problem,
    setting_aside_problem,
)

BASELINE = date(2027, 1, 21)
LONG = "x" * 2_001
TOO_LONG = "is 1 character too long. The most is 2,000. All of it is still here."


def test_an_answer_to_a_concern_has_words_but_one_may_stand_without() -> None:
    assert reply_problem("", "answered") == "Write your answer, or let the concern stand."
    assert reply_problem("", "stands") is None
    assert reply_problem("We heard this.", "answered") is None
    assert TOO_LONG in (reply_problem(LONG, "stands") or "")


def test_opening_an_area_again_needs_a_reason() -> None:
    assert (reopening_problem("") or "").startswith("Say why this area is opened again.")
    assert reopening_problem("New evidence came in.") is None
    assert TOO_LONG in (reopening_problem(LONG) or "")


def test_setting_an_area_aside_needs_a_reason() -> None:
    assert (setting_aside_problem("") or "").startswith("Say why this area is set aside.")
    assert setting_aside_problem("It is asked elsewhere.") is None
    assert TOO_LONG in (setting_aside_problem(LONG) or "")


@pytest.mark.parametrize(
    ("baseline", "last"),
    [
        (date(2028, 2, 29), date(2031, 2, 28)),
        (date(2025, 12, 25), date(2028, 12, 25)),
        (BASELINE, date(2030, 1, 21)),
    ],
)
def test_the_next_assessment_is_three_years_on_where_none_is_chosen(
    baseline: date, last: date
) -> None:
    assert reassess_day("", baseline) == latest(baseline) == last
    assert reassess_problems("", "", baseline) == {}
    assert reassess_problems(last.isoformat(), "", baseline) == {}


@pytest.mark.parametrize("typed", ["2029-01-22", "22/01/2029", "22 January 2029"])
def test_it_may_be_sooner_with_a_reason_typed_or_picked(typed: str) -> None:
    assert reassess_day(typed, BASELINE) == date(2029, 1, 22)
    assert reassess_problems(typed, "A merger.", BASELINE) == {}
    assert reassess_problems(typed, "", BASELINE) == {
        "reassess_because": "Say why it is sooner than 3 years, or choose Monday 21 January 2030."
    }


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("soon", "We could not read this date. Type it like 18 February 2028."),
        ("2027-01-21", "Choose a day after today."),
        (
            "2030-01-22",
            "This is more than 3 years away. Choose Monday 21 January 2030 or sooner.",
        ),
    ],
)
def test_a_day_that_cannot_be_is_refused_with_a_sentence(typed: str, sentence: str) -> None:
    assert reassess_problems(typed, "A merger.", BASELINE) == {"reassess_on": sentence}


def test_a_reason_that_is_too_long_is_said_beside_what_else_is_wrong() -> None:
    problems = reassess_problems("soon", LONG, BASELINE)
    assert list(problems) == ["reassess_on", "reassess_because"]
    assert TOO_LONG in problems["reassess_because"]
