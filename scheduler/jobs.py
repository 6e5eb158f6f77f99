"""What a tick does: close, open, note what has come due; queue weekly messages, news, reminders.

Each is a short transaction that asks the database what is due at `now`, so that presses wait for
none of them for long; unique keys make a second tick, replica or restart do nothing twice.
"""

from datetime import datetime

from eocif import audit_chain, digests, gathering, instants, maturing, prompts, rounds
from eocif.database import Database

PEOPLE_AT_ONCE = 100  # in one transaction, so that presses do not wait for long


async def tick(database: Database, *, now: datetime) -> None:
    """Do all that is due. Rounds close before areas open, so that no message shows a closed one."""
    await database.run(rounds.close_due, now=now)
    await database.run(rounds.open_due, now=now)
    await database.run(maturing.mature, now=now)
    for review_id in await database.run(prompts.running, now=now):
        await database.run(prompts.queue_weekly, review_id=review_id, now=now)
    # After them, because a weekly message says all that news would have said.
    for review_id in await database.run(prompts.with_news, now=now):
        await database.run(prompts.queue_news, review_id=review_id, now=now)
    # Last, because reminders go along with whatever message their person gets today.
    while await database.run(gathering.gather, now=now, most=PEOPLE_AT_ONCE):
        continue
    for review_id in await database.run(digests.due, now=now):
        await database.run(digests.queue, review_id=review_id, now=now)
    await database.run(audit_chain.seal_new)


async def next_instant(database: Database, *, now: datetime) -> datetime:
    """The next instant after `now` at which something may be due."""
    return await database.run(instants.next_instant, now=now)
