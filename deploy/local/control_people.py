"""Control API, acting as a person: say, edit, press, come to a chat and leave it."""

import asyncio
from typing import Any, Literal

from aiohttp import web
from pydantic import Field

from deploy.local import card_inputs
from deploy.local.bot_client import BotAnswer
from deploy.local.card_limits import refuses
from deploy.local.control import (
    About,
    Wrong,
    asked,
    person_in_teams,
    visible_chat,
    visible_message,
)
from deploy.local.control_views import card_of, offered, wants_refresh
from deploy.local.directory import Person
from deploy.local.stand_in import STAND_IN, StandIn
from deploy.local.world import Chat, Message

CARD_ANSWER = "application/vnd.microsoft.card.adaptive"
TEXT_ANSWER = "application/vnd.microsoft.activity.message"
WENT_WRONG = "Something went wrong. Please try again."
"""What Teams itself shows when a press failed."""

Conversation = Literal["personal", "channel"]


def routes() -> list[web.RouteDef]:
    """Everything that a person can do."""
    return [
        web.post("/control/say", say),
        web.post("/control/edit", edit),
        web.post("/control/press", press),
        web.post("/control/refresh", refresh),
        web.post("/control/open", open_chat),
        web.post("/control/leave", leave),
    ]


class Say(About):
    """Type a message. In the channel the bot hears it only with a mention."""

    text: str
    conversation: Conversation = "personal"
    mention: bool = True
    thread: str = ""


async def say(request: web.Request) -> web.Response:
    """Answers `{"message", "status"}`; status is the bot's, null where it was not to hear it."""
    stand_in, ask = request.app[STAND_IN], await asked(request, Say)
    person = person_in_teams(stand_in, ask.person)
    chat = visible_chat(stand_in, person, ask.conversation)
    _check_can_write(stand_in, chat)
    said = stand_in.world.post(chat, person.key, text=ask.text, thread=ask.thread)
    mention = ask.mention and not chat.person
    if not (chat.person or mention):
        return web.json_response({"message": said.id, "status": None})
    activity = stand_in.scene(request).message(person, chat, said, mention=mention)
    answer = await stand_in.bot.send(activity)
    return web.json_response({"message": said.id, "status": answer.status})


def _check_can_write(stand_in: StandIn, chat: Chat) -> None:
    """Nobody can write to an app that is not there for them."""
    there = stand_in.world.has_app(chat.person) if chat.person else True
    if not there:
        raise Wrong(409, "The app is not installed for this person.")


class Edit(About):
    """Change one's own message."""

    message: str
    text: str
    mention: bool = True


async def edit(request: web.Request) -> web.Response:
    """Answers `{"status"}` of the bot."""
    stand_in, ask = request.app[STAND_IN], await asked(request, Edit)
    person = person_in_teams(stand_in, ask.person)
    said = visible_message(stand_in, person, ask.message)
    if said.sender != person.key:
        raise Wrong(409, "Only one's own messages can be changed.")
    chat = stand_in.world.state.chats[said.chat]
    stand_in.world.edit(said, ask.text)
    mention = ask.mention and not chat.person
    activity = stand_in.scene(request).edited(person, chat, said, mention=mention)
    answer = await stand_in.bot.send(activity)
    return web.json_response({"status": answer.status})


class Press(About):
    """Press a button on the card that the person sees.

    Name it by `action` (its place from 0, or its id, verb or title) or by `verb` with some of its
    `data`; or give `composed`, the action as a renderer made it. `inputs` are values by input id;
    those left out keep what the card shows, an empty one is not sent. `unchecked` leaves out the
    renderer's checks and lets `verb` and `data` be anything; `old_client` presses the
    `Action.Submit` fallback. `times` sends the same press that often at once, as resends do.
    """

    message: str
    action: int | str | None = None
    verb: str | None = None
    data: dict[str, Any] = Field(default_factory=dict)
    composed: dict[str, Any] | None = None
    inputs: dict[str, Any] = Field(default_factory=dict)
    trigger: Literal["manual", "automatic"] = "manual"
    unchecked: bool = False
    old_client: bool = False
    times: int = Field(default=1, ge=1, le=20)


async def press(request: web.Request) -> web.Response:
    """Answers `{"status", "body", "replaced", "text", "error"}`; 422 names inputs to put right."""
    stand_in, ask = request.app[STAND_IN], await asked(request, Press)
    person = person_in_teams(stand_in, ask.person)
    message = visible_message(stand_in, person, ask.message)
    action = _action(stand_in, person, message, ask)
    scene, chat = stand_in.scene(request), stand_in.world.state.chats[message.chat]
    if action["type"] == "Action.Submit":
        activity = scene.submitted(person, chat, message, action["data"])
    else:
        activity = scene.pressed(person, chat, message, action, ask.trigger)
    sends = (stand_in.bot.send(activity) for _ in range(ask.times))
    answers = await asyncio.gather(*sends)
    if action["type"] == "Action.Submit":
        return web.json_response(_submitted(answers[-1]))
    return web.json_response(_settle(stand_in, person, message, answers[-1]))


def _action(stand_in: StandIn, person: Person, message: Message, ask: Press) -> dict[str, Any]:
    """The action to send. Raises Wrong 404 for a button that is not there, 422 for its inputs."""
    if ask.composed is not None:
        return {"type": "Action.Execute", "data": {}, **ask.composed}
    card = card_of(stand_in, person, message)
    button = _button(card, ask)
    if ask.old_client:
        button = card_inputs.as_old_client(button)
    free = ask.unchecked or ask.old_client
    if not free:
        _check_inputs(stand_in, button, ask.inputs, message)
    return card_inputs.composed(button, ask.inputs, forged=free)


def _button(card: dict[str, Any], ask: Press) -> card_inputs.Button:
    if ask.action is not None:
        found = card_inputs.find(card, ask.action)
    else:
        found = card_inputs.find_by_verb(card, ask.verb or "", ask.data)
    if found is None and ask.unchecked and ask.verb:
        forged = {"type": "Action.Execute", "verb": ask.verb, "data": ask.data}
        return card_inputs.Button(forged, ())
    if found is None:
        titles = [one.action.get("title") for one in card_inputs.buttons(card)]
        raise Wrong(404, "The card has no such button.", buttons=titles)
    if found.action.get("isEnabled") is False and not ask.unchecked:
        raise Wrong(409, "This button cannot be pressed now.")
    return found


def _check_inputs(
    stand_in: StandIn, button: card_inputs.Button, given: dict[str, Any], message: Message
) -> None:
    """What the renderer would not let through: 422 with a sentence for each input."""
    chat = stand_in.world.state.chats[message.chat]

    def people(dataset: str) -> frozenset[str]:
        return frozenset(one.entra_id for one in offered(stand_in, chat, dataset))

    wrong = card_inputs.problems(button.inputs, given, people)
    if wrong:
        raise Wrong(422, "Some inputs are not filled in as they should be.", errors=wrong)


def _settle(
    stand_in: StandIn, person: Person, message: Message, answer: BotAnswer
) -> dict[str, Any]:
    """Show what the bot answered, as Teams would, and tell the caller."""
    told: dict[str, Any] = {"status": answer.status, "body": answer.body}
    told |= {"replaced": False, "text": None, "error": None}
    body = answer.body if isinstance(answer.body, dict) else {}
    value, kind = body.get("value"), body.get("type")
    if not answer.fine or body.get("statusCode") != 200:
        told["error"] = WENT_WRONG
    elif kind == CARD_ANSWER and isinstance(value, dict) and not refuses(value):
        stand_in.world.show_in_place(person.key, message, value)
        told["replaced"] = True
    elif kind == TEXT_ANSWER and isinstance(value, str):
        told["text"] = value
    else:
        told["error"] = WENT_WRONG
    return told


def _submitted(answer: BotAnswer) -> dict[str, Any]:
    """The answer to an `Action.Submit`: nothing changes until the bot updates the message."""
    error = None if answer.fine else WENT_WRONG
    return {"status": answer.status, "body": None, "replaced": False, "text": None, "error": error}


class OnMessage(About):
    """A call about one message that a person sees."""

    message: str


async def refresh(request: web.Request) -> web.Response:
    """Refresh one card by itself where Teams would; `{"refreshed": bool}`."""
    stand_in, ask = request.app[STAND_IN], await asked(request, OnMessage)
    person = person_in_teams(stand_in, ask.person)
    message = visible_message(stand_in, person, ask.message)
    wanted = wants_refresh(stand_in, person, message)
    if wanted:
        await _refresh(request, person, message)
    return web.json_response({"refreshed": wanted})


async def _refresh(request: web.Request, person: Person, message: Message) -> None:
    """Send the card's refresh action. A failure leaves the stored card, as in Teams."""
    stand_in = request.app[STAND_IN]
    stand_in.world.refreshed.add((person.key, message.id, message.revision))
    action = (message.card or {})["refresh"]["action"]
    chat = stand_in.world.state.chats[message.chat]
    button = card_inputs.Button(action, ())
    sent = card_inputs.composed(button, {})
    activity = stand_in.scene(request).pressed(person, chat, message, sent, "automatic")
    _settle(stand_in, person, message, await stand_in.bot.send(activity))


class Come(About):
    """Open a chat."""

    conversation: Conversation = "personal"


async def open_chat(request: web.Request) -> web.Response:
    """Everything in the chat is read, and cards that ask for it are refreshed by themselves.

    Answers `{"refreshed": [message ids]}`.
    """
    stand_in, ask = request.app[STAND_IN], await asked(request, Come)
    person = person_in_teams(stand_in, ask.person)
    chat = visible_chat(stand_in, person, ask.conversation)
    stand_in.world.enter(person.key, chat)
    mine = [one for one in stand_in.world.state.messages.values() if one.chat == chat.id]
    wanting = [one for one in mine if wants_refresh(stand_in, person, one)]
    for message in wanting:
        await _refresh(request, person, message)
    return web.json_response({"refreshed": [message.id for message in wanting]})


async def leave(request: web.Request) -> web.Response:
    """Leave all chats: cards answered in place go back to what Teams stores."""
    stand_in, ask = request.app[STAND_IN], await asked(request, About)
    stand_in.world.leave(person_in_teams(stand_in, ask.person).key)
    return web.json_response({})
