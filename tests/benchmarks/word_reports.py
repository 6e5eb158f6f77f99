"""The worksheet and the board report of a full review in Word, beside bare python-docx."""

import io
import statistics
import time
from collections.abc import Callable

from docx import Document
from docx.document import Document as Opened
from docx.table import Table

from eocif.reports.board_docx import board
from eocif.reports.worksheet_docx import worksheet
from eocif.rules.perspectives import PERSPECTIVES
from tests.benchmarks.figures import Findings, Ratio
from tests.reports import samples

FORTY = [each.key for each in PERSPECTIVES for _ in range(4)]
TIMES = 5


async def run() -> Findings:
    """Forty people, 86 statements, two rounds: writing alone, turn about with the floor."""
    report = samples.full(FORTY)
    made = [worksheet(report), board(report)]  # the picture's library is loaded here
    texts = [_text_of(content) for content in made]
    ours: list[float] = []
    floor: list[float] = []
    for _ in range(TIMES):
        ours.append(_timed(lambda: [worksheet(report), board(report)]))
        floor.append(_timed(lambda: [_written(parts) for parts in texts]))
    found = Findings("Worksheet and board report in Word: 40 people, 86 statements, two rounds")
    found.add("written in", f"{statistics.median(ours):.2f} s")
    found.add("bare python-docx, the same words", f"{statistics.median(floor):.2f} s")
    found.add("together", f"{sum(map(len, made)):,} bytes")
    ratio = statistics.median(ours) / statistics.median(floor)
    found.ratios.append(Ratio("ours over bare python-docx", ratio, most=2.0, aim="aim under 2"))
    return found


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


Part = str | list[list[str]]


def _text_of(content: bytes) -> list[Part]:
    """A document's paragraphs and tables, in order, as text."""
    document = Document(io.BytesIO(content))
    return [
        [[cell.text for cell in row.cells] for row in part.rows]
        if isinstance(part, Table)
        else part.text
        for part in document.iter_inner_content()
    ]


def _written(parts: list[Part]) -> bytes:
    """The same words with python-docx alone: no styles, no widths, no headings."""
    document: Opened = Document()
    for part in parts:
        if isinstance(part, str):
            document.add_paragraph(part)
            continue
        table = document.add_table(rows=len(part), cols=len(part[0]))
        for row, texts in zip(table.rows, part, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()
