"""Searches, fits, messages, feedback."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the first tables."""
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "searches",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("body", sa.String(12), nullable=False),
        sa.Column("task_area", sa.String(60), nullable=True),
        sa.Column("task_area_given", sa.Boolean(), nullable=False),
        sa.Column("contact_name", sa.String(100), nullable=False),
        sa.Column("contact_email", sa.String(254), nullable=False),
        sa.Column("status", sa.String(10), nullable=False),
        sa.Column("created", moment, nullable=False),
        sa.Column("confirmed", moment, nullable=True),
        sa.Column("expires", moment, nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_searches"),
    )
    for column in ("body", "task_area", "expires"):
        op.create_index(f"ix_searches_{column}", "searches", [column])
    op.create_table(
        "fits",
        sa.Column("first_id", sa.String(32), nullable=False),
        sa.Column("second_id", sa.String(32), nullable=False),
        sa.Column("told", moment, nullable=False),
        sa.PrimaryKeyConstraint("first_id", "second_id", name="pk_fits"),
        *(
            sa.ForeignKeyConstraint(
                [column], ["searches.id"], name=f"fk_fits_{column}", ondelete="CASCADE"
            )
            for column in ("first_id", "second_id")
        ),
    )
    op.create_index("ix_fits_second_id", "fits", ["second_id"])
    op.create_table(
        "messages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("search_id", sa.String(32), nullable=False),
        sa.Column("sent", moment, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_messages"),
        sa.ForeignKeyConstraint(
            ["search_id"], ["searches.id"], name="fk_messages_search_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_messages_search_id", "messages", ["search_id"])
    op.create_table(
        "feedback",
        sa.Column("request_id", sa.String(64), nullable=False),
        sa.Column("ags", sa.String(12), nullable=False),
        sa.Column("verdict", sa.String(20), nullable=False),
        sa.Column("model_version", sa.String(100), nullable=False),
        sa.Column("time", moment, nullable=False),
        sa.PrimaryKeyConstraint("request_id", "ags", name="pk_feedback"),
    )


def downgrade() -> None:
    """Take all tables away."""
    for table in ("feedback", "messages", "fits", "searches"):
        op.drop_table(table)
