"""What a benchmark found: figures that are printed, and ratios of one run that may fail."""

import os
import platform
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from eocif.clock import system_clock


@dataclass(frozen=True)
class Ratio:
    """Two figures of the same run, one over the other.

    `most` or `least` is what it fails at, None where it cannot; `aim` says in words where we want
    it to be, and is only printed.
    """

    name: str
    value: float
    most: float | None = None
    least: float | None = None
    aim: str = ""

    @property
    def holds(self) -> bool:
        """Whether it is within its bounds."""
        too_much = self.most is not None and self.value > self.most
        too_little = self.least is not None and self.value < self.least
        return not (too_much or too_little)

    def __str__(self) -> str:
        bounds = [
            f"{word} {bound:g}"
            for word, bound in (("at most", self.most), ("at least", self.least))
            if bound is not None
        ]
        verdict = f"{', '.join(bounds)}: {'ok' if self.holds else 'FAILED'}" if bounds else ""
        return "; ".join(part for part in (f"{self.value:.3g}", verdict, self.aim) if part)


@dataclass
class Findings:
    """One benchmark's figures, by name with their units, and its ratios."""

    title: str
    figures: list[tuple[str, str]] = field(default_factory=list)
    ratios: list[Ratio] = field(default_factory=list)

    def add(self, name: str, value: str) -> None:
        """A figure for people to read."""
        self.figures.append((name, value))

    @property
    def hold(self) -> bool:
        """Whether every ratio is within its bounds."""
        return all(ratio.holds for ratio in self.ratios)

    def __str__(self) -> str:
        rows = [*self.figures, *((f"ratio: {each.name}", str(each)) for each in self.ratios)]
        return "\n".join([self.title, *(f"  {name:<46} {value}" for name, value in rows), ""])


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that `share` (0 to 1) of all values do not exceed."""
    return sorted(values)[max(0, -(-len(values) * int(share * 1000) // 1000) - 1)]


def milliseconds(seconds: float) -> str:
    """A time as people read it."""
    return f"{seconds * 1000:.2f} ms"


def machine() -> str:
    """Where and when this ran: without it an absolute figure says nothing."""
    when = system_clock().strftime("%d %B %Y, %H:%M UTC")
    python = f"Python {sys.version.split()[0]}"
    load = f"load {os.getloadavg()[0]:.1f} before the run"
    return f"{when}; {os.cpu_count()} cores, {_processor()}; {platform.system()}; {python}; {load}"


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    for line in info.read_text(encoding="utf-8").splitlines() if info.exists() else ():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()
