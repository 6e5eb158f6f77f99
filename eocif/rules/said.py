"""From what a person typed to the command they mean.

Case, punctuation and surrounding words do not matter, and a slip of the finger is forgiven. What
was typed is never given back, only the names of commands.
"""

import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

IN_A_CHAT = (
    *("help", "my areas", "outstanding", "actions"),
    *("worksheet", "digest", "review", "start a review"),
)
IN_A_CHANNEL = ("start a review", "status", "help")

# A message longer than this is not a command with words around it, whatever its end says.
_LISTENS_TO = 2000
_MENTION = re.compile(r"<at\b[^>]*>.*?</at>", re.IGNORECASE | re.DOTALL)
_WORD = re.compile(r"[^\W_]+")
_IDLE = frozenset({"a", "an", "the", "new", "another"})
_WORDS_BETWEEN = 2


@dataclass(frozen=True, slots=True)
class Heard:
    """The command meant; or None, and every command that could have been, likeliest first."""

    command: str | None
    nearest: tuple[str, ...] = ()


def heard(text: str, *, channel: bool) -> Heard:
    """The command in `text`, out of those a channel, or else the personal chat, knows.

    Where several are found the longest is meant: "start a review" over "review", anything over
    "help". Two words of a command may have up to two others between them.
    """
    commands = IN_A_CHANNEL if channel else IN_A_CHAT
    words = _words(text)
    found = [command for command in commands if _is_said(command, words)]
    if found:
        return Heard(max(found, key=len))
    return Heard(None, _by_likeness(commands, " ".join(words)))


def _words(text: str) -> list[str]:
    """The words said, without the mention of the bot, whose name may hold a command."""
    said = _MENTION.sub(" ", unicodedata.normalize("NFKC", text[:_LISTENS_TO]))
    return [word for word in _WORD.findall(said.casefold()) if word not in _IDLE]


def _is_said(command: str, words: list[str]) -> bool:
    keys = [key for key in command.split() if key not in _IDLE]
    # In one word a command may have lost its spaces: "myareas".
    if any(_means(word, "".join(keys)) for word in words):
        return True
    return _is_spread(*keys, words=words) if len(keys) > 1 else _is_split(keys[0], words)


def _is_spread(first: str, last: str, *, words: list[str]) -> bool:
    """Whether a command of two words is there, with at most a few others between."""
    starts = [here for here, word in enumerate(words, start=1) if _means(word, first)]
    return any(
        _means(word, last) for here in starts for word in words[here : here + _WORDS_BETWEEN + 1]
    )


def _is_split(key: str, words: list[str]) -> bool:
    """Whether a command of one word is there as two: "work sheet"."""
    return any(first + second == key for first, second in pairwise(words))


def _means(word: str, key: str) -> bool:
    """Whether `word` is `key`, or a slip or two away from it."""
    slips = _slips_forgiven(key)
    return OSA.distance(word, key, score_cutoff=slips) <= slips


def _slips_forgiven(key: str) -> int:
    """How many letters may be missing, extra, wrong or swapped with the next one.

    One in a word of four to eight letters, two in a longer one: enough for "hlep" and "strat",
    while "sections" is two away from "actions" and "understanding" five from "outstanding".
    """
    if len(key) < 4:
        return 0
    return 1 if len(key) < 9 else 2


def _by_likeness(commands: tuple[str, ...], said: str) -> tuple[str, ...]:
    return tuple(sorted(commands, key=lambda command: -fuzz.WRatio(command, said)))
