"""Control API, reading: the state, a chat as one person sees it, a transcript."""

from typing import Any

from aiohttp import web

from deploy.local.control import Wrong, person_in_teams, visible_chat
from deploy.local.directory import Person
from deploy.local.stand_in import STAND_IN, StandIn
from deploy.local.world import BOT, Card, Chat, Message

EVERYONE = "graph.microsoft.com/users"
PRESENT = "graph.microsoft.com/users?scope=currentContext"
"""The two data sets that a people picker may ask for in Teams."""


def routes() -> list[web.RouteDef]:
    """Everything that can be read."""
    return [
        web.get("/control/state", state),
        web.get("/control/chat", chat),
        web.get("/control/transcript", transcript),
        web.get("/control/events", events),
    ]


async def state(request: web.Request) -> web.Response:
    """People, team, clock and unread counts; with every message unless `?brief=1`."""
    stand_in = request.app[STAND_IN]
    world, directory = stand_in.world, stand_in.world.directory
    people = [_person(stand_in, person) for person in directory.people]
    if "brief" not in request.query:
        for one, person in zip(people, directory.people, strict=True):
            one["messages"] = _all_seen(stand_in, person)
    team = {
        "id": directory.team_id,
        "name": directory.team_name,
        "installed": world.state.team_installed,
        "members": world.state.members,
    }
    answer = {
        "provider": directory.provider,
        "tenant_id": directory.tenant_id,
        "bot": {"id": f"28:{stand_in.settings.app_id}", "name": stand_in.settings.bot_name},
        "now": world.now().isoformat(),
        "clock_known": world.offset is not None,
        "moving": world.moving,
        "team": team,
        "people": people,
    }
    return web.json_response(answer)


def _person(stand_in: StandIn, person: Person) -> dict[str, Any]:
    world = stand_in.world
    own = next((chat for chat in world.state.chats.values() if chat.person == person.key), None)
    unread = world.state.unread
    return {
        "key": person.key,
        "name": person.name,
        "post": person.post,
        "entra_id": person.entra_id,
        "teams_id": person.teams_id,
        "in_teams": person.in_teams,
        "guest": person.guest,
        "in_team": person.key in world.state.members,
        "has_app": person.in_teams and world.has_app(person.key),
        "installed": person.key in world.state.installed,
        "blocked": person.key in world.state.blocked,
        "unread": unread.get(own.id, {}).get(person.key, 0) if own else 0,
        "unread_channel": unread.get(world.channel.id, {}).get(person.key, 0),
    }


def _all_seen(stand_in: StandIn, person: Person) -> list[dict[str, Any]]:
    """Every message of the person's own chat and, for members, of the channel."""
    chats = stand_in.world.state.chats.values()
    mine = [one for one in chats if person.key in stand_in.world.people_in(one)]
    return [line for one in mine for line in seen_messages(stand_in, person, one)]


def seen_messages(stand_in: StandIn, person: Person, chat: Chat) -> list[dict[str, Any]]:
    """A chat's messages, oldest first, as this person sees them now."""
    messages = stand_in.world.state.messages.values()
    return [_message(stand_in, person, one) for one in messages if one.chat == chat.id]


def _message(stand_in: StandIn, person: Person, message: Message) -> dict[str, Any]:
    world = stand_in.world
    card, mark = world.seen(person.key, message)
    sender = world.directory.find(message.sender)
    kept = {"id", "thread", "sender", "by", "text", "summary", "alert", "edited", "deleted"}
    return {
        **message.model_dump(include=kept),
        "at": message.at.isoformat(),
        "conversation": "personal" if world.state.chats[message.chat].person else "channel",
        "name": sender.name if sender else stand_in.settings.bot_name,
        "card": card,
        "file": None if message.deleted else message.file,
        "mark": mark,
        "in_place": (person.key, message.id) in world.in_place,
        "wants_refresh": wants_refresh(stand_in, person, message),
    }


def wants_refresh(stand_in: StandIn, person: Person, message: Message) -> bool:
    """Whether Teams would refresh this card by itself for this person when they see it.

    It does for those named in `userIds` and, where nobody is named, in a personal chat; once for
    each time they come to the chat.
    """
    world = stand_in.world
    refresh = (message.card or {}).get("refresh") or {}
    tried = (person.key, message.id, message.revision) in world.refreshed
    if message.sender != BOT or not refresh.get("action") or tried:
        return False
    if (person.key, message.id) in world.in_place:
        return False
    named = refresh.get("userIds")
    return person.teams_id in named if named else bool(world.state.chats[message.chat].person)


async def chat(request: web.Request) -> web.Response:
    """`?person=KEY&conversation=personal|channel`: the messages as that person sees them.

    `pickers` holds what people pickers in this conversation offer, by data set.
    """
    stand_in = request.app[STAND_IN]
    person = person_in_teams(stand_in, request.query.get("person", ""))
    wanted = request.query.get("conversation", "personal")
    found = visible_chat(stand_in, person, wanted)
    pickers = {name: _offers(stand_in, found, name) for name in (EVERYONE, PRESENT)}
    messages = seen_messages(stand_in, person, found)
    return web.json_response({"id": found.id, "messages": messages, "pickers": pickers})


def _offers(stand_in: StandIn, found: Chat, dataset: str) -> list[dict[str, str]]:
    """The choices a people picker fills itself with."""
    people = offered(stand_in, found, dataset)
    return [{"title": f"{one.name}, {one.post}", "value": one.entra_id} for one in people]


def offered(stand_in: StandIn, found: Chat, dataset: str) -> list[Person]:
    """Whom a people picker offers: the organisation, or only those in this conversation."""
    directory = stand_in.world.directory
    if dataset not in {EVERYONE, PRESENT}:
        return []
    present = stand_in.world.people_in(found)
    return [one for one in directory.accounts() if dataset == EVERYONE or one.key in present]


async def transcript(request: web.Request) -> web.Response:
    """`?person=KEY`: all that happened before that person's eyes, in order."""
    stand_in = request.app[STAND_IN]
    person = person_in_teams(stand_in, request.query.get("person", ""))
    lines = stand_in.world.lines.get(person.key, [])
    return web.json_response([line.model_dump(mode="json") for line in lines])


async def events(request: web.Request) -> web.StreamResponse:
    """Server-sent events: the keys of those whose view changed, as a JSON list."""
    return await request.app[STAND_IN].events.stream(request)


def card_of(stand_in: StandIn, person: Person, message: Message) -> Card:
    """The card as the person sees it. Raises Wrong 404 where the message has none."""
    card, _ = stand_in.world.seen(person.key, message)
    if card is None:
        raise Wrong(404, "This message has no card.")
    return card
