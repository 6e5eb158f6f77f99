from datetime import date, timedelta

import pytest
from dateutil.easter import easter
from hypothesis import given, settings
from hypothesis import strategies as st

from eocif.rules.working_days import (
    Calendar,
    add_years,
    bank_holidays,
    is_working_day,
    on_or_after,
    on_or_before,
    with_overrides,
    working_days_after,
    working_days_before,
    working_days_between,
)

DAYS = st.dates(date(2020, 1, 1), date(2045, 12, 31))
A_FEW = st.integers(0, 40)
# The first use of the bank holidays loads a package, which would look like a slow example.
unhurried = settings(deadline=None)


def _monday(year: int, month: int, day: int) -> date:
    """The first Monday on or after a day."""
    first = date(year, month, day)
    return first + timedelta(days=-first.weekday() % 7)


def _substituted(days: list[date]) -> set[date]:
    """Fixed holidays, each moved from a weekend to the next weekday that is still free."""
    taken = {day for day in days if day.weekday() < 5}
    for day in (day for day in days if day.weekday() >= 5):
        while day.weekday() >= 5 or day in taken:
            day += timedelta(days=1)
        taken.add(day)
    return taken


def _by_the_law(year: int) -> set[date]:
    sunday = easter(year)
    return {
        *_substituted([date(year, 1, 1)]),
        sunday - timedelta(days=2),
        sunday + timedelta(days=1),
        _monday(year, 5, 1),
        _monday(year, 5, 25),
        _monday(year, 8, 25),
        *_substituted([date(year, 12, 25), date(year, 12, 26)]),
    }


@pytest.mark.parametrize("year", range(2026, 2041))
def test_bank_holidays_are_right_for_more_than_ten_years_ahead(year: int) -> None:
    assert {day for day in bank_holidays(year) if day.weekday() < 5} == _by_the_law(year)


# As GOV.UK lists them for England and Wales, substitute days in the place of weekends.
PUBLISHED = {
    2025: "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26",
    2026: "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28",
    2027: "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28",
    2028: "01-03 04-14 04-17 05-01 05-29 08-28 12-25 12-26",
}


@pytest.mark.parametrize("year", PUBLISHED)
def test_bank_holidays_are_those_that_the_government_published(year: int) -> None:
    named = {date.fromisoformat(f"{year}-{day}") for day in PUBLISHED[year].split()}
    assert {day for day in bank_holidays(year) if day.weekday() < 5} == named


def test_bank_holidays_of_scotland_alone_are_working_days() -> None:
    assert is_working_day(date(2026, 1, 2))
    assert is_working_day(date(2026, 8, 3))


@pytest.mark.parametrize(
    ("day", "n", "expected"),
    [
        (date(2027, 1, 4), 5, date(2026, 12, 23)),
        (date(2027, 4, 1), 10, date(2027, 3, 16)),
        (date(2026, 12, 29), 3, date(2026, 12, 22)),
        (date(2027, 1, 1), 0, date(2027, 1, 1)),
    ],
)
def test_working_days_before_skip_weekends_and_bank_holidays(
    day: date, n: int, expected: date
) -> None:
    assert working_days_before(day, n) == expected


def test_working_days_after_skip_weekends_and_bank_holidays() -> None:
    assert working_days_after(date(2026, 12, 24), 3) == date(2026, 12, 31)


@pytest.mark.parametrize("count", [working_days_before, working_days_after])
def test_a_negative_number_of_working_days_is_refused(count) -> None:  # type: ignore[no-untyped-def]  # either function
    with pytest.raises(ValueError, match="negative"):
        count(date(2027, 1, 4), -1)


@pytest.mark.parametrize(
    ("day", "years", "expected"),
    [
        (date(2028, 2, 29), 3, date(2031, 2, 28)),
        (date(2025, 12, 25), 3, date(2028, 12, 25)),
        (date(2028, 2, 29), 4, date(2032, 2, 29)),
        (date(2028, 2, 29), -1, date(2027, 2, 28)),
        (date(2096, 2, 29), 4, date(2100, 2, 28)),
    ],
)
def test_years_on_is_the_same_day_and_29_february_becomes_28(
    day: date, years: int, expected: date
) -> None:
    assert add_years(day, years) == expected


def test_a_reminder_due_on_christmas_day_goes_out_on_the_friday_before() -> None:
    assert on_or_before(add_years(date(2025, 12, 25), 3)) == date(2028, 12, 22)


def test_a_prompt_due_on_christmas_day_goes_out_on_the_next_working_day() -> None:
    assert on_or_after(date(2028, 12, 25)) == date(2028, 12, 27)


def test_a_one_off_bank_holiday_can_be_added_and_another_removed() -> None:
    moved = with_overrides(added=[date(2027, 5, 7)], removed=[date(2027, 5, 3)])
    assert not moved.is_working_day(date(2027, 5, 7))
    assert moved.is_working_day(date(2027, 5, 3))
    assert is_working_day(date(2027, 5, 7))
    assert moved.working_days_before(date(2027, 5, 10), 1) == date(2027, 5, 6)


def test_a_weekend_stays_a_weekend_whatever_is_removed() -> None:
    assert not with_overrides(removed=[date(2027, 12, 25)]).is_working_day(date(2027, 12, 25))


def test_a_day_both_added_and_removed_is_refused() -> None:
    both = frozenset({date(2027, 5, 3)})
    with pytest.raises(ValueError, match="both"):
        Calendar(both, both)


def test_counting_leaves_out_the_start_and_takes_in_the_end() -> None:
    friday, monday = date(2027, 1, 8), date(2027, 1, 11)
    assert working_days_between(friday, monday) == 1
    assert working_days_between(friday, friday) == 0
    assert working_days_between(monday, friday) == 0


@unhurried
@given(DAYS, A_FEW)
def test_counting_back_and_counting_between_agree(day: date, n: int) -> None:
    back = working_days_before(day, n)
    assert working_days_between(back, day - timedelta(days=1)) == max(0, n - 1)


@unhurried
@given(DAYS, A_FEW)
def test_counting_on_and_counting_between_agree(day: date, n: int) -> None:
    assert working_days_between(day, working_days_after(day, n)) == n


@unhurried
@given(DAYS, st.integers(1, 40))
def test_forward_then_back_returns_to_a_working_day(day: date, n: int) -> None:
    start = on_or_after(day)
    assert working_days_before(working_days_after(start, n), n) == start


@unhurried
@given(DAYS)
def test_the_nearest_working_days_are_working_days_with_none_between(day: date) -> None:
    before, after = on_or_before(day), on_or_after(day)
    assert before <= day <= after
    assert is_working_day(before)
    assert is_working_day(after)
    between = (before + timedelta(days=ahead) for ahead in range(1, (after - before).days))
    assert not any(map(is_working_day, between))
    assert (after - before).days <= 6
