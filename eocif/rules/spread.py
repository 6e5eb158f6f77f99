"""How ratings are spread: by level, by group of people, between voices and between rounds (PURE).

Groups are decided for an area when its ratings are first shown, so that every table of the area is
cut in the same way: no difference of two of them shows fewer than three people. Who takes part in a
later round only is added to those groups. The software's own rule; PR1209 asks only that
differences are seen.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from eocif.rules.framework import LEVEL_KEYS
from eocif.rules.perspectives import Perspective, Voice
from eocif.rules.progress import DONT_KNOW, NOT_APPLICABLE

SMALLEST = 3
"""The fewest people whose ratings are shown together."""

TOO_FEW = "Fewer than three people took part, so their levels are not shown."
"""Said in place of an area's ratings to everyone but its leads."""

OTHERS = "Other perspectives"
EVERYONE = "Everyone"
LIVED = "People with lived experience"
EVERYONE_ELSE = "Everyone else"
_TOGETHER = frozenset({OTHERS, EVERYONE, LIVED, EVERYONE_ELSE})


@dataclass(frozen=True)
class Spread:
    """Ratings of one statement by some people: four counts, lowest level first, and the rest.

    `unanswered` are people who took part in the area and chose nothing here.
    """

    counts: tuple[int, int, int, int]
    dont_know: int = 0
    not_applicable: int = 0
    unanswered: int = 0

    @property
    def rated(self) -> int:
        """How many gave a level."""
        return sum(self.counts)

    @property
    def responses(self) -> int:
        """How many chose anything."""
        return self.rated + self.dont_know + self.not_applicable

    @property
    def many_could_not(self) -> bool:
        """More than a third of responses were “I don't know enough to rate this”."""
        return 3 * self.dont_know > self.responses


@dataclass(frozen=True)
class GroupSpread:
    """The spread within one group, under the name that people read."""

    name: str
    people: int
    spread: Spread


def spread_of(choices: Iterable[str]) -> Spread:
    """The spread of some people's choices; an empty choice is an unanswered one."""
    found = Counter(choices)
    first, second, third, fourth = (found[key] for key in LEVEL_KEYS)
    return Spread(
        (first, second, third, fourth), found[DONT_KNOW], found[NOT_APPLICABLE], found[""]
    )


@dataclass(frozen=True)
class Partition:
    """Which group each perspective is shown in, by perspective key; `names` in their order."""

    names: tuple[str, ...]
    group_of: Mapping[str, str]


def partition(people: Mapping[str, int], perspectives: Iterable[Perspective]) -> Partition:
    """Cut an area's people into groups of three or more.

    `people`: how many took part, by perspective key. `perspectives`: those in use, in order.
    Perspectives of three or more stand alone; the smaller are merged, with the smallest of the
    others if they are too few together. Where none stands alone: lived experience against
    everyone else if both have three, and otherwise everyone together.
    """
    inside = [each for each in perspectives if people.get(each.key)]
    alone = [each for each in inside if people[each.key] >= SMALLEST]
    merged = [each for each in inside if each not in alone]
    while merged and alone and sum(people[each.key] for each in merged) < SMALLEST:
        smallest = min(reversed(alone), key=lambda each: people[each.key])
        alone.remove(smallest)
        merged.append(smallest)
    if alone:
        named = {each.key: each.name for each in alone}
        group_of = {each.key: named.get(each.key, OTHERS) for each in inside}
    else:
        group_of = _by_voice(people, inside)
    return Partition(tuple(dict.fromkeys(_ordered(group_of))), group_of)


def partition_by_round(
    rounds: Iterable[Mapping[str, int]], perspectives: Iterable[Perspective]
) -> Partition:
    """The groups as they were first shown, with those who took part in later rounds only.

    `rounds`: how many had taken part after each round, by perspective key. Nobody changes group:
    a table of before beside one of after would otherwise show who did.
    """
    cut, were, offered = Partition((), {}), 0, list(perspectives)
    for people in rounds:
        cut = _joined(cut, people, offered) if were >= SMALLEST else partition(people, offered)
        were = sum(people.values())
    return cut


def _joined(
    cut: Partition, people: Mapping[str, int], perspectives: Iterable[Perspective]
) -> Partition:
    """The same groups once perspectives have come that nobody spoke from before.

    They join those shown together; where all stand alone, the smallest is shown with them.
    """
    inside = [each for each in perspectives if people.get(each.key)]
    held = [each for each in inside if each.key in cut.group_of]
    group_of = {each.key: cut.group_of.get(each.key) or _merged(each, cut) for each in inside}
    if len(held) < len(inside) and not _TOGETHER & set(cut.names):
        smallest = min(reversed(held), key=lambda each: people[each.key])
        group_of[smallest.key] = OTHERS
    return Partition(tuple(dict.fromkeys(_ordered(group_of))), group_of)


def _merged(perspective: Perspective, cut: Partition) -> str:
    if EVERYONE in cut.names:
        return EVERYONE
    if LIVED in cut.names:
        return LIVED if perspective.voice is Voice.LIVED_EXPERIENCE else EVERYONE_ELSE
    return OTHERS


def _ordered(group_of: Mapping[str, str]) -> list[str]:
    return sorted(group_of.values(), key=lambda name: name in (OTHERS, EVERYONE_ELSE))


def _by_voice(people: Mapping[str, int], inside: list[Perspective]) -> dict[str, str]:
    lived = {each.key for each in inside if each.voice is Voice.LIVED_EXPERIENCE}
    with_it = sum(people[key] for key in lived)
    without = sum(people[each.key] for each in inside) - with_it
    if with_it < SMALLEST or without < SMALLEST:
        return {each.key: EVERYONE for each in inside}
    return {each.key: LIVED if each.key in lived else EVERYONE_ELSE for each in inside}


@dataclass(frozen=True)
class Rated:
    """One person who took part, and their choice for one statement; empty where they gave none."""

    perspective: Perspective
    choice: str


def groups(rated: Iterable[Rated], cut: Partition) -> tuple[GroupSpread, ...]:
    """A statement's spread by group; empty where all are in one group, which is the total."""
    if len(cut.names) < 2:
        return ()
    people = list(rated)
    inside = {
        name: [each.choice for each in people if cut.group_of[each.perspective.key] == name]
        for name in cut.names
    }
    return tuple(
        GroupSpread(name, len(choices), spread_of(choices)) for name, choices in inside.items()
    )


def gap(rated: Iterable[Rated]) -> int | None:
    """Lived experience's lower median minus that of staff and leadership, in levels.

    None unless three or more of each gave a level. It never changes a level.
    """
    people = list(rated)
    lived = _lower_median(people, Voice.LIVED_EXPERIENCE)
    staff = _lower_median(people, Voice.STAFF_AND_LEADERSHIP)
    return None if lived is None or staff is None else lived - staff


def _lower_median(people: list[Rated], voice: Voice) -> int | None:
    ranks = sorted(
        LEVEL_KEYS.index(each.choice)
        for each in people
        if each.perspective.voice is voice and each.choice in LEVEL_KEYS
    )
    return ranks[(len(ranks) - 1) // 2] if len(ranks) >= SMALLEST else None


def movement(before: Mapping[int, str], after: Mapping[int, str]) -> tuple[int, int]:
    """How many of those who gave a level at the end chose something else before, and of how many.

    Both map a person to their choice for one statement.
    """
    rated = [person for person, choice in after.items() if choice in LEVEL_KEYS]
    return sum(before.get(person, "") != after[person] for person in rated), len(rated)
