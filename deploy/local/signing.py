"""Tokens as the Bot Connector service signs them, with a key of the stand-in's own.

A bot that is told to read its signing keys here checks these exactly as it checks real ones:
RS256, issuer, audience, `serviceurl`, `nbf` and `exp`, a key found by its id, and the channel
among the key's endorsements (Microsoft's page "Authentication with the Bot Connector API").
"""

import json
import secrets
from datetime import datetime, timedelta
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

from eocif.clock import system_clock

ISSUER = "https://api.botframework.com"
LIFETIME = timedelta(hours=1)


class SigningKey:
    """One RSA key, made at the start, with an id of its own."""

    def __init__(self) -> None:
        self.key_id = secrets.token_urlsafe(12)
        self._private = rsa.generate_private_key(public_exponent=65537, key_size=2048)

    def token(self, app_id: str, service_url: str, **changed: Any) -> str:
        """A token for one call to the bot; `changed` claims make wrong ones for tests."""
        now = system_clock()
        claims = {
            "iss": ISSUER,
            "aud": app_id,
            "serviceurl": service_url,
            "nbf": _seconds(now - timedelta(minutes=5)),
            "exp": _seconds(now + LIFETIME),
        }
        return jwt.encode(
            claims | changed, self._private, algorithm="RS256", headers={"kid": self.key_id}
        )

    def public(self) -> dict[str, Any]:
        """The public half as a JSON Web Key, endorsed for Teams."""
        key = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self._private.public_key()))
        key.pop("key_ops", None)
        return {**key, "use": "sig", "kid": self.key_id, "endorsements": ["msteams"]}


def metadata(base_url: str) -> dict[str, Any]:
    """The OpenID document that leads to the keys."""
    return {
        "issuer": ISSUER,
        "authorization_endpoint": "https://invalid.botframework.com",
        "jwks_uri": f"{base_url}/keys",
        "id_token_signing_alg_values_supported": ["RS256"],
        "token_endpoint_auth_methods_supported": ["private_key_jwt"],
    }


def _seconds(instant: datetime) -> int:
    return int(instant.timestamp())
