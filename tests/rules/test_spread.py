"""How ratings are shown by group, and what no table may give away."""

from collections import Counter
from collections.abc import Mapping
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eocif.rules.framework import LEVEL_KEYS
from eocif.rules.perspectives import PERSPECTIVES, perspective
from eocif.rules.progress import DONT_KNOW, NOT_APPLICABLE
from eocif.rules.spread import (
    EVERYONE,
    EVERYONE_ELSE,
    LIVED,
    OTHERS,
    SMALLEST,
    Rated,
    gap,
    groups,
    movement,
    partition,
    partition_by_round,
    spread_of,
)

KEYS = [each.key for each in PERSPECTIVES]
CHOICES = (*LEVEL_KEYS, DONT_KNOW, NOT_APPLICABLE, "")
PEOPLE = st.dictionaries(st.sampled_from(KEYS), st.integers(0, 7))


def cut(people: Mapping[str, int]) -> dict[str, int]:
    """How many people each group of the partition holds."""
    made = partition(people, PERSPECTIVES)
    sizes = dict.fromkeys(made.names, 0)
    for key, count in people.items():
        if count:
            sizes[made.group_of[key]] += count
    return sizes


@pytest.mark.covers("R29")
def test_perspectives_of_three_or_more_stand_alone_and_the_rest_together() -> None:
    people = {"clinical_leaders": 3, "people_and_carers": 4, "healthwatch": 1, "volunteers": 2}
    assert cut(people) == {
        "Clinical leaders from all professions": 3,
        "People using services and unpaid carers": 4,
        OTHERS: 3,
    }


def test_a_rest_of_one_takes_the_smallest_group_with_it() -> None:
    people = {"clinical_leaders": 5, "people_and_carers": 3, "healthwatch": 1}
    assert cut(people) == {"Clinical leaders from all professions": 5, OTHERS: 4}


def test_of_two_smallest_the_later_one_is_merged() -> None:
    people = {"clinical_leaders": 3, "people_and_carers": 3, "healthwatch": 2}
    assert cut(people) == {"Clinical leaders from all professions": 3, OTHERS: 5}


def test_where_nearly_all_are_small_it_is_lived_experience_against_everyone_else() -> None:
    people = {"clinical_leaders": 2, "executive_lead": 1, "healthwatch": 1, "people_and_carers": 2}
    assert cut(people) == {LIVED: 3, EVERYONE_ELSE: 3}


@pytest.mark.parametrize("lived", [0, 1, 2])
def test_where_even_that_is_small_there_is_only_the_total(lived: int) -> None:
    people = {"clinical_leaders": 2, "executive_lead": 1, "healthwatch": lived}
    assert list(cut(people)) == [EVERYONE]


# Who took part after round 1, who came in round 2, and the groups that all are then shown in.
LATECOMERS = {
    "to those shown together": (
        {"clinical_leaders": 3, "healthwatch": 2, "volunteers": 1},
        {"executive_lead": 4},
        {"Clinical leaders from all professions": 3, OTHERS: 7},
    ),
    "to their own perspective": (
        {"clinical_leaders": 3, "healthwatch": 2, "volunteers": 1},
        {"healthwatch": 2},
        {"Clinical leaders from all professions": 3, OTHERS: 5},
    ),
    "with the smallest group": (
        {"clinical_leaders": 5, "people_and_carers": 3},
        {"healthwatch": 1},
        {"Clinical leaders from all professions": 5, OTHERS: 4},
    ),
    "to lived experience": (
        {"clinical_leaders": 2, "executive_lead": 1, "healthwatch": 1, "people_and_carers": 2},
        {"volunteers": 5},
        {LIVED: 8, EVERYONE_ELSE: 3},
    ),
    "to everyone else": (
        {"clinical_leaders": 2, "executive_lead": 1, "healthwatch": 1, "people_and_carers": 2},
        {"icb_and_partners": 3},
        {LIVED: 3, EVERYONE_ELSE: 6},
    ),
    "to everyone": ({"clinical_leaders": 2, "healthwatch": 1}, {"volunteers": 4}, {EVERYONE: 7}),
    "where nothing was shown": (
        {"clinical_leaders": 2},
        {"clinical_leaders": 1, "volunteers": 3},
        {"Clinical leaders from all professions": 3, "Volunteers": 3},
    ),
}


@pytest.mark.parametrize("how", LATECOMERS)
def test_who_comes_in_a_later_round_is_added_and_nobody_else_changes_group(how: str) -> None:
    first, more, shown = LATECOMERS[how]
    after = Counter(first) + Counter(more)
    made = partition_by_round([first, after], PERSPECTIVES)
    sizes = dict.fromkeys(made.names, 0)
    for key, count in after.items():
        sizes[made.group_of[key]] += count
    assert sizes == shown


@given(PEOPLE)
def test_no_group_and_no_difference_of_groups_is_smaller_than_three(people: dict[str, int]) -> None:
    sizes = cut(people)
    total = sum(people.values())
    assert sum(sizes.values()) == total
    if len(sizes) < 2:
        return
    # All tables of an area are cut alike, so what one table tells more than another, and what the
    # total tells more than any of its rows, is a union of whole groups.
    for count in range(1, len(sizes) + 1):
        for chosen in combinations(sizes.values(), count):
            assert sum(chosen) >= SMALLEST
            assert total - sum(chosen) == 0 or total - sum(chosen) >= SMALLEST


@given(st.lists(st.tuples(st.sampled_from(KEYS), st.sampled_from(CHOICES)), max_size=30))
def test_a_table_by_group_adds_up_to_the_total(given_: list[tuple[str, str]]) -> None:
    rated = [Rated(perspective(key), choice) for key, choice in given_]
    people = {key: sum(each == key for each, _ in given_) for key in KEYS}
    shown = groups(rated, partition(people, PERSPECTIVES))
    total = spread_of(choice for _, choice in given_)
    if not shown:
        return
    assert sum(group.people for group in shown) == len(given_)
    added = [sum(column) for column in zip(*(group.spread.counts for group in shown), strict=True)]
    assert tuple(added) == total.counts
    assert sum(group.spread.unanswered for group in shown) == total.unanswered
    assert all(group.people >= SMALLEST for group in shown)


def test_counts_stand_beside_those_who_gave_no_level() -> None:
    found = spread_of([*LEVEL_KEYS, "achieving", DONT_KNOW, NOT_APPLICABLE, ""])
    assert found.counts == (1, 1, 2, 1)
    assert (found.dont_know, found.not_applicable, found.unanswered) == (1, 1, 1)
    assert (found.rated, found.responses) == (5, 7)


@pytest.mark.parametrize(("unsure", "rated", "many"), [(1, 2, False), (2, 3, True), (0, 0, False)])
def test_more_than_a_third_unsure_is_many(unsure: int, rated: int, many: bool) -> None:
    choices = [*[DONT_KNOW] * unsure, *["achieving"] * rated]
    assert spread_of(choices).many_could_not is many


@pytest.mark.covers("R32")
def test_a_gap_is_the_difference_of_lower_medians() -> None:
    lived = [Rated(perspective("healthwatch"), each) for each in LEVEL_KEYS]  # lower median: 1
    staff = [Rated(perspective("clinical_leaders"), "excelling")] * 3
    neither = [Rated(perspective("icb_and_partners"), "insufficient_progress")] * 9
    assert gap([*lived, *staff, *neither]) == -2
    assert gap([*lived, *staff[:2]]) is None
    assert gap([*lived[:2], *staff]) is None


def test_who_could_not_judge_is_not_part_of_a_gap() -> None:
    lived = [Rated(perspective("healthwatch"), each) for each in ("achieving", "achieving", "")]
    staff = [Rated(perspective("clinical_leaders"), "excelling")] * 3
    assert gap([*lived, *staff]) is None


def test_movement_counts_who_chose_something_else_before() -> None:
    before = {1: "achieving", 2: "progressing", 3: DONT_KNOW, 5: "excelling"}
    after = {1: "achieving", 2: "achieving", 3: "achieving", 4: "excelling", 5: DONT_KNOW}
    assert movement(before, after) == (3, 4)
