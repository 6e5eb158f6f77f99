"""The whole bot over HTTP, as Teams calls it: raw activities with a token that is really signed."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import aiohttp
from aiohttp import web

from bot.app import HOUSE, build_app
from bot.settings import Settings, settings_from
from eocif.clock import Clock
from eocif.sample import load
from scheduler.sender import Sender
from tests.bot.authority import Authority

PAYLOADS = Path(__file__).parents[1] / "payloads"
SERVICE = "https://smba.trafficmanager.net/uk/"
CARD = "application/vnd.microsoft.card.adaptive"
SAMPLE = load()


def settings(url: str, authority: Authority, **more: str) -> Settings:
    """Local mode, with tokens checked exactly as in production."""
    return settings_from(
        {
            "EOCIF_LOCAL": "1",
            "EOCIF_DATABASE_URL": url,
            "EOCIF_OPENID_METADATA_URL": authority.url,
            **more,
        }
    )


@dataclass
class Answered:
    """A status, the body as text and, where it is JSON, parsed."""

    status: int
    text: str

    @property
    def body(self) -> Any:
        return json.loads(self.text)

    @property
    def card(self) -> dict[str, Any]:
        """The card that answers a press. Fails where the answer is of another shape."""
        assert self.status == 200, self.text
        assert set(self.body) == {"statusCode", "type", "value"}
        assert (self.body["statusCode"], self.body["type"]) == (200, CARD)
        assert isinstance(self.body["value"], dict)
        assert self.body["value"]["type"] == "AdaptiveCard"
        card: dict[str, Any] = self.body["value"]
        return card

    @property
    def words(self) -> str:
        """All that the card says, without what its buttons carry."""
        return " | ".join(_words(self.card))


def _words(node: Any) -> Iterator[str]:
    if isinstance(node, list):
        for each in node:
            yield from _words(each)
    elif isinstance(node, dict):
        for key in ("text", "title", "label", "value", "errorMessage", "placeholder"):
            if isinstance(node.get(key), str):
                yield node[key]
        for key, each in node.items():
            if key not in ("data", "refresh", "fallback"):
                yield from _words(each)


def buttons(node: Any) -> Iterator[dict[str, Any]]:
    """Every press that a card offers."""
    if isinstance(node, list):
        for each in node:
            yield from buttons(each)
    elif isinstance(node, dict):
        if node.get("type") == "Action.Execute":
            yield node
        for key, each in node.items():
            if key not in ("data", "refresh", "fallback"):
                yield from buttons(each)


def activity(name: str, who: str = "", **changed: Any) -> dict[str, Any]:
    """A raw payload, from someone else where asked for."""
    raw: dict[str, Any] = json.loads((PAYLOADS / f"{name}.json").read_text(encoding="utf-8"))
    raw["serviceUrl"] = SERVICE
    if who:
        one = SAMPLE.person(who)
        raw["from"] = {"id": one.teams_id, "name": one.name, "aadObjectId": one.entra_id}
        if raw["conversation"].get("conversationType") == "personal":
            raw["conversation"]["id"] = f"chat of {one.teams_id}"
    return {**raw, **changed}


def pressed(
    who: str, verb: str, data: dict[str, Any] | None = None, *, message: str = "elsewhere",
    trigger: str = "manual", **changed: Any,
) -> dict[str, Any]:  # fmt: skip
    """A press of `Action.Execute`."""
    action = {"type": "Action.Execute", "title": "A button", "verb": verb, "data": data or {}}
    return activity(
        "card_press", who, replyToId=message, value={"action": action, "trigger": trigger},
        **changed,
    )  # fmt: skip


def submitted(who: str, data: dict[str, Any], *, message: str = "elsewhere") -> dict[str, Any]:
    """A press of `Action.Submit`, as an old client sends it."""
    return activity("submit_message", who, replyToId=message, value=data)


def said(who: str, text: str, **changed: Any) -> dict[str, Any]:
    """Words in the personal chat."""
    return activity("personal_message", who, text=text, **changed)


@dataclass
class House:
    """A running bot. `app` gives access to its inside."""

    settings: Settings
    authority: Authority
    http: aiohttp.ClientSession
    clock: Clock | None = None
    sender: Sender | None = None
    app: web.Application = field(init=False)
    runner: web.AppRunner = field(init=False)

    async def __aenter__(self) -> Self:
        self.app = build_app(self.settings, clock=self.clock, sender=self.sender)
        self.runner = web.AppRunner(self.app, access_log=None, shutdown_timeout=2)
        await self.runner.setup()
        await web.TCPSite(self.runner, "127.0.0.1", 0).start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.runner.cleanup()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.runner.addresses[0][1]}"

    async def tell(self, raw: dict[str, Any]) -> Answered:
        """One activity, with a token."""
        token = self.authority.token(raw["serviceUrl"])
        headers = {"Authorization": f"Bearer {token}"}
        async with self.http.post(f"{self.url}/api/messages", json=raw, headers=headers) as reply:
            return Answered(reply.status, await reply.text())

    async def press(self, who: str, verb: str, data: Any = None, **more: Any) -> Answered:
        return await self.tell(pressed(who, verb, data, **more))

    async def call(self, method: str, path: str, body: Any = None) -> Answered:
        async with self.http.request(method, self.url + path, json=body) as reply:
            return Answered(reply.status, await reply.text())

    async def tick(self) -> None:
        """Do what a minute does."""
        await self.app[HOUSE].loop.tick()

    async def deliver(self) -> None:
        """Carry out what is due now."""
        await self.app[HOUSE].loop.deliver()
