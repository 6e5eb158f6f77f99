"""LibreOffice, to open files as people do; a test that needs it says where there is none."""

import shutil
import subprocess
from pathlib import Path

import pytest

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
_SECONDS = 120


def as_pdf(content: bytes, name: str, folder: Path) -> Path:
    """The file as LibreOffice prints it. `name` ends as the file's kind does."""
    return _converted(content, name, folder, "pdf")


def saved_again(content: bytes, name: str, folder: Path) -> bytes:
    """The file as LibreOffice opens and saves it, in its own kind."""
    return _converted(content, name, folder, name.rpartition(".")[2]).read_bytes()


def _converted(content: bytes, name: str, folder: Path, kind: str) -> Path:
    if SOFFICE is None:
        pytest.skip("no LibreOffice on this machine: the file was not opened")
    source, out = folder / name, folder / "out"
    source.write_bytes(content)
    done = subprocess.run(  # noqa: S603 - a program of this machine, on a file of ours
        [
            SOFFICE, f"-env:UserInstallation=file://{folder / 'office'}", "--headless",
            "--convert-to", kind, "--outdir", str(out), str(source),
        ],
        capture_output=True, text=True, timeout=_SECONDS, check=False,
    )  # fmt: skip
    made = out / source.with_suffix(f".{kind}").name
    assert made.is_file(), done.stderr
    return made
