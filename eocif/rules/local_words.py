"""What may be typed as local words (PURE): each problem as the sentence a person reads.

Names of perspectives and short titles of areas stand in headings, buttons and file names of
reports, so they hold letters, numbers and simple punctuation alone. Statements, lines of help and
reasons may hold anything: they are only ever shown as typed.
"""

import unicodedata
from collections.abc import Iterable

from eocif.rules.perspectives import Perspective, Voice
from eocif.rules.phrases import many
from eocif.rules.set_up import LONGEST_TYPED
from eocif.rules.spread import EVERYONE, EVERYONE_ELSE, LIVED, OTHERS
from eocif.rules.text import length

LONGEST_NAME = 70  # characters of a perspective's name, or of an area's short title
LONGEST_TEXT = 600  # of a local statement; the framework’s longest has 495
LONGEST_LINE = 400  # of a line of help, or of a reason
_PUNCTUATION = frozenset(" ,'’-–&():")
_TAKEN = frozenset(name.casefold() for name in (OTHERS, EVERYONE, LIVED, EVERYONE_ELSE))


def too_long(what: str, text: str, most: int) -> str | None:
    """Why a text cannot be taken because of its length, or nothing."""
    over = length(text) - most
    if over <= 0:
        return None
    if length(text) > LONGEST_TYPED:
        return f"{what} is far too long. Only its first {LONGEST_TYPED:,} characters fit."
    return f"{what} is too long. Cut {many(over, 'character')}. What you typed is still here."


def name_problem(what: str, name: str) -> str | None:
    """What is wrong with a name or a short title, or nothing."""
    if problem := too_long(what, name, LONGEST_NAME):
        return problem
    if not name[:1].isalnum():
        return f"{what} must begin with a letter or a number."
    if not all(_is_plain(character) for character in name):
        return f"{what} can hold letters, numbers, spaces and simple punctuation only."
    return None


def _is_plain(character: str) -> bool:
    return unicodedata.category(character)[0] in "LMN" or character in _PUNCTUATION


def perspective_problem(name: str, others: Iterable[Perspective]) -> str | None:
    """What is wrong with a perspective's name beside all the others, or nothing."""
    if not name:
        return "Type a name for this perspective."
    if problem := name_problem("The name", name):
        return problem
    held = {text.casefold() for each in others for text in (each.name, each.short)}
    if name.casefold() in held:
        return "There is already a perspective with this name. Choose another name."
    if name.casefold() in _TAKEN:
        return "Results use this name for merged groups. Choose another name."
    return None


def voice_problem(voice: str) -> str | None:
    """What is wrong with a chosen voice, or nothing."""
    return None if voice in set(Voice) else "Choose whose voice this perspective is."
