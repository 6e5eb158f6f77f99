"""A stand-in for login.botframework.com: real RSA keys, announced over real HTTP."""

import asyncio
import json
from functools import cache
from typing import Any

import jwt
from aiohttp import web
from aiohttp.test_utils import TestServer
from cryptography.hazmat.primitives.asymmetric import rsa

from bot.inbound import ISSUER
from bot.settings import LOCAL_APP_ID
from eocif.clock import system_clock


def now() -> int:
    """Unix seconds of real time: what tokens are checked against."""
    return int(system_clock().timestamp())


@cache
def private_key(name: str, bits: int = 2048) -> rsa.RSAPrivateKey:
    """A key pair by any name; made once, since making one takes a tenth of a second."""
    return rsa.generate_private_key(65537, bits)


class Authority:
    """Announces keys, counts how often it is asked, and signs tokens."""

    def __init__(self, first: str = "first") -> None:
        self.private = {"first": private_key(first)}
        self.endorsements: dict[str, list[str]] = {"first": ["msteams", "webchat"]}
        self.extra_keys: list[Any] = []
        self.asked = 0
        self.delay = 0.0
        self.status = 200
        self.metadata: Any = None
        self.key_set: Any = None
        app = web.Application()
        app.router.add_get("/openid", self._openid)
        app.router.add_get("/keys", self._announce)
        self.server = TestServer(app)

    @property
    def url(self) -> str:
        return str(self.server.make_url("/openid"))

    def add_key(
        self, kid: str, *, bits: int = 2048, channels: tuple[str, ...] = ("msteams",)
    ) -> None:
        self.private[kid] = private_key(kid, bits)
        self.endorsements[kid] = list(channels)

    def claims(self, service_url: str, **changes: Any) -> dict[str, Any]:
        standard = {
            "iss": ISSUER,
            "aud": LOCAL_APP_ID,
            "nbf": now() - 60,
            "exp": now() + 3600,
            "serviceurl": service_url,
        }
        merged = {**standard, **changes}
        return {name: value for name, value in merged.items() if value is not None}

    def token(self, service_url: str, *, kid: str = "first", **changes: Any) -> str:
        return jwt.encode(
            self.claims(service_url, **changes), self.private[kid], "RS256", headers={"kid": kid}
        )

    def public_jwk(self, kid: str) -> dict[str, Any]:
        jwk = jwt.algorithms.RSAAlgorithm.to_jwk(self.private[kid].public_key(), as_dict=True)
        return {**jwk, "kid": kid, "use": "sig", "endorsements": self.endorsements[kid]}

    async def _openid(self, request: web.Request) -> web.Response:
        self.asked += 1
        await asyncio.sleep(self.delay)
        standard = {"issuer": ISSUER, "jwks_uri": str(self.server.make_url("/keys"))}
        return web.json_response(
            standard if self.metadata is None else self.metadata, status=self.status
        )

    async def _announce(self, request: web.Request) -> web.Response:
        keys = [self.public_jwk(kid) for kid in self.private] + self.extra_keys
        body = {"keys": keys} if self.key_set is None else self.key_set
        return web.Response(text=body if isinstance(body, str) else json.dumps(body))
