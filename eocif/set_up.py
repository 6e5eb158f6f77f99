"""The steps of a review's set-up, each saved as it goes.

A draft is saved step by step, so leaving and coming back resumes. Where two people edit, fields
are merged one by one and what both changed is shown, never overwritten in silence.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from eocif import messages, review_groups
from eocif.access import areas_of, enter
from eocif.errors import FieldProblem, Invalid
from eocif.local_edition import edition_of
from eocif.models import Review, ReviewArea
from eocif.people import Actor, known
from eocif.rules.authorisation import Act
from eocif.rules.due import earliest_start
from eocif.rules.framework import Section
from eocif.rules.progress import ReviewState
from eocif.rules.set_up import (
    DETAILS,
    NONE,
    details_problem,
    finish_problem,
    pace_problem,
    typed_date,
)
from eocif.set_up_saving import merged, prefixed, saved
from eocif.summaries import Feedback


def save_details(
    session: Session, *, actor: Actor, review_id: int, posted: Mapping[str, str],
    shown: Mapping[str, str], now: datetime,
) -> Feedback:  # fmt: skip
    """Step 1. Fields that cannot be taken stay on the card; the others are saved."""
    access = enter(session, actor=actor, review_id=review_id, act=Act.SET_UP, lock=True)
    stored = details_of(access.review)
    feedback, good = merged(stored, posted, shown, details_problem, DETAILS)
    for field, value in good.items():
        if field == "see_names":
            access.review.area_leads_see_names = value == "yes"
        else:
            setattr(access.review, field, "" if value.lower() == NONE else value)
    saved(session, access, good, now)
    return feedback


def details_of(review: Review) -> dict[str, str]:
    """Step 1 as it is stored, by input id."""
    plain = ("title", "provider", "division", "executive_lead", "forum", "segment")
    return {
        **{field: getattr(review, field) for field in plain},
        "see_names": "yes" if review.area_leads_see_names else "no",
    }


def save_scope(
    session: Session, *, actor: Actor, review_id: int, posted: Mapping[str, str],
    shown: Mapping[str, str], now: datetime,
) -> Feedback:  # fmt: skip
    """Step 2. A section whose boxes are all unticked does not arrive: it is out of scope."""
    access = enter(session, actor=actor, review_id=review_id, act=Act.SET_UP, lock=True)
    edition = edition_of(access.review)
    full = {
        str(section.number): _ticked(section, posted.get(str(section.number), ""))
        for section in edition.sections
    }
    stored = scope_of(session, access.review)
    labels = {str(section.number): section.title for section in edition.sections}
    feedback, good = merged(stored, full, shown, lambda *_: None, labels)
    if NONE in full.values() and set((stored | good).values()) == {NONE}:
        raise Invalid(
            FieldProblem(
                "section_1", "No area is chosen. Choose at least one. Your earlier choice is kept."
            )
        )
    for section in edition.sections:
        if str(section.number) in good:
            inside = {area.number for area in section.areas}
            _set_scope(session, access.review, inside, _numbers(good[str(section.number)]))
    saved(session, access, good, now)
    return prefixed(feedback, "section_")


def scope_of(session: Session, review: Review) -> dict[str, str]:
    """Step 2 as it is stored: by section, the numbers of its areas in scope, or “none”."""
    inside = {row.number for row in areas_of(session, review_id=known(review.id))}
    return {
        str(section.number): ",".join(
            str(area.number) for area in section.areas if area.number in inside
        )
        or NONE
        for section in edition_of(review).sections
    }


def _ticked(section: Section, posted: str) -> str:
    """A section's ticked areas as they are stored, in whatever order they were ticked."""
    ticked = {part.strip() for part in posted.split(",")}
    return ",".join(str(a.number) for a in section.areas if str(a.number) in ticked) or NONE


def _numbers(text: str) -> set[int]:
    return {int(part) for part in text.split(",")} if text != NONE else set()


def _set_scope(session: Session, review: Review, section: set[int], chosen: set[int]) -> None:
    rows = {row.number: row for row in areas_of(session, review_id=known(review.id))}
    for number in section & rows.keys() - chosen:
        session.delete(rows[number])
    for number in chosen - rows.keys():
        session.add(
            ReviewArea(tenant_id=review.tenant_id, review_id=known(review.id), number=number)
        )
    session.flush()


def save_pace(
    session: Session, *, actor: Actor, review_id: int, posted: Mapping[str, str],
    shown: Mapping[str, str], clear: str, now: datetime,
) -> Feedback:  # fmt: skip
    """Step 3. A date in the past or a pace that cannot finish is not saved and says why."""
    access = enter(session, actor=actor, review_id=review_id, act=Act.SET_UP, lock=True)
    review = access.review
    cleared = clear == "finish_by" and review.finish_by is not None
    if cleared:
        review.finish_by = None
    given = {field: value for field, value in posted.items() if field != clear}
    earliest = earliest_start(now)
    labels = {
        "start_on": "First day", "pace": "Areas a week", "answer_days": "Working days to answer",
        "finish_by": "Finish by",
    }  # fmt: skip
    feedback, good = merged(
        pace_of(review),
        given,
        shown,
        lambda field, value: pace_problem(field, value, earliest),
        labels,
    )
    wanted = {**pace_of(review), **good}
    numbers = [row.number for row in areas_of(session, review_id=review_id)]
    if (sentence := finish_problem(wanted, areas=len(numbers))) and not feedback.problems:
        return replace(
            feedback, notice=sentence, is_problem=True, typed=dict(given),
            problems={"finish_by": sentence},
        )  # fmt: skip
    _apply_pace(review, good)
    saved(session, access, {**good, "finish_by": ""} if cleared else good, now)
    return feedback


def _apply_pace(review: Review, good: Mapping[str, str]) -> None:
    for field, value in good.items():
        numeric = field in ("pace", "answer_days")
        setattr(review, field, int(value) if numeric else typed_date(value))


def pace_of(review: Review) -> dict[str, str]:
    """Step 3 as it is stored, by input id."""
    return {
        "start_on": review.start_on.isoformat() if review.start_on else "",
        "pace": str(review.pace),
        "answer_days": str(review.answer_days),
        "finish_by": review.finish_by.isoformat() if review.finish_by else "",
    }


def save_leads(
    session: Session, *, actor: Actor, review_id: int, posted: Mapping[str, str],
    shown: Mapping[str, str], now: datetime,
) -> Feedback:  # fmt: skip
    """Step 5. A section's areas are led by one person; “0” is the review's lead.

    Leads change while a review runs as well: someone falls ill, or leaves.
    """
    access = enter(session, actor=actor, review_id=review_id, act=Act.CHANGE_GROUP, lock=True)
    edition = edition_of(access.review)
    labels = {str(section.number): section.title for section in edition.sections}

    inside = {str(each.id) for each in review_groups.may_lead(session, review_id=review_id)}

    def problem(_field: str, value: str) -> str | None:
        if value in inside or value == "0":
            return None
        return "This person is not in the review group any more. Choose someone else."

    stored = leads_of(session, access.review)
    feedback, good = merged(stored, posted, shown, problem, labels)
    for row in areas_of(session, review_id=review_id):
        chosen = good.get(str(edition.section_of(row.number).number))
        if chosen is not None:
            row.lead_id = int(chosen) or None
            session.add(row)
    saved(session, access, good, now)
    if good and access.review.state == ReviewState.COLLECTING:
        messages.follow(session, review_id=review_id, now=now)
    return prefixed(feedback, "lead_")


def leads_of(session: Session, review: Review) -> dict[str, str]:
    """Step 5 as it is stored: by section, who leads its areas; empty where they differ."""
    edition = edition_of(review)
    led: dict[str, set[int]] = {}
    for row in areas_of(session, review_id=known(review.id)):
        section = str(edition.section_of(row.number).number)
        led.setdefault(section, set()).add(row.lead_id or 0)
    return {
        section: str(next(iter(people))) if len(people) == 1 else ""
        for section, people in led.items()
    }
