"""An answer pack on paper: large print, one statement after another, boxes to tick, lines to fill.

Type of 16 points and more, wide spacing, nothing told by colour or place alone.
"""

from collections.abc import Iterable, Mapping
from typing import cast

from docx.document import Document
from docx.enum.text import WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from eocif.pack_summaries import Pack, PackArea
from eocif.reports import word
from eocif.reports.pack_words import (
    ANSWERS,
    CALLED_FOR,
    COMMENT,
    DEFINED_FOR_AREAS,
    DRAFT_QUESTION,
    KEEP,
    another_way,
    choices,
    draft_words,
    draws_on,
    give_back,
    heading,
    opening,
    plain_lines,
    privacy,
    proposed,
    questions,
    said,
    spreads,
    title,
)
from eocif.reports.wording import edition_line, statement_name
from eocif.round_summaries import ConfirmForm
from eocif.rules.answers import choice_name
from eocif.rules.framework import Edition
from eocif.rules.perspectives import EVIDENCE_SOURCES
from eocif.rules.spread import TOO_FEW
from eocif.rules.statements import Statement
from eocif.rules.text import clean
from eocif.summaries import AreaForm

_SIZES: Mapping[str, float] = {  # points
    "Title": 28, "Subtitle": 18, "Heading 1": 24, "Heading 2": 20, "Heading 3": 18, "Heading 4": 18,
    "Normal": 16, "List Bullet": 16, "Footer": 16, "Table Text": 16, "Table Heading": 16,
    "Quoted Words": 16,
}  # fmt: skip
_SPACING = 1.5
_ABOVE_THE_FOOTER, _BETWEEN_LINES = Cm(3.4), Pt(38)
_BOX = "□"
_LINES, _SHORT = 6, 3
_KINDS = ("In words, such as a story or comments", "In numbers, such as a survey score")


def pack_docx(pack: Pack) -> bytes:
    """The pack as a Word document to print."""
    document = word.new(
        clean(title(pack)), author="Experience of care reviews", subject="Answer pack",
        made_at=pack.made_at, footer=clean(f"{pack.name}: confidential"),
    )  # fmt: skip
    _enlarge(document)
    document.sections[0].bottom_margin = _ABOVE_THE_FOOTER
    _front(document, pack)
    _levels(document, pack.edition)
    for area in pack.areas:
        word.heading(document, clean(heading(area)), new_page=True)
        if area.has_answer:
            word.paragraph(document, KEEP)
        if area.rate:
            _rate(document, area, area.rate)
        elif area.confirm:
            _confirm(document, area, area.confirm)
    _end(document, pack)
    return word.as_bytes(document)


def _enlarge(document: Document) -> None:
    for name, size in _SIZES.items():
        style = cast(ParagraphStyle, document.styles[name])
        style.font.size = Pt(size)
        style.paragraph_format.line_spacing_rule = WD_LINE_SPACING.MULTIPLE
        style.paragraph_format.line_spacing = 1 if name == "Footer" else _SPACING
        style.paragraph_format.space_after = Pt(size / 2)


# --- the first pages ----------------------------------------------------------------------


def _front(document: Document, pack: Pack) -> None:
    word.title(document, clean(title(pack)), clean(pack.head.provider))
    for sentence in opening(pack):
        word.paragraph(document, clean(sentence))
    word.heading(document, "Where to send it", 2)
    for sentence in give_back(pack):
        word.paragraph(document, clean(sentence))
    word.heading(document, "If you need this another way", 2)
    for sentence in another_way(pack):
        word.paragraph(document, clean(sentence))


def _levels(document: Document, edition: Edition) -> None:
    word.heading(document, "The four levels", 2)
    word.paragraph(document, "From lowest to highest, in the framework's own words:")
    for level in edition.levels:
        word.paragraph(document, level.definition, lead=f"{level.name}:")
    word.paragraph(document, DEFINED_FOR_AREAS)
    for level in edition.levels:
        reading = level.reading.removeprefix("For one statement: ")
        word.paragraph(document, reading, lead=f"{level.name}:")
    word.paragraph(document, edition.voice)


def _end(document: Document, pack: Pack) -> None:
    word.heading(document, "Thank you", 2)
    for sentence in give_back(pack):
        word.paragraph(document, clean(sentence))
    word.paragraph(document, f"{edition_line(pack.edition)}. {pack.edition.attribution}")


# --- an area to rate ----------------------------------------------------------------------


def _rate(document: Document, area: PackArea, form: AreaForm) -> None:
    section = form.section
    practice = f"Areas of practice: {'; '.join(section.areas_of_practice)}."
    word.paragraph(document, f"Section {section.number}: {section.title}. {practice}")
    for statement in form.statements:
        _statement(document, form, statement)
        ask = f"{statement_name(statement)}: which level fits best? Tick one."
        _tick(document, clean(ask), choices(form.edition).values())
    word.heading(document, f"Area {area.number} in your own words", 2)
    word.paragraph(document, "You can leave any of these empty.")
    word.paragraph(document, clean(privacy(form.privacy, area.lead_name)))
    for question in questions(form.edition).values():
        _lines(document, question)
    for when, question in CALLED_FOR.values():
        _lines(document, question, when, _SHORT)
    _evidence(document, form)


def _statement(document: Document, form: AreaForm | ConfirmForm, statement: Statement) -> None:
    word.heading(document, clean(statement_name(statement)), 2)
    if statement.text:
        word.paragraph(document, clean(statement.text))
    word.bullets(document, statement.bullets)
    for line in plain_lines(form.area, statement):
        word.paragraph(document, clean(line))


def _evidence(document: Document, form: AreaForm) -> None:
    word.heading(document, f"Evidence for area {form.area.number}", 2)
    word.paragraph(document, "Evidence is optional. Use more paper if you have more than one.")
    _tick(document, "Where does it come from? Tick one.", (each.name for each in EVIDENCE_SOURCES))
    _tick(document, "Is it in words or in numbers? Tick one.", _KINDS)
    _lines(document, "What does it show?", count=_SHORT)
    _lines(document, "A web address, if it has one (it starts with https://)", count=1)


# --- a draft to answer --------------------------------------------------------------------


def _confirm(document: Document, area: PackArea, form: ConfirmForm) -> None:
    word.paragraph(document, clean(f"{area.lead_name} wrote this from what people said."))
    for question, text in draft_words(form):
        word.heading(document, question, 2)
        word.words(document, clean(text))
    if line := draws_on(form):
        word.paragraph(document, clean(line))
    for statement in form.statements:
        _proposal(document, area, form, statement)
    _others(document, form)
    word.heading(document, DRAFT_QUESTION, 2)
    word.paragraph(document, clean(privacy(form.privacy, area.lead_name)))
    _tick(document, "Tick one.", ANSWERS.values())
    _lines(document, COMMENT)


def _proposal(document: Document, area: PackArea, form: ConfirmForm, statement: Statement) -> None:
    _statement(document, form, statement)
    code, edition = statement.code, form.edition
    if level := proposed(form, code):
        word.paragraph(document, level, lead="Level proposed:")
    if reason := form.reasons.get(code):
        word.paragraph(document, clean(reason), lead="Why:")
    _spread(document, form, statement)
    before = choice_name(edition, area.earlier.get(code, "")) or "nothing"
    word.paragraph(document, before, lead="You chose:")
    _tick(
        document, f"{clean(statement_name(statement))}: tick one to change your level. "
        "Tick nothing to keep it.", choices(edition).values(),
    )  # fmt: skip


def _spread(document: Document, form: ConfirmForm, statement: Statement) -> None:
    """How many chose what: choices down the side and groups across, to fit in large print."""
    if form.result.is_withheld:
        _asked(document, TOO_FEW)
        return
    found = spreads(form, statement.code)
    names = [level.name for level in form.edition.levels] + ["Don't know enough", "Not applicable"]
    counts = [(*each.counts, each.dont_know, each.not_applicable) for _, each in found]
    rows = [(name, *(str(each[place]) for each in counts)) for place, name in enumerate(names)]
    wide = (word.WIDTH - 6) / max(1, len(found))
    _asked(document, "How many people chose each level:").paragraph_format.keep_with_next = True
    word.table(
        document, f"How people rated {statement_name(statement)}",
        ["Level", *(clean(who) for who, _ in found)], rows, [6, *[wide] * len(found)],
    )  # fmt: skip
    for row in document.tables[-1].rows:
        for cell in row.cells:
            cell.paragraphs[0].paragraph_format.keep_with_next = True


def _others(document: Document, form: ConfirmForm) -> None:
    shown = said(form)
    if not shown:
        return
    word.heading(document, "What people said", 2)
    for question, texts in shown:
        word.heading(document, question, 3)
        for who, text in texts:
            word.quoted(document, clean(text), lead=clean(f"{who}:"))


# --- boxes and lines ----------------------------------------------------------------------


def _tick(document: Document, ask: str, names: Iterable[str]) -> None:
    """Boxes to tick, kept on one page with what is asked."""
    made = [_asked(document, ask)]
    made += [document.add_paragraph(f"{_BOX}  {name}") for name in names]
    for each in made[:-1]:
        each.paragraph_format.keep_with_next = True


def _lines(document: Document, question: str, when: str = "", count: int = _LINES) -> None:
    """A question with empty lines to write on."""
    if when:
        _asked(document, f"{when}:").paragraph_format.keep_with_next = True
    _asked(document, question).paragraph_format.keep_with_next = True
    for left in range(count, 0, -1):
        line = document.add_paragraph()
        shape = line.paragraph_format
        shape.keep_with_next, shape.line_spacing = left > 1, _BETWEEN_LINES
        shape.space_before = shape.space_after = Pt(0)
        _underline(line)


def _asked(document: Document, text: str) -> Paragraph:
    made = document.add_paragraph()
    made.add_run(text).bold = True
    made.paragraph_format.space_before = Pt(16)
    return made


def _underline(line: Paragraph) -> None:
    """A rule below an empty paragraph: a screen reader passes over it, a pen does not."""
    borders = OxmlElement("w:pBdr")
    for side in ("w:bottom", "w:between"):
        rule = OxmlElement(side)
        for key, value in (("val", "single"), ("sz", "8"), ("space", "1"), ("color", "505050")):
            rule.set(qn(f"w:{key}"), value)
        borders.append(rule)
    shape = line._p.get_or_add_pPr()
    shape.insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc")
