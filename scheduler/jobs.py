"""What a tick does: open what is due, close what is due, queue this week's messages.

Each is one transaction that asks the database what is due at `now`; unique keys make a second
tick, replica or restart do nothing twice.
"""

from datetime import datetime

from sqlmodel import Session

from eocif import outbox, prompts, rounds
from eocif.database import Database
from eocif.rules.due import next_moment


def _open_and_prompt(session: Session, *, now: datetime) -> None:
    rounds.open_due(session, now=now)
    prompts.queue_weekly(session, now=now)


def _close(session: Session, *, now: datetime) -> None:
    if closed := rounds.close_due(session, now=now):
        prompts.refresh_closed(session, area_ids=closed, now=now)


async def tick(database: Database, *, now: datetime) -> None:
    """Do all that is due. Rounds close before areas open, so that no message shows a closed one."""
    await database.run(_close, now=now)
    await database.run(_open_and_prompt, now=now)


async def next_instant(database: Database, *, now: datetime) -> datetime:
    """The next instant after `now` at which something may be due."""
    queued = await database.run(outbox.next_due, now=now)
    by_calendar = next_moment(now)
    return min(queued, by_calendar) if queued else by_calendar
