"""What happens in Teams, told apart: installed, said, pressed.

Each turn has its own handler, made with the activity as it was checked. Nothing is sent here:
answers to words are queued, and a press is answered with its card.
"""

import logging
import uuid
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Any

from botbuilder.core import InvokeResponse, TurnContext
from botbuilder.core.teams import TeamsActivityHandler
from botbuilder.schema import Activity
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlmodel import Session

from bot import commands, file_presses, submissions
from bot.commands import Said
from bot.inbound import Accepted
from bot.metrics import PRESSES
from bot.press import Press
from cards.face import Face
from eocif import people
from eocif.clock import Clock
from eocif.database import Database
from eocif.people import Seen
from eocif.rules.merging import digest

CARD = "application/vnd.microsoft.card.adaptive"
CARD_ACTION = "adaptiveCard/action"
_OUR_FAULT = (
    "Something went wrong here and we could not save this. What was saved before is kept. "
    "Please try again, or tell your lead this reference."
)
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Services:
    """What a turn needs; made once."""

    database: Database
    clock: Clock
    leads: frozenset[str]


class Turned(TeamsActivityHandler):
    """One turn. `channel_data` and ids are those of the checked activity."""

    def __init__(self, services: Services, accepted: Accepted) -> None:
        super().__init__()
        self._services, self._accepted = services, accepted
        self._now = services.clock()

    # --- pressed --------------------------------------------------------------------------

    async def on_invoke_activity(self, turn_context: TurnContext) -> Any:
        """A pressed card is answered with a card; other invokes are not ours, and stay unanswered.

        The SDK's own handler would raise on values that it cannot read.
        """
        if turn_context.activity.name == file_presses.CONSENT:
            return await self._file_answered()
        if turn_context.activity.name != CARD_ACTION:
            return None
        value = self._accepted.value
        given = value.get("action")
        action: dict[str, Any] = given if isinstance(given, dict) else {}
        face = await self._pressed(
            str(action.get("verb", "")), action.get("data"),
            is_refresh=value.get("trigger") == "automatic",
        )  # fmt: skip
        body = {"statusCode": 200, "type": CARD, "value": face.content}
        # Not the SDK's own helper: it serialises what is a plain dict already.
        return InvokeResponse(status=int(HTTPStatus.OK), body=body)

    async def _file_answered(self) -> InvokeResponse | None:
        """A file taken or declined. Teams wants an empty 200; the rest is queued."""
        understood = self._is_personal() and await self._services.database.run(
            file_presses.answer, seen=self._seen(), value=self._accepted.value,
            leads=self._services.leads, now=self._now,
        )  # fmt: skip
        return InvokeResponse(status=int(HTTPStatus.OK)) if understood else None

    async def _pressed(
        self, verb: str, data: Any, *, is_refresh: bool = False, is_submit: bool = False
    ) -> Face:
        activity = self._accepted.activity
        press = Press(
            seen=self._seen(), conversation_id=activity.conversation.id,
            message_id=activity.reply_to_id or "", verb=verb,
            data=data if isinstance(data, dict) else {}, is_refresh=is_refresh,
            is_submit=is_submit, activity_id=_id_of(activity),
        )  # fmt: skip
        known = verb if verb in submissions.HANDLERS else "unknown"
        PRESSES.labels(known).inc()
        try:
            return await submissions.answer(
                self._services.database, press, leads=self._services.leads, now=self._now
            )
        except (OperationalError, InterfaceError):
            raise  # nothing was saved: the edge answers 503 and Teams keeps what was typed
        except Exception:
            reference = uuid.uuid4().hex[:8]
            _log.exception("press %s failed, reference %s", known, reference)
            return await self._services.database.run(
                submissions.sorry, press=press, sentence=_OUR_FAULT, reference=reference,
                leads=self._services.leads, now=self._now,
            )  # fmt: skip

    # --- said ------------------------------------------------------------------------------

    async def on_message_activity(self, turn_context: TurnContext) -> None:
        """Words, or an old client's press, which arrives as a message with a value."""
        value = self._accepted.value
        if isinstance(value.get("verb"), str):
            await self._pressed(value["verb"], value, is_submit=True)
            return
        await self._said(turn_context.activity, _id_of(turn_context.activity))

    async def on_teams_message_edit(self, turn_context: TurnContext) -> None:
        """Words put right afterwards are answered as if they were new."""
        activity = turn_context.activity
        await self._said(activity, f"{_id_of(activity)} edited {digest(activity.text)}")

    async def _said(self, activity: Activity, subject: str) -> None:
        said = Said(
            seen=self._seen(), text=activity.text or "", subject=subject,
            conversation_id=activity.conversation.id, in_channel=not self._is_personal(),
        )  # fmt: skip
        await self._services.database.run(
            commands.answer, said=said, leads=self._services.leads, now=self._now
        )

    # --- installed ---------------------------------------------------------------------------

    async def on_installation_update_add(self, turn_context: TurnContext) -> None:
        """Added for a person: greet them. Added to a team: read its roster.

        A new version of the app is an "add-upgrade": nobody is greeted again for that.
        """
        if turn_context.activity.action != "add" and self._is_personal():
            return
        if self._is_personal():
            await self._run(_welcome, slot=_id_of(turn_context.activity))
        else:
            await self._read_roster(turn_context.activity)

    async def on_installation_update_remove(self, turn_context: TurnContext) -> None:
        """Removed by a person or from a team; not where a new version takes its place."""
        if turn_context.activity.action != "remove":
            return
        if self._is_personal():
            await self._run(_goodbye)
        else:
            await self._leave_team(turn_context.activity)

    async def on_conversation_update_activity(self, turn_context: TurnContext) -> None:
        """A team's members or name changed: read its roster again, unless it was us who left."""
        activity = turn_context.activity
        if self._is_personal():
            return
        us = activity.recipient.id if activity.recipient else ""
        if any(each.id == us for each in activity.members_removed or []):
            await self._leave_team(activity)
        elif activity.members_added or activity.members_removed or self._is_renamed():
            await self._read_roster(activity)

    async def _leave_team(self, activity: Activity) -> None:
        await self._services.database.run(
            people.team_removed, tenant_id=self._accepted.tenant_id,
            conversation_id=self._team_conversation(activity), now=self._now,
        )  # fmt: skip

    def _is_renamed(self) -> bool:
        return self._accepted.channel_data.get("eventType") == "teamRenamed"

    async def _read_roster(self, activity: Activity) -> None:
        team = self._accepted.channel_data.get("team")
        await self._services.database.run(
            people.team_installed, tenant_id=self._accepted.tenant_id,
            conversation_id=self._team_conversation(activity),
            name=str(team.get("name") or "") if isinstance(team, dict) else "",
            service_url=activity.service_url, slot=_id_of(activity),
            now=self._now,
        )  # fmt: skip

    # --- who and where -------------------------------------------------------------------------

    def _is_personal(self) -> bool:
        """An older event may leave the kind out; a team's never counts as someone's own chat."""
        conversation = self._accepted.activity.conversation
        in_team = conversation.is_group or self._accepted.channel_data.get("team")
        kind = conversation.conversation_type
        return kind == "personal" or (kind is None and not in_team)

    def _team_conversation(self, activity: Activity) -> str:
        team = self._accepted.channel_data.get("team")
        named = team.get("id") if isinstance(team, dict) else None
        return str(named or activity.conversation.id)

    def _seen(self) -> Seen:
        activity = self._accepted.activity
        sender = activity.from_property
        return Seen(
            tenant_id=self._accepted.tenant_id, entra_id=self._accepted.person_id,
            teams_id=sender.id, name=sender.name or "", service_url=activity.service_url,
            conversation_id=activity.conversation.id if self._is_personal() else "",
        )  # fmt: skip

    async def _run(self, use_case: Any, **arguments: Any) -> None:
        if self._accepted.person_id:
            await self._services.database.run(
                use_case, seen=self._seen(), leads=self._services.leads, now=self._now, **arguments
            )


def _id_of(activity: Activity) -> str:
    """What tells an activity apart from others, also when Teams sends it twice."""
    return activity.id or uuid.uuid4().hex


def _welcome(
    session: Session, *, seen: Seen, leads: frozenset[str], slot: str, now: datetime
) -> None:
    actor = people.recognise(session, seen=seen, leads=leads, now=now)
    people.welcome(session, actor=actor, slot=slot, now=now)


def _goodbye(session: Session, *, seen: Seen, leads: frozenset[str], now: datetime) -> None:
    actor = people.recognise(session, seen=seen, leads=leads, now=now)
    people.goodbye(session, actor=actor, now=now)
