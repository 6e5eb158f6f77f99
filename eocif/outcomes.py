"""What became of what someone said: an area's outcome beside their own answer."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from eocif import conclusions, results, reviews, voices
from eocif.access import Access, area_of, enter, name_of
from eocif.errors import NotNow, NotYours
from eocif.local_edition import edition_of, statements_of
from eocif.models import Draft, Member, Person, Response, ReviewArea, View
from eocif.people import Actor, known
from eocif.review_groups import member_of
from eocif.round_summaries import Outcome, OutcomeLine, Reply, Utterance
from eocif.rules.authorisation import Act
from eocif.rules.drafting import ANSWERS
from eocif.rules.progress import AreaState
from eocif.rules.visibility import Fact, Viewer, may_see
from eocif.spoken import COMMENT
from eocif.summaries import EvidenceSummary, PersonName, Place

WORDS = (*ANSWERS, "gap")


@dataclass(frozen=True)
class _Whose:
    """An area, and the member whose answer its outcome is shown beside.

    `is_theirs`: who reads it wrote or typed that answer, and so reads also what was hidden of it.
    """

    access: Access
    area: ReviewArea
    member: Member
    for_name: str
    is_theirs: bool = True


def outcome(session: Session, *, actor: Actor, place: Place, now: datetime) -> Outcome:
    """What an area ended with, for a member or, with `place.member_id`, for who records for them.

    Someone who has left the group sees it where they took part. NotNow until it is concluded.
    """
    at = _open(session, actor, place)
    _check(at, took_part=_took_part(session, at))
    review, edition = at.access.review, edition_of(at.access.review)
    area, own = edition.area(at.area.number), _own_words(session, at)
    draft = session.get_one(Draft, known(at.area.id))
    return Outcome(
        head=reviews.head(session, review), place=place, edition=edition,
        section=edition.section_of(area.number), area=area,
        concluded_on=conclusions.concluded_on(at.area),
        concluded_by=name_of(session, known(at.area.concluded_by)),
        words={field: draft.fields.get(field, "") for field in WORDS},
        lines=_lines(session, at), replies=_replies(session, at, own),
        hidden=_hidden(session, at), evidence=_evidence(own), for_name=at.for_name,
    )  # fmt: skip


# --- whose ------------------------------------------------------------------------------


def _open(session: Session, actor: Actor, place: Place) -> _Whose:
    act = Act.SEE_RESULTS if place.member_id else Act.SEE_OUTCOME
    access = enter(session, actor=actor, review_id=place.review_id, act=act, area=place.area)
    area = area_of(session, review_id=place.review_id, number=place.area)
    own = known(access.member.id) if access.member else 0
    member_id = place.member_id or own
    member = member_of(session, review_id=place.review_id, member_id=member_id)
    if not place.member_id:
        return _Whose(access, area, member, "")
    person = session.get_one(Person, member.person_id)
    at = _Whose(access, area, member, person.name, _has_typed(session, access, area, member))
    if person.entra_id is not None or not _may_see_for(at):
        raise NotYours(
            "Only who records for this person can see their answer here.",
            kept="Nothing was changed.",
            next_step="Type “worksheet” to see what was agreed.",
        )
    return at


def _has_typed(session: Session, access: Access, area: ReviewArea, member: Member) -> bool:
    recorders = session.exec(
        select(View.given_by).where(View.area_id == area.id, View.member_id == member.id)
    )
    return access.actor.person_id in recorders


def _may_see_for(at: _Whose) -> bool:
    """It names them beside what they said, so both facts are asked."""
    viewer = Viewer(at.access.roles, is_recorder=at.is_theirs)
    return all(
        may_see(
            fact, viewer, AreaState(at.area.state),
            area_leads_see_names=at.access.review.area_leads_see_names,
        )
        for fact in (Fact.WORDS_AND_RATINGS, Fact.AUTHORS_NAME)
    )  # fmt: skip


def _took_part(session: Session, at: _Whose) -> bool:
    people = results.taking_part(session, review=at.access.review, areas=[at.area])
    return at.member.id in people[at.area.number].voices


def _check(at: _Whose, *, took_part: bool) -> None:
    if at.area.state != AreaState.CONCLUDED:
        raise NotNow(
            f"Area {at.area.number} is not concluded.",
            kept="What was said about it is kept.",
            next_step="Type “worksheet” to see where every area stands.",
        )
    viewer, named = Viewer(at.access.roles), at.access.review.area_leads_see_names
    state = AreaState(at.area.state)
    if not took_part and not may_see(Fact.OUTCOME, viewer, state, area_leads_see_names=named):
        raise NotYours(
            "You are no longer in this review group, and you did not answer this area.",
            kept="The answers you gave to other areas are kept.",
            next_step="Ask the review's lead if this is not right.",
        )


def to_tell(session: Session, *, access: Access, area: ReviewArea) -> tuple[PersonName, ...]:
    """Who took part in a concluded area without Teams, and whose outcome this reader may see.

    No message reaches them: what became of what they said is the area's lead's to tell.
    """
    if area.state != AreaState.CONCLUDED:
        return ()
    took_part = results.taking_part(session, review=access.review, areas=[area])
    rows = session.exec(
        select(Member, Person)
        .join(Person)
        .where(
            col(Member.id).in_(took_part[area.number].voices),
            col(Member.removed_at).is_(None), col(Person.entra_id).is_(None),
        )
        .order_by(col(Person.name))
    )  # fmt: skip
    return tuple(
        PersonName(known(member.id), person.name)
        for member, person in rows
        if _may_see_for(
            _Whose(
                access, area, member, person.name, _has_typed(session, access, area, member)
            )
        )
    )  # fmt: skip


# --- what became of it ------------------------------------------------------------------


def _lines(session: Session, at: _Whose) -> tuple[OutcomeLine, ...]:
    rows = conclusions.of_area(session, at.area)
    chosen = results.choices(session, area_id=known(at.area.id), up_to=at.area.round)
    own = chosen.get(known(at.member.id), {})
    return tuple(
        OutcomeLine(each, row.level, row.origin, own.get(each.code, ""), row.reason, row.heard)
        for each in statements_of(at.access.review, at.area.number)
        if (row := rows.get(each.code))
    )


def _own_words(session: Session, at: _Whose) -> dict[str, Utterance]:
    """All that the member wrote about the area, as its reader may see it, by what it is."""
    author = known(at.member.id)
    return voices.of_one(
        session, review=at.access.review, area=at.area, roles=at.access.roles,
        person_id=at.access.actor.person_id, author=author,
        member_id=author if at.is_theirs else 0,
    )  # fmt: skip


def _hidden(session: Session, at: _Whose) -> tuple[Utterance, ...]:
    if not at.is_theirs:
        return ()
    return voices.hidden_of(session, area=at.area, member_id=known(at.member.id))


def _replies(session: Session, at: _Whose, own: dict[str, Utterance]) -> tuple[Reply, ...]:
    """What they said of each draft; the worksheet keeps what they said last."""
    rows = session.exec(
        select(Response)
        .where(
            Response.area_id == at.area.id, Response.member_id == at.member.id,
            Response.answer != "",
        )
        .order_by(col(Response.round))
    ).all()  # fmt: skip
    return tuple(
        Reply(known(row.id), said, row.answer, row.reply, row.reply_kind, stays=row is rows[-1])
        for row in rows
        if (said := own.get(f"{COMMENT}_{row.round}"))
    )


def _evidence(own: dict[str, Utterance]) -> tuple[EvidenceSummary, ...]:
    """Their evidence that stands in the reports: what was hidden whole does not."""
    return voices.pieces({what: each for what, each in own.items() if not each.is_all_hidden})
