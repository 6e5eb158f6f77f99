"""The control API: what the page and the tests ask of the stand-in, as JSON.

Every problem is answered with `{"error": sentence}`, so that a page can show it as it stands.
"""

import json
from typing import TypeVar

from aiohttp import web
from aiohttp.typedefs import Handler
from pydantic import BaseModel, ConfigDict, ValidationError

from deploy.local.directory import Person
from deploy.local.refusals import Refusal
from deploy.local.stand_in import STAND_IN, StandIn
from deploy.local.world import Chat, Message


class Wrong(Exception):
    """A control call that cannot be done. `details` join the sentence in the answer."""

    def __init__(self, status: int, sentence: str, **details: object) -> None:
        super().__init__(sentence)
        self.status = status
        self.body = {"error": sentence, **details}


class Ask(BaseModel):
    """The body of a control call; a field we do not know is a mistake."""

    model_config = ConfigDict(extra="forbid")


class About(Ask):
    """A call about one person, by key."""

    person: str


Asked = TypeVar("Asked", bound=BaseModel)


async def asked(request: web.Request, kind: type[Asked]) -> Asked:
    """The body as `kind`. Raises Wrong 400 where it does not fit, 415 where it is not JSON."""
    if request.content_type != "application/json":
        raise Wrong(415, "Send JSON.")
    try:
        return kind.model_validate(await request.json() if request.can_read_body else {})
    except (ValidationError, json.JSONDecodeError) as wrong:
        raise Wrong(400, f"The call does not fit: {wrong}") from wrong


def person_in_teams(stand_in: StandIn, name: str) -> Person:
    """Someone with a Teams account. Raises Wrong 404 for others."""
    person = stand_in.world.directory.find(name)
    if person is None:
        raise Wrong(404, f"Nobody here is called {name}.")
    if not person.in_teams:
        raise Wrong(404, f"{person.name} has no Teams account.")
    return person


def visible_chat(stand_in: StandIn, person: Person, conversation: str) -> Chat:
    """The person's own chat with the bot, or the channel. Raises Wrong 404 for outsiders."""
    if conversation == "channel":
        if person.key not in stand_in.world.state.members:
            raise Wrong(404, f"{person.name} is not in the team.")
        return stand_in.world.channel
    return stand_in.world.chat_with(person)[0]


def visible_message(stand_in: StandIn, person: Person, message_id: str) -> Message:
    """A message that this person can see. Raises Wrong 404 for others."""
    message = stand_in.world.state.messages.get(message_id)
    if message is None or message.deleted:
        raise Wrong(404, "There is no such message.")
    if person.key not in stand_in.world.people_in(stand_in.world.state.chats[message.chat]):
        raise Wrong(404, f"{person.name} cannot see this message.")
    return message


@web.middleware
async def answers_problems(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Turns what was refused into Teams' answers, and what was wrongly asked into ours."""
    try:
        response: web.StreamResponse = await handler(request)
    except Refusal as refusal:
        response = refusal.response()
    except Wrong as wrong:
        response = web.json_response(wrong.body, status=wrong.status)
    if request.method != "GET" and request.path.startswith("/control/"):
        request.app[STAND_IN].keeper.changed()
    return response
