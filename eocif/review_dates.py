"""A review's dates: forums' meetings, the weekly digest, the next assessment, the next edition."""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, time

from sqlmodel import Session, col, select

from eocif import audit, next_review, reviews
from eocif.access import Access, enter, is_id
from eocif.database import insert_once
from eocif.errors import FieldProblem, Invalid, NotFound
from eocif.models import Person, Review
from eocif.people import Actor, known
from eocif.rules import framework
from eocif.rules.authorisation import Act, is_allowed
from eocif.rules.dates import day_in_words, london_day, time_in_words
from eocif.rules.meetings import (
    DIGEST_DAYS,
    DIGEST_HOURS,
    LABELS,
    digest_problem,
    meeting_problems,
    papers_of,
)
from eocif.rules.progress import ReviewState
from eocif.rules.reminding import PAPERS_BEFORE, papers_close
from eocif.rules.set_up import NONE, typed_date
from eocif.rules.text import one_line
from eocif.set_up_saving import digests, merged
from eocif.summaries import Differs, Feedback
from eocif.time_models import Meeting
from eocif.time_summaries import Dates, MeetingLine


def dates(session: Session, *, actor: Actor, review_id: int, now: datetime) -> Dates:
    """Every date of a review for its lead; meetings that are over are left out."""
    access = enter(session, actor=actor, review_id=review_id, act=Act.SET_DATES)
    review, readers = access.review, _readers(session, access.review)
    after = next_review.following(session, review_id=review_id)
    stored = _stored(review, readers)
    may_start = is_allowed(Act.NEXT, access.roles, ReviewState(review.state))
    return Dates(
        head=reviews.head(session, review), baseline_on=review.baseline_on,
        reassess_on=review.reassess_on,
        edition_review_on=framework.edition(review.edition).national_review_due,
        meetings=_meetings(session, review, now),
        values={field: stored[field] for field in ("digest_day", "digest_hour")},
        shown=digests(stored), readers=tuple((_key(each), each.name) for each in readers),
        may_start_next=may_start and after is None and not review.is_rerating,
        next_id=known(after.id) if after else 0, today=london_day(now),
        nonce=secrets.token_hex(8), is_rerating=review.is_rerating,
    )  # fmt: skip


# --- the weekly digest ------------------------------------------------------------------


def save(
    session: Session, *, actor: Actor, review_id: int, posted: Mapping[str, str],
    shown: Mapping[str, str], now: datetime,
) -> Feedback:  # fmt: skip
    """The digest's day, hour and readers, field by field.

    `posted` holds digest_day, digest_hour, and Entra object ids with commas: `readers` are those
    still ticked, where none arrives nobody is, and `more_readers` are added to them. Who is a guest
    or was never met is named as a problem; everything else is saved.
    """
    access = enter(session, actor=actor, review_id=review_id, act=Act.SET_DATES, lock=True)
    review, before = access.review, _readers(session, access.review)
    stored, added, wrong = _stored(review, before), *_picked(session, actor, posted)
    wanted = {**posted, "readers": _as_ids(posted.get("readers", "").split(","))}
    feedback, good = merged(
        stored, {field: wanted.get(field, "") for field in LABELS}, shown, digest_problem, LABELS
    )
    review.digest_day = int(good.get("digest_day", review.digest_day))
    review.digest_hour = int(good.get("digest_hour", review.digest_hour))
    kept = [each for each in before if _key(each) in good.get("readers", stored["readers"])]
    review.digest_readers = list(dict.fromkeys(known(each.id) for each in (*kept, *added)))
    session.add(review)
    _note(session, access, {*good, *(["readers"] if added else [])}, now)
    return _said(review, _named(session, actor, feedback), wrong)


def _key(person: Person) -> str:
    return person.entra_id or ""


def _as_ids(ids: Iterable[str]) -> str:
    """Readers as they are merged: Entra ids in order, or “none”."""
    return ",".join(sorted({each for each in ids if each})) or NONE


def _stored(review: Review, readers: Iterable[Person]) -> dict[str, str]:
    return {
        "digest_day": str(review.digest_day), "digest_hour": str(review.digest_hour),
        "readers": _as_ids(map(_key, readers)),
    }  # fmt: skip


def _readers(session: Session, review: Review) -> list[Person]:
    wanted = select(Person).where(col(Person.id).in_(review.digest_readers))
    return list(session.exec(wanted.order_by(col(Person.name), col(Person.id))))


def _picked(
    session: Session, actor: Actor, posted: Mapping[str, str]
) -> tuple[list[Person], dict[str, str]]:
    """Who may be added, and of the others the Entra id with what is wrong."""
    ids = [each for each in dict.fromkeys(posted.get("more_readers", "").split(",")) if each]
    people = {_key(person): person for person in _met(session, actor, ids)}
    wrong = {each: _UNKNOWN for each in ids if each not in people}
    wrong |= {
        key: f"{person.name} is a guest here, so they cannot get the digest."
        for key, person in people.items()
        if person.is_guest
    }
    return [person for key, person in people.items() if key not in wrong], wrong


_UNKNOWN = (
    "Someone you picked cannot get messages from this app yet. "
    "Add them to your team in Teams, then pick them again."
)


def _named(session: Session, actor: Actor, feedback: Feedback) -> Feedback:
    """What differs, as people read it: names, a weekday, a time of day."""
    found = tuple(
        replace(
            each,
            stored=_in_words(session, actor, each, each.stored),
            typed=_in_words(session, actor, each, each.typed),
        )
        for each in feedback.differs
    )
    return replace(feedback, differs=found)


def _in_words(session: Session, actor: Actor, differs: Differs, value: str) -> str:
    if differs.field == "readers":
        people = _met(session, actor, value.split(","))
        return ", ".join(sorted(person.name for person in people)) or "nobody"
    if differs.field == "digest_hour" and value in DIGEST_HOURS:
        return _hour(int(value))
    return DIGEST_DAYS.get(value, value)


def _met(session: Session, actor: Actor, ids: Iterable[str]) -> list[Person]:
    wanted = select(Person).where(
        Person.tenant_id == actor.tenant_id, col(Person.entra_id).in_(list(ids))
    )
    return list(session.exec(wanted))


def _hour(hour: int) -> str:
    return time_in_words(time(hour))


def _said(review: Review, feedback: Feedback, wrong: Mapping[str, str]) -> Feedback:
    if wrong:
        sentence = " ".join([*dict.fromkeys(wrong.values()), "Everything else is saved."])
        feedback = replace(
            feedback, is_problem=True,
            problems={**feedback.problems, "more_readers": sentence},
            typed={**feedback.typed, "more_readers": ",".join(wrong)},
        )  # fmt: skip
    if feedback.is_problem:
        return feedback
    day, hour = DIGEST_DAYS[str(review.digest_day)], _hour(review.digest_hour)
    return Feedback(f"Saved. The digest comes on {day}s at {hour}, if there is anything to say.")


def _note(session: Session, access: Access, fields: Iterable[str], now: datetime) -> None:
    if changed := sorted(fields):
        audit.record(
            session, "digest changed", tenant_id=access.review.tenant_id, now=now,
            who=access.actor.person_id, review_id=access.review_id, fields=changed,
            readers=len(access.review.digest_readers),
        )  # fmt: skip


# --- forums' meetings -------------------------------------------------------------------


def add_meeting(
    session: Session, *, actor: Actor, review_id: int, nonce: str, name: str, meets_on: str,
    papers_days: str, now: datetime,
) -> Feedback:  # fmt: skip
    """A forum's date, as typed; its papers close `papers_days` working days before it (0–30).

    Raises Invalid with everything that is wrong. The nonce makes a second press harmless.
    """
    access = enter(session, actor=actor, review_id=review_id, act=Act.SET_DATES, lock=True)
    today, called = london_day(now), one_line(name, len(name))
    found = meeting_problems(called, meets_on, papers_days, today)
    day, papers = typed_date(meets_on), papers_of(papers_days)
    if found or day is None or papers is None:
        raise Invalid(*(FieldProblem(field, sentence) for field, sentence in found.items()))
    row = Meeting(
        tenant_id=access.review.tenant_id, review_id=review_id, nonce=nonce, name=called,
        meets_on=day, papers_days=papers, look_on=today,
    )  # fmt: skip
    if insert_once(session, row):
        audit.record(
            session, "meeting added", tenant_id=access.review.tenant_id, now=now,
            who=actor.person_id, review_id=review_id, meets_on=day.isoformat(), papers_days=papers,
        )  # fmt: skip
    closes = papers_close(day, papers)
    if closes < today:
        return Feedback(f"Added. Its papers closed on {day_in_words(closes)}.")
    return Feedback(
        f"Added. Its papers close on {day_in_words(closes)}. "
        f"We remind you {PAPERS_BEFORE} working days before, and on the day."
    )


def remove_meeting(
    session: Session, *, actor: Actor, review_id: int, meeting_id: int, now: datetime
) -> Feedback:
    """A date that no longer stands: nobody is reminded of it any more."""
    access = enter(session, actor=actor, review_id=review_id, act=Act.SET_DATES, lock=True)
    row = session.get(Meeting, meeting_id) if is_id(meeting_id) else None
    if row is None or row.review_id != review_id:
        raise NotFound
    if row.removed_at is None:
        row.removed_at, row.look_on = now, london_day(now)
        session.add(row)
        audit.record(
            session, "meeting removed", tenant_id=access.review.tenant_id, now=now,
            who=actor.person_id, review_id=review_id, meets_on=row.meets_on.isoformat(),
        )  # fmt: skip
    return Feedback("Removed. We do not remind you of it any more.")


def _meetings(session: Session, review: Review, now: datetime) -> tuple[MeetingLine, ...]:
    rows = session.exec(
        select(Meeting)
        .where(
            Meeting.review_id == review.id, col(Meeting.removed_at).is_(None),
            col(Meeting.meets_on) >= london_day(now),
        )
        .order_by(col(Meeting.meets_on), col(Meeting.id))
    )  # fmt: skip
    return tuple(
        MeetingLine(
            known(row.id), row.name, row.meets_on, papers_close(row.meets_on, row.papers_days)
        )
        for row in rows
    )
