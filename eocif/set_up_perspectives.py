"""The list of perspectives as one review uses it: renamed, added, taken off, given another voice.

No answer is ever lost by it: who speaks from a perspective that is no longer on the list still
does. Whose voice a perspective is decides what can be agreed, so that is fixed at the start.
"""

import secrets
from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session

from eocif import audit, review_groups, reviews
from eocif.access import Access, enter
from eocif.errors import FieldProblem, Invalid, NotFound
from eocif.local_edition import (
    adaptation_of,
    every_perspective_of,
    perspective_of,
    perspectives_of,
)
from eocif.models import Review
from eocif.people import Actor, known
from eocif.rules import adaptation
from eocif.rules.adaptation import Adaptation
from eocif.rules.authorisation import Act
from eocif.rules.local_words import perspective_problem, voice_problem
from eocif.rules.perspectives import PERSPECTIVES, Perspective, UnknownPerspective
from eocif.rules.progress import ReviewState
from eocif.set_up_saving import digests, merged
from eocif.set_up_summaries import PerspectiveAddStep, PerspectiveChangeStep, PerspectivesStep
from eocif.summaries import Feedback

MOST_ADDED = 10
_LABELS = {"name": "Name of the perspective", "voice": "Whose voice it is"}
_OFFICIAL = {each.key: each for each in PERSPECTIVES}


def add_perspective(
    session: Session, *, actor: Actor, review_id: int, nonce: str, name: str, voice: str,
    now: datetime,
) -> None:  # fmt: skip
    """Add a perspective, also while answers are collected. Its nonce adds it once."""
    access = _enter(session, actor, review_id)
    held = adaptation_of(access.review)
    if any(each.nonce == nonce for each in held.perspectives):
        return
    found = [
        ("name", perspective_problem(name, every_perspective_of(access.review))),
        ("voice", voice_problem(voice)),
        ("", _FULL if _how_many_added(access.review) >= MOST_ADDED else None),
    ]
    if problems := [FieldProblem(field, sentence) for field, sentence in found if sentence]:
        raise Invalid(*problems)
    new = adaptation.with_perspective(held, name=name, voice=voice, nonce=nonce)
    _keep(session, access, new, "perspective added", new.perspectives[-1].key, now, voice=voice)


_FULL = f"A review can add {MOST_ADDED} perspectives. Rename one instead."


def _how_many_added(review: Review) -> int:
    return sum(each.is_local for each in every_perspective_of(review))


def change_perspective(
    session: Session, *, actor: Actor, review_id: int, key: str, posted: Mapping[str, str],
    shown: Mapping[str, str], now: datetime,
) -> Feedback:  # fmt: skip
    """Rename a perspective or, before the start, give it another voice."""
    access = _enter(session, actor, review_id)
    standing = _found(access.review, key)
    others = [each for each in every_perspective_of(access.review) if each.key != key]
    is_draft = access.review.state == ReviewState.DRAFT

    def problem(field: str, value: str) -> str | None:
        if field == "name":
            return perspective_problem(value, others)
        return voice_problem(value) if is_draft else _STARTED

    feedback, good = merged(_values(standing), posted, shown, problem, _LABELS)
    if good:
        new = adaptation.with_change(adaptation_of(access.review), key, **_as_change(key, good))
        _keep(session, access, new, "perspective changed", key, now, fields=sorted(good))
    return feedback


_STARTED = "The review has started, so whose voice this is cannot change."


def _as_change(key: str, good: Mapping[str, str]) -> dict[str, str]:
    """What our own list says already is no change."""
    ours = _values(_OFFICIAL[key]) if key in _OFFICIAL else {}
    return {field: "" if ours.get(field) == value else value for field, value in good.items()}


def offer_perspective(
    session: Session, *, actor: Actor, review_id: int, key: str, offer: bool, now: datetime
) -> None:
    """Take a perspective off the list, or put it back. Who speaks from it still does."""
    access = _enter(session, actor, review_id)
    _found(access.review, key)
    inside = {each.key for each in perspectives_of(access.review)}
    if offer == (key in inside):
        return  # the same press, come again
    if inside == {key}:
        raise Invalid(FieldProblem("", "Keep at least one perspective on the list."))
    new = adaptation.with_change(adaptation_of(access.review), key, is_removed=not offer)
    event = "perspective offered" if offer else "perspective removed"
    _keep(session, access, new, event, key, now)


# --- what the cards show ----------------------------------------------------------------------


def perspectives_step(session: Session, review: Review, now: datetime) -> PerspectivesStep:
    """The list as it stands, and what was taken off it."""
    offered = perspectives_of(review)
    gone = tuple(each for each in every_perspective_of(review) if each not in offered)
    return PerspectivesStep(reviews.head(session, review), offered, gone)


def change_step(session: Session, review: Review, key: str) -> PerspectiveChangeStep:
    """A form for one perspective."""
    standing, official = _found(review, key), _OFFICIAL.get(key)
    members = review_groups.active(session, review_id=known(review.id))
    values = _values(standing)
    return PerspectiveChangeStep(
        reviews.head(session, review), standing, official.name if official else "",
        standing in perspectives_of(review), sum(key in each.perspectives for each in members),
        values, digests(values),
    )  # fmt: skip


def add_step(session: Session, review: Review, now: datetime) -> PerspectiveAddStep:
    """A form for one more perspective."""
    return PerspectiveAddStep(reviews.head(session, review), secrets.token_hex(8))


def _values(perspective: Perspective) -> dict[str, str]:
    return {"name": perspective.name, "voice": perspective.voice.value}


def _found(review: Review, key: str) -> Perspective:
    try:
        return perspective_of(review, key)
    except UnknownPerspective as unknown:
        raise NotFound from unknown


def _enter(session: Session, actor: Actor, review_id: int) -> Access:
    return enter(session, actor=actor, review_id=review_id, act=Act.CHANGE_GROUP, lock=True)


def _keep(
    session: Session, access: Access, new: Adaptation, event: str, key: str, now: datetime,
    **detail: object,
) -> None:  # fmt: skip
    review = access.review
    review.adaptation = adaptation.written(new)
    session.add(review)
    audit.record(
        session, event, tenant_id=review.tenant_id, now=now, who=access.actor.person_id,
        review_id=review.id, subject=f"perspective:{key}", **detail,
    )  # fmt: skip
