"""What is rated in an area (PURE): each of its indicators, or the area as a whole.

A review rates indicators (86 ratings) or areas (23); which of the two is fixed when it starts. No
area's level is ever computed from its indicators: the framework has no such rule.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from eocif.rules import framework
from eocif.rules.framework import Area, Indicator

BY_INDICATOR, BY_AREA = "indicator", "area"
UNITS = (BY_INDICATOR, BY_AREA)
LOCAL = "L"
"""What a local statement's code begins with: no national code does."""


@dataclass(frozen=True)
class Statement:
    """Something that gets a level: `code` names it in storage, `name` is what people read.

    `text` and `bullets` are official, unless `is_local`; empty for an area as a whole.
    """

    code: str
    name: str
    text: str
    bullets: tuple[str, ...] = ()
    is_local: bool = False

    @property
    def is_whole_area(self) -> bool:
        """Whether one level stands for all of an area's indicators together."""
        return not self.text

    @property
    def short(self) -> str:
        """Its name inside a sentence: "13a", "local statement L1" or "area 13"."""
        if self.is_whole_area or self.is_local:
            return self.name[0].lower() + self.name[1:]
        return self.code


def statements(area: Area, unit: str) -> tuple[Statement, ...]:
    """What gets a level in an area, in order. An area as a whole has its number as its code."""
    if unit == BY_AREA:
        return (Statement(str(area.number), name_of(str(area.number)), ""),)
    return tuple(map(statement, area.indicators))


def statement(indicator: Indicator) -> Statement:
    """An indicator as something to rate."""
    return Statement(
        indicator.code, name_of(indicator.code), indicator.text, indicator.bullets,
        indicator.is_local,
    )  # fmt: skip


def name_of(code: str) -> str:
    """How people read a code: "Area 13a" as printed, "Area 13", or "Local statement L1"."""
    return f"Local statement {code}" if code.startswith(LOCAL) else f"Area {code}"


def minutes(area: Area, unit: str) -> int:
    """How many minutes most people take for an area (ours).

    By indicator as `framework.minutes` has it; for one level on the whole area a quarter of a
    minute to read each statement, and one to choose.
    """
    return (len(area.indicators) + 3) // 4 + 1 if unit == BY_AREA else framework.minutes(area)


def asked(areas: Iterable[Area], unit: str) -> int:
    """How many levels a member is asked for in these areas."""
    return sum(len(statements(area, unit)) for area in areas)
