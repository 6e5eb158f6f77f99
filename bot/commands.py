"""What was typed: word → the card that answers it, queued as a delivery.

The activity's id is the delivery's subject, so a message that Teams sends twice is answered once.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from eocif import deliveries, digests, oversight, people, reviews, worksheets
from eocif.errors import EocifError
from eocif.models import Review
from eocif.people import Actor, Seen, known
from eocif.rules.progress import ReviewState
from eocif.rules.said import heard


@dataclass(frozen=True)
class Said:
    """Something a person wrote to us. `subject` tells one message, or one edit of it, apart."""

    seen: Seen
    text: str
    subject: str
    conversation_id: str
    in_channel: bool


def answer(session: Session, *, said: Said, leads: frozenset[str], now: datetime) -> None:
    """Queue the card that answers what was said."""
    actor = people.recognise(session, seen=said.seen, leads=leads, now=now)
    understood = heard(said.text, channel=said.in_channel)
    if said.in_channel:
        _in_channel(session, said, actor, understood.command, understood.nearest, now)
        return
    card = (
        _card(session, said, actor, understood.command, now)
        if understood.command
        else {"card": "help", "understood": False, "commands": list(understood.nearest)}
    )
    _to_person(session, said, actor, card, now)


def _card(
    session: Session, said: Said, actor: Actor, command: str, now: datetime
) -> dict[str, Any]:
    if command == "my areas":
        return {"card": "my_areas"}
    if command == "start a review":
        return _start(session, said, actor, now)
    if command in ("outstanding", "review"):
        return _led(session, actor, command)
    if command == "worksheet":
        return _worksheet(session, actor)
    if command == "digest":
        return _digest(session, actor)
    return {"card": command}  # help, and the actions that are theirs


def _start(session: Session, said: Said, actor: Actor, now: datetime) -> dict[str, Any]:
    try:
        review_id = reviews.start_set_up(session, actor=actor, nonce=said.subject, now=now)
    except EocifError as refused:
        return {"card": "help", "said": {"notice": refused.sentence, "is_problem": True}}
    return {"card": "set_up", "review": review_id}


def _led(session: Session, actor: Actor, command: str) -> dict[str, Any]:
    ids = [*oversight.led_by(session, actor=actor), *oversight.part_of(session, actor=actor)]
    found = [session.get_one(Review, each) for each in ids]
    if command == "outstanding":  # of a draft nobody owes anything yet
        found.sort(key=lambda review: review.state == ReviewState.DRAFT)
    elif not found:  # one that has just ended is still worth a look
        found = worksheets.reviews_of(session, actor=actor)[:1]
    if not found:
        sentence = "You are not part of a review at the moment. Nothing is asked of you."
        return {"card": "help", "said": {"notice": sentence}}
    first = known(found[0].id)
    if found[0].state == ReviewState.DRAFT:
        return {"card": "set_up", "review": first, "step": "check"}
    return {"card": command, "review": first}


def _worksheet(session: Session, actor: Actor) -> dict[str, Any]:
    found = worksheets.reviews_of(session, actor=actor)
    if not found:
        sentence = "There is no worksheet for you yet. It begins when a review starts."
        return {"card": "help", "said": {"notice": sentence}}
    return {"card": "worksheet", "review": known(found[0].id)}


def _digest(session: Session, actor: Actor) -> dict[str, Any]:
    if digests.reviews_of(session, actor=actor):
        return {"card": "digest"}
    sentence = (
        "There is no digest for you. It is for those who lead a running review or its areas, "
        "and for those whom its lead names."
    )
    return {"card": "help", "said": {"notice": sentence}}


def _in_channel(
    session: Session, said: Said, actor: Actor, command: str | None, nearest: tuple[str, ...],
    now: datetime,
) -> None:  # fmt: skip
    card: dict[str, Any] = {"card": "help", "channel": True}
    if command == "status":
        card = {"card": "status"}
    elif command == "start a review":
        own = _start(session, said, actor, now)
        _to_person(session, said, actor, own, now)
        card["said"] = {"notice": "We have answered you in your own chat with this app."}
    elif command is None:
        card |= {"understood": False, "commands": list(nearest)}
    deliveries.to_channel(
        session, kind="reply", tenant_id=actor.tenant_id, conversation_id=said.conversation_id,
        service_url=said.seen.service_url, subject=said.subject, now=now, asker=actor.person_id,
        **card,
    )  # fmt: skip


def _to_person(
    session: Session, said: Said, actor: Actor, card: dict[str, Any], now: datetime
) -> None:
    deliveries.to_person(
        session, kind="reply", person_id=actor.person_id, tenant_id=actor.tenant_id,
        subject=said.subject, now=now, **card,
    )  # fmt: skip
