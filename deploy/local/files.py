"""Files that the bot hands over: taken or declined by a person, put here instead of OneDrive.

What is uploaded is kept in memory: a stand-in for a person's drive that is empty after a restart.
"""

import re
import uuid
from typing import Literal
from urllib.parse import quote

from aiohttp import web

from deploy.local.card_limits import CONSENT
from deploy.local.control import About, Wrong, asked, person_in_teams, visible_message
from deploy.local.control_people import WENT_WRONG
from deploy.local.stand_in import STAND_IN, Upload, base_url
from deploy.local.world import Message

_WHOLE = re.compile(r"bytes 0-(\d+)/(\d+)")


def routes() -> list[web.RouteDef]:
    """Answering an offer, the place that files are put at, and opening them."""
    return [
        web.post("/control/file", answer),
        web.put("/upload/{guid}", put),
        web.get("/files/{guid}/{name}", get),
    ]


class Answer(About):
    """Take or decline the file that a message offers.

    `expired` gives the bot an address that is no longer good, as when it takes too long.
    """

    message: str
    answer: Literal["accept", "decline"] = "accept"
    expired: bool = False


async def answer(request: web.Request) -> web.Response:
    """Answers `{"status", "error", "guid"}`: the bot's, and where a file that is taken goes."""
    stand_in, ask = request.app[STAND_IN], await asked(request, Answer)
    person = person_in_teams(stand_in, ask.person)
    message = visible_message(stand_in, person, ask.message)
    content = _offered(message)
    guid = str(uuid.uuid4())
    value = {
        "type": "fileUpload",
        "action": ask.answer,
        "context": content.get(f"{ask.answer}Context"),
    }
    name = str((message.file or {}).get("name", ""))
    if ask.answer == "accept":
        stand_in.uploads[guid] = Upload(person.key, name, expired=ask.expired)
        value["uploadInfo"] = {
            "contentUrl": f"{base_url(request)}/files/{guid}/{quote(name)}",
            "name": name,
            "uploadUrl": f"{base_url(request)}/upload/{guid}",
            "uniqueId": guid,
            "fileType": name.rpartition(".")[2],
        }
    chat = stand_in.world.state.chats[message.chat]
    told = await stand_in.bot.send(stand_in.scene(request).consented(person, chat, message, value))
    error = None if told.fine else WENT_WRONG
    return web.json_response({"status": told.status, "error": error, "guid": guid})


def _offered(message: Message) -> dict[str, object]:
    file = message.file or {}
    if file.get("contentType") != CONSENT:
        raise Wrong(404, "This message offers no file.")
    content = file.get("content")
    return content if isinstance(content, dict) else {}


async def put(request: web.Request) -> web.Response:
    """A whole file, in one piece as its Content-Range says; 404 once the address has expired."""
    upload = request.app[STAND_IN].uploads.get(request.match_info["guid"])
    if upload is None or upload.expired:
        return web.json_response({"error": {"code": "itemNotFound"}}, status=404)
    content = await request.read()
    said = _WHOLE.fullmatch(request.headers.get("Content-Range", ""))
    if said is None or (int(said[1]) + 1, int(said[2])) != (len(content), len(content)):
        return web.json_response({"error": {"code": "invalidRange"}}, status=416)
    upload.content = content
    return web.json_response({"name": upload.name, "size": len(content)}, status=201)


async def get(request: web.Request) -> web.Response:
    """A file that was put here, to save."""
    upload = request.app[STAND_IN].uploads.get(request.match_info["guid"])
    if upload is None or upload.content is None:
        raise web.HTTPNotFound(text="There is no such file.")
    named = f"attachment; filename*=UTF-8''{quote(upload.name)}"
    return web.Response(
        body=upload.content,
        content_type="application/octet-stream",
        headers={"Content-Disposition": named},
    )
