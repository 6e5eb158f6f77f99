"""Who is in a conversation, read in pages as Teams gives it."""

import base64
import binascii
from typing import Any

from aiohttp import web

from deploy.local.calls import carry_out, named_chat
from deploy.local.refusals import bad_argument, bad_syntax, member_not_found
from deploy.local.stand_in import StandIn
from deploy.local.world import Chat


async def paged_members(request: web.Request) -> web.Response:
    """One page of who is in a conversation; a token for the next one where there is more."""
    stand_in, chat, _ = named_chat(request)
    start = _offset(request.query.get("continuationToken", ""))
    size = _page_size(request.query.get("pageSize", ""), stand_in.settings.page_size)

    def work() -> web.Response:
        stand_in.world.check_reachable(chat)
        people = _accounts(stand_in, chat)
        page: dict[str, Any] = {"members": people[start : start + size]}
        if start + size < len(people):
            page["continuationToken"] = _token(start + size)
        return web.json_response(page)

    return await carry_out(request, "members", chat.id, chat.person, work)


async def member(request: web.Request) -> web.Response:
    """One person of a conversation, by the id that Teams gave out."""
    stand_in, chat, _ = named_chat(request)

    def work() -> web.Response:
        stand_in.world.check_reachable(chat)
        wanted = request.match_info["member"]
        for account in _accounts(stand_in, chat):
            if account["id"] == wanted:
                return web.json_response(account)
        raise member_not_found()

    return await carry_out(request, "members", chat.id, chat.person, work)


def _accounts(stand_in: StandIn, chat: Chat) -> list[dict[str, Any]]:
    directory = stand_in.world.directory
    people = (directory.find(key) for key in stand_in.world.people_in(chat))
    return [person.account(directory.tenant_id) for person in people if person]


def _page_size(asked: str, most: int) -> int:
    if asked and not (asked.isdigit() and int(asked)):
        raise bad_argument("pageSize is not a number above 0.")
    return min(int(asked), most) if asked else most


def _token(offset: int) -> str:
    return base64.urlsafe_b64encode(f"after {offset}".encode()).decode()


def _offset(token: str) -> int:
    if not token:
        return 0
    try:
        return int(base64.urlsafe_b64decode(token).decode().removeprefix("after "))
    except (binascii.Error, ValueError) as wrong:
        raise bad_syntax("The continuation token cannot be read.") from wrong
