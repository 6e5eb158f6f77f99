"""`python -m tests.benchmarks [NAME …]`: run the benchmarks and print what they found."""

import asyncio
import sys
from collections.abc import Awaitable, Callable, Mapping

from tests.benchmarks import delivery, heaviest_card, press, quiet_tick, word_reports
from tests.benchmarks.figures import Findings, machine

BENCHMARKS: Mapping[str, Callable[[], Awaitable[Findings]]] = {
    "press": press.run,
    "delivery": delivery.run,
    "card": heaviest_card.run,
    "tick": quiet_tick.run,
    "reports": word_reports.run,
}


def main(names: list[str]) -> int:
    """Exit code 1 where a ratio is out of its bounds, 2 for a name that no benchmark has."""
    if unknown := set(names) - BENCHMARKS.keys():
        sys.stdout.write(f"No benchmark is called {', '.join(sorted(unknown))}.\n")
        return 2
    sys.stdout.write(f"{machine()}\n\n")
    return asyncio.run(_run(names or list(BENCHMARKS)))


async def _run(names: list[str]) -> int:
    hold = True
    for name in names:
        found = await BENCHMARKS[name]()
        sys.stdout.write(f"{found}\n")
        sys.stdout.flush()
        hold = hold and found.hold
    return 0 if hold else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
