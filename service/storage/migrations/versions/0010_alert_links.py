"""Each mail of an alert has a secret of its own, of which the hash alone is kept."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forget the secrets in plain; their hash stands in the alert already, so old links work."""
    op.create_table(
        "alert_links",
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("alert_id", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("token_hash", name="pk_alert_links"),
        sa.ForeignKeyConstraint(
            ["alert_id"], ["alerts.id"], name="fk_alert_links_alert_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_alert_links_alert_id", "alert_links", ["alert_id"])
    op.drop_column("alerts", "end_token")


def downgrade() -> None:
    """Put the column back, empty: what was forgotten is not to be found again."""
    op.add_column(
        "alerts", sa.Column("end_token", sa.String(64), nullable=False, server_default="")
    )
    op.drop_table("alert_links")
