"""Devices of staff, and where logins failed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table of devices; failures begin anew, as none is kept longer than minutes."""
    op.create_table(
        "staff_device",
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("expires", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("token_hash", "name", name="pk_staff_device"),
        sa.ForeignKeyConstraint(
            ["name"], ["staff.name"], name="fk_staff_device_name", ondelete="CASCADE"
        ),
    )
    for column in ("name", "expires"):
        op.create_index(f"ix_staff_device_{column}", "staff_device", [column])
    _make_failures(
        sa.Column("source_hash", sa.String(64), nullable=False),
        sa.Column("known_device", sa.Boolean(), nullable=False),
    )
    op.create_index("ix_staff_failure_source_hash", "staff_failure", ["source_hash"])


def downgrade() -> None:
    """Take devices away and count failures by name alone again."""
    op.drop_table("staff_device")
    _make_failures()


def _make_failures(*more: sa.Column[object]) -> None:
    op.drop_table("staff_failure")
    op.create_table(
        "staff_failure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name_hash", sa.String(64), nullable=False),
        *more,
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_staff_failure"),
    )
    for column in ("name_hash", "at"):
        op.create_index(f"ix_staff_failure_{column}", "staff_failure", [column])
