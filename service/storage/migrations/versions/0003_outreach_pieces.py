"""Scores of outreach that were computed before."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table of computed pieces."""
    op.create_table(
        "outreach_piece",
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("used", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_outreach_piece"),
    )
    op.create_index("ix_outreach_piece_used", "outreach_piece", ["used"])


def downgrade() -> None:
    """Take the table away."""
    op.drop_table("outreach_piece")
