"""How levels are spread, as a chart that Teams draws, and as bars of text where it cannot (PURE).

Teams for phones shows no charts: there the fallback stands, which any version draws. Steps of one
colour mean lower and higher, never good or bad; the same numbers stand beside the chart.

Shape: Microsoft's page on charts in Adaptive Cards.
"""

from collections.abc import Sequence
from dataclasses import KW_ONLY
from typing import Literal, NamedTuple, TypeAlias

from cards.elements import Container, Element, TextBlock, TextRun, words
from cards.parts import Part
from cards.spreads import inside
from eocif.rules.framework import Edition, Level
from eocif.rules.spread import Spread

Colour: TypeAlias = Literal["sequential2", "sequential4", "sequential6", "sequential8"]
COLOURS: tuple[Colour, ...] = ("sequential2", "sequential4", "sequential6", "sequential8")
SHADES = "░▒▓█"
"""One block for each person, fuller for a higher level: it needs no colour."""


class ChartPoint(Part):
    """One level's part of a bar. `legend` is our own text."""

    legend: str
    value: int
    color: Colour


class ChartBar(Part):
    """One bar. Its title is our own text: what a chart does with people's is not known."""

    title: str
    data: Sequence[ChartPoint]


class StackedBars(Element):
    """Bars below each other, each of parts beside each other."""

    element_type = "Chart.HorizontalBar.Stacked"
    title: str
    data: Sequence[ChartBar]
    _: KW_ONLY
    fallback: Element


class Bar(NamedTuple):
    """A bar to draw: its title, which is our own text, and whose ratings."""

    title: str
    spread: Spread


def chart(edition: Edition, title: str, bars: Sequence[Bar]) -> list[Element]:
    """The bars of those who gave a level; nothing where nobody did."""
    shown = [bar for bar in bars if bar.spread.rated]
    if not shown:
        return []
    drawn = [ChartBar(bar.title, _points(edition, bar.spread)) for bar in shown]
    return [StackedBars(title, drawn, fallback=_as_text(edition, title, shown))]


def _points(edition: Edition, spread: Spread) -> list[ChartPoint]:
    """Every level, lowest first, also where nobody chose it: colours and legend stay the same."""
    beside = zip(edition.levels, spread.counts, COLOURS, strict=True)
    return [ChartPoint(level.name, count, colour) for level, count, colour in beside]


def _as_text(edition: Edition, title: str, bars: Sequence[Bar]) -> Container:
    key = [f"{shade} {inside(edition, level.key)}" for shade, level in _shaded(edition)]
    told = TextBlock(f"One block for each person: {', '.join(key)}.", is_subtle=True, size="small")
    return Container([TextBlock(title, weight="bolder"), told, *map(_bar, bars)])


def _shaded(edition: Edition) -> list[tuple[str, Level]]:
    return list(zip(SHADES, edition.levels, strict=True))


def _bar(bar: Bar) -> Element:
    blocks = "".join(shade * count for shade, count in zip(SHADES, bar.spread.counts, strict=True))
    return words(TextRun(f"{bar.title}  ", weight="bolder"), blocks, spacing="small")
