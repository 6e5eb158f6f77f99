"""The board report's picture: levels by section, as bars of numbers.

Legible in black and white: greys from light to dark with the level, hatching for what has no
level, and each number written in its part of the bar. matplotlib is loaded when one is made: it
takes longer to load than all else here together.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from textwrap import fill
from typing import TYPE_CHECKING, TypeVar

from eocif.report_summaries import Report
from eocif.reports.counts import NOT_YET, SET_ASIDE, Sections, by_section, end_name, ends_shown
from eocif.rules.answers import NOT_AGREED
from eocif.rules.framework import LEVEL_KEYS
from eocif.rules.progress import NOT_APPLICABLE

if TYPE_CHECKING:
    from matplotlib.axes import Axes

T = TypeVar("T")

_WIDE, _PER_BAR, _AROUND, _DOTS = 6.7, 0.55, 1.0, 200  # inches, and dots in one
_TYPE, _WIDE_IN_LETTERS = 10, 58  # points; how many letters fit the longest bar
_COLUMNS = 4  # of the legend: one for each level
_WHITE_ON = 0.55  # greys darker than this carry white numbers


@dataclass(frozen=True)
class Look:
    """How a part of a bar is drawn: `grey` from 0, black, to 1, white."""

    grey: float
    hatch: str = ""


_LOOKS: Mapping[str, Look] = {
    **{key: Look(grey) for key, grey in zip(LEVEL_KEYS, (0.96, 0.78, 0.42, 0.12), strict=True)},
    NOT_AGREED: Look(1, "////"),
    NOT_APPLICABLE: Look(1, "...."),
    SET_ASIDE: Look(1, "xxxx"),
    NOT_YET: Look(1, "--"),
}


def levels_by_section(report: Report) -> bytes:
    """A PNG: for each section, the numbers of its statements by how they ended."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    sections = by_section(report.areas)
    size = (_WIDE, _AROUND + _PER_BAR * len(sections))
    figure = Figure(figsize=size, layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.subplots()
    for end in ends_shown(sections):
        _draw(axes, sections, end, end_name(report.edition, end))
    _dress(axes, sections)
    figure.legend(
        *_across(*axes.get_legend_handles_labels()), loc="outside lower center", ncols=_COLUMNS,
        frameon=False, fontsize=_TYPE - 1, handlelength=2.4, handleheight=1.3,
    )  # fmt: skip
    out = BytesIO()
    figure.savefig(out, format="png", dpi=_DOTS)
    return out.getvalue()


def _across(*lists: list[T]) -> Iterator[list[T]]:
    """The same lists, so ordered that a legend filled down its columns reads along its rows."""
    for each in lists:
        yield [one for column in range(_COLUMNS) for one in each[column::_COLUMNS]]


def _draw(axes: "Axes", sections: Sections, end: str, name: str) -> None:
    """One part of every bar, to the right of the parts before it, with its number inside."""
    look, before = _LOOKS[end], _before(sections, end)
    numbers = [counts.get(end, 0) for _, counts in sections]
    bars = axes.barh(
        range(len(sections)), numbers, 0.62, before, label=name, color=str(look.grey),
        edgecolor="black", linewidth=0.8, hatch=look.hatch,
    )  # fmt: skip
    most = max(sum(counts.values()) for _, counts in sections)
    words = [_label(number, name, number / most) for number in numbers]
    labels = axes.bar_label(
        bars, words, label_type="center", fontsize=_TYPE, fontweight="bold",
        color="white" if look.grey < _WHITE_ON else "black",
    )  # fmt: skip
    if look.hatch:
        for label in labels:
            label.set_bbox({"facecolor": "white", "edgecolor": "none", "pad": 1.5})


def _label(number: int, name: str, share: float) -> str:
    """The number, with what it is of where the part of the bar is wide enough to say so."""
    whole = f"{number} {name}"
    return whole if share * _WIDE_IN_LETTERS > len(whole) else str(number or "")


def _before(sections: Sections, end: str) -> list[int]:
    """Where this part begins in each section's bar."""
    shown = ends_shown(sections)
    earlier = shown[: shown.index(end)]
    return [sum(counts.get(each, 0) for each in earlier) for _, counts in sections]


def _dress(axes: "Axes", sections: Sections) -> None:
    names = [fill(f"{section.number} {section.title}", 18) for section, _ in sections]
    axes.set_yticks(range(len(sections)), names, fontsize=_TYPE)
    axes.tick_params(left=False)
    axes.invert_yaxis()
    axes.set_xticks([])
    axes.spines[["top", "right", "bottom"]].set_visible(False)
    axes.margins(x=0.01)
