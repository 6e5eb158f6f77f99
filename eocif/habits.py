"""When each person wants to hear from us, read from the database.

Everything that goes out unasked asks here: what is queued, what is gathered and what is sent.
"""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, exists
from sqlalchemy.sql.elements import SQLCoreOperations
from sqlmodel import Session, col, select

from eocif.rules.dates import london_day
from eocif.rules.habits import DEFAULT, Wish, is_away, next_sending_time, when
from eocif.time_models import Habit, Snooze


def wishes_of(session: Session, person_ids: Collection[int]) -> dict[int, Wish]:
    """By person, what they asked for; who never said anything has the usual."""
    rows = session.exec(select(Habit).where(col(Habit.person_id).in_(person_ids)))
    return dict.fromkeys(person_ids, DEFAULT) | {row.person_id: _wish(row) for row in rows}


def wish_of(session: Session, person_id: int) -> Wish:
    """What one person asked for."""
    return wishes_of(session, [person_id])[person_id]


def _wish(row: Habit) -> Wish:
    return Wish(
        row.is_weekly, row.from_hour, row.until_hour, row.away_from, row.away_until, row.deputy_id
    )


def snoozed(session: Session, person_ids: Collection[int]) -> dict[tuple[int, str], date]:
    """By person and subject, from which day on they want to hear of it; the day may have passed."""
    rows = session.exec(select(Snooze).where(col(Snooze.person_id).in_(person_ids)))
    return {(row.person_id, row.subject): row.until for row in rows}


def stands_in_for(session: Session, person_id: int, today: date) -> frozenset[int]:
    """Whose deputy someone is today: people who are away and named them."""
    return frozenset(
        session.exec(
            select(Habit.person_id).where(
                Habit.deputy_id == person_id,
                col(Habit.away_from) <= today,
                col(Habit.away_until) >= today,
            )
        )
    )


def away(session: Session, person_ids: Collection[int], *, on: date) -> dict[int, date]:
    """Who of these is away on a day, and until which day."""
    wishes = wishes_of(session, person_ids)
    return {
        person_id: wish.away_until
        for person_id, wish in wishes.items()
        if is_away(wish, on) and wish.away_until is not None
    }


def is_away_on(person: SQLCoreOperations[Any], day: date) -> ColumnElement[bool]:
    """The same of a query's column of people."""
    return exists().where(
        col(Habit.person_id) == person, col(Habit.away_from) <= day, col(Habit.away_until) >= day
    )


def back_since(session: Session, day: date, *, today: date) -> dict[int, date]:
    """Whose leave ended on that day or later, and is over; when it began, by person."""
    rows = session.exec(
        select(Habit.person_id, col(Habit.away_from)).where(
            col(Habit.away_until) >= day, col(Habit.away_until) < today
        )
    )
    return {person_id: away_from for person_id, away_from in rows if away_from is not None}


def hear_today(session: Session, person_ids: Collection[int], *, now: datetime) -> set[int]:
    """Who of these hears of what is new today: not away, and not waiting for their weekly day."""
    today = london_day(now)
    wishes = wishes_of(session, person_ids)
    return {
        each for each, wish in wishes.items() if when(wish, today=today, is_deadline=False) == today
    }


def may_go_at(
    session: Session, person_id: int, now: datetime, is_deadline: bool = False
) -> datetime | None:
    """When something unasked may go to someone, within their hours and leave; None where now.

    What falls due today may go until 5pm even if their hours are over.
    """
    at = next_sending_time(wish_of(session, person_id), now, is_deadline=is_deadline)
    return at if at > now else None
