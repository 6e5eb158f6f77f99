from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eocif.rules import reminding
from eocif.rules.dates import at, london_day, opens_at
from eocif.rules.reminding import Hearer, Slot
from eocif.rules.working_days import add_years, is_working_day, working_days_between

DAYS = st.dates(date(2026, 1, 1), date(2036, 1, 1))
OWNER, AREA_LEAD, LEAD = 1, 2, 3


def days(slots: tuple[Slot, ...]) -> list[date]:
    return [each.on for each in slots]


# --- which slot is due --------------------------------------------------------------------


def test_only_the_latest_slot_that_has_come_is_due() -> None:
    slots = reminding.of_action(date(2027, 4, 1), today=date(2027, 4, 14))
    due = reminding.latest(slots, since=date(2027, 1, 1), today=date(2027, 4, 14))
    assert due == Slot(date(2027, 4, 8), "2027-04-01 overdue 5")


def test_days_before_a_thing_became_what_it_is_have_passed_but_not_its_deadline() -> None:
    today = date(2027, 3, 30)
    slots = reminding.of_action(date(2027, 4, 1), today=today)
    assert reminding.latest(slots, since=today, today=today) is None
    slots = reminding.of_action(today, today=today)
    due = reminding.latest(slots, since=today, today=today)
    assert due == Slot(today, f"{today} on the day", is_deadline=True)


def test_a_deadline_counts_more_than_another_slot_on_its_day() -> None:
    day = date(2027, 4, 1)
    both = (Slot(day, "a deadline", is_deadline=True), Slot(day, "half time"))
    for slots in (both, both[::-1]):
        assert reminding.latest(slots, since=date.min, today=day) == both[0]
        assert reminding.come_from(slots, first=day, today=day) == both[0]


def test_days_that_were_looked_at_do_not_come_again() -> None:
    slots = reminding.of_round(date(2027, 1, 11), date(2027, 1, 25))
    half = date(2027, 1, 18)
    assert reminding.come_from(slots, first=half, today=half) == slots[0]
    assert reminding.come_from(slots, first=date(2027, 1, 19), today=date(2027, 1, 20)) is None
    late = reminding.come_from(slots, first=half, today=date(2027, 1, 29))
    assert late == slots[-1]


def test_the_next_day_to_look_on_is_that_of_the_next_slot() -> None:
    slots = reminding.of_round(date(2027, 1, 11), date(2027, 1, 25))
    assert reminding.following(slots, today=date(2027, 1, 18)) == date(2027, 1, 21)
    assert reminding.following(slots, today=date(2027, 1, 25)) is None


def test_a_slot_knows_its_deadline_by_its_name() -> None:
    assert reminding.is_of("2027-04-01 before 10", date(2027, 4, 1))
    assert not reminding.is_of("2027-04-01 before 10", date(2027, 4, 10))
    assert not reminding.is_of("answered 7", date(2027, 4, 1))


# --- actions ------------------------------------------------------------------------------


@pytest.mark.covers("R42")
def test_an_action_is_remembered_before_on_and_after_its_deadline() -> None:
    deadline = date(2027, 4, 1)
    slots = reminding.of_action(deadline, today=date(2027, 4, 22))
    assert [(each.on, each.name, each.is_deadline, each.escalates) for each in slots] == [
        (date(2027, 3, 16), "2027-04-01 before 10", False, 0),  # Good Friday is 26 March
        (date(2027, 3, 30), "2027-04-01 before 2", False, 0),
        (deadline, "2027-04-01 on the day", True, 0),
        (date(2027, 4, 8), "2027-04-01 overdue 5", False, 0),
        (date(2027, 4, 15), "2027-04-01 overdue 10", False, 1),
        (date(2027, 4, 22), "2027-04-01 overdue 15", False, 2),
        (date(2027, 4, 29), "2027-04-01 overdue 20", False, 0),
    ]


@pytest.mark.parametrize(
    ("deadline", "on"),
    [
        (date(2027, 4, 3), date(2027, 4, 2)),  # a Saturday
        (date(2028, 12, 25), date(2028, 12, 22)),
        (date(2028, 2, 29), date(2028, 2, 29)),
        (date(2027, 3, 28), date(2027, 3, 25)),  # Easter Sunday, when the clocks change too
    ],
)
def test_a_deadline_on_no_working_day_is_remembered_before_it(deadline: date, on: date) -> None:
    [day] = [each for each in reminding.of_action(deadline, today=on) if each.is_deadline]
    assert day.on == on


@given(DAYS, st.integers(-60, 200))
def test_an_action_has_slots_on_working_days_in_order_up_to_the_next_one(
    deadline: date, ahead: int
) -> None:
    today = deadline + timedelta(days=ahead)
    slots = reminding.of_action(deadline, today=today)
    assert days(slots) == sorted(set(days(slots)))
    assert all(is_working_day(each.on) for each in slots)
    assert len({each.name for each in slots}) == len(slots)
    following = reminding.following(slots, today=today)
    assert following is not None
    assert slots[-1].on > today
    late = [each.on for each in slots if each.on > deadline]
    assert [working_days_between(deadline, day) for day in late] == [
        5 * n for n in range(1, len(late) + 1)
    ]


@pytest.mark.parametrize("change", [date(2027, 3, 28), date(2027, 10, 31)])
def test_the_clocks_change_no_days(change: date) -> None:
    """March and October: a day of 23 hours, and one of 25, are a day each."""
    monday = reminding.working_days_after(change, 1)
    for hour in (9, 16):
        assert london_day(at(monday, hour)) == monday
    assert (opens_at(monday) - opens_at(change)).total_seconds() % 86400 == 0
    slots = reminding.of_action(monday, today=change)
    assert [each.on for each in slots if each.is_deadline] == [monday]
    assert reminding.days_overdue(change, monday) == (monday - change).days


# --- rounds -------------------------------------------------------------------------------


def test_a_round_is_remembered_at_half_time_two_days_before_and_on_its_last_morning() -> None:
    slots = reminding.of_round(date(2027, 1, 11), date(2027, 1, 25))
    assert [(each.on, each.name, each.is_deadline) for each in slots] == [
        (date(2027, 1, 18), "2027-01-25 half time", False),
        (date(2027, 1, 21), "2027-01-25 before 2", False),
        (date(2027, 1, 25), "2027-01-25 on the day", True),
    ]


@pytest.mark.parametrize(
    ("closes_on", "expected"),
    [
        (date(2027, 1, 11), [date(2027, 1, 11)]),  # closed early on its first day
        (date(2027, 1, 12), [date(2027, 1, 12)]),
        (date(2027, 1, 13), [date(2027, 1, 12), date(2027, 1, 13)]),
    ],
)
def test_a_short_round_is_not_remembered_on_the_day_on_which_everyone_is_asked(
    closes_on: date, expected: list[date]
) -> None:
    assert days(reminding.of_round(date(2027, 1, 11), closes_on)) == expected


# --- what waits for leads -----------------------------------------------------------------


def test_a_draft_is_remembered_on_its_day_then_every_five_working_days() -> None:
    slots = reminding.of_lead_work(date(2027, 1, 20), today=date(2027, 2, 3))
    assert [(each.on, each.name, each.is_deadline, each.escalates) for each in slots] == [
        (date(2027, 1, 20), "2027-01-20 on the day", True, 0),
        (date(2027, 1, 27), "2027-01-20 overdue 5", False, 0),
        (date(2027, 2, 3), "2027-01-20 overdue 10", False, 2),
        (date(2027, 2, 10), "2027-01-20 overdue 15", False, 0),
    ]
    soon = reminding.of_lead_work(date(2027, 1, 20), today=date(2027, 1, 13))
    assert days(soon) == [date(2027, 1, 20), date(2027, 1, 27)]


def test_sign_off_is_remembered_on_the_next_working_day_then_every_ten() -> None:
    friday = date(2027, 1, 29)
    assert days(reminding.of_sign_off(friday, today=friday)) == [
        date(2027, 2, 1), date(2027, 2, 15),
    ]  # fmt: skip
    assert days(reminding.of_sign_off(friday, today=date(2027, 2, 15))) == [
        date(2027, 2, 1), date(2027, 2, 15), date(2027, 3, 1),
    ]  # fmt: skip


# --- dates far ahead ----------------------------------------------------------------------


@pytest.mark.covers("R47")
def test_papers_are_remembered_five_working_days_before_they_close_and_on_the_day() -> None:
    """Papers close five working days before a meeting on 4 January 2027: 23 December."""
    meets_on = date(2027, 1, 4)
    assert reminding.papers_close(meets_on, 5) == date(2026, 12, 23)
    slots = reminding.of_papers(meets_on, 5)
    assert [(each.on, each.is_deadline) for each in slots] == [
        (date(2026, 12, 16), False), (date(2026, 12, 23), True),
    ]  # fmt: skip
    assert reminding.papers_close(date(2026, 12, 29), 3) == date(2026, 12, 22)


@pytest.mark.covers("R55")
@pytest.mark.parametrize(
    ("baseline", "due", "expected"),
    [
        (
            date(2028, 2, 29), date(2031, 2, 28),
            [date(2030, 2, 28), date(2030, 8, 28), date(2030, 11, 28), date(2031, 1, 28),
             date(2031, 2, 28)],
        ),
        (
            date(2025, 12, 25), date(2028, 12, 25),
            [date(2027, 12, 24), date(2028, 6, 23), date(2028, 9, 25), date(2028, 11, 24),
             date(2028, 12, 22)],
        ),
    ],
)  # fmt: skip
def test_the_next_assessment_is_remembered_a_year_ahead_and_never_after_its_day(
    baseline: date, due: date, expected: list[date]
) -> None:
    assert add_years(baseline, 3) == due
    slots = reminding.of_reassessment(due)
    assert days(slots) == expected
    assert [each.is_deadline for each in slots] == [False] * 4 + [True]
    assert [reminding.months_until(due, each.on) for each in slots] == [12, 6, 3, 1, 0]


@pytest.mark.covers("R56")
def test_the_frameworks_own_review_has_a_clock_of_its_own() -> None:
    slots = reminding.of_edition(date(2028, 2, 18))
    assert days(slots) == [date(2027, 8, 18), date(2027, 11, 18), date(2028, 2, 18)]


def test_months_before_the_end_of_a_month_end_with_it() -> None:
    slots = reminding.of_reassessment(date(2030, 5, 31))
    assert days(slots)[2:4] == [date(2030, 2, 28), date(2030, 4, 30)]


def test_months_are_counted_to_the_nearest_for_who_looks_later() -> None:
    due = date(2030, 1, 27)
    assert reminding.months_until(due, date(2029, 7, 31)) == 6
    assert reminding.months_until(due, date(2029, 8, 20)) == 5
    assert reminding.months_until(due, date(2031, 1, 27)) == 0


def test_days_overdue_are_days_of_the_calendar_and_none_before() -> None:
    assert reminding.days_overdue(date(2027, 4, 1), date(2027, 4, 4)) == 3
    assert reminding.days_overdue(date(2027, 4, 1), date(2027, 4, 1)) == 0
    assert reminding.days_overdue(date(2027, 4, 1), date(2027, 3, 1)) == 0


# --- who hears of it ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("owner", "cannot", "escalates", "expected"),
    [
        (OWNER, "", 0, [Hearer(OWNER)]),
        (OWNER, "", 1, [Hearer(OWNER), Hearer(AREA_LEAD, "overdue")]),
        (OWNER, "", 2, [Hearer(OWNER), Hearer(AREA_LEAD, "overdue"), Hearer(LEAD, "overdue")]),
        (OWNER, "no_teams", 0, [Hearer(AREA_LEAD, "no_teams")]),
        (OWNER, "unreachable", 2, [Hearer(AREA_LEAD, "unreachable"), Hearer(LEAD, "overdue")]),
        (None, "", 1, [Hearer(AREA_LEAD, "unowned")]),
        (AREA_LEAD, "", 2, [Hearer(AREA_LEAD), Hearer(LEAD, "overdue")]),
        (LEAD, "", 1, [Hearer(LEAD), Hearer(AREA_LEAD, "overdue")]),
    ],
)
def test_its_owner_hears_of_it_or_a_lead_instead_and_nobody_twice(
    owner: int | None, cannot: str, escalates: int, expected: list[Hearer]
) -> None:
    told = reminding.hearers(owner, cannot=cannot, leads=(AREA_LEAD, LEAD), escalates=escalates)
    assert list(told) == expected


def test_a_lead_of_both_hears_of_it_once() -> None:
    told = reminding.hearers(OWNER, leads=(LEAD, LEAD), escalates=2)
    assert told == (Hearer(OWNER), Hearer(LEAD, "overdue"))
