"""Made-up ballots for a whole review: who chooses what, so that every verdict comes up.

The same every time. Twelve people, all 86 indicators, two rounds.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import cycle
from random import Random

from eocif.rules import framework
from tests.reckoning import LEVELS, Vote

DONT_KNOW, NOT_APPLICABLE = "dont_know", "not_applicable"
# How twelve people lean on a statement: how many choose each level, lowest first; the rest cannot
# say. In the order of the verdicts they are to bring about.
LEANINGS = (
    (0, 2, 9, 1), (0, 0, 0, 12), (2, 0, 9, 1), (1, 2, 8, 1), (0, 0, 6, 6), (4, 4, 4, 0),
    (6, 0, 0, 6), (3, 3, 3, 3), (0, 1, 8, 0), (0, 3, 6, 3), (0, 0, 2, 2), (1, 9, 2, 0),
)  # fmt: skip
NOBODY_RATES = "13a"  # everyone says that it does not apply

Choices = dict[str, str]  # by indicator code
Ballots = dict[str, Choices]  # by who


@dataclass(frozen=True)
class Voter:
    """A member, by key, and the perspective they speak from."""

    key: str
    perspective: str


def codes(area: int) -> list[str]:
    """The codes of an area's indicators."""
    return [each.code for each in framework.edition().area(area).indicators]


def first_round(voters: list[Voter]) -> Ballots:
    """Everyone's choices in round 1."""
    chance = Random(2027)  # noqa: S311 - no secret: the same ballots every time
    ballots: Ballots = {voter.key: {} for voter in voters}
    leanings = cycle(LEANINGS)
    for area in framework.edition().areas:
        for code in codes(area.number):
            choices = _shuffled(chance, next(leanings), len(voters))
            for voter in voters:
                choice = NOT_APPLICABLE if code == NOBODY_RATES else choices.pop()
                ballots[voter.key][code] = choice
    return ballots


def _shuffled(chance: Random, leaning: tuple[int, ...], people: int) -> list[str]:
    choices = [level for level, count in zip(LEVELS, leaning, strict=True) for _ in range(count)]
    choices += [DONT_KNOW] * (people - len(choices))
    chance.shuffle(choices)
    return choices


def second_round(first: Ballots, movers: tuple[str, ...]) -> Iterator[tuple[str, str, str]]:
    """Who changes which choice to what: some go to a level beside their own, one to a far one."""
    every_third = [code for area in framework.edition().areas for code in codes(area.number)][::3]
    for place, code in enumerate(every_third):
        who = movers[place % len(movers)]
        choice = first[who][code]
        rank = LEVELS.index(choice) if choice in LEVELS else 0
        moved = LEVELS[rank + 1 if rank < 3 else rank - 1] if place % 4 else LEVELS[3 - rank]
        if moved != choice:
            yield who, code, moved


def votes(voters: list[Voter], ballots: Mapping[str, Choices], code: str) -> list[Vote]:
    """What everyone chose for one statement."""
    return [Vote(voter.perspective, ballots[voter.key][code]) for voter in voters]
