"""The Bot Connector REST API as the bot calls it, with Teams' limits and refusals.

Sends, updates and new chats; the roster is in `deploy.local.roster`.
"""

from http import HTTPStatus
from typing import Any

from aiohttp import web

from deploy.local.calls import carry_out, named_chat, read_body
from deploy.local.card_limits import cards_of, check_message, files_of
from deploy.local.directory import Person
from deploy.local.refusals import (
    Refusal,
    activity_not_found,
    bad_argument,
)
from deploy.local.roster import member, paged_members
from deploy.local.stand_in import SERVICE, STAND_IN, StandIn, service_url
from deploy.local.world import BOT, Chat, Message


def routes() -> list[web.RouteDef]:
    """Every connector route, under the service's own path and, as some clients call it, at /v3."""
    below: list[tuple[str, str, Any]] = [
        ("POST", "/v3/conversations", create),
        ("POST", "/v3/conversations/{conversation}/activities", send),
        ("POST", "/v3/conversations/{conversation}/activities/{activity}", send),
        ("PUT", "/v3/conversations/{conversation}/activities/{activity}", update),
        ("DELETE", "/v3/conversations/{conversation}/activities/{activity}", delete),
        ("GET", "/v3/conversations/{conversation}/pagedmembers", paged_members),
        ("GET", "/v3/conversations/{conversation}/members/{member}", member),
        ("*", "/v3/{rest:.*}", unknown),
    ]
    places = ("", f"/{SERVICE}")
    found = [web.route(method, at + path, do) for at in places for method, path, do in below]
    return [*found, web.route("*", "/{service}/v3/{rest:.*}", unknown)]


async def unknown(_: web.Request) -> web.Response:
    """Another region's address, or a call that Teams does not have for bots."""
    raise bad_argument("Unknown service.")


async def create(request: web.Request) -> web.Response:
    """A one-to-one chat with a member (the same each time), or a new post in the channel."""
    stand_in = request.app[STAND_IN]
    body = await read_body(request)
    _check_tenant(stand_in, body)
    if body.get("isGroup"):
        return await _create_post(request, stand_in, body)
    person = _addressee(stand_in, body)

    def work() -> web.Response:
        chat, new = stand_in.world.chat_with(person)
        stand_in.world.check_reachable(chat)
        stand_in.world.changed([person.key])
        status = HTTPStatus.CREATED if new else HTTPStatus.OK
        return web.json_response({"id": chat.id}, status=status)

    return await carry_out(request, "create", person.teams_id, person.key, work)


def _check_tenant(stand_in: StandIn, body: dict[str, Any]) -> None:
    data = body.get("channelData") or {}
    named = body.get("tenantId") or (data.get("tenant") or {}).get("id")
    if not named:
        raise bad_argument("The tenant id is missing.")
    if named != stand_in.world.directory.tenant_id:
        raise Refusal(403, "ForbiddenOperationException", "The bot is not known in this tenant.")


def _addressee(stand_in: StandIn, body: dict[str, Any]) -> Person:
    """The one member of a new chat. Only an id that Teams gave out (`29:…`) is an address."""
    members = body.get("members") or []
    wanted = members[0].get("id", "") if len(members) == 1 else ""
    person = stand_in.world.directory.find(wanted) if wanted.startswith("29:") else None
    if person is None:
        raise bad_argument("One member, by the id that Teams gave out, is needed.")
    return person


async def _create_post(
    request: web.Request, stand_in: StandIn, body: dict[str, Any]
) -> web.Response:
    channel = ((body.get("channelData") or {}).get("channel") or {}).get("id", "")
    chat, _ = stand_in.world.find_chat(channel)
    activity = body.get("activity") or {}

    def work() -> web.Response:
        stand_in.world.check_reachable(chat)
        check_message(activity, service_url(request))
        root = _store(stand_in, chat, "", activity)[0]
        where = {"id": f"{chat.id};messageid={root.id}", "activityId": root.id}
        return web.json_response(where, status=HTTPStatus.CREATED)

    return await carry_out(request, "create", chat.id, "", work)


async def send(request: web.Request) -> web.Response:
    """A new message. Text beside a card is split in two, and then no id comes back."""
    stand_in, chat, thread = named_chat(request)
    activity = await read_body(request)
    thread = thread or _thread_of(stand_in, chat, request.match_info.get("activity", ""))

    def work() -> web.Response:
        stand_in.world.check_reachable(chat)
        check_message(activity, service_url(request))
        stored = _store(stand_in, chat, thread, activity)
        answer = {"id": stored[0].id} if len(stored) == 1 else {}
        return web.json_response(answer, status=HTTPStatus.CREATED)

    return await carry_out(request, "send", chat.id, chat.person, work)


def _thread_of(stand_in: StandIn, chat: Chat, reply_to: str) -> str:
    """An answer to a channel post goes into that post's thread."""
    answered = stand_in.world.state.messages.get(reply_to)
    if reply_to and answered is None:
        raise activity_not_found()
    return "" if chat.person or answered is None else answered.thread or answered.id


def _store(stand_in: StandIn, chat: Chat, thread: str, activity: dict[str, Any]) -> list[Message]:
    """Keep what was sent: one message for the text and one for each card."""
    if activity.get("type") == "typing":
        return []
    data = activity.get("channelData") or {}
    shared = {
        "thread": thread,
        "summary": activity.get("summary") or "",
        "alert": bool((data.get("notification") or {}).get("alert")),
    }
    parts: list[dict[str, Any]] = [{"card": card} for card in cards_of(activity)]
    files = [{"file": file} for file in files_of(activity)]
    if files and not chat.person:
        raise bad_argument("Files are handed over in a personal chat only.")
    parts += files
    if activity.get("text"):
        parts.insert(0, {"text": activity["text"]})
    if not parts:
        raise bad_argument("The message is empty.")
    return [stand_in.world.post(chat, BOT, **shared, **part) for part in parts]


async def update(request: web.Request) -> web.Response:
    """Replace one of the bot's messages."""
    stand_in, chat, _ = named_chat(request)
    activity = await read_body(request)

    def work() -> web.Response:
        stand_in.world.check_reachable(chat)
        check_message(activity, service_url(request))
        message = stand_in.world.bot_message(chat, request.match_info["activity"])
        card = next(cards_of(activity), None)
        summary = activity.get("summary") or ""
        file, text = next(files_of(activity), None), activity.get("text") or ""
        stand_in.world.update(message, card=card, file=file, text=text, summary=summary)
        return web.json_response({"id": message.id})

    return await carry_out(request, "update", chat.id, chat.person, work)


async def delete(request: web.Request) -> web.Response:
    """Take one of the bot's messages away."""
    stand_in, chat, _ = named_chat(request)

    def work() -> web.Response:
        stand_in.world.check_reachable(chat)
        message = stand_in.world.bot_message(chat, request.match_info["activity"])
        stand_in.world.delete(message)
        return web.Response()

    return await carry_out(request, "delete", chat.id, chat.person, work)
