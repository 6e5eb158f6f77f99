"""When a reminder may go to someone, for whatever they asked."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eocif.rules.dates import LONDON, at, london_day
from eocif.rules.habits import (
    DEFAULT,
    Wish,
    hours,
    is_away,
    next_free_time,
    next_sending_time,
    overlap,
    when,
)
from eocif.rules.working_days import Calendar, with_overrides

MONDAY = date(2027, 1, 11)
WEDNESDAY, FRIDAY, NEXT_MONDAY = date(2027, 1, 13), date(2027, 1, 15), date(2027, 1, 18)
WEEKLY = Wish(is_weekly=True)
LEAVE = Wish(away_from=date(2027, 1, 12), away_until=FRIDAY)
DAY = timedelta(days=1)

DAYS = st.dates(date(2026, 1, 1), date(2032, 12, 31))


@st.composite
def wishes(draw: st.DrawFn) -> Wish:
    """Anything that people can save: leave of up to a year, or none; two hours or more."""
    from_hour = draw(st.integers(9, 15))
    first = draw(st.none() | DAYS)
    last = first + timedelta(days=draw(st.integers(0, 366))) if first else None
    return Wish(draw(st.booleans()), from_hour, draw(st.integers(from_hour + 2, 17)), first, last)


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    added = draw(st.sets(DAYS, max_size=8))
    return with_overrides(added, draw(st.sets(DAYS, max_size=8)) - added)


INSTANTS = st.datetimes(datetime(2026, 1, 1), datetime(2032, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 - the zone comes with `timezones`


@given(wishes(), calendars(), DAYS, st.booleans(), st.none() | st.integers(-10, 60))
def test_nobody_is_reminded_on_a_day_off_or_away_nor_of_a_deadline_later_than_they_must(
    wish: Wish, calendar: Calendar, today: date, is_deadline: bool, snoozed: int | None
) -> None:
    until = today + timedelta(days=snoozed) if snoozed is not None else None
    day = when(wish, today=today, is_deadline=is_deadline, snoozed_until=until, calendar=calendar)
    assert day >= today
    assert calendar.is_working_day(day)
    assert not is_away(wish, day)
    missed = [today + DAY * ahead for ahead in range((day - today).days)]
    if is_deadline:
        assert not [each for each in missed if calendar.is_working_day(each)
                    and not is_away(wish, each)]  # fmt: skip
    elif until is not None:
        assert day >= until


@given(wishes(), calendars(), DAYS)
def test_who_wants_to_hear_once_a_week_has_one_day_for_it_in_each(
    wish: Wish, calendar: Calendar, today: date
) -> None:
    monday = today - timedelta(days=today.weekday())
    week = [monday + DAY * ahead for ahead in range(7)]
    heard = [
        day for day in week if when(wish, today=day, is_deadline=False, calendar=calendar) == day
    ]
    at_work = [day for day in week if calendar.is_working_day(day) and not is_away(wish, day)]
    assert heard == (at_work[:1] if wish.is_weekly else at_work)


@given(wishes(), calendars(), DAYS, st.booleans())
def test_asking_again_on_that_day_gives_that_day(
    wish: Wish, calendar: Calendar, today: date, is_deadline: bool
) -> None:
    day = when(wish, today=today, is_deadline=is_deadline, calendar=calendar)
    assert when(wish, today=day, is_deadline=is_deadline, calendar=calendar) == day


@given(wishes(), calendars(), INSTANTS, st.booleans())
def test_messages_go_within_someones_hours_on_a_day_when_they_are_at_work(
    wish: Wish, calendar: Calendar, instant: datetime, is_deadline: bool
) -> None:
    due = next_sending_time(wish, instant, is_deadline=is_deadline, calendar=calendar)
    local = due.astimezone(LONDON)
    assert due >= instant
    assert calendar.is_working_day(local.date())
    assert not is_away(wish, local.date())
    last = 17 if is_deadline else wish.until_hour
    assert time(wish.from_hour) <= local.time() < time(last)


@given(wishes(), calendars(), INSTANTS, st.sets(st.integers(0, 20)))
def test_a_message_of_its_own_finds_a_free_day(
    wish: Wish, calendar: Calendar, instant: datetime, ahead: set[int]
) -> None:
    busy = {london_day(instant) + timedelta(days=each) for each in ahead}
    due = next_free_time(wish, instant, busy=busy, calendar=calendar)
    day = london_day(due)
    assert due >= instant
    assert day not in busy
    assert due == next_sending_time(wish, due, calendar=calendar)
    assert day == when(wish, today=day, is_deadline=False, calendar=calendar)


def test_without_a_wish_a_reminder_goes_on_the_next_working_day() -> None:
    assert when(DEFAULT, today=MONDAY, is_deadline=False) == MONDAY
    assert when(DEFAULT, today=date(2027, 1, 16), is_deadline=False) == NEXT_MONDAY
    assert when(DEFAULT, today=date(2026, 12, 25), is_deadline=True) == date(2026, 12, 29)


@pytest.mark.parametrize(
    ("wish", "today", "is_deadline", "expected"),
    [
        (WEEKLY, MONDAY, False, MONDAY),
        (WEEKLY, WEDNESDAY, False, NEXT_MONDAY),
        (WEEKLY, WEDNESDAY, True, WEDNESDAY),
        (WEEKLY, date(2027, 3, 29), False, date(2027, 3, 30)),  # Easter Monday
        (LEAVE, MONDAY, False, MONDAY),
        (LEAVE, WEDNESDAY, False, NEXT_MONDAY),
        (LEAVE, WEDNESDAY, True, NEXT_MONDAY),
        (Wish(True, away_from=MONDAY, away_until=date(2027, 1, 12)), MONDAY, False, WEDNESDAY),
        (Wish(away_from=MONDAY), MONDAY, False, MONDAY),  # half a leave is none
    ],
)
def test_weekly_people_hear_on_their_first_day_of_a_week_and_nobody_while_away(
    wish: Wish, today: date, is_deadline: bool, expected: date
) -> None:
    assert when(wish, today=today, is_deadline=is_deadline) == expected


def test_a_snoozed_thing_waits_for_its_day_but_for_the_day_it_is_due() -> None:
    assert when(DEFAULT, today=MONDAY, is_deadline=False, snoozed_until=FRIDAY) == FRIDAY
    assert when(DEFAULT, today=MONDAY, is_deadline=True, snoozed_until=FRIDAY) == MONDAY
    assert when(DEFAULT, today=FRIDAY, is_deadline=False, snoozed_until=MONDAY) == FRIDAY
    assert when(WEEKLY, today=MONDAY, is_deadline=False, snoozed_until=FRIDAY) == NEXT_MONDAY


def test_hours_are_londons_and_never_outside_nine_to_five() -> None:
    july = date(2027, 7, 12)
    assert hours(Wish(from_hour=10, until_hour=14), july) == (
        datetime(2027, 7, 12, 9, tzinfo=UTC), datetime(2027, 7, 12, 13, tzinfo=UTC),
    )  # fmt: skip
    assert hours(Wish(from_hour=6, until_hour=22), MONDAY) == hours(DEFAULT, MONDAY)


def test_what_is_due_today_may_still_go_after_someones_hours_until_five() -> None:
    mornings = Wish(from_hour=10, until_hour=12)
    noon, next_day = at(MONDAY, 12), at(date(2027, 1, 12), 10)
    assert next_sending_time(mornings, at(MONDAY, 9)) == at(MONDAY, 10)
    assert next_sending_time(mornings, at(MONDAY, 9), is_deadline=True) == at(MONDAY, 10)
    assert next_sending_time(mornings, noon) == next_day
    assert next_sending_time(mornings, noon, is_deadline=True) == noon
    assert next_sending_time(mornings, at(MONDAY, 17), is_deadline=True) == next_day


def test_two_leaves_share_the_days_that_are_in_both() -> None:
    other = Wish(away_from=FRIDAY, away_until=NEXT_MONDAY)
    assert overlap(LEAVE, other) == overlap(other, LEAVE) == (FRIDAY, FRIDAY)
    assert overlap(LEAVE, Wish(away_from=NEXT_MONDAY, away_until=NEXT_MONDAY)) is None
    assert overlap(LEAVE, DEFAULT) is None
