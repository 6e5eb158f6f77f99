"""Not yet: people put off hearing of one thing, and take that back.

Everyone for themselves, and only for what they were reminded of.
"""

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, select

from eocif import audit
from eocif.errors import FieldProblem, Invalid, NotFound
from eocif.habits import snoozed
from eocif.people import Actor
from eocif.remembered import remembered
from eocif.rules.dates import day_in_words, london_day
from eocif.rules.reminding import Kind
from eocif.rules.set_up import typed_date
from eocif.rules.working_days import on_or_after, on_or_before
from eocif.summaries import Feedback
from eocif.time_models import Reminder, Snooze
from eocif.time_summaries import Remembered

LONGEST = timedelta(days=60)


def snooze(session: Session, *, actor: Actor, subject: str, until: str, now: datetime) -> Feedback:
    """Someone does not want to hear of a thing before a day; never past the day it is due.

    Raises NotFound where they were never reminded of it, Invalid for a day that cannot be.
    """
    reminder = _last(session, actor, [subject]).get(subject)
    if reminder is None:
        raise NotFound
    today = london_day(now)
    wanted = _day(until, today)
    day, due_on = wanted, _due_on(session, actor, reminder, now)
    if due_on is not None and today < (due := on_or_before(due_on)) < wanted:
        day = due
    session.merge(
        Snooze(person_id=actor.person_id, subject=subject, tenant_id=actor.tenant_id, until=day)
    )
    audit.record(
        session, "snoozed", tenant_id=actor.tenant_id, now=now, who=actor.person_id,
        subject=subject, until=day.isoformat(),
    )  # fmt: skip
    again = f"You hear of this again on {day_in_words(day)}."
    if day == wanted or due_on is None:
        return Feedback(again)
    return Feedback(f"{again} It is due on {day_in_words(due_on)}, so we do not wait longer.")


def _day(typed: str, today: date) -> date:
    day = typed_date(typed)
    last = today + LONGEST
    if day is None:
        raise _until("Tell us until when. Type a date like 18 February 2028.")
    if day <= today:
        raise _until(f"{day_in_words(day)} is too soon. Choose a day after today.")
    if day > last:
        raise _until(
            f"{day_in_words(day)} is too far ahead. Choose {day_in_words(last)} or sooner."
        )
    return on_or_after(day)


def _until(sentence: str) -> Invalid:
    return Invalid(FieldProblem("until", sentence))


def wake(session: Session, *, actor: Actor, subject: str, now: datetime) -> Feedback:
    """Someone wants to hear of a thing again. Pressed again, it stays so."""
    row = session.get(Snooze, (actor.person_id, subject))
    if row is not None:
        session.delete(row)
        audit.record(
            session, "woken", tenant_id=actor.tenant_id, now=now, who=actor.person_id,
            subject=subject,
        )  # fmt: skip
    return Feedback("We remind you of this again when it is due.")


def _last(session: Session, actor: Actor, subjects: Collection[str]) -> dict[str, Reminder]:
    """By subject, the newest reminder that someone had of it."""
    rows = session.exec(
        select(Reminder)
        .where(Reminder.person_id == actor.person_id, col(Reminder.subject).in_(subjects))
        .order_by(col(Reminder.id))
    )
    return {row.subject: row for row in rows}


def _due_on(session: Session, actor: Actor, reminder: Reminder, now: datetime) -> date | None:
    found = remembered(session, [reminder], actor=actor, now=now)
    return found[0].due_on if found else None


def waiting(session: Session, *, actor: Actor, now: datetime) -> tuple[tuple[str, str, date], ...]:
    """What someone put off and has not got round to: in words, with its subject and day."""
    until = {
        subject: day
        for (_, subject), day in snoozed(session, [actor.person_id]).items()
        if day > london_day(now)
    }
    rows = [*_last(session, actor, until).values()]
    things = remembered(session, rows, actor=actor, now=now)
    return tuple(
        (_in_words(each), each.subject, until[each.subject]) for each in things if not each.is_over
    )


_THINGS: Mapping[Kind, str] = {
    Kind.ROUND: "Your answers",
    Kind.SIGN_OFF: "Signing off",
    Kind.REASSESS: "The next review",
    Kind.EDITION: "The national review of the framework",
}


def _in_words(thing: Remembered) -> str:
    if thing.kind in _THINGS:
        return f"{_THINGS[thing.kind]}: {thing.head.title or thing.head.provider}"
    if thing.kind == Kind.DRAFT and thing.area is not None:
        return f"Your work on area {thing.area.number}"
    return thing.title
