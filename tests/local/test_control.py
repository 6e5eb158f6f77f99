"""What a person does in the stand-in reaches the bot as Teams sends it, and back."""

import re
from datetime import timedelta
from typing import Any

import pytest

from deploy.local.directory import load_sample
from tests.local.conftest import Caller
from tests.local.echo_bot import EchoBot, greeting, message, saved

RUTH = "a0000000-0000-4000-8000-000000000003"


async def sent_card(teams: Caller, card: dict[str, Any], key: str = "tom") -> str:
    """A card in the person's chat; its message's id."""
    chat = await teams.chat_id(key)
    return str((await teams.send(chat, message(card)))[1]["id"])


async def seen(teams: Caller, key: str) -> list[dict[str, Any]]:
    answer = await teams.look(f"/control/chat?person={key}")
    return list(answer["messages"])


async def test_the_sample_has_ten_people_one_without_teams_and_a_guest() -> None:
    people = load_sample().people
    assert len(people) == 10
    assert [person.name for person in people if not person.in_teams] == ["Doris Whitfield"]
    assert [person.name for person in people if person.guest] == ["Sunil Rao"]


async def test_installing_for_a_person_tells_the_bot_twice_as_teams_does(
    teams: Caller, bot: EchoBot
) -> None:
    await teams.control("install", person="tom")
    update, installation = bot.heard
    assert update["membersAdded"] == [{"id": update["recipient"]["id"]}]
    assert (installation["type"], installation["action"]) == ("installationUpdate", "add")
    assert update["conversation"]["conversationType"] == "personal"
    assert update["from"]["id"] == "29:tom"
    assert bot.refused == []


async def test_installing_in_the_team_names_the_team(teams: Caller, bot: EchoBot) -> None:
    await teams.control("install", team=True)
    data = bot.heard[0]["channelData"]
    assert data["eventType"] == "teamMemberAdded"
    assert data["team"]["name"] == "Experience of care review"
    assert bot.heard[0]["conversation"]["isGroup"] is True


async def test_people_joining_and_leaving_the_team_are_told(teams: Caller, bot: EchoBot) -> None:
    await teams.control("install", team=True)
    await teams.control("team/remove", person="des")
    await teams.control("team/add", person="des")
    left, joined = bot.heard[-2:]
    assert left["membersRemoved"][0]["id"] == joined["membersAdded"][0]["id"] == "29:des"
    assert left["channelData"]["eventType"] == "teamMemberRemoved"
    status, _ = await teams.call("POST", "/control/team/add", {"person": "des"})
    assert status == 409


async def test_uninstalling_is_told(teams: Caller, bot: EchoBot) -> None:
    await teams.control("install", person="tom")
    await teams.control("uninstall", person="tom")
    await teams.control("uninstall", team=True)
    assert bot.kinds()[2:] == ["installationUpdate", "conversationUpdate", "installationUpdate"]
    assert bot.heard[2]["action"] == "remove"


async def test_what_is_typed_arrives_with_the_fields_teams_fills(
    teams: Caller, bot: EchoBot
) -> None:
    await teams.control("install", person="tom")
    answer = await teams.control("say", person="tom", text="my areas & more")
    heard = bot.heard[-1]
    assert answer == {"message": heard["id"], "status": 202}
    assert heard["text"] == "my areas & more"
    assert heard["attachments"][0]["content"] == "<p>my areas &amp; more</p>"
    assert heard["serviceUrl"] == f"{teams.running.url}/uk/"
    assert heard["from"]["aadObjectId"].endswith("002")
    assert heard["locale"] == "en-GB"
    assert heard["channelData"]["tenant"]["id"] == heard["conversation"]["tenantId"]
    assert re.fullmatch(r"\d{4}-.*Z", heard["timestamp"])


async def test_the_channel_is_heard_only_with_a_mention(teams: Caller, bot: EchoBot) -> None:
    await teams.control("install", team=True)
    quiet = await teams.control(
        "say", person="tom", text="lunch?", conversation="channel", mention=False
    )
    assert (quiet["status"], len(bot.heard)) == (None, 2)
    await teams.control("say", person="tom", text="status", conversation="channel")
    heard = bot.heard[-1]
    assert heard["text"] == "<at>Experience of care</at> status"
    assert heard["entities"][-1]["mentioned"]["id"] == heard["recipient"]["id"]
    assert heard["conversation"]["id"].endswith(f";messageid={heard['id']}")


async def test_an_edit_says_so(teams: Caller, bot: EchoBot) -> None:
    await teams.control("install", person="tom")
    said = await teams.control("say", person="tom", text="hlep")
    await teams.control("edit", person="tom", message=said["message"], text="help")
    heard = bot.heard[-1]
    assert (heard["type"], heard["channelData"]["eventType"]) == ("messageUpdate", "editMessage")
    assert (heard["id"], heard["text"]) == (said["message"], "help")


async def test_a_press_lays_inputs_over_the_data(teams: Caller, bot: EchoBot) -> None:
    card = await sent_card(teams, greeting("Hello"))
    people = "a0000000-0000-4000-8000-000000000002," + RUTH
    given = {"word": "calm", "level": "achieving", "people": people.split(",")}
    answer = await teams.control("press", person="tom", message=card, action="save", inputs=given)
    value = bot.heard[-1]["value"]
    assert value["trigger"] == "manual"
    assert value["action"]["data"] == {
        "area": 13,
        "word": "calm",
        "level": "achieving",
        "people": people,
    }
    assert bot.heard[-1]["replyToId"] == card
    assert (answer["status"], answer["replaced"]) == (200, True)


async def test_an_emptied_input_is_not_sent(teams: Caller, bot: EchoBot) -> None:
    filled = greeting("Hello")
    filled["body"][2]["value"] = "progressing"
    card = await sent_card(teams, filled)
    await teams.control("press", person="tom", message=card, action=0, inputs={"word": "a"})
    assert bot.heard[-1]["value"]["action"]["data"]["level"] == "progressing"
    await teams.control("leave", person="tom")
    given = {"word": "a", "level": ""}
    await teams.control("press", person="tom", message=card, action=0, inputs=given)
    assert "level" not in bot.heard[-1]["value"]["action"]["data"]


@pytest.mark.parametrize(
    ("inputs", "wrong"),
    [
        ({}, {"word": "Write a word."}),
        ({"word": "x" * 21}, {"word": "Write a word."}),
        ({"word": "a", "level": "made up"}, {"level": "Choose."}),
        ({"word": "a", "people": "29:ruth"}, {"people": "Choose people."}),
        ({"word": "a", "other": "b"}, {"other": "The card has no such input."}),
    ],
)
async def test_a_press_is_stopped_as_the_renderer_stops_it(
    teams: Caller, bot: EchoBot, inputs: Any, wrong: Any
) -> None:
    card = await sent_card(teams, greeting("Hello"))
    body = {"person": "tom", "message": card, "action": "save", "inputs": inputs}
    status, answer = await teams.call("POST", "/control/press", body)
    assert (status, answer["errors"]) == (422, wrong)
    assert "invoke" not in bot.kinds()


async def test_an_unchecked_press_goes_through(teams: Caller, bot: EchoBot) -> None:
    card = await sent_card(teams, greeting("Hello"))
    await teams.control(
        "press", person="tom", message=card, verb="steal", data={"member": 7}, unchecked=True
    )
    assert bot.heard[-1]["value"]["action"]["data"] == {"member": 7}


async def test_an_old_client_submits_the_fallback(teams: Caller, bot: EchoBot) -> None:
    card = await sent_card(teams, greeting("Hello"))
    answer = await teams.control(
        "press", person="tom", message=card, action="save", inputs={"word": "a"}, old_client=True
    )
    heard = bot.heard[-1]
    assert (heard["type"], heard["value"]) == ("message", {"verb": "save", "area": 13, "word": "a"})
    assert "text" not in heard
    assert answer == {"status": 202, "body": None, "replaced": False, "text": None, "error": None}


async def test_a_resent_press_is_the_same_press(teams: Caller, bot: EchoBot) -> None:
    card = await sent_card(teams, greeting("Hello"))
    await teams.control(
        "press", person="tom", message=card, action="save", inputs={"word": "a"}, times=3
    )
    assert len({activity["id"] for activity in bot.heard if activity["type"] == "invoke"}) == 1
    assert bot.kinds().count("invoke") == 3


async def test_an_answered_card_is_put_back_on_leaving(teams: Caller) -> None:
    card = await sent_card(teams, greeting("Hello"))
    await teams.control("press", person="tom", message=card, action="save", inputs={"word": "a"})
    assert (await seen(teams, "tom"))[-1]["in_place"] is True
    await teams.control("leave", person="tom")
    assert (await seen(teams, "tom"))[-1]["card"] == greeting("Hello")


async def test_an_answer_in_place_is_for_one_person_only(teams: Caller) -> None:
    await teams.control("install", team=True)
    _, sent = await teams.send("19:experience-of-care@thread.tacv2", message(greeting("All")))
    await teams.control(
        "press", person="tom", message=sent["id"], action="save", inputs={"word": "a"}
    )
    channel = "/control/chat?conversation=channel&person="
    assert (await teams.look(channel + "ruth"))["messages"][0]["card"] == greeting("All")
    assert (await teams.look(channel + "tom"))["messages"][0]["card"] != greeting("All")


async def test_an_update_replaces_what_stood_in_place(teams: Caller) -> None:
    card = await sent_card(teams, greeting("Hello"))
    await teams.control("press", person="tom", message=card, action="save", inputs={"word": "a"})
    chat = await teams.chat_id("tom")
    path = f"/v3/conversations/{chat}/activities/{card}"
    await teams.call("PUT", path, message(saved("Updated")))
    assert (await seen(teams, "tom"))[-1]["card"] == saved("Updated")


@pytest.mark.parametrize("verb", ["fail", "old version"])
async def test_a_failed_press_shows_teams_own_sentence(teams: Caller, verb: str) -> None:
    card = await sent_card(teams, greeting("Hello"))
    answer = await teams.control("press", person="tom", message=card, verb=verb, unchecked=True)
    assert answer["error"] == "Something went wrong. Please try again."
    assert (await seen(teams, "tom"))[-1]["in_place"] is False


async def test_a_press_may_be_answered_with_a_sentence(teams: Caller) -> None:
    card = await sent_card(teams, greeting("Hello"))
    answer = await teams.control("press", person="tom", message=card, action="Say")
    assert (answer["text"], answer["error"]) == ("Done.", None)


async def test_coming_back_refreshes_the_card_of_those_it_names(
    teams: Caller, bot: EchoBot
) -> None:
    action = {"type": "Action.Execute", "verb": "again", "data": {"revision": 4}}
    refresh = {"action": action, "userIds": ["29:tom"]}
    card = await sent_card(teams, greeting("Hello", refresh=refresh))
    assert await teams.control("open", person="tom") == {"refreshed": [card]}
    assert bot.heard[-1]["value"] == {
        "trigger": "automatic",
        "action": {"type": "Action.Execute", "verb": "again", "data": {"revision": 4}},
    }
    assert await teams.control("open", person="tom") == {"refreshed": []}
    await teams.control("leave", person="tom")
    assert await teams.control("open", person="tom") == {"refreshed": [card]}


async def test_a_refresh_for_others_leaves_the_card_alone(teams: Caller) -> None:
    action = {"type": "Action.Execute", "verb": "again"}
    card = greeting("Hello", refresh={"action": action, "userIds": ["29:ruth"]})
    await sent_card(teams, card)
    assert await teams.control("open", person="tom") == {"refreshed": []}


async def test_unread_messages_are_counted_until_the_chat_is_opened(teams: Caller) -> None:
    await sent_card(teams, saved("One"))
    await sent_card(teams, saved("Two"))
    people = (await teams.look("/control/state"))["people"]
    assert {one["key"]: one["unread"] for one in people if one["unread"]} == {"tom": 2}
    await teams.control("open", person="tom")
    await sent_card(teams, saved("Three"))
    people = (await teams.look("/control/state?brief=1"))["people"]
    assert not any(one["unread"] for one in people)


async def test_the_clock_is_the_bots(teams: Caller, bot: EchoBot) -> None:
    assert (await teams.look("/control/clock"))["now"] == "2027-01-04T09:00:00+00:00"
    answer = await teams.control("advance", advance="P7D")
    assert answer == {"now": "2027-01-11T09:00:00+00:00"}
    state = await teams.look("/control/state?brief=1")
    assert state["now"].startswith("2027-01-11T09:00:0")
    assert state["clock_known"] is True


async def test_what_comes_while_the_clock_moves_is_stamped_by_its_end(
    teams: Caller, bot: EchoBot
) -> None:
    chat = await teams.chat_id("tom")

    async def prompt() -> None:
        await teams.send(chat, message(saved("Prompt")))

    bot.on_clock = prompt
    await teams.control("advance", advance="P1D")
    shown = (await seen(teams, "tom"))[-1]
    assert (shown["at"], shown["by"]) == (bot.now.isoformat(), True)
    line = (await teams.look("/control/transcript?person=tom"))[-1]
    assert line["at"].startswith(f"{bot.now:%Y-%m-%dT%H:%M}")


async def test_a_bot_that_is_not_running_is_said_so(teams: Caller, bot: EchoBot) -> None:
    await bot.server.close()
    status, answer = await teams.call("POST", "/control/advance", {"advance": "P1D"})
    assert (status, answer["error"]) == (502, "The bot is not running.")
    assert (await teams.look("/control/state?brief=1"))["clock_known"] is False


async def test_a_rotated_key_is_announced_at_once(teams: Caller, bot: EchoBot) -> None:
    before = await teams.look("/keys")
    await teams.control("rotate-keys")
    after = await teams.look("/keys")
    assert before["keys"][0]["kid"] != after["keys"][0]["kid"]
    await teams.control("install", person="tom")
    assert (len(bot.heard), bot.refused) == (2, [])


async def test_a_person_without_teams_cannot_act(teams: Caller) -> None:
    body = {"person": "doris", "text": "hello"}
    status, answer = await teams.call("POST", "/control/say", body)
    assert (status, answer["error"]) == (404, "Doris Whitfield has no Teams account.")


async def test_nobody_sees_or_presses_anothers_card(teams: Caller) -> None:
    card = await sent_card(teams, greeting("Hello"))
    body = {"person": "ruth", "message": card, "action": "save"}
    assert (await teams.call("POST", "/control/press", body))[0] == 404


async def test_message_times_are_the_bots(teams: Caller, bot: EchoBot) -> None:
    await teams.look("/control/clock")
    bot.now += timedelta()
    await teams.control("install", person="tom")
    assert bot.heard[-1]["timestamp"].startswith("2027-01-04T09:00")
    assert bot.heard[-1]["localTimestamp"].endswith("+00:00")
