"""Words that identify someone, hidden from a text (PURE).

A lead names the words; every place where they stand is hidden, however it spells them: capitals,
accents, full-width letters, typographic quotes and dashes, line breaks between the words. Letters
and digits bind, so that hiding "Al" leaves "although" whole; in scripts without capitals words are
often not set apart, and there any run of the same letters is hidden. What is shown instead says
that something was hidden, and nothing about what.
"""

import unicodedata
from collections.abc import Iterable
from urllib.parse import unquote

HIDDEN = "[words hidden]"
ALL_HIDDEN = "[this text is hidden]"
LONGEST = 500
"""Characters to hide as words: they are kept as part of a key. Who wants more gone hides it all."""

_PASSED_OVER = {"Mn", "Me", "Cf"}  # marks, and what has no width
_ALIKE = str.maketrans(dict.fromkeys('‘’‚‛ʼ`´′“”„‟″«»"', "'"))
_SEPARATORS = str.maketrans(dict.fromkeys("-_+./?=&", " "))

Span = tuple[int, int]


def holds(text: str, words: str) -> bool:
    """Whether `words` stand in `text`, so that there is something to hide."""
    return bool(_found(text, words))


def hide(text: str, hidden: Iterable[str]) -> str:
    """`text` without the words hidden from it; an empty one among them hides all of it."""
    wanted = list(hidden)
    if "" in wanted:
        return ALL_HIDDEN
    shown, after = "", 0
    for start, end in _joined(span for words in wanted for span in _found(text, words)):
        shown += text[after:start] + HIDDEN
        after = end
    return shown + text[after:]


def holds_in_link(link: str, words: str) -> bool:
    """Whether `words` stand in a link, spelled with spaces or with what replaces them there."""
    return holds(unquote(link).translate(_SEPARATORS), words.translate(_SEPARATORS))


def hide_link(link: str, hidden: Iterable[str]) -> str:
    """`link`, or nothing where its text is hidden or its address holds hidden words."""
    return "" if any(not words or holds_in_link(link, words) for words in hidden) else link


# --- finding ----------------------------------------------------------------------------


def _found(text: str, words: str) -> list[Span]:
    """From where to where in `text` each occurrence of `words` reaches."""
    compared, places = _folded(text)
    wanted = _folded(words)[0].strip()
    spans, start = [], compared.find(wanted) if wanted else -1
    while start >= 0:
        end = start + len(wanted)
        if not (_binds(compared, start) or _binds(compared, end)):
            spans.append((places[start], _with_marks(text, places[end - 1] + 1)))
        start = compared.find(wanted, start + 1)
    return spans


def _folded(text: str) -> tuple[str, list[int]]:
    """`text` as it is compared, and where in `text` each of its characters comes from."""
    kept: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        for part in _plain(character):
            if part != " " or kept[-1:] != [" "]:
                kept.append(part)
                places.append(place)
    return "".join(kept), places


def _plain(character: str) -> str:
    if character.isspace():
        return " "
    # Before folding as well: a full-width or a script letter has no small form of its own.
    whole = unicodedata.normalize("NFKD", character.translate(_ALIKE)).casefold()
    parts = unicodedata.normalize("NFKD", whole).translate(_ALIKE)
    return "".join(_as_dash(part) for part in parts if not _is_passed_over(part))


def _as_dash(part: str) -> str:
    return "-" if unicodedata.category(part) == "Pd" else part


def _is_passed_over(character: str) -> bool:
    return unicodedata.category(character) in _PASSED_OVER


def _binds(compared: str, place: int) -> bool:
    """Whether a word goes on here: letters with capitals, or digits, on both sides."""
    around = compared[max(0, place - 1) : place + 1]
    return 0 < place < len(compared) and all(map(_is_bound, around))


def _is_bound(character: str) -> bool:
    return character.isdigit() or character.upper() != character.lower()


def _with_marks(text: str, end: int) -> int:
    while end < len(text) and _is_passed_over(text[end]):
        end += 1
    return end


def _joined(spans: Iterable[Span]) -> list[Span]:
    """Spans in order, with those that touch or overlap made one."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
