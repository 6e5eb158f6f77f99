"""Whose answer a card is about, what of it is stored, and whether it may still be changed."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from eocif import rounds
from eocif.access import area_of, enter
from eocif.errors import NotFound, NotYours
from eocif.models import Member, Person, Rating, Review, ReviewArea, View
from eocif.people import Actor
from eocif.review_groups import member_of
from eocif.rules import framework
from eocif.rules.answers import late_sentence
from eocif.rules.authorisation import Act, Role, is_allowed
from eocif.rules.progress import ReviewState
from eocif.rules.visibility import Fact, Viewer, may_see
from eocif.summaries import Place

ROUND = 1


@dataclass(frozen=True)
class Answering:
    """An area opened by someone who may answer it: whose answer it is, and the rows it needs."""

    review: Review
    area: ReviewArea
    member: Member
    actor: Actor
    roles: frozenset[Role]
    on_behalf: bool

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the area's indicators."""
        area = framework.edition(self.review.edition).area(self.area.number)
        return tuple(indicator.code for indicator in area.indicators)


def open_answer(session: Session, *, actor: Actor, place: Place) -> Answering:
    """Find the answer that a card is about, and check that this person may see it.

    With `place.member_id` it is recording for someone else. Whether it may still be changed is
    asked of `refusal`: what was typed is kept even where the answer is no.
    """
    if not place.member_id:
        access = enter(session, actor=actor, review_id=place.review_id, act=Act.SEE_OWN_ANSWER)
        member = access.member
    else:
        access = enter(
            session, actor=actor, review_id=place.review_id, act=Act.RECORD, area=place.area
        )
        member = member_of(session, review_id=place.review_id, member_id=place.member_id)
        _check_recording(session, member)
    if member is None:
        raise NotFound
    area = area_of(session, review_id=place.review_id, number=place.area)
    return Answering(access.review, area, member, actor, access.roles, bool(place.member_id))


def _check_recording(session: Session, member: Member) -> None:
    if session.get_one(Person, member.person_id).entra_id is not None or member.removed_at:
        raise NotYours(
            "You can only record answers for someone in the group who takes part without Teams.",
            kept="Nothing was changed.",
        )


def refusal(at: Answering, now: datetime) -> str:
    """Why the answer can no longer be changed, as a sentence; empty while it can."""
    state = ReviewState(at.review.state)
    if state is ReviewState.CANCELLED:
        return "This review was cancelled. Everything saved before is kept."
    if not at.on_behalf and not is_allowed(Act.ANSWER, at.roles, state):
        return (
            "You are no longer in this review group. The answers you gave are kept. "
            "Ask the review's lead if this is not right."
        )
    if rounds.is_open(at.area, now):
        return ""
    return late_sentence(at.area.state, rounds.closes_on(at.area))


def view_of(session: Session, at: Answering, *, lock: bool = False) -> View | None:
    """The stored view, if this person may see it: blind to anyone but author and recorder."""
    wanted = select(View).where(View.area_id == at.area.id, View.member_id == at.member.id)
    view = session.exec(wanted.with_for_update() if lock else wanted).first()
    if view is not None and at.on_behalf and not _may_see(session, at, view):
        raise NotYours(
            "Someone else records the answers to this area for this person.",
            kept="Those answers are kept, and nobody else can see them until the round closes.",
            next_step="Ask your lead who records them.",
        )
    return view


def _may_see(session: Session, at: Answering, view: View) -> bool:
    """What is recorded for someone names them, so both facts are asked."""
    viewer = Viewer(at.roles, is_recorder=_is_recorder(session, at, view))
    state = rounds.state_for_seeing(at.area)
    names = at.review.area_leads_see_names
    return all(
        may_see(fact, viewer, state, area_leads_see_names=names)
        for fact in (Fact.WORDS_AND_RATINGS, Fact.AUTHORS_NAME)
    )


def _is_recorder(session: Session, at: Answering, view: View) -> bool:
    """Who typed it, or who leads the area now if that person has left the review group.

    Without the second nobody could finish what somebody began who has since left.
    """
    if view.given_by == at.actor.person_id:
        return True
    if at.actor.person_id not in (at.area.lead_id, at.review.lead_id):
        return False
    left = select(Member.id).where(
        Member.review_id == at.review.id,
        Member.person_id == view.given_by,
        col(Member.removed_at).is_not(None),
    )
    return view.given_by != at.review.lead_id and session.exec(left).first() is not None


def choices_of(session: Session, at: Answering) -> dict[str, str]:
    """The stored choices by indicator code."""
    rows = session.exec(
        select(Rating.code, Rating.choice).where(
            Rating.area_id == at.area.id, Rating.member_id == at.member.id, Rating.round == ROUND
        )
    )
    return dict(iter(rows))
