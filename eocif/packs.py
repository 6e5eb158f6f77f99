"""Answer packs: everything that is open for someone who takes part without Teams, to fill in.

A pack is made for its person but goes through other hands. So its forms are blank: no answer of a
round that is still open is ever in one.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session, col, select

from eocif import confirmations, forms, results, reviews
from eocif.access import areas_of, is_id, name_of
from eocif.answering import open_answer, view_of
from eocif.errors import EocifError, NotFound, NotNow, NotYours
from eocif.local_edition import edition_of, perspective_of
from eocif.models import Member, Person, Review, ReviewArea, View
from eocif.pack_summaries import Pack, PackArea
from eocif.people import Actor, actor_of, known
from eocif.review_groups import member_of
from eocif.round_summaries import ConfirmForm
from eocif.rules.phrases import listed
from eocif.rules.progress import AreaState, ReviewState
from eocif.summaries import AreaForm, Place

OPEN = "open"


def pack(
    session: Session, *, review_id: int, member_id: int, now: datetime, reader: Actor | None = None
) -> Pack:
    """All areas that are open for a member without Teams, in either round.

    `reader` is through whose hands it goes: what someone chose before, which stands beside a draft,
    is only in the pack of who may see it. Raises NotFound, NotYours where the member uses Teams or
    has left, NotNow where nothing is open.
    """
    review = review_of(session, review_id)
    member = member_of(session, review_id=review_id, member_id=member_id)
    person = without_teams(session, member)
    areas = tuple(_areas(session, review, member, reader, now))
    if not areas:
        raise NotNow(
            "Nothing is open for this person now.",
            kept="Everything saved so far is kept.",
            next_step="Make the pack once a round is open.",
        )
    return Pack(
        head=reviews.head(session, review), edition=edition_of(review), member_id=member_id,
        name=person.name, perspective=perspective_of(review, member.perspectives[0]).name,
        needs=person.communication_needs, areas=areas, privacy=areas[0].form.privacy,
        mark=mark_of(review, member, person), made_at=now,
    )  # fmt: skip


def review_of(session: Session, review_id: int) -> Review:
    """A review by its number. Raises NotFound."""
    review = session.get(Review, review_id) if is_id(review_id) else None
    if review is None:
        raise NotFound
    return review


def without_teams(session: Session, member: Member) -> Person:
    """The person behind a member who takes part without Teams. Raises NotYours for anyone else."""
    person = session.get_one(Person, member.person_id)
    if person.entra_id is not None:
        raise NotYours("This person uses Teams and answers there.", kept="Nothing was changed.")
    if member.removed_at is not None:
        raise NotYours(
            "This person has left this review group.", kept="The answers they gave are kept."
        )
    return person


def mark_of(review: Review, member: Member, person: Person) -> str:
    """What ties a form to this installation's review and person.

    It is made of what another installation does not have, however alike its numbers are.
    """
    parts = (review.tenant_id, review.nonce, review.edition, str(member.id), person.teams_id)
    return hashlib.sha256("|".join(parts).encode()).hexdigest()[:16]


def member_called(session: Session, *, review_id: int, person: str) -> int:
    """The member with this number, or this name in whatever case. Raises Unknown."""
    without = {
        known(member.id): name
        for member, name in session.exec(
            select(Member, Person.name)
            .join(Person, col(Person.id) == col(Member.person_id))
            .where(
                Member.review_id == review_id,
                col(Member.removed_at).is_(None),
                col(Person.entra_id).is_(None),
            )
            .order_by(col(Member.id))
        )
    }
    asked = " ".join(person.split()).casefold()
    found = [key for key, name in without.items() if asked in (name.casefold(), str(key))]
    if len(found) == 1:
        return found[0]
    raise _unknown(without)


def _unknown(without: dict[int, str]) -> EocifError:
    if not without:
        return EocifError("Everyone in this review group uses Teams, so nobody needs a pack.")
    names = listed([f"{name} ({key})" for key, name in without.items()])
    return EocifError(f"Name one person who takes part without Teams, or their number: {names}.")


# --- what is open ---------------------------------------------------------------------------


def _areas(
    session: Session, review: Review, member: Member, reader: Actor | None, now: datetime
) -> Iterator[PackArea]:
    if review.state != ReviewState.COLLECTING:
        return
    for area in areas_of(session, review_id=known(review.id)):
        actor = recorder(session, review=review, area=area, member=member)
        place = Place(known(review.id), (area.number,), area.number, known(member.id))
        lead = name_of(session, area.lead_id or review.lead_id)
        if area.state == AreaState.ROUND_1:
            form = forms.area_form(session, actor=actor, place=place, now=now)
            if form.state == OPEN:
                yield _to_rate(form, lead)
        elif area.state == AreaState.ROUND_2 and _may_have(session, reader, place):
            draft = confirmations.confirm_form(session, actor=actor, place=place, now=now)
            if draft.state == OPEN:
                yield _to_confirm(session, draft, area, known(member.id), lead)


def _may_have(session: Session, reader: Actor | None, place: Place) -> bool:
    """Whether a reader may see the answer that a draft's form shows."""
    if reader is None:
        return True
    try:
        view_of(session, open_answer(session, actor=reader, place=place))
    except NotYours:
        return False
    return True


def _to_rate(form: AreaForm, lead: str) -> PackArea:
    blank = replace(
        form, choices={}, words={}, evidence=(), kept={}, shown={}, called_for={}, left=(),
        nonce="", saved_at=None, answered=False, withdrawn=False, answered_by_how_many=0,
    )  # fmt: skip
    has_answer = bool(form.choices or form.evidence or any(form.words.values()))
    return PackArea(form.area.number, 1, lead, blank, None, {}, has_answer)


def _to_confirm(
    session: Session, form: ConfirmForm, area: ReviewArea, member_id: int, lead: str
) -> PackArea:
    before = results.choices(session, area_id=known(area.id), up_to=area.round - 1)
    earlier = before.get(member_id, {})
    has_answer = bool(form.answer or form.comment or dict(form.own) != earlier)
    blank = replace(
        form, own=earlier, answer="", comment="", kept={}, shown={}, left=(), answered=False,
        answered_by_how_many=0,
    )  # fmt: skip
    return PackArea(area.number, area.round, lead, None, blank, earlier, has_answer)


def recorder(session: Session, *, review: Review, area: ReviewArea, member: Member) -> Actor:
    """Who records a member's answers to an area: its lead, or the review's lead where they began.

    After round 1 the review's lead may also see what someone recorded who no longer leads it.
    """
    wanted = select(View.given_by).where(View.area_id == area.id, View.member_id == member.id)
    began, lead = session.exec(wanted).first(), area.lead_id or review.lead_id
    is_blind = area.state == AreaState.ROUND_1
    if began not in (None, lead) and (began == review.lead_id or not is_blind):
        lead = review.lead_id
    return actor_of(session, person_id=lead, leads=frozenset())
