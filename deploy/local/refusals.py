"""What Teams refuses, in Teams' own error bodies: `{"error": {"code", "message"}}`.

Codes and statuses follow Microsoft's pages "Status codes from bot conversational APIs" and
"Send proactive messages".
"""

import json
from http import HTTPStatus

from aiohttp import web


class Refusal(Exception):
    """A connector call that Teams would not accept. `retry_after` is in whole seconds."""

    def __init__(
        self, status: int, code: str, message: str, *, retry_after: int | None = None
    ) -> None:
        super().__init__(f"{status} {code}: {message}")
        self.status, self.code, self.message = status, code, message
        self.retry_after = retry_after

    def response(self) -> web.Response:
        """The answer that goes back over HTTP."""
        headers = {} if self.retry_after is None else {"Retry-After": str(self.retry_after)}
        body = {"error": {"code": self.code, "message": self.message}}
        return web.Response(
            status=self.status,
            text=json.dumps(body),
            content_type="application/json",
            headers=headers,
        )


def bad_argument(message: str) -> Refusal:
    """400: the call itself is wrong, and will be the next time too."""
    return Refusal(HTTPStatus.BAD_REQUEST, "BadArgument", message)


def bad_syntax(message: str) -> Refusal:
    """400: the body or a token in it cannot be read."""
    return Refusal(HTTPStatus.BAD_REQUEST, "BadSyntax", message)


def conversation_not_found() -> Refusal:
    """404: no conversation has this id."""
    return Refusal(HTTPStatus.NOT_FOUND, "ConversationNotFound", "Conversation not found.")


def activity_not_found() -> Refusal:
    """404 on update or delete: the message is not in this conversation, or no longer there."""
    return Refusal(
        HTTPStatus.NOT_FOUND,
        "ActivityNotFoundInConversation",
        "The activity was not found in this conversation.",
    )


def member_not_found() -> Refusal:
    """404: nobody with this id is in the conversation."""
    return Refusal(
        HTTPStatus.NOT_FOUND,
        "MemberNotFoundInConversation",
        "The member was not found in this conversation.",
    )


def not_in_roster() -> Refusal:
    """403: the app is not installed for this person or team, or was removed."""
    return Refusal(
        HTTPStatus.FORBIDDEN,
        "BotNotInConversationRoster",
        "The bot is not part of the conversation roster.",
    )


def blocked() -> Refusal:
    """403: the person blocked the bot."""
    return Refusal(
        HTTPStatus.FORBIDDEN, "ConversationBlockedByUser", "User blocked the conversation."
    )


def too_big() -> Refusal:
    """413: the message is over the size limit."""
    return Refusal(
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "MessageSizeTooBig", "Message size too large."
    )


def too_many(retry_after: int) -> Refusal:
    """429: over a rate limit; nothing was done."""
    return Refusal(
        HTTPStatus.TOO_MANY_REQUESTS,
        "TooManyRequests",
        "Too many requests. Try again later.",
        retry_after=retry_after,
    )
