"""Run by alembic: on the connection that `liaison.store.migrate` hands over, inside its transaction."""

from alembic import context

from liaison.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    compare_type=True,
    render_as_batch=True,
)
context.run_migrations()
