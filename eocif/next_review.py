"""What follows a review that is signed off: the next one, or one of its areas rated again.

Either is a draft of its own, which carries the people and the settings over. Ratings, words and the
oversight segment, which is dated, stay with the review that they belong to. So do open actions,
until the next review begins (`reviews.start`): whoever cancels a draft has taken nothing away.
"""

import re
import secrets
from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, func, select

from eocif import audit, review_groups, reviews
from eocif.access import Access, area_of, areas_of, enter
from eocif.errors import NotNow
from eocif.local_edition import adaptation_of, edition_of
from eocif.models import Member, Person, Review, ReviewArea
from eocif.people import Actor, known
from eocif.rules import adaptation, framework
from eocif.rules.actions import OPEN
from eocif.rules.authorisation import Act
from eocif.rules.dates import london_day
from eocif.rules.progress import AreaState, ReviewState
from eocif.rules.scope import scope_in_words
from eocif.rules.set_up import LONGEST_LINE
from eocif.time_models import Action
from eocif.time_summaries import NextReview

_SETTINGS = (
    "provider", "division", "executive_lead", "forum", "pace", "answer_days", "confirm_days",
    "rating_unit", "agreement_rule", "least_people", "least_perspectives", "least_lived",
    "area_leads_see_names", "digest_day", "digest_hour",
)  # fmt: skip
_UNFINISHED = (ReviewState.DRAFT, ReviewState.COLLECTING)
_YEAR = re.compile(r"\b(?:19|20)\d\d(?:[/–-]\d\d(?:\d\d)?)?\b")


def following(session: Session, *, review_id: int) -> Review | None:
    """The whole review that was started after one; a cancelled one does not count."""
    return session.exec(
        select(Review)
        .where(
            Review.before_id == review_id, col(Review.is_rerating).is_(False),
            Review.state != ReviewState.CANCELLED,
        )
        .order_by(col(Review.id).desc())
    ).first()  # fmt: skip


# --- the next review --------------------------------------------------------------------


def step(session: Session, *, actor: Actor, review_id: int, now: datetime) -> NextReview:
    """What the next review would carry over, before anybody presses anything."""
    access = _enter(session, actor, review_id)
    after = following(session, review_id=review_id)
    numbers = [area.number for area in areas_of(session, review_id=review_id)]
    waits = select(func.count(col(Action.id))).where(
        Action.review_id == review_id, col(Action.status).in_(OPEN)
    )
    return _step(session, access, numbers, after, now, open_actions=session.exec(waits).one())


def start(session: Session, *, actor: Actor, review_id: int, nonce: str, now: datetime) -> int:
    """A draft that follows a review, led by whoever starts it; its id.

    Where one follows already it is that one's: the same press again makes no second. Other drafts
    of the same lead have nothing to do with it. Raises NotNow for a re-rating.
    """
    access = _enter(session, actor, review_id, lock=True)
    own = f"{actor.person_id}:next of {review_id}:{nonce}"
    if found := _made_by(session, access, own) or following(session, review_id=review_id):
        return known(found.id)
    old, year = access.review, london_day(now).year
    held = {area.number for area in framework.edition().areas}
    numbers = {area.number for area in areas_of(session, review_id=review_id)} & held
    new = Review(
        **_carried(session, access, own, now), edition=framework.CURRENT,
        title=titled(old.title, year), adaptation=_adaptation(old),
    )  # fmt: skip
    _fill(session, access, new, numbers, now)
    _note(session, access, new, "next review drafted", now)
    return known(new.id)


def titled(title: str, year: int) -> str:
    """A review's name with another year in it: “Review 2027/28” becomes “Review 2030”."""
    named = _YEAR.sub(str(year), title)
    return named if named != title or str(year) in title else f"{title} {year}"[:LONGEST_LINE]


def _adaptation(old: Review) -> dict[str, Any]:
    """All that is local. In another edition only perspectives: what is local to statements is not.

    A number may be another statement there.
    """
    local = adaptation_of(old)
    if old.edition != framework.CURRENT:
        local = adaptation.Adaptation(perspectives=local.perspectives)
    return adaptation.written(local)


# --- one area rated again ---------------------------------------------------------------


def rerate_step(
    session: Session, *, actor: Actor, review_id: int, area: int, now: datetime
) -> NextReview:
    """What rating one area again would carry over."""
    access = _enter(session, actor, review_id)
    _check_concluded(area_of(session, review_id=review_id, number=area))
    return _step(session, access, [area], _again(session, review_id, area), now, area=area)


def rerate(
    session: Session, *, actor: Actor, review_id: int, area: int, nonce: str, now: datetime
) -> int:
    """A draft in which one concluded area is rated again, as a dated review of its own; its id.

    Where that area is being rated again already it is that draft's or review's.
    """
    access = _enter(session, actor, review_id, lock=True)
    _check_concluded(area_of(session, review_id=review_id, number=area))
    own = f"{actor.person_id}:area {area} of {review_id} again:{nonce}"
    if found := _made_by(session, access, own) or _again(session, review_id, area):
        return known(found.id)
    new = Review(
        **{**_carried(session, access, own, now), "pace": 1}, edition=access.review.edition,
        title=f"Area {area} rated again, {london_day(now).year}",
        adaptation=dict(access.review.adaptation), is_rerating=True,
    )  # fmt: skip
    _fill(session, access, new, {area}, now)
    _note(session, access, new, "re-rating drafted", now, area=area)
    return known(new.id)


def _again(session: Session, review_id: int, number: int) -> Review | None:
    return session.exec(
        select(Review)
        .join(ReviewArea)
        .where(
            Review.before_id == review_id, col(Review.is_rerating).is_(True),
            col(Review.state).in_(_UNFINISHED), ReviewArea.number == number,
        )
        .order_by(col(Review.id).desc())
    ).first()  # fmt: skip


def _check_concluded(area: ReviewArea) -> None:
    if area.state != AreaState.CONCLUDED:
        raise NotNow(
            f"Area {area.number} has no level yet, so it cannot be rated again.",
            kept="Nothing was changed.",
            next_step="Type “worksheet” to see where every area stands.",
        )


# --- what both carry over ---------------------------------------------------------------


def _enter(session: Session, actor: Actor, review_id: int, *, lock: bool = False) -> Access:
    access = enter(session, actor=actor, review_id=review_id, act=Act.NEXT, lock=lock)
    if access.review.is_rerating:
        raise NotNow(
            "This review rates a single area again. Nothing follows it.",
            kept="Nothing was changed.",
            next_step="Start from the whole review that it belongs to.",
        )
    return access


def _step(
    session: Session, access: Access, numbers: list[int], after: Review | None, now: datetime, *,
    open_actions: int = 0, area: int = 0,
) -> NextReview:  # fmt: skip
    review, edition = access.review, edition_of(access.review)
    group = review_groups.listing(session, review_id=access.review_id)
    gone = select(func.count(col(Member.id))).where(
        Member.review_id == access.review_id, col(Member.removed_at).is_not(None)
    )
    return NextReview(
        head=reviews.head(session, review), scope=scope_in_words(edition, numbers),
        members=len(group), left=session.exec(gone).one(), open_actions=open_actions,
        reassess_on=review.reassess_on, area=edition.area(area) if area else None,
        unreached=sum(bool(member.unreachable) for member in group),
        start_on=reviews.next_monday(now), nonce=secrets.token_hex(8),
        next_id=known(after.id) if after else 0,
    )  # fmt: skip


def _made_by(session: Session, access: Access, nonce: str) -> Review | None:
    """What the same press made before, whatever became of it."""
    return session.exec(
        select(Review).where(Review.tenant_id == access.review.tenant_id, Review.nonce == nonce)
    ).first()


def _carried(session: Session, access: Access, nonce: str, now: datetime) -> dict[str, Any]:
    old = access.review
    return {
        **{name: getattr(old, name) for name in _SETTINGS},
        "tenant_id": old.tenant_id, "nonce": nonce, "before_id": access.review_id,
        "lead_id": access.actor.person_id, "created_at": now,
        "start_on": reviews.next_monday(now), "digest_readers": _readers(session, old),
    }  # fmt: skip


def _readers(session: Session, old: Review) -> list[int]:
    """Who reads the digest, without those who have become guests."""
    people = (session.get(Person, person_id) for person_id in old.digest_readers)
    return [known(person.id) for person in people if person and not person.is_guest]


def _fill(
    session: Session, access: Access, new: Review, numbers: Collection[int], now: datetime
) -> None:
    """Store a draft with its areas, their leads, and the group as it is now."""
    session.add(new)
    session.flush()
    tenant_id, review_id = new.tenant_id, known(new.id)
    for member in review_groups.active(session, review_id=access.review_id):
        session.add(
            Member(
                tenant_id=tenant_id, review_id=review_id, person_id=member.person_id,
                perspectives=list(member.perspectives), named_function=member.named_function,
                joined_at=now,
            )
        )  # fmt: skip
    leads = {person.id for person in review_groups.may_lead(session, review_id=access.review_id)}
    for area in areas_of(session, review_id=access.review_id):
        if area.number not in numbers:
            continue
        its_lead = area.lead_id if area.lead_id in leads - {new.lead_id} else None
        session.add(
            ReviewArea(
                tenant_id=tenant_id, review_id=review_id, number=area.number, lead_id=its_lead
            )
        )
    session.flush()


def _note(
    session: Session, access: Access, new: Review, event: str, now: datetime, **detail: int
) -> None:
    members = len(review_groups.active(session, review_id=known(new.id)))
    audit.record(
        session, event, tenant_id=new.tenant_id, now=now, who=access.actor.person_id,
        review_id=new.id, subject=f"review:{access.review_id}", members=members, **detail,
    )  # fmt: skip
