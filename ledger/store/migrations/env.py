"""Runs the migrations on the connection that `ledger.store.setup` hands over, in its transaction."""

from alembic import context

from ledger.store.sql.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,
)
context.run_migrations()
