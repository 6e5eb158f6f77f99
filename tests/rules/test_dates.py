from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from eocif.rules.dates import (
    LONDON,
    at,
    closed_from,
    closes_at,
    day_in_words,
    in_working_hours,
    london_day,
    next_sending_time,
    opens_at,
    parse_date,
    time_in_words,
)
from eocif.rules.working_days import is_working_day, with_overrides

DAYS = st.dates(date(2020, 1, 1), date(2045, 12, 31))
INSTANTS = st.datetimes(datetime(2024, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001  # bounds must be naive; the strategy adds the zone
unhurried = settings(deadline=None)  # the first use loads the bank holidays

WINTER, SUMMER = date(2028, 2, 18), date(2028, 7, 3)


def test_a_date_is_written_in_full() -> None:
    assert day_in_words(WINTER) == "Friday 18 February 2028"
    assert day_in_words(date(2027, 1, 4)) == "Monday 4 January 2027"


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (time(9), "9am"),
        (time(17), "5pm"),
        (time(17, 15), "5.15pm"),
        (time(9, 5, 59), "9.05am"),
        (time(0), "midnight"),
        (time(0, 30), "12.30am"),
        (time(12), "midday"),
        (time(12, 1), "12.01pm"),
    ],
)
def test_a_time_is_written_as_the_nhs_does(moment: time, words: str) -> None:
    assert time_in_words(moment) == words


def test_london_is_an_hour_ahead_in_summer() -> None:
    assert at(WINTER, 9) == datetime(2028, 2, 18, 9, tzinfo=UTC)
    assert at(SUMMER, 9, 30) == datetime(2028, 7, 3, 8, 30, tzinfo=UTC)
    assert at(SUMMER, 9).tzinfo is UTC


def test_a_day_opens_at_9_closes_at_5_and_counts_answers_until_quarter_past() -> None:
    assert opens_at(SUMMER) == at(SUMMER, 9)
    assert closes_at(SUMMER) == at(SUMMER, 17)
    assert closed_from(SUMMER) == at(SUMMER, 17, 15)


def test_late_on_a_summer_evening_in_utc_london_has_the_next_day() -> None:
    assert london_day(datetime(2028, 7, 2, 23, 30, tzinfo=UTC)) == SUMMER
    assert london_day(datetime(2028, 2, 18, 23, 30, tzinfo=UTC)) == WINTER


@pytest.mark.parametrize("ask", [london_day, in_working_hours, next_sending_time])
def test_an_instant_without_a_zone_is_refused(ask) -> None:  # type: ignore[no-untyped-def]  # any of three
    with pytest.raises(ValueError, match="time zone"):
        ask(datetime(2028, 7, 3, 9))  # noqa: DTZ001  # the point of the test


@pytest.mark.parametrize(
    ("instant", "open_"),
    [
        (at(SUMMER, 9), True),
        (at(SUMMER, 9) - timedelta(microseconds=1), False),
        (at(SUMMER, 17) - timedelta(microseconds=1), True),
        (at(SUMMER, 17), False),
        (at(date(2028, 7, 1), 12), False),
        (at(date(2028, 12, 25), 12), False),
    ],
)
def test_working_hours_are_9_to_5_on_working_days(instant: datetime, open_: bool) -> None:
    assert in_working_hours(instant) is open_


@pytest.mark.parametrize(
    ("instant", "sent"),
    [
        (at(SUMMER, 11, 7), at(SUMMER, 11, 7)),
        (at(SUMMER, 8, 59), at(SUMMER, 9)),
        (at(SUMMER, 17), at(date(2028, 7, 4), 9)),
        (at(date(2028, 12, 22), 18), at(date(2028, 12, 27), 9)),
        (at(date(2028, 3, 24), 18), at(date(2028, 3, 27), 9)),  # the clocks change between
    ],
)
def test_out_of_hours_a_message_waits_for_9_on_a_working_day(
    instant: datetime, sent: datetime
) -> None:
    assert next_sending_time(instant) == sent


def test_a_one_off_bank_holiday_is_heeded() -> None:
    calendar = with_overrides(added=[SUMMER])
    assert not in_working_hours(at(SUMMER, 12), calendar)
    assert next_sending_time(at(SUMMER, 12), calendar) == at(date(2028, 7, 4), 9)


@unhurried
@given(INSTANTS)
@example(at(date(2028, 3, 26), 0, 30))
@example(at(date(2028, 10, 29), 0, 30))
def test_the_next_sending_time_is_the_first_in_working_hours(instant: datetime) -> None:
    sent = next_sending_time(instant)
    assert sent >= instant
    assert in_working_hours(sent)
    assert next_sending_time(sent) == sent
    if sent != instant:
        assert sent.astimezone(LONDON).time() == time(9)
        earlier = range((london_day(sent) - london_day(instant)).days)
        days = [london_day(instant) + timedelta(days=ahead) for ahead in earlier]
        assert not any(is_working_day(day) and closes_at(day) > instant for day in days)


@given(DAYS, st.integers(2, 23), st.integers(0, 59))
def test_a_london_time_comes_back_as_it_was_given(day: date, hour: int, minute: int) -> None:
    there = at(day, hour, minute).astimezone(LONDON)
    assert (there.date(), there.hour, there.minute) == (day, hour, minute)


@pytest.mark.parametrize(
    "typed",
    [
        "2028-02-18",
        "2028-2-18",
        " 18/02/2028 ",
        "18/2/2028",
        "18.02.2028",
        "18-02-2028",
        "18 February 2028",
        "18  february, 2028",
        "18th Feb 2028",
        "Friday 18 February 2028",
        "Fri, 18 FEB 2028",
    ],
)
def test_a_date_is_read_as_people_type_it(typed: str) -> None:
    assert parse_date(typed) == WINTER


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "tomorrow",
        "18/02/28",
        "02/18/2028",
        "2028-02-30",
        "29 February 2027",
        "18 Fe 2028",
        "18 Feburary 2028",
        "Monday 18 February 2028",
        "Fr 18 February 2028",
        "2028-02-18T09:00",
        "18 February",
        "1８/02/2028",
    ],
)
def test_what_is_not_a_date_is_refused(typed: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  # there is no contract on the words
        parse_date(typed)


@given(DAYS)
def test_every_date_we_write_can_be_read_back(day: date) -> None:
    assert parse_date(day_in_words(day)) == day
    assert parse_date(day.isoformat()) == day
    assert parse_date(f"{day:%d/%m/%Y}") == day


@given(st.text(max_size=40))
def test_any_text_is_a_date_or_a_value_error(typed: str) -> None:
    with suppress(ValueError):
        assert isinstance(parse_date(typed), date)
