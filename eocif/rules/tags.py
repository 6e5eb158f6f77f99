"""What an action can be marked with (PURE), so that a plan can be read by principle and by group.

The National Quality Board's three principles and their 4, 5 and 4 points are those of its shared
commitment (001); our short names stand for its sentences. The groups are those that the
commissioning page (004) says have the poorest experience, or of whom too little is known.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tag:
    """A mark: its key as stored, and what people read."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Heading:
    """Tags that belong together, under what people read. `principle`: 1 to 3, of the Board's."""

    name: str
    tags: tuple[Tag, ...]
    principle: int = 0


HEADINGS = (
    Heading(
        "Co-production as default for improvement",
        (
            Tag("nqb_1a", "Starting with what matters most to people"),
            Tag("nqb_1b", "Working with people who have lived experience, and with staff"),
            Tag("nqb_1c", "Equal partnerships from the very start"),
            Tag("nqb_1d", "Paid roles for lived experience partners"),
        ),
        1,
    ),
    Heading(
        "Using insight and feedback",
        (
            Tag("nqb_2a", "Gathering feedback all the time"),
            Tag("nqb_2b", "Engaging people in design, running and review of services"),
            Tag("nqb_2c", "Using the feedback measures there are"),
            Tag("nqb_2d", "Making sense of feedback together with people"),
            Tag("nqb_2e", "Listening to stories at boards and forums"),
        ),
        2,
    ),
    Heading(
        "Experience of care at the core of priority programmes",
        (
            Tag("nqb_3a", "Specific actions, with how improvement is measured"),
            Tag("nqb_3b", "Tackling health inequalities (Core20PLUS5)"),
            Tag("nqb_3c", "Improving staff experience"),
            Tag("nqb_3d", "Support for unpaid carers"),
        ),
        3,
    ),
    Heading(
        "Who it is for",
        (
            Tag("inequalities", "People with the poorest experience"),
            Tag("core20plus5", "Core20PLUS5"),
            Tag("unpaid_carers", "Unpaid carers"),
            Tag("staff", "Staff and volunteers"),
            Tag("frail_older", "Frail older people"),
            Tag("mental_illness", "People with mental illness"),
            Tag("learning_disability", "People with a learning disability"),
            Tag("ethnic_minority", "People from ethnic minority groups"),
            Tag("children", "Vulnerable children and young people"),
            Tag("lower_income", "People on lower incomes"),
            Tag("lgbt", "Lesbian, gay, bisexual and transgender people"),
        ),
    ),
    Heading(
        "What about their experience",
        (
            Tag("relational", "How people are treated by staff (relational)"),
            Tag("functional", "How care is arranged (functional)"),
            Tag("felt", "How it made people feel"),
        ),
    ),
)
PRINCIPLES = tuple(each for each in HEADINGS if each.principle)
TAGS = {tag.key: tag for heading in HEADINGS for tag in heading.tags}


def in_order(keys: Collection[str]) -> tuple[Tag, ...]:
    """The tags with these keys in our order; unknown keys are left out."""
    return tuple(tag for key, tag in TAGS.items() if key in keys)


def principles_of(keys: Iterable[str]) -> tuple[int, ...]:
    """The Board's principles that these tags belong to."""
    held = set(keys)
    return tuple(each.principle for each in PRINCIPLES if any(tag.key in held for tag in each.tags))
