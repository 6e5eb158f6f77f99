"""What the Bot Connector answered, and what that means for the call.

Classes follow Microsoft's page on optimising bots with rate limiting: some statuses may be tried
again, most never, and a 500 says nothing about whether the message went out.
"""

import json
import re
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import Any

import aiohttp

from scheduler.sender import NotSent, Outcome

MAX_REPLY = 4 * 1024 * 1024  # bytes; a page of 500 members is about 200 KB
UNREADABLE = "UnreadableReply"
NO_DATE_PAUSE = 60.0  # seconds, where a date to wait for comes without the date it is counted from
LONGEST_PAUSE = 24 * 3600.0

_CAN_RETRY = frozenset({412, 429, 502, 503, 504})
_CODE = re.compile(r"[A-Za-z0-9_.-]{1,80}")


@dataclass(frozen=True)
class Reply:
    """A status, the object in the body ({} where there is none), and how long to wait."""

    status: int
    body: dict[str, Any] = field(default_factory=dict)
    retry_after: float | None = None

    @property
    def ok(self) -> bool:
        """Whether Teams took the call."""
        return 200 <= self.status < 300


async def read_reply(response: aiohttp.ClientResponse) -> Reply:
    """Read a bounded body. Once a 2xx status is in, a broken body no longer undoes the call."""
    status, wait = response.status, _retry_after(response)
    try:
        body = bytearray()
        async for chunk in response.content.iter_any():
            body += chunk
            if len(body) > MAX_REPLY:
                response.close()
                return Reply(status, {}, wait)
        parsed = json.loads(body)
    except (ValueError, RecursionError, aiohttp.ClientError, ConnectionError):
        return Reply(status, {}, wait)
    return Reply(status, parsed if isinstance(parsed, dict) else {}, wait)


def failure(reply: Reply, *, repeatable: bool) -> NotSent:
    """The failure that a reply outside 2xx stands for."""
    return NotSent(
        _outcome(reply.status, repeatable),
        status=reply.status,
        code=_code(reply.body),
        retry_after=reply.retry_after,
    )


def _outcome(status: int, repeatable: bool) -> Outcome:
    if status in _CAN_RETRY:
        return Outcome.RETRY
    if status < 500:
        return Outcome.PERMANENT
    return Outcome.RETRY if repeatable else Outcome.UNKNOWN


def _code(body: dict[str, Any]) -> str:
    """The error's code, kept only if it is a plain word: it goes into logs and the digest."""
    error = body.get("error")
    code = error.get("code") if isinstance(error, dict) else None
    return code if isinstance(code, str) and _CODE.fullmatch(code) else ""


def _retry_after(response: aiohttp.ClientResponse) -> float | None:
    text = response.headers.get("Retry-After", "").strip()
    if not text:
        return None
    if re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,6})?", text):
        return min(float(text), LONGEST_PAUSE)
    try:
        # Counted on the server's clock, which may differ from ours.
        wait = parsedate_to_datetime(text) - parsedate_to_datetime(response.headers["Date"])
    except (ValueError, TypeError, KeyError):
        return NO_DATE_PAUSE
    return min(max(wait.total_seconds(), 0.0), LONGEST_PAUSE)
