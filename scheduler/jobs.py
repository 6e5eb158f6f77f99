"""What a tick does: close, open, note what has come due; queue weekly messages, news, reminders.

Each is a short transaction that asks the database what is due at `now`, so that presses wait for
none of them for long; unique keys make a second tick, replica or restart do nothing twice.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

from eocif import audit_chain, digests, gathering, instants, maturing, prompts, rounds
from eocif.database import Database

AT_ONCE = 10  # people, or reviews, in one transaction: presses do not wait for long


async def tick(database: Database, *, now: datetime) -> None:
    """Do all that is due. Rounds close before areas open, so that no message shows a closed one."""
    await database.run(rounds.close_due, now=now)
    await database.run(rounds.open_due, now=now)
    for some in _few(await database.run(maturing.reviews_due, now=now)):
        await database.run(maturing.mature, review_ids=some, now=now)
    for review_id in await database.run(prompts.running, now=now):
        await database.run(prompts.queue_weekly, review_id=review_id, now=now)
    # After them, because a weekly message says all that news would have said.
    for review_id in await database.run(prompts.with_news, now=now):
        await database.run(prompts.queue_news, review_id=review_id, now=now)
    # Last, because reminders go along with whatever message their person gets today.
    for some in _few(await database.run(gathering.whom, now=now)):
        await database.run(gathering.gather, person_ids=some, now=now)
    for review_id in await database.run(digests.due, now=now):
        for person_id in await database.run(digests.readers, review_id=review_id, now=now):
            await database.run(digests.queue, person_id=person_id, now=now)
        await database.run(digests.seen_to, review_id=review_id, now=now)
    await database.run(audit_chain.seal_new)


def _few(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (ids[first : first + AT_ONCE] for first in range(0, len(ids), AT_ONCE))


async def next_instant(database: Database, *, now: datetime) -> datetime:
    """The next instant after `now` at which something may be due."""
    return await database.run(instants.next_instant, now=now)
