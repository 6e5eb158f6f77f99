"""The tables; those of what time does are in `eocif.time_models`. Every row belongs to a tenant.

Tables do not validate: what comes in is parsed before it reaches them. Instants are UTC; dates
are dates in London.
"""

from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, DateTime, Dialect, Index, Text, UniqueConstraint
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel

from eocif.rules.progress import AreaState, ReviewState

# Named, so that a later migration can find them again: SQLite gives them no names of its own.
SQLModel.metadata.naming_convention = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Instant(TypeDecorator[datetime]):
    """An aware UTC datetime; SQLite forgets the zone, so it is put back on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a naive time: it would mean a different instant on another machine."""
        if value is not None and value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The same instant, in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Person(SQLModel, table=True):
    """Someone known in a tenant; without an `entra_id` they take part without Teams."""

    __table_args__ = (UniqueConstraint("tenant_id", "entra_id"),)

    id: int | None = Field(default=None, primary_key=True)
    tenant_id: str = Field(index=True)
    entra_id: str | None = None
    teams_id: str = ""
    name: str = ""
    is_guest: bool = True  # until a roster says otherwise
    communication_needs: str = Field(default="", sa_type=Text)
    service_url: str = ""
    conversation_id: str = ""
    unreachable: str = ""  # why messages do not arrive; empty when they do


class Team(SQLModel, table=True):
    """A team that the app is installed in."""

    __table_args__ = (UniqueConstraint("tenant_id", "conversation_id"),)

    id: int | None = Field(default=None, primary_key=True)
    tenant_id: str
    conversation_id: str
    name: str = ""
    service_url: str = ""
    removed_at: datetime | None = Field(default=None, sa_type=Instant)


class TeamMember(SQLModel, table=True):
    """A person in a team's roster."""

    __tablename__ = "team_member"

    team_id: int = Field(primary_key=True, foreign_key="team.id")
    person_id: int = Field(primary_key=True, foreign_key="person.id", index=True)
    tenant_id: str


class Review(SQLModel, table=True):
    """A provider's review against one edition of the framework."""

    __table_args__ = (UniqueConstraint("tenant_id", "nonce"),)

    id: int | None = Field(default=None, primary_key=True)
    tenant_id: str = Field(index=True)
    nonce: str  # of the card that asked for it: a press that arrives twice makes one review
    edition: str
    state: str = Field(default=ReviewState.DRAFT)
    lead_id: int = Field(foreign_key="person.id", index=True)
    provider: str = ""
    title: str = ""
    division: str = ""
    executive_lead: str = ""
    forum: str = ""
    segment: str = ""
    pace: int = 5
    answer_days: int = 10
    start_on: date | None = None
    finish_by: date | None = None
    rating_unit: str = "indicator"
    agreement_rule: str = "three_quarters"
    area_leads_see_names: bool = False
    created_at: datetime = Field(sa_type=Instant)
    started_at: datetime | None = Field(default=None, sa_type=Instant)
    ended_at: datetime | None = Field(default=None, sa_type=Instant)
    ended_because: str = Field(default="", sa_type=Text)  # of cancelling, in the lead's words
    # Fixed at the start, with rating_unit and agreement_rule.
    confirm_days: int = 5  # working days of the second round
    least_people: int = 5
    least_perspectives: int = 3
    least_lived: int = 1
    adaptation: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    # For reports only.
    safety_reference: str = Field(default="", sa_type=Text)
    effectiveness_reference: str = Field(default="", sa_type=Text)
    predecessor: dict[str, str] = Field(default_factory=dict, sa_type=JSON)  # of 2018, by heading
    attached: list[int] = Field(default_factory=list, sa_type=JSON)  # divisional reviews
    before_id: int | None = Field(default=None, foreign_key="review.id")  # last time's review
    # At sign-off.
    signed_off_by: int | None = Field(default=None, foreign_key="person.id")
    baseline_on: date | None = None
    reassess_on: date | None = None
    reassess_because: str = Field(default="", sa_type=Text)  # where sooner than three years
    # The weekly digest: its weekday (0 is Monday), its hour in London, who reads it besides leads.
    digest_day: int = 0
    digest_hour: int = 9
    digest_readers: list[int] = Field(default_factory=list, sa_type=JSON)  # people's ids
    digest_week: date | None = None  # the Monday of the last week whose digests were seen to
    is_rerating: bool = False  # of single areas, between two reviews
    look_on: date | None = Field(default=None, index=True)  # as in Action


class Member(SQLModel, table=True):
    """A person in a review group; the first perspective is the one they speak from."""

    __table_args__ = (UniqueConstraint("review_id", "person_id"),)

    id: int | None = Field(default=None, primary_key=True)
    tenant_id: str
    review_id: int = Field(foreign_key="review.id")
    person_id: int = Field(foreign_key="person.id", index=True)
    perspectives: list[str] = Field(default_factory=list, sa_type=JSON)
    named_function: str = ""
    joined_at: datetime = Field(sa_type=Instant)
    removed_at: datetime | None = Field(default=None, sa_type=Instant)


class ReviewArea(SQLModel, table=True):
    """An area in a review's scope. `lead_id` is empty where the review's lead leads it."""

    __tablename__ = "review_area"
    __table_args__ = (UniqueConstraint("review_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    tenant_id: str
    review_id: int = Field(foreign_key="review.id")
    number: int
    state: str = Field(default=AreaState.WAITING, index=True)
    lead_id: int | None = Field(default=None, foreign_key="person.id")
    opens_on: date | None = None
    closes_on: date | None = None
    early_on: date | None = None  # set once every active member has answered
    is_held_open: bool = False  # the lead chose a later day: it stands even if everyone answers
    opened_at: datetime | None = Field(default=None, sa_type=Instant)
    closed_at: datetime | None = Field(default=None, sa_type=Instant)  # of round 1
    round: int = 1  # 2 once the draft has gone round, 3 if it went round once more
    since: datetime | None = Field(default=None, sa_type=Instant)  # when its state began
    concluded_at: datetime | None = Field(default=None, sa_type=Instant)
    concluded_by: int | None = Field(default=None, foreign_key="person.id")
    set_aside_because: str = Field(default="", sa_type=Text)
    # Each time it was reopened: {"at", "by", "because", "levels"}, oldest first.
    reopened: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    look_on: date | None = Field(default=None, index=True)  # as in Action


class View(SQLModel, table=True):
    """A member's answer to an area, apart from its ratings.

    `kept` holds words that are not part of the answer but are kept for their author: too long,
    a link that could not be taken, or sent after the round closed.
    """

    __table_args__ = (UniqueConstraint("area_id", "member_id"),)

    id: int | None = Field(default=None, primary_key=True)
    tenant_id: str
    area_id: int = Field(foreign_key="review_area.id")
    member_id: int = Field(foreign_key="member.id", index=True)
    given_by: int | None = Field(default=None, foreign_key="person.id")
    where_now: str = Field(default="", sa_type=Text)
    what_good: str = Field(default="", sa_type=Text)
    what_do: str = Field(default="", sa_type=Text)
    excelling: str = Field(default="", sa_type=Text)
    achieving: str = Field(default="", sa_type=Text)
    not_applicable: str = Field(default="", sa_type=Text)
    kept: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    updated_at: datetime = Field(sa_type=Instant)
    answered_at: datetime | None = Field(default=None, sa_type=Instant)
    withdrawn_at: datetime | None = Field(default=None, sa_type=Instant)


class Rating(SQLModel, table=True):
    """One choice for one statement: a level, “don't know” or “not applicable”.

    Rounds after the first hold only what was changed: a person's choice is that of their latest.
    """

    area_id: int = Field(primary_key=True, foreign_key="review_area.id")
    member_id: int = Field(primary_key=True, foreign_key="member.id", index=True)
    round: int = Field(primary_key=True)
    code: str = Field(primary_key=True)
    tenant_id: str
    choice: str
    updated_at: datetime = Field(sa_type=Instant)


class Evidence(SQLModel, table=True):
    """A piece of evidence given with a view."""

    __table_args__ = (UniqueConstraint("view_id", "nonce"),)

    id: int | None = Field(default=None, primary_key=True)
    tenant_id: str
    view_id: int = Field(foreign_key="view.id")
    nonce: str
    source: str
    kind: str
    text: str = Field(default="", sa_type=Text)
    link: str = ""
    # Of a story: how consent to show it to the board was given, who wrote that down, and when.
    consent: str = Field(default="", sa_type=Text)
    consent_by: int | None = Field(default=None, foreign_key="person.id")
    consent_at: datetime | None = Field(default=None, sa_type=Instant)


class Hidden(SQLModel, table=True):
    """Words that identify someone, hidden by a lead; `words` empty hides the whole text.

    `what` is a field of the view, `evidence_7`, or `comment_2` for what was said in round 2.
    """

    __table_args__ = (UniqueConstraint("area_id", "member_id", "what", "words"),)

    id: int | None = Field(default=None, primary_key=True)
    tenant_id: str
    area_id: int = Field(foreign_key="review_area.id")
    member_id: int = Field(foreign_key="member.id")
    what: str
    words: str = Field(default="", sa_type=Text)
    reason: str = Field(sa_type=Text)
    hidden_by: int = Field(foreign_key="person.id")
    hidden_at: datetime = Field(sa_type=Instant)


class Draft(SQLModel, table=True):
    """An area's worksheet as its lead writes it, by input id.

    `fields`: where_now, what_good, what_do, draws_on (perspective keys, comma-separated), gap, and
    for each statement level_1a (a level key or “not_agreed”), reason_1a, heard_1a. `sent` is what
    last went round. `kept` holds what was too long.
    """

    area_id: int = Field(primary_key=True, foreign_key="review_area.id")
    tenant_id: str
    fields: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    kept: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    sent: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    updated_by: int | None = Field(default=None, foreign_key="person.id")
    updated_at: datetime = Field(sa_type=Instant)


class Response(SQLModel, table=True):
    """What a member says of a draft, and what the lead answers."""

    __table_args__ = (UniqueConstraint("area_id", "member_id", "round"),)

    id: int | None = Field(default=None, primary_key=True)
    tenant_id: str
    area_id: int = Field(foreign_key="review_area.id")
    member_id: int = Field(foreign_key="member.id", index=True)
    round: int
    given_by: int | None = Field(default=None, foreign_key="person.id")
    answer: str = ""  # agree, agree_with_comment, concern; empty while only levels were changed
    comment: str = Field(default="", sa_type=Text)
    kept: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    updated_at: datetime = Field(sa_type=Instant)
    reply: str = Field(default="", sa_type=Text)
    reply_kind: str = ""  # answered, stands
    replied_by: int | None = Field(default=None, foreign_key="person.id")
    replied_at: datetime | None = Field(default=None, sa_type=Instant)


class Conclusion(SQLModel, table=True):
    """How one statement ended. `level` is empty for “not agreed” and “not applicable”."""

    area_id: int = Field(primary_key=True, foreign_key="review_area.id")
    code: str = Field(primary_key=True)
    tenant_id: str
    level: str = ""
    origin: str  # agreed, lead, not_agreed, not_applicable
    verdict: str  # what the rule said then
    reason: str = Field(default="", sa_type=Text)
    heard: str = Field(default="", sa_type=Text)
    confirmed_by: int = Field(foreign_key="person.id")
    confirmed_at: datetime = Field(sa_type=Instant)


class DeliveryState(StrEnum):
    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNKNOWN = "unknown"
    CANCELLED = "cancelled"


class Delivery(SQLModel, table=True):
    """Something that goes out, written in the same transaction as its cause.

    The unique key refuses the same thing twice. `target_id` is the delivery whose message an
    update replaces. `params` says what the card shows; the card itself is made when it is sent.
    """

    __table_args__ = (
        UniqueConstraint("tenant_id", "kind", "recipient", "subject", "slot"),
        Index("ix_delivery_due", "state", "next_at"),
        Index("ix_delivery_message", "conversation_id", "activity_id"),
        Index("ix_delivery_subject", "subject", "slot"),
        Index("ix_delivery_target", "target_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    tenant_id: str
    kind: str
    recipient: str  # "person:7" or "team:2"
    subject: str  # "review:3", "area:14", an activity id …
    slot: str = ""
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    review_id: int | None = Field(default=None, foreign_key="review.id", index=True)
    params: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    target_id: int | None = Field(default=None, foreign_key="delivery.id")
    state: str = Field(default=DeliveryState.QUEUED)
    created_at: datetime = Field(sa_type=Instant)
    next_at: datetime = Field(sa_type=Instant)
    attempts: int = 0
    holder: str = ""
    service_url: str = ""
    conversation_id: str = ""
    activity_id: str = ""
    error: str = ""
    settled_at: datetime | None = Field(default=None, sa_type=Instant)


class Lane(SQLModel, table=True):
    """Who may send for a tenant now, and not before when: one holder keeps the rate exact."""

    tenant_id: str = Field(primary_key=True)
    holder: str = ""
    until: datetime = Field(sa_type=Instant)
    not_before: datetime | None = Field(default=None, sa_type=Instant)


class AuditEvent(SQLModel, table=True):
    """Who did what, when: pseudonymous, append-only, no words of answers."""

    __tablename__ = "audit_event"

    id: int | None = Field(default=None, primary_key=True)
    tenant_id: str
    review_id: int | None = Field(default=None, index=True)
    at: datetime = Field(sa_type=Instant)
    actor: str
    event: str
    subject: str = ""
    detail: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)


class AuditSeal(SQLModel, table=True):
    """One link of a review's hash chain: `seal` covers its event and the seal before it."""

    __tablename__ = "audit_seal"

    review_id: int = Field(primary_key=True, foreign_key="review.id")
    position: int = Field(primary_key=True)
    event_id: int = Field(unique=True)
    seal: str  # SHA-256, hexadecimal


class Instance(SQLModel, table=True):
    """A few facts about this installation, such as the local clock's offset."""

    key: str = Field(primary_key=True)
    value: str = ""
