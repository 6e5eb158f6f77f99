"""From ratings to a worksheet: drafts, conclusions, sign-off, a sealed trail."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_NEW = ("audit_seal", "conclusion", "response", "draft", "hidden")
# With what tells that a new row would take the place of one that is there.
_APPEND_ONLY = {
    "audit_event": "id = NEW.id",
    "audit_seal": (
        "event_id = NEW.event_id OR (review_id = NEW.review_id AND position = NEW.position)"
    ),
}


def upgrade() -> None:
    """Add columns to what there is, then the new tables, then close the audit trail."""
    _reviews()
    _answers()
    _drafts()
    _trail()


def downgrade() -> None:
    """Take back all of it; what was drafted and concluded is lost."""
    _open_trail()
    for table in _NEW:
        op.drop_table(table)
    for table, names in _ADDED.items():
        with op.batch_alter_table(table) as batch:
            for name in names:
                batch.drop_column(name)


_ADDED = {
    "evidence": ("consent", "consent_by", "consent_at"),
    "review_area": (
        *("round", "since", "concluded_at", "concluded_by"),
        *("set_aside_because", "reopened"),
    ),
    "review": (
        *("confirm_days", "least_people", "least_perspectives", "least_lived", "adaptation"),
        *("safety_reference", "effectiveness_reference", "predecessor", "attached", "before_id"),
        *("signed_off_by", "baseline_on", "reassess_on", "reassess_because"),
    ),
}


def _reviews() -> None:
    _add(
        "review",
        _number("confirm_days", 5), _number("least_people", 5), _number("least_perspectives", 3),
        _number("least_lived", 1), _json("adaptation", "{}"), _long("safety_reference"),
        _long("effectiveness_reference"), _json("predecessor", "{}"), _json("attached", "[]"),
        _to("review", "review", "before_id"), _to("review", "person", "signed_off_by"),
        sa.Column("baseline_on", sa.Date(), nullable=True),
        sa.Column("reassess_on", sa.Date(), nullable=True), _long("reassess_because"),
    )  # fmt: skip
    _add(
        "review_area",
        _number("round", 1), _instant("since", nullable=True),
        _instant("concluded_at", nullable=True), _to("review_area", "person", "concluded_by"),
        _long("set_aside_because"), _json("reopened", "[]"),
    )  # fmt: skip


def _answers() -> None:
    _add(
        "evidence",
        _long("consent"), _to("evidence", "person", "consent_by"),
        _instant("consent_at", nullable=True),
    )  # fmt: skip
    op.create_table(
        "hidden", _id(), _text("tenant_id"), _key("review_area", "area_id"), _key("member"),
        _text("what"), _long("words"), _long("reason"), _key("person", "hidden_by"),
        _instant("hidden_at"), sa.UniqueConstraint("area_id", "member_id", "what", "words"),
    )  # fmt: skip
    op.create_table(
        "response", _id(), _text("tenant_id"), _key("review_area", "area_id"), _key("member"),
        sa.Column("round", sa.Integer(), nullable=False),
        _key("person", "given_by", nullable=True), _text("answer"), _long("comment"),
        _json("kept", "{}"), _instant("updated_at"), _long("reply"), _text("reply_kind"),
        _key("person", "replied_by", nullable=True), _instant("replied_at", nullable=True),
        sa.UniqueConstraint("area_id", "member_id", "round"),
    )  # fmt: skip
    op.create_index("ix_response_member_id", "response", ["member_id"])


def _drafts() -> None:
    op.create_table(
        "draft", _key("review_area", "area_id", primary_key=True), _text("tenant_id"),
        _json("fields", "{}"), _json("kept", "{}"), _json("sent", "{}"),
        _key("person", "updated_by", nullable=True), _instant("updated_at"),
    )  # fmt: skip
    op.create_table(
        "conclusion", _key("review_area", "area_id", primary_key=True),
        sa.Column("code", sa.String(), primary_key=True), _text("tenant_id"), _text("level"),
        _text("origin"), _text("verdict"), _long("reason"), _long("heard"),
        _key("person", "confirmed_by"), _instant("confirmed_at"),
    )  # fmt: skip


def _trail() -> None:
    op.create_table(
        "audit_seal", _key("review", primary_key=True),
        sa.Column("position", sa.Integer(), primary_key=True),
        sa.Column("event_id", sa.Integer(), nullable=False, unique=True), _text("seal"),
    )  # fmt: skip
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'the audit trail is append-only'; END $$"
        )
    for table in _APPEND_ONLY:
        for statement in _guards(table, op.get_bind().dialect.name):
            op.execute(statement)


def _guards(table: str, dialect: str) -> tuple[str, ...]:
    if dialect == "postgresql":
        return (
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()",
            f"CREATE TRIGGER {table}_not_emptied BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
        )
    # SQLite's INSERT OR REPLACE takes rows away without asking the trigger on deletes.
    replaces = f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {_APPEND_ONLY[table]}) "  # noqa: S608
    return tuple(
        f"CREATE TRIGGER {table}_no_{name} BEFORE {verb} ON {table} {condition}"
        "BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END"
        for name, verb, condition in (
            ("update", "UPDATE", ""), ("delete", "DELETE", ""), ("replace", "INSERT", replaces),
        )
    )  # fmt: skip


def _open_trail() -> None:
    for table in _APPEND_ONLY:
        if op.get_bind().dialect.name == "postgresql":
            op.execute(f"DROP TRIGGER {table}_append_only ON {table}")
            op.execute(f"DROP TRIGGER {table}_not_emptied ON {table}")
        else:
            for name in ("update", "delete", "replace"):
                op.execute(f"DROP TRIGGER {table}_no_{name}")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_change")


# --- columns; what is added to filled tables has a default for the rows that are there -----------


def _add(table: str, *columns: sa.Column[Any]) -> None:
    with op.batch_alter_table(table) as batch:
        for column in columns:
            batch.add_column(column)


def _to(table: str, target: str, column: str) -> sa.Column[Any]:
    name = f"fk_{table}_{column}_{target}"
    return sa.Column(column, sa.Integer(), sa.ForeignKey(f"{target}.id", name=name), nullable=True)


def _key(target: str, column: str = "", **more: bool) -> sa.Column[Any]:
    return sa.Column(
        column or f"{target}_id", sa.Integer(), sa.ForeignKey(f"{target}.id"), **_required(more)
    )


def _id() -> sa.Column[Any]:
    return sa.Column("id", sa.Integer(), primary_key=True)


def _number(name: str, default: int) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer(), nullable=False, server_default=str(default))


def _json(name: str, default: str) -> sa.Column[Any]:
    return sa.Column(name, sa.JSON(), nullable=False, server_default=default)


def _long(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Text(), nullable=False, server_default="")


def _text(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.String(), nullable=False)


def _instant(name: str, **more: bool) -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime(timezone=True), **_required(more))


def _required(more: dict[str, bool]) -> dict[str, Any]:
    return {"nullable": False, **more}
