"""Word and Excel files opened with LibreOffice, printed, and turned to pictures of pages."""

import shutil
import subprocess
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

import pytest
from PIL import Image

from eocif.reports.board_docx import board, icb, public
from eocif.reports.plan_docx import improvement_plan
from eocif.reports.workbook import plan_workbook, workbook
from eocif.reports.worksheet_docx import worksheet
from eocif.rules.visibility import Version
from tests.reports import sample_plan, samples
from tests.reports.office import as_pdf

_JUDGES_NOBODY = "does not assess performance"


def _as(version: Version, write: Callable[..., bytes], sample: Callable[..., object]) -> bytes:
    return write(samples.as_version(sample(), version))  # type: ignore[arg-type]


# Name → how it is made, and words that a reader must find.
FILES: Mapping[str, tuple[Callable[[], bytes], tuple[str, ...]]] = {
    "worksheet.docx": (
        partial(_as, Version.GROUP, worksheet, samples.full),
        ("Where are we now?", "Area 12a", "set by the lead", "Not agreed", "How this was done"),
    ),
    "board.docx": (
        partial(_as, Version.BOARD, board, samples.full),
        ("Levels by section", "What changed since last time", "Ruth Hollis", "Falls with harm"),
    ),
    "icb.docx": (
        partial(_as, Version.ICB, icb, samples.full), ("Levels by section", "How people rated"),
    ),
    "public.docx": (
        partial(_as, Version.PUBLIC, public, samples.full), ("Public summary", "What we will do"),
    ),
    "areas.docx": (partial(_as, Version.GROUP, worksheet, samples.by_area), ("Area: 23.",)),
    "hostile.docx": (
        partial(_as, Version.BOARD, board, samples.hostile), ("=HYPERLINK", "**bold**", "WWWW"),
    ),
    "hostile-worksheet.docx": (
        partial(_as, Version.GROUP, worksheet, samples.hostile), ("=HYPERLINK", "@SUM(A1)"),
    ),
    "plan.docx": (
        partial(_as, Version.PLAN, improvement_plan, sample_plan.planned),
        ("Improvement plan", "No action yet", "75 days past the deadline", "Each action in full"),
    ),
    "plan.xlsx": (
        partial(_as, Version.PLAN, plan_workbook, sample_plan.small), ("No action yet",),
    ),
    "workbook.xlsx": (partial(_as, Version.GROUP, workbook, samples.full), ("Area 1a",)),
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_a_file_opens_prints_and_can_be_read(name: str, tmp_path: Path) -> None:
    make, words = FILES[name]
    printed = as_pdf(make(), name, tmp_path)
    text = " ".join(_run("pdftotext", "-layout", str(printed), "-").split())
    for each in (*words, _JUDGES_NOBODY):
        assert each in text
    pages = _pages(printed, tmp_path)
    assert pages
    for page in pages[:3]:
        with Image.open(page) as image:
            assert len(image.convert("L").getcolors() or []) > 1, f"{page.name} is blank"


def _pages(printed: Path, folder: Path) -> list[Path]:
    """The first pages as pictures, for people to look at where `--basetemp` keeps them."""
    _run("pdftoppm", "-r", "50", "-l", "12", "-png", str(printed), str(folder / "page"))
    return sorted(folder.glob("page-*.png"))


def _run(program: str, *arguments: str) -> str:
    found = shutil.which(program)
    if found is None:
        pytest.skip(f"no {program} on this machine: the printed pages were not read")
    done = subprocess.run(  # noqa: S603 - a program of this machine, on a file of ours
        [found, *arguments], capture_output=True, text=True, timeout=120, check=True
    )
    return done.stdout
