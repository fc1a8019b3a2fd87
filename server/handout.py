"""Hands checkpoints out to places outside the database, each at its own pace.

Nothing here is in the way of a posting or of sealing: a place that is away is asked again later,
and gets in order of size what it missed.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import psycopg
import structlog

from ledger.store import seals
from ledger.store.rows import DAMAGED, Connection
from ledger.store.stripes import Book
from server.database import Database
from server.errors import Unavailable, storage_damaged
from server.stores import Differs, Store, StoreError

log = structlog.get_logger()
CHUNK = 500

#: Reads what comes after a size, in order of size, as (size, bytes).
Read = Callable[[Connection, int, int, int], Awaitable[list[tuple[int, bytes]]]]


class Handout:
    """Brings the checkpoints of a book to one place."""

    def __init__(self, database: Database, book: Book, place: str, store: Store) -> None:
        self._database, self._book = database, book
        self._place, self._store = place, store
        self._after = dict.fromkeys(_FILES, -1)
        self._there: set[str] | None = None

    async def run(self, seconds: int) -> None:
        """Looks every so many seconds for checkpoints that the place does not have."""
        while True:
            await self.deliver()
            await asyncio.sleep(seconds)

    async def deliver(self) -> None:
        """Writes all that the place lacks; what does not work now is logged, and left for later."""
        try:
            if self._there is None:
                self._there = await self._store.names(self._book.code)
            for suffix in _FILES:
                await self._write(suffix, self._there)
            self._there = set()  # from now on only what is new is looked at
        except StoreError as error:
            log.warning("handout_failed", to=self._place, error=str(error))
        except DAMAGED as error:
            storage_damaged(error, "handout")
        except (psycopg.Error, Unavailable) as error:
            log.warning("handout_failed", to=self._place, error=str(error).splitlines()[0])

    async def _write(self, suffix: str, there: set[str]) -> None:
        while True:
            async with self._database.reading() as connection:
                found = await _FILES[suffix](
                    connection, self._book.number, self._after[suffix], CHUNK
                )
            for size, data in found:
                name = f"{self._book.code}/checkpoint-{size}{suffix}"
                if name not in there:
                    await self._put(name, data)
                self._after[suffix] = size
            if len(found) < CHUNK:
                return

    async def _put(self, name: str, data: bytes) -> None:
        try:
            await self._store.put(name, data)
        except Differs as error:
            log.error("handout_differs", to=self._place, error=str(error))


async def _notes(
    connection: Connection, book: int, after: int, limit: int
) -> list[tuple[int, bytes]]:
    found = await seals.checkpoints(connection, book, after, limit)
    return [(one.size, one.note.encode()) for one in found]


#: What is handed out of each checkpoint, by the ending of its name.
_FILES: dict[str, Read] = {".txt": _notes, ".tsr": seals.stamps}
