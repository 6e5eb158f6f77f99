from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eocif.rules.dates import at, closed_from, opens_at
from eocif.rules.due import (
    Batch,
    accepts_answers,
    closing_day,
    earliest_start,
    early_closing_day,
    furthest,
    may_be_reminded,
    next_moment,
    pace_needed,
    prompt_day,
    review_week,
    timetable,
)
from eocif.rules.working_days import is_working_day, working_days_between

MONDAY = date(2027, 1, 11)
DAYS = st.dates(date(2025, 1, 1), date(2036, 1, 1))


def test_areas_open_in_batches_a_week_apart() -> None:
    assert timetable([3, 1, 2], start_on=MONDAY, pace=2, answer_days=10) == (
        Batch(MONDAY, date(2027, 1, 25), (1, 2)),
        Batch(date(2027, 1, 18), date(2027, 2, 1), (3,)),
    )
    assert timetable([], start_on=MONDAY, pace=2, answer_days=10) == ()


@given(DAYS, st.integers(1, 23), st.integers(1, 60), st.integers(1, 23))
def test_every_area_opens_once_on_a_working_day_for_as_many_as_were_promised(
    start_on: date, pace: int, answer_days: int, areas: int
) -> None:
    batches = timetable(range(areas), start_on=start_on, pace=pace, answer_days=answer_days)
    assert [number for batch in batches for number in batch.areas] == list(range(areas))
    for batch in batches:
        assert is_working_day(batch.opens_on)
        assert is_working_day(batch.closes_on)
        assert working_days_between(batch.opens_on, batch.closes_on) == answer_days


@given(DAYS, st.integers(0, 30))
def test_the_day_of_a_weeks_message_lies_in_that_week(start_on: date, week: int) -> None:
    assert review_week(start_on, prompt_day(start_on, week)) == week


@given(DAYS, st.integers(1, 23), st.integers(1, 20), st.integers(0, 200))
def test_the_pace_needed_is_the_slowest_that_finishes(
    start_on: date, areas: int, answer_days: int, span: int
) -> None:
    finish_by = start_on + timedelta(days=span)
    found = pace_needed(areas, start_on=start_on, finish_by=finish_by, answer_days=answer_days)

    def finishes(pace: int) -> bool:
        batches = timetable(range(areas), start_on=start_on, pace=pace, answer_days=answer_days)
        return batches[-1].closes_on <= finish_by

    if found is None:
        assert not finishes(23)
    else:
        assert finishes(found)
        assert found == 1 or not finishes(found - 1)


@pytest.mark.parametrize(
    ("now", "day"),
    [
        (at(MONDAY, 16, 59), MONDAY),
        (at(MONDAY, 17), date(2027, 1, 12)),
        (at(date(2027, 1, 15), 17), date(2027, 1, 18)),
        (at(date(2027, 1, 16), 10), date(2027, 1, 18)),
        (datetime(2026, 12, 24, 18, tzinfo=UTC), date(2026, 12, 29)),
    ],
)
def test_the_earliest_start_is_a_working_day_that_is_not_over(now: datetime, day: date) -> None:
    assert earliest_start(now) == day


def test_once_everyone_has_answered_the_next_working_day_closes() -> None:
    assert early_closing_day(at(MONDAY, 0, 30)) == date(2027, 1, 12)
    assert early_closing_day(at(date(2027, 1, 15), 23)) == date(2027, 1, 18)
    assert closing_day(MONDAY, None) == MONDAY
    assert closing_day(date(2027, 1, 25), MONDAY) == MONDAY
    assert closing_day(MONDAY, date(2027, 1, 25)) == MONDAY


def test_an_answer_counts_until_a_quarter_past_five() -> None:
    assert accepts_answers(at(MONDAY, 17, 14), MONDAY, None)
    assert not accepts_answers(at(MONDAY, 17, 15), MONDAY, None)
    assert not accepts_answers(at(MONDAY, 17, 15), date(2027, 1, 25), MONDAY)


def test_one_reminder_in_two_working_days() -> None:
    friday = at(date(2027, 1, 15), 12)
    assert may_be_reminded(friday, None)
    assert not may_be_reminded(at(date(2027, 1, 18), 12), friday)
    assert may_be_reminded(at(date(2027, 1, 19), 9), friday)


def test_a_round_is_extended_by_a_year_at_most() -> None:
    assert furthest(datetime(2028, 2, 29, 12, tzinfo=UTC)) == date(2029, 2, 28)


@given(st.datetimes(datetime(2026, 1, 1), datetime(2032, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001  # bounds must be naive; the strategy adds the zone
def test_the_next_moment_is_the_first_nine_or_quarter_past_five_after_now(now: datetime) -> None:
    found = next_moment(now)
    moments = [
        moment
        for ahead in range(8)
        if is_working_day(day := now.date() + timedelta(days=ahead))
        for moment in (opens_at(day), closed_from(day))
        if moment > now
    ]
    assert found == min(moments)
