"""The few fields of an activity that the bot uses, and the SDK's Activity made of them.

Teams may add fields at any time, so what is not named here is ignored. Building an Activity from
named fields costs a twentieth of the SDK's own deserialisation.
"""

from typing import Annotated, Any

from botbuilder.schema import Activity, ChannelAccount, ConversationAccount, Entity
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

# What a person does, as opposed to what happens to a conversation.
BY_A_PERSON = frozenset({"message", "messageUpdate", "messageDelete", "invoke"})
KEPT_CHANNEL_DATA = frozenset({"tenant", "team", "channel", "eventType", "settings", "source"})

_UUID = r"(?i)^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"
TeamsId = Annotated[str, StringConstraints(min_length=1, max_length=1024)]
EntraId = Annotated[str, StringConstraints(pattern=_UUID, to_lower=True)]


class _Part(BaseModel):
    model_config = ConfigDict(strict=True, extra="ignore", frozen=True)


class Party(_Part):
    """A person or a bot in a conversation; bots and some events have no Entra id."""

    id: TeamsId
    name: str | None = None
    entra_id: EntraId | None = Field(None, alias="aadObjectId")


class Conversation(_Part):
    """Where it happened: `kind` is personal, channel or groupChat."""

    id: TeamsId
    kind: str | None = Field(None, alias="conversationType")
    name: str | None = None
    is_group: bool | None = Field(None, alias="isGroup")
    tenant_id: EntraId | None = Field(None, alias="tenantId")


class Incoming(_Part):
    """An activity as it stands in the request's body, with types and lengths checked."""

    type: TeamsId
    channel_id: TeamsId = Field(alias="channelId")
    service_url: TeamsId = Field(alias="serviceUrl")
    conversation: Conversation
    sender: Party = Field(alias="from")
    id: TeamsId | None = None
    recipient: Party | None = None
    name: str | None = None
    text: str | None = None
    locale: str | None = None
    action: str | None = None
    reply_to_id: str | None = Field(None, alias="replyToId")
    value: Any = None
    channel_data: dict[str, Any] | None = Field(None, alias="channelData")
    entities: list[dict[str, Any]] | None = None
    members_added: list[Party] | None = Field(None, alias="membersAdded")
    members_removed: list[Party] | None = Field(None, alias="membersRemoved")

    def by_a_person(self) -> bool:
        """Whether somebody said or pressed something, so that we must know who."""
        return self.type in BY_A_PERSON

    def person_id(self) -> str:
        """The sender's Entra object id, "" where Teams names none."""
        return self.sender.entra_id or ""

    def tenant_ids(self) -> set[str]:
        """The tenants named: one where the activity is consistent, "" among them where a needed
        one is missing. Older install events name theirs in `channelData` alone."""
        tenant = (self.channel_data or {}).get("tenant")
        named = {str(tenant.get("id", "")).lower() if isinstance(tenant, dict) else ""}
        if self.by_a_person() or self.conversation.tenant_id:
            named.add(self.conversation.tenant_id or "")
        return named

    def kept_channel_data(self) -> dict[str, Any]:
        """The parts of `channelData` that the bot reads."""
        given = self.channel_data or {}
        return {name: given[name] for name in KEPT_CHANNEL_DATA & given.keys()}


def activity_from(incoming: Incoming, tenant_id: str) -> Activity:
    """The Activity for one turn, in the checked tenant."""
    return Activity(
        type=incoming.type,
        id=incoming.id,
        channel_id=incoming.channel_id,
        service_url=incoming.service_url,
        from_property=_account(incoming.sender),
        recipient=_account(incoming.recipient),
        conversation=ConversationAccount(
            id=incoming.conversation.id,
            name=incoming.conversation.name,
            conversation_type=incoming.conversation.kind,
            is_group=incoming.conversation.is_group,
            tenant_id=tenant_id,
        ),
        name=incoming.name,
        text=incoming.text,
        locale=incoming.locale,
        action=incoming.action,
        reply_to_id=incoming.reply_to_id,
        value=incoming.value,
        channel_data=incoming.kept_channel_data(),
        entities=_mentions(incoming.entities),
        members_added=_accounts(incoming.members_added),
        members_removed=_accounts(incoming.members_removed),
    )


def _account(party: Party | None) -> ChannelAccount | None:
    if party is None:
        return None
    return ChannelAccount(id=party.id, name=party.name, aad_object_id=party.entra_id)


def _accounts(parties: list[Party] | None) -> list[ChannelAccount] | None:
    return None if parties is None else [_account(party) for party in parties]


def _mentions(entities: list[dict[str, Any]] | None) -> list[Entity]:
    """Who is named in the text, in the shape that the SDK's own mention functions read."""
    kept = []
    for entity in entities or []:
        mentioned, text = entity.get("mentioned"), entity.get("text")
        if entity.get("type") == "mention" and isinstance(mentioned, dict) and mentioned.get("id"):
            mention = Entity(type="mention")
            mention.additional_properties = {"mentioned": mentioned, "text": text}
            kept.append(mention)
    return kept
