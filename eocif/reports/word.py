"""How a Word document is made here: thin helpers on python-docx.

Real headings, header rows that screen readers know and printers repeat, alt text, British English,
A4, type of 10.5 points and more but in the footer. Everything is written in one pass: python-docx
finds a table's cell by its place in a time that grows with the table, so cells are never looked up.
"""

from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

import docx
from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.table import CT_Row
from docx.oxml.text.paragraph import CT_P
from docx.oxml.text.run import CT_R
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm
from docx.table import Table
from docx.text.paragraph import Paragraph

from eocif.reports.word_styles import (
    KEPT_TEXT,
    LANGUAGE,
    QUOTED,
    TABLE_HEADING,
    TABLE_TEXT,
    set_language,
    set_styles,
)

WIDTH = 17.0
"""Centimetres between the margins of the page: what a table's columns add up to."""

_SHADE, _SIDE = "E7E9EC", 0.12  # of header cells; centimetres beside a cell's text
_MARGIN, _PAGE = Cm(2), (Cm(21), Cm(29.7))


@dataclass(frozen=True)
class Cell:
    """What stands in a table's cell: `lead` in bold, then `text`, whose lines stay apart."""

    text: str
    lead: str = ""


# --- the document -----------------------------------------------------------------------------


def new(title: str, *, author: str, subject: str, made_at: datetime, footer: str) -> Document:
    """An empty A4 document; its footer holds `footer` and the page's number."""
    document = docx.Document()
    _set_properties(document, title, author, subject, made_at)
    set_language(document)
    set_styles(document)
    _set_page(document)
    _write_footer(document, footer)
    return document


def as_bytes(document: Document) -> bytes:
    """The file."""
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _set_properties(
    document: Document, title: str, author: str, subject: str, made_at: datetime
) -> None:
    properties = document.core_properties
    properties.title, properties.author, properties.subject = (
        each[:255] for each in (title, author, subject)
    )
    properties.language, properties.comments = LANGUAGE, ""
    properties.last_modified_by = properties.author
    properties.created = properties.modified = made_at


def _set_page(document: Document) -> None:
    page = document.sections[0]
    page.page_width, page.page_height = _PAGE
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = _MARGIN


# --- words ------------------------------------------------------------------------------------


def heading(document: Document, text: str, level: int = 1, *, new_page: bool = False) -> None:
    """A real heading, of level 1 to 4."""
    made = _add(document, text, f"Heading {level}")
    if new_page:
        made.paragraph_format.page_break_before = True


def title(document: Document, text: str, below: str) -> None:
    """The document's title, with a line below it."""
    _add(document, text, "Title")
    _add(document, below, "Subtitle")


def paragraph(document: Document, text: str, *, lead: str = "") -> None:
    """A paragraph of ours, which may begin with a few words in bold."""
    _add(document, text, lead=lead)


def opening(document: Document, text: str) -> None:
    """A paragraph that stays on one page with what it opens, such as a table."""
    _add(document, text).paragraph_format.keep_with_next = True


def bullets(document: Document, items: Iterable[str]) -> None:
    """A list, an item each."""
    for item in items:
        _add(document, item, "List Bullet")


def words(document: Document, text: str) -> None:
    """People's own words, a paragraph a line; nothing in them is read as anything but text."""
    for line in filter(str.strip, text.split("\n")):
        _add(document, line)


def quoted(document: Document, text: str, *, lead: str = "") -> None:
    """Someone's words, set in; `lead` says in bold whose."""
    _add(document, text, QUOTED, lead=lead)


def _add(document: Document, text: str, style: str = "Normal", *, lead: str = "") -> Paragraph:
    made = document.add_paragraph()
    made._p.style = _id(style)
    _fill(made._p, Cell(text, lead))
    return made


def _id(style: str) -> str:
    """Its id in the file: looking a style up by name takes python-docx a millisecond."""
    return style.replace(" ", "")


def _fill(made: CT_P, cell: Cell) -> None:
    if cell.lead:
        bold = made.add_r()
        bold.get_or_add_rPr().append(OxmlElement("w:b"))
        _write(bold, f"{cell.lead} " if cell.text else cell.lead)
    if cell.text:
        _write(made.add_r(), cell.text)


def _write(run: CT_R, text: str) -> None:
    """Text as it is, its lines apart: python-docx goes through it letter by letter."""
    for place, line in enumerate(text.split("\n")):
        if place:
            run.append(OxmlElement("w:br"))
        held = OxmlElement("w:t")
        held.text = line.replace("\t", " ")
        held.set(qn("xml:space"), "preserve")
        run.append(held)


# --- tables -----------------------------------------------------------------------------------


def table(
    document: Document, about: str, header: Sequence[str], rows: Iterable[Sequence[str | Cell]],
    widths: Sequence[float], *, together: bool = False,
) -> None:  # fmt: skip
    """A table with a header row that repeats on each page, or all of it `together` on one.

    `about` is read to people who do not see it; `widths` are in centimetres. A column with nothing
    in any row is left out, and the widest takes its room; a table without rows is not there.
    """
    body = list(rows)
    kept = [place for place in range(len(header)) if any(row[place] for row in body)]
    if not kept:
        return
    made = document.add_table(2, len(kept))
    _describe(made, about)
    _set_widths(made, _shared(widths, kept))
    first, pattern = made._tbl.tr_lst
    _finish_header(first, [header[place] for place in kept])
    made._tbl.remove(pattern)
    for place, row in enumerate(_copies(pattern, len(body), together=together)):
        _fill_row(row, [body[place][each] for each in kept])
        made._tbl.append(row)


def _shared(widths: Sequence[float], kept: Sequence[int]) -> list[float]:
    found = [widths[place] for place in kept]
    found[found.index(max(found))] += sum(widths) - sum(found)
    return found


def _set_widths(made: Table, widths: Sequence[float]) -> None:
    made.autofit = False
    for place, width in enumerate(widths):
        made.columns[place].width = Cm(width)
        for row in made.rows:
            row.cells[place].width = Cm(width)


def _finish_header(row: CT_Row, header: Sequence[str]) -> None:
    for cell in row.tc_lst:
        cell.get_or_add_tcPr().append(_element("w:shd", val="clear", color="auto", fill=_SHADE))
    _set_style(row, TABLE_HEADING)
    _fill_row(row, header)
    row.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _copies(pattern: CT_Row, count: int, *, together: bool) -> Iterator[CT_Row]:
    """Empty rows, which no page's end tears in two; all but the last stay with the next."""
    pattern.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    _set_style(pattern, KEPT_TEXT if together else TABLE_TEXT)
    for _ in range(count - 1):
        yield deepcopy(pattern)
    _set_style(pattern, TABLE_TEXT)
    yield pattern


def _set_style(row: CT_Row, style: str) -> None:
    for cell in row.tc_lst:
        cell.p_lst[0].style = _id(style)


def _fill_row(row: CT_Row, values: Sequence[str | Cell]) -> None:
    for cell, value in zip(row.tc_lst, values, strict=True):
        _fill(cell.p_lst[0], value if isinstance(value, Cell) else Cell(value))


def _describe(made: Table, about: str) -> None:
    properties = made._tbl.tblPr
    made._tbl.tblStyle_val = "TableGrid"
    margins = OxmlElement("w:tblCellMar")
    margins.extend(
        _element(side, w=str(Cm(_SIDE).twips), type="dxa") for side in ("w:left", "w:right")
    )
    properties.insert_element_before(margins, "w:tblLook")
    properties.append(_element("w:tblCaption", val=about))


def _element(tag: str, **attributes: str) -> BaseOxmlElement:
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made


# --- pictures and the footer ------------------------------------------------------------------


def picture(document: Document, png: bytes, alt: str) -> None:
    """A picture as wide as the text, with words for people who do not see it."""
    made = document.add_picture(BytesIO(png), width=Cm(WIDTH))
    made._inline.docPr.set("descr", alt)


def _write_footer(document: Document, text: str) -> None:
    footer = document.sections[0].footer.paragraphs[0]
    footer.add_run(f"{text}\nPage ")
    _field(footer, "PAGE")
    footer.add_run(" of ")
    _field(footer, "NUMPAGES")


def _field(footer: Paragraph, code: str) -> None:
    made = _element("w:fldSimple", instr=code)
    shown = footer.add_run("1")
    made.append(shown._r)
    footer._p.append(made)
