"""One reminder of one thing for one person, written in the transaction that makes it due."""

from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from eocif.database import insert_once
from eocif.models import Review
from eocif.people import known
from eocif.rules.reminding import Kind
from eocif.time_models import Reminder


def remind(
    session: Session, *, person_id: int, review: Review, kind: Kind, subject: str, slot: str,
    due_on: date, now: datetime, is_deadline: bool = False, **params: Any,
) -> bool:  # fmt: skip
    """Let a reminder wait for the day's message of its person; whether it was new.

    `subject` names the thing ("action:4"), `slot` the one time that it is remembered. `params`
    holds ids only. The same person, subject and slot are refused by the database for ever.
    """
    row = reminder(
        review, person_id=person_id, kind=kind, subject=subject, slot=slot, due_on=due_on, now=now,
        is_deadline=is_deadline, **params,
    )  # fmt: skip
    return insert_once(session, row)


def reminder(
    review: Review, *, person_id: int, kind: Kind, subject: str, slot: str, due_on: date,
    now: datetime, is_deadline: bool = False, **params: Any,
) -> Reminder:  # fmt: skip
    """The same, not inserted: many go in at once with `insert_all_once`."""
    return Reminder(
        tenant_id=review.tenant_id, person_id=person_id, review_id=known(review.id), kind=kind,
        subject=subject, slot=slot, due_on=due_on, is_deadline=is_deadline, params=params,
        created_at=now,
    )  # fmt: skip
