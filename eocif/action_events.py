"""An action's history, as it is written: append-only, with the trail, and what follows from it."""

from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session, col, func, select

from eocif import audit
from eocif.action_access import lead_of
from eocif.database import insert_once
from eocif.models import Person, Review
from eocif.people import known
from eocif.reminder_rows import remind
from eocif.rules.actions import Event
from eocif.rules.dates import london_day
from eocif.rules.reminding import Kind
from eocif.time_models import Action, ActionEvent

Detail = Mapping[str, int | str | list[str] | None]
NO_DETAIL: Detail = {}


def write(
    session: Session, row: Action, kind: Event, *, who: int, now: datetime, text: str = "",
    link: str = "", nonce: str = "", detail: Detail = NO_DETAIL,
) -> int:  # fmt: skip
    """Add a line to an action's history and to the trail; its id, or 0 where it is there already.

    Without a `nonce` the line follows from how the action stood: its row is locked, and a press
    that comes again finds it moved. The trail gets `detail` alone, never words. Whatever changes
    an action has its reminders looked at anew.
    """
    action_id = known(row.id)
    nonce = nonce or f"{kind} after {_last(session, action_id)}"
    line = ActionEvent(
        tenant_id=row.tenant_id, action_id=action_id, nonce=nonce, at=now, by=who, kind=kind,
        text=text, link=link, detail=dict(detail),
    )  # fmt: skip
    if not insert_once(session, line):
        return 0
    row.look_on = london_day(now)
    session.add(row)
    audit.record(
        session, f"action {kind}", tenant_id=row.tenant_id, now=now, who=who,
        review_id=row.review_id, subject=f"action:{action_id}", area=row.area, **detail,
    )  # fmt: skip
    return _last(session, action_id)


def _last(session: Session, action_id: int) -> int:
    wanted = select(func.max(col(ActionEvent.id))).where(ActionEvent.action_id == action_id)
    return session.exec(wanted).one() or 0


# --- who hears of it --------------------------------------------------------------------------


def ask_owner(
    session: Session, review: Review, row: Action, event: int, *, who: int, now: datetime
) -> None:
    """Let a new owner know that they are asked; who took it on themselves knows.

    Where the owner has no Teams the area's lead is to ask them, unless the lead chose them.
    """
    if row.accepted_at is not None:
        return
    if row.owner_id and not _has_teams(session, row.owner_id):
        tell_lead(session, review, row, event, who=who, now=now, kind=Kind.ACTION_NEW)
    else:
        _tell_owner(session, review, row, Kind.ACTION_NEW, f"asked {event}", now)


def answer_owner(session: Session, review: Review, row: Action, event: int, now: datetime) -> None:
    """Let an owner know that the date they asked for was agreed, or not."""
    _tell_owner(session, review, row, Kind.ACTION, f"answered {event}", now)


def tell_lead(
    session: Session, review: Review, row: Action, event: int, *, who: int, now: datetime,
    kind: Kind = Kind.ACTION_SAID,
) -> None:  # fmt: skip
    """Let an area's lead know what an owner said; not where the lead said it for them."""
    lead = lead_of(session, review, row.area)
    if lead != who:
        slot = "asked" if kind is Kind.ACTION_NEW else "said"
        _tell(session, review, row, lead, kind, f"{slot} {event}", now)


def _tell_owner(
    session: Session, review: Review, row: Action, kind: Kind, slot: str, now: datetime
) -> None:
    if row.owner_id and _has_teams(session, row.owner_id):
        _tell(session, review, row, row.owner_id, kind, slot, now)


def _has_teams(session: Session, person_id: int) -> bool:
    return session.get_one(Person, person_id).entra_id is not None


def _tell(
    session: Session, review: Review, row: Action, person_id: int, kind: Kind, slot: str,
    now: datetime,
) -> None:  # fmt: skip
    remind(
        session, person_id=person_id, review=review, kind=kind, subject=f"action:{row.id}",
        slot=slot, due_on=london_day(now), now=now,
    )  # fmt: skip
