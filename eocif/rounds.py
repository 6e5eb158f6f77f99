"""Rounds: areas open, close by the calendar or once everyone has answered, and can be extended.

A round closes at 5pm London time on its closing day, or at 5pm on the first working day after the
last active member answered. It is carried out at 5.15pm, so that it never falls into a press.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from eocif import audit, messages
from eocif.access import area_of, areas_of, enter
from eocif.errors import FieldProblem, Invalid, NotNow
from eocif.models import Member, Review, ReviewArea, View
from eocif.people import Actor, known
from eocif.rules import agreement
from eocif.rules.authorisation import Act
from eocif.rules.dates import closed_from, day_in_words, london_day, opens_at
from eocif.rules.due import (
    accepts_answers,
    closing_day,
    earliest_start,
    early_closing_day,
    furthest,
)
from eocif.rules.perspectives import Voice, perspective
from eocif.rules.progress import AreaState, ReviewState, may_move_area
from eocif.rules.set_up import typed_date
from eocif.rules.working_days import is_working_day


@dataclass(frozen=True)
class Turnout:
    """Who took part in an area so far: numbers only."""

    members: int
    answered: int
    perspectives: int
    lived_experience: int

    @property
    def is_complete(self) -> bool:
        """Every active member has answered."""
        return bool(self.members) and self.answered == self.members

    @property
    def is_enough(self) -> bool:
        """Enough different people took part for the area to be judged."""
        return agreement.is_enough(
            self.answered, perspectives=self.perspectives, lived_experience=self.lived_experience
        )


def is_open(area: ReviewArea, now: datetime) -> bool:
    """Whether an answer that arrives now counts."""
    return (
        area.state == AreaState.ROUND_1
        and area.closes_on is not None
        and accepts_answers(now, area.closes_on, area.early_on)
    )


def state_for_seeing(area: ReviewArea) -> AreaState:
    """The state that decides who sees what: set aside before its round closed stays blind."""
    state = AreaState(area.state)
    if state is AreaState.SET_ASIDE and area.closed_at is None:
        return AreaState.ROUND_1
    return state


def closes_on(area: ReviewArea) -> date | None:
    """The day on which the area's round closes, as far as known now."""
    return closing_day(area.closes_on, area.early_on) if area.closes_on else None


def answered_by(session: Session, area: ReviewArea) -> int:
    """How many active members have answered an area: all that a member's own card needs."""
    answers = select(func.count()).select_from(View).join(Member)
    return session.exec(
        answers.where(
            View.area_id == area.id,
            col(View.answered_at).is_not(None),
            col(Member.removed_at).is_(None),
        )
    ).one()


def turnouts(session: Session, *, review_id: int) -> dict[int, Turnout]:
    """Every area's turnout, by the area's number."""
    members = {
        known(member.id): member
        for member in session.exec(
            select(Member).where(Member.review_id == review_id, col(Member.removed_at).is_(None))
        )
    }
    answered: dict[int, list[int]] = defaultdict(list)
    for area_id, member_id in session.exec(
        select(View.area_id, View.member_id)
        .join(ReviewArea, col(ReviewArea.id) == col(View.area_id))
        .where(ReviewArea.review_id == review_id, col(View.answered_at).is_not(None))
    ):
        if member_id in members:
            answered[area_id].append(member_id)
    return {
        area.number: _turnout(members, answered[known(area.id)])
        for area in areas_of(session, review_id=review_id)
    }


def _turnout(members: dict[int, Member], answers: list[int]) -> Turnout:
    spoken = [members[member_id].perspectives[0] for member_id in answers]
    lived = [key for key in spoken if perspective(key).voice is Voice.LIVED_EXPERIENCE]
    return Turnout(len(members), len(answers), len(set(spoken)), len(lived))


def look_again(
    session: Session, *, review_id: int, numbers: Collection[int], now: datetime
) -> None:
    """Set or lift the early closing of areas where someone has just answered, come or gone.

    Areas are locked before answers are counted: of two last answers at once, one sees both.
    """
    wanted = select(ReviewArea).where(
        ReviewArea.review_id == review_id,
        ReviewArea.state == AreaState.ROUND_1,
        col(ReviewArea.number).in_(numbers),
    )
    locked = wanted.order_by(col(ReviewArea.number)).with_for_update(key_share=True)
    open_areas = session.exec(locked, execution_options={"populate_existing": True}).all()
    taken = turnouts(session, review_id=review_id) if open_areas else {}
    for area in open_areas:
        standing = area.early_on or early_closing_day(now)
        complete = taken[area.number].is_complete and not area.is_held_open
        area.early_on = standing if complete else None
        session.add(area)


def look_again_without(session: Session, *, review_id: int, member_id: int, now: datetime) -> None:
    """Look again at every open area where this member, who came or went, has not answered."""
    answered = select(View.area_id).where(
        View.member_id == member_id, col(View.answered_at).is_not(None)
    )
    numbers = session.exec(
        select(ReviewArea.number).where(
            ReviewArea.review_id == review_id, col(ReviewArea.id).not_in(answered)
        )
    ).all()
    look_again(session, review_id=review_id, numbers=numbers, now=now)


# --- what the tick does ---------------------------------------------------------------


def open_due(session: Session, *, now: datetime) -> None:
    """Open every area whose day has come."""
    today = london_day(now)
    for area in session.exec(_running().where(
        ReviewArea.state == AreaState.WAITING, col(ReviewArea.opens_on) <= today
    )).all():  # fmt: skip
        if area.opens_on is not None and now >= opens_at(area.opens_on):
            _move(area, AreaState.ROUND_1)
            area.opened_at = now
            session.add(area)
            _note(session, area, "round opened", now)


def close_due(session: Session, *, now: datetime) -> list[int]:
    """Close every round whose time has come; the ids of the areas closed."""
    closed = []
    for area in session.exec(_running().where(ReviewArea.state == AreaState.ROUND_1)).all():
        day = closes_on(area)
        if day is not None and now >= closed_from(day):
            _move(area, AreaState.DRAFTING)
            area.closed_at = now
            session.add(area)
            because = "everyone answered" if area.early_on == day else "the day came"
            _note(session, area, "round closed", now, because=because)
            closed.append(known(area.id))
            messages.follow(session, review_id=area.review_id, now=now, numbers=(area.number,))
    return closed


def _running() -> SelectOfScalar[ReviewArea]:
    return (
        select(ReviewArea)
        .join(Review, col(Review.id) == col(ReviewArea.review_id))
        .where(Review.state == ReviewState.COLLECTING)
        .order_by(col(ReviewArea.id))
        .with_for_update(of=ReviewArea, key_share=True)  # a second replica finds nothing to do
    )


def _move(area: ReviewArea, to: AreaState) -> None:
    if not may_move_area(AreaState(area.state), to):
        raise AssertionError(f"{area.state} → {to} should have been refused before")
    area.state = to


# --- what the lead does ---------------------------------------------------------------


def extend(
    session: Session, *, actor: Actor, review_id: int, number: int, until: str, now: datetime
) -> date:
    """Give a round a later closing day, typed or picked."""
    area = _for_lead(session, actor, review_id, number, now)
    day, standing = typed_date(until), closes_on(area)
    if day is None:
        raise Invalid(
            FieldProblem("until", "We could not read this date. Type it like 18 February 2028.")
        )
    if day <= london_day(now) or (day <= furthest(now) and not is_working_day(day)):
        raise Invalid(FieldProblem("until", "Choose a working day after today."))
    if day > furthest(now):
        raise Invalid(FieldProblem("until", "This day is too far ahead. Choose one within a year."))
    if day == area.closes_on and area.early_on is None:
        return day  # the same press, come again
    if standing and day <= standing:
        raise Invalid(
            FieldProblem(
                "until",
                f"The round already closes on {day_in_words(standing)}. Choose a later day.",
            )
        )
    area.closes_on, area.early_on, area.is_held_open = day, None, True
    session.add(area)
    messages.follow(session, review_id=review_id, now=now, numbers=(number,))
    _note(session, area, "round extended", now, who=actor.person_id, until=day.isoformat())
    return day


def close_early(
    session: Session, *, actor: Actor, review_id: int, number: int, now: datetime
) -> date:
    """Close a round at 5pm today, or on the next working day, once enough people answered."""
    area = _for_lead(session, actor, review_id, number, now)
    if not turnouts(session, review_id=review_id)[number].is_enough:
        least = agreement.DEFAULT
        raise NotNow(
            f"Area {number} cannot close yet: it needs answers from {least.people} people and "
            f"{least.perspectives} perspectives, one with lived experience.",
            kept="The round stays open and every answer is kept.",
            next_step="You can remind those who have not answered.",
        )
    day = earliest_start(now)
    area.closes_on = min(day, area.closes_on or day)
    session.add(area)
    messages.follow(session, review_id=review_id, now=now, numbers=(number,))
    _note(session, area, "round closes early", now, who=actor.person_id, on=day.isoformat())
    return closing_day(area.closes_on, area.early_on)


def _for_lead(
    session: Session, actor: Actor, review_id: int, number: int, now: datetime
) -> ReviewArea:
    enter(session, actor=actor, review_id=review_id, act=Act.CHANGE_ROUND, lock=True)
    area = area_of(session, review_id=review_id, number=number)
    if not is_open(area, now):
        raise NotNow(
            f"Area {number} has no open round now.",
            kept="Nothing was changed.",
            next_step="Type “review” to see every area's dates.",
        )
    return area


def _note(
    session: Session, area: ReviewArea, event: str, now: datetime, who: int | None = None,
    **detail: str,
) -> None:  # fmt: skip
    audit.record(
        session, event, tenant_id=area.tenant_id, now=now, who=who, review_id=area.review_id,
        subject=f"area:{area.number}", **detail,
    )  # fmt: skip
