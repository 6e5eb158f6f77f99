"""When people's levels agree (PURE): a decision of this software, printed with every result.

An area is agreed when at least three in four of the people who rated it chose the same level,
nobody two or more levels away went unheard, and enough different people took part. The framework
(PR1209) asks for a consensus and gives no rule. Integers and fractions only: nothing is rounded.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise

from eocif.rules.framework import LEVEL_KEYS

THREE_QUARTERS = "three_quarters"
RAND = "rand"
SHARES: Mapping[str, Fraction] = {
    "seventy": Fraction(7, 10),
    THREE_QUARTERS: Fraction(3, 4),
    "four_fifths": Fraction(4, 5),
}
RULES = (*SHARES, RAND)
_PAIR = Fraction(3, 4)  # of the close test, whatever the preset
RAND_LEAST = 8
_FAR = 2  # levels away: a view that has to be heard


class Kind(StrEnum):
    """What the rule says of one statement's ratings."""

    NOT_ENOUGH = "not_enough"
    AGREED = "agreed"
    TALK_FIRST = "talk_first"
    CLOSE = "close"
    NOT_AGREED = "not_agreed"


@dataclass(frozen=True)
class Settings:
    """The fewest who must take part, and which count rule applies: fixed before round 1."""

    people: int = 5
    perspectives: int = 3
    lived_experience: int = 1
    rule: str = THREE_QUARTERS

    @property
    def least_people(self) -> int:
        """The fewest people who must rate: the RAND-style rule needs eight, whatever is set."""
        return max(self.people, RAND_LEAST) if self.rule == RAND else self.people


DEFAULT = Settings()


@dataclass(frozen=True)
class Verdict:
    """What the rule says.

    `level` is set where one level is agreed or proposed (`agreed`, `talk_first`). `levels` are the
    level keys to show, lowest first: that one, the two or three of `close`, or none. `share` is
    the largest count over `rated`, and 0 where nobody rated.
    """

    kind: Kind
    level: str | None
    levels: tuple[str, ...]
    rated: int
    share: Fraction


def verdict(
    counts: Sequence[int], *, perspectives: int | None = None,
    lived_experience: int | None = None, settings: Settings = DEFAULT,
) -> Verdict:  # fmt: skip
    """The rule on four counts, lowest level first.

    `perspectives` and `lived_experience` are numbers of distinct perspectives and of people with
    lived experience who rated; None skips that test. ValueError for anything but four counts.
    """
    if len(counts) != len(LEVEL_KEYS) or any(count < 0 for count in counts):
        raise ValueError("There are four levels, each with a count of 0 or more.")
    rated, largest = sum(counts), max(counts)
    share = Fraction(largest, rated) if rated else Fraction(0)
    kind, places = _judge(counts, perspectives, lived_experience, settings)
    levels = tuple(LEVEL_KEYS[place] for place in places)
    one = levels[0] if kind in (Kind.AGREED, Kind.TALK_FIRST) else None
    return Verdict(kind, one, levels, rated, share)


def _judge(
    counts: Sequence[int], perspectives: int | None, lived: int | None, settings: Settings
) -> tuple[Kind, tuple[int, ...]]:
    rated = sum(counts)
    if not rated or rated < settings.least_people or _too_few(perspectives, lived, settings):
        return Kind.NOT_ENOUGH, ()
    mode = max(range(len(counts)), key=counts.__getitem__)
    if _is_agreed(counts[mode], rated, settings.rule):
        far = any(count for place, count in enumerate(counts) if abs(place - mode) >= _FAR)
        return (Kind.TALK_FIRST if far else Kind.AGREED), (mode,)
    close = _close(counts, rated)
    return (Kind.CLOSE, close) if close else (Kind.NOT_AGREED, ())


def _too_few(perspectives: int | None, lived: int | None, settings: Settings) -> bool:
    return (perspectives is not None and perspectives < settings.perspectives) or (
        lived is not None and lived < settings.lived_experience
    )


def _is_agreed(largest: int, rated: int, rule: str) -> bool:
    if rule == RAND:
        return rated - largest <= (rated - 2) // 3
    return largest >= SHARES[rule] * rated


def _close(counts: Sequence[int], rated: int) -> tuple[int, ...]:
    """The places of two neighbouring levels that hold three quarters; of equal pairs, all."""
    pairs = [low + high for low, high in pairwise(counts)]
    most = max(pairs)
    if most < _PAIR * rated:
        return ()
    found = {place for low, pair in enumerate(pairs) if pair == most for place in (low, low + 1)}
    return tuple(sorted(found))


def is_enough(
    people: int, *, perspectives: int, lived_experience: int, settings: Settings = DEFAULT
) -> bool:
    """Whether enough different people took part: numbers of people, not of ratings."""
    return (
        people >= settings.least_people
        and perspectives >= settings.perspectives
        and lived_experience >= settings.lived_experience
    )
