"""The tables of what time does: actions, reminders, what people wish of them, forums' dates.

As in `eocif.models`: tables do not validate, instants are UTC, dates are dates in London.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Index, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from eocif.models import Instant


class Action(SQLModel, table=True):
    """Something that will be done about an area. Its owner may be someone without Teams.

    `look_on` is the next day on which a reminder of it may be due; whatever changes it sets today,
    and the scheduler works out the next one. `wanted_on` is the date its owner asks for instead.
    `kept` holds words that were too long, for who typed them.
    """

    __table_args__ = (UniqueConstraint("review_id", "nonce"),)

    id: int | None = Field(default=None, primary_key=True)
    tenant_id: str
    review_id: int = Field(foreign_key="review.id")
    area: int  # its number
    nonce: str
    title: str = Field(default="", sa_type=Text)
    owner_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    deadline: date | None = None
    measure: str = Field(default="", sa_type=Text)
    tags: list[str] = Field(default_factory=list, sa_type=JSON)
    collects_data: bool = False
    looked_at: str = Field(default="", sa_type=Text)  # existing evidence, where it collects data
    status: str = "not_started"
    because: str = Field(default="", sa_type=Text)  # it was withdrawn
    changed: str = Field(default="", sa_type=Text)  # for people, once it is done
    accepted_at: datetime | None = Field(default=None, sa_type=Instant)
    refused_because: str = Field(default="", sa_type=Text)  # “not mine”: back with the lead
    wanted_on: date | None = None
    wanted_because: str = Field(default="", sa_type=Text)
    kept: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    copied_from: int | None = Field(default=None, foreign_key="action.id", index=True)
    created_by: int = Field(foreign_key="person.id")
    created_at: datetime = Field(sa_type=Instant)
    since: date  # when its owner and deadline became what they are
    settled_at: datetime | None = Field(default=None, sa_type=Instant)  # done or withdrawn
    look_on: date | None = Field(default=None, index=True)


class ActionEvent(SQLModel, table=True):
    """One line of an action's history; append-only in the database itself.

    `kind` is one of `eocif.rules.actions.EVENTS`; `detail` holds dates and ids: {"from", "to"}.
    """

    __tablename__ = "action_event"
    __table_args__ = (UniqueConstraint("action_id", "nonce"),)

    id: int | None = Field(default=None, primary_key=True)
    tenant_id: str
    action_id: int = Field(foreign_key="action.id")
    nonce: str
    at: datetime = Field(sa_type=Instant)
    by: int | None = Field(default=None, foreign_key="person.id")
    kind: str
    text: str = Field(default="", sa_type=Text)
    link: str = ""
    detail: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)


class Reminder(SQLModel, table=True):
    """One date of one thing, for one person: the unique key makes it due once only.

    It waits until the day's message for its person takes it along (`delivery_id`), or is dropped;
    `why` says why it waits or was dropped, in words for an administrator.
    """

    __table_args__ = (
        UniqueConstraint("person_id", "subject", "slot"),
        Index("ix_reminder_waiting", "state", "person_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    tenant_id: str
    person_id: int = Field(foreign_key="person.id")
    review_id: int = Field(foreign_key="review.id", index=True)
    kind: str  # of `eocif.rules.reminding.Kind`
    subject: str  # "action:4", "area:14", "review:3", "meeting:2"
    slot: str
    due_on: date
    is_deadline: bool = False  # the day itself, which nothing that a person asked for silences
    params: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    state: str = "waiting"  # then taken or dropped
    why: str = ""
    delivery_id: int | None = Field(default=None, foreign_key="delivery.id", index=True)
    created_at: datetime = Field(sa_type=Instant)
    settled_at: datetime | None = Field(default=None, sa_type=Instant)


class Habit(SQLModel, table=True):
    """When someone wants to hear from us. Hours are London's; both ends of leave are included."""

    person_id: int = Field(primary_key=True, foreign_key="person.id")
    tenant_id: str
    is_weekly: bool = False
    from_hour: int = 9
    until_hour: int = 17
    away_from: date | None = None
    away_until: date | None = None
    deputy_id: int | None = Field(default=None, foreign_key="person.id", index=True)


class Snooze(SQLModel, table=True):
    """Someone asked not to be reminded of one thing before a day."""

    person_id: int = Field(primary_key=True, foreign_key="person.id")
    subject: str = Field(primary_key=True)
    tenant_id: str
    until: date


class Meeting(SQLModel, table=True):
    """A forum's date: `papers_days` working days before it, its papers close."""

    __table_args__ = (UniqueConstraint("review_id", "nonce"),)

    id: int | None = Field(default=None, primary_key=True)
    tenant_id: str
    review_id: int = Field(foreign_key="review.id")
    nonce: str
    name: str
    meets_on: date
    papers_days: int = 5
    removed_at: datetime | None = Field(default=None, sa_type=Instant)
    look_on: date | None = Field(default=None, index=True)
