"""What the database server says of itself: for backups, and for what to be warned of."""

from __future__ import annotations

from ledger.store.rows import Connection, fetch


async def login(connection: Connection) -> tuple[str, str, bool]:
    """(the login, the database, whether the login may take a base backup)."""
    rows = await fetch(
        connection,
        "select rolname, current_database(), rolsuper or rolreplication from pg_catalog.pg_roles"
        " where rolname = session_user",
    )
    return str(rows[0][0]), str(rows[0][1]), bool(rows[0][2])


async def segment(connection: Connection, position: str) -> str:
    """The part of the log that a position lies in, without its timeline: sixteen hex digits."""
    rows = await fetch(connection, "select right(pg_walfile_name(%s::pg_lsn), 16)", (position,))
    return str(rows[0][0])


async def checksums(connection: Connection) -> bool:
    """Whether the server finds out by itself that a page was damaged on its disk."""
    rows = await fetch(connection, "select current_setting('data_checksums')")
    return bool(rows[0][0] == "on")


async def schema(connection: Connection) -> str | None:
    """The revision that the schema says it is at, "" where it says none; None without a schema."""
    rows = await fetch(
        connection,
        "select obj_description(oid, 'pg_namespace') from pg_catalog.pg_namespace"
        " where nspname = 'ledger'",
    )
    return str(rows[0][0] or "") if rows else None
