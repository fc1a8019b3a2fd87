"""Lanes: concurrent calls become one transaction, committed before any of them is answered.

A lane owns a connection and the stripes that fall to it, so lanes of one process never wait for
each other's locks. Whatever waits goes with the next batch. The lane, not the caller, owns the
commit: a caller that leaves asks again with the same request id.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

import psycopg
import structlog

from ledger.errors import DEFECTS, AmountExceeded, Conflict, LedgerError, Overloaded
from ledger.record import Command, Outcome, execute
from ledger.store.catalogue import Catalogue
from ledger.store.rows import Connection
from ledger.store.stripes import Book
from server.clock import microseconds
from server.database import Database
from server.errors import Unavailable

log = structlog.get_logger()
ATTEMPTS = 6
#: A crowd of calls is gathered in up to so many windows, as long as each brings more of them.
CROWD, WINDOWS, WINDOW_SECONDS = 4, 6, 0.0007
#: What a defect can raise while a command is decided: it must not take the lane with it.
FAULTS = (psycopg.Error, *DEFECTS)
_PAUSE = 0.05
Waiting = tuple[Command, asyncio.Future[bytes]]


@dataclass(slots=True)
class Shelf:
    """Where all lanes of a process keep the catalogue that they last saw."""

    known: Catalogue


class Lane:
    """One queue, one connection, one transaction at a time."""

    def __init__(self, database: Database, book: Book, shelf: Shelf, batch: int, queue: int):
        self._database, self._book, self._shelf = database, book, shelf
        self._batch, self._limit = batch, queue
        self._waiting: list[Waiting] = []
        self._wake = asyncio.Event()
        self._stopping = False
        self._last = 0
        self._connection: Connection | None = None
        self._task = asyncio.create_task(self._run())

    def submit(self, command: Command) -> asyncio.Future[bytes]:
        """Queues a command; the future holds the answer's bytes or the command's own error."""
        if len(self._waiting) >= self._limit:
            raise Overloaded("the posting queue is full; try again shortly")
        future: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
        self._waiting.append((command, future))
        self._wake.set()
        return future

    async def stop(self) -> None:
        """Answers what is queued and ends."""
        self._stopping = True
        self._wake.set()
        await self._task
        if self._connection:
            await self._connection.close()

    async def _run(self) -> None:
        while self._waiting or not self._stopping:
            await self._wake.wait()
            await self._gathered()
            taken = self._waiting[: self._batch]
            work = asyncio.create_task(self._answer(taken))
            try:
                await asyncio.shield(work)
            except asyncio.CancelledError:
                await work
                raise
            del self._waiting[: len(taken)]
            if not self._waiting:
                self._wake.clear()

    async def _gathered(self) -> None:
        """Lets a burst arrive: while calls keep coming they share one transaction.

        Nobody waits alone: a queue of one goes at once, unless the last batch was a crowd.
        """
        for _ in range(WINDOWS):
            seen = len(self._waiting)
            if seen >= self._batch or max(seen, self._last) < CROWD or self._stopping:
                break
            await asyncio.sleep(WINDOW_SECONDS)
            if len(self._waiting) - seen < CROWD:
                break
        self._last = min(len(self._waiting), self._batch)

    async def _answer(self, taken: Sequence[Waiting]) -> None:
        outcomes = await self._outcomes([command for command, _ in taken]) if taken else []
        for (_, future), outcome in zip(taken, outcomes, strict=True):
            if future.done():
                continue
            if isinstance(outcome, LedgerError):
                future.set_exception(outcome)
            else:
                future.set_result(outcome)

    async def _outcomes(self, commands: Sequence[Command]) -> list[Outcome]:
        """Outcomes of a batch, run again after a lost connection: request ids make that safe."""
        for attempt in range(ATTEMPTS):
            try:
                connection = await self._connected()
                outcomes, self._shelf.known = await execute(
                    connection, self._book, self._shelf.known, commands, microseconds()
                )
            except (psycopg.OperationalError, psycopg.InterfaceError) as error:
                await self._failed(error, attempt)
            except FAULTS as error:
                return await self._one_by_one(commands, error)
            else:
                return outcomes
        problem = Unavailable("the database did not answer; ask again with the same request id")
        return [problem] * len(commands)

    async def _one_by_one(self, commands: Sequence[Command], error: BaseException) -> list[Outcome]:
        """A batch that the database refused: each command alone, so that errors stay apart."""
        if len(commands) > 1:
            return [(await self._outcomes([command]))[0] for command in commands]
        log.error("posting_failed", method=commands[0].method, exc_info=error)
        if isinstance(error, LedgerError):
            return [error]
        if isinstance(error, psycopg.errors.NumericValueOutOfRange):
            return [AmountExceeded("a balance would pass the largest figure that the books hold")]
        if isinstance(error, psycopg.Error):
            return [Conflict("the database refused the posting; nothing was written")]
        return [LedgerError("internal error; nothing was written, see the server's log")]

    async def _connected(self) -> Connection:
        if self._connection is None or self._connection.closed:
            self._connection = await self._database.connect()
        return self._connection

    async def _failed(self, error: psycopg.Error, attempt: int) -> None:
        """Drops a connection that may be broken; a deadlock or serialization failure keeps it."""
        transient = isinstance(
            error, psycopg.errors.DeadlockDetected | psycopg.errors.SerializationFailure
        )
        if not transient and self._connection:
            with suppress(psycopg.Error):
                await self._connection.close()
            self._connection = None
        await asyncio.sleep(_PAUSE * 2**attempt)


class Lanes:
    """All lanes of a process; a stripe always goes to the same one."""

    def __init__(self, lanes: Sequence[Lane]) -> None:
        self._lanes = lanes

    def submit(self, command: Command) -> asyncio.Future[bytes]:
        """Queues a command on its stripe's lane."""
        return self._lanes[command.stripe % len(self._lanes)].submit(command)

    async def stop(self) -> None:
        """Drains and ends all lanes."""
        await asyncio.gather(*(lane.stop() for lane in self._lanes))
