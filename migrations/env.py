"""Alembic environment: forward-only SQL files, with lock and statement time-outs."""

from alembic import context
from sqlalchemy import Connection, create_engine, pool, text

#: Two migrations at once: the second one waits, and finds nothing left to do.
_ONE_AT_A_TIME = text("select pg_advisory_xact_lock(hashtext('loanledger_migration'))")


def run() -> None:
    """Migrates the database that the caller names, or fails fast where a lock cannot be had.

    What waits for a lock on a table holds up every posting behind it: the wait is short, and the
    caller tries again (server/migrate.py).
    """
    url = context.config.get_main_option("sqlalchemy.url")
    engine = create_engine(str(url), poolclass=pool.NullPool)
    with engine.connect() as connection:
        connection.execute(text("set lock_timeout = '2s'"))
        connection.execute(text("set statement_timeout = '10min'"))
        connection.commit()
        context.configure(connection=connection, version_table="loanledger_migration")
        with context.begin_transaction():
            connection.execute(_ONE_AT_A_TIME)
            context.run_migrations()
            _tell(connection)


def _tell(connection: Connection) -> None:
    """Writes the revision where each role may read it: the version table belongs to one login.

    When the schema came to a revision stays, as evidence of who changed it.
    """
    heads = context.get_context().get_current_heads()
    told = "select obj_description(to_regnamespace('ledger')::oid, 'pg_namespace')"
    if heads and connection.execute(text(told)).scalar() != heads[0]:
        connection.execute(text(f"comment on schema ledger is '{heads[0]}'"))
    if heads and connection.execute(text("select to_regclass('ledger.schema_change')")).scalar():
        noted = "insert into ledger.schema_change (revision) values (:now) on conflict do nothing"
        connection.execute(text(noted), {"now": heads[0]})


run()
