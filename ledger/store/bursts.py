"""Bursts: statements that travel together, with one send, one wait and one round trip.

A posting is two bursts: begin, lock and read; write and commit. Of a large batch, rows are on their
way while the rest is decided. The driver's own pipeline sends and polls at each statement, which
took a third of the server's time for a single call.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from functools import lru_cache, partial
from typing import Any
from weakref import WeakKeyDictionary

import psycopg
from psycopg.abc import PQGen
from psycopg.adapt import Transformer
from psycopg.pq import ConnStatus, ExecStatus, TransactionStatus
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
async def unit(connection: Connection) -> AsyncIterator[Unit]:
    """Leaves no transaction open: what was not committed by the end of the block is undone.

    A transaction that the caller has begun is the caller's to end.
    """
    begun = _begun(connection)
    found = Unit(connection)
    try:
        yield found
    finally:
        await found.end()
        if not begun and _begun(connection):
            await found.burst([(ROLLBACK, None)])


def _begun(connection: Connection) -> bool:
    return connection.pgconn.transaction_status in (
        TransactionStatus.INTRANS,
        TransactionStatus.INERROR,
    )


class Unit:
    """One transaction of a connection: begin and read, append, write and commit."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._known = _prepared.setdefault(connection, {})
        #: Statements that are being prepared: their place among what was sent, and their name.
        self._fresh: dict[bytes, tuple[int, bytes]] = {}
        self._sent = 0

    async def begin(self, queries: Sequence[Query[Any]]) -> list[Any]:
        """Begins a transaction, unless the caller has begun one, and answers questions in it."""
        parts = [_part(query.statement.encode(), query.parameters) for query in queries]
        opening: list[_Part] = [] if _begun(self._connection) else [(BEGIN, None)]
        results = (await self.burst([*opening, *parts]))[len(opening) :]
        read = partial(_rows, self._connection)
        return [query.read(read(r)) for query, r in zip(queries, results, strict=True)]

    async def append(self, writes: Writes) -> None:
        """Sends writes and does not wait: the database works on them while more are being made.

        What becomes of them, `settle` tells, or `finish`.
        """
        await self._send([_part(*writes.statement())])

    async def settle(self) -> None:
        """Waits for what was appended; raises the first error of it."""
        if self._sent:
            await self.burst([])

    async def finish(self, writes: Writes, *, commit: bool, settle: bool = False) -> None:
        """Writes, and commits in the same breath; with `settle` also waits for earlier commits."""
        parts: list[_Part] = []
        if writes.parts:
            parts.append(_part(*writes.statement()))
        elif settle and commit:
            parts.append((SETTLING.encode(), None))
        if commit:
            parts.append((COMMIT, None))
        if parts or self._sent:
            with confirmed(self._connection):
                *_, last = await self.burst(parts)
            if commit and last.command_status != b"COMMIT":
                raise psycopg.InternalError("the transaction was not committed")

    async def end(self) -> None:
        """Takes in what is still under way, whatever becomes of it."""
        if self._sent and self._connection.pgconn.status == ConnStatus.OK:
            await self._received()

    async def burst(self, parts: Sequence[_Part]) -> list[PGresult]:
        """Sends all parts at once; raises the first error, after which none of the rest is done."""
        await self._send(parts)
        results = await self._received()
        for result in results:
            if result.status == ExecStatus.FATAL_ERROR:
                raise psycopg.errors.error_from_result(result)
        return results

    async def _send(self, parts: Sequence[_Part]) -> None:
        """Adds to the pipeline; statements with parameters are prepared once a connection."""
        pgconn = self._connection.pgconn
        if not self._sent:
            pgconn.enter_pipeline_mode()
        for statement, parameters in parts:
            if parameters is None:
                pgconn.send_query_params(statement, None)
            else:
                pgconn.send_query_prepared(self._name(pgconn, statement), parameters)
            self._sent += 1
        async with self._connection.lock:
            await self._connection.wait(_flushed(pgconn))

    def _name(self, pgconn: PGconn, statement: bytes) -> bytes:
        """The name of a prepared statement; one that is not prepared yet is on its way first."""
        name = self._known.get(statement)
        if name is None and statement in self._fresh:
            name = self._fresh[statement][1]
        if name is None:
            name = b"burst_%d" % (len(self._known) + len(self._fresh))
            pgconn.send_prepare(name, statement)
            self._fresh[statement] = self._sent, name
            self._sent += 1
        return name

    async def _received(self) -> list[PGresult]:
        """The results of all that was sent, without those of preparing."""
        pgconn = self._connection.pgconn
        pgconn.pipeline_sync()
        async with self._connection.lock:
            results = await self._connection.wait(_results(pgconn))
        pgconn.exit_pipeline_mode()
        fresh, self._fresh, self._sent = self._fresh, {}, 0
        for statement, (place, name) in fresh.items():
            if results[place].status == ExecStatus.COMMAND_OK:
                self._known[statement] = name
        preparing = {place for place, _ in fresh.values()}
        return [result for n, result in enumerate(results) if n not in preparing]


def _flushed(pgconn: PGconn) -> PQGen[None]:
    while pgconn.flush():
        if (yield Wait.RW) & Ready.R:
            pgconn.consume_input()


def _results(pgconn: PGconn) -> PQGen[list[PGresult]]:
    """All results up to the end of the pipeline, which is not one of them."""
    yield from _flushed(pgconn)
    results: list[PGresult] = []
    while True:
        while pgconn.is_busy():
            yield Wait.R
            pgconn.consume_input()
        result = pgconn.get_result()
        if result is not None:
            if result.status == ExecStatus.PIPELINE_SYNC:
                return results
            results.append(result)


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
