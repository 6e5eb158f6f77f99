"""What people are told without owing an answer: areas that wait for them, areas that ended.

News gathers until the next working morning, so that several rounds which close on one evening are
one message. Nobody is told the same twice: whatever went out since then has said it already.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, exists
from sqlalchemy.sql.elements import SQLCoreOperations
from sqlmodel import Session, col, func, or_, select
from sqlmodel.sql.expression import Select

from eocif import deliveries, habits, rounds
from eocif.models import (
    Delivery,
    DeliveryState,
    Evidence,
    Member,
    Person,
    Rating,
    Response,
    Review,
    ReviewArea,
    View,
)
from eocif.people import known
from eocif.rules.answers import WORDS
from eocif.rules.dates import in_working_hours, london_day, opens_at
from eocif.rules.progress import AreaState, ReviewState

_LATELY = timedelta(days=14)
"""What is older was said by a weekly message, or reaches nobody any more."""

_Due = set[tuple[int, int]]
_Span = tuple[datetime, Collection[int]]
"""Since when things are news, and to whom: to everyone, where nobody is named."""
_Column = SQLCoreOperations[Any]


def due(session: Session, *, now: datetime, review_id: int | None = None) -> _Due:
    """Whom something is news to this morning, as pairs of review and person.

    Leads, of areas that have begun to wait for them; members with Teams, of concluded areas that
    they contributed to. None outside working hours. Who is away hears on the day they are back,
    and who wants to hear once a week on their day of it.
    """
    if not in_working_hours(now):
        return set()
    found: _Due = set()
    for span in _spans(session, now):
        for wanted in (_to_leads(now, span), _to_members(now, span)):
            asked = wanted if review_id is None else wanted.where(Review.id == review_id)
            found |= {(known(row[0]), row[1]) for row in session.exec(asked)}
    hear = habits.hear_today(session, {person for _, person in found}, now=now)
    return {(review, person) for review, person in found if person in hear}


def ended(session: Session, *, review_id: int, now: datetime) -> dict[int, list[int]]:
    """By person, the concluded areas that are news to them.

    A message about nothing else is about these: it leads to them still when newer ones have come.
    """
    rows: set[tuple[int, int]] = set()
    for span in _spans(session, now):
        wanted = _to_members(now, span).where(Review.id == review_id)
        rows |= {(person_id, number) for _, person_id, number in session.exec(wanted)}
    found: dict[int, list[int]] = defaultdict(list)
    for person_id, number in sorted(rows):
        found[person_id].append(number)
    return dict(found)


def _spans(session: Session, now: datetime) -> list[_Span]:
    """Lately, for everyone; for who has just been away also what happened in the meantime.

    Apart from each other, because the second looks far back, and few people are asked about.
    """
    lately = now - _LATELY
    back = habits.back_since(session, london_day(lately), today=london_day(now))
    if not back:
        return [(lately, ())]
    return [(lately, ()), (opens_at(min(back.values())) - _LATELY, back.keys())]


def _to_leads(now: datetime, span: _Span) -> Select[Any, Any]:
    lead = func.coalesce(ReviewArea.lead_id, Review.lead_id)
    return (
        select(Review.id, lead)
        .join(ReviewArea, col(ReviewArea.review_id) == col(Review.id))
        .where(
            Review.state == ReviewState.COLLECTING, col(ReviewArea.state).in_(rounds.FOR_LEAD),
            *_this_morning(lead, col(ReviewArea.since), now, span),
            ~_told(lead, col(ReviewArea.since)),
        )
    )  # fmt: skip


def _to_members(now: datetime, span: _Span) -> Select[Any, Any, Any]:
    ended, person = col(ReviewArea.concluded_at), col(Member.person_id)
    return (
        select(Review.id, Member.person_id, ReviewArea.number)
        .join(ReviewArea, col(ReviewArea.review_id) == col(Review.id))
        .join(Member, col(Member.review_id) == col(Review.id))
        .join(Person, col(Person.id) == person)
        .where(
            col(Review.state).in_((ReviewState.COLLECTING, ReviewState.SIGNED_OFF)),
            ReviewArea.state == AreaState.CONCLUDED, ReviewArea.concluded_by != Member.person_id,
            col(Member.removed_at).is_(None), col(Person.entra_id).is_not(None),
            *_this_morning(person, ended, now, span), _contributed(col(Member.id)),
            ~_told(person, ended),
        )
    )  # fmt: skip


def _this_morning(
    person: _Column, since: _Column, now: datetime, span: _Span
) -> tuple[ColumnElement[bool], ...]:
    first, whose = span
    within = (since < opens_at(london_day(now)), since > first)
    return (*within, person.in_(whose)) if whose else within


def _told(person: _Column, since: _Column) -> ColumnElement[bool]:
    """Whether a message about the review has gone to someone since, or is on its way to them."""
    went = func.coalesce(Delivery.settled_at, Delivery.next_at) >= since
    on_its_way = col(Delivery.state).in_([DeliveryState.QUEUED, DeliveryState.SENDING])
    return exists().where(
        col(Delivery.person_id) == person, col(Delivery.review_id) == col(Review.id),
        col(Delivery.kind).in_(deliveries.UNASKED),
        col(Delivery.state) != DeliveryState.CANCELLED, or_(on_its_way, went),
    )  # fmt: skip


def _contributed(member: _Column | int) -> ColumnElement[bool]:
    """Whether a member gave levels, words or evidence to an area, or answered its draft."""
    area = col(ReviewArea.id)
    with_evidence = col(View.id).in_(select(Evidence.view_id))
    words = or_(*(col(getattr(View, field)) != "" for field in WORDS), with_evidence)
    return or_(
        exists().where(col(Rating.area_id) == area, col(Rating.member_id) == member),
        exists().where(col(View.area_id) == area, col(View.member_id) == member, words),
        exists().where(
            col(Response.area_id) == area, col(Response.member_id) == member,
            col(Response.answer) != "",
        ),
    )  # fmt: skip


def concluded(session: Session, *, member: Member, areas: Iterable[ReviewArea]) -> tuple[int, ...]:
    """The areas concluded since the message before someone's latest, where they contributed.

    Before the latest, so that it still says so when it is opened again.
    """
    ended = [known(area.id) for area in areas if area.state == AreaState.CONCLUDED]
    if not ended:
        return ()
    before = _message_before(session, member)
    mine = select(ReviewArea.number).where(
        col(ReviewArea.id).in_(ended), _contributed(known(member.id))
    )
    if before is not None:
        mine = mine.where(col(ReviewArea.concluded_at) > before)
    return tuple(session.exec(mine.order_by(col(ReviewArea.number))))


def _message_before(session: Session, member: Member) -> datetime | None:
    """When the message before their latest went out; one that is being sent now is the latest."""
    sent = select(Delivery.settled_at).where(
        Delivery.person_id == member.person_id,
        Delivery.review_id == member.review_id,
        col(Delivery.kind).in_(deliveries.UNASKED),
        col(Delivery.state).in_([DeliveryState.SENT, DeliveryState.SENDING]),
    )
    return session.exec(sent.order_by(col(Delivery.id).desc()).offset(1).limit(1)).first()
