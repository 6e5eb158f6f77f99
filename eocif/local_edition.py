"""The framework as one review uses it: its edition, with what was adapted locally."""

from eocif.models import Review
from eocif.rules import framework
from eocif.rules.agreement import Settings
from eocif.rules.framework import Edition
from eocif.rules.perspectives import PERSPECTIVES, Perspective
from eocif.rules.statements import Statement, statements


def edition_of(review: Review) -> Edition:
    """A review's edition."""
    return framework.edition(review.edition)


def perspectives_of(review: Review) -> tuple[Perspective, ...]:
    """The perspectives in use, in order."""
    return PERSPECTIVES


def perspective_of(review: Review, key: str) -> Perspective:
    """The perspective with this key, also where it is no longer offered."""
    return {each.key: each for each in perspectives_of(review)}[key]


def statements_of(review: Review, number: int) -> tuple[Statement, ...]:
    """What members rate in an area of this review, in order."""
    return statements(edition_of(review).area(number), review.rating_unit)


def rule_of(review: Review) -> Settings:
    """The agreement rule as it was set before round 1."""
    return Settings(
        review.least_people, review.least_perspectives, review.least_lived, review.agreement_rule
    )
