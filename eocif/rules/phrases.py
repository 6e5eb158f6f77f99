"""How sentences count and list things, the same on cards and in files (PURE)."""

from collections.abc import Iterable, Sequence
from itertools import groupby


def many(count: int, one: str, more: str = "") -> str:
    """A number with its noun: "1 area", "3 areas", "2 people"."""
    return f"{count} {one if count == 1 else more or one + 's'}"


def listed(items: Sequence[str], last: str = "and") -> str:
    """Items as a sentence lists them: "1", "1 and 2", "1, 2 and 5"; with "or" to choose from."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def areas(numbers: Iterable[int], *, opening: bool = True) -> str:
    """Areas by number, three or more in a row as a span: "Area 3", "Areas 1 to 5, 7 and 9".

    With `opening` false it stands inside a sentence: "areas 1 to 5".
    """
    ordered = sorted(set(numbers))
    noun = "Area" if len(ordered) == 1 else "Areas"
    return f"{noun if opening else noun.lower()} {listed(_spans(ordered))}"


def _spans(ordered: list[int]) -> list[str]:
    # Numbers in a row stand equally far from their places.
    found: list[str] = []
    for _, group in groupby(enumerate(ordered), key=lambda item: item[1] - item[0]):
        run = [number for _, number in group]
        long = len(run) > 2
        found += [f"{run[0]} to {run[-1]}"] if long else [str(number) for number in run]
    return found
