"""Who takes part in a review, as which voice, and what their evidence may come from.

The nine perspectives and the staff functions are those of the framework's list for setting up a
review group (NHS England, PR1209). That list also prints "data analysis" as a function; we read
it as part of data and analytics. Volunteers are not on it, though many statements name them: the
tenth perspective is ours. Which voice a perspective has is ours too.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Voice(StrEnum):
    """The two voices whose views are set side by side; some perspectives speak for neither."""

    LIVED_EXPERIENCE = "lived_experience"
    STAFF_AND_LEADERSHIP = "staff_and_leadership"
    NEITHER = "neither"


class UnknownPerspective(LookupError):
    """No perspective of the framework, nor ours, has this key."""


@dataclass(frozen=True, slots=True)
class Perspective:
    """A point of view that a member speaks from.

    ``ours`` where we added it to the framework's list; ``is_local`` where a review added it.
    """

    key: str
    name: str
    short: str
    voice: Voice
    ours: bool = False
    is_local: bool = False


class Choice(NamedTuple):
    """Something to pick from a list: what is stored, and what a person reads."""

    key: str
    name: str


PERSPECTIVES = (
    Perspective(
        "clinical_leaders",
        "Clinical leaders from all professions",
        "Clinical leaders",
        Voice.STAFF_AND_LEADERSHIP,
    ),
    Perspective(
        "executive_lead",
        "Executive director lead for experience of care or quality",
        "Executive lead",
        Voice.STAFF_AND_LEADERSHIP,
    ),
    Perspective(
        "non_executives_and_governors",
        "Non-executive directors, governors and foundation trust members",
        "Non-executives and governors",
        Voice.NEITHER,
    ),
    Perspective(
        "service_leads_and_staff",
        "Service leads, clinical, administrative and support staff",
        "Service leads and staff",
        Voice.STAFF_AND_LEADERSHIP,
    ),
    Perspective(
        "people_and_carers",
        "People using services and unpaid carers",
        "People and unpaid carers",
        Voice.LIVED_EXPERIENCE,
    ),
    Perspective("healthwatch", "Local Healthwatch", "Healthwatch", Voice.LIVED_EXPERIENCE),
    Perspective(
        "named_functions",
        "Staff of a named function, such as complaints or chaplaincy",
        "Named functions",
        Voice.STAFF_AND_LEADERSHIP,
    ),
    Perspective(
        "voluntary_and_community",
        "Voluntary and community sector partners",
        "Voluntary and community",
        Voice.LIVED_EXPERIENCE,
    ),
    Perspective(
        "icb_and_partners",
        "Integrated care board (ICB) and wider system partners",
        "Care board and partners",
        Voice.NEITHER,
    ),
    Perspective("volunteers", "Volunteers", "Volunteers", Voice.LIVED_EXPERIENCE, ours=True),
)

NAMED_FUNCTIONS = (
    Choice("governance", "Governance"),
    Choice("experience_of_care", "Experience of care"),
    Choice("data_and_analytics", "Data and analytics"),
    Choice("pals", "Patient Advice and Liaison Service (PALS)"),
    Choice("complaints", "Complaints"),
    Choice("communications_and_engagement", "Communications and engagement"),
    Choice("bereavement", "Bereavement"),
    Choice("chaplaincy", "Chaplaincy"),
    Choice("quality_improvement", "Quality improvement"),
    Choice(
        "hr_and_organisational_development",
        "Human resources (HR) and organisational development",
    ),
)

EVIDENCE_SOURCES = (
    Choice("survey", "Survey"),
    Choice("fft", "Friends and Family Test (FFT)"),
    Choice("pals", "Patient Advice and Liaison Service (PALS)"),
    Choice("complaint", "Complaint"),
    Choice("story", "Someone’s story"),
    Choice("focus_group", "Focus group"),
    Choice("staff_survey", "Staff survey"),
    Choice("board_paper", "Board paper"),
    Choice("other", "Something else"),
)


def perspective(key: str) -> Perspective:
    """The perspective with this key, or UnknownPerspective."""
    for each in PERSPECTIVES:
        if each.key == key:
            return each
    raise UnknownPerspective(f"There is no perspective {key}.")


def missing(
    held: Iterable[str], offered: Iterable[Perspective] = PERSPECTIVES
) -> tuple[Perspective, ...]:
    """The perspectives on offer that nobody holds, in order; other keys are passed over."""
    keys = set(held)
    return tuple(each for each in offered if each.key not in keys)
