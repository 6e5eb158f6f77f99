"""The edge: what reaches the bot, and what is turned away.

In this order: size and shape of the body, the caller's token, then channel, tenant and service
URL, and only then an Activity made of the few fields we use. Rules follow Microsoft's page on Bot
Connector authentication, and go further: expiry and start are required, and so are the tenant and
the service URL's host. Refusals are 400, 401, 403, 413 or 503 with a short code, never a trace.

The channel may send the same token many times until it expires, so a token seen before is no
replay. The same *activity* sent twice is: it is told by its id where its effect is stored, in the
same transaction, and not here.
"""

import base64
import json
import re
from dataclasses import dataclass
from typing import Any

import jwt
from aiohttp import web
from botbuilder.schema import Activity
from pydantic import ValidationError

from bot.incoming import Incoming, activity_from
from bot.keys import KeysUnavailable, SigningKey, SigningKeys
from bot.payload import Malformed, TooLarge, read_object
from bot.service_urls import is_service_url
from bot.settings import Settings

ISSUER = "https://api.botframework.com"
CHANNEL = "msteams"
SKEW = 300  # seconds that clocks may differ

_BEARER = re.compile(r"(?i:bearer) +([A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+)")
_CODES = {400: "bad_request", 401: "unauthorized", 403: "forbidden", 413: "too_large"}


class Refused(Exception):
    """An activity turned away. `reason` is a fixed word for logs and metrics, never user text."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(f"{status} {reason}")
        self.status, self.reason = status, reason

    def response(self) -> web.Response:
        """What the caller is told: less than we know."""
        answer = web.json_response(
            {"error": _CODES.get(self.status, "unavailable")}, status=self.status
        )
        if self.status in (400, 413):
            answer.force_close()  # part of the body may still be on its way
        return answer


@dataclass(frozen=True)
class Accepted:
    """An activity that Teams sent, from a tenant we serve.

    Ids of tenant and person are lower-case Entra ids; `person_id` is "" where Teams names no
    person (some installation events). `value` is what a card or dialog posted, {} where nothing.
    `channel_data` keeps tenant, team, channel, eventType and source.
    """

    activity: Activity
    tenant_id: str
    person_id: str
    value: dict[str, Any]
    channel_data: dict[str, Any]


class Inbound:
    """Checks requests to /api/messages. In local mode `keys` may be None: no token is asked for."""

    def __init__(self, settings: Settings, keys: SigningKeys | None) -> None:
        if keys is None and not settings.local:
            raise ValueError("Outside local mode every caller's token is checked.")
        self._settings, self._keys = settings, keys

    async def accept(self, request: web.Request) -> Accepted:
        """The checked activity. Raises Refused and nothing else."""
        try:
            body = await read_object(request)
        except TooLarge:
            raise Refused(413, "too_large") from None
        except Malformed:
            raise Refused(400, "malformed") from None
        if self._keys is not None:
            claims, key = await self._authenticated(self._keys, _token(request))
            _check_entitled(body, claims, key)
        incoming = _incoming(body)
        return _accepted(incoming, self._tenant(incoming))

    async def _authenticated(
        self, keys: SigningKeys, token: str
    ) -> tuple[dict[str, Any], SigningKey]:
        try:
            key = await keys.find(_key_id(token))
            if key is None:
                raise Refused(401, "unknown_key")
            return self._claims(token, key), key
        except KeysUnavailable:
            raise Refused(503, "keys_unavailable") from None
        except (jwt.PyJWTError, ValueError, TypeError, OverflowError, RecursionError):
            # PyJWT lets some odd claims through as plain Python errors.
            raise Refused(401, "token") from None

    def _claims(self, token: str, key: SigningKey) -> dict[str, Any]:
        return jwt.decode(
            token,
            key.key,
            algorithms=["RS256"],
            audience=self._settings.app_id,
            issuer=ISSUER,
            leeway=SKEW,
            options={"require": ["exp", "nbf", "iss", "aud"], "strict_aud": True},
        )

    def _tenant(self, incoming: Incoming) -> str:
        if incoming.channel_id != CHANNEL:
            raise Refused(403, "channel")
        tenants = incoming.tenant_ids()
        if len(tenants) != 1 or not tenants <= self._settings.allowed_tenants:
            raise Refused(403, "tenant")
        if not is_service_url(
            incoming.service_url, self._settings.service_hosts, local=self._settings.local
        ):
            raise Refused(403, "service_url")
        return tenants.pop()


def _token(request: web.Request) -> str:
    headers = request.headers.getall("Authorization", [])
    found = _BEARER.fullmatch(headers[0]) if len(headers) == 1 else None
    if found is None:
        raise Refused(401, "no_token")
    return found[1]


def _key_id(token: str) -> str:
    """Which key the token claims to be signed with. Raises ValueError or RecursionError.

    PyJWT's own reader of unverified headers decodes all three parts, at the cost of the signature
    check itself; the header is read again, and strictly, when the token is verified.
    """
    header = json.loads(base64.urlsafe_b64decode(token.partition(".")[0] + "=="))
    if not isinstance(header, dict):
        raise ValueError("the header is not an object")
    return str(header.get("kid", ""))


def _check_entitled(body: dict[str, Any], claims: dict[str, Any], key: SigningKey) -> None:
    """A key signs only for the channels that Microsoft endorses it for, and a token only for the
    service URL that it names."""
    if CHANNEL not in key.endorsements:
        raise Refused(403, "endorsement")
    if not isinstance(claims.get("serviceurl"), str) or claims["serviceurl"] != body.get(
        "serviceUrl"
    ):
        raise Refused(403, "service_url_claim")


def _incoming(body: dict[str, Any]) -> Incoming:
    try:
        return Incoming.model_validate(body)
    except ValidationError:
        raise Refused(400, "fields") from None


def _accepted(incoming: Incoming, tenant_id: str) -> Accepted:
    person_id = incoming.person_id()
    if incoming.by_a_person() and not person_id:
        raise Refused(403, "person")
    return Accepted(
        activity=activity_from(incoming, tenant_id),
        tenant_id=tenant_id,
        person_id=person_id,
        value=incoming.value if isinstance(incoming.value, dict) else {},
        channel_data=incoming.kept_channel_data(),
    )
