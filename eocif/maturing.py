"""What has come due is written down: from days to look on to reminders that wait.

An area, an action, a forum's date and a review each say on which day to look at them next
(`look_on`): whatever changes them sets that day, and here alone the next one is worked out. So a
tick costs what is due, not what exists. Of the days that went by meanwhile only the latest counts.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select, true

from eocif import owed, review_clocks, rounds
from eocif.action_access import LIVE, carried
from eocif.database import insert_all_once
from eocif.hearers import Audience, audience
from eocif.models import Review, ReviewArea
from eocif.people import known
from eocif.reminder_rows import reminder
from eocif.rules import reminding
from eocif.rules.actions import OPEN
from eocif.rules.dates import in_working_hours, london_day
from eocif.rules.progress import ReviewState
from eocif.rules.reminding import Hearer, Kind, Slot
from eocif.time_models import Action, Meeting, Reminder

Row = TypeVar("Row", ReviewArea, Action, Meeting)
_Areas = Sequence[tuple[ReviewArea, Review]]
_Only = Collection[int] | None  # these reviews, by id; all of them where it is None


@dataclass(frozen=True)
class Due:
    """A slot that has come, and who hears of it. `whose` is the id of the person whose it is."""

    review: Review
    kind: Kind
    subject: str
    due_on: date
    slot: Slot
    hearers: Iterable[Hearer]
    whose: int | None = None


def reviews_due(session: Session, *, now: datetime) -> list[int]:
    """The reviews of which something is to be looked at now: none outside working hours."""
    if not in_working_hours(now):
        return []
    today = london_day(now)
    rows = session.exec(select(Review.id).where(col(Review.look_on) <= today))
    found = {known(review_id) for review_id in rows}
    for table in (ReviewArea, Action, Meeting):
        found.update(session.exec(select(table.review_id).where(col(table.look_on) <= today)))
    return sorted(found)


def mature(session: Session, *, now: datetime, review_ids: _Only = None) -> int:
    """Write a reminder for whatever has come due, in working hours; how many were written.

    `review_ids` are for a few reviews at once, so that presses do not wait for long. What somebody
    is changing just now is looked at in the next tick.
    """
    if not in_working_hours(now):
        return 0
    looks = (_look_at_areas, _look_at_actions, _look_at_meetings, _look_at_reviews)
    found = [due for look in looks for due in look(session, now, review_ids)]  # decide, then do
    session.flush()
    return insert_all_once(session, [row for due in found for row in _rows(due, now)])


def _rows(due: Due, now: datetime) -> Iterator[Reminder]:
    for each in due.hearers:
        yield reminder(
            due.review, person_id=each.person_id, kind=due.kind, subject=due.subject,
            slot=due.slot.name, due_on=due.due_on, now=now, is_deadline=due.slot.is_deadline,
            **_about(due, each),
        )  # fmt: skip


def _about(due: Due, hearer: Hearer) -> dict[str, Any]:
    return {"why_me": hearer.why, "for_person": due.whose} if hearer.why else {}


def _to_look_at(
    session: Session, table: type[Row], now: datetime, only: _Only
) -> Sequence[tuple[Row, Review]]:
    """The rows whose day has come, each with its review.

    A row that is locked is skipped: no press waits for us, and we wait for none.
    """
    return session.exec(
        select(table, Review)
        .join(Review, col(Review.id) == col(table.review_id))
        .where(col(table.look_on) <= london_day(now), _within(only))
        .order_by(col(table.id))
        .with_for_update(of=table, key_share=True, skip_locked=True)
    ).all()


def _within(only: _Only) -> ColumnElement[bool]:
    return true() if only is None else col(Review.id).in_(only)


# --- areas: rounds, and drafts that wait for their lead -----------------------------------


def _look_at_areas(session: Session, now: datetime, only: _Only) -> Iterator[Due]:
    if not (pairs := _to_look_at(session, ReviewArea, now, only)):
        return
    told = audience(
        session, reviews=[review for _, review in pairs], areas=[area for area, _ in pairs]
    )
    asked, waiting = [], []
    for area, review in pairs:
        if review.state == ReviewState.COLLECTING and rounds.takes_answers(area, now):
            asked.append((area, review))
        elif review.state == ReviewState.COLLECTING and area.state in rounds.FOR_LEAD:
            waiting.append((area, review))
        else:
            area.look_on = None
    yield from _rounds(session, asked, told, london_day(now))
    yield from _drafts(waiting, told, london_day(now))


def _rounds(session: Session, pairs: _Areas, told: Audience, today: date) -> Iterator[Due]:
    """One for each review and slot, whatever areas it is about."""
    come = [(*pair, slot) for pair in pairs if (slot := _slot_of_round(pair[0], today))]
    owing = owed.by_area(session, areas=[area for area, _, _ in come])
    people: dict[tuple[int, str], set[int]] = defaultdict(set)
    found: dict[tuple[int, str], Due] = {}
    for area, review, slot in come:
        lead, _ = told.leads(area, review)
        # Whoever takes part without Teams is the area lead's task.
        people[area.review_id, slot.name].update(
            known(person.id) if person.entra_id else lead for person in owing[known(area.id)]
        )
        closes_on = rounds.closes_on(area) or today
        found[area.review_id, slot.name] = Due(
            review, Kind.ROUND, f"review:{review.id}", closes_on, slot, ()
        )
    for key, due in found.items():
        yield replace(due, hearers=[Hearer(each) for each in sorted(people[key])])


def _slot_of_round(area: ReviewArea, today: date) -> Slot | None:
    first = area.look_on or today
    closes_on = rounds.closes_on(area) or today
    slots = reminding.of_round(area.opens_on or today, closes_on)
    area.look_on = reminding.following(slots, today=today)
    slot = reminding.come_from(slots, first=first, today=today)
    return replace(slot, name=f"{slot.name}, round {area.round}") if slot else None


def _drafts(pairs: _Areas, told: Audience, today: date) -> Iterator[Due]:
    for area, review in pairs:
        due_on = rounds.draft_due_on(area) or today
        slots = reminding.of_lead_work(due_on, today=today)
        area.look_on = reminding.following(slots, today=today)
        slot = reminding.latest(slots, since=date.min, today=today)
        if slot is not None:
            yield Due(
                review, Kind.DRAFT, f"area:{area.id}", due_on, slot,
                told.of_draft(area, review, slot.escalates), area.lead_id or review.lead_id,
            )  # fmt: skip


# --- actions and forums' dates ------------------------------------------------------------


def _look_at_actions(session: Session, now: datetime, only: _Only) -> Iterator[Due]:
    if not (pairs := _to_look_at(session, Action, now, only)):
        return
    today = london_day(now)
    actions = [action for action, _ in pairs]
    elsewhere = carried(session, [known(action.id) for action in actions])
    told = audience(session, reviews=[review for _, review in pairs], actions=actions)
    for action, review in pairs:
        action.look_on = None
        is_live = action.status in OPEN and review.state in LIVE and action.id not in elsewhere
        if action.deadline is None or not is_live:
            continue
        slots = reminding.of_action(action.deadline, today=today)
        action.look_on = reminding.following(slots, today=today)
        slot = reminding.latest(slots, since=action.since, today=today)
        if slot is not None:
            yield Due(
                review, Kind.ACTION, f"action:{action.id}", action.deadline, slot,
                told.of_action(action, review, slot.escalates), action.owner_id,
            )  # fmt: skip


def _look_at_meetings(session: Session, now: datetime, only: _Only) -> Iterator[Due]:
    today = london_day(now)
    for meeting, review in _to_look_at(session, Meeting, now, only):
        first, meeting.look_on = meeting.look_on or today, None
        if meeting.removed_at or review.state not in LIVE or meeting.meets_on < today:
            continue
        slots = reminding.of_papers(meeting.meets_on, meeting.papers_days)
        meeting.look_on = reminding.following(slots, today=today)
        slot = reminding.come_from(slots, first=first, today=today)
        closes = reminding.papers_close(meeting.meets_on, meeting.papers_days)
        if slot is not None:
            to = (Hearer(review.lead_id),)
            yield Due(review, Kind.PAPERS, f"meeting:{meeting.id}", closes, slot, to)


# --- reviews: sign-off, the next review, the framework's own ------------------------------


def _look_at_reviews(session: Session, now: datetime, only: _Only) -> Iterator[Due]:
    today = london_day(now)
    rows = session.exec(
        select(Review)
        .where(col(Review.look_on) <= today, _within(only))
        .order_by(col(Review.id))
        .with_for_update(key_share=True, skip_locked=True)
    ).all()
    for review, clocks in review_clocks.of(session, rows, now=now):
        days = [reminding.following(clock.slots, today=today) for clock in clocks]
        review.look_on = min((day for day in days if day), default=None)
        for clock in clocks:
            if clock.slot is not None:
                to = (Hearer(review.lead_id),)
                yield Due(review, clock.kind, clock.subject, clock.due_on, clock.slot, to)
