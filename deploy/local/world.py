"""All that the stand-in keeps: chats, messages, who has the app, and who sees what.

Times are the bot's: the system's clock plus the offset that the bot's clock was moved by.
"""

import secrets
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any, Literal

from pydantic import BaseModel, Field

from deploy.local.directory import Directory, Person
from deploy.local.refusals import (
    activity_not_found,
    blocked,
    conversation_not_found,
    not_in_roster,
)
from eocif.clock import Clock, system_clock

Card = dict[str, Any]
BOT = "bot"
THREAD = ";messageid="


class Message(BaseModel):
    """One message as Teams stores it. `sender` is `bot` or a person's key.

    `thread` is the id of the channel post it answers. `revision` counts the bot's updates.
    `by` says that it came while the clock was being moved, so `at` is the latest it can have been.
    """

    id: str
    chat: str
    thread: str = ""
    sender: str
    at: datetime
    by: bool = False
    text: str = ""
    card: Card | None = None
    file: Card | None = None  # an offer of a file, or one that was saved
    summary: str = ""
    alert: bool = False
    revision: int = 0
    edited: bool = False
    deleted: bool = False


class Chat(BaseModel):
    """A conversation: with one person, or the team's channel where `person` is empty."""

    id: str
    person: str = ""


class State(BaseModel):
    """What outlives a restart."""

    last_id: int = 0
    chats: dict[str, Chat] = Field(default_factory=dict)
    messages: dict[str, Message] = Field(default_factory=dict)
    unread: dict[str, dict[str, int]] = Field(default_factory=dict)
    installed: set[str] = Field(default_factory=set)
    removed: set[str] = Field(default_factory=set)
    blocked: set[str] = Field(default_factory=set)
    team_installed: bool = False
    members: list[str] = Field(default_factory=list)


class Line(BaseModel):
    """One thing that happened in what a person sees, in order."""

    at: datetime
    what: Literal["message", "update", "delete", "in place", "said", "edited"]
    conversation: Literal["personal", "channel"]
    message: str
    sender: str
    text: str = ""
    summary: str = ""
    alert: bool = False
    card: Card | None = None


class World:
    """The state and the few moves it allows. `on_change` hears whose view changed, by key."""

    def __init__(self, directory: Directory, state: State, clock: Clock = system_clock) -> None:
        self.directory, self.state, self._clock = directory, state, clock
        self.offset: timedelta | None = None
        self.moving = False
        self.in_place: dict[tuple[str, str], tuple[int, Card]] = {}
        self.open: set[tuple[str, str]] = set()
        self.refreshed: set[tuple[str, str, int]] = set()
        self.lines: dict[str, list[Line]] = {}
        self.on_change: Callable[[frozenset[str]], None] = lambda _: None
        self._moved: list[Message | Line] = []
        self._turn = 0
        if directory.team_id not in state.chats:
            state.chats[directory.team_id] = Chat(id=directory.team_id)
            state.members = [person.key for person in directory.accounts()]

    # --- time and names ---------------------------------------------------------

    def now(self) -> datetime:
        """The bot's present instant as far as it is known."""
        return self._clock() + (self.offset or timedelta())

    def stop_moving(self, bot_now: datetime | None) -> None:
        """The clock stands; what came meanwhile is stamped with its time, where the bot said it."""
        self.moving = False
        if bot_now:
            self.offset = bot_now - self._clock()
            for one in self._moved:
                one.at = bot_now
        self._moved.clear()

    def new_id(self) -> str:
        """A number that was never given before, also not before a restart or a reset."""
        now = int(self._clock().timestamp() * 1000)
        self.state.last_id = max(now, self.state.last_id + 1)
        return str(self.state.last_id)

    @property
    def channel(self) -> Chat:
        """The team's one channel."""
        return self.state.chats[self.directory.team_id]

    def chat_with(self, person: Person) -> tuple[Chat, bool]:
        """The one-to-one chat with a person, and whether it is new. The same one every time."""
        for chat in self.state.chats.values():
            if chat.person == person.key:
                return chat, False
        chat = Chat(id=f"a:1{secrets.token_urlsafe(24)}", person=person.key)
        self.state.chats[chat.id] = chat
        return chat, True

    def find_chat(self, conversation_id: str) -> tuple[Chat, str]:
        """The chat and, in a channel, the thread that an id names. Refuses unknown ones: 404."""
        chat_id, _, thread = conversation_id.partition(THREAD)
        chat = self.state.chats.get(chat_id)
        if chat is None or (thread and thread not in self.state.messages):
            raise conversation_not_found()
        return chat, thread

    def people_in(self, chat: Chat) -> list[str]:
        """The keys of those who see a chat."""
        return [chat.person] if chat.person else list(self.state.members)

    # --- who has the app ----------------------------------------------------------

    def check_reachable(self, chat: Chat) -> None:
        """Refuses, 403, where the bot may not write to or read this chat."""
        if not chat.person:
            if not self.state.team_installed:
                raise not_in_roster()
            return
        if chat.person in self.state.blocked:
            raise blocked()
        if not self.has_app(chat.person):
            raise not_in_roster()

    def has_app(self, key: str) -> bool:
        """Installed for the person, or for their team; never once they removed it."""
        through_team = self.state.team_installed and key in self.state.members
        return key not in self.state.removed and (key in self.state.installed or through_team)

    # --- messages -------------------------------------------------------------------

    def post(self, chat: Chat, sender: str, **content: Any) -> Message:
        """Store a new message and tell everyone in the chat."""
        number = self.new_id()
        message = Message(
            id=f"1:{number}" if chat.person else number,
            chat=chat.id,
            sender=sender,
            at=self.now(),
            by=self.moving,
            **content,
        )
        self.state.messages[message.id] = message
        if self.moving:
            self._moved.append(message)
        self._count_unread(message, chat)
        self._tell(message, "message" if sender == BOT else "said")
        return message

    def _count_unread(self, message: Message, chat: Chat) -> None:
        counts = self.state.unread.setdefault(chat.id, {})
        for key in self.people_in(chat):
            if key != message.sender and (key, chat.id) not in self.open:
                counts[key] = counts.get(key, 0) + 1

    def bot_message(self, chat: Chat, message_id: str) -> Message:
        """The bot's own message in this chat. Refuses others: 404."""
        message = self.state.messages.get(message_id)
        if message is None or message.chat != chat.id or message.sender != BOT or message.deleted:
            raise activity_not_found()
        return message

    def update(self, message: Message, **content: Any) -> None:
        """Replace a sent message for everyone; what each had in its place is gone."""
        for name, value in content.items():
            setattr(message, name, value)
        message.revision += 1
        self.put_back(lambda _, seen: seen == message.id)
        self._tell(message, "update")

    def delete(self, message: Message) -> None:
        """Take a message away; it stays as a line that says so."""
        message.text, message.card, message.deleted = "", None, True
        self.put_back(lambda _, seen: seen == message.id)
        self._tell(message, "delete")

    def edit(self, message: Message, text: str) -> None:
        """A person changed what they had written."""
        message.text, message.edited = text, True
        message.revision += 1
        self._tell(message, "edited")

    # --- what one person sees -----------------------------------------------------------

    def seen(self, key: str, message: Message) -> tuple[Card | None, str]:
        """The card as this person sees it now, and a mark that changes whenever it does."""
        turn, card = self.in_place.get((key, message.id), (0, message.card))
        return card, f"{message.revision}.{turn}"

    def show_in_place(self, key: str, message: Message, card: Card) -> None:
        """The answer to a press takes the card's place, for this person only."""
        self._turn += 1
        self.in_place[key, message.id] = (self._turn, card)
        self._write_line(key, message, "in place", card)
        self.on_change(frozenset({key}))

    def put_back(self, matches: Callable[[str, str], bool]) -> None:
        """Drop what was shown in place of stored messages, where (person, message) matches."""
        for key, message_id in [each for each in self.in_place if matches(*each)]:
            del self.in_place[key, message_id]

    def enter(self, key: str, chat: Chat) -> None:
        """A person opens a chat: all in it is read."""
        self.open.add((key, chat.id))
        self.state.unread.setdefault(chat.id, {}).pop(key, None)
        self.on_change(frozenset({key}))

    def leave(self, key: str) -> None:
        """A person goes away: their cards go back to what Teams stores."""
        self.open = {each for each in self.open if each[0] != key}
        self.refreshed = {each for each in self.refreshed if each[0] != key}
        self.put_back(lambda who, _: who == key)
        self.on_change(frozenset({key}))

    def changed(self, keys: Iterable[str] = ()) -> None:
        """Something else about these people changed."""
        self.on_change(frozenset(keys))

    # --- the transcript -------------------------------------------------------------------

    def _tell(
        self, message: Message, what: Literal["message", "update", "delete", "said", "edited"]
    ) -> None:
        people = self.people_in(self.state.chats[message.chat])
        for key in people:
            self._write_line(key, message, what, message.card)
        self.on_change(frozenset(people))

    def _write_line(self, key: str, message: Message, what: Any, card: Card | None) -> None:
        line = Line.model_construct(
            at=self.now(),
            what=what,
            conversation="personal" if self.state.chats[message.chat].person else "channel",
            message=message.id,
            sender=message.sender,
            text=message.text,
            summary=message.summary,
            alert=message.alert,
            card=card,
        )
        self.lines.setdefault(key, []).append(line)
        if self.moving:
            self._moved.append(line)
