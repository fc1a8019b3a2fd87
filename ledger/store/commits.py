"""Commits that a synchronous standby has confirmed.

Where a session's wait for its standby is cancelled, PostgreSQL says that the commit succeeded, with
a warning: it is lasting here, and perhaps nowhere else. Such a commit is an unknown outcome.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

import psycopg
from psycopg.errors import Diagnostic

from ledger.store.rows import Connection, fetch

#: Writes to the log where there is a standby to wait for, so that the commit waits for all that was
#: written before.
SETTLING = (
    "select pg_logical_emit_message(true, 'loanledger', '')"
    " where current_setting('synchronous_standby_names') <> ''"
)


class Unconfirmed(psycopg.OperationalError):
    """The commit was not confirmed by the standby."""


@contextmanager
def confirmed(connection: Connection) -> Iterator[None]:
    """Raises Unconfirmed where a commit in the block came with a warning."""
    told: list[str] = []

    def note(diagnostic: Diagnostic) -> None:
        if diagnostic.severity_nonlocalized == "WARNING":
            told.append(diagnostic.message_primary or "")

    connection.add_notice_handler(note)
    try:
        yield
    finally:
        connection.remove_notice_handler(note)
    if told:
        raise Unconfirmed("; ".join(told))


@asynccontextmanager
async def transaction(connection: Connection) -> AsyncIterator[None]:
    """A transaction whose end is confirmed, or Unconfirmed."""
    with confirmed(connection):
        async with connection.transaction():
            yield


async def settle(connection: Connection) -> None:
    """Waits until the standby has all that is committed here; no transaction is open."""
    with confirmed(connection):
        await connection.execute(SETTLING)


async def timeline(connection: Connection) -> int:
    """The timeline that the database writes to; 0 where it only follows another one."""
    rows = await fetch(
        connection,
        "select case when pg_is_in_recovery() then 0 else"
        " ('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8))::bit(32)::int end",
        (),
    )
    return int(rows[0][0])
