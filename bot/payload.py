"""Bytes from a caller we do not know yet, turned into a JSON object or refused.

Nothing here trusts the sender, so every step costs little and is bounded: the whole body is at
most 256 KiB and must arrive within 5 seconds, and nesting is counted before it is parsed.
"""

import asyncio
import json
import math
import re
from typing import Any

import aiohttp
from aiohttp import web

MAX_BODY = 256 * 1024
MAX_DEPTH = 32
MAX_ATTACHMENTS = 50
MAX_BRACKETS = 20_000  # opening ones, people's words included; Teams sends some tens
BODY_SECONDS = 5.0

# An open string runs to the end: were it left unmatched, each quote would be tried in turn.
_QUOTED = re.compile(rb'"(?:[^"\\]++|\\.)*+(?:"|\\?\Z)', re.DOTALL)
_BRACKETS = re.compile(rb"[\[\]{}]")
_SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")


class Malformed(ValueError):
    """Not a body we read (400)."""


class TooLarge(ValueError):
    """More than MAX_BODY bytes (413)."""


async def read_object(request: web.Request) -> dict[str, Any]:
    """The request's body as a JSON object within our limits. Raises Malformed or TooLarge."""
    if request.content_type != "application/json" or "Content-Encoding" in request.headers:
        raise Malformed("the body is not plain application/json")
    return parse_object(await _read(request))


async def _read(request: web.Request) -> bytes:
    if (request.content_length or 0) > MAX_BODY:
        raise TooLarge
    body = bytearray()
    try:
        async with asyncio.timeout(BODY_SECONDS):
            async for chunk in request.content.iter_any():
                body += chunk
                if len(body) > MAX_BODY:
                    raise TooLarge
    except (TimeoutError, aiohttp.ClientError, web.RequestPayloadError, ConnectionError) as error:
        raise Malformed("the body did not arrive") from error
    return bytes(body)


def parse_object(body: bytes) -> dict[str, Any]:
    """Parse UTF-8 JSON strictly. Raises Malformed.

    Refused besides bad JSON: nesting over MAX_DEPTH, over MAX_BRACKETS lists and objects, over
    MAX_ATTACHMENTS attachments, a name twice in one object, numbers that are not finite, and lone
    surrogates, which no database stores.
    """
    if not _is_shallow(body):
        raise Malformed("nested too deep or too often")
    try:
        parsed = _decoder.decode(body.decode("utf-8"))
        if _SURROGATE.search(body):
            json.dumps(parsed, ensure_ascii=False).encode("utf-8")
    except ValueError as error:  # JSONDecodeError and both Unicode errors are ValueErrors
        raise Malformed("not JSON") from error
    if not isinstance(parsed, dict):
        raise Malformed("not an object")
    attachments = parsed.get("attachments")
    if isinstance(attachments, list) and len(attachments) > MAX_ATTACHMENTS:
        raise Malformed("too many attachments")
    return parsed


def _is_shallow(body: bytes) -> bool:
    # An ordinary activity has too few brackets to be deep: two counts settle it.
    opening = body.count(b"{") + body.count(b"[")
    if opening <= MAX_DEPTH or opening > MAX_BRACKETS:
        return opening <= MAX_DEPTH
    depth = 0
    for bracket in _BRACKETS.findall(_QUOTED.sub(b"", body)):
        depth += 1 if bracket in b"[{" else -1
        if depth > MAX_DEPTH:
            return False
    return True


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name is given twice")
    return found


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError("not a finite number")
    return number


_decoder = json.JSONDecoder(
    object_pairs_hook=_without_repeats, parse_float=_finite, parse_constant=_finite
)
