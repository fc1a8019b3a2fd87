"""Arrays in, rows out: what every store module shares."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, LiteralString

from psycopg import AsyncConnection
from psycopg.rows import TupleRow

Connection = AsyncConnection[TupleRow]


async def put(
    connection: Connection, statement: LiteralString, rows: Sequence[Sequence[Any]]
) -> None:
    """Runs an `insert … select from unnest(…)` with one array a column; nothing for no rows."""
    if rows:
        await connection.execute(statement, [list(column) for column in zip(*rows, strict=True)])


async def fetch(
    connection: Connection,
    statement: LiteralString,
    parameters: Sequence[Any] | Mapping[str, Any] = (),
) -> list[TupleRow]:
    """All rows of a query."""
    cursor = await connection.execute(statement, parameters)
    return await cursor.fetchall()
