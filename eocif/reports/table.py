"""A table as data (PURE): what a sheet shows, before it is drawn."""

from dataclasses import dataclass
from datetime import date

Value = str | int | date | None
Row = tuple[Value, ...]


@dataclass(frozen=True)
class Column:
    """A column: its heading, its width in characters, and whether it goes where it is empty."""

    title: str
    width: int = 12
    may_go: bool = False


@dataclass(frozen=True)
class Table:
    """A named table. Every row has a value, perhaps an empty one, for each column."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


def without_empty(table: Table) -> Table:
    """The table without the columns that may go and hold nothing in any row."""
    kept = [
        place
        for place, column in enumerate(table.columns)
        if not column.may_go or any(row[place] not in ("", None) for row in table.rows)
    ]
    rows = tuple(tuple(row[place] for place in kept) for row in table.rows)
    return Table(table.name, tuple(table.columns[place] for place in kept), rows)
