"""Rosters read in pages, and the access tokens that calls carry."""

from datetime import timedelta
from typing import Any

import aiohttp
import pytest
from azure.core.credentials import AccessToken

from bot.connector import Connector
from bot.tokens import AccessTokens
from eocif.clock import system_clock
from scheduler.sender import RosterEntry
from tests.bot.connecting import MESSAGE, PERMANENT, RETRY, TEAM, TENANT, chat_at, connector, failed
from tests.bot.teams_side import Said, TeamsSide

# --- rosters ---


def member(**changes: Any) -> dict[str, Any]:
    return {
        "id": "29:amina",
        "aadObjectId": "A0000000-0000-4000-8000-000000000001",
        "name": "Amina Yusuf",
        "tenantId": TENANT,
        "userRole": "user",
        **changes,
    }


async def test_a_roster_comes_in_pages(local: Connector, teams: TeamsSide) -> None:
    teams.answers = [
        Said(200, {"continuationToken": "a b&c", "members": [member()]}),
        Said(200, {"members": []}),
    ]
    first = await local.roster(chat_at(teams, TEAM), "")
    second = await local.roster(chat_at(teams, TEAM), first.continuation)
    person = RosterEntry(
        "29:amina", "a0000000-0000-4000-8000-000000000001", "Amina Yusuf", is_guest=False
    )
    assert (first.people, first.continuation) == ((person,), "a b&c")
    assert (second.people, second.continuation) == ((), "")
    path = "/uk/v3/conversations/19%3Aexperience-of-care%40thread.tacv2/pagedmembers?pageSize=500"
    assert [heard.path for heard in teams.heard] == [path, path + "&continuationToken=a%20b%26c"]
    assert [heard.raw for heard in teams.heard] == [b"", b""]


@pytest.mark.parametrize(
    ("changes", "is_guest"),
    [
        ({}, False),
        ({"userRole": "guest"}, True),
        ({"userRole": None}, True),
        ({"tenantId": "99999999-7b1d-4d7e-9a55-0f6c3b8d2e10"}, True),
        ({"tenantId": TENANT.upper()}, False),
        ({"tenantId": None}, False),
        ({"userPrincipalName": "sunil_example.org#EXT#@northmoor.example"}, True),
    ],
)
async def test_who_is_not_known_to_belong_is_a_guest(
    local: Connector, teams: TeamsSide, changes: dict[str, Any], is_guest: bool
) -> None:
    teams.answers = [Said(200, {"members": [member(**changes)]})]
    page = await local.roster(chat_at(teams, TEAM), "")
    assert [person.is_guest for person in page.people] == [is_guest]


async def test_members_without_sound_ids_are_left_out(local: Connector, teams: TeamsSide) -> None:
    odd = [member(id="28:bot"), member(aadObjectId=None), member(aadObjectId="x"), "29:text", None]
    teams.answers = [
        Said(200, {"members": [*odd, member(name=None)], "continuationToken": 7}),
    ]
    page = await local.roster(chat_at(teams, TEAM), "")
    assert [(person.teams_id, person.name) for person in page.people] == [("29:amina", "")]
    assert page.continuation == ""


async def test_older_rosters_call_the_entra_id_object_id(
    local: Connector, teams: TeamsSide
) -> None:
    older = member(objectId=member()["aadObjectId"], aadObjectId=None)
    teams.answers = [Said(200, {"members": [older]})]
    assert len((await local.roster(chat_at(teams, TEAM), "")).people) == 1


async def test_a_page_without_members_is_asked_for_again(
    local: Connector, teams: TeamsSide
) -> None:
    teams.answers = [Said(200, {})]
    failure = await failed(local.roster(chat_at(teams, TEAM), ""))
    assert (failure.outcome, failure.code) == (RETRY, "UnreadableReply")


# --- access tokens ---


class Numbered:
    """Gives tokens "1", "2", … that last an hour; or fails."""

    def __init__(self, given: list[str], error: Exception | None = None) -> None:
        self.given, self.error = given, error

    async def get_token(self, *scopes: str, **options: Any) -> AccessToken:
        if self.error is not None:
            raise self.error
        self.given.append(str(len(self.given) + 1))
        ends = system_clock() + timedelta(hours=1)
        return AccessToken(self.given[-1], int(ends.timestamp()))

    async def close(self) -> None: ...


@pytest.fixture
def with_tokens(http: aiohttp.ClientSession, monkeypatch: pytest.MonkeyPatch) -> Connector:
    """As outside local mode, but for the address: loopback stands for Teams."""
    monkeypatch.setattr("bot.connector.is_loopback_url", lambda url: False)
    given: list[str] = []
    return connector(http, tokens=AccessTokens(lambda: Numbered(given)))


async def test_a_call_to_teams_carries_the_token(with_tokens: Connector, teams: TeamsSide) -> None:
    await with_tokens.send(chat_at(teams), MESSAGE)
    await with_tokens.send(chat_at(teams), MESSAGE)
    assert [heard.authorization for heard in teams.heard] == ["Bearer 1", "Bearer 1"]


async def test_a_loopback_call_in_local_mode_carries_none(
    http: aiohttp.ClientSession, teams: TeamsSide
) -> None:
    given: list[str] = []
    local = connector(http, tokens=AccessTokens(lambda: Numbered(given)))
    await local.send(chat_at(teams), MESSAGE)
    assert teams.heard[0].authorization is None
    assert given == []


async def test_a_refused_token_is_replaced_once(with_tokens: Connector, teams: TeamsSide) -> None:
    teams.answers = [Said(401), Said(201, {"id": "5"})]
    assert await with_tokens.send(chat_at(teams), MESSAGE) == "5"
    assert [heard.authorization for heard in teams.heard] == ["Bearer 1", "Bearer 2"]


async def test_a_second_refusal_is_final(with_tokens: Connector, teams: TeamsSide) -> None:
    teams.answers = [Said(401), Said(401)]
    failure = await failed(with_tokens.send(chat_at(teams), MESSAGE))
    assert (failure.outcome, failure.status) == (PERMANENT, 401)
    assert len(teams.heard) == 2


async def test_without_a_token_nothing_was_sent(
    http: aiohttp.ClientSession, teams: TeamsSide, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.connector.is_loopback_url", lambda url: False)
    broken = AccessTokens(lambda: Numbered([], ConnectionError()))
    failure = await failed(connector(http, tokens=broken).send(chat_at(teams), MESSAGE))
    assert (failure.outcome, failure.code) == (RETRY, "NoAccessToken")
    assert teams.heard == []
