"""Word files read back with the library that wrote them, as a reader meets them."""

from collections.abc import Iterator
from io import BytesIO

import docx
from docx.document import Document
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph


def opened(content: bytes) -> Document:
    """The document in a file."""
    return docx.Document(BytesIO(content))


def headings(document: Document, level: int = 0) -> list[str]:
    """Every heading, or those of one level."""
    wanted = f"Heading {level}" if level else "Heading"
    return [
        each.text
        for each in document.paragraphs
        if each.style is not None and (each.style.name or "").startswith(wanted)
    ]


def blocks(document: Document) -> Iterator[Paragraph | Table]:
    """Paragraphs and tables, in the order in which they are read."""
    yield from document.iter_inner_content()


def under(document: Document, heading: str, *, after: str = "") -> list[Paragraph | Table]:
    """What stands between a heading, the first after another, and the next heading."""
    found: list[Paragraph | Table] = []
    waiting, inside = bool(after), False
    for each in blocks(document):
        is_heading = isinstance(each, Paragraph) and _is_heading(each)
        if waiting:
            waiting = not (is_heading and each.text == after)  # type: ignore[union-attr]
        elif inside and is_heading:
            break
        elif inside:
            found.append(each)
        else:
            inside = is_heading and each.text == heading  # type: ignore[union-attr]
    return found


def _is_heading(paragraph: Paragraph) -> bool:
    return paragraph.style is not None and (paragraph.style.name or "").startswith("Heading")


def cells(table: Table) -> list[list[str]]:
    """A table's text, row by row."""
    return [[cell.text for cell in row.cells] for row in table.rows]


def table_under(document: Document, heading: str, *, after: str = "") -> list[list[str]]:
    """The first table under a heading."""
    tables = (each for each in under(document, heading, after=after) if isinstance(each, Table))
    return cells(next(tables))


def everything(document: Document) -> str:
    """All that can be read in a document: its text, its tables, its footer, its pictures' words."""
    parts = [each.text if isinstance(each, Paragraph) else "" for each in blocks(document)]
    parts += [text for table in document.tables for row in cells(table) for text in row]
    parts += [each.text for each in document.sections[0].footer.paragraphs]
    parts += [shape._inline.docPr.get("descr", "") for shape in document.inline_shapes]
    return "\n".join(parts)


def is_header(table: Table, row: int) -> bool:
    """Whether a row is marked as a header: read out with each cell, repeated on each page."""
    marked = table.rows[row]._tr.trPr
    return marked is not None and marked.find(qn("w:tblHeader")) is not None
