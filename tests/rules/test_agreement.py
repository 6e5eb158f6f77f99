"""The agreement rule, against its published vectors, an independent reckoning, and its promises."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from random import Random
from statistics import median_low

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eocif.rules.agreement import RAND, RULES, SHARES, Kind, Settings, is_enough, verdict
from eocif.rules.framework import LEVEL_KEYS
from eocif.rules.spread import spread_of
from tests import reckoning

P, A, E = "progressing", "achieving", "excelling"

VECTORS = [
    ([0, 0, 0, 12], "agreed", (E,)),
    ([0, 2, 9, 1], "agreed", (A,)),
    ([0, 3, 9, 0], "agreed", (A,)),
    ([2, 0, 9, 1], "talk_first", (A,)),
    ([1, 2, 8, 1], "close", (P, A)),
    ([0, 0, 6, 6], "close", (A, E)),
    ([0, 3, 6, 3], "close", (P, A, E)),
    ([4, 4, 4, 0], "not_agreed", ()),
    ([5, 0, 5, 2], "not_agreed", ()),
    ([6, 0, 0, 6], "not_agreed", ()),
    ([3, 3, 3, 3], "not_agreed", ()),
    ([0, 0, 4, 0], "not_enough", ()),
]


def distributions(most: int) -> Iterator[tuple[int, int, int, int]]:
    """Every way that up to so many people can choose."""
    for low, second, third in product(range(most + 1), repeat=3):
        for high in range(most + 1 - low - second - third):
            yield low, second, third, high


ALL = list(distributions(24))
rule = pytest.mark.parametrize("rule", RULES)


@pytest.mark.covers("R15")
@pytest.mark.parametrize(("counts", "kind", "levels"), VECTORS)
def test_the_published_vectors(counts: list[int], kind: str, levels: tuple[str, ...]) -> None:
    found = verdict(counts)
    assert (found.kind, found.levels, found.rated) == (kind, levels, sum(counts))
    assert found.share == Fraction(max(counts), sum(counts))
    assert found.level == (levels[0] if kind in ("agreed", "talk_first") else None)


@rule
def test_every_distribution_of_up_to_24_people(rule: str) -> None:
    settings = Settings(rule=rule)
    for counts in ALL:
        found = verdict(counts, settings=settings)
        assert (found.kind, found.levels) == reckoning.of_counts(counts, rule)


@rule
def test_the_median_is_the_agreed_level(rule: str) -> None:
    for counts in ALL:
        found = verdict(counts, settings=Settings(rule=rule))
        if found.level:
            people = [rank for rank, count in enumerate(counts) for _ in range(count)]
            assert LEVEL_KEYS[median_low(people)] == found.level


@rule
def test_one_more_vote_for_the_agreed_level_never_un_agrees(rule: str) -> None:
    settings = Settings(rule=rule)
    for counts in ALL:
        found = verdict(counts, settings=settings)
        if found.level:
            more = list(counts)
            more[LEVEL_KEYS.index(found.level)] += 1
            again = verdict(more, settings=settings)
            assert (again.kind, again.level) == (found.kind, found.level)


def test_a_higher_share_never_agrees_more() -> None:
    agreed = [
        {counts for counts in ALL if verdict(counts, settings=Settings(rule=preset)).level}
        for preset in sorted(SHARES, key=SHARES.__getitem__)
    ]
    assert agreed[0] > agreed[1] > agreed[2]


@pytest.mark.covers("R08")
@rule
def test_there_is_never_a_level_between_two_levels(rule: str) -> None:
    for counts in ALL:
        found = verdict(counts, settings=Settings(rule=rule))
        assert set(found.levels) <= set(LEVEL_KEYS)
        assert found.level in (None, *found.levels)


@pytest.mark.covers("R15")
@given(st.lists(st.sampled_from(LEVEL_KEYS), max_size=40), st.randoms())
def test_it_does_not_matter_who_said_what_when(choices: list[str], chance: Random) -> None:
    shuffled = list(choices)
    chance.shuffle(shuffled)
    assert verdict(spread_of(choices).counts) == verdict(spread_of(shuffled).counts)


def test_too_few_perspectives_or_nobody_with_lived_experience_is_not_enough() -> None:
    twelve = [0, 0, 12, 0]
    assert verdict(twelve, perspectives=2, lived_experience=4).kind is Kind.NOT_ENOUGH
    assert verdict(twelve, perspectives=3, lived_experience=0).kind is Kind.NOT_ENOUGH
    assert verdict(twelve, perspectives=3, lived_experience=1).kind is Kind.AGREED
    loose = Settings(perspectives=1, lived_experience=0)
    assert verdict(twelve, perspectives=1, lived_experience=0, settings=loose).level == A


def test_nobody_at_all_is_not_enough_whatever_the_settings() -> None:
    found = verdict([0, 0, 0, 0], settings=Settings(people=0))
    assert (found.kind, found.rated, found.share) == (Kind.NOT_ENOUGH, 0, 0)


def test_the_rand_style_needs_eight_people_even_where_fewer_are_asked_for() -> None:
    settings = Settings(people=3, rule=RAND)
    assert verdict([0, 0, 7, 0], settings=settings).kind is Kind.NOT_ENOUGH
    assert verdict([0, 2, 6, 0], settings=settings).kind is Kind.AGREED
    assert verdict([0, 3, 5, 0], settings=settings).kind is Kind.CLOSE


@pytest.mark.parametrize("counts", [[1, 2, 3], [1, 2, 3, 4, 5], [0, -1, 5, 0]])
def test_anything_but_four_counts_is_refused(counts: list[int]) -> None:
    with pytest.raises(ValueError, match="four levels"):
        verdict(counts)


def test_enough_people_counts_people_perspectives_and_lived_experience() -> None:
    assert is_enough(5, perspectives=3, lived_experience=1)
    assert not is_enough(4, perspectives=3, lived_experience=1)
    assert not is_enough(5, perspectives=2, lived_experience=1)
    assert not is_enough(5, perspectives=3, lived_experience=0)
