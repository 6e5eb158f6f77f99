"""The agreement rule in words that every report prints, and how sentences count and list (PURE)."""

from collections.abc import Mapping, Sequence

from eocif.rules.agreement import RAND, THREE_QUARTERS, Settings

_COUNT_RULES: Mapping[str, str] = {
    "seventy": "at least 7 in 10 of the people who rated it chose the same level",
    THREE_QUARTERS: "at least 3 in 4 of the people who rated it chose the same level",
    "four_fifths": "at least 4 in 5 of the people who rated it chose the same level",
    RAND: (
        "few enough people chose another level. That is at most 2 of 8, 3 of 11, 4 of 14 and so on"
    ),
}


def rule_in_words(settings: Settings) -> tuple[str, ...]:
    """The rule that a review set before its first round, a sentence each."""
    return (
        f"A statement is agreed when {_COUNT_RULES[settings.rule]}.",
        "Where somebody chose a level two or more away, that view is heard first.",
        f"At least {many(settings.least_people, 'person', 'people')} from "
        f"{many(settings.perspectives, 'perspective')} must have rated it{_lived(settings)}.",
        "“I don’t know enough to rate this” and “not applicable” do not count as ratings.",
        "No rating weighs more than another.",
        "The rule was set before round 1 and did not change.",
        "The rule is ours: the framework asks for agreement and gives no rule.",
    )


def _lived(settings: Settings) -> str:
    if not settings.lived_experience:
        return ""
    return f", {settings.lived_experience} or more of them with lived experience"


def many(count: int, one: str, more: str = "") -> str:
    """A number with its noun: “1 area”, “3 areas”, “2 people”."""
    return f"{count} {one if count == 1 else more or one + 's'}"


def listed(items: Sequence[str]) -> str:
    """Items as a sentence lists them: “1”, “1 and 2”, “1, 2 and 5”."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"
