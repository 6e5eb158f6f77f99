"""What a tick does: close what is due, open what is due, queue this week's messages and news.

Each is a short transaction that asks the database what is due at `now`, so that presses wait for
none of them for long; unique keys make a second tick, replica or restart do nothing twice.
"""

from datetime import datetime

from eocif import audit_chain, outbox, prompts, rounds
from eocif.database import Database
from eocif.rules.due import next_moment


async def tick(database: Database, *, now: datetime) -> None:
    """Do all that is due. Rounds close before areas open, so that no message shows a closed one."""
    await database.run(rounds.close_due, now=now)
    await database.run(rounds.open_due, now=now)
    for review_id in await database.run(prompts.running, now=now):
        await database.run(prompts.queue_weekly, review_id=review_id, now=now)
    # After them, because a weekly message says all that news would have said.
    for review_id in await database.run(prompts.with_news, now=now):
        await database.run(prompts.queue_news, review_id=review_id, now=now)
    await database.run(audit_chain.seal_new)


async def next_instant(database: Database, *, now: datetime) -> datetime:
    """The next instant after `now` at which something may be due."""
    queued = await database.run(outbox.next_due, now=now)
    by_calendar = next_moment(now)
    return min(queued, by_calendar) if queued else by_calendar
