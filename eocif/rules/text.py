"""One way in for all words that people type.

What is stored can be stored in any database, put in any document and shown in any card: no
control characters (Word and Excel files with them do not open), no half characters, nothing that
turns the reading direction of what follows it or hides words from the reader.
"""

import re
import unicodedata

LIMIT = 2000
"""The most characters that one field holds."""

_ELLIPSIS = "…"
_MOST_MARKS = 30  # as in the Stream-Safe Text Format of Unicode Standard Annex 15

# A line break by any other name; Word's own (VT) among them, so that words do not run together.
_LINE_BREAKS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")

# The first alternative is the flag of England, Scotland or Wales, spelt with tag characters that
# are invisible, and therefore unwelcome, anywhere else.
_UNWELCOME = re.compile(
    "(\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{4,6}\U000e007f)"
    "|[\x00-\x08\x0e-\x1f\x7f-\x9f]"  # controls but tab and newline
    "|[\ud800-\udfff]"  # half of a character
    "|[\u202a-\u202e\u2066-\u2069]"  # bidirectional embeddings, overrides, isolates
    "|[\u00ad\u180e\u200b\u2060-\u2064\u206a-\u206f\ufeff\ufff9-\ufffb]"  # no width
    "|[\ufdd0-\ufdef\ufffe\uffff]"  # never characters; documents refuse the last two
    "|[\U000e0000-\U000e007f]"  # tag characters
)
_BLANK_LINES = re.compile(r"\n(?:[^\S\n]*\n){3,}")


def clean(text: str) -> str:
    """`text` fit to keep: composed (NFC), one kind of line break, nothing harmful or invisible.

    Joiners that emoji and some scripts need (ZWJ, ZWNJ) stay. Outer white space goes, more than
    two blank lines become two, accents heaped on one letter are cut, and a text with nothing to
    see becomes "". Cleaning twice changes nothing more.
    """
    text = _composed(_UNWELCOME.sub(r"\1", _LINE_BREAKS.sub("\n", text)))
    text = _BLANK_LINES.sub("\n\n\n", text).strip()
    return text if any(map(_can_be_seen, text)) else ""


def length(text: str) -> int:
    """How many characters of `text` count towards a limit.

    Code points of the cleaned text, because both databases count so, and because a person is
    never charged for what was removed. Some clients count an emoji twice: they stop a writer
    sooner, never later, than we do.
    """
    return len(clean(text))


def over_by(text: str, limit: int = LIMIT) -> int:
    """How many characters must go before `text` fits `limit`; 0 if it fits."""
    return max(0, length(text) - limit)


def too_long(label: str, text: str) -> str | None:
    """What is wrong with the length of some words, as a sentence; nothing where they fit."""
    over = over_by(text)
    if not over:
        return None
    characters = "1 character" if over == 1 else f"{over:,} characters"
    return (
        f"“{label}” is {characters} too long. The most is {LIMIT:,}. "
        "All of it is still here. Cut it and save again."
    )


def one_line(text: str, limit: int = 120) -> str:
    """`text` as a title or a name: one line, single spaces, cut with "…" beyond `limit`."""
    line = " ".join(clean(text).split())
    if len(line) <= limit:
        return line
    return line[: limit - len(_ELLIPSIS)].rstrip() + _ELLIPSIS


def _composed(text: str) -> str:
    """`text` in NFC, with no letter under more marks than any script piles on it.

    The time that composing takes grows with the square of such a pile: a few hundred kilobytes of
    accents would keep a server busy for half a minute. Composing can also split a mark in two.
    """
    if text.isascii():
        return text
    return _unpiled(unicodedata.normalize("NFC", _unpiled(text)))


def _unpiled(text: str) -> str:
    kept, pile = [], 0
    for character in text:
        pile = pile + 1 if unicodedata.category(character)[0] == "M" else 0
        if pile <= _MOST_MARKS:
            kept.append(character)
    return "".join(kept)


def _can_be_seen(character: str) -> bool:
    """Letters, numbers, punctuation, symbols and characters we do not know: not marks or spaces."""
    category = unicodedata.category(character)
    return category[0] in "LNPS" or category in {"Co", "Cn"}
