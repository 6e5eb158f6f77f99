"""The keys with which the Bot Framework signs what it sends us.

Microsoft announces them in an OpenID metadata document that points to a key set, and changes them
without notice. A key id we have not seen is looked up at once, but at most once a minute, so that
made-up ids cannot turn us into a load on Microsoft; keys we hold outlive a failed look-up.
"""

import asyncio
import json
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import aiohttp
import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

TIMEOUT = 5.0  # seconds for both documents together
REFETCH_PAUSE = 60.0  # seconds between look-ups while we hold keys
FIRST_PAUSE = 5.0  # seconds between look-ups while we hold none
STALE = 24 * 3600.0  # seconds after which keys are fetched again in the background
MAX_DOCUMENT = 256 * 1024
MIN_KEY_BITS = 2048

log = logging.getLogger(__name__)


class KeysUnavailable(Exception):
    """The signing keys could not be fetched, so a token can be neither accepted nor refused."""


@dataclass(frozen=True)
class SigningKey:
    """A public RSA key and the channels that it may sign for."""

    key: jwt.PyJWK
    endorsements: frozenset[str]


class SigningKeys:
    """Signing keys by id, fetched when needed with one look-up under way at most.

    `monotonic` gives seconds and is never the movable clock.
    """

    def __init__(
        self,
        url: str,
        session: aiohttp.ClientSession,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._url, self._session, self._monotonic = url, session, monotonic
        self._keys: dict[str, SigningKey] = {}
        self._tried_at = self._loaded_at = float("-inf")
        self._failed = False
        self._look_up: asyncio.Task[None] | None = None

    @property
    def loaded(self) -> bool:
        """Whether any key is held: for the readiness route."""
        return bool(self._keys)

    async def load(self) -> bool:
        """Fetch the keys if none are held yet; whether any are held afterwards."""
        if not self.loaded:
            await self._look_up_if_due()
        return self.loaded

    async def find(self, kid: str) -> SigningKey | None:
        """The key of this id, or None where Microsoft announces no such key.

        Raises KeysUnavailable where that cannot be said because the last look-up failed.
        """
        if kid in self._keys:
            if self._monotonic() - self._loaded_at > STALE:
                self._start_if_due()
            return self._keys[kid]
        await self._look_up_if_due()
        if kid not in self._keys and self._failed:
            raise KeysUnavailable
        return self._keys.get(kid)

    async def close(self) -> None:
        """Stop a look-up that is under way."""
        if self._look_up is not None:
            self._look_up.cancel()
            await asyncio.gather(self._look_up, return_exceptions=True)

    async def _look_up_if_due(self) -> None:
        self._start_if_due()
        if self._look_up is not None:
            # Shielded: one caller who goes away must not stop the look-up for the others.
            await asyncio.shield(self._look_up)

    def _start_if_due(self) -> None:
        pause = REFETCH_PAUSE if self._keys else FIRST_PAUSE
        if self._look_up is None and self._monotonic() - self._tried_at >= pause:
            self._tried_at = self._monotonic()
            self._look_up = asyncio.create_task(self._refresh())

    async def _refresh(self) -> None:
        try:
            async with asyncio.timeout(TIMEOUT):
                self._keys = await self._fetch()
            self._loaded_at, self._failed = self._monotonic(), False
        except (aiohttp.ClientError, OSError, ValueError, RecursionError) as error:
            # TimeoutError is an OSError. Old keys stay: they are still right far more often.
            self._failed = True
            log.warning("signing keys not fetched: %s", type(error).__name__)
        finally:
            self._look_up = None

    async def _fetch(self) -> dict[str, SigningKey]:
        metadata = await self._document(self._url)
        jwks_url = str(metadata.get("jwks_uri"))
        # Plain http stands in the settings only for this machine, in local mode.
        if not jwks_url.startswith("https://" if self._url.startswith("https://") else "http"):
            raise ValueError("the key set is not announced over https")
        announced = (await self._document(jwks_url)).get("keys")
        keys = dict(filter(None, map(_parsed, announced if isinstance(announced, list) else [])))
        if not keys:
            raise ValueError("the key set holds no usable key")
        return keys

    async def _document(self, url: str) -> dict[str, Any]:
        async with self._session.get(url, allow_redirects=False) as response:
            if response.status != 200:
                raise ValueError(f"the document came with status {response.status}")
            body = bytearray()
            async for chunk in response.content.iter_any():
                body += chunk
                if len(body) > MAX_DOCUMENT:
                    raise ValueError("the document is too long")
        document = json.loads(body)
        if not isinstance(document, dict):
            raise ValueError("the document is not an object")
        return document


def _parsed(announced: Any) -> tuple[str, SigningKey] | None:
    """One entry of the key set; None where we could not check a signature with it."""
    try:
        kid, endorsements = announced["kid"], announced.get("endorsements") or []
        key = jwt.PyJWK(announced, algorithm="RS256")
        usable = isinstance(key.key, RSAPublicKey) and key.key.key_size >= MIN_KEY_BITS
        named = frozenset(str(channel) for channel in endorsements)
    except (jwt.PyJWTError, ValueError, TypeError, KeyError, AttributeError):
        return None
    return (kid, SigningKey(key, named)) if usable and isinstance(kid, str) else None
