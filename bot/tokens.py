"""Access tokens with which the bot calls Teams.

Microsoft Entra gives one for about an hour. It is kept, renewed in the background from five
minutes before it ends, and asked for once however many calls wait for it.
"""

import asyncio
import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from azure.core.credentials import AccessToken
from azure.core.credentials_async import AsyncTokenCredential
from azure.core.exceptions import AzureError

from bot.settings import Settings
from eocif.clock import Clock, system_clock

SCOPE = "https://api.botframework.com/.default"
RENEW_BEFORE = timedelta(minutes=5)
PAUSE = timedelta(seconds=5)  # after a failed request for a token

log = logging.getLogger(__name__)


class NoAccessToken(Exception):
    """Entra gave no token; nothing was sent to Teams."""


class AccessTokens:
    """The bot's current access token.

    `new_credential` makes a fresh credential: azure-identity keeps its own cache, so a token that
    Teams refused is only replaced by asking through a new one. `wall` is real time, never the
    clock that local mode can move: tokens end when Entra says.
    """

    def __init__(
        self, new_credential: Callable[[], AsyncTokenCredential], *, wall: Clock = system_clock
    ) -> None:
        self._new_credential, self._wall = new_credential, wall
        self._credential: AsyncTokenCredential | None = None
        self._token: AccessToken | None = None
        self._pause_until = datetime.min.replace(tzinfo=UTC)
        self._request: asyncio.Task[None] | None = None

    async def get(self, *, refused: str | None = None) -> str:
        """A token that has not ended. Raises NoAccessToken.

        `refused` is a token that Teams answered with 401: it is not given again.
        """
        if refused is not None and self._token is not None and self._token.token == refused:
            self._token = None
            await self._drop_credential()
        left = self._left()
        if left <= RENEW_BEFORE:
            self._start_request()
        if left <= timedelta() and self._request is not None:
            # Shielded: a call that runs out of time must not stop the request for the others.
            await asyncio.shield(self._request)
        if self._token is None or self._left() <= timedelta():
            raise NoAccessToken
        return self._token.token

    async def close(self) -> None:
        """Stop a request under way and close the connection to Entra."""
        if self._request is not None:
            self._request.cancel()
            await asyncio.gather(self._request, return_exceptions=True)
        await self._drop_credential()

    def _left(self) -> timedelta:
        if self._token is None:
            return timedelta()
        return datetime.fromtimestamp(self._token.expires_on, UTC) - self._wall()

    def _start_request(self) -> None:
        if self._request is None and self._wall() >= self._pause_until:
            self._request = asyncio.create_task(self._renew())

    async def _renew(self) -> None:
        try:
            self._credential = self._credential or self._new_credential()
            self._token = await self._credential.get_token(SCOPE)
        except (AzureError, OSError) as error:
            self._pause_until = self._wall() + PAUSE
            log.warning("no access token: %s", type(error).__name__)
        finally:
            self._request = None

    async def _drop_credential(self) -> None:
        credential, self._credential = self._credential, None
        if credential is not None:
            await credential.close()


def access_tokens(settings: Settings) -> AccessTokens | None:
    """The tokens of the configured identity; None in local mode without one."""
    if settings.app_type == "UserAssignedMSI":
        return AccessTokens(lambda: _managed_identity(settings))
    if settings.app_password and settings.app_tenant_id:
        return AccessTokens(lambda: _client_secret(settings))
    return None


def _managed_identity(settings: Settings) -> AsyncTokenCredential:
    # azure.identity takes longer to import than the rest of the bot; local mode never needs it.
    from azure.identity.aio import ManagedIdentityCredential

    return ManagedIdentityCredential(client_id=settings.app_id)


def _client_secret(settings: Settings) -> AsyncTokenCredential:
    from azure.identity.aio import ClientSecretCredential

    return ClientSecretCredential(settings.app_tenant_id, settings.app_id, settings.app_password)
