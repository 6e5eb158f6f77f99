"""Levels over time (PURE): each statement's, and how they moved, area by area."""

from collections.abc import Iterator
from dataclasses import dataclass

from eocif.report_summaries import AreaReport, Occasion, Report
from eocif.reports.wording import day
from eocif.rules.answers import choice_name
from eocif.rules.framework import Edition

Step = tuple[int, str]
"""The place of an occasion among all of them, and a level then: a key or “not_agreed”."""


@dataclass(frozen=True)
class Path:
    """Statements of one area whose levels moved alike, oldest first."""

    area: AreaReport
    codes: tuple[str, ...]
    levels: tuple[tuple[Occasion, str], ...]


def of_statement(report: Report, code: str) -> tuple[Step, ...]:
    """The occasions on which a statement got a level."""
    return tuple(
        (place, each.levels[code])
        for place, each in enumerate(report.over_time)
        if code in each.levels
    )


def paths(report: Report) -> Iterator[Path]:
    """What last time's level beside this one's does not tell: re-ratings, and reviews before."""
    for area in report.areas:
        alike: dict[tuple[Step, ...], list[str]] = {}
        for each in area.statements:
            steps = of_statement(report, each.statement.code)
            if len(steps) > 2 or any(report.over_time[place].is_rerating for place, _ in steps):
                alike.setdefault(steps, []).append(each.statement.code)
        for steps, codes in alike.items():
            levels = tuple((report.over_time[place], level) for place, level in steps)
            yield Path(area, tuple(codes), levels)


def in_words(edition: Edition, path: Path) -> str:
    """Each level with its day, a line each."""
    return "\n".join(
        f"{choice_name(edition, level)}, {_when(occasion)}" for occasion, level in path.levels
    )


def _when(occasion: Occasion) -> str:
    kind = "re-rated " if occasion.is_rerating else ""
    here = " (this report)" if occasion.is_this else ""
    on = f"on {day(occasion.on)}" if occasion.on else "not signed off yet"
    return f"{kind}{on}{here}"


def what(occasion: Occasion) -> str:
    """What an occasion was: a review, a re-rating, or the one that is reported."""
    kind = "Re-rating" if occasion.is_rerating else "Review"
    return f"{kind} (this report)" if occasion.is_this else kind
