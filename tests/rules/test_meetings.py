from datetime import date

import pytest

from eocif.rules.meetings import DIGEST_HOURS, digest_problem, meeting_problems, papers_of

TODAY = date(2027, 1, 27)


def test_a_name_a_day_to_come_and_a_number_of_working_days_are_fine() -> None:
    assert meeting_problems("Board", "2027-01-27", "0", TODAY) == {}
    assert meeting_problems("Board", "27 January 2032", "", TODAY) == {}


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("name", "", "Type the name of the meeting, such as “Quality committee”."),
        ("name", "x" * 203, "Cut 3 characters. What you typed is still here."),
        ("meets_on", "", "Choose the day of the meeting."),
        ("meets_on", "soon", "We could not read this date. Type it like 18 February 2028."),
        (
            "meets_on",
            "2027-01-26",
            "Tuesday 26 January 2027 has passed. Choose today or a later day.",
        ),
        (
            "meets_on",
            "2032-01-28",
            "Wednesday 28 January 2032 is too far ahead. Choose Tuesday 27 January 2032 or sooner.",
        ),
        ("papers_days", "31", "Type a whole number of working days from 0 to 30."),
        ("papers_days", "-1", "Type a whole number of working days from 0 to 30."),
        ("papers_days", "a week", "Type a whole number of working days from 0 to 30."),
    ],
)
def test_each_mistake_has_its_sentence(field: str, typed: str, sentence: str) -> None:
    good = {"name": "Board", "meets_on": "2027-03-05", "papers_days": "5"}
    assert meeting_problems(**{**good, field: typed}, today=TODAY) == {field: sentence}


def test_papers_close_five_working_days_before_unless_another_number_is_typed() -> None:
    assert [papers_of(each) for each in ("", "0", "30", "31", "٣")] == [5, 0, 30, None, None]


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("digest_day", "4", None),
        ("digest_day", "5", "Choose a day from Monday to Friday."),
        ("digest_hour", "9", None),
        ("digest_hour", "17", "Choose a time from 9am to 4pm."),
        ("readers", "none", None),
    ],
)
def test_the_digest_comes_on_a_weekday_within_working_hours(
    field: str, value: str, sentence: str | None
) -> None:
    assert digest_problem(field, value) == sentence
    assert (DIGEST_HOURS[0], DIGEST_HOURS[-1]) == ("9", "16")
