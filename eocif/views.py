"""Give, change, clear and withdraw a view with its ratings, for oneself or on someone's behalf.

Each step is saved as it goes. A field that cannot be taken (too long, a link that is not safe, a
round that has closed) is kept whole for its author, apart from the answer. An empty field never
erases. A stale card is merged field by field: what changed elsewhere since it was shown is not
overwritten but shown.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import Delete
from sqlmodel import Session, col, delete, select

from eocif import audit, rounds
from eocif.answering import (
    ROUND,
    Answering,
    choices_of,
    is_theirs,
    open_answer,
    refusal,
    someone_else_records,
    view_of,
)
from eocif.database import insert_once, upsert
from eocif.models import Evidence, Rating, View
from eocif.people import Actor, known
from eocif.rules.answers import (
    CHOICES,
    KEPT_FOR_YOU,
    WORDS,
    Offered,
    choice_problem,
    evidence_problems,
    field_label,
    is_offered,
    words_problem,
)
from eocif.rules.links import checked_link
from eocif.rules.merging import Merged, digest, merge
from eocif.rules.progress import is_answered
from eocif.summaries import Differs, Feedback, Place

LONGEST_KEPT = 100_000  # characters of one field kept for its author: all that a press can hold


# --- saving ---------------------------------------------------------------------------


def save_levels(
    session: Session, *, actor: Actor, place: Place, levels: Mapping[str, str],
    shown: Mapping[str, str], now: datetime,
) -> Feedback:  # fmt: skip
    """The levels step, as far as it is filled. `levels` and `shown` are by indicator code."""
    at = open_answer(session, actor=actor, place=place)
    posted = {code: choice for code, choice in levels.items() if code in at.codes and choice}
    view = _view_to_write(session, at, now)
    stored = choices_of(session, at)
    if refused := refusal(at, now):
        return _late(session, view, refused, _levels(posted), _levels(stored))
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
    _keep(view, {}, {}, tried={f"level_{code}" for code in posted})
    _settle(session, at, view, {**stored, **merged.saved}, now, changed=bool(merged.saved))
    return _feedback(merged, problems, posted, prefix="level_")


def _levels(choices: Mapping[str, str]) -> dict[str, str]:
    return {f"level_{code}": choice for code, choice in choices.items()}


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
    stored = {field: getattr(view, field) for field in WORDS}
    if refused := refusal(at, now):
        return _late(session, view, refused, {**posted, **offered.typed()}, stored)
    merged = merge(stored, posted, shown)
    problems = {
        field: sentence
        for field, text in merged.saved.items()
        if (sentence := words_problem(field, text))
    }
    good = {field: text for field, text in merged.saved.items() if field not in problems}
    for field, text in good.items():
        setattr(view, field, text)
    problems |= _take_evidence(session, at, view, offered)
    changed = bool(good) or is_offered(offered)
    tried = {*posted, *(_EVIDENCE if is_offered(offered) else ())}
    _keep(view, problems, {**posted, **offered.typed()}, tried)
    _settle(session, at, view, choices_of(session, at), now, changed=changed)
    return _feedback(merged, problems, {**posted, **offered.typed()})


def _take_evidence(session: Session, at: Answering, view: View, offered: Offered) -> dict[str, str]:
    if not is_offered(offered):
        return {}
    if problems := evidence_problems(offered):
        return problems
    link = checked_link(offered.link).url if offered.link else ""
    # With its content: Teams may bring back an old card, whose nonce has been used for another.
    nonce = f"{offered.nonce}:{digest(repr(offered.typed()))}"
    insert_once(
        session,
        Evidence(
            tenant_id=at.review.tenant_id, view_id=known(view.id), nonce=nonce,
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
    if at.on_behalf and view.given_by != at.actor.person_id:
        if refusal(at, now) and not is_theirs(session, at, view.given_by):
            raise someone_else_records(at)  # too late to take over
        view.given_by = at.actor.person_id
        _note(session, at, "recording taken over", now)
    return view


def _settle(
    session: Session, at: Answering, view: View, choices: Mapping[str, str], now: datetime, *,
    changed: bool,
) -> None:  # fmt: skip
    was_answered = view.answered_at is not None
    complete = is_answered(at.codes, dict(choices))
    if changed:  # an empty press on an old card does not bring a withdrawn answer back
        view.updated_at, view.withdrawn_at = now, None
    view.answered_at = (view.answered_at or now) if complete else None
    session.add(view)
    session.flush()
    if complete != was_answered:
        _look_again(session, at, now)
    if changed or complete != was_answered:  # a press that Teams sends again is no new event
        _note(session, at, "answer saved", now, complete=complete)


def _look_again(session: Session, at: Answering, now: datetime) -> None:
    rounds.look_again(session, review_id=known(at.review.id), numbers=(at.area.number,), now=now)


def _late(
    session: Session, view: View, refused: str, posted: Mapping[str, str],
    stored: Mapping[str, str],
) -> Feedback:  # fmt: skip
    """Keep what is new for its author alone; what is stored already needs no second copy."""
    new = {field: text for field, text in posted.items() if text and text != stored.get(field)}
    view.kept = {**view.kept, **{field: text[:LONGEST_KEPT] for field, text in new.items()}}
    session.add(view)
    return Feedback(f"{refused} {KEPT_FOR_YOU}" if new else refused, True)


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
        _clear_part(session, at, view, part)
    session.flush()
    _settle(session, at, view, choices_of(session, at), now, changed=True)
    return Feedback("We cleared what you chose. The rest of your answer is kept.")


def _clear_part(session: Session, at: Answering, view: View, part: str) -> None:
    kind, _, rest = part.partition("_")
    if part in WORDS:
        setattr(view, part, "")
    elif kind == "level":
        session.exec(_ratings(at).where(col(Rating.code) == rest))
    elif kind == "evidence":
        for row in session.exec(select(Evidence).where(Evidence.view_id == view.id)).all():
            if str(row.id) == rest:
                session.delete(row)


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
    _look_again(session, at, now)
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
