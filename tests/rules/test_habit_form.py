"""What someone may ask of our messages, and what is said where they may not."""

from datetime import date

import pytest

from eocif.rules.habit_form import at_odds, problem, read, values, wish, without_leave
from eocif.rules.habits import DEFAULT, Wish

TODAY = date(2027, 1, 11)
USUAL = values(DEFAULT, TODAY)
ON_LEAVE = Wish(
    is_weekly=True, from_hour=10, until_hour=12,
    away_from=date(2027, 2, 1), away_until=date(2027, 2, 12), deputy_id=4,
)  # fmt: skip


def wrong(field: str, value: str) -> str | None:
    return problem(field, value, today=TODAY, deputies=[4, 5], own_id=7)


@pytest.mark.parametrize("asked", [DEFAULT, ON_LEAVE])
def test_what_is_stored_is_what_was_saved(asked: Wish) -> None:
    assert wish(values(asked, TODAY)) == asked


def test_leave_that_is_over_is_none_and_so_is_who_stood_in() -> None:
    over = values(ON_LEAVE, date(2027, 2, 13))
    assert (over["away_from"], over["away_until"], over["deputy"]) == ("", "", "none")
    assert values(ON_LEAVE, date(2027, 2, 12))["deputy"] == "4"


def test_dates_are_read_as_people_type_them() -> None:
    typed = {"away_from": "18 February 2028", "away_until": "soon", "how_often": "any"}
    assert read(typed) == {
        "away_from": "2028-02-18", "away_until": "soon", "how_often": "any",
    }  # fmt: skip
    assert read({"away_from": "None"}) == {"away_from": "none", "away_until": ""}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *(("how_often", each) for each in ("any", "weekly")),
        *(("from_hour", each) for each in ("9", "15")),
        *(("until_hour", each) for each in ("11", "17")),
        *(("away_from", each) for each in ("none", "2027-01-11", "2029-01-11")),
        *(("deputy", each) for each in ("none", "4", "5")),
    ],
)
def test_what_may_be_asked(field: str, value: str) -> None:
    assert wrong(field, value) is None


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("how_often", "never", "Choose one of the answers on the list."),
        ("from_hour", "16", "Choose an hour from the list."),
        ("until_hour", "10", "Choose an hour from the list."),
        ("until_hour", "late", "Choose an hour from the list."),
        ("away_from", "soon", "We could not read this date. Type it like 18 February 2028."),
        (
            "away_until", "2027-01-10",
            "Sunday 10 January 2027 has passed. Choose today or later.",
        ),
        (
            "away_until", "2029-01-12",
            "Friday 12 January 2029 is too far ahead. "
            "Choose Thursday 11 January 2029 or sooner.",
        ),
        ("deputy", "7", "You cannot stand in for yourself. Choose someone else."),
        ("deputy", "6", "We cannot reach this person in Teams. Choose someone else."),
    ],
)  # fmt: skip
def test_each_mistake_is_a_sentence(field: str, value: str, said: str) -> None:
    assert wrong(field, value) == said


@pytest.mark.parametrize(
    ("given", "field", "said"),
    [
        (
            {"from_hour": "15", "until_hour": "16"}, "until_hour",
            "We need at least 2 hours for our messages. Choose 5pm or later.",
        ),
        ({"away_until": "2027-02-01"}, "away_from", "Tell us your first day away too."),
        ({"away_from": "2027-02-01"}, "away_until", "Tell us your last day away too."),
        (
            {"away_from": "2027-02-02", "away_until": "2027-02-01"}, "away_until",
            "This is before your first day away, Tuesday 2 February 2027.",
        ),
        (
            {"away_from": "2027-02-02", "away_until": "2028-02-03"}, "away_until",
            "Leave lasts a year at most. Choose Wednesday 2 February 2028 or sooner.",
        ),
        (
            {"deputy": "4"}, "away_from",
            "Tell us when they stand in: your first day away.",
        ),
    ],
)  # fmt: skip
def test_what_does_not_go_together_says_which_to_put_right(
    given: dict[str, str], field: str, said: str
) -> None:
    assert at_odds({**USUAL, **given}) == {field: said}


def test_what_goes_together_is_taken() -> None:
    assert at_odds(USUAL) == at_odds(values(ON_LEAVE, TODAY)) == {}
    year = {"away_from": "2028-02-29", "away_until": "2029-02-28"}
    assert at_odds({**USUAL, **year}) == {}


def test_none_for_either_day_takes_the_leave_away_unless_the_other_is_new() -> None:
    stored = values(ON_LEAVE, TODAY)
    gone = {**stored, "away_from": "", "away_until": "", "deputy": "none"}
    assert without_leave({**stored, "away_from": "none"}, {"away_from": "none"}) == gone
    both = {"away_from": "none", "away_until": "none"}
    assert without_leave({**stored, **both}, both) == gone
    mixed = {"away_from": "none", "away_until": "2027-03-01"}
    assert without_leave({**stored, **mixed}, mixed) == {
        **stored, "away_from": "", "away_until": "2027-03-01",
    }  # fmt: skip
    assert without_leave(stored, {}) == stored
