"""The matter of an opportunity, and why it was refused."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the matter; steps of earlier versions have none."""
    column = sa.Column("matter", sa.String(60), nullable=False, server_default="")
    op.add_column("outreach_event", column)


def downgrade() -> None:
    """Take the matter away."""
    with op.batch_alter_table("outreach_event") as table:
        table.drop_column("matter")
