"""Calls to the bot: activities with a signed token, and its movable clock."""

import json
from dataclasses import dataclass
from typing import Any

import aiohttp

from deploy.local.settings import Settings
from deploy.local.signing import SigningKey


@dataclass(frozen=True)
class BotAnswer:
    """What the bot said. `status` 502: it could not be reached; 504: it took too long."""

    status: int
    body: Any = None

    @property
    def fine(self) -> bool:
        """Whether the bot took the call."""
        return self.status < 300


class BotClient:
    """Speaks to one bot.

    `key` may be replaced while running, as Microsoft rotates theirs. `session` is there while the
    server runs.
    """

    session: aiohttp.ClientSession

    def __init__(self, settings: Settings, key: SigningKey) -> None:
        self._settings, self.key = settings, key

    async def send(self, activity: dict[str, Any]) -> BotAnswer:
        """POST one activity, as Teams does, and wait at most as long as Teams does."""
        token = self.key.token(self._settings.app_id, activity["serviceUrl"])
        headers = {"Authorization": f"Bearer {token}"}
        return await self._post(
            "/api/messages", activity, headers, seconds=self._settings.invoke_seconds
        )

    async def clock(self, change: dict[str, Any]) -> BotAnswer:
        """POST to the bot's clock (local mode only); answers `{"now": …}`."""
        return await self._post("/local/clock", change, {}, seconds=self._settings.advance_seconds)

    async def _post(
        self, path: str, body: dict[str, Any], headers: dict[str, str], *, seconds: float
    ) -> BotAnswer:
        limit = aiohttp.ClientTimeout(total=seconds)
        url = self._settings.bot_url + path
        try:
            async with self.session.post(url, json=body, headers=headers, timeout=limit) as reply:
                return BotAnswer(reply.status, _parsed(await reply.text()))
        except TimeoutError:
            return BotAnswer(504)
        except (aiohttp.ClientError, OSError):
            return BotAnswer(502)


def _parsed(text: str) -> Any:
    """JSON where it is JSON; None for an empty body; else the text."""
    try:
        return json.loads(text) if text else None
    except json.JSONDecodeError:
        return text
