"""Make the message for a claimed delivery, or say why it need not go, or not yet.

A card is made when it is sent, from what is stored then: a queued prompt never shows an area that
has been answered meanwhile.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from cards.face import Face
from eocif import deliveries, people, weeks
from eocif.errors import EocifError
from eocif.models import Delivery, Person
from eocif.outbox import Claimed
from eocif.people import Actor, known
from eocif.rules.dates import in_working_hours, next_sending_time
from eocif.summaries import SILENT, Differs, Feedback, Place
from scheduler import faces
from scheduler.sender import Message, NotSent, Outcome


@dataclass(frozen=True)
class Envelope:
    """A message ready to go."""

    message: Message


@dataclass(frozen=True)
class Later:
    """Not yet: prompts and reminders go out in working hours only."""

    until: datetime


@dataclass(frozen=True)
class Pointless:
    """Not any more."""

    why: str


def make(
    session: Session, *, claimed: Claimed, leads: frozenset[str], now: datetime
) -> Envelope | Later | Pointless:
    """The message for a delivery. Raises NotSent where the person cannot be reached."""
    row = session.get_one(Delivery, claimed.id)
    unasked = row.kind in deliveries.UNASKED
    if unasked and not in_working_hours(now):
        return Later(next_sending_time(now))
    actor = people.actor_of(session, person_id=_for_whom(row), leads=leads)
    if unasked and session.get_one(Person, actor.person_id).unreachable:
        raise NotSent(Outcome.PERMANENT, code="StillUnreachable")
    try:
        if row.target_id is not None:
            return _update(session, row, actor, now)
        if unasked:
            return _prompt(session, row, actor, now)
        face = _card(session, row.params, actor, now)
    except EocifError as refused:
        return _refused(row, refused)
    return _envelope(face)


def _for_whom(row: Delivery) -> int:
    return known(row.person_id if row.person_id is not None else row.params.get("asker"))


def _said(stored: Mapping[str, Any]) -> Feedback:
    differs = tuple(Differs(**each) for each in stored.get("differs", ()))
    return Feedback(**{**stored, "differs": differs})


def _card(session: Session, params: Mapping[str, Any], actor: Actor, now: datetime) -> Face:
    known_to_us = ("card", "asker", "said")
    said = _said(params.get("said", {}))
    rest = {key: value for key, value in params.items() if key not in known_to_us}
    return faces.by_name(session, actor=actor, name=params["card"], now=now, params=rest, said=said)


def _prompt(session: Session, row: Delivery, actor: Actor, now: datetime) -> Envelope | Pointless:
    if not _has_point(session, row, actor, now):
        return Pointless("nothing is owed any more")
    said = _REMINDER if row.kind == "nudge" else None
    return _envelope(_week(session, row, actor, now, said=said), alert=True)


_REMINDER = Feedback("Your lead asks you to answer, if you can.", is_reminder=True)


def _has_point(session: Session, row: Delivery, actor: Actor, now: datetime) -> bool:
    """A reminder asks for answers; a weekly message also leads; news tells what ended besides."""
    place = Place(int(row.params["review"]), tuple(row.params["areas"]))
    summary = weeks.week(session, actor=actor, place=place, now=now)
    asks = bool(summary.minutes or summary.tasks)
    if row.kind == "nudge":
        return asks
    waits = asks or bool(summary.lead_tasks)
    return waits or bool(row.kind == "news" and summary.concluded)


def _week(
    session: Session, row: Delivery, actor: Actor, now: datetime, *, said: Feedback | None = None,
    is_pointer: bool = False,
) -> Face:  # fmt: skip
    return faces.this_week(
        session, actor=actor, now=now, review=int(row.params["review"]),
        areas=tuple(row.params["areas"]), is_pointer=is_pointer, said=said or SILENT,
    )  # fmt: skip


def _update(session: Session, row: Delivery, actor: Actor, now: datetime) -> Envelope | Pointless:
    """What a sent message shows now. One that has vanished is posted again where it matters."""
    message = session.get_one(Delivery, known(row.target_id))
    if not message.activity_id:
        return Pointless("the message has no id")
    if "card" in row.params:
        return _envelope(_card(session, row.params, actor, now))
    newer = deliveries.newer_message(session, message=message)
    if row.kind == "again" and (newer or not _has_point(session, message, actor, now)):
        return Pointless("the message has vanished, and nothing on it is owed any more")
    return _envelope(_week(session, message, actor, now, is_pointer=newer))


def _refused(row: Delivery, refused: EocifError) -> Envelope | Pointless:
    """A reply says why; an update of a message that is no longer theirs becomes neutral."""
    if row.kind in deliveries.UNASKED or row.kind == "again":
        return Pointless(refused.happened)
    return _envelope(faces.trouble(refused.sentence, channel=row.person_id is None))


def _envelope(face: Face, *, alert: bool = False) -> Envelope:
    return Envelope(Message(face.content, face.preview, alert))
