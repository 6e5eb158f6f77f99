"""Reminders of people who are away: who hears of it instead.

Their own actions pass to the deputy they named, on the deadline's day too. An area's draft or
conclusion, and what its lead is asked to decide, pass to the review's lead. All else waits for
the day when they are back: a deputy never gets to see people's words.
"""

from datetime import date, datetime

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import Select

from eocif import reminder_rows, taking
from eocif.models import Review
from eocif.rules.dates import london_day
from eocif.rules.reminding import Kind
from eocif.time_models import Habit, Reminder

_TO_DEPUTY = (Kind.ACTION,)
_TO_LEAD = (Kind.DRAFT, Kind.ACTION_SAID)
_WHY_GONE = {
    **dict.fromkeys(_TO_DEPUTY, "gone to their deputy"),
    **dict.fromkeys(_TO_LEAD, "gone to the review's lead"),
}


def pass_on(session: Session, *, now: datetime) -> int:
    """Pass on the reminders of people who are away today; how many."""
    today, count = london_day(now), 0
    for row, habit in session.exec(_of_people_away(today)).all():
        instead = _instead(session, row, habit, today)
        if instead is None:
            continue
        reminder_rows.remind(
            session, person_id=instead, review=session.get_one(Review, row.review_id),
            kind=Kind(row.kind), subject=row.subject, slot=row.slot, due_on=row.due_on, now=now,
            is_deadline=row.is_deadline, for_person=row.person_id,
        )  # fmt: skip
        taking.drop([row], why=_WHY_GONE[Kind(row.kind)], now=now)
        count += 1
    return count


def _of_people_away(today: date) -> Select[Reminder, Habit]:
    """Reminders that are their person's own: what they stand in for goes no further."""
    return (
        select(Reminder, Habit)
        .join(Habit, col(Habit.person_id) == col(Reminder.person_id))
        .where(
            Reminder.state == taking.WAITING, col(Reminder.kind).in_(_TO_DEPUTY + _TO_LEAD),
            col(Habit.away_from) <= today, col(Habit.away_until) >= today,
        )
        .order_by(col(Reminder.id))
        .with_for_update(of=Reminder)
    )  # fmt: skip


def _instead(session: Session, row: Reminder, habit: Habit, today: date) -> int | None:
    """Who hears of it; None where nobody else may, or they are away too."""
    if "for_person" in row.params:  # it is not theirs: it goes no further
        return None
    if row.kind in _TO_DEPUTY:
        instead = habit.deputy_id
    else:
        instead = session.get_one(Review, row.review_id).lead_id
    if instead is None or instead == row.person_id:
        return None
    is_away = select(Habit.person_id).where(
        Habit.person_id == instead, col(Habit.away_from) <= today, col(Habit.away_until) >= today
    )
    return None if session.exec(is_away).first() else instead
