"""Staff with their sessions, and what they did with outreach."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables of staff and outreach."""
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "staff",
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("password_hash", sa.String(200), nullable=False),
        sa.Column("created", moment, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_staff"),
    )
    op.create_table(
        "staff_session",
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("created", moment, nullable=False),
        sa.Column("expires", moment, nullable=False),
        sa.PrimaryKeyConstraint("token_hash", name="pk_staff_session"),
        sa.ForeignKeyConstraint(
            ["name"], ["staff.name"], name="fk_staff_session_name", ondelete="CASCADE"
        ),
    )
    op.create_table(
        "staff_failure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name_hash", sa.String(64), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_staff_failure"),
    )
    op.create_table(
        "outreach_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("opportunity", sa.String(32), nullable=False),
        sa.Column("task_area", sa.String(60), nullable=False),
        sa.Column("bodies", sa.Text(), nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("who", sa.String(100), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_outreach_event"),
    )
    for table, column in (
        ("staff_session", "name"),
        ("staff_session", "expires"),
        ("staff_failure", "name_hash"),
        ("staff_failure", "at"),
        ("outreach_event", "opportunity"),
        ("outreach_event", "at"),
    ):
        op.create_index(f"ix_{table}_{column}", table, [column])


def downgrade() -> None:
    """Take these tables away."""
    for table in ("outreach_event", "staff_failure", "staff_session", "staff"):
        op.drop_table(table)
