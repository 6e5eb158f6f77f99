"""A press, from its verb to the card that answers it: one transaction, no outbound call.

A refusal (an `EocifError`) shows the card that was pressed again, with what was typed, under a
sentence that says what happened, what is kept and what to do.
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from pydantic import BeforeValidator
from sqlalchemy.exc import DataError
from sqlmodel import Session

from bot import (
    action_presses,
    answer_presses,
    conclude_presses,
    confirm_presses,
    date_presses,
    digest_presses,
    draft_presses,
    file_presses,
    habit_presses,
    lead_presses,
    local_presses,
    reminder_presses,
    set_up_presses,
)
from bot.press import Press, Turn, Where
from cards.face import Face
from cards.shapes import Submission
from cards.submissions import VERBS, UnknownVerb, parse
from eocif import deliveries, messages, people
from eocif.database import Database
from eocif.errors import EocifError, Invalid
from eocif.people import Actor
from eocif.rules import digests
from eocif.summaries import Feedback
from scheduler import faces

Handler = Callable[[Session, Turn, Any], Where]
HANDLERS: Mapping[str, Handler] = {
    **set_up_presses.HANDLERS,
    **local_presses.HANDLERS,
    **answer_presses.HANDLERS,
    **lead_presses.HANDLERS,
    **draft_presses.HANDLERS,
    **confirm_presses.HANDLERS,
    **conclude_presses.HANDLERS,
    **file_presses.HANDLERS,
    **action_presses.HANDLERS,
    **habit_presses.HANDLERS,
    **date_presses.HANDLERS,
    **digest_presses.HANDLERS,
    **reminder_presses.HANDLERS,
}
HOMES: Mapping[str, Callable[[Any], Where]] = {
    **set_up_presses.HOMES,
    **local_presses.HOMES,
    **answer_presses.HOMES,
    **lead_presses.HOMES,
    **draft_presses.HOMES,
    **confirm_presses.HOMES,
    **conclude_presses.HOMES,
    **file_presses.HOMES,
    **action_presses.HOMES,
    **habit_presses.HOMES,
    **date_presses.HOMES,
}
# After the last press on a message it is quiet for this long before its stored card follows.
QUIET = timedelta(minutes=1)
_UNREADABLE = "We could not read this card. Nothing was changed. Type “my areas” to carry on."


async def answer(database: Database, press: Press, *, leads: frozenset[str], now: datetime) -> Face:
    """The card that answers a press. Raises only what nobody foresaw."""
    try:
        submission = parse(press.verb, press.data)
    except UnknownVerb:
        return await database.run(sorry, press=press, sentence=_UNREADABLE, leads=leads, now=now)
    try:
        return await _acted(database, press, submission, leads=leads, now=now)
    except (OverflowError, DataError):  # a number that no column holds is not from a card of ours
        return await database.run(sorry, press=press, sentence=_UNREADABLE, leads=leads, now=now)


async def _acted(
    database: Database, press: Press, submission: Submission, *, leads: frozenset[str],
    now: datetime,
) -> Face:  # fmt: skip
    try:
        return await database.run(_act, press=press, submission=submission, leads=leads, now=now)
    except EocifError as refused:
        return await database.run(
            _refuse, press=press, submission=submission, refused=refused, leads=leads, now=now
        )


def sorry(
    session: Session, *, press: Press, sentence: str, leads: frozenset[str], now: datetime,
    reference: str = "",
) -> Face:  # fmt: skip
    """A card that says what went wrong, with what was typed; an old client gets it as a message."""
    if press.is_submit:
        actor = people.recognise(session, seen=press.seen, leads=leads, now=now)
        said = {"notice": f"{sentence} {reference}".strip(), "is_problem": True}
        _reply(session, press, actor, {"card": "help", "said": said}, now)
    return faces.trouble(sentence, reference, typed_words(press.data))


def _act(
    session: Session, *, press: Press, submission: Submission, leads: frozenset[str], now: datetime
) -> Face:
    actor = people.recognise(session, seen=press.seen, leads=leads, now=now)
    where = HANDLERS[press.verb](session, Turn(actor, now), submission)
    face = _face(session, where, actor, now)
    if not press.is_refresh:
        _let_message_follow(session, press, where, face, actor, now)
    return face


def _face(session: Session, where: Where, actor: Actor, now: datetime) -> Face:
    return faces.by_name(
        session, actor=actor, name=where.name, now=now, params=where.params, said=where.said
    )


def _refuse(
    session: Session, *, press: Press, submission: Submission, refused: EocifError,
    leads: frozenset[str], now: datetime,
) -> Face:  # fmt: skip
    actor = people.recognise(session, seen=press.seen, leads=leads, now=now)
    home = HOMES.get(press.verb)
    if home is None:
        return sorry(session, press=press, sentence=refused.sentence, leads=leads, now=now)
    where = home(submission)
    where = Where(where.name, where.params, _said(refused, press.data))
    try:
        face = _face(session, where, actor, now)
    except EocifError:
        return sorry(session, press=press, sentence=refused.sentence, leads=leads, now=now)
    if press.is_submit:
        _let_message_follow(session, press, where, face, actor, now)
    return face


def _said(refused: EocifError, data: Mapping[str, Any]) -> Feedback:
    problems = (
        {each.field: each.sentence for each in refused.problems if each.field}
        if isinstance(refused, Invalid)
        else {}
    )
    typed = {field: text for field, text in data.items() if isinstance(text, str)}
    sentences = (
        " ".join(each.sentence for each in refused.problems if not each.field)
        if isinstance(refused, Invalid)
        else refused.sentence
    )
    return Feedback(sentences, True, problems, typed)


_WORDS = frozenset(
    name
    for shape in VERBS.values()
    for name, field in shape.model_fields.items()
    if field.annotation is str and any(isinstance(each, BeforeValidator) for each in field.metadata)
)


def typed_words(data: Mapping[str, Any]) -> tuple[str, ...]:
    """What a person typed on a card, so that it can be shown back where its card cannot."""
    return tuple(
        text for field, text in data.items() if field in _WORDS and text and isinstance(text, str)
    )


def _let_message_follow(
    session: Session, press: Press, where: Where, face: Face, actor: Actor, now: datetime
) -> None:
    """The stored message follows what was pressed, but never while someone may be typing.

    What nobody asked for goes back to its start page: the weekly message, the day's reminders, the
    digest. Any other shows the card that was reached. An old client's press has no other answer
    than this update, so it goes out at once.
    """
    message = deliveries.message_at(
        session, conversation_id=press.conversation_id, activity_id=press.message_id
    )
    if press.is_submit:
        shown = _stored(where) | {"said": _as_json(where.said)}
        if message is None:
            _reply(session, press, actor, shown, now)
        else:
            deliveries.update_message(session, message=message, now=now, due=now, params=shown)
    elif message is not None:
        due = messages.next_morning(now) if face.has_inputs else now + QUIET
        returns = message.kind in (*deliveries.UNASKED, digests.KIND)
        params = message.params if returns else _stored(where)
        deliveries.update_message(session, message=message, now=now, due=due, params=params)


def _reply(
    session: Session, press: Press, actor: Actor, card: Mapping[str, Any], now: datetime
) -> None:
    deliveries.to_person(
        session, kind="reply", person_id=actor.person_id, tenant_id=actor.tenant_id,
        subject=f"press {press.activity_id}", now=now, **card,
    )  # fmt: skip


def _stored(where: Where) -> dict[str, Any]:
    if where.name == "reminded":
        return {"card": "outstanding", "review": where.params["review"], "by": "person"}
    return {"card": where.name, **where.params}


def _as_json(said: Feedback) -> dict[str, Any]:
    return {**asdict(said), "problems": dict(said.problems), "typed": dict(said.typed)}
