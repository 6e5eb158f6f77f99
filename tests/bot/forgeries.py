"""Requests to the edge, sound and forged, each with the status and the reason it deserves."""

import base64
import json
import warnings
from collections.abc import Callable
from typing import Any

import jwt

from bot.payload import MAX_BODY
from tests.bot.authority import Authority, now

TENANT = "5e1f0c2a-7b1d-4d7e-9a55-0f6c3b8d2e10"
OTHER_TENANT = "99999999-7b1d-4d7e-9a55-0f6c3b8d2e10"
SERVICE = f"https://smba.trafficmanager.net/uk/{TENANT}/"
AMINA = "a0000000-0000-4000-8000-000000000001"
DAY = 24 * 3600

Body = dict[str, Any]
Sent = tuple[Any, list[tuple[str, str]]]  # a body (a dict, or bytes as they are) and headers


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
