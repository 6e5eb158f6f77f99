"""How a Word document is made here: thin helpers on python-docx.

Real headings, header rows that screen readers know and printers repeat, alt text, British English,
A4, type of 10.5 points and more but in the footer. Everything is written in one pass: python-docx
finds a table's cell by its place in a time that grows with the table, so cells are never looked up.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import cast

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

LANGUAGE = "en-GB"
FONT = "Arial"
WIDTH = 17.0
"""Centimetres between the margins of the page: what a table's columns add up to."""

_TABLE_TEXT, _KEPT_TEXT = "Table Text", "Table Text Kept"
_TABLE_HEADING, _QUOTED = "Table Heading", "Quoted Words"
_INK = RGBColor(0x00, 0x30, 0x5C)  # of headings: dark enough to print as black
_BLACK = RGBColor(0, 0, 0)
_SHADE = "E7E9EC"
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
    _set_language(document)
    _set_styles(document)
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


def _set_language(document: Document) -> None:
    """For every style at once; python-docx's own template says American English."""
    for root in (document.styles.element, document.settings.element):
        for found in root.iter(qn("w:lang"), qn("w:themeFontLang")):
            for script in ("w:val", "w:eastAsia"):
                found.set(qn(script), LANGUAGE)


def _set_page(document: Document) -> None:
    page = document.sections[0]
    page.page_width, page.page_height = _PAGE
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = _MARGIN


# --- styles -----------------------------------------------------------------------------------


def _set_styles(document: Document) -> None:
    for name in (_TABLE_TEXT, _KEPT_TEXT, _TABLE_HEADING, _QUOTED):
        document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    # Space above as well as below, so that text does not stick to the table before it.
    _style(document, "Normal", 11.5, space=(4, 4))
    _style(document, "List Bullet", 11.5, space=(1, 3))
    _style(document, "Title", 24, space=(0, 4), bold=True, ink=_INK)
    _style(document, "Subtitle", 13, space=(0, 10))
    _style(document, "Footer", 9, space=(0, 0))
    _style(document, _TABLE_TEXT, 10.5, space=(1, 2))
    for name, bold in ((_KEPT_TEXT, False), (_TABLE_HEADING, True)):
        kept = _style(document, name, 10.5, space=(1, 2), bold=bold)
        kept.paragraph_format.keep_with_next = True
    _style(document, _QUOTED, 11.5, space=(2, 4)).paragraph_format.left_indent = Cm(0.6)
    for level, (size, above) in enumerate(_HEADINGS, start=1):
        _style(document, f"Heading {level}", size, space=(above, 3), bold=True, ink=_INK)


_HEADINGS = ((18, 18), (15, 16), (12.5, 10), (11.5, 8))  # points, and points above
_FONT_OF = ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs")


def _style(
    document: Document, name: str, size: float, *, space: tuple[float, float],
    bold: bool = False, ink: RGBColor = _BLACK,
) -> ParagraphStyle:  # fmt: skip
    style = cast(ParagraphStyle, document.styles[name])
    style.font.size, style.font.bold, style.font.italic = Pt(size), bold, False
    style.font.color.rgb = ink
    style.paragraph_format.space_before, style.paragraph_format.space_after = map(Pt, space)
    style.paragraph_format.line_spacing = 1.1
    style.font.name = FONT
    properties = style.element.rPr
    properties.rFonts.attrib.clear()  # the theme's fonts would win over ours
    for script in _FONT_OF:
        properties.rFonts.set(qn(script), FONT)
    for spaced in properties.findall(qn("w:spacing")):
        properties.remove(spaced)  # letters set apart are harder to read
    return style


# --- words ------------------------------------------------------------------------------------


def heading(document: Document, text: str, level: int = 1, *, new_page: bool = False) -> None:
    """A real heading, of level 1 to 4."""
    made = document.add_heading(text, level)
    if new_page:
        made.paragraph_format.page_break_before = True


def title(document: Document, text: str, below: str) -> None:
    """The document's title, with a line below it."""
    document.add_paragraph(text, "Title")
    document.add_paragraph(below, "Subtitle")


def paragraph(document: Document, text: str, *, lead: str = "") -> None:
    """A paragraph of ours, which may begin with a few words in bold."""
    _fill(document.add_paragraph(), Cell(text, lead))


def bullets(document: Document, items: Iterable[str]) -> None:
    """A list, an item each."""
    for item in items:
        document.add_paragraph(item, "List Bullet")


def words(document: Document, text: str) -> None:
    """People's own words, a paragraph a line; nothing in them is read as anything but text."""
    for line in filter(str.strip, text.split("\n")):
        document.add_paragraph(line)


def quoted(document: Document, text: str, *, lead: str = "") -> None:
    """Someone's words, set in; `lead` says in bold whose."""
    made = document.add_paragraph()
    _set_style(made, _QUOTED)
    _fill(made, Cell(text, lead))


def _fill(made: Paragraph, cell: Cell) -> None:
    if cell.lead:
        made.add_run(f"{cell.lead} " if cell.text else cell.lead).bold = True
    if cell.text:
        made.add_run(cell.text)


def _set_style(made: Paragraph, name: str) -> None:
    # By id: python-docx would search all styles for each paragraph.
    made._p.style = name.replace(" ", "")


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
    made = document.add_table(1, len(kept), "Table Grid")
    made.autofit = False
    _describe(made, about)
    _write_header(made, [header[place] for place in kept], _shared(widths, kept))
    for values in body:
        row = made.add_row()
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        stays = together and values is not body[-1]
        _fill_row(row, [values[place] for place in kept], _KEPT_TEXT if stays else _TABLE_TEXT)


def _shared(widths: Sequence[float], kept: Sequence[int]) -> list[float]:
    found = [widths[place] for place in kept]
    found[found.index(max(found))] += sum(widths) - sum(found)
    return found


def _write_header(made: Table, header: Sequence[str], widths: Sequence[float]) -> None:
    first = made.rows[0]
    for column, place, width in zip(made.columns, first.cells, widths, strict=True):
        column.width = place.width = Cm(width)
        _shade(place)
    _fill_row(first, header, _TABLE_HEADING)
    first._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _describe(made: Table, about: str) -> None:
    caption = OxmlElement("w:tblCaption")
    caption.set(qn("w:val"), about)
    made._tbl.tblPr.append(caption)
    made._tbl.tblPr.insert_element_before(_side_margins(), "w:tblLook", "w:tblCaption")


def _side_margins() -> BaseOxmlElement:
    margins = OxmlElement("w:tblCellMar")
    for side in ("w:left", "w:right"):
        margin = OxmlElement(side)
        margin.set(qn("w:w"), str(Cm(0.12).twips))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    return margins


def _fill_row(row: _Row, values: Sequence[str | Cell], style: str) -> None:
    for place, value in zip(row.cells, values, strict=True):
        made = place.paragraphs[0]
        _set_style(made, style)
        _fill(made, value if isinstance(value, Cell) else Cell(value))


def _shade(place: _Cell) -> None:
    shade = OxmlElement("w:shd")
    for key, value in (("w:val", "clear"), ("w:color", "auto"), ("w:fill", _SHADE)):
        shade.set(qn(key), value)
    place._tc.get_or_add_tcPr().append(shade)


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
    made = OxmlElement("w:fldSimple")
    made.set(qn("w:instr"), code)
    shown = footer.add_run("1")
    made.append(shown._r)
    footer._p.append(made)
