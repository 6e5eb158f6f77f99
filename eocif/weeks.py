"""A person's areas: this week's message, all that is open for them, and what they still owe."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func
from sqlmodel import Session, col, or_, select

from eocif import reviews, rounds
from eocif.access import areas_of, enter, name_of
from eocif.answering import ROUND, Answering
from eocif.errors import NotYours
from eocif.models import Member, Person, Rating, Review, ReviewArea, View
from eocif.people import Actor, known
from eocif.rules import framework
from eocif.rules.authorisation import Act
from eocif.rules.framework import minutes
from eocif.rules.progress import AreaState, ReviewState
from eocif.summaries import AreaProgress, MyAreas, OnBehalf, Place, Privacy, WeekSummary


@dataclass(frozen=True)
class Given:
    """What one member has given so far, by area id."""

    rated: dict[int, int]
    answered: frozenset[int]
    withdrawn: frozenset[int]

    def owes(self, area: ReviewArea) -> bool:
        """Neither answered nor withdrawn."""
        return area.id not in self.answered and area.id not in self.withdrawn


def given(session: Session, *, review_id: int, member_ids: Collection[int]) -> dict[int, Given]:
    """What each of these members has given, in three queries however many there are."""
    inside = select(ReviewArea.id).where(ReviewArea.review_id == review_id)
    rated: dict[int, dict[int, int]] = defaultdict(dict)
    for member_id, area_id, count in session.exec(
        select(Rating.member_id, Rating.area_id, func.count())
        .where(
            col(Rating.member_id).in_(member_ids), col(Rating.area_id).in_(inside),
            Rating.round == ROUND,
        )
        .group_by(col(Rating.member_id), col(Rating.area_id))
    ):  # fmt: skip
        rated[member_id][area_id] = count
    theirs = (col(View.member_id).in_(member_ids), col(View.area_id).in_(inside))
    answered = _pairs(session, *theirs, col(View.answered_at).is_not(None))
    withdrawn = _pairs(session, *theirs, col(View.withdrawn_at).is_not(None))
    return {
        member_id: Given(
            rated[member_id], frozenset(answered[member_id]), frozenset(withdrawn[member_id])
        )
        for member_id in member_ids
    }


def _pairs(session: Session, *conditions: ColumnElement[bool]) -> dict[int, set[int]]:
    pairs: dict[int, set[int]] = defaultdict(set)
    for member_id, area_id in session.exec(select(View.member_id, View.area_id).where(*conditions)):
        pairs[member_id].add(area_id)
    return pairs


def still_to_do(
    session: Session, *, at: Answering, numbers: Iterable[int], now: datetime
) -> tuple[int, ...]:
    """The other areas of a message that their member still owes."""
    settled = select(View.area_id).where(
        View.member_id == at.member.id,
        or_(col(View.answered_at).is_not(None), col(View.withdrawn_at).is_not(None)),
    )
    owed = session.exec(
        select(ReviewArea)
        .where(
            ReviewArea.review_id == at.review.id,
            ReviewArea.state == AreaState.ROUND_1,
            col(ReviewArea.id).not_in(settled),
        )
        .order_by(col(ReviewArea.number))
    )
    wanted = set(numbers) - {at.area.number}
    return tuple(
        area.number for area in owed if area.number in wanted and rounds.is_open(area, now)
    )


def week(
    session: Session, *, actor: Actor, place: Place, now: datetime, is_pointer: bool = False
) -> WeekSummary:
    """A weekly message as it stands now, for a member or for a lead who records for others."""
    access = enter(session, actor=actor, review_id=place.review_id, act=Act.SEE_REVIEW)
    member = access.member if access.member and not access.member.removed_at else None
    if place.member_id:
        raise NotYours("This card is for someone else.", kept="Nothing was changed.")
    areas = areas_of(session, review_id=place.review_id)
    listed = [area for area in areas if area.number in place.areas] if member else []
    progress: tuple[AreaProgress, ...] = ()
    if member is not None:
        review_id, member_id = place.review_id, known(member.id)
        mine = given(session, review_id=review_id, member_ids=[member_id])[member_id]
        progress = _progress(access.review, mine, listed, now)
    waiting = tasks(session, review=access.review, person_id=actor.person_id, now=now)
    return WeekSummary(
        head=reviews.head(session, access.review), place=place, first_name=actor.first_name,
        areas=progress, tasks=waiting,
        minutes=sum(each.minutes for each in progress if each.status in ("to do", "part done")),
        privacy=Privacy(
            name_of(session, access.review.lead_id), access.review.area_leads_see_names,
            actor.leads_are_shared,
        ),
        edition=framework.edition(access.review.edition), is_pointer=is_pointer,
    )  # fmt: skip


def tasks(
    session: Session, *, review: Review, person_id: int, now: datetime
) -> tuple[OnBehalf, ...]:
    """What people without Teams still owe in the areas that this person leads."""
    led = [
        area
        for area in areas_of(session, review_id=known(review.id))
        if (area.lead_id or review.lead_id) == person_id and rounds.is_open(area, now)
    ]
    if not led:
        return ()
    rows = session.exec(
        select(Member, Person)
        .join(Person, col(Person.id) == col(Member.person_id))
        .where(
            Member.review_id == known(review.id), col(Member.removed_at).is_(None),
            col(Person.entra_id).is_(None),
        )
        .order_by(col(Person.name))
    ).all()  # fmt: skip
    theirs = given(
        session, review_id=known(review.id), member_ids=[known(member.id) for member, _ in rows]
    )
    found = []
    for member, person in rows:
        so_far = theirs[known(member.id)]
        if owed := [area for area in led if so_far.owes(area)]:
            progress = _progress(review, so_far, owed, now)
            needs = person.communication_needs
            found.append(OnBehalf(known(member.id), person.name, needs, progress))
    return tuple(found)


def my_areas(session: Session, *, actor: Actor, now: datetime) -> MyAreas:
    """Everything open for a person, over all their reviews, and the reviews they lead."""
    running = session.exec(
        select(Review)
        .where(Review.tenant_id == actor.tenant_id, Review.state == ReviewState.COLLECTING)
        .order_by(col(Review.id))
    ).all()
    shown = [
        week(
            session,
            actor=actor,
            place=Place(known(review.id), _open_numbers(session, review)),
            now=now,
        )
        for review in running
        if _takes_part(session, review, actor.person_id)
    ]
    led = session.exec(
        select(Review).where(
            Review.tenant_id == actor.tenant_id, Review.lead_id == actor.person_id,
            col(Review.state).in_([ReviewState.DRAFT, ReviewState.COLLECTING]),
        )
    )  # fmt: skip
    return MyAreas(
        actor.first_name, tuple(shown), tuple(reviews.head(session, review) for review in led)
    )


def _takes_part(session: Session, review: Review, person_id: int) -> bool:
    member = session.exec(
        select(Member.id).where(
            Member.review_id == review.id, Member.person_id == person_id,
            col(Member.removed_at).is_(None),
        )
    ).first()  # fmt: skip
    leads = session.exec(
        select(ReviewArea.id).where(
            ReviewArea.review_id == review.id, ReviewArea.lead_id == person_id
        )
    ).first()
    return bool(member or leads or review.lead_id == person_id)


def _open_numbers(session: Session, review: Review) -> tuple[int, ...]:
    return tuple(
        area.number
        for area in areas_of(session, review_id=known(review.id))
        if area.state == AreaState.ROUND_1
    )


def _progress(
    review: Review, theirs: Given, areas: list[ReviewArea], now: datetime
) -> tuple[AreaProgress, ...]:
    edition = framework.edition(review.edition)
    return tuple(
        AreaProgress(
            edition.area(area.number), rounds.closes_on(area), theirs.rated.get(known(area.id), 0),
            len(edition.area(area.number).indicators), minutes(edition.area(area.number)),
            _status(area, theirs, now),
        )
        for area in areas
    )  # fmt: skip


def _status(area: ReviewArea, theirs: Given, now: datetime) -> str:
    if area.state == AreaState.WAITING:
        return "not open yet"
    if area.state == AreaState.SET_ASIDE:
        return "set aside"
    if not rounds.is_open(area, now):
        return "closed"
    if area.id in theirs.answered:
        return "answered"
    if area.id in theirs.withdrawn:
        return "withdrawn"
    return "part done" if theirs.rated.get(known(area.id)) else "to do"
