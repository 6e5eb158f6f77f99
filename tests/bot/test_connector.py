import socket
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import aiohttp
import pytest
from azure.core.credentials import AccessToken

from bot.connector import Connector
from bot.replies import LONGEST_PAUSE, MAX_REPLY, NO_DATE_PAUSE
from bot.tokens import AccessTokens
from eocif.clock import system_clock
from scheduler.sender import Address, Message, NotSent, Outcome, RosterEntry, Sender
from tests.bot.teams_side import Said, TeamsSide

APP = "10ca1b07-0000-4000-8000-000000000000"
TENANT = "5e1f0c2a-7b1d-4d7e-9a55-0f6c3b8d2e10"
TEAM = "19:experience-of-care@thread.tacv2"
MESSAGE = Message(card={"type": "AdaptiveCard", "version": "1.5"}, summary="This week's areas")
RETRY, PERMANENT, UNKNOWN = Outcome.RETRY, Outcome.PERMANENT, Outcome.UNKNOWN


@pytest.fixture
async def teams() -> AsyncIterator[TeamsSide]:
    made = TeamsSide()
    await made.start()
    yield made
    await made.runner.cleanup()


def connector(http: aiohttp.ClientSession, **changes: Any) -> Connector:
    given: dict[str, Any] = {
        "tokens": None,
        "app_id": APP,
        "service_hosts": frozenset({"smba.trafficmanager.net"}),
        "local": True,
        **changes,
    }
    return Connector(http, given.pop("tokens"), **given)


@pytest.fixture
def local(http: aiohttp.ClientSession) -> Connector:
    return connector(http)


def chat_at(teams: TeamsSide, conversation: str = "a:amina-chat") -> Address:
    return Address(teams.url, TENANT, conversation)


async def failed(call: Any) -> NotSent:
    with pytest.raises(NotSent) as raised:
        await call
    return raised.value


def test_it_is_the_sender_that_deliveries_need(local: Connector) -> None:
    sender: Sender = local
    assert sender is local


async def test_a_message_is_a_card_alone_with_its_summary(
    local: Connector, teams: TeamsSide
) -> None:
    assert await local.send(chat_at(teams), MESSAGE) == "1767000000001"
    heard = teams.heard[0]
    assert (heard.method, heard.path) == ("POST", "/uk/v3/conversations/a%3Aamina-chat/activities")
    assert heard.content_type == "application/json; charset=utf-8"
    assert heard.body == {
        "type": "message",
        "summary": "This week's areas",
        "attachments": [
            {"contentType": "application/vnd.microsoft.card.adaptive", "content": MESSAGE.card}
        ],
    }


async def test_an_alert_asks_teams_to_notify(local: Connector, teams: TeamsSide) -> None:
    await local.send(chat_at(teams), Message(card={}, summary="s", alert=True))
    assert teams.heard[0].body["channelData"] == {"notification": {"alert": True}}


async def test_words_go_out_as_unescaped_utf_8(local: Connector, teams: TeamsSide) -> None:
    await local.send(chat_at(teams), Message(card={"text": "Cwestiwn “tŷ” 🕊️"}, summary="s"))
    assert "Cwestiwn “tŷ” 🕊️".encode() in teams.heard[0].raw.replace(b'\\"', b'"')


async def test_ids_cannot_change_the_address(local: Connector, teams: TeamsSide) -> None:
    await local.send(chat_at(teams, f"{TEAM};messageid=1/../?x#y"), MESSAGE)
    await local.update(chat_at(teams), "1/../2?", MESSAGE)
    assert [heard.path for heard in teams.heard] == [
        "/uk/v3/conversations/19%3Aexperience-of-care%40thread.tacv2%3Bmessageid%3D1%2F..%2F"
        "%3Fx%23y/activities",
        "/uk/v3/conversations/a%3Aamina-chat/activities/1%2F..%2F2%3F",
    ]


async def test_an_update_replaces_the_message_of_that_id(
    local: Connector, teams: TeamsSide
) -> None:
    await local.update(chat_at(teams), "1767000000001", MESSAGE)
    assert teams.heard[0].method == "PUT"
    assert teams.heard[0].body["id"] == "1767000000001"


async def test_a_chat_is_opened_with_one_person(local: Connector, teams: TeamsSide) -> None:
    teams.answers = [Said(201, {"id": "a:grace-chat"})]
    assert await local.open_chat(teams.url, TENANT, "29:grace") == "a:grace-chat"
    assert teams.heard[0].path == "/uk/v3/conversations"
    assert teams.heard[0].body == {
        "bot": {"id": f"28:{APP}"},
        "members": [{"id": "29:grace"}],
        "isGroup": False,
        "tenantId": TENANT,
        "channelData": {"tenant": {"id": TENANT}},
    }


@pytest.mark.parametrize(
    "person", ["", "amina", "28:bot", "29:", "29:a/b", "29:a\n", "29:" + "a" * 300]
)
async def test_an_odd_person_id_is_not_sent(
    local: Connector, teams: TeamsSide, person: str
) -> None:
    failure = await failed(local.open_chat(teams.url, TENANT, person))
    assert (failure.outcome, failure.code) == (PERMANENT, "BadPersonId")
    assert teams.heard == []


async def test_an_entra_id_is_an_address_too(local: Connector, teams: TeamsSide) -> None:
    await local.open_chat(teams.url, TENANT, "a0000000-0000-4000-8000-000000000001")
    assert teams.heard[0].body["members"] == [{"id": "a0000000-0000-4000-8000-000000000001"}]


@pytest.mark.parametrize(
    ("status", "sent", "updated"),
    [
        (302, PERMANENT, PERMANENT),
        (400, PERMANENT, PERMANENT),
        (401, PERMANENT, PERMANENT),
        (403, PERMANENT, PERMANENT),
        (404, PERMANENT, PERMANENT),
        (409, PERMANENT, PERMANENT),
        (412, RETRY, RETRY),
        (413, PERMANENT, PERMANENT),
        (429, RETRY, RETRY),
        (500, UNKNOWN, RETRY),
        (501, UNKNOWN, RETRY),
        (502, RETRY, RETRY),
        (503, RETRY, RETRY),
        (504, RETRY, RETRY),
    ],
)
async def test_a_status_says_whether_to_try_again(
    local: Connector, teams: TeamsSide, status: int, sent: Outcome, updated: Outcome
) -> None:
    refusal = Said(status, {"error": {"code": "SomeCode", "message": "words"}})
    teams.answers = [refusal, refusal]
    failure = await failed(local.send(chat_at(teams), MESSAGE))
    assert (failure.outcome, failure.status, failure.code) == (sent, status, "SomeCode")
    assert (await failed(local.update(chat_at(teams), "1", MESSAGE))).outcome == updated
    assert len(teams.heard) == 2


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"error": {"code": "ConversationBlockedByUser"}}, "ConversationBlockedByUser"),
        ({"error": {"code": "words that could be anyone's"}}, ""),
        ({"error": {"code": 7}}, ""),
        ({"error": "text"}, ""),
        (["error"], ""),
        (b"<html>", ""),
        (b"[" * 100_000, ""),
        (b" " * (MAX_REPLY + 1), ""),
    ],
)
async def test_an_error_code_is_kept_only_if_it_is_a_plain_word(
    local: Connector, teams: TeamsSide, said: Any, code: str
) -> None:
    teams.answers = [Said(403, said)]
    failure = await failed(local.send(chat_at(teams), MESSAGE))
    assert (failure.status, failure.code) == (403, code)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"Retry-After": "7"}, 7.0),
        ({"Retry-After": "0.5"}, 0.5),
        ({"Retry-After": "999999999"}, LONGEST_PAUSE),
        (
            {
                "Date": "Mon, 11 Jan 2027 09:00:00 GMT",
                "Retry-After": "Mon, 11 Jan 2027 09:00:30 GMT",
            },
            30.0,
        ),
        (
            {
                "Date": "Mon, 11 Jan 2027 09:00:00 GMT",
                "Retry-After": "Mon, 11 Jan 2027 08:00:00 GMT",
            },
            0.0,
        ),
        ({"Retry-After": "soon"}, NO_DATE_PAUSE),
        ({"Retry-After": "-1"}, NO_DATE_PAUSE),
        ({"Date": "today", "Retry-After": "Mon, 11 Jan 2027 09:00:30 GMT"}, NO_DATE_PAUSE),
    ],
)
async def test_retry_after_is_read_in_seconds_or_as_a_date(
    local: Connector, teams: TeamsSide, headers: dict[str, str], seconds: float | None
) -> None:
    teams.answers = [Said(429, {}, headers)]
    assert (await failed(local.send(chat_at(teams), MESSAGE))).retry_after == seconds


async def test_nothing_listening_is_tried_again(local: Connector) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        nowhere = f"http://127.0.0.1:{unused.getsockname()[1]}/"
    failure = await failed(local.send(Address(nowhere, TENANT, "a:1"), MESSAGE))
    assert (failure.outcome, failure.status) == (RETRY, None)


async def test_a_hang_after_sending_leaves_the_outcome_unknown(
    http: aiohttp.ClientSession, teams: TeamsSide
) -> None:
    hasty = connector(http, deadline=0.1)
    teams.answers = [Said(delay=1.0), Said(delay=1.0), Said(delay=1.0)]
    assert (await failed(hasty.send(chat_at(teams), MESSAGE))).outcome == UNKNOWN
    assert (await failed(hasty.update(chat_at(teams), "1", MESSAGE))).outcome == RETRY
    assert (await failed(hasty.open_chat(teams.url, TENANT, "29:tom"))).outcome == RETRY


async def test_a_reset_after_sending_leaves_the_outcome_unknown(
    local: Connector, teams: TeamsSide
) -> None:
    teams.answers = [Said(drop=True)]
    assert (await failed(local.send(chat_at(teams), MESSAGE))).outcome == UNKNOWN
    assert len(teams.heard) == 1


async def test_a_message_that_teams_took_stays_taken(local: Connector, teams: TeamsSide) -> None:
    teams.answers = [
        Said(201, b""),
        Said(200, {}),
        Said(200, {"id": 7}),
        Said(200, [1]),
        Said(200, b'{"id":', cut=True),
    ]
    assert [await local.send(chat_at(teams), MESSAGE) for _ in range(5)] == [""] * 5


async def test_a_chat_without_an_id_is_asked_for_again(local: Connector, teams: TeamsSide) -> None:
    teams.answers = [Said(200, {})]
    failure = await failed(local.open_chat(teams.url, TENANT, "29:tom"))
    assert (failure.outcome, failure.code) == (RETRY, "UnreadableReply")


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example/",
        "http://smba.trafficmanager.net/",
        "https://smba.trafficmanager.net@evil.example/",
        "https://smba.trafficmanager.net/",  # on the list, but there is no token to go with it
        "http://192.0.2.1/",
        "",
    ],
)
async def test_nothing_is_sent_anywhere_else(local: Connector, url: str) -> None:
    failure = await failed(local.send(Address(url, TENANT, "a:1"), MESSAGE))
    assert (failure.outcome, failure.code) == (PERMANENT, "ServiceUrlNotAllowed")


async def test_outside_local_mode_loopback_is_not_teams(
    http: aiohttp.ClientSession, teams: TeamsSide
) -> None:
    failure = await failed(connector(http, local=False).send(chat_at(teams), MESSAGE))
    assert failure.code == "ServiceUrlNotAllowed"
    assert teams.heard == []


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
