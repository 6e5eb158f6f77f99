import socket
from typing import Any

import aiohttp
import pytest

from bot.connector import Connector
from bot.replies import LONGEST_PAUSE, MAX_REPLY, NO_DATE_PAUSE
from scheduler.sender import Address, Message, Outcome, Sender
from tests.bot.connecting import (
    APP,
    MESSAGE,
    PERMANENT,
    RETRY,
    TEAM,
    TENANT,
    UNKNOWN,
    chat_at,
    connector,
    failed,
)
from tests.bot.teams_side import Said, TeamsSide


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
