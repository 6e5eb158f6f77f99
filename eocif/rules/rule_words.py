"""When a level is agreed and who must rate, in plain words for cards (PURE)."""

from collections.abc import Mapping
from typing import NamedTuple

from eocif.rules.agreement import RAND, THREE_QUARTERS, Settings
from eocif.rules.wording import many

PRESETS: Mapping[str, str] = {
    "seventy": "at least 7 in 10 chose the same level",
    THREE_QUARTERS: "at least 3 in 4 chose the same level",
    "four_fifths": "at least 4 in 5 chose the same level",
    RAND: "few chose another level, RAND-style, and 8 people or more rated",
}
"""When a level is agreed, for each preset, as it stands inside a sentence."""


class Needed(NamedTuple):
    """The least that must take part; `lived` is empty where lived experience is not asked for."""

    people: str
    perspectives: str
    lived: str


def needed(settings: Settings) -> Needed:
    """ "5 people", "3 perspectives" and "one with lived experience"."""
    lived = settings.lived_experience
    return Needed(
        many(settings.least_people, "person", "people"),
        many(settings.perspectives, "perspective"),
        f"{'one' if lived == 1 else lived} with lived experience" if lived else "",
    )


def take_part_in_words(settings: Settings) -> str:
    """The same as a sentence."""
    who = needed(settings)
    lived = f", at least {who.lived}" if who.lived else ""
    return f"An area can be agreed only if {who.people} from {who.perspectives} rate it{lived}."
