"""The Bot Connector's REST API: open a chat, send, update, read a roster.

The `scheduler.sender.Sender` of production. Each call has one deadline and makes one attempt,
except that a refused access token is replaced once; trying again later is the delivery's
business, which needs to know whether the message may already be there.
"""

import asyncio
import json
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import aiohttp
from yarl import URL

from bot.replies import UNREADABLE, Reply, failure, read_reply
from bot.roster import roster_page
from bot.service_urls import is_file_url, is_loopback_url, is_service_url
from bot.tokens import AccessTokens, NoAccessToken
from scheduler.sender import Address, Message, NotSent, Outcome, RosterPage

DEADLINE = 10.0  # seconds for a call, token and second attempt included
UPLOAD_DEADLINE = 10.0
CONNECT = 5.0  # seconds of them to get a connection
PAGE_SIZE = 500  # the most that Teams gives; less than 50 is read as 50

_PERSON = re.compile(r"29:[A-Za-z0-9_-]{1,250}|(?i:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})")


@dataclass(frozen=True)
class _Call:
    """One call. `repeatable`: made twice it does no more than made once."""

    method: str
    service_url: str
    path: str
    body: dict[str, Any] | None
    repeatable: bool


class Connector:
    """Sends through one aiohttp session. Every method raises NotSent where it did not succeed.

    A call whose fate is unknown is Outcome.UNKNOWN only where repeating it could show a person
    the same message twice; opening a chat, updating and reading are safe to repeat, so they are
    Outcome.RETRY. `tokens` may be None: then only loopback addresses are called, without a token.
    """

    def __init__(
        self,
        session: aiohttp.ClientSession,
        tokens: AccessTokens | None,
        *,
        app_id: str,
        service_hosts: frozenset[str],
        local: bool,
        deadline: float = DEADLINE,
    ) -> None:
        self._session, self._tokens, self._deadline = session, tokens, deadline
        self._bot_id, self._hosts, self._local = f"28:{app_id}", service_hosts, local

    async def open_chat(self, service_url: str, tenant_id: str, teams_id: str) -> str:
        """The id of the one-to-one conversation with a person, made if there is none."""
        if not _PERSON.fullmatch(teams_id):
            raise NotSent(Outcome.PERMANENT, code="BadPersonId")
        body = {
            "bot": {"id": self._bot_id},
            "members": [{"id": teams_id}],
            "isGroup": False,
            "tenantId": tenant_id,
            "channelData": {"tenant": {"id": tenant_id}},
        }
        reply = await self._call(_Call("POST", service_url, "/v3/conversations", body, True))
        chat = _id_in(reply)
        if not chat:
            raise NotSent(Outcome.RETRY, status=reply.status, code=UNREADABLE)
        return chat

    async def send(self, to: Address, message: Message) -> str:
        """The new message's id; "" where Teams took the message but named no id to update."""
        path = f"{_conversation(to)}/activities"
        return _id_in(
            await self._call(_Call("POST", to.service_url, path, _activity(message), False))
        )

    async def update(self, to: Address, activity_id: str, message: Message) -> None:
        """Replace a sent message's card."""
        path = f"{_conversation(to)}/activities/{quote(activity_id, safe='')}"
        body = {**_activity(message), "id": activity_id}
        await self._call(_Call("PUT", to.service_url, path, body, True))

    async def upload(self, url: str, content: bytes) -> None:
        """Put a whole file at the address that Teams gave for it, which carries its own right."""
        if not is_file_url(url, local=self._local):
            raise NotSent(Outcome.PERMANENT, code="FileUrlNotAllowed")
        last = len(content) - 1
        headers = {
            "Content-Type": "application/octet-stream",
            "Content-Range": f"bytes 0-{last}/{len(content)}",
        }
        try:
            async with (
                asyncio.timeout(UPLOAD_DEADLINE),
                self._session.put(
                    URL(url, encoded=True), data=content, headers=headers, allow_redirects=False,
                    timeout=aiohttp.ClientTimeout(total=None, connect=CONNECT),
                ) as response,
            ):  # fmt: skip
                reply = await read_reply(response)
        except (TimeoutError, aiohttp.ClientError, OSError) as error:
            raise NotSent(Outcome.RETRY, code=type(error).__name__) from None
        if not reply.ok:
            raise failure(reply, repeatable=True)

    async def roster(self, of: Address, continuation: str) -> RosterPage:
        """One page of a team's members; `continuation` is "" for the first."""
        path = f"{_conversation(of)}/pagedmembers?pageSize={PAGE_SIZE}"
        if continuation:
            path += f"&continuationToken={quote(continuation, safe='')}"
        reply = await self._call(_Call("GET", of.service_url, path, None, True))
        if not isinstance(reply.body.get("members"), list):
            raise NotSent(Outcome.RETRY, status=reply.status, code=UNREADABLE)
        return roster_page(reply.body, of.tenant_id)

    async def _call(self, call: _Call) -> Reply:
        tokenless = self._local and is_loopback_url(call.service_url)
        known = is_service_url(call.service_url, self._hosts, local=self._local)
        if not known or (self._tokens is None and not tokenless):
            raise NotSent(Outcome.PERMANENT, code="ServiceUrlNotAllowed")
        # Until the first byte may have left, a time-out cannot have sent anything.
        unsent = Outcome.RETRY
        try:
            async with asyncio.timeout(self._deadline):
                headers = await self._headers(call.service_url)
                unsent = Outcome.RETRY if call.repeatable else Outcome.UNKNOWN
                return await self._attempt(call, headers)
        except NoAccessToken:
            raise NotSent(Outcome.RETRY, code="NoAccessToken") from None
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise NotSent(Outcome.RETRY, code=type(error).__name__) from None
        except (TimeoutError, aiohttp.ClientError, OSError) as error:
            raise NotSent(unsent, code=type(error).__name__) from None

    async def _attempt(self, call: _Call, headers: dict[str, str]) -> Reply:
        reply = await self._request(call, headers)
        refused = headers.get("Authorization")
        if reply.status == 401 and refused:
            token = refused.removeprefix("Bearer ")
            reply = await self._request(call, await self._headers(call.service_url, token))
        if reply.ok:
            return reply
        raise failure(reply, repeatable=call.repeatable)

    async def _request(self, call: _Call, headers: dict[str, str]) -> Reply:
        async with self._session.request(
            call.method,
            URL(call.service_url.rstrip("/") + call.path, encoded=True),
            data=None if call.body is None else _json(call.body),
            headers=headers,
            allow_redirects=False,
            timeout=aiohttp.ClientTimeout(total=None, connect=CONNECT),
        ) as response:
            return await read_reply(response)

    async def _headers(self, service_url: str, refused: str | None = None) -> dict[str, str]:
        headers = {"Content-Type": "application/json; charset=utf-8"}
        if self._tokens is None or (self._local and is_loopback_url(service_url)):
            return headers
        return {**headers, "Authorization": f"Bearer {await self._tokens.get(refused=refused)}"}


def _conversation(address: Address) -> str:
    return f"/v3/conversations/{quote(address.conversation_id, safe='')}"


def _activity(message: Message) -> dict[str, Any]:
    """The card alone: with text beside it Teams would make two messages and give no id."""
    activity: dict[str, Any] = {
        "type": "message",
        "summary": message.summary,
        "attachments": [_attachment(message)],
    }
    if message.alert:
        activity["channelData"] = {"notification": {"alert": True}}
    return activity


def _attachment(message: Message) -> dict[str, Any]:
    shape: dict[str, Any] = {"contentType": message.kind, "content": message.card}
    if message.name:
        shape["name"] = message.name
    if message.url:
        shape["contentUrl"] = message.url
    return shape


def _json(body: dict[str, Any]) -> bytes:
    # Unescaped: Teams counts a card's size, and \u escapes would triple some people's words.
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def _id_in(reply: Reply) -> str:
    found = reply.body.get("id")
    return found if isinstance(found, str) else ""
