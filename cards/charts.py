"""Counts in steps, as a chart that Teams draws, and as bars of text where it cannot (PURE).

How levels are spread, or how far areas are. Teams for phones shows no charts: there the fallback
stands, which any version draws. Steps of one colour mean lower and higher, never good or bad; the
same numbers stand beside the chart.

Shape: Microsoft's page on charts in Adaptive Cards.
"""

from collections.abc import Sequence
from dataclasses import KW_ONLY
from typing import Literal, NamedTuple, TypeAlias

from cards.elements import Container, Element, TextBlock, TextRun, words
from cards.parts import Part
from eocif.rules.framework import Edition
from eocif.rules.spread import Spread

Colour: TypeAlias = Literal["sequential2", "sequential4", "sequential6", "sequential8", "neutral"]
COLOURS: tuple[Colour, ...] = ("sequential2", "sequential4", "sequential6", "sequential8")
SHADES = "░▒▓█"
"""One block for each person or thing, fuller for what is higher or further: it needs no colour."""


class ChartPoint(Part):
    """One step's part of a bar. `legend` is our own text."""

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


class Step(NamedTuple):
    """What one part of every bar stands for: its name, its colour, and its block of text."""

    name: str
    colour: Colour
    shade: str


class Counted(NamedTuple):
    """A bar to draw: its title, which is our own text, and how many there are of each step."""

    title: str
    counts: Sequence[int]


class Bar(NamedTuple):
    """A bar of ratings: its title, which is our own text, and whose ratings."""

    title: str
    spread: Spread


def chart(edition: Edition, title: str, bars: Sequence[Bar]) -> list[Element]:
    """The bars of those who gave a level; nothing where nobody did."""
    levels = zip(edition.levels, COLOURS, SHADES, strict=True)
    steps = [Step(level.name, colour, shade) for level, colour, shade in levels]
    counted = [Counted(bar.title, bar.spread.counts) for bar in bars if bar.spread.rated]
    return stacked(title, steps, counted, each="person")


def stacked(
    title: str,
    steps: Sequence[Step],
    bars: Sequence[Counted],
    *,
    each: str,
    is_headed: bool = False,
) -> list[Element]:
    """Bars of counts, the same steps in each; nothing where there is no bar.

    Every step is in every bar, also where its count is 0: colours and legend stay the same. `each`
    says what is counted: a person, an area. `is_headed` where a heading above says the title.
    """
    if not bars:
        return []
    drawn = [ChartBar(bar.title, _points(steps, bar)) for bar in bars]
    top: list[Element] = [] if is_headed else [TextBlock(title, weight="bolder")]
    text = Container([*top, *_as_text(steps, bars, each)])
    return [StackedBars(title, drawn, fallback=text)]


def _points(steps: Sequence[Step], bar: Counted) -> list[ChartPoint]:
    beside = zip(steps, bar.counts, strict=True)
    return [ChartPoint(step.name, count, step.colour) for step, count in beside]


def _as_text(steps: Sequence[Step], bars: Sequence[Counted], each: str) -> list[Element]:
    key = ", ".join(f"{step.shade} {step.name[:1].lower()}{step.name[1:]}" for step in steps)
    told = TextBlock(f"One block for each {each}: {key}.", is_subtle=True, size="small")
    return [told, *(_line(steps, bar) for bar in bars)]


def _line(steps: Sequence[Step], bar: Counted) -> Element:
    beside = zip(steps, bar.counts, strict=True)
    blocks = "".join(step.shade * count for step, count in beside)
    return words(TextRun(f"{bar.title}  ", weight="bolder"), blocks, spacing="small")
