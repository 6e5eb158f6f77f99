"""The tables."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

revision: str = "0001"
down_revision: str | None = None
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_ORDER = (
    *("person", "team", "team_member", "review", "member", "review_area"),
    *("view", "rating", "evidence", "delivery", "lane", "audit_event", "instance"),
)


def upgrade() -> None:
    """Make every table, those first that others point to."""
    _people()
    _reviews()
    _answers()
    _deliveries()
    _records()


def downgrade() -> None:
    """Drop every table, in the other order."""
    for table in reversed(_ORDER):
        op.drop_table(table)


def _people() -> None:
    _table(
        "person", _id(), _text("tenant_id"), _text("entra_id", nullable=True), _text("teams_id"),
        _text("name"), _flag("is_guest"), _long("communication_needs"), _text("service_url"),
        _text("conversation_id"), _text("unreachable"),
        unique=("tenant_id", "entra_id"), indexed=("tenant_id",),
    )  # fmt: skip
    _table(
        "team", _id(), _text("tenant_id"), _text("conversation_id"), _text("name"),
        _text("service_url"), _instant("removed_at", nullable=True),
        unique=("tenant_id", "conversation_id"),
    )  # fmt: skip
    _table(
        "team_member", _to("team", primary_key=True), _to("person", primary_key=True),
        _text("tenant_id"), indexed=("person_id",),
    )  # fmt: skip


def _reviews() -> None:
    words = ("provider", "title", "division", "executive_lead", "forum", "segment")
    _table(
        "review", _id(), _text("tenant_id"), _text("nonce"), _text("edition"), _text("state"),
        _to("person", "lead_id"), *map(_text, words), _number("pace"), _number("answer_days"),
        _day("start_on"), _day("finish_by"), _text("rating_unit"), _text("agreement_rule"),
        _flag("area_leads_see_names"), _instant("created_at"),
        _instant("started_at", nullable=True), _instant("ended_at", nullable=True),
        _long("ended_because"),
        unique=("tenant_id", "nonce"), indexed=("tenant_id", "lead_id"),
    )  # fmt: skip
    _table(
        "member", _id(), _text("tenant_id"), _to("review"), _to("person"),
        sa.Column("perspectives", sa.JSON(), nullable=False), _text("named_function"),
        _instant("joined_at"), _instant("removed_at", nullable=True),
        unique=("review_id", "person_id"), indexed=("person_id",),
    )  # fmt: skip
    _table(
        "review_area", _id(), _text("tenant_id"), _to("review"), _number("number"),
        _text("state"), _to("person", "lead_id", nullable=True), _day("opens_on"),
        _day("closes_on"), _day("early_on"), _flag("is_held_open"),
        _instant("opened_at", nullable=True),
        _instant("closed_at", nullable=True),
        unique=("review_id", "number"), indexed=("state",),
    )  # fmt: skip


def _answers() -> None:
    words = ("where_now", "what_good", "what_do", "excelling", "achieving", "not_applicable")
    _table(
        "view", _id(), _text("tenant_id"), _to("review_area", "area_id"), _to("member"),
        _to("person", "given_by", nullable=True), *map(_long, words),
        sa.Column("kept", sa.JSON(), nullable=False), _instant("updated_at"),
        _instant("answered_at", nullable=True), _instant("withdrawn_at", nullable=True),
        unique=("area_id", "member_id"), indexed=("member_id",),
    )  # fmt: skip
    _table(
        "rating", _to("review_area", "area_id", primary_key=True), _to("member", primary_key=True),
        sa.Column("round", sa.Integer(), primary_key=True),
        sa.Column("code", sa.String(), primary_key=True), _text("tenant_id"), _text("choice"),
        _instant("updated_at"), indexed=("member_id",),
    )  # fmt: skip
    _table(
        "evidence", _id(), _text("tenant_id"), _to("view"), _text("nonce"), _text("source"),
        _text("kind"), _long("text"), _text("link"), unique=("view_id", "nonce"),
    )  # fmt: skip


def _deliveries() -> None:
    _table(
        "delivery", _id(), _text("tenant_id"), _text("kind"), _text("recipient"),
        _text("subject"), _text("slot"), _to("person", nullable=True),
        _to("review", nullable=True), sa.Column("params", sa.JSON(), nullable=False),
        _to("delivery", "target_id", nullable=True), _text("state"), _instant("created_at"),
        _instant("next_at"), _number("attempts"), _text("holder"), _text("service_url"),
        _text("conversation_id"), _text("activity_id"), _text("error"),
        _instant("settled_at", nullable=True),
        unique=("tenant_id", "kind", "recipient", "subject", "slot"),
        indexed=("person_id", "review_id"),
    )  # fmt: skip
    op.create_index("ix_delivery_due", "delivery", ["state", "next_at"])
    op.create_index("ix_delivery_subject", "delivery", ["subject", "slot"])
    op.create_index("ix_delivery_target", "delivery", ["target_id"])
    op.create_index("ix_delivery_message", "delivery", ["conversation_id", "activity_id"])
    _table(
        "lane", sa.Column("tenant_id", sa.String(), primary_key=True), _text("holder"),
        _instant("until"), _instant("not_before", nullable=True),
    )  # fmt: skip


def _records() -> None:
    _table(
        "audit_event", _id(), _text("tenant_id"), _number("review_id", nullable=True),
        _instant("at"), _text("actor"), _text("event"), _text("subject"),
        sa.Column("detail", sa.JSON(), nullable=False), indexed=("review_id",),
    )  # fmt: skip
    _table("instance", sa.Column("key", sa.String(), primary_key=True), _text("value"))


# --- columns; constraints take their names from the convention in eocif.models ---------------


def _table(
    name: str, *columns: sa.Column[Any], unique: tuple[str, ...] = (),
    indexed: tuple[str, ...] = (),
) -> None:  # fmt: skip
    op.create_table(name, *columns, *([sa.UniqueConstraint(*unique)] if unique else []))
    for column in indexed:
        op.create_index(f"ix_{name}_{column}", name, [column])


def _id() -> sa.Column[Any]:
    return sa.Column("id", sa.Integer(), primary_key=True)


def _to(table: str, column: str = "", **more: bool) -> sa.Column[Any]:
    foreign_key = sa.ForeignKey(f"{table}.id")
    return sa.Column(column or f"{table}_id", sa.Integer(), foreign_key, **_required(more))


def _text(name: str, **more: bool) -> sa.Column[Any]:
    return sa.Column(name, sa.String(), **_required(more))


def _long(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Text(), nullable=False)


def _number(name: str, **more: bool) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer(), **_required(more))


def _flag(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Boolean(), nullable=False)


def _day(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Date(), nullable=True)


def _instant(name: str, **more: bool) -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime(timezone=True), **_required(more))


def _required(more: dict[str, bool]) -> dict[str, Any]:
    return {"nullable": False, **more}
