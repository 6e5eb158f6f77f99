"""Rounds: areas open, close by the calendar or once everyone has answered, and can be extended.

A round closes at 5pm London time on its closing day, or at 5pm on the first working day after the
last active member answered. It is carried out at 5.15pm, so that it never falls into a press.
Round 1 asks for levels and words; the later ones ask what people think of the draft.
"""

from collections.abc import Collection, Mapping
from datetime import date, datetime

from sqlmodel import Session, and_, col, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from eocif import audit, messages, turnouts
from eocif.access import area_of, enter
from eocif.errors import FieldProblem, Invalid, NotNow
from eocif.local_edition import rule_of
from eocif.models import Response, Review, ReviewArea, View
from eocif.people import Actor, known
from eocif.rules.authorisation import Act
from eocif.rules.dates import closed_from, day_in_words, london_day, opens_at
from eocif.rules.drafting import due_on
from eocif.rules.due import (
    accepts_answers,
    closing_day,
    earliest_start,
    early_closing_day,
    furthest,
)
from eocif.rules.progress import AreaState, ReviewState, may_move_area
from eocif.rules.rule_words import needed
from eocif.rules.set_up import typed_date
from eocif.rules.working_days import is_working_day

AFTER: Mapping[str, AreaState] = {
    AreaState.ROUND_1: AreaState.DRAFTING,
    AreaState.ROUND_2: AreaState.CONCLUDING,
}
"""The states in which an area takes answers, and those that follow."""

FOR_LEAD = tuple(AFTER.values())
"""The states in which an area waits for its lead."""


def is_open(area: ReviewArea, now: datetime) -> bool:
    """Whether an answer to round 1 that arrives now counts."""
    return area.state == AreaState.ROUND_1 and takes_answers(area, now)


def is_confirming(area: ReviewArea, now: datetime) -> bool:
    """Whether an answer to the draft that arrives now counts."""
    return area.state == AreaState.ROUND_2 and takes_answers(area, now)


def takes_answers(area: ReviewArea, now: datetime) -> bool:
    """Whether an answer that arrives now counts, in whichever round the area is."""
    return (
        area.state in AFTER
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


def first_closed_on(area: ReviewArea) -> date | None:
    """The day on which round 1 closed; before that, the day on which it closes."""
    return london_day(area.closed_at) if area.closed_at else closes_on(area)


def draft_due_on(area: ReviewArea) -> date | None:
    """By when its lead is to draft or conclude it; None while it does not wait for them."""
    since = area.since or area.closed_at
    return due_on(since) if since and area.state in FOR_LEAD else None


def in_words(area: ReviewArea) -> str:
    """An area and its round, as they begin a sentence: “Area 5”, later “Round 2 of area 5”."""
    first = area.state not in turnouts.WITH_DRAFT
    return f"Area {area.number}" if first else f"Round {area.round} of area {area.number}"


def look_again(
    session: Session, *, review_id: int, numbers: Collection[int], now: datetime
) -> None:
    """Set or lift the early closing of areas where someone has just answered, come or gone.

    Areas are locked before answers are counted: of two last answers at once, one sees both.
    """
    wanted = select(ReviewArea).where(
        ReviewArea.review_id == review_id,
        col(ReviewArea.state).in_(AFTER),
        col(ReviewArea.number).in_(numbers),
    )
    locked = wanted.order_by(col(ReviewArea.number)).with_for_update(key_share=True)
    open_areas = session.exec(locked, execution_options={"populate_existing": True}).all()
    taken = turnouts.turnouts(session, review_id=review_id) if open_areas else {}
    for area in open_areas:
        standing = area.early_on or early_closing_day(now)
        complete = taken[area.number].is_complete and not area.is_held_open
        early_on = standing if complete else None
        if early_on != area.early_on:
            area.early_on, area.look_on = early_on, london_day(now)
        session.add(area)


def look_again_without(session: Session, *, review_id: int, member_id: int, now: datetime) -> None:
    """Look again at every open area where this member, who came or went, has not answered."""
    answered = select(View.area_id).where(
        View.member_id == member_id, col(View.answered_at).is_not(None)
    )
    confirmed = select(Response.area_id).where(
        Response.member_id == member_id, Response.round == ReviewArea.round, Response.answer != ""
    )
    numbers = session.exec(
        select(ReviewArea.number).where(
            ReviewArea.review_id == review_id,
            or_(
                and_(ReviewArea.state == AreaState.ROUND_1, col(ReviewArea.id).not_in(answered)),
                and_(ReviewArea.state == AreaState.ROUND_2, col(ReviewArea.id).not_in(confirmed)),
            ),
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
            move(area, AreaState.ROUND_1, now)
            area.opened_at = now
            session.add(area)
            _note(session, area, "round opened", now)


def close_due(session: Session, *, now: datetime) -> list[int]:
    """Close every round whose time has come; the ids of the areas closed."""
    closed = []
    today = london_day(now)
    may_close = or_(col(ReviewArea.closes_on) <= today, col(ReviewArea.early_on) <= today)
    for area in session.exec(_running().where(col(ReviewArea.state).in_(AFTER), may_close)).all():
        day = closes_on(area)
        if day is not None and now >= closed_from(day):
            _close(session, area, day, now)
            closed.append(known(area.id))
    return closed


def _close(session: Session, area: ReviewArea, day: date, now: datetime) -> None:
    because = "everyone answered" if area.early_on == day else "the day came"
    if area.state == AreaState.ROUND_1:
        # When answers began to come too late: after an outage that is not when we saw to it.
        area.closed_at = closed_from(day)
    move(area, AFTER[area.state], now)
    session.add(area)
    _note(session, area, "round closed", now, because=because)
    messages.follow(session, review_id=area.review_id, now=now, numbers=(area.number,))


def _running() -> SelectOfScalar[ReviewArea]:
    return (
        select(ReviewArea)
        .join(Review, col(Review.id) == col(ReviewArea.review_id))
        .where(Review.state == ReviewState.COLLECTING)
        .order_by(col(ReviewArea.id))
        .with_for_update(of=ReviewArea, key_share=True)  # a second replica finds nothing to do
    )


def move(area: ReviewArea, to: AreaState, now: datetime) -> None:
    """Bring an area into another state, which begins now: its lead's working days count from it."""
    if not may_move_area(AreaState(area.state), to):
        raise AssertionError(f"{area.state} → {to} should have been refused before")
    area.state, area.since, area.look_on = to, now, london_day(now)


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
    area.look_on = london_day(now)
    session.add(area)
    messages.follow(session, review_id=review_id, now=now, numbers=(number,))
    _note(session, area, "round extended", now, who=actor.person_id, until=day.isoformat())
    return day


def close_early(
    session: Session, *, actor: Actor, review_id: int, number: int, now: datetime
) -> date:
    """Close a round at 5pm today, or on the next working day, once enough people answered."""
    area = _for_lead(session, actor, review_id, number, now)
    if not turnouts.turnouts(session, review_id=review_id)[number].is_enough:
        who = needed(rule_of(session.get_one(Review, review_id)))
        lived = f", {who.lived}" if who.lived else ""
        raise NotNow(
            f"{in_words(area)} cannot close yet: it needs answers from {who.people} and "
            f"{who.perspectives}{lived}.",
            kept="The round stays open and every answer is kept.",
            next_step="You can remind those who have not answered.",
        )
    day = earliest_start(now)
    area.closes_on, area.look_on = min(day, area.closes_on or day), london_day(now)
    session.add(area)
    messages.follow(session, review_id=review_id, now=now, numbers=(number,))
    _note(session, area, "round closes early", now, who=actor.person_id, on=day.isoformat())
    return closing_day(area.closes_on, area.early_on)


def _for_lead(
    session: Session, actor: Actor, review_id: int, number: int, now: datetime
) -> ReviewArea:
    enter(session, actor=actor, review_id=review_id, act=Act.CHANGE_ROUND, lock=True)
    area = area_of(session, review_id=review_id, number=number, lock=True)
    if not takes_answers(area, now):
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
        subject=f"area:{area.number}", round=area.round, **detail,
    )  # fmt: skip
