"""What the stand-in keeps in its file is there after a restart, and ids never come twice."""

from dataclasses import replace
from pathlib import Path

import aiohttp

from deploy.local.settings import Settings, from_environment
from tests.local.conftest import Caller, Starter
from tests.local.echo_bot import message, saved


async def test_an_old_message_can_be_updated_after_a_restart(
    starter: Starter, session: aiohttp.ClientSession, tmp_path: Path
) -> None:
    settings = Settings(rate_scale=0, state_path=tmp_path / "var" / "stand-in.json")
    first = Caller(session, await starter(settings))
    chat = await first.chat_id("tom")
    _, sent = await first.send(chat, message(saved("Before")))
    await first.running.stop()

    second = Caller(session, await starter(replace(settings)))
    path = f"/v3/conversations/{chat}/activities/{sent['id']}"
    assert (await second.call("PUT", path, message(saved("After"))))[0] == 200
    _, later = await second.send(chat, message(saved("Later")))
    assert later["id"] > sent["id"]
    shown = (await second.look("/control/chat?person=tom"))["messages"]
    assert [one["card"] for one in shown] == [saved("After"), saved("Later")]


async def test_ids_rise_even_within_a_millisecond(teams: Caller) -> None:
    world = teams.running.inside.world
    ids = [int(world.new_id()) for _ in range(1000)]
    assert ids == sorted(set(ids))


def test_the_environment_says_where_everything_is() -> None:
    settings = from_environment(
        {
            "EOCIF_STAND_IN_PORT": "4000",
            "EOCIF_BOT_URL": "http://127.0.0.1:5000/",
            "EOCIF_STAND_IN_STATE": "var/s.json",
            "MicrosoftAppId": "an-app",
        }
    )
    assert (settings.port, settings.bot_url) == (4000, "http://127.0.0.1:5000")
    assert (settings.state_path, settings.app_id) == (Path("var/s.json"), "an-app")
    assert from_environment({}).port == 3979
