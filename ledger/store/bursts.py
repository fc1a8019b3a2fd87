"""Bursts: statements that travel together, with one send, one wait and one round trip.

A posting is two bursts: begin, lock and read; write and commit. The driver's own pipeline sends and
polls at each statement, which took a third of the server's time for a single call.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from functools import lru_cache
from typing import Any
from weakref import WeakKeyDictionary

import psycopg
from psycopg.abc import PQGen
from psycopg.adapt import Transformer
from psycopg.pq import ExecStatus, TransactionStatus
from psycopg.pq.abc import PGconn, PGresult
from psycopg.waiting import Ready, Wait

from ledger.store.commits import SETTLING, confirmed
from ledger.store.rows import Connection, Query, Writes

BEGIN, COMMIT, ROLLBACK = b"begin", b"commit", b"rollback"
#: A statement and its parameters in text form.
_Part = tuple[bytes, Sequence[bytes] | None]

#: The names under which each connection has statements prepared.
_prepared: WeakKeyDictionary[Connection, dict[bytes, bytes]] = WeakKeyDictionary()


@asynccontextmanager
async def unit(connection: Connection) -> AsyncIterator[None]:
    """Leaves no transaction open: what was not committed by the end of the block is undone.

    A transaction that the caller has begun is the caller's to end.
    """
    begun = _begun(connection)
    try:
        yield
    finally:
        if not begun and _begun(connection):
            await _burst(connection, [(ROLLBACK, None)])


def _begun(connection: Connection) -> bool:
    return connection.pgconn.transaction_status in (
        TransactionStatus.INTRANS,
        TransactionStatus.INERROR,
    )


async def begin(connection: Connection, queries: Sequence[Query[Any]]) -> list[Any]:
    """Begins a transaction, unless the caller has begun one, and answers questions in it."""
    parts = [_part(query.statement.encode(), query.parameters) for query in queries]
    opening: list[_Part] = [] if _begun(connection) else [(BEGIN, None)]
    results = (await _burst(connection, [*opening, *parts]))[len(opening) :]
    return [query.read(_rows(connection, r)) for query, r in zip(queries, results, strict=True)]


async def finish(
    connection: Connection, writes: Writes, *, commit: bool, settle: bool = False
) -> None:
    """Writes, and commits in the same breath; with `settle` also waits for earlier commits."""
    parts: list[_Part] = []
    if writes.parts:
        statement, columns = writes.statement()
        parts.append(_part(statement, columns))
    elif settle and commit:
        parts.append((SETTLING.encode(), None))
    if commit:
        parts.append((COMMIT, None))
    if parts:
        with confirmed(connection):
            *_, last = await _burst(connection, parts)
        if commit and last.command_status != b"COMMIT":
            raise psycopg.InternalError("the transaction was not committed")


async def _burst(connection: Connection, parts: Sequence[_Part]) -> list[PGresult]:
    """Sends all parts at once; raises the first error, after which none of the rest is done."""
    async with connection.lock:
        known = _prepared.setdefault(connection, {})
        results = await connection.wait(_exchange(connection.pgconn, parts, known))
    for result in results:
        if result.status == ExecStatus.FATAL_ERROR:
            raise psycopg.errors.error_from_result(result)
    return results


def _exchange(
    pgconn: PGconn, parts: Sequence[_Part], known: dict[bytes, bytes]
) -> PQGen[list[PGresult]]:
    """One pipeline from begin to end; statements with parameters are prepared once."""
    fresh: list[tuple[int, bytes, bytes]] = []
    pgconn.enter_pipeline_mode()
    count = 0
    for statement, parameters in parts:
        if parameters is None:
            pgconn.send_query_params(statement, None)
        else:
            name = known.get(statement)
            if name is None:
                name = b"burst_%d" % (len(known) + len(fresh))
                fresh.append((count, statement, name))
                pgconn.send_prepare(name, statement)
                count += 1
            pgconn.send_query_prepared(name, parameters)
        count += 1
    pgconn.pipeline_sync()
    while pgconn.flush():
        if (yield Wait.RW) & Ready.R:
            pgconn.consume_input()
    results: list[PGresult] = []
    while not results or results[-1].status != ExecStatus.PIPELINE_SYNC:
        while pgconn.is_busy():
            yield Wait.R
            pgconn.consume_input()
        result = pgconn.get_result()
        if result is not None:
            results.append(result)
    pgconn.exit_pipeline_mode()
    for place, statement, name in fresh:
        if results[place].status == ExecStatus.COMMAND_OK:
            known[statement] = name
    made = {place for place, _, _ in fresh if results[place].status == ExecStatus.COMMAND_OK}
    return [result for n, result in enumerate(results[:-1]) if n not in made]


def _part(statement: bytes, parameters: Sequence[str]) -> _Part:
    return _numbered(statement), [parameter.encode() for parameter in parameters]


@lru_cache(maxsize=512)
def _numbered(statement: bytes) -> bytes:
    """The driver's placeholders as the server's: %s becomes $1, $2 and so on."""
    first, *rest = statement.split(b"%s")
    return first + b"".join(b"$%d%b" % (n, part) for n, part in enumerate(rest, start=1))


def _rows(connection: Connection, result: PGresult) -> list[tuple[Any, ...]]:
    transformer = Transformer(connection)
    transformer.set_pgresult(result)
    return transformer.load_rows(0, result.ntuples, tuple)
