"""A press as the domain sees it, and where it leads."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from eocif.people import Actor, Seen
from eocif.summaries import SILENT, Feedback


@dataclass(frozen=True)
class Press:
    """A pressed button: who, on which message, which verb, with what data.

    `is_refresh` is Teams' own press that brings a card up to date when it comes into view;
    `is_submit` is an old client's, which cannot replace the card in place: it is answered by an
    update of the message, or by a new one.
    """

    seen: Seen
    conversation_id: str
    message_id: str
    verb: str
    data: Mapping[str, Any]
    is_refresh: bool = False
    is_submit: bool = False
    activity_id: str = ""  # of the press itself


@dataclass(frozen=True)
class Where:
    """The card to show next: its name in `scheduler.faces`, what it needs, and what it says."""

    name: str
    params: Mapping[str, Any] = field(default_factory=dict)
    said: Feedback = SILENT


@dataclass(frozen=True)
class Turn:
    """Who acts, and when: read once."""

    actor: Actor
    now: datetime
