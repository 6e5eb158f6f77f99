"""Whose answer a card is about, what of it is stored, and whether it may still be changed."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from eocif import rounds
from eocif.access import area_of, enter, name_of
from eocif.errors import NotFound, NotYours
from eocif.local_edition import statements_of
from eocif.models import Member, Person, Rating, Response, Review, ReviewArea, View
from eocif.people import Actor
from eocif.review_groups import member_of
from eocif.rules.answers import late_sentence
from eocif.rules.authorisation import Act, Role, is_allowed
from eocif.rules.progress import AreaState, ReviewState
from eocif.rules.responses import no_answer_now
from eocif.rules.visibility import Fact, Viewer, may_see
from eocif.summaries import Place, Privacy

ROUND, FIRST_DRAFT = 1, 2


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
        """The codes of what is rated in the area."""
        return tuple(each.code for each in statements_of(self.review, self.area.number))


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


# --- may it still be changed? -----------------------------------------------------------


def refusal(at: Answering, now: datetime) -> str:
    """Why an answer to round 1 can no longer be changed, as a sentence; empty while it can."""
    if over := _over(at, Act.ANSWER):
        return over
    if rounds.is_open(at.area, now):
        return ""
    return late_sentence(at.area.state, rounds.first_closed_on(at.area))


def draft_refusal(at: Answering, now: datetime) -> str:
    """Why the draft can not be answered now, as a sentence; empty while it can."""
    if over := _over(at, Act.CONFIRM):
        return over
    if rounds.is_confirming(at.area, now):
        return ""
    return no_answer_now(at.area.state, rounds.closes_on(at.area))


def _over(at: Answering, act: Act) -> str:
    """Why this person is asked nothing more at all."""
    state = ReviewState(at.review.state)
    if state is ReviewState.CANCELLED:
        return "This review was cancelled. Everything saved before is kept."
    if state is ReviewState.SIGNED_OFF:
        return "This review has been signed off. Everything saved before is kept."
    if not at.on_behalf and not is_allowed(act, at.roles, state):
        return (
            "You are no longer in this review group. The answers you gave are kept. "
            "Ask the review's lead if this is not right."
        )
    return ""


def state_for_card(at: Answering, refused: str, not_yet: Collection[AreaState]) -> str:
    """The state of an answer as its card words it; `not_yet` are those before it can be given."""
    if at.member.removed_at and not at.on_behalf:
        return "left the group"
    if at.review.state == ReviewState.CANCELLED:
        return "cancelled"
    if at.area.state == AreaState.SET_ASIDE:
        return "set aside"
    if at.area.state in not_yet:
        return "not open yet"
    return "closed" if refused else "open"


# --- what is stored ---------------------------------------------------------------------


def view_of(session: Session, at: Answering, *, lock: bool = False) -> View | None:
    """The stored view, if this person may see it: blind to anyone but author and recorder."""
    wanted = select(View).where(View.area_id == at.area.id, View.member_id == at.member.id)
    view = session.exec(wanted.with_for_update() if lock else wanted).first()
    if view is not None:
        _check_sight(session, at, view.given_by)
    return view


def response_of(
    session: Session, at: Answering, *, round: int | None = None, lock: bool = False
) -> Response | None:
    """The stored response to the area's latest draft, or that of a round, if they may see it."""
    wanted = select(Response).where(
        Response.area_id == at.area.id,
        Response.member_id == at.member.id,
        Response.round == (round or draft_round(at.area)),
    )
    response = session.exec(wanted.with_for_update() if lock else wanted).first()
    if response is not None:
        _check_sight(session, at, response.given_by)
    return response


def draft_round(area: ReviewArea) -> int:
    """The round in which an area's latest draft is answered, or will be."""
    return max(area.round, FIRST_DRAFT)


def is_theirs(session: Session, at: Answering, given_by: int | None) -> bool:
    """Whether they wrote an answer, or typed it: then they read all of it as it is stored."""
    return not at.on_behalf or _is_recorder(session, at, given_by)


def _check_sight(session: Session, at: Answering, given_by: int | None) -> None:
    """What is recorded for someone names them, so both facts are asked."""
    if not at.on_behalf:
        return
    viewer = Viewer(at.roles, is_recorder=_is_recorder(session, at, given_by))
    state = rounds.state_for_seeing(at.area)
    names = at.review.area_leads_see_names
    for fact in (Fact.WORDS_AND_RATINGS, Fact.AUTHORS_NAME):
        if not may_see(fact, viewer, state, area_leads_see_names=names):
            raise someone_else_records(at)


def someone_else_records(at: Answering) -> NotYours:
    """Why they may neither see nor change what is recorded for this person."""
    until = "nobody else can see them until the round closes"
    after = "besides them only the lead can see whose they are"
    return NotYours(
        "Someone else records the answers to this area for this person.",
        kept=f"Those answers are kept, and {after if at.area.closed_at else until}.",
        next_step="Ask your lead who records them.",
    )


def _is_recorder(session: Session, at: Answering, given_by: int | None) -> bool:
    """Who typed it, or who leads the area now if that person has left the review group.

    Without the second nobody could finish what somebody began who has since left.
    """
    if given_by == at.actor.person_id:
        return True
    if at.actor.person_id not in (at.area.lead_id, at.review.lead_id):
        return False
    left = select(Member.id).where(
        Member.review_id == at.review.id,
        Member.person_id == given_by,
        col(Member.removed_at).is_not(None),
    )
    return given_by != at.review.lead_id and session.exec(left).first() is not None


def choices_of(session: Session, at: Answering, *, up_to: int = ROUND) -> dict[str, str]:
    """The choices as they stand after a round, by what is rated: a later one replaces an earlier.

    Without `up_to`, those of round 1.
    """
    rows = session.exec(
        select(Rating.code, Rating.choice)
        .where(
            Rating.area_id == at.area.id, Rating.member_id == at.member.id, Rating.round <= up_to
        )
        .order_by(col(Rating.round))
    )
    return dict(iter(rows))


# --- for whom ---------------------------------------------------------------------------


def privacy_of(at: Answering, lead_name: str) -> Privacy:
    """Who will see what is answered here, and who types it."""
    return Privacy(
        lead_name, at.review.area_leads_see_names, at.actor.leads_are_shared,
        at.actor.name if at.on_behalf else "",
    )  # fmt: skip


def for_name(session: Session, at: Answering) -> str:
    """The name of the person without Teams; empty for one's own answer."""
    return name_of(session, at.member.person_id) if at.on_behalf else ""
