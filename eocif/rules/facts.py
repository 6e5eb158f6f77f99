"""What reports say besides the worksheet (PURE): references, and a 2018 self-assessment.

The five headings are those of the framework's 2018 edition (NHS Improvement's page). An earlier
self-assessment is recorded under them for reference only: nothing is compared with it.
"""

import re
from collections.abc import Collection, Mapping

from eocif.rules.set_up import LONGEST_TYPED, NONE
from eocif.rules.text import length, too_long

HEADINGS = (
    "Leadership",
    "Organisational culture",
    "Collecting feedback",
    "Analysis and triangulation",
    "Reporting",
)
REFERENCES = ("safety_reference", "effectiveness_reference")
PREDECESSOR: Mapping[str, str] = {
    f"predecessor_{place}": heading for place, heading in enumerate(HEADINGS, start=1)
}
ATTACHED = "attached"
_ID = re.compile(r"[0-9]{1,10}")
LABELS: Mapping[str, str] = {
    "safety_reference": "Safety measures",
    "effectiveness_reference": "Clinical effectiveness measures",
    **PREDECESSOR,
    ATTACHED: "Reviews of divisions",
}


def problem(field: str, value: str, may_attach: Collection[int]) -> str | None:
    """What is wrong with one field, or nothing. `may_attach`: ids of reviews that can be."""
    if field != ATTACHED and length(value) > LONGEST_TYPED:
        return (
            f"“{LABELS[field]}” is far too long. Its first {LONGEST_TYPED:,} characters are here."
        )
    if field != ATTACHED:
        return too_long(LABELS[field], value)
    if set(ids(value)) <= set(may_attach):
        return None
    return "One of these reviews cannot be attached. Choose from the list."


def ids(value: str) -> tuple[int, ...]:
    """The reviews that a stored or posted list names; 0 for what cannot be an id."""
    parts = [] if value in ("", NONE) else value.split(",")
    return tuple(int(part) if _ID.fullmatch(part) else 0 for part in parts)


def in_words(reviews: Collection[int]) -> str:
    """The same list as it is stored: in order, or “none”."""
    return ",".join(map(str, sorted(set(reviews)))) or NONE
