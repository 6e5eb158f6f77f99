"""What becomes of a message that nobody asked for, once it is due.

It goes with all that its person is to remember today, or not yet, or no more. Decided here for the
courier and for who looks ahead, so that the two never differ.
"""

from datetime import datetime

from sqlmodel import Session

from eocif import deliveries, gathering, habits, taking, weeks
from eocif.errors import EocifError
from eocif.models import Delivery
from eocif.people import Actor, known
from eocif.rules import digests
from eocif.rules.dates import london_day
from eocif.summaries import Place
from eocif.time_summaries import Remembered

DIGEST = digests.KIND
KINDS = (*deliveries.UNASKED, DIGEST)


def not_before(session: Session, row: Delivery, *, now: datetime) -> datetime | None:
    """When someone's working hours or leave let a message go; None for now.

    What it carries along waits for no other day than the message: somebody may stand in.
    """
    is_deadline = any(each.is_deadline for each in taking.carried(session, row))
    until = habits.may_go_at(session, known(row.person_id), now, is_deadline)
    if until is not None and london_day(until) > london_day(now):
        taking.give_back(session, [known(row.id)])
    return until


def gathered(
    session: Session, row: Delivery, *, actor: Actor, now: datetime
) -> tuple[Remembered, ...] | str:
    """What goes along with the day's message, or why it need not go at all.

    One that says nothing else any more becomes a card of reminders: its `params` say so.
    """
    gathering.take_along(session, row, now=now)
    owed = gathering.still_owed(session, row, actor=actor, now=now)
    if why := why_pointless(session, row, actor=actor, now=now):
        if not owed:
            return why
        _leave_to_reminders(session, row)
    return owed


def _leave_to_reminders(session: Session, row: Delivery) -> None:
    """From now on it is no review's weekly message: no other points to it, or it to another."""
    if "card" not in row.params:
        row.params, row.review_id = {"card": "reminders", "ids": row.params["also"]}, None
        session.add(row)


def why_pointless(session: Session, row: Delivery, *, actor: Actor, now: datetime) -> str:
    """Why a message says nothing of its own any more; empty where it does.

    A reminder asks for answers; a weekly message also leads; news tells what ended besides.
    """
    if "card" in row.params:
        return gathering.NOT_OWED
    place = Place(int(row.params["review"]), tuple(row.params["areas"]))
    try:
        summary = weeks.week(session, actor=actor, place=place, now=now)
    except EocifError as refused:
        return refused.happened
    asks = bool(summary.minutes or summary.tasks)
    waits = row.kind in ("prompt", "news") and bool(summary.lead_tasks)
    tells = row.kind == "news" and bool(summary.concluded)
    return "" if asks or waits or tells else gathering.NOT_OWED
