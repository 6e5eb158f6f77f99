"""Where local mode keeps how far its clock was moved, so that restarts and replicas share it."""

from datetime import timedelta

from sqlmodel import Session

from eocif.models import Instance

_KEY = "clock_offset_seconds"


def stored_offset(session: Session) -> timedelta:
    """How far the clock is ahead of the system's."""
    row = session.get(Instance, _KEY)
    return timedelta(seconds=float(row.value)) if row else timedelta()


def store_offset(session: Session, *, offset: timedelta) -> None:
    """Keep how far the clock is ahead."""
    session.merge(Instance(key=_KEY, value=str(offset.total_seconds())))
