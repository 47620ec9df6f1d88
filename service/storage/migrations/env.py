"""How alembic runs the revisions: on the connection it is given, in that one's transaction."""

from __future__ import annotations

from alembic import context

from service.storage.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    transactional_ddl=True,  # also SQLite takes back half a schema
)
with context.begin_transaction():
    context.run_migrations()
