"""Reviews in which somebody was not sent this week's message yet.

Asked of the database for all reviews at once: most minutes of most weeks everyone has theirs, and
then a tick costs the same however many reviews there are.
"""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, String, cast, exists, literal
from sqlalchemy.sql.elements import SQLCoreOperations
from sqlmodel import Session, col, func, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from eocif import rounds
from eocif.habits import is_away_on
from eocif.models import Delivery, DeliveryState, Member, Person, Review, ReviewArea
from eocif.people import known
from eocif.rules.dates import london_day, opens_at
from eocif.rules.due import prompt_day, review_week
from eocif.rules.progress import ReviewState

_Column = SQLCoreOperations[Any]


def reviews(session: Session, *, now: datetime) -> list[int]:
    """The running reviews in which someone who might owe something was not asked this week."""
    today = london_day(now)
    begun: dict[date, list[int]] = defaultdict(list)
    for review_id, start_on in session.exec(
        select(col(Review.id), col(Review.start_on)).where(
            Review.state == ReviewState.COLLECTING, col(Review.start_on) <= today
        )
    ):
        if start_on is not None:
            begun[start_on].append(known(review_id))
    found: set[int] = set()
    for start_on, ids in begun.items():
        week = review_week(start_on, today)
        for wanted in (
            _members(ids, week, today),
            _leads(ids, week, opens_at(prompt_day(start_on, week)), today),
        ):
            found.update(session.exec(wanted))
    return sorted(found)


def _members(ids: Collection[int], week: int, today: date) -> SelectOfScalar[int]:
    return (
        select(Member.review_id)
        .join(Person, col(Person.id) == col(Member.person_id))
        .where(
            col(Member.review_id).in_(ids), col(Member.removed_at).is_(None),
            col(Person.entra_id).is_not(None),
            ~_asked(col(Person.tenant_id), col(Person.id), col(Member.review_id), week),
            ~is_away_on(col(Person.id), today),
        )
        .distinct()
    )  # fmt: skip


def _leads(ids: Collection[int], week: int, began: datetime, today: date) -> SelectOfScalar[int]:
    """Leads who may record answers for people without Teams, or for whom an area waits."""
    without_teams = exists().where(
        col(Member.review_id) == col(ReviewArea.review_id), col(Member.removed_at).is_(None),
        col(Member.person_id) == col(Person.id), col(Person.entra_id).is_(None),
    )  # fmt: skip
    waits = col(ReviewArea.state).in_(rounds.FOR_LEAD) & or_(
        col(ReviewArea.since).is_(None), col(ReviewArea.since) < began
    )
    lead = func.coalesce(ReviewArea.lead_id, Review.lead_id)
    return (
        select(ReviewArea.review_id)
        .join(Review, col(Review.id) == col(ReviewArea.review_id))
        .where(
            col(ReviewArea.review_id).in_(ids), or_(waits, without_teams),
            ~_asked(col(Review.tenant_id), lead, col(ReviewArea.review_id), week),
            ~is_away_on(lead, today),
        )
        .distinct()
    )  # fmt: skip


def _asked(tenant: _Column, person: _Column, review: _Column, week: int) -> ColumnElement[bool]:
    """As `deliveries.asked` has it, found by the delivery's unique key."""
    return exists().where(
        col(Delivery.tenant_id) == tenant, col(Delivery.kind) == "prompt",
        col(Delivery.recipient) == literal("person:") + cast(person, String),
        col(Delivery.subject) == literal("review:") + cast(review, String),
        col(Delivery.slot) == f"week:{week}",
        or_(col(Delivery.state) != DeliveryState.CANCELLED, col(Delivery.error) != ""),
    )  # fmt: skip
