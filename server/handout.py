"""Hands checkpoints out to places outside the database, each at its own pace.

Nothing here is in the way of a posting or of sealing: a place that is away is asked again later,
and gets in order of size what it missed.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable

import psycopg
import structlog

from ledger.store import seals
from ledger.store.rows import DAMAGED, Connection
from ledger.store.stripes import Book
from server.database import Database
from server.errors import Unavailable, first_line, storage_damaged
from server.stores import Differs, Store, StoreError

log = structlog.get_logger()
CHUNK = 500
#: How many of the newest are looked at again: of two sealers the one with less may be done later.
LOOK_BACK = 100

#: Reads what comes after a size, in order of size, as (size, bytes).
Read = Callable[[Connection, int, int, int], Awaitable[list[tuple[int, bytes]]]]


class Handout:
    """Brings the checkpoints of a book to one place."""

    def __init__(self, database: Database, book: Book, place: str, store: Store) -> None:
        self._database, self._book = database, book
        self._place, self._store = place, store
        self._after = dict.fromkeys(_FILES, -1)
        self._passed = {suffix: deque[int](maxlen=LOOK_BACK) for suffix in _FILES}
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
            self._there = {  # from now on only what is new, or nearly, is looked at
                self._name(size, suffix) for suffix in _FILES for size in self._passed[suffix]
            }
        except StoreError as error:
            log.warning("handout_failed", to=self._place, error=str(error))
        except DAMAGED as error:
            storage_damaged(error, "handout")
        except (psycopg.Error, Unavailable) as error:
            log.warning("handout_failed", to=self._place, error=first_line(error))

    async def _write(self, suffix: str, there: set[str]) -> None:
        after, passed = self._after[suffix], self._passed[suffix]
        while True:
            async with self._database.reading() as connection:
                found = await _FILES[suffix](connection, self._book.number, after, CHUNK)
            for size, data in found:
                name = self._name(size, suffix)
                if name not in there:
                    await self._put(name, data)
                    there.add(name)
                if size not in passed:
                    passed.append(size)
                if len(passed) == LOOK_BACK:
                    self._after[suffix] = passed[0] - 1
                after = size
            if len(found) < CHUNK:
                return

    def _name(self, size: int, suffix: str) -> str:
        return f"{self._book.code}/checkpoint-{size}{suffix}"

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
