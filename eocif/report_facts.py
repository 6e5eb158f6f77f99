"""What reports say besides the worksheet: references, a 2018 self-assessment, attached reviews."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session, col, or_, select

from eocif import audit, reviews
from eocif.access import enter
from eocif.models import Review
from eocif.people import Actor, known
from eocif.round_summaries import ReportFacts
from eocif.rules.authorisation import Act
from eocif.rules.facts import (
    ATTACHED,
    HEADINGS,
    LABELS,
    PREDECESSOR,
    REFERENCES,
    ids,
    in_words,
    problem,
)
from eocif.rules.merging import digest
from eocif.rules.progress import ReviewState
from eocif.rules.set_up import NONE
from eocif.set_up_saving import merged
from eocif.summaries import Differs, Feedback


def facts(session: Session, *, actor: Actor, review_id: int, now: datetime) -> ReportFacts:
    """What is recorded, and which reviews of divisions can be attached."""
    review = enter(session, actor=actor, review_id=review_id, act=Act.REPORT).review
    stored, may_attach = _stored(review), _candidates(session, review)
    return ReportFacts(
        head=reviews.head(session, review),
        values={field: "" if value == NONE else value for field, value in stored.items()},
        shown={field: digest(value) for field, value in stored.items()},
        headings=HEADINGS,
        candidates=tuple((known(each.id), _name(each)) for each in may_attach),
    )


def save(
    session: Session, *, actor: Actor, review_id: int, posted: Mapping[str, str],
    shown: Mapping[str, str], now: datetime,
) -> Feedback:  # fmt: skip
    """Save what is in order; what is too long, or changed elsewhere since, stays on the card.

    `posted` is by input id, `attached` as ids with commas. “None” empties a field. A list of
    reviews whose boxes are all unticked does not arrive: none is attached any more.
    """
    review = enter(session, actor=actor, review_id=review_id, act=Act.REPORT, lock=True).review
    stored = _stored(review)
    may_attach = {known(each.id): _name(each) for each in _candidates(session, review)}
    wanted = _as_stored(posted, stored)
    feedback, good = merged(
        stored, wanted, shown, lambda field, value: problem(field, value, may_attach), LABELS
    )
    _write(review, good)
    session.add(review)
    if good:
        audit.record(
            session, "report facts changed", tenant_id=review.tenant_id, now=now,
            who=actor.person_id, review_id=review_id, fields=sorted(good),
        )  # fmt: skip
    if not feedback.is_problem:
        return Feedback("Saved. The next reports say this.")
    return replace(feedback, differs=tuple(_named(each, may_attach) for each in feedback.differs))


def _name(review: Review) -> str:
    return f"{review.title}, {review.division}"


def _named(differs: Differs, names: Mapping[int, str]) -> Differs:
    """Reviews by name, where two lists of them differ."""
    if differs.field != ATTACHED:
        return differs
    stored, typed = (
        "; ".join(names.get(each, NONE) for each in ids(value)) or NONE
        for value in (differs.stored, differs.typed)
    )
    return replace(differs, stored=stored, typed=typed)


def _stored(review: Review) -> dict[str, str]:
    """What is recorded, by input id; no attached review is “none”."""
    return {
        **{field: getattr(review, field) for field in REFERENCES},
        **{field: review.predecessor.get(heading, "") for field, heading in PREDECESSOR.items()},
        ATTACHED: in_words(review.attached),
    }


def _as_stored(posted: Mapping[str, str], stored: Mapping[str, str]) -> dict[str, str]:
    """What was posted, as it would be stored; “none” where there was nothing is nothing new."""
    wanted = {ATTACHED: in_words(ids(posted.get(ATTACHED, "")))}
    for field in (*REFERENCES, *PREDECESSOR):
        value = posted.get(field, "")
        is_none = value.lower() == NONE
        if stored[field] or not is_none:
            wanted[field] = NONE if is_none else value
    return wanted


def _write(review: Review, good: Mapping[str, str]) -> None:
    texts = {field: "" if value == NONE else value for field, value in good.items()}
    for field in REFERENCES:
        setattr(review, field, texts.get(field, getattr(review, field)))
    changed = {PREDECESSOR[field]: text for field, text in texts.items() if field in PREDECESSOR}
    by_heading = {**review.predecessor, **changed}
    review.predecessor = {each: by_heading[each] for each in HEADINGS if by_heading.get(each)}
    if ATTACHED in good:
        review.attached = list(ids(good[ATTACHED]))


def _candidates(session: Session, review: Review) -> list[Review]:
    """Signed-off reviews of divisions, and those attached already, whatever became of them."""
    signed_off = (Review.state == ReviewState.SIGNED_OFF) & (Review.division != "")
    return list(
        session.exec(
            select(Review)
            .where(
                Review.tenant_id == review.tenant_id, Review.id != review.id,
                or_(signed_off, col(Review.id).in_(review.attached)),
            )
            .order_by(col(Review.title), col(Review.division), col(Review.id))
        )
    )  # fmt: skip
