"""What Alembic runs: the revisions, on the connection and in the transaction of ``smartapp.store.schema``."""

from alembic import context

context.configure(connection=context.config.attributes["connection"])
with context.begin_transaction():
    context.run_migrations()
