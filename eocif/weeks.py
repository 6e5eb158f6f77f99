"""A person's areas: this week's message, all that is open for them, and what they still owe."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from sqlmodel import Session, col, select

from eocif import news, reviews, rounds
from eocif.access import areas_of, enter, name_of
from eocif.errors import NotYours
from eocif.local_edition import edition_of, statements_of
from eocif.models import Member, Person, Review, ReviewArea
from eocif.owed import Given, given
from eocif.people import Actor, known
from eocif.rules import drafting, responses
from eocif.rules.authorisation import Act
from eocif.rules.progress import AreaState, ReviewState
from eocif.rules.statements import minutes
from eocif.summaries import (
    AreaProgress,
    AreaTask,
    MyAreas,
    OnBehalf,
    Place,
    Privacy,
    WeekSummary,
)
from eocif.turnouts import WITH_DRAFT

UNFINISHED = ("to do", "part done", "to confirm")
"""The statuses of areas that wait for the person whose they are."""


def week(
    session: Session, *, actor: Actor, place: Place, now: datetime, is_pointer: bool = False
) -> WeekSummary:
    """A weekly message as it stands now, for a member or for a lead who records for others."""
    access = enter(session, actor=actor, review_id=place.review_id, act=Act.SEE_REVIEW)
    member = access.member if access.member and not access.member.removed_at else None
    if place.member_id:
        raise NotYours("This card is for someone else.", kept="Nothing was changed.")
    review, areas = access.review, areas_of(session, review_id=place.review_id)
    progress: tuple[AreaProgress, ...] = ()
    concluded: tuple[int, ...] = ()
    if member is not None:
        listed = [area for area in areas if area.number in place.areas]
        mine = given(session, review_id=place.review_id, member_ids=[known(member.id)])
        progress = _progress(review, mine[known(member.id)], listed, now)
        concluded = news.concluded(session, member=member, areas=areas)
    edition = edition_of(review)
    return WeekSummary(
        head=reviews.head(session, review), place=place, first_name=actor.first_name,
        areas=progress, tasks=tasks(session, review=review, person_id=actor.person_id, now=now),
        minutes=sum(each.minutes for each in progress if each.status in UNFINISHED),
        privacy=Privacy(
            name_of(session, review.lead_id), review.area_leads_see_names, actor.leads_are_shared
        ),
        edition=edition, is_pointer=is_pointer,
        lead_tasks=lead_tasks(review, areas, actor.person_id),
        concluded=tuple(edition.area(number) for number in concluded),
    )  # fmt: skip


def lead_tasks(review: Review, areas: Iterable[ReviewArea], person_id: int) -> tuple[AreaTask, ...]:
    """The areas that wait for someone as their lead, soonest due first."""
    edition, waiting = edition_of(review), []
    for area in areas:
        if area.state in rounds.FOR_LEAD and (area.lead_id or review.lead_id) == person_id:
            due_on = drafting.due_on(area.since) if area.since else None
            waiting.append(AreaTask(edition.area(area.number), area.state, due_on))
    return tuple(sorted(waiting, key=lambda each: (each.due_on or date.max, each.area.number)))


def tasks(
    session: Session, *, review: Review, person_id: int, now: datetime
) -> tuple[OnBehalf, ...]:
    """What people without Teams still owe in the areas that this person leads."""
    led = [
        area
        for area in areas_of(session, review_id=known(review.id))
        if (area.lead_id or review.lead_id) == person_id and rounds.takes_answers(area, now)
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
        if area.state in rounds.AFTER
    )


def _progress(
    review: Review, theirs: Given, areas: Iterable[ReviewArea], now: datetime
) -> tuple[AreaProgress, ...]:
    edition = edition_of(review)
    found = []
    for area in areas:
        statements, has_draft = statements_of(review, area.number), area.state in WITH_DRAFT
        shown = edition.area(area.number)
        takes = minutes(shown, review.rating_unit)
        found.append(
            AreaProgress(
                shown, rounds.closes_on(area), theirs.rated.get(known(area.id), 0),
                len(statements), responses.minutes(len(statements)) if has_draft else takes,
                _status(area, theirs, now), area.round if has_draft else 1, review.rating_unit,
            )
        )  # fmt: skip
    return tuple(found)


def _status(area: ReviewArea, theirs: Given, now: datetime) -> str:
    if said := _STATUSES.get(area.state):
        return said
    if not rounds.takes_answers(area, now):
        return "closed"
    if area.state == AreaState.ROUND_2:
        return "to confirm" if theirs.owes(area) else "confirmed"
    if area.id in theirs.answered:
        return "answered"
    if area.id in theirs.withdrawn:
        return "withdrawn"
    return "part done" if theirs.rated.get(known(area.id)) else "to do"


_STATUSES: Mapping[str, str] = {
    AreaState.WAITING: "not open yet",
    AreaState.SET_ASIDE: "set aside",
    AreaState.CONCLUDED: "concluded",
}
