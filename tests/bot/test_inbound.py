import asyncio
import base64
import json
import warnings
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from typing import Any

import aiohttp
import jwt
import pytest
from botbuilder.core import TurnContext
from botbuilder.schema import Activity

from bot import payload as payload_module
from bot.inbound import Inbound
from bot.keys import SigningKeys
from bot.payload import MAX_BODY
from bot.settings import settings_from
from tests.bot.authority import Authority, now
from tests.bot.conftest import PAYLOADS
from tests.bot.edge import Edge

TENANT = "5e1f0c2a-7b1d-4d7e-9a55-0f6c3b8d2e10"
OTHER_TENANT = "99999999-7b1d-4d7e-9a55-0f6c3b8d2e10"
SERVICE = f"https://smba.trafficmanager.net/uk/{TENANT}/"
AMINA = "a0000000-0000-4000-8000-000000000001"
DAY = 24 * 3600

Body = dict[str, Any]
Sent = tuple[Any, list[tuple[str, str]]]  # a body (a dict, or bytes as they are) and headers


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


def bearer(token: str, scheme: str = "Bearer") -> list[tuple[str, str]]:
    return [
        ("Content-Type", "application/json; charset=utf-8"),
        ("Authorization", f"{scheme} {token}"),
    ]


def signed(authority: Authority, body: Any, **changes: Any) -> Sent:
    return body, bearer(authority.token(SERVICE, **changes))


def at(path: str, value: Any) -> Callable[[Authority, Body], Sent]:
    """The activity with one field changed (None: taken out), its token beyond reproach."""

    def build(authority: Authority, body: Body) -> Sent:
        *parents, last = path.split(".")
        part = body
        for parent in parents:
            part = part[parent]
        part.pop(last, None)
        if value is not None:
            part[last] = value
        return signed(authority, body)

    return build


def claim(**changes: Any) -> Callable[[Authority, Body], Sent]:
    return lambda authority, body: signed(authority, body, **changes)


def end(seconds: int) -> Callable[[Authority, Body], Sent]:
    return lambda authority, body: signed(authority, body, exp=now() + seconds)


def start(seconds: int) -> Callable[[Authority, Body], Sent]:
    return lambda authority, body: signed(authority, body, nbf=now() + seconds)


def raw(body: bytes) -> Callable[[Authority, Body], Sent]:
    return lambda authority, _: signed(authority, body)


def padded(size: int) -> Callable[[Authority, Body], Sent]:
    def build(authority: Authority, body: Body) -> Sent:
        space = size - len(json.dumps({**body, "padding": ""}))
        return signed(authority, {**body, "padding": "x" * space})

    return build


def service(url: str) -> Callable[[Authority, Body], Sent]:
    """Body and token agree on the service URL, as they would from someone who holds a key."""

    def build(authority: Authority, body: Body) -> Sent:
        return signed(authority, {**body, "serviceUrl": url}, serviceurl=url)

    return build


def headers_of(*extra: tuple[str, str]) -> Callable[[Authority, Body], Sent]:
    return lambda _, body: (body, [("Content-Type", "application/json"), *extra])


def typed_as(content_type: str, *extra: tuple[str, str]) -> Callable[[Authority, Body], Sent]:
    def build(authority: Authority, body: Body) -> Sent:
        token = authority.token(SERVICE)
        return body, [("Content-Type", content_type), ("Authorization", f"Bearer {token}"), *extra]

    return build


def forged(authority: Authority, body: Body) -> Sent:
    stranger = Authority("stranger")
    return body, bearer(stranger.token(SERVICE))


def tampered(authority: Authority, body: Body) -> Sent:
    head, _, signature = authority.token(SERVICE).split(".")
    claims = json.dumps(authority.claims(SERVICE, exp=now() + DAY)).encode()
    middle = base64.urlsafe_b64encode(claims).rstrip(b"=").decode()
    return body, bearer(f"{head}.{middle}.{signature}")


def unsigned(authority: Authority, body: Body) -> Sent:
    token = jwt.encode(authority.claims(SERVICE), None, "none", headers={"kid": "first"})
    return body, bearer(f"{token}AAAA")


def signed_with_the_public_key(authority: Authority, body: Body) -> Sent:
    modulus = authority.public_jwk("first")["n"]
    return body, bearer(
        jwt.encode(authority.claims(SERVICE), modulus, "HS256", headers={"kid": "first"})
    )


def unknown_key(authority: Authority, body: Body) -> Sent:
    token = jwt.encode(
        authority.claims(SERVICE), authority.private["first"], "RS256", headers={"kid": "other"}
    )
    return body, bearer(token)


def without_key_id(authority: Authority, body: Body) -> Sent:
    return body, bearer(jwt.encode(authority.claims(SERVICE), authority.private["first"], "RS256"))


def key_for_another_channel(authority: Authority, body: Body) -> Sent:
    authority.add_key("skype", channels=("skype",))
    return body, bearer(authority.token(SERVICE, kid="skype"))


def key_for_no_channel(authority: Authority, body: Body) -> Sent:
    authority.add_key("bare", channels=())
    return body, bearer(authority.token(SERVICE, kid="bare"))


def too_short_a_key(authority: Authority, body: Body) -> Sent:
    authority.add_key("short", bits=1024)
    with warnings.catch_warnings(action="ignore"):
        return body, bearer(authority.token(SERVICE, kid="short"))


def deep_token_header(authority: Authority, body: Body) -> Sent:
    head = base64.urlsafe_b64encode(b"[" * 5000).rstrip(b"=").decode()
    return body, bearer(f"{head}.e30.AAAA")


def list_for_token_header(authority: Authority, body: Body) -> Sent:
    return body, bearer("W10.e30.AAAA")


def infinite_expiry(authority: Authority, body: Body) -> Sent:
    return signed(authority, body, exp=float("inf"))


def two_tokens(authority: Authority, body: Body) -> Sent:
    good = bearer(authority.token(SERVICE))
    return body, [*good, good[1]]


def token_and_basic(authority: Authority, body: Body) -> Sent:
    return body, [*bearer(authority.token(SERVICE)), ("Authorization", "Basic YTpi")]


def two_tokens_in_one(authority: Authority, body: Body) -> Sent:
    token = authority.token(SERVICE)
    return body, bearer(f"{token}, Bearer {token}")


def lower_case_scheme(authority: Authority, body: Body) -> Sent:
    return body, bearer(authority.token(SERVICE), scheme="bearer")


def deep(levels: int) -> Callable[[Authority, Body], Sent]:
    def build(authority: Authority, body: Body) -> Sent:
        nested: Any = "end"
        for _ in range(levels - 1):
            nested = [nested]
        return signed(authority, {**body, "value": {"nested": nested}} if levels else body)

    return build


def wide(count: int) -> Callable[[Authority, Body], Sent]:
    return lambda authority, body: signed(authority, {**body, "attachments": [{}] * count})


CASES: list[tuple[str, Callable[[Authority, Body], Sent], int, str]] = [
    ("as it should be", claim(), 200, ""),
    # The token.
    ("no token", headers_of(), 401, "no_token"),
    ("an empty token", headers_of(("Authorization", "Bearer ")), 401, "no_token"),
    ("not a token", headers_of(("Authorization", "Bearer abc")), 401, "no_token"),
    ("Basic", headers_of(("Authorization", "Basic YTpi")), 401, "no_token"),
    ("two Authorization headers", two_tokens, 401, "no_token"),
    ("a token and Basic", token_and_basic, 401, "no_token"),
    ("two tokens in one header", two_tokens_in_one, 401, "no_token"),
    ("the scheme in lower case", lower_case_scheme, 200, ""),
    ("signed by a stranger under a known key id", forged, 401, "token"),
    ("claims changed after signing", tampered, 401, "token"),
    ("algorithm none", unsigned, 401, "token"),
    ("HS256 over the public key", signed_with_the_public_key, 401, "token"),
    ("unknown key", unknown_key, 401, "unknown_key"),
    ("no key id", without_key_id, 401, "unknown_key"),
    ("a key of 1,024 bits", too_short_a_key, 401, "unknown_key"),
    ("a header nested 5,000 deep", deep_token_header, 401, "token"),
    ("a header that is a list", list_for_token_header, 401, "token"),
    ("ended", claim(exp=1), 401, "token"),
    ("ended, within the skew", end(-200), 200, ""),
    ("ended, beyond the skew", end(-400), 401, "token"),
    ("not begun", start(400), 401, "token"),
    ("not begun, within the skew", start(200), 200, ""),
    ("no end", claim(exp=None), 401, "token"),
    ("no beginning", claim(nbf=None), 401, "token"),
    ("an end that is no number", claim(exp="soon"), 401, "token"),
    ("an end at infinity", infinite_expiry, 401, "token"),
    ("another audience", claim(aud=OTHER_TENANT), 401, "token"),
    ("two audiences", claim(aud=["10ca1b07-0000-4000-8000-000000000000", "x"]), 401, "token"),
    ("no audience", claim(aud=None), 401, "token"),
    ("another issuer", claim(iss="https://sts.windows.net/"), 401, "token"),
    ("no issuer", claim(iss=None), 401, "token"),
    ("a key for another channel", key_for_another_channel, 403, "endorsement"),
    ("a key for no channel", key_for_no_channel, 403, "endorsement"),
    ("a token for another service URL", claim(serviceurl=SERVICE + "x"), 403, "service_url_claim"),
    ("a token for no service URL", claim(serviceurl=None), 403, "service_url_claim"),
    ("service URL not a text", at("serviceUrl", 7), 403, "service_url_claim"),
    ("no service URL", at("serviceUrl", None), 403, "service_url_claim"),
    # The service URL.
    ("http", service("http://smba.trafficmanager.net/uk/"), 403, "service_url"),
    ("another host", service("https://evil.example/"), 403, "service_url"),
    (
        "user information",
        service("https://smba.trafficmanager.net@evil.example/"),
        403,
        "service_url",
    ),
    ("user and password", service("https://a:b@smba.trafficmanager.net/"), 403, "service_url"),
    ("a longer host", service("https://smba.trafficmanager.net.evil.example/"), 403, "service_url"),
    ("a host inside", service("https://evil-smba.trafficmanager.net/"), 403, "service_url"),
    ("upper case", service("https://SMBA.TrafficManager.net/uk/"), 200, ""),
    ("port 443", service("https://smba.trafficmanager.net:443/uk/"), 200, ""),
    ("another port", service("https://smba.trafficmanager.net:8443/uk/"), 403, "service_url"),
    (
        "a port that is a host",
        service("https://smba.trafficmanager.net:443@evil.example/"),
        403,
        "service_url",
    ),
    ("a backslash", service("https://evil.example\\@smba.trafficmanager.net/"), 403, "service_url"),
    ("a query", service("https://smba.trafficmanager.net/?a=/"), 403, "service_url"),
    ("a fragment", service("https://smba.trafficmanager.net/#/"), 403, "service_url"),
    ("dot segments", service("https://smba.trafficmanager.net/uk/../../"), 403, "service_url"),
    ("an escape", service("https://smba.trafficmanager.net/%2e%2e/"), 403, "service_url"),
    ("a line end", service("https://smba.trafficmanager.net/\n"), 403, "service_url"),
    (
        "a very long path",
        service("https://smba.trafficmanager.net/" + "a" * 600),
        403,
        "service_url",
    ),
    ("loopback", service("http://127.0.0.1:9000/"), 403, "service_url"),
    ("a dotless host", service("https://smba/"), 403, "service_url"),
    # Channel, tenant, person.
    ("another channel", at("channelId", "webchat"), 403, "channel"),
    ("no channel", at("channelId", None), 400, "fields"),
    ("another tenant", at("channelData.tenant.id", OTHER_TENANT), 403, "tenant"),
    ("tenants that disagree", at("conversation.tenantId", OTHER_TENANT), 403, "tenant"),
    ("the tenant in upper case", at("conversation.tenantId", TENANT.upper()), 200, ""),
    ("a tenant that is no id", at("conversation.tenantId", "contoso"), 400, "fields"),
    ("no tenant in the conversation", at("conversation.tenantId", None), 403, "tenant"),
    ("no tenant in the channel data", at("channelData.tenant", None), 403, "tenant"),
    ("a tenant that is a list", at("channelData.tenant", [TENANT]), 403, "tenant"),
    ("a tenant id that is an object", at("channelData.tenant.id", {"id": TENANT}), 403, "tenant"),
    ("no channel data", at("channelData", None), 403, "tenant"),
    ("nobody we know", at("from.aadObjectId", None), 403, "person"),
    ("a person who is no id", at("from.aadObjectId", "amina"), 400, "fields"),
    # The body.
    ("no type", at("type", None), 400, "fields"),
    ("no sender", at("from", None), 400, "fields"),
    ("no conversation", at("conversation", None), 400, "fields"),
    ("a conversation that is a text", at("conversation", "a:1"), 400, "fields"),
    ("an id of 2,000 characters", at("conversation.id", "a" * 2000), 400, "fields"),
    ("a text that is a number", at("text", 7), 400, "fields"),
    ("members that are no list", at("membersAdded", {"id": "29:x"}), 400, "fields"),
    ("a number that is no integer", at("value", 0.5), 200, ""),
    ("no recipient", at("recipient", None), 200, ""),
    ("a value that is a text", at("value", "yes"), 200, ""),
    ("unknown fields", at("somethingNew", {"of": ["Teams"]}), 200, ""),
    ("256 KiB", padded(MAX_BODY), 200, ""),
    ("one byte more", padded(MAX_BODY + 1), 413, "too_large"),
    ("257 KiB", padded(257 * 1024), 413, "too_large"),
    ("nested 32 deep", deep(31), 200, ""),
    ("nested 33 deep", deep(32), 400, "malformed"),
    ("100,000 brackets", raw(b"[" * 100_000), 400, "malformed"),
    ("brackets after a quote that never closes", raw(b'"' + b"[" * 100_000), 400, "malformed"),
    ("20,000 small lists", raw(b"[" + b"[]," * 20_000 + b"[]]"), 400, "malformed"),
    ("many brackets in a person's words", at("text", "]}" * 9_000 + "[{" * 9_000), 200, ""),
    ("50 attachments", wide(50), 200, ""),
    ("51 attachments", wide(51), 400, "malformed"),
    ("nothing", raw(b""), 400, "malformed"),
    ("not JSON", raw(b"hello"), 400, "malformed"),
    ("an array", raw(b"[]"), 400, "malformed"),
    ("a name twice", raw(b'{"type":"message","type":"invoke"}'), 400, "malformed"),
    ("NaN", raw(b'{"value":NaN}'), 400, "malformed"),
    ("a number past infinity", raw(b'{"value":1e999}'), 400, "malformed"),
    ("a number of 5,000 digits", raw(b'{"value":' + b"9" * 5000 + b"}"), 400, "malformed"),
    ("a lone surrogate", raw(b'{"text":"\\ud83d"}'), 400, "malformed"),
    ("not UTF-8", raw(b'{"text":"\xff"}'), 400, "malformed"),
    ("UTF-16", raw('{"text":"a"}'.encode("utf-16")), 400, "malformed"),
    ("plain text", typed_as("text/plain"), 400, "malformed"),
    ("a form", typed_as("application/x-www-form-urlencoded"), 400, "malformed"),
    ("a content type that is none", typed_as("json"), 400, "malformed"),
    ("compressed", typed_as("application/json", ("Content-Encoding", "gzip")), 400, "malformed"),
]
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
