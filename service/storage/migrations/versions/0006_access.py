"""Keys for programs, what staff did, quotas, and whether a search speaks for its body."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables; of searches that are there already nothing is proved."""
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "api_key",
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("key_hash", sa.String(64), nullable=False),
        sa.Column("scopes", sa.String(200), nullable=False),
        sa.Column("created", moment, nullable=False),
        sa.Column("expires", moment, nullable=True),
        sa.Column("revoked", moment, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_api_key"),
        sa.UniqueConstraint("key_hash"),
    )
    op.create_table(
        "staff_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("who", sa.String(100), nullable=False),
        sa.Column("action", sa.String(40), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_staff_event"),
    )
    op.create_index("ix_staff_event_at", "staff_event", ["at"])
    op.create_table(
        "quota",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("policy", sa.String(40), nullable=False),
        sa.Column("key_hash", sa.String(64), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_quota"),
    )
    for column in ("key_hash", "at"):
        op.create_index(f"ix_quota_{column}", "quota", [column])
    op.add_column("searches", sa.Column("proof", sa.String(20), nullable=True))


def downgrade() -> None:
    """Take them away."""
    op.drop_column("searches", "proof")
    for table in ("quota", "staff_event", "api_key"):
        op.drop_table(table)
