"""Closes a day over all stripes: several at a time, in transactions of about the same length."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import structlog

from ledger.end_of_day.close import Closing, close_day
from ledger.end_of_day.set_aside import told
from ledger.names import id_text
from ledger.store.catalogue import Catalogue
from ledger.store.rows import Connection
from ledger.store.stripes import Book
from server.clock import microseconds

log = structlog.get_logger()
#: A posting on a stripe that is closing waits for it: no transaction should take much longer.
TARGET_MICROS = 50_000
_MOST = 64


@dataclass(frozen=True, slots=True)
class Group:
    """Stripes that are closed together, and what came of it: things and microseconds by step."""

    stripes: Sequence[int]
    micros: int = 0
    done: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    resets_waiting: int = 0
    set_aside: int = 0


Run = Callable[[Sequence[int], date], Awaitable[Group]]


async def close_group(
    connection: Connection, book: Book, known: Catalogue, stripes: Sequence[int], day: date
) -> Group:
    """Closes a day on some stripes in one transaction; loans that fail are logged."""
    begun = _ticks()
    closed = await close_day(connection, Closing(book, stripes, day, microseconds(), _ticks), known)
    for key, error in closed.set_aside.items():
        log.error(
            "loan_set_aside",
            loan=id_text(*key),
            business_date=day.isoformat(),
            reason=told(error),
            exc_info=error,
        )
    aside = len(closed.set_aside)
    return Group(stripes, _ticks() - begun, closed.done, closed.resets_waiting, aside)


class DayClose:
    """One day's close by some workers, each of which closes a group of stripes at a time."""

    def __init__(self, stripes: Sequence[int], day: date) -> None:
        self._day, self._waiting, self._size = day, deque(stripes), 1
        self._told: asyncio.Queue[Group | None] = asyncio.Queue()

    async def closed(self, workers: Sequence[Run]) -> AsyncGenerator[Group, None]:
        """Each group as it commits; raises what a worker raised, and then stops them all."""
        tasks = [asyncio.create_task(self._work(run)) for run in workers]
        running = len(tasks)
        try:
            while running:
                found = await self._told.get()
                if found:
                    yield found
                else:
                    running -= 1
            for task in tasks:
                task.result()
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _work(self, run: Run) -> None:
        try:
            while self._waiting:
                count = min(self._size, len(self._waiting))
                group = await run([self._waiting.popleft() for _ in range(count)], self._day)
                wanted = count * TARGET_MICROS // max(group.micros, 1)
                self._size = max(1, min(wanted, 2 * self._size, _MOST))
                self._told.put_nowait(group)
        except BaseException:
            self._waiting.clear()
            raise
        finally:
            self._told.put_nowait(None)


def _ticks() -> int:
    return time.perf_counter_ns() // 1000
