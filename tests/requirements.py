"""Lists the lines of requirements.md that no test shows: `python tests/requirements.py [--all]`.

A line is shown by a test marked `@pytest.mark.covers("R17")`. Prints one line for each that is
missing and exits with 1 if there are any, and with 2 for a mark that no line has.
"""

import argparse
import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

TESTS = Path(__file__).parent
_LINE = re.compile(r"^- (R\d\d) \[(\d)\] (.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Line:
    """One thing asked for; `slice` is the part of the product that builds it."""

    id: str
    slice: int
    text: str


def lines(text: str) -> list[Line]:
    """The lines of requirements.md, in order."""
    return [Line(found[1], int(found[2]), found[3]) for found in _LINE.finditer(text)]


def marks(source: str) -> Iterator[str]:
    """The lines that a test file's marks name."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "pytest.mark.covers":
            yield from (arg.value for arg in node.args if isinstance(arg, ast.Constant))


def main(arguments: list[str]) -> int:
    """Print what is missing; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--all", action="store_true", help="of every slice, not only the first")
    every = parser.parse_args(arguments).all
    asked = lines((TESTS / "requirements.md").read_text(encoding="utf-8"))
    files = sorted(TESTS.rglob("test_*.py"))
    shown = {mark for file in files for mark in marks(file.read_text(encoding="utf-8"))}
    if unknown := shown - {line.id for line in asked}:
        sys.stdout.write(f"No line has this number: {', '.join(sorted(unknown))}\n")
        return 2
    missing = [line for line in asked if line.id not in shown and (every or line.slice == 1)]
    sys.stdout.writelines(f"{line.id} [{line.slice}] {line.text}\n" for line in missing)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
