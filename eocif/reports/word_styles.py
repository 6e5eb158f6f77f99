"""How Word documents of ours look: one typeface, large enough to read, in British English."""

from typing import cast

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

LANGUAGE = "en-GB"
FONT = "Arial"
TABLE_TEXT, KEPT_TEXT = "Table Text", "Table Text Kept"
TABLE_HEADING, QUOTED = "Table Heading", "Quoted Words"
_INK = RGBColor(0x00, 0x30, 0x5C)  # of headings: dark enough to print as black
_BLACK = RGBColor(0, 0, 0)


def set_language(document: Document) -> None:
    """For every style at once; python-docx's own template says American English."""
    for root in (document.styles.element, document.settings.element):
        for found in root.iter(qn("w:lang"), qn("w:themeFontLang")):
            for script in ("w:val", "w:eastAsia"):
                found.set(qn(script), LANGUAGE)


def set_styles(document: Document) -> None:
    """Every style that our documents use, under its usual name where it has one."""
    for name in (TABLE_TEXT, KEPT_TEXT, TABLE_HEADING, QUOTED):
        document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    # Space above as well as below, so that text does not stick to the table before it.
    _style(document, "Normal", 11.5, space=(4, 4))
    _style(document, "List Bullet", 11.5, space=(1, 3))
    _style(document, "Title", 24, space=(0, 4), bold=True, ink=_INK)
    _style(document, "Subtitle", 13, space=(0, 10))
    _style(document, "Footer", 9, space=(0, 0))
    _style(document, TABLE_TEXT, 10.5, space=(1, 2))
    for name, bold in ((KEPT_TEXT, False), (TABLE_HEADING, True)):
        kept = _style(document, name, 10.5, space=(1, 2), bold=bold)
        kept.paragraph_format.keep_with_next = True
    _style(document, QUOTED, 11.5, space=(2, 4)).paragraph_format.left_indent = Cm(0.6)
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
