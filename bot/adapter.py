"""One activity through the SDK's turn, and the answer to a press out again.

The SDK's own adapters send, retry and serialise; ours does none of that. Whatever goes out is a
delivery row written by the use case, so a send inside a turn is a mistake and is refused. Only
the answer to an invoke leaves here: a plain dict that the caller serialises once.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, NoReturn

from botbuilder.core import ActivityHandler, BotAdapter, TurnContext
from botbuilder.schema import Activity, ActivityTypes, ConversationReference, ResourceResponse


class SentInTurn(RuntimeError):
    """Code tried to send, update or delete inside a turn instead of writing a delivery."""


@dataclass(frozen=True)
class Answer:
    """What the HTTP response carries: a status, and for a press the answer's body."""

    status: int
    body: dict[str, Any] | None = None


class _Turn(TurnContext):
    """A turn that hands activities on as they are: the SDK's deep copy of a card costs more than
    the rest of the turn, and its reply address is not used."""

    async def send_activities(self, activities: Sequence[Activity]) -> list[ResourceResponse]:
        sent: list[ResourceResponse] = await self.adapter.send_activities(self, activities)
        return sent


class TeamsAdapter(BotAdapter):
    """Runs turns. Keeps no state, so one serves every request."""

    async def process(self, activity: Activity, bot: ActivityHandler) -> Answer:
        """Run one turn and return its answer; whatever the bot raises is raised.

        An invoke that the bot does not know, or leaves unanswered, gets 400: the SDK's handler
        would say 501, and this route has no 5xx but 503.
        """
        turn = _Turn(self, activity)
        await self.run_pipeline(turn, bot.on_turn)
        if activity.type != ActivityTypes.invoke:
            return Answer(HTTPStatus.OK)
        answer: Answer | None = turn.turn_state.get(self._INVOKE_RESPONSE_KEY)
        if answer is None or answer.status == HTTPStatus.NOT_IMPLEMENTED:
            return Answer(HTTPStatus.BAD_REQUEST, {"error": "not_supported"})
        return answer

    async def send_activities(
        self, context: TurnContext, activities: Sequence[Activity]
    ) -> list[ResourceResponse]:
        """Keep the answer to an invoke; refuse anything else. Raises SentInTurn."""
        for activity in activities:
            if activity.type != ActivityTypes.invoke_response:
                raise SentInTurn(f"a {activity.type} was sent inside a turn")
            context.turn_state[self._INVOKE_RESPONSE_KEY] = _answer(activity.value)
        return [ResourceResponse() for _ in activities]

    async def update_activity(self, context: TurnContext, activity: Activity) -> NoReturn:
        """Refused: an update is a delivery too. Raises SentInTurn."""
        raise SentInTurn("an update was sent inside a turn")

    async def delete_activity(
        self, context: TurnContext, reference: ConversationReference
    ) -> NoReturn:
        """Refused: nothing we sent is deleted. Raises SentInTurn."""
        raise SentInTurn("a deletion was sent inside a turn")


def _answer(response: Any) -> Answer:
    """The SDK's InvokeResponse as ours. Raises TypeError for a body that is not a plain dict."""
    if not isinstance(response.body, dict | None):
        raise TypeError(f"an invoke was answered with a {type(response.body).__name__}")
    return Answer(int(response.status), response.body)
