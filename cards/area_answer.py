"""An answer as it is stored, in words, for the one whose it is or who recorded it (PURE)."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from cards.elements import Container, Element, TextBlock, TextRun, heading, pairs, words
from cards.pieces import fitting, rated_so_far
from eocif.rules import answers
from eocif.rules.answers import WORDS
from eocif.rules.framework import Edition
from eocif.rules.perspectives import EVIDENCE_SOURCES
from eocif.rules.phrases import many
from eocif.rules.statements import name_of
from eocif.summaries import AreaForm, EvidenceSummary

KINDS = {
    "qualitative": "Qualitative: in words, such as a story or comments",
    "quantitative": "Quantitative: in numbers, such as a survey score",
}
MOST_PIECES = 20

KINDS_IN_SHORT = {"qualitative": "in words", "quantitative": "in numbers"}
_LABELS = {
    "source": "Where the evidence comes from",
    "kind": "Kind of evidence",
    "evidence": "Evidence",
    "link": "Link",
}


def answer(form: AreaForm) -> list[Element]:
    """The levels by letter, the words and the evidence; nothing where there is nothing."""
    return [*_levels(form), *_words(form), *evidence(form)]


def has_answer(form: AreaForm) -> bool:
    """Whether anything is stored for this area."""
    return bool(form.choices or any(form.words.values()) or form.evidence)


def _levels(form: AreaForm) -> list[Element]:
    if not form.choices:
        return []
    rows = [
        (each.name, choice_name(form.edition, form.choices.get(each.code, "")))
        for each in form.statements
    ]
    return [heading("Levels", 2), pairs(rows)]


def so_far(form: AreaForm) -> str:
    """How far the levels are, as a sentence."""
    return rated_so_far(len(form.choices), len(form.statements), form.unit)


def choice_name(edition: Edition, choice: str) -> str:
    """What was chosen, or how it ended, in words; where nothing is, that it is not rated yet."""
    return answers.choice_name(edition, choice) or "Not rated yet"


def field_names(form: AreaForm) -> dict[str, str]:
    """Each field of the words step as a person reads it; the questions as its edition has them."""
    return {**WORDS, **dict(zip(WORDS, form.edition.questions, strict=False))}


def _words(form: AreaForm) -> list[Element]:
    names = field_names(form)
    given = [(names[field], text) for field, text in form.words.items() if text]
    if not given:
        return []
    return [heading("Words", 2), *(_said(name, text) for name, text in given)]


def _said(name: str, text: str) -> Element:
    return Container([TextBlock(name, weight="bolder"), words(text, spacing="small")])


def evidence(form: AreaForm) -> list[Element]:
    """Each stored piece: its source, its kind, its words and the host that its link leads to."""
    if not form.evidence:
        return []
    shown = form.evidence[:MOST_PIECES]
    texts = fitting([piece.text for piece in shown])
    more = len(form.evidence) - len(shown)
    rest = [TextBlock(f"{many(more, 'more piece is', 'more pieces are')} kept.")] if more else []
    return [heading("Evidence given", 2), *map(_piece, shown, texts), *rest]


def _piece(piece: EvidenceSummary, text: str) -> Element:
    kind = KINDS_IN_SHORT.get(piece.kind, piece.kind)
    items: list[Element] = [words(TextRun(f"{piece.source}, {kind}", weight="bolder"))]
    if text:
        items.append(words(text, spacing="small"))
    if piece.link:
        items.append(words(f"Link to {host(piece.link)}", spacing="small"))
    return Container(items)


def host(link: str) -> str:
    """Where a stored link leads, as it is shown: links are never shown without it."""
    return urlsplit(link).hostname or ""


def kept(form: AreaForm, why: str, leave_out: Mapping[str, str]) -> list[Element]:
    """Words that are not part of the answer, to copy; `leave_out` are fields shown elsewhere."""
    rest = {field: text for field, text in form.kept.items() if field not in leave_out}
    if not rest:
        return []
    names = {**field_names(form), **_LABELS}
    labels = (names.get(field) or name_of(field.removeprefix("level_")) for field in rest)
    texts = fitting([_value(form, field, text) for field, text in rest.items()])
    return [heading("Kept for you to copy", 2), TextBlock(why), *map(_said, labels, texts)]


def _value(form: AreaForm, field: str, text: str) -> str:
    """Kept choices are stored by their keys."""
    if field.startswith("level_"):
        return choice_name(form.edition, text)
    known = {"source": dict(EVIDENCE_SOURCES), "kind": KINDS}
    return known.get(field, {}).get(text, text)
