"""The elements of an Adaptive Card 1.5 that people read (PURE).

TextBlock, Fact, labels and button titles take Markdown, so they are for our own text only. What
people wrote, names included, goes through `words`. Colours that stand for good or bad are left out
on purpose: a level is never told by colour.

Shapes: Microsoft's Adaptive Cards schema, as Teams documents it.
"""

import re
from collections.abc import Sequence
from dataclasses import KW_ONLY
from typing import Literal, TypeAlias
from urllib.parse import urlsplit

from cards.parts import Part

Spacing: TypeAlias = Literal["none", "small", "default", "medium", "large", "extraLarge", "padding"]
TextSize: TypeAlias = Literal["small", "default", "medium", "large", "extraLarge"]
Weight: TypeAlias = Literal["lighter", "default", "bolder"]
Align: TypeAlias = Literal["left", "center", "right"]
BoxStyle: TypeAlias = Literal["default", "emphasis"]

MOST_ACTIONS = 6
"""Teams shows this many buttons in a row and drops the rest."""

BREAK = "\u2060"
"""Word joiner: no width, not read aloud, no effect on the letters beside it."""


class Element(Part):
    """What stands in a card's body."""

    _: KW_ONLY
    id: str | None = None
    spacing: Spacing | None = None
    separator: bool | None = None
    is_visible: bool | None = None


class Action(Part):
    """A button. Its title says what happens: never "Submit", never "OK"."""

    title: str
    _: KW_ONLY
    id: str | None = None
    tooltip: str | None = None
    style: Literal["default", "positive"] | None = None
    mode: Literal["primary", "secondary"] | None = None

    def check(self) -> None:
        if not self.title.strip():
            raise ValueError("A button needs a title.")


class TextBlock(Element):
    """Our own text; Markdown works in it, so people's words never go here."""

    element_type = "TextBlock"
    text: str
    _: KW_ONLY
    size: TextSize | None = None
    weight: Weight | None = None
    is_subtle: bool | None = None
    horizontal_alignment: Align | None = None
    wrap: bool = True
    max_lines: int | None = None
    style: Literal["default", "heading"] | None = None


def heading(
    text: str, level: Literal[1, 2] = 1, *, id: str | None = None, separator: bool | None = None
) -> TextBlock:
    """A heading that screen readers find; the card's first is level 1."""
    return TextBlock(
        text,
        style="heading",
        size="large" if level == 1 else "medium",
        weight="bolder",
        id=id,
        separator=separator,
        spacing=None if level == 1 else "large",
    )


def harmless(text: str) -> str:
    """Text whose Teams macros ({{DATE(…)}}, {{TIME(…)}}) and <at> mentions do nothing.

    It looks and sounds the same: an invisible character parts what Teams would act on. Lines end
    in a single line feed.
    """
    parted = re.sub(r"\{(?=\{)", "{" + BREAK, text.replace("\r\n", "\n"))
    return re.sub(r"<(?=/?at\b)", "<" + BREAK, parted, flags=re.IGNORECASE)


class TextRun(Part):
    """A stretch of text shown as it is: no Markdown, no macros, no mentions."""

    element_type = "TextRun"
    text: str
    _: KW_ONLY
    size: TextSize | None = None
    weight: Weight | None = None
    is_subtle: bool | None = None
    italic: bool | None = None

    def check(self) -> None:
        self.text = harmless(self.text)


class RichTextBlock(Element):
    """Stretches of text in one paragraph."""

    element_type = "RichTextBlock"
    inlines: Sequence[TextRun]
    _: KW_ONLY
    horizontal_alignment: Align | None = None


def words(
    *texts: str | TextRun,
    id: str | None = None,
    size: TextSize | None = None,
    weight: Weight | None = None,
    is_subtle: bool | None = None,
    italic: bool | None = None,
    spacing: Spacing | None = None,
    separator: bool | None = None,
    is_visible: bool | None = None,
) -> RichTextBlock:
    """People's words, alone or among ours, shown as typed with their line breaks.

    Several texts run on in one paragraph: words("Your lead is ", TextRun(name, weight="bolder")).
    """
    runs = [
        text
        if isinstance(text, TextRun)
        else TextRun(text, size=size, weight=weight, is_subtle=is_subtle, italic=italic)
        for text in texts
    ]
    return RichTextBlock(runs, id=id, spacing=spacing, separator=separator, is_visible=is_visible)


class Fact(Part):
    """One line of a FactSet. Both sides take Markdown: our own text only."""

    title: str
    value: str


class FactSet(Element):
    """Labels and values, both ours; `pairs` shows people's words."""

    element_type = "FactSet"
    facts: Sequence[Fact]


class Image(Element):
    """A picture, with what it shows in words."""

    element_type = "Image"
    url: str
    _: KW_ONLY
    alt_text: str
    size: Literal["auto", "stretch", "small", "medium", "large"] | None = None
    width: str | None = None

    def check(self) -> None:
        if not self.alt_text.strip():
            raise ValueError("An image needs words that say what it shows.")
        if not self.url.startswith("data:image/"):
            https_only(self.url)


def https_only(url: str) -> str:
    """The address itself. ValueError unless it is https with a host and no user name."""
    parts = urlsplit(url)
    if parts.scheme != "https" or not parts.hostname or "@" in parts.netloc:
        raise ValueError("A card only links to https addresses.")
    return url


class Container(Element):
    """Elements that belong together."""

    element_type = "Container"
    items: Sequence[Element]
    _: KW_ONLY
    style: BoxStyle | None = None
    bleed: bool | None = None


def banner(text: str, *items: Element, id: str | None = None) -> Container:
    """What a person should notice first, told by its place and weight and not by a colour."""
    return Container(
        [TextBlock(text, weight="bolder"), *items], style="emphasis", bleed=True, id=id
    )


class Column(Part):
    """One of a ColumnSet: `width` is "auto", "stretch" or a share."""

    element_type = "Column"
    items: Sequence[Element]
    _: KW_ONLY
    width: Literal["auto", "stretch"] | int = "stretch"
    id: str | None = None
    vertical_content_alignment: Literal["top", "center", "bottom"] | None = None


class ColumnSet(Element):
    """Elements side by side. Phones are narrow: two columns at most read well."""

    element_type = "ColumnSet"
    columns: Sequence[Column]


class TableColumn(Part):
    """A column's share of the width."""

    width: int = 1


class TableCell(Part):
    """What stands in one cell."""

    element_type = "TableCell"
    items: Sequence[Element]


class TableRow(Part):
    """Cells, one for each column."""

    element_type = "TableRow"
    cells: Sequence[TableCell]


class Table(Element):
    """Rows and columns that belong together; `table` and `pairs` make the usual ones."""

    element_type = "Table"
    columns: Sequence[TableColumn]
    rows: Sequence[TableRow]
    _: KW_ONLY
    first_row_as_headers: bool = True
    show_grid_lines: bool = False

    def check(self) -> None:
        if any(len(row.cells) != len(self.columns) for row in self.rows):
            raise ValueError("Every row of a table has a cell for each column.")


def table(
    headers: Sequence[str],
    rows: Sequence[Sequence[str | Element]],
    *,
    widths: Sequence[int] = (),
    id: str | None = None,
) -> Table:
    """A table under our own headers. Text in its rows may be people's: it goes through `words`."""
    top = _row([TextBlock(header, weight="bolder") for header in headers])
    columns = [TableColumn(width) for width in widths or [1] * len(headers)]
    return Table(columns, [top, *map(_row, rows)], show_grid_lines=True, id=id)


def pairs(rows: Sequence[tuple[str, str | Element]], *, id: str | None = None) -> Table:
    """Our labels beside values, which may be people's words."""
    lines = [_row([TextBlock(label, weight="bolder"), value]) for label, value in rows]
    return Table([TableColumn(1), TableColumn(2)], lines, first_row_as_headers=False, id=id)


def _row(cells: Sequence[str | Element]) -> TableRow:
    shown = [words(cell) if isinstance(cell, str) else cell for cell in cells]
    return TableRow([TableCell([element]) for element in shown])


class ActionSet(Element):
    """Buttons in the body. Six at most."""

    element_type = "ActionSet"
    actions: Sequence[Action]

    def check(self) -> None:
        at_most_six(self.actions)


def at_most_six(actions: Sequence[Action]) -> None:
    """ValueError where Teams would silently drop buttons."""
    if len(actions) > MOST_ACTIONS:
        raise ValueError(f"Teams shows {MOST_ACTIONS} buttons in a row, not {len(actions)}.")
