"""The stand-in takes and refuses what Teams' Bot Connector takes and refuses."""

import asyncio
from typing import Any

import aiohttp
import pytest

from deploy.local.refusals import Refusal
from tests.local.conftest import TENANT, Caller
from tests.local.echo_bot import CARD, greeting, message, saved

CHANNEL = "19:experience-of-care@thread.tacv2"


def code(answer: Any) -> str:
    return str(answer["error"]["code"])


async def test_the_same_chat_comes_back_every_time(teams: Caller) -> None:
    await teams.control("install", person="tom")
    first, second = await teams.open_chat("29:tom"), await teams.open_chat("29:tom")
    assert first[1] == second[1]
    assert first[0] in {200, 201}


@pytest.mark.parametrize("member", ["a0000000-0000-4000-8000-000000000002", "tom", "29:nobody"])
async def test_only_an_id_that_teams_gave_out_is_an_address(teams: Caller, member: str) -> None:
    status, answer = await teams.open_chat(member)
    assert (status, code(answer)) == (400, "BadArgument")


async def test_another_tenant_is_refused(teams: Caller) -> None:
    body = {"tenantId": "other", "members": [{"id": "29:tom"}]}
    status, answer = await teams.call("POST", "/v3/conversations", body)
    assert (status, code(answer)) == (403, "ForbiddenOperationException")


async def test_a_card_is_stored_updated_and_taken_away(teams: Caller) -> None:
    chat = await teams.chat_id("tom")
    status, sent = await teams.send(chat, message(saved("First")))
    assert status == 201
    path = f"/v3/conversations/{chat}/activities/{sent['id'].replace(':', '%3A')}"
    assert (await teams.call("PUT", path, message(saved("Second"))))[0] == 200
    assert (await teams.call("DELETE", path))[0] == 200
    assert (await teams.call("PUT", path, message(saved("Third"))))[0] == 404
    lines = await teams.look("/control/transcript?person=tom")
    assert [line["what"] for line in lines] == ["message", "update", "delete"]
    assert lines[1]["card"] == saved("Second")


async def test_a_message_that_is_not_there_cannot_be_updated(teams: Caller) -> None:
    chat = await teams.chat_id("tom")
    said = await teams.control("say", person="tom", text="hello")
    for wanted in ("1:1", said["message"]):
        path = f"/v3/conversations/{chat}/activities/{wanted}"
        status, answer = await teams.call("PUT", path, message(saved("x")))
        assert (status, code(answer)) == (404, "ActivityNotFoundInConversation")


async def test_an_unknown_conversation_is_not_found(teams: Caller) -> None:
    status, answer = await teams.send("a:nowhere", message(saved("x")))
    assert (status, code(answer)) == (404, "ConversationNotFound")


@pytest.mark.parametrize(
    "path", ["/v3/attachments", "/emea/v3/conversations", "/v3/nothing/at/all"]
)
async def test_an_unknown_service_is_refused(teams: Caller, path: str) -> None:
    assert (await teams.call("POST", path, {}))[0] == 400


async def test_a_bot_that_is_not_installed_cannot_write(teams: Caller) -> None:
    status, answer = await teams.open_chat("29:tom")
    assert (status, code(answer)) == (403, "BotNotInConversationRoster")


async def test_the_team_brings_the_app_to_its_members_until_one_removes_it(teams: Caller) -> None:
    await teams.control("install", team=True)
    status, chat = await teams.open_chat("29:tom")
    assert status in {200, 201}
    await teams.control("uninstall", person="tom")
    status, answer = await teams.send(chat["id"], message(saved("x")))
    assert (status, code(answer)) == (403, "BotNotInConversationRoster")


async def test_a_person_who_blocked_the_bot_gets_nothing(teams: Caller) -> None:
    chat = await teams.chat_id("tom")
    await teams.control("block", person="tom")
    status, answer = await teams.send(chat, message(saved("x")))
    assert (status, code(answer)) == (403, "ConversationBlockedByUser")
    await teams.control("unblock", person="tom")
    assert (await teams.send(chat, message(saved("x"))))[0] == 201


async def test_size_is_counted_as_utf16(teams: Caller) -> None:
    chat = await teams.chat_id("tom")
    assert (await teams.send(chat, message(saved("x" * 50_000))))[0] == 201
    status, answer = await teams.send(chat, message(saved("x" * 52_000)))
    assert (status, code(answer)) == (413, "MessageSizeTooBig")


@pytest.mark.parametrize(
    "card",
    [
        saved("x") | {"version": "1.6"},
        saved("x") | {"version": "2.0"},
        saved("x") | {"version": None},
        {"version": "1.5", "body": []},
    ],
)
async def test_a_card_that_teams_cannot_draw_is_refused(teams: Caller, card: Any) -> None:
    chat = await teams.chat_id("tom")
    status, answer = await teams.send(chat, message(card))
    assert (status, code(answer)) == (400, "BadArgument")


async def test_text_beside_a_card_is_split_and_no_id_comes_back(teams: Caller) -> None:
    chat = await teams.chat_id("tom")
    status, answer = await teams.send(chat, message(saved("x"), text="Look"))
    assert (status, answer) == (201, {})
    lines = await teams.look("/control/transcript?person=tom")
    assert [(line["text"], bool(line["card"])) for line in lines] == [("Look", False), ("", True)]


@pytest.mark.parametrize("body", [[], "text"])
async def test_a_body_that_is_not_an_object_is_refused(teams: Caller, body: Any) -> None:
    chat = await teams.chat_id("tom")
    status, answer = await teams.send(chat, body)
    assert (status, code(answer)) == (400, "BadSyntax")


@pytest.mark.parametrize("field", [{"channelId": "webchat"}, {"serviceUrl": "https://other/"}])
async def test_a_message_for_another_service_is_refused(teams: Caller, field: Any) -> None:
    chat = await teams.chat_id("tom")
    assert (await teams.send(chat, message(saved("x"), **field)))[0] == 400


async def test_the_roster_comes_in_pages_without_email_or_sign_in_name(teams: Caller) -> None:
    await teams.control("install", team=True)
    path = f"/uk/v3/conversations/{CHANNEL}/pagedmembers?pageSize=200"
    first = await teams.look(path)
    second = await teams.look(f"{path}&continuationToken={first['continuationToken']}")
    people = first["members"] + second["members"]
    assert (len(first["members"]), len(people)) == (5, 9)
    assert "continuationToken" not in second
    assert [one["name"] for one in people if one["userRole"] == "guest"] == ["Sunil Rao"]
    assert not {"email", "userPrincipalName"} & set(people[0])
    assert all(one["id"].startswith("29:") for one in people)


async def test_a_page_token_that_was_never_given_is_refused(teams: Caller) -> None:
    await teams.control("install", team=True)
    path = f"/v3/conversations/{CHANNEL}/pagedmembers?continuationToken=%21"
    assert (await teams.call("GET", path))[0] == 400


async def test_one_member_is_found_by_the_id_teams_gave_out(teams: Caller) -> None:
    chat = await teams.chat_id("tom")
    found = await teams.look(f"/v3/conversations/{chat}/members/29:tom")
    assert found["aadObjectId"] == "a0000000-0000-4000-8000-000000000002"
    status, answer = await teams.call("GET", f"/v3/conversations/{chat}/members/29:ruth")
    assert (status, code(answer)) == (404, "MemberNotFoundInConversation")


async def test_an_answer_to_a_channel_post_stays_in_its_thread(teams: Caller) -> None:
    await teams.control("install", team=True)
    _, sent = await teams.send(CHANNEL, message(saved("Post")))
    path = f"/v3/conversations/{CHANNEL}/activities/{sent['id']}"
    await teams.call("POST", path, message(saved("Answer")))
    await teams.send(f"{CHANNEL};messageid={sent['id']}", message(saved("Another")))
    seen = (await teams.look("/control/chat?person=tom&conversation=channel"))["messages"]
    assert [one["thread"] for one in seen] == ["", sent["id"], sent["id"]]


async def test_a_bot_may_start_a_post_in_the_channel(teams: Caller) -> None:
    await teams.control("install", team=True)
    body = {
        "isGroup": True,
        "channelData": {"channel": {"id": CHANNEL}, "tenant": {"id": TENANT}},
        "activity": message(saved("Post")),
    }
    status, answer = await teams.call("POST", "/v3/conversations", body)
    assert status == 201
    assert answer["id"] == f"{CHANNEL};messageid={answer['activityId']}"


async def test_the_eighth_send_within_a_second_is_refused(strict_teams: Caller) -> None:
    chat = await strict_teams.chat_id("tom")
    sends = [strict_teams.send(chat, message(saved(str(n)))) for n in range(8)]
    statuses = sorted(status for status, _ in await asyncio.gather(*sends))
    assert statuses == [201] * 7 + [429]


async def test_retry_after_says_when_to_come_back(strict_teams: Caller) -> None:
    chat = await strict_teams.chat_id("tom")
    for _ in range(8):
        status, answer = await strict_teams.send(chat, message(saved("x")))
    assert (status, code(answer)) == (429, "TooManyRequests")
    assert strict_teams.retry_after is not None
    await asyncio.sleep(int(strict_teams.retry_after))
    assert (await strict_teams.send(chat, message(saved("x"))))[0] == 201
    assert (await strict_teams.send(chat, message(saved("x"))))[0] == 429, "8 in two seconds"


async def test_fifty_a_second_is_the_most_for_one_tenant(strict_teams: Caller) -> None:
    rates = strict_teams.running.inside.rates
    for number in range(50):
        rates.take("send", f"chat {number}", TENANT)
    with pytest.raises(Refusal) as refused:
        rates.take("members", "another chat", TENANT)
    assert (refused.value.status, refused.value.retry_after) == (429, 1)


async def test_a_fault_is_had_as_often_as_asked(teams: Caller) -> None:
    chat = await teams.chat_id("tom")
    await teams.control("faults", status=503, times=2, retry_after=1, on="send", person="tom")
    replies = [await teams.send(chat, message(saved("x"))) for _ in range(3)]
    assert [status for status, _ in replies] == [503, 503, 201]
    assert len(await teams.look("/control/transcript?person=tom")) == 1


async def test_an_accepted_message_may_be_answered_with_an_error(teams: Caller) -> None:
    chat = await teams.chat_id("tom")
    await teams.control("faults", status=500, accept=True)
    assert (await teams.send(chat, message(saved("x"))))[0] == 500
    assert len(await teams.look("/control/transcript?person=tom")) == 1


async def test_a_connection_may_be_cut_after_the_message_arrived(teams: Caller) -> None:
    chat = await teams.chat_id("tom")
    await teams.control("faults", accept=True, drop=True)
    with pytest.raises(aiohttp.ClientError):
        await teams.send(chat, message(saved("x")))
    assert len(await teams.look("/control/transcript?person=tom")) == 1


async def test_a_call_may_hang_and_then_go_on(teams: Caller) -> None:
    chat = await teams.chat_id("tom")
    await teams.control("faults", hang=0.2)
    began = asyncio.get_running_loop().time()
    assert (await teams.send(chat, message(saved("x"))))[0] == 201
    assert asyncio.get_running_loop().time() - began >= 0.2


async def test_a_hostile_page_cannot_reach_it_by_another_name(teams: Caller) -> None:
    headers = {"Host": "evil.example"}
    async with teams.session.get(teams.running.url + "/control/state", headers=headers) as reply:
        assert reply.status == 403


async def test_a_form_of_another_page_cannot_press(teams: Caller) -> None:
    url = teams.running.url + "/control/say"
    async with teams.session.post(url, data=b'{"person":"tom","text":"x"}') as reply:
        assert reply.status == 415


async def test_the_card_type_is_the_only_attachment_drawn(teams: Caller) -> None:
    chat = await teams.chat_id("tom")
    two = message(greeting("One"))
    two["attachments"].append({"contentType": CARD, "content": saved("Two")})
    assert (await teams.send(chat, two))[1] == {}
    assert len(await teams.look("/control/transcript?person=tom")) == 2
