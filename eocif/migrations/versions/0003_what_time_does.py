"""What time does: actions, reminders, what people wish of them, digests, forums' dates."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

revision: str = "0003"
down_revision: str | None = "0002"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_NEW = ("meeting", "snooze", "habit", "reminder", "action_event", "action")
_REVIEW = (
    *("digest_day", "digest_hour", "digest_readers", "digest_week"),
    *("is_rerating", "look_on"),
)
_KEPT = "what was noted about an action stays"


def upgrade() -> None:
    """Add columns to reviews and areas, then the new tables."""
    op.add_column("review", _number("digest_day", 0))
    op.add_column("review", _number("digest_hour", 9))
    op.add_column("review", _json("digest_readers", "[]"))
    op.add_column("review", _day("digest_week"))
    op.add_column("review", _flag("is_rerating"))
    for table in ("review", "review_area"):
        op.add_column(table, _day("look_on"))
        op.create_index(f"ix_{table}_look_on", table, ["look_on"])
        op.execute(f"UPDATE {table} SET look_on = CURRENT_DATE")  # noqa: S608 - our own names
    _actions()
    _reminders()
    _wishes()


def downgrade() -> None:
    """Take back all of it; actions and their history are lost."""
    for _, drop in _triggers(op.get_bind().dialect.name):
        op.execute(drop)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_change_of_history")
    for table in _NEW:
        op.drop_table(table)
    for table, names in (("review_area", ("look_on",)), ("review", _REVIEW)):
        op.drop_index(f"ix_{table}_look_on", table)
        with op.batch_alter_table(table) as batch:
            for name in names:
                batch.drop_column(name)


def _actions() -> None:
    op.create_table(
        "action", _id(), _text("tenant_id"), _key("review"),
        sa.Column("area", sa.Integer(), nullable=False), _text("nonce"), _long("title"),
        _key("person", "owner_id", nullable=True), _day("deadline"), _long("measure"),
        _json("tags", "[]"), _flag("collects_data"), _long("looked_at"), _text("status"),
        _long("because"), _long("changed"), _instant("accepted_at", nullable=True),
        _long("refused_because"), _day("wanted_on"), _long("wanted_because"), _json("kept", "{}"),
        _key("action", "copied_from", nullable=True), _key("person", "created_by"),
        _instant("created_at"), _day("since", nullable=False),
        _instant("settled_at", nullable=True), _day("look_on"),
        sa.UniqueConstraint("review_id", "nonce"),
    )  # fmt: skip
    for column in ("owner_id", "copied_from"):
        op.create_index(f"ix_action_{column}", "action", [column])
    op.create_index("ix_action_look_on", "action", ["look_on"])
    op.create_table(
        "action_event", _id(), _text("tenant_id"), _key("action"), _text("nonce"), _instant("at"),
        _key("person", "by", nullable=True), _text("kind"), _long("text"), _text("link"),
        _json("detail", "{}"), sa.UniqueConstraint("action_id", "nonce"),
    )  # fmt: skip
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION refuse_change_of_history() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{_KEPT}'; END $$"
        )
    for make, _ in _triggers(op.get_bind().dialect.name):
        op.execute(make)


def _reminders() -> None:
    op.create_table(
        "reminder", _id(), _text("tenant_id"), _key("person"), _key("review"), _text("kind"),
        _text("subject"), _text("slot"), _day("due_on", nullable=False), _flag("is_deadline"),
        _json("params", "{}"), _text("state"), _text("why"),
        _key("delivery", nullable=True), _instant("created_at"),
        _instant("settled_at", nullable=True), sa.UniqueConstraint("person_id", "subject", "slot"),
    )  # fmt: skip
    op.create_index("ix_reminder_waiting", "reminder", ["state", "person_id"])
    op.create_index("ix_reminder_review_id", "reminder", ["review_id"])
    op.create_index("ix_reminder_delivery_id", "reminder", ["delivery_id"])


def _wishes() -> None:
    op.create_table(
        "habit", _key("person", primary_key=True), _text("tenant_id"), _flag("is_weekly"),
        _number("from_hour", 9), _number("until_hour", 17), _day("away_from"), _day("away_until"),
        _key("person", "deputy_id", nullable=True),
    )  # fmt: skip
    op.create_index("ix_habit_deputy_id", "habit", ["deputy_id"])
    op.create_table(
        "snooze", _key("person", primary_key=True),
        sa.Column("subject", sa.String(), primary_key=True), _text("tenant_id"),
        _day("until", nullable=False),
    )  # fmt: skip
    op.create_table(
        "meeting", _id(), _text("tenant_id"), _key("review"), _text("nonce"), _text("name"),
        _day("meets_on", nullable=False), _number("papers_days", 5),
        _instant("removed_at", nullable=True), _day("look_on"),
        sa.UniqueConstraint("review_id", "nonce"),
    )  # fmt: skip
    op.create_index("ix_meeting_look_on", "meeting", ["look_on"])


# --- an action's history is only ever added to -----------------------------------------------


def _triggers(dialect: str) -> tuple[tuple[str, str], ...]:
    """How each guard is made, and taken away."""
    if dialect == "postgresql":
        return (
            (
                "CREATE TRIGGER action_event_stays BEFORE UPDATE OR DELETE ON action_event "
                "FOR EACH ROW EXECUTE FUNCTION refuse_change_of_history()",
                "DROP TRIGGER action_event_stays ON action_event",
            ),
        )
    return tuple(
        (
            f"CREATE TRIGGER action_event_no_{verb.lower()} BEFORE {verb} ON action_event "
            f"BEGIN SELECT RAISE(ABORT, '{_KEPT}'); END",
            f"DROP TRIGGER action_event_no_{verb.lower()}",
        )
        for verb in ("UPDATE", "DELETE")
    )


# --- columns ----------------------------------------------------------------------------------


def _id() -> sa.Column[Any]:
    return sa.Column("id", sa.Integer(), primary_key=True)


def _key(target: str, column: str = "", **more: bool) -> sa.Column[Any]:
    return sa.Column(
        column or f"{target}_id", sa.Integer(), sa.ForeignKey(f"{target}.id"), **_required(more)
    )


def _number(name: str, default: int) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer(), nullable=False, server_default=str(default))


def _flag(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false())


def _json(name: str, default: str) -> sa.Column[Any]:
    return sa.Column(name, sa.JSON(), nullable=False, server_default=default)


def _long(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Text(), nullable=False, server_default="")


def _text(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.String(), nullable=False)


def _day(name: str, nullable: bool = True) -> sa.Column[Any]:
    return sa.Column(name, sa.Date(), nullable=nullable)


def _instant(name: str, **more: bool) -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime(timezone=True), **_required(more))


def _required(more: dict[str, bool]) -> dict[str, Any]:
    return {"nullable": False, **more}
