"""Connections to PostgreSQL: the role that they take, and a pool for what only reads."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import psycopg
from psycopg import AsyncConnection, sql
from psycopg_pool import AsyncConnectionPool

from ledger.store.rows import DAMAGED, Connection
from server.errors import Unavailable
from server.primary import Primary

#: A server that stalls inside a transaction loses it, and with it the locks that it held.
_SETTINGS = (
    "set idle_in_transaction_session_timeout = '15s'",
    "set lock_timeout = '20s'",
    "set statement_timeout = '10min'",
    "set timezone = 'UTC'",
)


class Database:
    """Where the book is kept."""

    def __init__(self, dsn: str, role: str, readers: int = 8) -> None:
        self._dsn, self._role = dsn, role
        self._book: int | None = None
        self._primary = Primary(dsn)
        self._pool = AsyncConnectionPool(
            self._primary.dsn,
            min_size=1,
            max_size=readers,
            open=False,
            configure=self._configure,
            check=AsyncConnectionPool.check_connection,
            timeout=10,
        )

    @property
    def address(self) -> tuple[str, str]:
        """DSN and role, for another process."""
        return self._dsn, self._role

    async def serve(self, connection: Connection, book: int) -> None:
        """From now on this connection, and each new one, sees and writes this book only."""
        self._book = book
        await _keep_to(connection, book)

    async def open(self) -> None:
        """Opens the pool of reading connections."""
        await self._pool.open(wait=True, timeout=20)

    async def close(self) -> None:
        """Closes the pool."""
        await self._pool.close()

    async def connect(self) -> Connection:
        """A connection of its own, for a lane or a close of business."""
        dsn = await self._primary.dsn()
        connection = await AsyncConnection.connect(dsn, autocommit=True, connect_timeout=10)
        await self._configure(connection)
        return connection

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Connection]:
        """A connection in a read-only snapshot, so that a report's figures belong together."""
        try:
            async with self._pool.connection() as connection, connection.transaction():
                await connection.execute(
                    "set transaction isolation level repeatable read read only"
                )
                yield connection
        except DAMAGED:
            raise
        except psycopg.OperationalError as error:
            raise Unavailable("the database did not answer; try again") from error

    async def _configure(self, connection: Connection) -> None:
        await connection.set_autocommit(True)
        for setting in _SETTINGS:
            await connection.execute(setting)
        if self._role:
            await connection.execute(sql.SQL("set role {}").format(sql.Identifier(self._role)))
        if self._book is not None:
            await _keep_to(connection, self._book)


async def _keep_to(connection: Connection, book: int) -> None:
    """Tells the policies of the server's role which book's rows there are for it."""
    await connection.execute(sql.SQL("set loanledger.book = {}").format(sql.Literal(book)))
