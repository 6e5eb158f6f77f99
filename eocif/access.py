"""The way into a review: who is asking, what they are to it, and whether they may."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from eocif.errors import NotFound
from eocif.models import Member, Person, Review, ReviewArea
from eocif.people import Actor, known
from eocif.rules.authorisation import Act, Role, check
from eocif.rules.progress import ReviewState


@dataclass(frozen=True)
class Access:
    """A review that someone may do something in; `member` where they are in its group."""

    review: Review
    roles: frozenset[Role]
    member: Member | None
    actor: Actor

    @property
    def review_id(self) -> int:
        """The review's id."""
        return known(self.review.id)


def enter(
    session: Session, *, actor: Actor, review_id: int, act: Act, area: int | None = None,
    lock: bool = False,
) -> Access:  # fmt: skip
    """Open a review for an act. With `area`, only that area's lead counts as its area lead.

    Raises NotFound (also for another tenant's review), NotYours or NotNow.
    """
    if not is_id(review_id):
        raise NotFound
    wanted = select(Review).where(Review.id == review_id, Review.tenant_id == actor.tenant_id)
    review = session.exec(wanted.with_for_update(key_share=True) if lock else wanted).first()
    if review is None:
        raise NotFound
    member = session.exec(
        select(Member).where(Member.review_id == review_id, Member.person_id == actor.person_id)
    ).first()
    roles = _roles(session, actor=actor, review=review, member=member, area=area)
    check(act, roles, ReviewState(review.state))
    return Access(review, roles, member, actor)


def _roles(
    session: Session, *, actor: Actor, review: Review, member: Member | None, area: int | None
) -> frozenset[Role]:
    roles = {Role.ANYONE}
    if review.lead_id == actor.person_id or actor.is_listed:
        roles.add(Role.LEAD)
    if actor.person_id in review.digest_readers:
        roles.add(Role.READER)
    if member is not None:
        roles.add(Role.FORMER_MEMBER if member.removed_at else Role.MEMBER)
    led = select(ReviewArea.id).where(
        ReviewArea.review_id == review.id, ReviewArea.lead_id == actor.person_id
    )
    if session.exec(led.where(ReviewArea.number == area) if area else led).first():
        roles.add(Role.AREA_LEAD)
    return frozenset(roles)


def area_of(
    session: Session, *, review_id: int, number: int, lock: bool = False
) -> ReviewArea:  # fmt: skip
    """An area in a review's scope. Raises NotFound where it is not in scope.

    With `lock` it is as it is now, and stays so: the scheduler may be closing its round.
    """
    wanted = select(ReviewArea).where(
        ReviewArea.review_id == review_id, ReviewArea.number == number
    )
    if lock:
        wanted = wanted.with_for_update(key_share=True).execution_options(populate_existing=True)
    row = session.exec(wanted).first() if is_id(number) else None
    if row is None:
        raise NotFound
    return row


def areas_of(session: Session, *, review_id: int) -> list[ReviewArea]:
    """A review's areas in scope, in order."""
    return list(
        session.exec(
            select(ReviewArea)
            .where(ReviewArea.review_id == review_id)
            .order_by(col(ReviewArea.number))
        )
    )


def is_id(number: int) -> bool:
    """Whether a number that a card holds can be a row's: neither database takes a larger one."""
    return 0 < number < 2**31


def name_of(session: Session, person_id: int) -> str:
    """A person's name."""
    return session.get_one(Person, person_id).name
