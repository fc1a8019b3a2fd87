"""A poster: one connection that takes batches through the one door, whatever becomes of it.

A batch is run again after a lost connection: request ids make that safe. A batch that the database
refuses is halved until the poisonous command stands alone, so that its neighbours never fail.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass

import psycopg
import structlog

from ledger.errors import DEFECTS, AmountExceeded, Conflict, LedgerError, StripeBusy
from ledger.record import Command, Outcome, execute
from ledger.store import stripes
from ledger.store.catalogue import Catalogue
from ledger.store.rows import DAMAGED, Connection
from ledger.store.stripes import Book
from server.clock import microseconds
from server.database import Database
from server.errors import Unavailable, storage_damaged

log = structlog.get_logger()
ATTEMPTS = 6
#: After so many failures that a batch itself may have caused, its halves go on separately.
SUSPECT = 3
#: What a defect can raise while a command is decided: it must not take the lane with it.
FAULTS = (psycopg.Error, *DEFECTS)
_AWAY = (psycopg.OperationalError, psycopg.InterfaceError)
_TRANSIENT = (
    psycopg.errors.DeadlockDetected,
    psycopg.errors.SerializationFailure,
    psycopg.errors.LockNotAvailable,
)
_PAUSE = 0.05


@dataclass(slots=True)
class Shelf:
    """Where all lanes of a process keep the catalogue that they last saw."""

    known: Catalogue


class Poster:
    """One connection, one transaction at a time."""

    def __init__(self, database: Database, book: Book, shelf: Shelf) -> None:
        self._database, self._book, self._shelf = database, book, shelf
        self._connection: Connection | None = None

    async def outcomes(
        self, commands: Sequence[Command], patience: Collection[int] | None
    ) -> list[Outcome]:
        """One outcome a command; StripeBusy where others hold a stripe that is not waited for."""
        suspected = 0
        for attempt in range(ATTEMPTS):
            try:
                connection = await self._connected()
            except DAMAGED as error:
                return [storage_damaged(error, "connect")] * len(commands)
            except _AWAY as error:
                await self._failed(error, attempt)
                continue
            try:
                outcomes, self._shelf.known = await execute(
                    connection,
                    self._book,
                    self._shelf.known,
                    commands,
                    microseconds(),
                    patience=patience,
                )
            except DAMAGED as error:
                if len(commands) > 1:
                    return await self._halved(commands, patience)
                return [storage_damaged(error, commands[0].method)]
            except _AWAY as error:
                suspected += not isinstance(error, _TRANSIENT)
                await self._failed(error, attempt)
                if suspected == SUSPECT and len(commands) > 1:
                    return await self._halved(commands, patience)
            except FAULTS as error:
                if len(commands) > 1:
                    return await self._halved(commands, patience)
                return [_refusal(commands[0], error)]
            else:
                return outcomes
        problem = Unavailable("the database did not answer; ask again with the same request id")
        return [problem] * len(commands)

    async def free(self, wanted: Collection[int]) -> set[int]:
        """Those of the stripes that nobody holds now; none where the database is away."""
        try:
            return await stripes.free(await self._connected(), wanted)
        except (*DAMAGED, *_AWAY) as error:
            await self._failed(error, 0)
            return set()

    async def close(self) -> None:
        """Ends the connection."""
        if self._connection:
            await self._connection.close()

    async def _halved(
        self, commands: Sequence[Command], patience: Collection[int] | None
    ) -> list[Outcome]:
        """Both halves, one after the other; a stripe that the first found busy keeps its order."""
        middle = len(commands) // 2
        found = await self.outcomes(commands[:middle], patience)
        busy = {
            command.stripe: outcome
            for command, outcome in zip(commands, found, strict=False)
            if isinstance(outcome, StripeBusy)
        }
        rest = commands[middle:]
        able = [command for command in rest if command.stripe not in busy]
        others = iter(await self.outcomes(able, patience) if able else [])
        return [*found, *(busy.get(c.stripe) or next(others) for c in rest)]

    async def _connected(self) -> Connection:
        if self._connection is None or self._connection.closed:
            self._connection = await self._database.connect()
        return self._connection

    async def _failed(self, error: psycopg.Error, attempt: int) -> None:
        """Drops a connection that may be broken; a deadlock or serialization failure keeps it."""
        if not isinstance(error, _TRANSIENT) and self._connection:
            with suppress(psycopg.Error):
                await self._connection.close()
            self._connection = None
        await asyncio.sleep(_PAUSE * 2**attempt)


def _refusal(command: Command, error: BaseException) -> LedgerError:
    """What one command is answered that the database refused, or that raised by a defect."""
    log.error("posting_failed", method=command.method, exc_info=error)
    if isinstance(error, LedgerError):
        return error
    if isinstance(error, psycopg.errors.NumericValueOutOfRange):
        return AmountExceeded("a balance would pass the largest figure that the books hold")
    if isinstance(error, psycopg.Error):
        return Conflict("the database refused the posting; nothing was written")
    return LedgerError("internal error; nothing was written, see the server's log")
