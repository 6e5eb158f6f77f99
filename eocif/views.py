"""Give, change, clear and withdraw a view with its ratings, for oneself or on someone's behalf.

Each step is saved as it goes. A field that cannot be taken (too long, a link that is not safe, a
round that has closed) is kept whole for its author, apart from the answer. An empty field never
erases. A stale card is merged field by field: what changed elsewhere since it was shown is not
overwritten but shown.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Delete
from sqlmodel import Session, col, delete, select

from eocif import audit, rounds
from eocif.access import area_of, enter
from eocif.database import insert_once, upsert
from eocif.errors import NotFound, NotYours
from eocif.models import Evidence, Member, Person, Rating, Review, ReviewArea, View
from eocif.people import Actor, known
from eocif.review_groups import member_of
from eocif.rules import framework
from eocif.rules.answers import (
    CHOICES,
    WORDS,
    Offered,
    choice_problem,
    evidence_problems,
    field_label,
    is_offered,
    late_sentence,
    words_problem,
)
from eocif.rules.authorisation import Act, Role
from eocif.rules.links import checked_link
from eocif.rules.merging import Merged, merge
from eocif.rules.progress import AreaState, ReviewState, is_answered
from eocif.rules.visibility import Fact, Viewer, may_see
from eocif.summaries import Differs, Feedback, Place

ROUND = 1
LONGEST_KEPT = 20_000  # characters of one field kept for its author


@dataclass(frozen=True)
class Answering:
    """An area opened by someone who may answer it: whose answer it is, and the rows it needs."""

    review: Review
    area: ReviewArea
    member: Member
    actor: Actor
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
    return Answering(access.review, area, member, actor, bool(place.member_id))


def _check_recording(session: Session, member: Member) -> None:
    if session.get_one(Person, member.person_id).entra_id is not None or member.removed_at:
        raise NotYours(
            "You can only record answers for someone in the group who takes part without Teams.",
            kept="Nothing was changed.",
        )


def refusal(at: Answering, now: datetime) -> str:
    """Why the answer can no longer be changed, as a sentence; empty while it can."""
    if at.member.removed_at and not at.on_behalf:
        return (
            "You are no longer in this review group. The answers you gave are kept. "
            "Ask the review's lead if this is not right."
        )
    if at.review.state == ReviewState.CANCELLED:
        return (
            "This review was cancelled. Everything saved so far is kept. "
            "What you just sent is not part of it, but we kept it for you to copy."
        )
    if rounds.is_open(at.area, now):
        return ""
    return late_sentence(at.area.state, rounds.closes_on(at.area))


def view_of(session: Session, at: Answering, *, lock: bool = False) -> View | None:
    """The stored view, if this person may see it: blind to anyone but author and recorder."""
    wanted = select(View).where(View.area_id == at.area.id, View.member_id == at.member.id)
    view = session.exec(wanted.with_for_update() if lock else wanted).first()
    if view is not None and at.on_behalf and view.given_by != at.actor.person_id:
        viewer = Viewer(frozenset({Role.LEAD}), is_recorder=False)
        if not may_see(
            Fact.WORDS_AND_RATINGS, viewer, AreaState(at.area.state), area_leads_see_names=False
        ):
            raise NotYours(
                "Someone else records the answers to this area for this person.",
                kept="Those answers are kept, and nobody else can see them until the round closes.",
                next_step="Ask your lead who records them.",
            )
    return view


def choices_of(session: Session, at: Answering) -> dict[str, str]:
    """The stored choices by indicator code."""
    rows = session.exec(
        select(Rating.code, Rating.choice).where(
            Rating.area_id == at.area.id, Rating.member_id == at.member.id, Rating.round == ROUND
        )
    )
    return dict(iter(rows))


# --- saving ---------------------------------------------------------------------------


def save_levels(
    session: Session, *, actor: Actor, place: Place, levels: Mapping[str, str],
    shown: Mapping[str, str], now: datetime,
) -> Feedback:  # fmt: skip
    """The levels step, as far as it is filled. `levels` and `shown` are by indicator code."""
    at = open_answer(session, actor=actor, place=place)
    posted = {code: choice for code, choice in levels.items() if code in at.codes and choice}
    view = _view_to_write(session, at, now)
    if refused := refusal(at, now):
        return _late(
            session, view, refused, {f"level_{code}": each for code, each in posted.items()}
        )
    stored = choices_of(session, at)
    problems = {
        f"level_{code}": choice_problem(code)
        for code, each in posted.items()
        if each not in CHOICES
    }
    merged = merge(stored, {c: v for c, v in posted.items() if v in CHOICES}, shown)
    upsert(
        session, Rating, ("area_id", "member_id", "round", "code"),
        [_rating(at, code, choice, now) for code, choice in merged.saved.items()],
    )  # fmt: skip
    _settle(session, at, view, {**stored, **merged.saved}, now)
    return _feedback(merged, problems, posted, prefix="level_")


def _rating(at: Answering, code: str, choice: str, now: datetime) -> dict[str, object]:
    return {
        "area_id": known(at.area.id), "member_id": known(at.member.id), "round": ROUND,
        "code": code, "tenant_id": at.review.tenant_id, "choice": choice, "updated_at": now,
    }  # fmt: skip


def save_words(
    session: Session, *, actor: Actor, place: Place, words: Mapping[str, str], offered: Offered,
    shown: Mapping[str, str], now: datetime,
) -> Feedback:  # fmt: skip
    """The words step: the questions, what the levels call for, and one piece of evidence."""
    at = open_answer(session, actor=actor, place=place)
    posted = {field: words[field] for field in WORDS if words.get(field)}
    view = _view_to_write(session, at, now)
    if refused := refusal(at, now):
        return _late(session, view, refused, {**posted, **offered.typed()})
    stored = {field: getattr(view, field) for field in WORDS}
    merged = merge(stored, posted, shown)
    problems = {
        field: sentence
        for field, text in merged.saved.items()
        if (sentence := words_problem(field, text))
    }
    for field, text in merged.saved.items():
        if field not in problems:
            setattr(view, field, text)
    problems |= _take_evidence(session, at, view, offered)
    _keep(view, problems, {**posted, **offered.typed()}, tried={*posted, *offered.typed()})
    _settle(session, at, view, choices_of(session, at), now)
    return _feedback(merged, problems, {**posted, **offered.typed()})


def _take_evidence(session: Session, at: Answering, view: View, offered: Offered) -> dict[str, str]:
    if not is_offered(offered):
        return {}
    if problems := evidence_problems(offered):
        return problems
    link = checked_link(offered.link).url if offered.link else ""
    insert_once(
        session,
        Evidence(
            tenant_id=at.review.tenant_id, view_id=known(view.id), nonce=offered.nonce,
            source=offered.source, kind=offered.kind, text=offered.evidence, link=link,
        ),
    )  # fmt: skip
    return {}


def _keep(
    view: View, problems: Mapping[str, str], posted: Mapping[str, str], tried: Iterable[str]
) -> None:
    kept = {field: text for field, text in view.kept.items() if field not in set(tried)}
    # One piece of evidence is one thing: where part of it cannot be taken, all of it is kept.
    broken = set(problems) | (set(_EVIDENCE) if not set(_EVIDENCE).isdisjoint(problems) else set())
    kept |= {field: posted[field][:LONGEST_KEPT] for field in broken if posted.get(field)}
    view.kept = kept


_EVIDENCE = ("source", "kind", "evidence", "link")


def _view_to_write(session: Session, at: Answering, now: datetime) -> View:
    insert_once(
        session,
        View(
            tenant_id=at.review.tenant_id, area_id=known(at.area.id),
            member_id=known(at.member.id), updated_at=now,
            given_by=at.actor.person_id if at.on_behalf else None,
        ),
    )  # fmt: skip
    view = view_of(session, at, lock=True)
    if view is None:
        raise AssertionError("the row was just made sure of")
    return view


def _settle(
    session: Session, at: Answering, view: View, choices: Mapping[str, str], now: datetime
) -> None:
    was_answered = view.answered_at is not None
    complete = is_answered(at.codes, dict(choices))
    view.updated_at, view.withdrawn_at = now, None
    view.answered_at = (view.answered_at or now) if complete else None
    session.add(view)
    session.flush()
    if complete != was_answered:
        rounds.look_again(session, review_id=known(at.review.id))
    _note(session, at, "answer saved", now, complete=complete)


def _late(session: Session, view: View, refused: str, posted: Mapping[str, str]) -> Feedback:
    late = {field: text[:LONGEST_KEPT] for field, text in posted.items() if text}
    view.kept = {**view.kept, **late}
    session.add(view)
    return Feedback(refused, True)


def _feedback(
    merged: Merged, problems: Mapping[str, str], posted: Mapping[str, str], prefix: str = ""
) -> Feedback:
    differs = tuple(
        Differs(prefix + each.field, field_label(each.field), each.stored, each.posted)
        for each in merged.differs
    )
    typed = {field: posted[field] for field in posted if prefix + field in problems}
    typed |= {each.field: each.posted for each in merged.differs}
    if not set(_EVIDENCE).isdisjoint(problems):
        typed |= {field: posted[field] for field in _EVIDENCE if posted.get(field)}
    return Feedback(
        "", bool(problems or differs), problems,
        {prefix + field: text for field, text in typed.items()}, differs,
    )  # fmt: skip


# --- taking back ----------------------------------------------------------------------


def clear(
    session: Session, *, actor: Actor, place: Place, what: Iterable[str], now: datetime
) -> Feedback:
    """Clear parts of an answer: a field's name, `level_1a`, or `evidence_12`."""
    at = open_answer(session, actor=actor, place=place)
    view = view_of(session, at, lock=True)
    if refused := refusal(at, now):
        return Feedback(refused, True)
    if view is None:
        return Feedback("There is no answer to clear yet.")
    for part in what:
        kind, _, rest = part.partition("_")
        if part in WORDS:
            setattr(view, part, "")
        elif kind == "level":
            session.exec(_ratings(at).where(col(Rating.code) == rest))
        elif kind == "evidence" and rest.isdigit():
            session.exec(
                delete(Evidence).where(
                    col(Evidence.view_id) == view.id, col(Evidence.id) == int(rest)
                )
            )
    session.flush()
    _settle(session, at, view, choices_of(session, at), now)
    return Feedback("We cleared what you chose. The rest of your answer is kept.")


def withdraw(session: Session, *, actor: Actor, place: Place, now: datetime) -> Feedback:
    """Delete an answer. Its author is not asked about this area again, but may answer again."""
    at = open_answer(session, actor=actor, place=place)
    view = view_of(session, at, lock=True)
    if refused := refusal(at, now):
        return Feedback(refused, True)
    if view is None:
        return Feedback("There was no answer to withdraw.")
    session.exec(_ratings(at))
    session.exec(delete(Evidence).where(col(Evidence.view_id) == view.id))
    for field in WORDS:
        setattr(view, field, "")
    view.kept, view.answered_at, view.withdrawn_at, view.updated_at = {}, None, now, now
    session.add(view)
    session.flush()
    rounds.look_again(session, review_id=known(at.review.id))
    _note(session, at, "answer withdrawn", now)
    return Feedback("Your answer to this area is withdrawn. We deleted its levels and words.")


def _ratings(at: Answering) -> Delete:
    return delete(Rating).where(
        col(Rating.area_id) == at.area.id,
        col(Rating.member_id) == at.member.id,
        col(Rating.round) == ROUND,
    )


def _note(session: Session, at: Answering, event: str, now: datetime, **detail: bool) -> None:
    audit.record(
        session, event, tenant_id=at.review.tenant_id, now=now, who=at.actor.person_id,
        review_id=at.review.id, subject=f"area:{at.area.number} member:{at.member.id}",
        on_behalf=at.on_behalf, **detail,
    )  # fmt: skip
