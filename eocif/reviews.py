"""Start a review, begin it, cancel it."""

from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement
from sqlmodel import Session, and_, col, or_, select, update

from eocif import actions, audit, deliveries, messages, rounds
from eocif.access import areas_of, enter, name_of
from eocif.errors import FieldProblem, Invalid, NotYours
from eocif.models import Person, Review, ReviewArea
from eocif.people import Actor, known
from eocif.readiness import blockers
from eocif.rules import framework
from eocif.rules.authorisation import Act
from eocif.rules.dates import london_day
from eocif.rules.due import earliest_start, timetable
from eocif.rules.progress import AreaState, ReviewState, may_move_area, may_move_review
from eocif.rules.working_days import on_or_after
from eocif.summaries import ReviewHead
from eocif.time_models import Action


def start_set_up(session: Session, *, actor: Actor, nonce: str, now: datetime) -> int:
    """A new draft for someone who may start one, or the draft they already have.

    A draft that follows a review, or rates an area again, stands beside it: it is not meant here.
    """
    if not actor.may_start:
        raise NotYours(
            "You cannot start a review here.",
            kept="Nothing was changed.",
            next_step="Ask your experience of care lead to start one.",
        )
    # Locked, so that two presses at once make one draft.
    session.get_one(Person, actor.person_id, with_for_update={"key_share": True})
    own = f"{actor.person_id}:{nonce}"  # nobody else's press can be taken for theirs
    draft = session.exec(
        select(Review)
        .where(
            Review.tenant_id == actor.tenant_id,
            Review.lead_id == actor.person_id,
            or_(_is_first_draft(), Review.nonce == own),
        )
        .order_by(col(Review.nonce) != own)  # a press that arrives again finds its own review
    ).first()
    return known((draft or _new_draft(session, actor=actor, nonce=own, now=now)).id)


def _is_first_draft() -> ColumnElement[bool]:
    return and_(col(Review.state) == ReviewState.DRAFT, col(Review.before_id).is_(None))


def _new_draft(session: Session, *, actor: Actor, nonce: str, now: datetime) -> Review:
    before = session.exec(
        select(Review).where(Review.tenant_id == actor.tenant_id).order_by(col(Review.id).desc())
    ).first()
    review = Review(
        tenant_id=actor.tenant_id, nonce=nonce, edition=framework.CURRENT, lead_id=actor.person_id,
        provider=before.provider if before else "", created_at=now, start_on=next_monday(now),
        title=f"Experience of care review {london_day(now).year}",
    )  # fmt: skip
    session.add(review)
    session.flush()
    for area in framework.edition().areas:
        session.add(
            ReviewArea(tenant_id=actor.tenant_id, review_id=known(review.id), number=area.number)
        )
    audit.record(
        session, "review drafted", tenant_id=actor.tenant_id, now=now, who=actor.person_id,
        review_id=review.id,
    )  # fmt: skip
    return review


def next_monday(now: datetime) -> date:
    """The first day that a new draft proposes: next Monday, or the working day after it."""
    day = london_day(now)
    return on_or_after(day + timedelta(days=7 - day.weekday()))


def head(session: Session, review: Review) -> ReviewHead:
    """What every card about a review says at its top."""
    return ReviewHead(
        known(review.id), review.title, review.provider, review.division,
        name_of(session, review.lead_id), review.state,
    )  # fmt: skip


# --- beginning and ending -------------------------------------------------------------


def start(session: Session, *, actor: Actor, review_id: int, now: datetime) -> None:
    """Begin: fix the dates of every area. Raises Invalid with all that still stands in the way."""
    access = enter(session, actor=actor, review_id=review_id, act=Act.SET_UP, lock=True)
    review = access.review
    if standing := blockers(session, review=review, earliest=earliest_start(now)):
        raise Invalid(*(FieldProblem("", sentence) for sentence in standing))
    move(review, ReviewState.COLLECTING)
    _take_over_actions(session, review, actor, now)
    review.started_at, review.before_id = now, review.before_id or _last_time(session, review)
    review.look_on = london_day(now)
    rows = {row.number: row for row in areas_of(session, review_id=review_id)}
    first_day = review.start_on or earliest_start(now)
    for batch in timetable(
        rows, start_on=first_day, pace=review.pace, answer_days=review.answer_days
    ):
        for number in batch.areas:
            rows[number].opens_on, rows[number].closes_on = batch.opens_on, batch.closes_on
            session.add(rows[number])
    session.add(review)
    audit.record(
        session, "review started", tenant_id=review.tenant_id, now=now, who=actor.person_id,
        review_id=review_id, areas=sorted(rows), first_day=first_day.isoformat(),
    )  # fmt: skip


def _take_over_actions(session: Session, review: Review, actor: Actor, now: datetime) -> None:
    """What is still open goes on in the review that was drafted as the next one."""
    old = session.get(Review, review.before_id) if review.before_id else None
    if old is not None and not review.is_rerating:
        actions.carry_over(session, old=old, new=review, who=actor.person_id, now=now)


def _last_time(session: Session, review: Review) -> int | None:
    """The review that this one is set beside: signed off, of the same division and rating unit."""
    return session.exec(
        select(Review.id)
        .where(
            Review.tenant_id == review.tenant_id, Review.state == ReviewState.SIGNED_OFF,
            Review.division == review.division, Review.rating_unit == review.rating_unit,
            col(Review.is_rerating).is_(False),  # it is of single areas
        )
        .order_by(col(Review.baseline_on).desc(), col(Review.id).desc())
    ).first()  # fmt: skip


def cancel(session: Session, *, actor: Actor, review_id: int, reason: str, now: datetime) -> None:
    """Stop a review for good: nothing more is asked, everything saved is kept."""
    access = enter(session, actor=actor, review_id=review_id, act=Act.CANCEL, lock=True)
    review = access.review
    move(review, ReviewState.CANCELLED)
    review.ended_at, review.ended_because = now, reason
    session.add(review)
    for row in areas_of(session, review_id=review_id):
        if may_move_area(AreaState(row.state), AreaState.SET_ASIDE):
            rounds.move(row, AreaState.SET_ASIDE, now)
            session.add(row)
    _give_back(session, review, now)
    deliveries.drop_waiting(session, review_id=review_id, now=now)
    messages.follow(session, review_id=review_id, now=now)
    audit.record(
        session, "review cancelled", tenant_id=review.tenant_id, now=now, who=actor.person_id,
        review_id=review_id, reason_given=bool(reason),
    )  # fmt: skip


def _give_back(session: Session, review: Review, now: datetime) -> None:
    """What this review had taken over is remembered again in the review before it."""
    copied = select(Action.copied_from).where(Action.review_id == review.id)
    taken = update(Action).where(col(Action.id).in_(copied))
    session.execute(taken.values(look_on=london_day(now)))
    if before := session.get(Review, review.before_id) if review.before_id else None:
        before.look_on = london_day(now)
        session.add(before)


def state_of(session: Session, *, review_id: int) -> ReviewState:
    """The state of a review that someone has entered."""
    return ReviewState(session.get_one(Review, review_id).state)


def move(review: Review, to: ReviewState) -> None:
    """Bring a review into another state; its use case has checked that it may."""
    if not may_move_review(ReviewState(review.state), to):
        raise AssertionError(f"{review.state} → {to} should have been refused before")
    review.state = to
