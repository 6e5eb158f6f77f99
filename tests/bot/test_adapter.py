import json
from collections.abc import AsyncIterator, Callable
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from botbuilder.core import InvokeResponse, TurnContext
from botbuilder.core.teams import TeamsActivityHandler
from botbuilder.schema import Activity, ActivityTypes

from bot.adapter import SentInTurn, TeamsAdapter
from bot.inbound import Inbound
from bot.settings import settings_from

JSON = {"Content-Type": "application/json"}
Payload = Callable[[str], dict[str, Any]]


class SmallBot(TeamsActivityHandler):
    """Answers presses with a card, and does what it should not where told to."""

    def __init__(self) -> None:
        self.seen: list[str] = []
        self.card: dict[str, Any] = {"type": "AdaptiveCard", "version": "1.5", "body": []}

    async def on_message_activity(self, turn_context: TurnContext) -> None:
        self.seen.append(turn_context.activity.text)

    async def on_invoke_activity(self, turn_context: TurnContext) -> InvokeResponse | None:
        self.seen.append(turn_context.activity.name)
        if turn_context.activity.name != "adaptiveCard/action":
            answer: InvokeResponse | None = await super().on_invoke_activity(turn_context)
            return answer
        kind = "application/vnd.microsoft.card.adaptive"
        return InvokeResponse(
            status=200, body={"statusCode": 200, "type": kind, "value": self.card}
        )


@pytest.fixture
def bot() -> SmallBot:
    return SmallBot()


@pytest.fixture
async def url(bot: SmallBot) -> AsyncIterator[str]:
    """Edge, adapter and bot, over HTTP."""
    inbound, adapter = Inbound(settings_from({"EOCIF_LOCAL": "1"}), None), TeamsAdapter()

    async def messages(request: web.Request) -> web.Response:
        accepted = await inbound.accept(request)
        answer = await adapter.process(accepted.activity, bot)
        if answer.body is None:
            return web.Response(status=answer.status)
        return web.json_response(answer.body, status=answer.status)

    app = web.Application()
    app.router.add_post("/api/messages", messages)
    async with TestServer(app) as server:
        yield str(server.make_url("/api/messages"))


async def send(
    http: aiohttp.ClientSession, url: str, activity: dict[str, Any]
) -> tuple[int, dict[str, Any] | None]:
    async with http.post(url, data=json.dumps(activity), headers=JSON) as response:
        text = await response.text()
        return response.status, json.loads(text) if text else None


async def test_a_press_is_answered_with_the_card_once_serialised(
    http: aiohttp.ClientSession, url: str, bot: SmallBot, payload: Payload
) -> None:
    bot.card = {"type": "AdaptiveCard", "version": "1.5", "body": [{"text": "“Ein Wort” 🕊️"}]}
    status, said = await send(http, url, payload("card_press"))
    assert status == 200
    assert said == {
        "statusCode": 200,
        "type": "application/vnd.microsoft.card.adaptive",
        "value": bot.card,
    }


async def test_a_message_is_answered_with_an_empty_200(
    http: aiohttp.ClientSession, url: str, bot: SmallBot, payload: Payload
) -> None:
    assert await send(http, url, payload("personal_message")) == (200, None)
    assert bot.seen == ["my areas"]


async def test_an_invoke_that_nobody_knows_is_a_400_and_no_5xx(
    http: aiohttp.ClientSession, url: str, payload: Payload
) -> None:
    unknown = {**payload("unknown_invoke"), "name": "somebody/else"}
    assert await send(http, url, unknown) == (400, {"error": "not_supported"})


def press() -> Activity:
    return Activity(type=ActivityTypes.invoke, name="adaptiveCard/action", channel_id="msteams")


async def run(logic: Callable[[TurnContext], Any], activity: Activity | None = None) -> Any:
    class OneOff(TeamsActivityHandler):
        async def on_turn(self, turn_context: TurnContext) -> Any:
            return await logic(turn_context)

    return await TeamsAdapter().process(activity or press(), OneOff())


async def test_an_unanswered_invoke_is_a_400() -> None:
    async def nothing(turn: TurnContext) -> None:
        return None

    assert (await run(nothing)).status == 400


@pytest.mark.parametrize(
    "logic",
    [
        lambda turn: turn.send_activity("Thank you"),
        lambda turn: turn.send_activity(Activity(type="typing")),
        lambda turn: turn.send_trace_activity("debug"),
        lambda turn: turn.update_activity(Activity(id="1")),
        lambda turn: turn.delete_activity("1"),
    ],
)
async def test_whatever_else_goes_out_is_refused(logic: Callable[[TurnContext], Any]) -> None:
    with pytest.raises(SentInTurn):
        await run(logic)


async def test_the_card_is_handed_on_and_not_copied() -> None:
    body = {"statusCode": 200, "value": {"type": "AdaptiveCard"}}

    async def answer(turn: TurnContext) -> None:
        await turn.send_activity(
            Activity(
                type=ActivityTypes.invoke_response, value=InvokeResponse(status=200, body=body)
            )
        )

    answered = await run(answer)
    assert answered.body is body


async def test_an_answer_that_is_no_plain_dict_is_a_mistake() -> None:
    async def answer(turn: TurnContext) -> None:
        await turn.send_activity(
            Activity(type=ActivityTypes.invoke_response, value=InvokeResponse(status=200, body=[1]))
        )

    with pytest.raises(TypeError, match="answered with a list"):
        await run(answer)


async def test_what_the_bot_raises_is_raised() -> None:
    async def fail(turn: TurnContext) -> None:
        raise LookupError("no such review")

    with pytest.raises(LookupError, match="no such review"):
        await run(fail)
