"""Make the message for a claimed delivery, or say why it need not go, or not yet.

A card is made when it is sent, from what is stored then: a queued prompt never shows an area that
has been answered meanwhile.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from cards.face import Face
from cards.reminder_rows import closing_soon
from eocif import deliveries, gathering, people, sending, taking
from eocif.errors import EocifError
from eocif.models import Delivery, Person
from eocif.outbox import Claimed
from eocif.people import Actor, known
from eocif.rules import digests
from eocif.rules.dates import london_day
from eocif.rules.reminding import Kind
from eocif.summaries import SILENT, Differs, Feedback
from eocif.time_summaries import Remembered
from scheduler import digest_faces, faces
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
    nobody_asked = row.kind in sending.KINDS
    if nobody_asked and (until := sending.not_before(session, row, now=now)):
        return Later(until)
    actor = people.actor_of(session, person_id=_for_whom(row), leads=leads)
    if nobody_asked and session.get_one(Person, actor.person_id).unreachable:
        raise NotSent(Outcome.PERMANENT, code="StillUnreachable")
    try:
        if row.target_id is not None:
            return _update(session, row, actor, now)
        if unasked:
            return _unasked(session, row, actor, now)
        if row.kind == digests.KIND:
            return _digest(session, row, actor, now)
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


def _unasked(session: Session, row: Delivery, actor: Actor, now: datetime) -> Envelope | Pointless:
    """The day's message, and what its person is to remember today along with it."""
    owed = sending.gathered(session, row, actor=actor, now=now)
    if isinstance(owed, str):
        return Pointless(owed)
    if "card" in row.params:
        return _envelope(_card(session, row.params, actor, now), alert=True)
    said = _banner(row, owed, now)
    return _envelope(_week(session, row, actor, now, said=said), alert=True)


def _digest(session: Session, row: Delivery, actor: Actor, now: datetime) -> Envelope | Pointless:
    """The weekly digest, as far as there is still something to say this week."""
    found = digest_faces.weekly(session, actor=actor, row=row, now=now)
    return Pointless(found) if isinstance(found, str) else _envelope(found, alert=True)


def _banner(row: Delivery, owed: Sequence[Remembered], now: datetime) -> Feedback:
    if row.kind == "nudge":
        return _NUDGE
    closing = [each for each in owed if each.kind is Kind.ROUND and each.head.id == row.review_id]
    if row.kind != "reminder" or not closing:
        return SILENT
    return Feedback(closing_soon(closing, today=london_day(now)), is_reminder=True)


_NUDGE = Feedback("Your lead asks you to answer, if you can.", is_reminder=True)


def _week(
    session: Session, row: Delivery, actor: Actor, now: datetime, *, said: Feedback = SILENT,
    is_pointer: bool = False,
) -> Face:  # fmt: skip
    return faces.this_week(
        session, actor=actor, now=now, review=int(row.params["review"]),
        areas=tuple(row.params["areas"]), also=tuple(row.params.get("also", ())),
        is_pointer=is_pointer, said=said,
    )  # fmt: skip


def _update(session: Session, row: Delivery, actor: Actor, now: datetime) -> Envelope | Pointless:
    """What a sent message shows now. One that has vanished is posted again where it matters."""
    message = session.get_one(Delivery, known(row.target_id))
    if not message.activity_id:
        return Pointless("the message has no id")
    newer = "card" not in row.params and deliveries.newer_message(session, message=message)
    if row.kind == "again" and (newer or not _is_missed(session, message, actor, now)):
        return Pointless("the message has vanished, and nothing on it is owed any more")
    if "card" in row.params:
        return _envelope(_card(session, row.params, actor, now))
    return _envelope(_week(session, message, actor, now, is_pointer=newer))


def _is_missed(session: Session, message: Delivery, actor: Actor, now: datetime) -> bool:
    """Whether a message that has vanished says something still: what was asked for always does."""
    if message.kind not in deliveries.UNASKED:
        return True
    if not sending.why_pointless(session, message, actor=actor, now=now):
        return True
    ids = [known(row.id) for row in taking.carried(session, message)]
    shown = gathering.card(session, actor=actor, ids=ids, now=now)
    return any(not each.is_over for each in shown.items)


def _refused(row: Delivery, refused: EocifError) -> Envelope | Pointless:
    """A reply says why; an update of a message that is no longer theirs becomes neutral."""
    if row.kind in deliveries.UNASKED or row.kind == "again":
        return Pointless(refused.happened)
    return _envelope(faces.trouble(refused.sentence, channel=row.person_id is None))


def _envelope(face: Face, *, alert: bool = False) -> Envelope:
    return Envelope(Message(face.content, face.preview, alert))
