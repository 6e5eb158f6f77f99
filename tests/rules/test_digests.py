"""When a weekly digest is due, and the sentences it is made of."""

from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest

from eocif import outbox
from eocif.rules import digests
from eocif.rules.authorisation import Role
from eocif.rules.dates import at, in_working_hours, london_day
from eocif.rules.digests import due_in, looks_back_to, silent, slot, week_of, what_to_do
from eocif.rules.perspectives import PERSPECTIVES
from eocif.rules.progress import AreaState
from eocif.rules.visibility import Fact, Viewer, digest_may_show

MONDAY = date(2027, 1, 18)


# --- when -------------------------------------------------------------------------------------


@pytest.mark.covers("R69")
@pytest.mark.parametrize(
    ("week", "weekday", "hour", "expected"),
    [
        (MONDAY, 0, 9, at(MONDAY, 9)),
        (MONDAY, 2, 14, at(date(2027, 1, 20), 14)),
        (date(2027, 6, 14), 0, 9, datetime(2027, 6, 14, 8, tzinfo=UTC)),  # summer: 9am in London
        (date(2027, 3, 29), 0, 9, at(date(2027, 3, 30), 9)),  # Easter Monday
        (date(2027, 5, 3), 0, 11, at(date(2027, 5, 4), 11)),  # an hour of one's own stays
        (date(2027, 5, 31), 0, 9, at(date(2027, 6, 1), 9)),
        (MONDAY, 0, 7, at(MONDAY, 9)),  # no message before nine
        (MONDAY, 0, 17, at(date(2027, 1, 19), 9)),  # nor after five: the next working day
    ],
)
def test_a_digest_goes_at_its_hour_in_london_or_on_the_next_working_day(
    week: date, weekday: int, hour: int, expected: datetime
) -> None:
    assert due_in(week, weekday=weekday, hour=hour) == expected


def test_one_that_moves_into_the_next_week_is_that_weeks() -> None:
    good_friday = date(2027, 3, 26)
    assert due_in(week_of(good_friday), weekday=4, hour=9) is None
    assert due_in(date(2027, 3, 29), weekday=4, hour=9) == at(date(2027, 3, 30), 9)
    assert due_in(date(2027, 4, 5), weekday=4, hour=9) == at(date(2027, 4, 9), 9)


def test_over_ten_years_there_is_at_most_one_a_week_and_it_keeps_working_hours() -> None:
    weeks = [date(2026, 1, 5) + n * digests.WEEK for n in range(520)]
    for weekday, hour in product(range(7), (0, 9, 16, 23)):
        found = [(week, due_in(week, weekday=weekday, hour=hour)) for week in weeks]
        for week, due in found:
            assert due is None or (week_of(london_day(due)) == week and in_working_hours(due))
        gaps = [week for week, due in found if due is None]
        assert all(week + digests.WEEK not in gaps for week in gaps)


def test_a_slot_is_named_by_the_weeks_monday_whatever_the_day() -> None:
    days = [MONDAY + timedelta(days=n) for n in range(7)]
    assert {slot(week_of(day)) for day in days} == {"week:2027-01-18"}


def test_it_looks_back_a_week_or_to_the_last_that_surely_arrived_but_four_weeks_at_most() -> None:
    now = at(MONDAY, 9)
    for last, back in ((None, 7), (2, 7), (7, 7), (8, 8), (21, 21), (200, 28)):
        sent = None if last is None else now - timedelta(days=last)
        assert looks_back_to(now, sent) == now - timedelta(days=back)


# --- sentences --------------------------------------------------------------------------------


def test_what_moved_is_said_with_what_ended_first() -> None:
    became = {
        AreaState.ROUND_1: [6, 7, 8], AreaState.CONCLUDED: [2], AreaState.ROUND_2: [3, 4],
        AreaState.DRAFTING: [5], AreaState.CONCLUDING: [1], AreaState.SET_ASIDE: [9, 10],
        digests.REOPENED: [11], AreaState.WAITING: [12],
    }  # fmt: skip
    assert digests.moved(became) == [
        "Area 2 was concluded.",
        "Areas 9 and 10 were set aside.",
        "Area 11 was opened again.",
        "The round on the draft of area 1 closed.",
        "The drafts of areas 3 and 4 went to the group.",
        "The first round of area 5 closed.",
        "Areas 6 to 8 opened for answers.",
    ]


def test_actions_that_moved_are_counted() -> None:
    assert digests.moved_actions(["done", "withdrawn", "done"], added=1) == [
        "2 actions are done.", "1 action was withdrawn.", "1 action is new.",
    ]  # fmt: skip
    assert digests.moved_actions([], added=0) == []


def test_every_reason_for_not_arriving_says_what_can_be_done() -> None:
    for reason in (*outbox.UNREACHABLE.values(), "They removed the app from their Teams."):
        assert what_to_do(reason) == digests.WHAT_TO_DO[reason]
    assert what_to_do("Teams did not take the message.") == digests.OTHERWISE
    assert what_to_do(digests.UNKNOWN) == "They can type “digest” at any time to see it."


# --- who is silent ----------------------------------------------------------------------------

GROUP = {"clinical_leaders": 4, "healthwatch": 1, "people_and_carers": 2, "volunteers": 3}


def names(spoke: set[str], *, merge: bool, **group: int) -> list[str]:
    return [each.name for each in silent(GROUP | group, spoke, PERSPECTIVES, merge=merge)]


@pytest.mark.covers("R68")
def test_silent_perspectives_are_those_in_the_group_of_which_nobody_answered() -> None:
    assert names({"clinical_leaders", "volunteers"}, merge=False) == [
        "People using services and unpaid carers", "Local Healthwatch",
    ]  # fmt: skip
    assert names(set(GROUP), merge=False) == []


@pytest.mark.covers("R68")
def test_for_other_readers_those_of_one_or_two_people_count_together() -> None:
    assert names({"clinical_leaders"}, merge=True) == ["Volunteers", "Other perspectives"]
    assert names({"clinical_leaders", "healthwatch"}, merge=True) == ["Volunteers"]
    too_few = names({"clinical_leaders"}, merge=True, people_and_carers=0)
    assert too_few == ["Volunteers"]


# --- who may see what -------------------------------------------------------------------------


def shows(fact: Fact, role: Role, state: AreaState) -> bool:
    return digest_may_show(fact, Viewer(frozenset({role})), state, area_leads_see_names=True)


def test_a_mere_reader_sees_numbers_and_nobodys_name_or_words() -> None:
    for state in AreaState:
        assert shows(Fact.HOW_MANY, Role.READER, state)
        assert shows(Fact.DEADLINES, Role.READER, state)
        assert shows(Fact.SPREAD, Role.READER, state) is (state is AreaState.CONCLUDED)
        for fact in (
            *(Fact.WORDS_AND_RATINGS, Fact.AUTHORS_NAME, Fact.WHO_HAS_ANSWERED, Fact.DISSENT),
            *(Fact.OWNERS_NAMES, Fact.LEADS_WORDS, Fact.LEADS_NAMES, Fact.DRAFT),
        ):
            assert not shows(fact, Role.READER, state)


def test_a_digest_shows_nobody_else_more_than_their_cards_do() -> None:
    for fact, state in product(Fact, AreaState):
        assert not shows(fact, Role.ANYONE, state)
        if fact is Fact.WHO_HAS_ANSWERED:
            assert shows(fact, Role.LEAD, state)
            assert not shows(fact, Role.MEMBER, state)
