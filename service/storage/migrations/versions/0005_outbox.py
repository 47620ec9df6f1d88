"""Mails that wait for the mail server, and searches that wait to be compared with others."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the outbox; a pair of searches is noted when its mails are in there, not told."""
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.String(255), nullable=False),
        sa.Column("recipient", sa.String(254), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("search_id", sa.String(32), nullable=True),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        sa.ForeignKeyConstraint(
            ["search_id"], ["searches.id"], name="fk_outbox_search_id", ondelete="CASCADE"
        ),
    )
    for column in ("recipient", "search_id", "due"):
        op.create_index(f"ix_outbox_{column}", "outbox", [column])
    op.add_column("searches", sa.Column("fits_due", sa.DateTime(timezone=True), nullable=True))
    op.create_index("ix_searches_fits_due", "searches", ["fits_due"])
    op.execute("ALTER TABLE fits RENAME COLUMN told TO noted")


def downgrade() -> None:
    """Take it away; mails that wait are lost."""
    op.execute("ALTER TABLE fits RENAME COLUMN noted TO told")
    op.drop_index("ix_searches_fits_due", "searches")
    op.drop_column("searches", "fits_due")
    op.drop_table("outbox")
