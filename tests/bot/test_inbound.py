import asyncio
import json
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from typing import Any

import aiohttp
import pytest
from botbuilder.core import TurnContext
from botbuilder.schema import Activity

from bot import payload as payload_module
from bot.inbound import Inbound
from bot.keys import SigningKeys
from bot.settings import settings_from
from tests.bot.authority import Authority
from tests.bot.conftest import PAYLOADS
from tests.bot.edge import Edge
from tests.bot.forgeries import (
    AMINA,
    CASES,
    OTHER_TENANT,
    SERVICE,
    TENANT,
    Sent,
    at,
    bearer,
    headers_of,
    signed,
)

Body = dict[str, Any]


@pytest.fixture
async def edge(authority: Authority, http: aiohttp.ClientSession) -> AsyncIterator[Edge]:
    """The edge as in production but for where the keys are announced."""
    settings = settings_from({"EOCIF_LOCAL": "1", "EOCIF_OPENID_METADATA_URL": authority.url})
    keys = SigningKeys(authority.url, http)
    made = Edge(Inbound(replace(settings, local=False), keys))
    async with made:
        yield made
    await keys.close()


@pytest.fixture
async def open_edge() -> AsyncIterator[Edge]:
    """The edge of local mode where no one signs tokens."""
    made = Edge(Inbound(settings_from({"EOCIF_LOCAL": "1"}), None))
    async with made:
        yield made


async def post(
    http: aiohttp.ClientSession, edge: Edge, body: Any, headers: list[tuple[str, str]]
) -> tuple[int, Any]:
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    async with http.post(edge.url, data=data, headers=headers) as response:
        text = await response.text()
        return response.status, json.loads(text) if text else None


ERRORS = {400: "bad_request", 401: "unauthorized", 403: "forbidden", 413: "too_large"}


@pytest.mark.parametrize(
    ("build", "status", "reason"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
async def test_each_request_gets_the_status_it_deserves_and_no_other_reaches_the_bot(
    authority: Authority,
    http: aiohttp.ClientSession,
    edge: Edge,
    payload: Callable[[str], Body],
    build: Callable[[Authority, Body], Sent],
    status: int,
    reason: str,
) -> None:
    body, headers = build(authority, payload("personal_message"))
    answered, said = await post(http, edge, body, headers)
    assert (answered, edge.reasons) == (status, [reason] if reason else [])
    assert len(edge.accepted) == (1 if status == 200 else 0)
    assert said == ({"error": ERRORS[status]} if reason else None)


@pytest.mark.parametrize("path", sorted(PAYLOADS.glob("*.json")), ids=lambda path: path.stem)
async def test_each_raw_activity_that_teams_sends_is_accepted(
    authority: Authority, http: aiohttp.ClientSession, edge: Edge, path: Any
) -> None:
    body = json.loads(path.read_text("utf-8"))
    status, _ = await post(http, edge, *signed(authority, body))
    assert status == 200
    accepted = edge.accepted[0]
    assert accepted.tenant_id == TENANT
    assert accepted.person_id == body["from"].get("aadObjectId", "")
    assert accepted.value == body.get("value", {})
    assert accepted.activity.type == body["type"]
    assert accepted.activity.conversation.tenant_id == TENANT
    assert accepted.channel_data["tenant"] == {"id": TENANT}
    assert "legacy" not in accepted.channel_data


async def test_the_activity_holds_what_the_bot_reads(
    authority: Authority, http: aiohttp.ClientSession, edge: Edge, payload: Callable[[str], Body]
) -> None:
    await post(http, edge, *signed(authority, payload("channel_mention")))
    activity = edge.accepted[0].activity
    assert isinstance(activity, Activity)
    assert (activity.channel_id, activity.service_url) == ("msteams", SERVICE)
    assert activity.conversation.conversation_type == "channel"
    assert activity.from_property.name == "Tom Okafor"
    assert TurnContext.remove_recipient_mention(activity).strip() == "start a review please"
    assert [mention.type for mention in activity.entities] == ["mention"]


async def test_members_added_keep_their_ids(
    authority: Authority, http: aiohttp.ClientSession, edge: Edge, payload: Callable[[str], Body]
) -> None:
    await post(http, edge, *signed(authority, payload("team_member_added")))
    added = edge.accepted[0].activity.members_added
    assert [member.id for member in added] == ["29:sunil", "29:joan"]
    assert added[0].aad_object_id == "a0000000-0000-4000-8000-000000000008"


async def test_the_same_token_may_come_again(
    authority: Authority, http: aiohttp.ClientSession, edge: Edge, payload: Callable[[str], Body]
) -> None:
    sent = signed(authority, payload("card_press"))
    assert [(await post(http, edge, *sent))[0] for _ in range(3)] == [200, 200, 200]


async def test_a_body_without_a_length_is_counted_while_it_is_read(
    authority: Authority, http: aiohttp.ClientSession, edge: Edge
) -> None:
    async def chunks() -> AsyncIterator[bytes]:
        for _ in range(257):
            yield b" " * 1024

    headers = bearer(authority.token(SERVICE))
    async with http.post(edge.url, data=chunks(), headers=headers) as response:
        assert response.status == 413
    assert edge.reasons == ["too_large"]


async def test_a_body_sent_slowly_is_given_up_on(
    authority: Authority, edge: Edge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(payload_module, "BODY_SECONDS", 0.05)
    reader, writer = await begin(edge, authority, length=100)
    answer = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 5)
    writer.close()
    assert answer.startswith(b"HTTP/1.1 400 ")
    assert b"Connection: close" in answer
    assert edge.reasons == ["malformed"]


async def test_a_caller_who_hangs_up_is_no_error(authority: Authority, edge: Edge) -> None:
    _, writer = await begin(edge, authority, length=100)
    await asyncio.sleep(0.05)
    writer.transport.abort()
    await asyncio.wait_for(edge.settled.wait(), 5)
    assert edge.reasons == ["malformed"]
    assert edge.accepted == []


async def begin(
    edge: Edge, authority: Authority, length: int
) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """The head of a request and the first byte of its body."""
    reader, writer = await asyncio.open_connection("127.0.0.1", edge.port)
    token = authority.token(SERVICE)
    head = (
        "POST /api/messages HTTP/1.1\r\nHost: bot\r\nContent-Type: application/json\r\n"
        f"Authorization: Bearer {token}\r\nContent-Length: {length}\r\n\r\n{{"
    )
    writer.write(head.encode())
    await writer.drain()
    return reader, writer


async def test_without_keys_a_caller_is_told_to_come_back(
    authority: Authority, http: aiohttp.ClientSession, edge: Edge, payload: Callable[[str], Body]
) -> None:
    authority.status = 500
    status, said = await post(http, edge, *signed(authority, payload("personal_message")))
    assert (status, said) == (503, {"error": "unavailable"})
    assert edge.reasons == ["keys_unavailable"]


async def test_local_mode_asks_for_no_token_and_takes_loopback_addresses(
    http: aiohttp.ClientSession, open_edge: Edge, payload: Callable[[str], Body]
) -> None:
    body = {**payload("personal_message"), "serviceUrl": "http://127.0.0.1:9000/"}
    status, _ = await post(http, open_edge, body, [("Content-Type", "application/json")])
    assert status == 200
    assert open_edge.accepted[0].person_id == AMINA


@pytest.mark.parametrize(
    ("path", "value", "status"),
    [
        ("serviceUrl", "http://evil.example/", 403),
        ("serviceUrl", "http://127.0.0.1.evil.example/", 403),
        ("channelId", "emulator", 403),
        ("conversation.tenantId", OTHER_TENANT, 403),
        ("serviceUrl", None, 400),
    ],
)
async def test_local_mode_keeps_every_other_rule(
    authority: Authority,
    http: aiohttp.ClientSession,
    open_edge: Edge,
    payload: Callable[[str], Body],
    path: str,
    value: str | None,
    status: int,
) -> None:
    body, _ = at(path, value)(authority, payload("personal_message"))
    answered, _ = await post(http, open_edge, body, [("Content-Type", "application/json")])
    assert answered == status


async def test_local_mode_with_a_signer_checks_tokens(
    authority: Authority, http: aiohttp.ClientSession, payload: Callable[[str], Body]
) -> None:
    local = settings_from({"EOCIF_LOCAL": "1", "EOCIF_OPENID_METADATA_URL": authority.url})
    keys = SigningKeys(authority.url, http)
    edge = Edge(Inbound(local, keys))
    async with edge:
        body = payload("personal_message")
        assert (await post(http, edge, *headers_of()(authority, body)))[0] == 401
        assert (await post(http, edge, *signed(authority, body)))[0] == 200
    await keys.close()


def test_outside_local_mode_there_is_no_edge_without_keys() -> None:
    settings = replace(settings_from({"EOCIF_LOCAL": "1"}), local=False)
    with pytest.raises(ValueError, match="every caller's token is checked"):
        Inbound(settings, None)
