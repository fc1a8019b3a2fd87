"""Alembic environment: forward-only SQL files, with lock and statement time-outs."""

from alembic import context
from sqlalchemy import create_engine, pool, text


def run() -> None:
    """Migrates the database that the caller names, or fails fast where a lock cannot be had."""
    url = context.config.get_main_option("sqlalchemy.url")
    engine = create_engine(str(url), poolclass=pool.NullPool)
    with engine.connect() as connection:
        connection.execute(text("set lock_timeout = '10s'"))
        connection.execute(text("set statement_timeout = '10min'"))
        connection.commit()
        context.configure(connection=connection, version_table="loanledger_migration")
        with context.begin_transaction():
            context.run_migrations()


run()
