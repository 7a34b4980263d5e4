"""Run by Alembic: applies the migrations on the connection that it was handed, in the transaction already begun."""

from alembic import context

from vigie.store.schema import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    transactional_ddl=False,  # the caller begins and commits
    include_name=lambda name, kind, _parents: kind != "table" or name in METADATA.tables,
)
context.run_migrations()
