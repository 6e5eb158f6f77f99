"""The heaviest card: the levels of area 13, which has eight statements."""

import gc
import json
import time

from cards.area_levels import levels
from eocif.summaries import SILENT
from tests.benchmarks.figures import Findings, milliseconds, percentile
from tests.cards.samples_answering import EIGHT, USER, form

AREA = 13
TIMES = 300


async def run() -> Findings:
    """Build it again and again from one summary. Nothing here can fail: all is absolute."""
    summary, seconds = form(AREA, EIGHT), []
    gc.collect()
    for _ in range(TIMES):
        began = time.perf_counter()
        face = levels(summary, SILENT, for_user=USER)
        seconds.append(time.perf_counter() - began)
    began = time.perf_counter()
    text = json.dumps(face.content, ensure_ascii=False, separators=(",", ":"))
    written = time.perf_counter() - began
    found = Findings(f"The heaviest card: the levels of area {AREA}, built {TIMES} times")
    found.add("built in, p50", f"{milliseconds(percentile(seconds, 0.5))}; aim under 5 ms")
    found.add("built in, p99", milliseconds(percentile(seconds, 0.99)))
    found.add("written as JSON", f"{milliseconds(written)}; {len(text.encode()):,} bytes")
    return found
