"""The agreement rule reckoned once more, person by person and in whole numbers.

Written apart from the product, to be compared with it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

LEVELS = ("insufficient_progress", "progressing", "achieving", "excelling")
LIVED = {"people_and_carers", "healthwatch", "voluntary_and_community", "volunteers"}
STAFF = {"clinical_leaders", "executive_lead", "service_leads_and_staff", "named_functions"}


@dataclass(frozen=True)
class Vote:
    """One person's choice, and the perspective they speak from."""

    perspective: str
    choice: str


def of_counts(counts: Sequence[int], preset: str = "three_quarters") -> tuple[str, tuple[str, ...]]:
    """The verdict on counts per level, lowest first, and the levels to show."""
    people = [rank for rank, count in enumerate(counts) for _ in range(count)]
    n = len(people)
    if n < (8 if preset == "rand" else 5):
        return "not_enough", ()
    needed = {"seventy": (10, 7), "three_quarters": (4, 3), "four_fifths": (5, 4)}
    for level in range(4):
        same = people.count(level)
        enough = (
            3 * (n - same) <= n - 2
            if preset == "rand"
            else needed[preset][0] * same >= needed[preset][1] * n
        )
        if enough:
            far = [person for person in people if abs(person - level) > 1]
            return ("talk_first" if far else "agreed"), (LEVELS[level],)
    held = [sum(person in (low, low + 1) for person in people) for low in range(3)]
    if 4 * max(held) < 3 * n:
        return "not_agreed", ()
    ranks = {low + step for low in range(3) if held[low] == max(held) for step in (0, 1)}
    return "close", tuple(LEVELS[rank] for rank in sorted(ranks))


def of_votes(votes: Iterable[Vote]) -> tuple[str, tuple[str, ...]]:
    """The verdict on people's choices, with the rule's own conditions on who took part."""
    rated = [vote for vote in votes if vote.choice in LEVELS]
    if len({vote.perspective for vote in rated}) < 3:
        return "not_enough", ()
    if not any(vote.perspective in LIVED for vote in rated):
        return "not_enough", ()
    return of_counts([sum(vote.choice == level for vote in rated) for level in LEVELS])


def gap(votes: Iterable[Vote]) -> int | None:
    """Lived experience's lower median minus that of staff and leadership, in levels."""
    found = list(votes)
    lived, staff = _middle(found, LIVED), _middle(found, STAFF)
    return None if lived is None or staff is None else lived - staff


def _middle(votes: list[Vote], among: set[str]) -> int | None:
    ranks = sorted(
        LEVELS.index(vote.choice)
        for vote in votes
        if vote.perspective in among and vote.choice in LEVELS
    )
    while len(ranks) > 2:
        ranks = ranks[1:-1]
    enough = sum(vote.perspective in among and vote.choice in LEVELS for vote in votes) >= 3
    return ranks[0] if enough else None
