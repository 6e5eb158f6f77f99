"""The framework as one review uses it: its edition, with what was adapted locally."""

from eocif.models import Review
from eocif.rules import adaptation, framework
from eocif.rules.adaptation import Adaptation
from eocif.rules.agreement import Settings
from eocif.rules.framework import Edition
from eocif.rules.perspectives import Perspective, UnknownPerspective
from eocif.rules.statements import Statement, statement, statements


def adaptation_of(review: Review) -> Adaptation:
    """What is local to a review."""
    return adaptation.parsed(review.adaptation)


def edition_of(review: Review) -> Edition:
    """A review's edition: local statements added, what does not apply here left out."""
    return adaptation.adapted(framework.edition(review.edition), adaptation_of(review))


def perspectives_of(review: Review) -> tuple[Perspective, ...]:
    """The perspectives in use, in order: those that can be chosen, and may be missing."""
    return adaptation.offered(adaptation_of(review))


def every_perspective_of(review: Review) -> tuple[Perspective, ...]:
    """The same and those no longer offered: whatever a member may speak from."""
    return adaptation.every(adaptation_of(review))


def perspective_of(review: Review, key: str) -> Perspective:
    """The perspective with this key, also where it is no longer offered.

    Raises UnknownPerspective.
    """
    for each in every_perspective_of(review):
        if each.key == key:
            return each
    raise UnknownPerspective(f"This review has no perspective {key}.")


def statements_of(review: Review, number: int) -> tuple[Statement, ...]:
    """What members rate in an area of this review, in order."""
    return statements(edition_of(review).area(number), review.rating_unit)


def not_applicable_of(
    review: Review, number: int | None = None
) -> tuple[tuple[Statement, str], ...]:
    """The official statements that nobody is asked, as they do not apply here, with the reason.

    Of one area with `number`, and otherwise of the whole edition, in its order.
    """
    reasons = dict(adaptation_of(review).not_applicable)
    return tuple(
        (statement(each), reasons[each.code])
        for area in framework.edition(review.edition).areas
        for each in area.indicators
        if each.code in reasons and number in (None, area.number)
    )


def rule_of(review: Review) -> Settings:
    """The agreement rule as it was set before round 1."""
    return Settings(
        review.least_people, review.least_perspectives, review.least_lived, review.agreement_rule
    )
