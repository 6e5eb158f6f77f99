"""Activities as Teams sends them to a bot, with the fields that Teams fills.

Shapes follow Microsoft's pages on conversation events, bot conversations and universal actions.
"""

import html
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from deploy.local.directory import Directory, Person
from deploy.local.world import THREAD, Chat, Message

Activity = dict[str, Any]
LONDON = ZoneInfo("Europe/London")


@dataclass(frozen=True)
class Scene:
    """What every activity of one moment shares. `now` is the bot's time."""

    directory: Directory
    app_id: str
    bot_name: str
    service_url: str
    now: datetime

    @property
    def bot_id(self) -> str:
        """The bot's address in Teams."""
        return f"28:{self.app_id}"

    def _envelope(self, kind: str, who: Person, chat: Chat, thread: str = "") -> Activity:
        """The fields that are the same for every kind."""
        tenant = self.directory.tenant_id
        stamp = self.now.astimezone(UTC)
        return {
            "type": kind,
            "id": f"f:{uuid.uuid4()}",
            "timestamp": stamp.isoformat().replace("+00:00", "Z"),
            "localTimestamp": stamp.astimezone(LONDON).isoformat(),
            "localTimezone": "Europe/London",
            "serviceUrl": self.service_url,
            "channelId": "msteams",
            "from": {"id": who.teams_id, "name": who.name, "aadObjectId": who.entra_id},
            "conversation": _conversation(chat, thread, tenant),
            "recipient": {"id": self.bot_id, "name": self.bot_name},
            "locale": "en-GB",
            "entities": [_client()],
            "channelData": self._channel_data(chat),
        }

    def _channel_data(self, chat: Chat) -> Activity:
        tenant = {"tenant": {"id": self.directory.tenant_id}}
        if chat.person:
            return tenant
        return {
            "teamsChannelId": chat.id,
            "teamsTeamId": self.directory.team_id,
            "channel": {"id": chat.id},
            "team": {"id": self.directory.team_id},
            **tenant,
        }

    def message(self, who: Person, chat: Chat, said: Message, *, mention: bool) -> Activity:
        """What a person typed, in their chat or (with a mention) in the channel."""
        activity = self._envelope("message", who, chat, said.thread or _own_thread(chat, said))
        tag = f"<at>{self.bot_name}</at>"
        text = f"{tag} {said.text}" if mention else said.text
        if mention:
            bot = {"id": self.bot_id, "name": self.bot_name}
            activity["entities"].append({"type": "mention", "mentioned": bot, "text": tag})
        body = f"<p>{tag if mention else ''}{html.escape(said.text)}</p>"
        rich = {"contentType": "text/html", "content": body}
        return activity | {
            "id": said.id,
            "text": text,
            "textFormat": "plain",
            "attachments": [rich],
        }

    def edited(self, who: Person, chat: Chat, said: Message, *, mention: bool) -> Activity:
        """A person changed a message they had sent."""
        activity = self.message(who, chat, said, mention=mention) | {"type": "messageUpdate"}
        activity["channelData"]["eventType"] = "editMessage"
        return activity

    def added(self, who: Person, chat: Chat, member: Person | None = None) -> Activity:
        """The bot, or a member of the team, was added to a conversation."""
        new = {"id": self.bot_id} if member is None else _account(member)
        return self._roster_event(who, chat, "membersAdded", new, "teamMemberAdded")

    def taken_out(self, who: Person, chat: Chat, member: Person | None = None) -> Activity:
        """The bot, or a member of the team, was taken out of the team."""
        old = {"id": self.bot_id} if member is None else _account(member)
        return self._roster_event(who, chat, "membersRemoved", old, "teamMemberRemoved")

    def _roster_event(
        self, who: Person, chat: Chat, field: str, member: Activity, event: str
    ) -> Activity:
        activity = self._envelope("conversationUpdate", who, chat) | {field: [member]}
        if not chat.person:
            activity["channelData"]["eventType"] = event
            activity["channelData"]["team"] = self._team()
        return activity

    def installation(self, who: Person, chat: Chat, action: str) -> Activity:
        """The app was installed (`add`) or taken away (`remove`), for a person or the team."""
        activity = self._envelope("installationUpdate", who, chat) | {"action": action}
        data = activity["channelData"]
        data["settings"] = {"selectedChannel": {"id": chat.id}}
        data["source"] = {"name": "message"}
        if not chat.person:
            data["team"] = self._team()
        return activity

    def _team(self) -> Activity:
        group = uuid.uuid5(uuid.NAMESPACE_URL, self.directory.team_id)
        return {
            "id": self.directory.team_id,
            "aadGroupId": str(group),
            "name": self.directory.team_name,
        }

    def pressed(
        self, who: Person, chat: Chat, on: Message, action: Activity, trigger: str
    ) -> Activity:
        """A press of `Action.Execute`, or an automatic refresh."""
        value = {"action": action, "trigger": trigger}
        activity = self._about("invoke", who, chat, on)
        return activity | {"name": "adaptiveCard/action", "value": value}

    def consented(self, who: Person, chat: Chat, on: Message, value: Activity) -> Activity:
        """A file taken or declined on Teams' own card for it."""
        activity = self._about("invoke", who, chat, on)
        return activity | {"name": "fileConsent/invoke", "value": value}

    def submitted(self, who: Person, chat: Chat, on: Message, data: Activity) -> Activity:
        """A press of `Action.Submit`: a message without text whose value is the data."""
        return self._about("message", who, chat, on) | {"value": data}

    def _about(self, kind: str, who: Person, chat: Chat, on: Message) -> Activity:
        activity = self._envelope(kind, who, chat, on.thread or _own_thread(chat, on))
        activity["channelData"] |= {
            "source": {"name": "message"},
            "legacy": {"replyToId": on.id},
        }
        return activity | {"replyToId": on.id}


def _conversation(chat: Chat, thread: str, tenant: str) -> Activity:
    if chat.person:
        return {"conversationType": "personal", "tenantId": tenant, "id": chat.id}
    where = f"{chat.id}{THREAD}{thread}" if thread else chat.id
    return {"isGroup": True, "conversationType": "channel", "tenantId": tenant, "id": where}


def _own_thread(chat: Chat, message: Message) -> str:
    """A post in a channel starts its own thread; a personal chat has none."""
    return "" if chat.person else message.id


def _account(person: Person) -> Activity:
    return {"id": person.teams_id, "aadObjectId": person.entra_id}


def _client() -> Activity:
    return {
        "type": "clientInfo",
        "locale": "en-GB",
        "country": "GB",
        "platform": "Web",
        "timezone": "Europe/London",
    }
