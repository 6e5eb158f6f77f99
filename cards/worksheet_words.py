"""An area's worksheet in words, as it is drafted or concluded: three answers and a gap (PURE)."""

from collections.abc import Mapping, Sequence

from cards.actions import fold
from cards.elements import Container, Element, TextBlock, words
from cards.pieces import fitting
from eocif.rules.answers import WORDS
from eocif.rules.framework import Edition
from eocif.summaries import HiddenWords

LONG = 700
"""Characters of an answer from which on its end is folded away …"""
BEGINNING = 500
"""… after about so many: ten lines of a phone."""
FEW, BRIEF = 3, 200
"""How many pieces of hidden words stand on one card, and how many characters of each."""


def labelled(label: str, text: str) -> Element:
    """A label of ours above someone's words."""
    return Container([TextBlock(label, weight="bolder"), words(text, spacing="small")])


def hidden_words(hidden: Sequence[HiddenWords], *, whose: str = "your") -> list[Element]:
    """What of someone's own words nobody else reads, and why; nothing where nothing is hidden."""
    if not hidden:
        return []
    title = f"Some of {whose} words are hidden: they could tell who somebody is."
    shown = [element for each in hidden[:FEW] for element in _hidden(each)]
    more = [TextBlock(f"And {len(hidden) - FEW} more.")] if hidden[FEW:] else []
    return [Container([TextBlock(title, weight="bolder"), *shown, *more], separator=True)]


def _hidden(hidden: HiddenWords) -> list[Element]:
    text, because = (
        each if len(each) <= BRIEF else f"{each[:BRIEF]} …"
        for each in (hidden.text, hidden.because)
    )  # fmt: skip
    return [words(text, spacing="small"), words("The reason: ", because, spacing="none")]


def fitted(held: Mapping[str, str]) -> dict[str, str]:
    """People's words by key, as far as they fit on a card together: the first come first."""
    return dict(zip(held, fitting([*held.values()]), strict=True))


def wording(edition: Edition, texts: Mapping[str, str]) -> list[Element]:
    """The worksheet's three questions, each with its answer, and what is said of a gap."""
    labels = {**dict(zip(WORDS, edition.questions, strict=False)), **_gap(texts)}
    return [
        element
        for field, label in labels.items()
        for element in _answer(field, label, texts.get(field, ""))
    ]


def _gap(held: Mapping[str, str]) -> dict[str, str]:
    return {"gap": "How views differ"} if held.get("gap") else {}


def _answer(field: str, label: str, text: str) -> list[Element]:
    beginning, rest = _cut(text)
    first = labelled(label, beginning or "Nothing is written here.")
    return [first, fold("Read the rest", [words(rest)], f"rest_{field}")] if rest else [first]


def _cut(text: str) -> tuple[str, str]:
    """A text's beginning and the rest of it, parted between words where there are any."""
    if len(text) <= LONG:
        return text, ""
    at = text.rfind(" ", BEGINNING // 2, BEGINNING) + 1 or BEGINNING
    return f"{text[:at].rstrip()} …", f"… {text[at:]}"
