"""The far side of HTTP for the stand-in's own tests: a tiny bot that checks tokens and echoes."""

from datetime import datetime, timedelta
from typing import Any

import aiohttp
import isodate
import jwt
from aiohttp import web
from aiohttp.test_utils import TestServer

Activity = dict[str, Any]
CARD = "application/vnd.microsoft.card.adaptive"
CONSENT = "application/vnd.microsoft.teams.card.file.consent"
INFO = "application/vnd.microsoft.teams.card.file.info"


def greeting(text: str, **more: Any) -> dict[str, Any]:
    """A card with one of each kind of input and a button that saves."""
    return {
        "type": "AdaptiveCard",
        "version": "1.5",
        "lang": "en-GB",
        "body": [
            {"type": "TextBlock", "text": text, "wrap": True, "style": "heading"},
            {"type": "Input.Text", "id": "word", "label": "A word", "isRequired": True,
             "errorMessage": "Write a word.", "maxLength": 20, "isMultiline": True},
            {"type": "Input.ChoiceSet", "id": "level", "label": "Level", "errorMessage": "Choose.",
             "choices": [{"title": "Progressing", "value": "progressing"},
                         {"title": "Achieving", "value": "achieving"}]},
            {"type": "Input.ChoiceSet", "id": "people", "label": "People", "isMultiSelect": True,
             "errorMessage": "Choose people.", "style": "filtered", "choices": [],
             "choices.data": {"type": "Data.Query", "dataset": "graph.microsoft.com/users"}},
        ],
        "actions": [
            {"type": "Action.Execute", "id": "save", "title": "Save my view", "verb": "save",
             "data": {"area": 13, "word": "kept"},
             "fallback": {"type": "Action.Submit", "title": "Save my view",
                          "data": {"verb": "save", "area": 13}}},
            {"type": "Action.Execute", "title": "Fail", "verb": "fail",
             "associatedInputs": "none"},
            {"type": "Action.Execute", "title": "Say", "verb": "say", "associatedInputs": "none"},
        ],
        **more,
    }  # fmt: skip


def saved(text: str) -> dict[str, Any]:
    """A card that only says something."""
    body = [{"type": "TextBlock", "text": text, "wrap": True, "style": "heading"}]
    return {"type": "AdaptiveCard", "version": "1.5", "lang": "en-GB", "body": body}


def message(card: dict[str, Any], **more: Any) -> Activity:
    """A message with a card alone, as a bot sends it."""
    attachment = {"contentType": CARD, "content": card}
    return {"type": "message", "summary": "A card for you", "attachments": [attachment], **more}


def offer(name: str = "worksheet.docx", size: int = 41_000) -> dict[str, Any]:
    """A file to take or decline, as Teams' own card for it."""
    content = {
        "description": "The worksheet",
        "sizeInBytes": size,
        "acceptContext": {"offer": 7},
        "declineContext": {"offer": 7, "declined": True},
    }
    return {"contentType": CONSENT, "name": name, "content": content}


def kept(upload: dict[str, Any]) -> dict[str, Any]:
    """A file that was put where `uploadInfo` said, to open."""
    return {
        "contentType": INFO, "name": upload["name"], "contentUrl": upload["contentUrl"],
        "content": {"uniqueId": upload["uniqueId"], "fileType": upload["fileType"]},
    }  # fmt: skip


def handing_over(*files: dict[str, Any]) -> Activity:
    """A message with file cards, as a bot sends it."""
    return {"type": "message", "summary": "A report is ready", "attachments": [*files]}


class EchoBot:
    """Remembers every activity, answers presses with a card, and can call the connector.

    Answers to files are told `file_status`.
    """

    def __init__(self) -> None:
        self.heard: list[Activity] = []
        self.file_status = 200
        self.refused: list[str] = []
        self.now = datetime.fromisoformat("2027-01-04T09:00:00+00:00")
        self.app_id = ""
        self.metadata_url = ""
        self.on_clock: Any = None
        app = web.Application()
        app.router.add_post("/api/messages", self._messages)
        app.router.add_post("/local/clock", self._clock)
        self.server = TestServer(app)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.port}"

    def kinds(self) -> list[str]:
        return [activity["type"] for activity in self.heard]

    async def _messages(self, request: web.Request) -> web.Response:
        activity = await request.json()
        problem = await self._wrong_token(request, activity)
        if problem:
            self.refused.append(problem)
            return web.Response(status=401)
        self.heard.append(activity)
        if activity.get("name") == "fileConsent/invoke":
            return web.Response(status=self.file_status)
        if activity["type"] == "invoke":
            return self._pressed(activity["value"])
        return web.Response(status=202)

    async def _wrong_token(self, request: web.Request, activity: Activity) -> str:
        """Checked as in production: key by id, RS256, audience, issuer, service URL."""
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        async with aiohttp.ClientSession() as session:
            document = await (await session.get(self.metadata_url)).json()
            listed = await (await session.get(document["jwks_uri"])).json()
        header = jwt.get_unverified_header(token)
        found = [key for key in listed["keys"] if key["kid"] == header["kid"]]
        if not found or "msteams" not in found[0]["endorsements"]:
            return "no key"
        claims = jwt.decode(
            token,
            jwt.PyJWK(found[0]).key,
            algorithms=["RS256"],
            audience=self.app_id,
            issuer="https://api.botframework.com",
            options={"require": ["exp", "nbf"]},
        )
        return "" if claims["serviceurl"] == activity["serviceUrl"] else "wrong service"

    def _pressed(self, value: dict[str, Any]) -> web.Response:
        verb, data = value["action"].get("verb"), value["action"]["data"]
        if verb == "fail":
            return web.Response(status=500)
        if verb == "say":
            kind = "application/vnd.microsoft.activity.message"
            return web.json_response({"statusCode": 200, "type": kind, "value": "Done."})
        if verb == "old version":
            return _card(saved("New") | {"version": "1.6"})
        return _card(saved(f"Saved {data}"))

    async def _clock(self, request: web.Request) -> web.Response:
        change = await request.json()
        if self.on_clock:
            await self.on_clock()
        if "set" in change:
            self.now = datetime.fromisoformat(change["set"])
        else:
            moved: timedelta = isodate.parse_duration(change["advance"])
            self.now += moved
        return web.json_response({"now": self.now.isoformat()})


def _card(card: dict[str, Any]) -> web.Response:
    return web.json_response({"statusCode": 200, "type": CARD, "value": card})
