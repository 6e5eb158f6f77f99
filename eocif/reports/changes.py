"""What became of each statement since the review before this one (PURE): an order, not a score."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from eocif.report_summaries import AreaReport, StatementReport
from eocif.rules.answers import NOT_AGREED
from eocif.rules.framework import LEVEL_KEYS
from eocif.rules.progress import AreaState


class Change(StrEnum):
    """How a statement ended beside how it ended last time, in the words people read."""

    HIGHER = "A higher level"
    SAME = "The same"
    LOWER = "A lower level"
    NOW_AGREED = "Has a level now"
    NO_LONGER = "Not agreed now"
    NOT_RATED = "Does not apply now"


@dataclass(frozen=True)
class Changed:
    """A statement that was in the review before this one, and what became of it."""

    area: AreaReport
    statement: StatementReport
    change: Change


def since_last_time(areas: Iterable[AreaReport]) -> Iterator[Changed]:
    """Every concluded statement that ended somehow last time."""
    for area in areas:
        for each in area.statements:
            if area.state == AreaState.CONCLUDED and each.before:
                yield Changed(area, each, _change(each.before, each.level or each.origin))


def _change(before: str, now: str) -> Change:
    if now == before:
        return Change.SAME
    if now == NOT_AGREED:
        return Change.NO_LONGER
    if now not in LEVEL_KEYS:
        return Change.NOT_RATED
    if before not in LEVEL_KEYS:
        return Change.NOW_AGREED
    is_higher = LEVEL_KEYS.index(now) > LEVEL_KEYS.index(before)
    return Change.HIGHER if is_higher else Change.LOWER
