"""What is fixed before round 1: the rating unit, the agreement rule, who must take part."""

from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session

from eocif import reviews
from eocif.access import areas_of, enter
from eocif.local_edition import edition_of
from eocif.models import Review
from eocif.people import Actor, known
from eocif.rules.authorisation import Act
from eocif.rules.set_up import NUMBERS, RULES, rules_problem
from eocif.rules.statements import BY_INDICATOR, asked
from eocif.set_up_saving import digests, merged, saved
from eocif.set_up_summaries import RulesStep
from eocif.summaries import Feedback


def save_rules(
    session: Session, *, actor: Actor, review_id: int, posted: Mapping[str, str],
    shown: Mapping[str, str], now: datetime,
) -> Feedback:  # fmt: skip
    """Save what can be taken. Nothing of this can change once the review has started."""
    access = enter(session, actor=actor, review_id=review_id, act=Act.SET_UP, lock=True)
    feedback, good = merged(rules_of(access.review), posted, shown, rules_problem, RULES)
    for field, value in good.items():
        setattr(access.review, field, int(value) if field in NUMBERS else value)
    saved(session, access, good, now)
    return feedback


def rules_of(review: Review) -> dict[str, str]:
    """The rules as they are stored, by input id."""
    return {field: str(getattr(review, field)) for field in RULES}


def rules_step(session: Session, review: Review, now: datetime) -> RulesStep:
    """What the card of the rules shows."""
    values, edition = rules_of(review), edition_of(review)
    areas = [edition.area(row.number) for row in areas_of(session, review_id=known(review.id))]
    return RulesStep(
        reviews.head(session, review), values, digests(values), asked(areas, BY_INDICATOR),
        len(areas),
    )  # fmt: skip
