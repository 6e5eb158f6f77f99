"""What a press does to an action's row: a line of its history, or words kept that cannot be taken.

Words are kept by who typed them and the input's id ("7:reason"), and shown to nobody else.
"""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlmodel import Session, col, select

from eocif.action_access import Acting
from eocif.action_events import NO_DETAIL, Detail, write
from eocif.rules.actions import Event
from eocif.summaries import Feedback
from eocif.time_models import Action, ActionEvent
from eocif.views import LONGEST_KEPT

TEXTS = frozenset({"reason", "changed", "note", "evidence", "link"})


def take(
    session: Session, at: Acting, kind: Event, now: datetime, *, took: Collection[str] = (),
    text: str = "", link: str = "", nonce: str = "", detail: Detail = NO_DETAIL,
) -> int:  # fmt: skip
    """Write what was done; the line's id, or 0 for a press come again. `took` are input ids."""
    who = at.access.actor.person_id
    forget(at.action, who, took)
    session.add(at.action)
    session.flush()
    return write(
        session, at.action, kind, who=who, now=now, text=text, link=link, nonce=nonce,
        detail=detail,
    )  # fmt: skip


def not_taken(
    session: Session, at: Acting, problems: Mapping[str, str | None], **typed: str
) -> Feedback:
    """Nothing of it is done: what was typed comes back, and words are kept for who typed them."""
    given = {name: text for name, text in typed.items() if text}
    keep(at.action, at.access.actor.person_id, {n: given[n] for n in given if n in TEXTS})
    session.add(at.action)
    session.flush()
    found = {name: sentence for name, sentence in problems.items() if sentence}
    return Feedback("", True, found, given)


def was(session: Session, at: Acting, kind: Event, *, text: str = "", to: str = "") -> bool:
    """Whether this person's last line in an action's history is this one."""
    last = session.exec(
        select(ActionEvent)
        .where(ActionEvent.action_id == at.action_id)
        .order_by(col(ActionEvent.id).desc())
    ).first()
    return (
        last is not None
        and (last.kind, last.by) == (kind, at.access.actor.person_id)
        and (not to or last.detail.get("to") == to)
        and (not text or last.text == text)
    )


# --- words kept -------------------------------------------------------------------------------


def keep(row: Action, person_id: int, texts: Mapping[str, str]) -> None:
    """Keep words beside an action for who typed them."""
    mine = {f"{person_id}:{name}": text[:LONGEST_KEPT] for name, text in texts.items()}
    row.kept = {**row.kept, **mine}


def forget(row: Action, person_id: int, names: Collection[str]) -> None:
    """Forget what was kept of fields that have been taken since."""
    mine = {f"{person_id}:{name}" for name in names}
    row.kept = {name: text for name, text in row.kept.items() if name not in mine}


def kept_for(row: Action, person_id: int) -> dict[str, str]:
    """What is kept for one person, by input id."""
    mine = f"{person_id}:"
    return {
        name.removeprefix(mine): text for name, text in row.kept.items() if name.startswith(mine)
    }
