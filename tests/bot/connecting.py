"""A connector, and where it sends to in these tests."""

from typing import Any

import aiohttp
import pytest

from bot.connector import Connector
from scheduler.sender import Address, Message, NotSent, Outcome
from tests.bot.teams_side import TeamsSide

APP = "10ca1b07-0000-4000-8000-000000000000"
TENANT = "5e1f0c2a-7b1d-4d7e-9a55-0f6c3b8d2e10"
TEAM = "19:experience-of-care@thread.tacv2"
MESSAGE = Message(card={"type": "AdaptiveCard", "version": "1.5"}, summary="This week's areas")
RETRY, PERMANENT, UNKNOWN = Outcome.RETRY, Outcome.PERMANENT, Outcome.UNKNOWN


def connector(http: aiohttp.ClientSession, **changes: Any) -> Connector:
    given: dict[str, Any] = {
        "tokens": None,
        "app_id": APP,
        "service_hosts": frozenset({"smba.trafficmanager.net"}),
        "local": True,
        **changes,
    }
    return Connector(http, given.pop("tokens"), **given)


def chat_at(teams: TeamsSide, conversation: str = "a:amina-chat") -> Address:
    return Address(teams.url, TENANT, conversation)


async def failed(call: Any) -> NotSent:
    with pytest.raises(NotSent) as raised:
        await call
    return raised.value
