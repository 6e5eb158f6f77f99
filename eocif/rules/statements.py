"""What is rated in an area (PURE): each of its indicators, or the area as a whole.

A review rates indicators (86 ratings) or areas (23); which of the two is fixed when it starts. No
area's level is ever computed from its indicators: the framework has no such rule.
"""

from dataclasses import dataclass

from eocif.rules.framework import Area

BY_INDICATOR, BY_AREA = "indicator", "area"
UNITS = (BY_INDICATOR, BY_AREA)


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


def statements(area: Area, unit: str) -> tuple[Statement, ...]:
    """What gets a level in an area, in order. An area as a whole has its number as its code."""
    if unit == BY_AREA:
        return (Statement(str(area.number), f"Area {area.number}", ""),)
    return tuple(
        Statement(each.code, f"Area {each.code}", each.text, each.bullets)
        for each in area.indicators
    )
