"""The two servers that are compared: the bot, and the least that any such bot must do."""

import sqlite3
from typing import Any

import jwt
from aiohttp import web

from bot.app import build_app
from bot.inbound import ISSUER
from bot.settings import LOCAL_APP_ID, settings_from
from tests.benchmarks.crowd import TEN

_TABLE = "CREATE TABLE rating (id INTEGER PRIMARY KEY, person TEXT, code TEXT, choice TEXT)"


def bot(database_url: str, metadata_url: str) -> web.Application:
    """The bot as in production, tokens and all, but for the time: 10am on its first Monday.

    A clock that nobody can move spares local mode's look at the stored offset in each turn.
    """
    settings = settings_from(
        {
            "EOCIF_LOCAL": "1",
            "EOCIF_DATABASE_URL": database_url,
            "EOCIF_OPENID_METADATA_URL": metadata_url,
        }
    )
    return build_app(settings, clock=lambda: TEN)


def floor(path: str, public_key: dict[str, Any]) -> web.Application:
    """Bare aiohttp: parse the body, check the token with PyJWT, save five rows in one commit."""
    key = jwt.PyJWK(public_key, algorithm="RS256")
    connection = sqlite3.connect(path, isolation_level=None)
    for statement in ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", _TABLE):
        connection.execute(statement)

    async def messages(request: web.Request) -> web.Response:
        token = request.headers["Authorization"].removeprefix("Bearer ")
        jwt.decode(token, key, algorithms=["RS256"], audience=LOCAL_APP_ID, issuer=ISSUER)
        body = await request.json()
        data, who = body["value"]["action"]["data"], body["from"]["aadObjectId"]
        rows = [(who, code, data[code]) for code in data if code.startswith("level_")]
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany("INSERT INTO rating (person, code, choice) VALUES (?, ?, ?)", rows)
        connection.execute("COMMIT")
        return web.json_response({"statusCode": 200})

    app = web.Application()
    app.router.add_post("/api/messages", messages)
    return app
