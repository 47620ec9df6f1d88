"""Hints on records, and what was done with each."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "hints",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("subject", sa.String(40), nullable=False),
        sa.Column("claim", sa.String(20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("contact_email", sa.String(254), nullable=True),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("origin", sa.String(20), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_hints"),
    )
    for column in ("subject", "state"):
        op.create_index(f"ix_hints_{column}", "hints", [column])
    op.create_table(
        "hint_events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("hint_id", sa.String(32), nullable=False),
        sa.Column("what", sa.String(20), nullable=False),
        sa.Column("who", sa.String(100), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_hint_events"),
        sa.ForeignKeyConstraint(
            ["hint_id"], ["hints.id"], name="fk_hint_events_hint_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_hint_events_hint_id", "hint_events", ["hint_id"])


def downgrade() -> None:
    """Take them away with all hints."""
    op.drop_table("hint_events")
    op.drop_table("hints")
