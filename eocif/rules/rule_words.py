"""When a level is agreed and who must rate, in plain words for cards and reports (PURE)."""

from collections.abc import Mapping
from typing import NamedTuple

from eocif.rules.agreement import RAND, THREE_QUARTERS, Settings
from eocif.rules.phrases import many

_SHARES: Mapping[str, str] = {
    "seventy": "7 in 10",
    THREE_QUARTERS: "3 in 4",
    "four_fifths": "4 in 5",
}
PRESETS: Mapping[str, str] = {
    **{key: f"at least {share} chose the same level" for key, share in _SHARES.items()},
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
    return f"An area can be agreed only if {_who(settings, 'rate it')}."


def _who(settings: Settings, do: str) -> str:
    who = needed(settings)
    lived = f", at least {who.lived}" if who.lived else ""
    return f"{who.people} from {who.perspectives} {do}{lived}"


def rule_in_words(settings: Settings) -> tuple[str, ...]:
    """The rule that a review set before its first round, as every report prints it."""
    return (
        f"A statement is agreed when {_count_rule(settings.rule)}.",
        "Where somebody chose a level two or more away, that view is heard first.",
        f"At least {_who(settings, 'must have rated it')}.",
        "“I don’t know enough to rate this” and “not applicable” do not count as ratings.",
        "No rating weighs more than another.",
        "The rule was set before round 1 and did not change.",
        "The rule is ours: the framework asks for agreement and gives no rule.",
    )


def _count_rule(rule: str) -> str:
    if rule == RAND:
        return (
            "few enough people chose another level. "
            "That is at most 2 of 8, 3 of 11, 4 of 14 and so on"
        )
    return f"at least {_SHARES[rule]} of the people who rated it chose the same level"
