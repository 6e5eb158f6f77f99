"""Sign-off, which fixes the baseline, and opening an area again, which every later report shows."""

from collections import Counter
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, delete

from eocif import audit, conclusions, deliveries, messages, reviews, rounds, worksheets
from eocif.access import Access, area_of, areas_of, enter
from eocif.errors import FieldProblem, Invalid, NotNow
from eocif.local_edition import edition_of
from eocif.models import Conclusion, Review, ReviewArea
from eocif.people import Actor, known
from eocif.round_summaries import SignOffStep, Worksheet
from eocif.rules.answers import NOT_AGREED
from eocif.rules.authorisation import Act
from eocif.rules.dates import london_day
from eocif.rules.drafting import LEAD, goes_round
from eocif.rules.ending import STANDS, latest, reassess_day, reassess_problems, reopening_problem
from eocif.rules.progress import AreaState, ReviewState


def step(session: Session, *, actor: Actor, review_id: int, now: datetime) -> SignOffStep:
    """The last look: what still stands in the way, and what the worksheet holds in counts."""
    access = enter(session, actor=actor, review_id=review_id, act=Act.SIGN_OFF)
    areas = areas_of(session, review_id=review_id)
    states = Counter(area.state for area in areas)
    concluded = [known(area.id) for area in areas if area.state == AreaState.CONCLUDED]
    concerns = conclusions.concerns(session, concluded)
    rows = conclusions.of_review(session, review_id=review_id).values()
    origins = Counter(row.origin for by_code in rows for row in by_code.values())
    today = london_day(now)
    return SignOffStep(
        head=reviews.head(session, access.review),
        standing=worksheets.standing(session, access.review),
        concluded=states[AreaState.CONCLUDED], set_aside=states[AreaState.SET_ASIDE],
        not_agreed=origins[NOT_AGREED], set_by_lead=origins[LEAD],
        concerns_standing=sum(row.reply_kind == STANDS for row in concerns),
        baseline_on=today, latest=latest(today),
        values={"reassess_on": latest(today).isoformat(), "reassess_because": ""},
        is_rerating=access.review.is_rerating,
    )  # fmt: skip


def sign_off(
    session: Session, *, actor: Actor, review_id: int, reassess_on: str, reassess_because: str,
    now: datetime,
) -> None:  # fmt: skip
    """Sign a review off: its baseline is today, its next assessment in three years or sooner.

    `reassess_on` is a date as typed or picked; empty is three years on. Where areas were rated
    again none is set: the review that they belong to keeps its own. Raises Invalid with all that
    stands in the way, and NotNow for a review that is signed off already.
    """
    access = enter(session, actor=actor, review_id=review_id, act=Act.SIGN_OFF, lock=True)
    review, today = access.review, london_day(now)
    problems = [FieldProblem("", each) for each in worksheets.standing(session, review)]
    if review.is_rerating:
        reassess_on = reassess_because = ""
    found = reassess_problems(reassess_on, reassess_because, today)
    problems += [FieldProblem(field, sentence) for field, sentence in found.items()]
    if problems:
        raise Invalid(*problems)
    reviews.move(review, ReviewState.SIGNED_OFF)
    review.signed_off_by, review.baseline_on = actor.person_id, today
    review.reassess_on = None if review.is_rerating else reassess_day(reassess_on, today)
    review.reassess_because, review.look_on = reassess_because, today
    session.add(review)
    deliveries.drop_waiting(session, review_id=review_id, now=now)
    messages.follow(session, review_id=review_id, now=now)
    audit.record(
        session, "review signed off", tenant_id=review.tenant_id, now=now, who=actor.person_id,
        review_id=review_id, baseline=today.isoformat(),
        reassess=str(review.reassess_on or ""), reason_given=bool(reassess_because),
    )  # fmt: skip


# --- opening an area again --------------------------------------------------------------


def reopening(
    session: Session, *, actor: Actor, review_id: int, number: int, now: datetime
) -> Worksheet:
    """What is shown beside the question why an area is to be opened again: its section."""
    access = enter(session, actor=actor, review_id=review_id, act=Act.REOPEN)
    _check(area_of(session, review_id=review_id, number=number))
    section = edition_of(access.review).section_of(number).number
    return worksheets.worksheet(session, actor=actor, review_id=review_id, section=section, now=now)


def reopen(
    session: Session, *, actor: Actor, review_id: int, number: int, reason: str, now: datetime
) -> date | None:
    """Open a concluded or set-aside area again; a signed-off review runs again.

    It goes back to its draft, whose text is kept, and rounds are counted on. Where its first round
    never closed there is nothing to draft from: it waits for a round with new dates, from the next
    weekly message on, and that day is returned. Raises Invalid without a reason.
    """
    access = enter(session, actor=actor, review_id=review_id, act=Act.REOPEN, lock=True)
    area = area_of(session, review_id=review_id, number=number, lock=True)
    if _is_again(area, actor, reason):
        return _opens_on(area)
    _check(area)
    if problem := reopening_problem(reason):
        raise Invalid(FieldProblem("reason", problem))
    was = area.state
    area.reopened = [*area.reopened, _entry(session, access, area, reason, now)]
    session.exec(delete(Conclusion).where(col(Conclusion.area_id) == area.id))
    if area.closed_at is None:
        _wait_for_new_dates(access.review, area, now)
    else:
        rounds.move(area, AreaState.DRAFTING, now)
    area.concluded_at, area.concluded_by, area.set_aside_because = None, None, ""
    session.add(area)
    _run_again(session, access, now)
    messages.follow(session, review_id=review_id, now=now, numbers=(number,))
    audit.record(
        session, "area reopened", tenant_id=area.tenant_id, now=now, who=actor.person_id,
        review_id=review_id, subject=f"area:{number}", was=was, to=area.state, round=area.round,
    )  # fmt: skip
    return _opens_on(area)


def _opens_on(area: ReviewArea) -> date | None:
    return area.opens_on if area.state == AreaState.WAITING else None


def _is_again(area: ReviewArea, actor: Actor, reason: str) -> bool:
    """The same press, come again: the area is open, by this person and for this reason."""
    if area.state in _ENDED or not area.reopened:
        return False
    last = area.reopened[-1]
    return (last["by"], last["because"]) == (actor.person_id, reason)


_ENDED = (AreaState.CONCLUDED, AreaState.SET_ASIDE)


def _check(area: ReviewArea) -> None:
    if area.state not in _ENDED:
        raise NotNow(
            f"Area {area.number} is not concluded or set aside, so it is open already.",
            kept="Nothing was changed.",
            next_step="Type “worksheet” to see where every area stands.",
        )


def _entry(
    session: Session, access: Access, area: ReviewArea, reason: str, now: datetime
) -> dict[str, Any]:
    """What every later report says of it: `levels` as they were, `round` to count on from."""
    baseline = access.review.baseline_on
    return {
        "at": now.isoformat(), "by": access.actor.person_id, "because": reason,
        "levels": conclusions.levels(conclusions.of_area(session, area)), "round": area.round,
        "set_aside_because": area.set_aside_because,
        "baseline_on": baseline.isoformat() if baseline else "",
    }  # fmt: skip


def _wait_for_new_dates(review: Review, area: ReviewArea, now: datetime) -> None:
    rounds.move(area, AreaState.WAITING, now)
    area.opens_on, area.closes_on = goes_round(
        review.start_on or london_day(now), confirm_days=review.answer_days, now=now
    )
    area.early_on, area.is_held_open, area.opened_at = None, False, None


def _run_again(session: Session, access: Access, now: datetime) -> None:
    review = access.review
    if review.state != ReviewState.SIGNED_OFF:
        return
    reviews.move(review, ReviewState.COLLECTING)
    review.signed_off_by = review.baseline_on = review.reassess_on = None
    review.reassess_because, review.look_on = "", london_day(now)
    session.add(review)
    messages.follow(session, review_id=access.review_id, now=now)
    audit.record(
        session, "review reopened", tenant_id=review.tenant_id, now=now,
        who=access.actor.person_id, review_id=known(review.id),
    )  # fmt: skip
