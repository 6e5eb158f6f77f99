"""What members have given so far, and what they still owe, in whichever round an area is."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func
from sqlmodel import Session, col, or_, select

from eocif import rounds
from eocif.answering import ROUND, Answering
from eocif.models import Member, Person, Rating, Response, ReviewArea, View
from eocif.people import known
from eocif.rules.progress import AreaState

_Pairs = dict[int, set[int]]


@dataclass(frozen=True)
class Given:
    """What one member has given so far, by area id.

    `answered` and `withdrawn` are of round 1; `confirmed` holds the areas whose latest draft they
    have answered.
    """

    rated: dict[int, int]
    answered: frozenset[int]
    withdrawn: frozenset[int]
    confirmed: frozenset[int]

    def owes(self, area: ReviewArea) -> bool:
        """Whether their answer is missing in the round that the area is in."""
        if _confirms(area):
            return area.id not in self.confirmed
        return area.id not in self.answered and area.id not in self.withdrawn


def given(session: Session, *, review_id: int, member_ids: Collection[int]) -> dict[int, Given]:
    """What each of these members has given, in four queries however many there are."""
    inside = select(ReviewArea.id).where(ReviewArea.review_id == review_id)
    theirs = (col(View.member_id).in_(member_ids), col(View.area_id).in_(inside))
    rated = _rated(session, inside=col(Rating.area_id).in_(inside), member_ids=member_ids)
    answered = _views(session, *theirs, col(View.answered_at).is_not(None))
    withdrawn = _views(session, *theirs, col(View.withdrawn_at).is_not(None))
    confirmed = _confirmed(
        session, ReviewArea.review_id == review_id, col(Response.member_id).in_(member_ids)
    )
    return {
        member_id: Given(
            rated[member_id], frozenset(answered[member_id]), frozenset(withdrawn[member_id]),
            frozenset(confirmed[member_id]),
        )
        for member_id in member_ids
    }  # fmt: skip


def by_area(session: Session, *, areas: Collection[ReviewArea]) -> dict[int, list[Person]]:
    """Whose answer is missing in the round that each area is in, by its id.

    Of many reviews at once, in three queries however many there are.
    """
    if not areas:
        return {}
    ids = [known(area.id) for area in areas]
    settled = _views(
        session, col(View.area_id).in_(ids),
        or_(col(View.answered_at).is_not(None), col(View.withdrawn_at).is_not(None)),
    )  # fmt: skip
    confirmed = _confirmed(session, col(Response.area_id).in_(ids))
    groups = _groups(session, {area.review_id for area in areas})
    return {
        known(area.id): [
            person
            for member_id, person in groups[area.review_id]
            if area.id not in (confirmed if _confirms(area) else settled)[member_id]
        ]
        for area in areas
    }


def _groups(session: Session, review_ids: Collection[int]) -> dict[int, list[tuple[int, Person]]]:
    found: dict[int, list[tuple[int, Person]]] = defaultdict(list)
    for member, person in session.exec(
        select(Member, Person)
        .join(Person, col(Person.id) == col(Member.person_id))
        .where(col(Member.review_id).in_(review_ids), col(Member.removed_at).is_(None))
        .order_by(col(Member.id))
    ):
        found[member.review_id].append((known(member.id), person))
    return found


def _confirms(area: ReviewArea) -> bool:
    return area.state == AreaState.ROUND_2


def _rated(
    session: Session, *, inside: ColumnElement[bool], member_ids: Collection[int]
) -> dict[int, dict[int, int]]:
    found: dict[int, dict[int, int]] = defaultdict(dict)
    for member_id, area_id, count in session.exec(
        select(Rating.member_id, Rating.area_id, func.count())
        .where(col(Rating.member_id).in_(member_ids), inside, Rating.round == ROUND)
        .group_by(col(Rating.member_id), col(Rating.area_id))
    ):
        found[member_id][area_id] = count
    return found


def _views(session: Session, *conditions: ColumnElement[bool]) -> _Pairs:
    pairs: _Pairs = defaultdict(set)
    for member_id, area_id in session.exec(select(View.member_id, View.area_id).where(*conditions)):
        pairs[member_id].add(area_id)
    return pairs


def _confirmed(session: Session, *conditions: ColumnElement[bool] | bool) -> _Pairs:
    pairs: _Pairs = defaultdict(set)
    for member_id, area_id in session.exec(
        select(Response.member_id, Response.area_id)
        .join(ReviewArea, col(ReviewArea.id) == col(Response.area_id))
        .where(Response.round == ReviewArea.round, Response.answer != "", *conditions)
    ):
        pairs[member_id].add(area_id)
    return pairs


# --- the rest of a message --------------------------------------------------------------


def still_to_do(
    session: Session, *, at: Answering, numbers: Iterable[int], now: datetime
) -> tuple[int, ...]:
    """The other areas of a message whose round 1 their member still owes."""
    settled = select(View.area_id).where(
        View.member_id == at.member.id,
        or_(col(View.answered_at).is_not(None), col(View.withdrawn_at).is_not(None)),
    )
    return _others(session, at, AreaState.ROUND_1, col(ReviewArea.id).not_in(settled), numbers, now)


def still_to_confirm(
    session: Session, *, at: Answering, numbers: Iterable[int], now: datetime
) -> tuple[int, ...]:
    """The other areas of a message whose draft their member still has to answer."""
    settled = select(Response.area_id).where(
        Response.member_id == at.member.id,
        Response.round == ReviewArea.round,
        Response.answer != "",
    )
    return _others(session, at, AreaState.ROUND_2, col(ReviewArea.id).not_in(settled), numbers, now)


def _others(
    session: Session, at: Answering, state: AreaState, is_owed: ColumnElement[bool],
    numbers: Iterable[int], now: datetime,
) -> tuple[int, ...]:  # fmt: skip
    owed = session.exec(
        select(ReviewArea)
        .where(ReviewArea.review_id == at.review.id, ReviewArea.state == state, is_owed)
        .order_by(col(ReviewArea.number))
    )
    wanted = set(numbers) - {at.area.number}
    return tuple(
        area.number for area in owed if area.number in wanted and rounds.takes_answers(area, now)
    )
