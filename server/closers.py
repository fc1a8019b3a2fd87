"""Who closes days: processes of their own, so that calls are served meanwhile and cores used."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
from collections.abc import AsyncIterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial

import psycopg
import structlog

from ledger.store import catalogue
from ledger.store.rows import DAMAGED, Connection
from ledger.store.stripes import Book
from server.closing import Group, Run, close_group
from server.database import Database
from server.errors import Unavailable, storage_damaged
from server.logs import configure
from server.parent import bound_to
from server.poster import FAULTS, Shelf

log = structlog.get_logger()
_AWAY = "the database did not answer; run the close again, it goes on where it stopped"


class CloseFailed(Exception):
    """A closing process met a defect; its own log tells which."""


class Closers:
    """Workers for a close: so many processes, or with none the server's own."""

    def __init__(self, database: Database, book: Book, shelf: Shelf, processes: int, level: str):
        self._database, self._book, self._shelf = database, book, shelf
        self._processes, self._level = processes, level
        self._pool: ProcessPoolExecutor | None = None

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[Sequence[Run]]:
        """Workers for as long as the block runs."""
        if self._processes:
            yield [self._elsewhere] * self._processes
            return
        connection = await self._database.connect()
        try:
            yield [partial(self._here, connection)]
        finally:
            await connection.close()

    def stop(self) -> None:
        """Ends the processes after what they are closing."""
        if self._pool:
            self._pool.shutdown(cancel_futures=True)

    def _give_up(self, pool: ProcessPoolExecutor) -> None:
        """Leaves a pool whose processes died, or that has no thread to give them work.

        A pool whose thread could not be started takes work for ever and does none of it.
        """
        if self._pool is pool:
            self._pool = None
            for child in multiprocessing.active_children():
                child.kill()

    async def _here(self, connection: Connection, stripes: Sequence[int], day: date) -> Group:
        return await close_group(connection, self._book, self._shelf.known, stripes, day)

    async def _elsewhere(self, stripes: Sequence[int], day: date) -> Group:
        if self._pool is None:
            self._pool = ProcessPoolExecutor(
                self._processes,
                mp_context=multiprocessing.get_context("spawn"),
                initializer=_begin,
                initargs=(*self._database.address, self._book, self._level, os.getpid()),
            )
        loop, pool = asyncio.get_running_loop(), self._pool
        try:
            found = await loop.run_in_executor(pool, _close, tuple(stripes), day)
        except RuntimeError as error:
            self._give_up(pool)
            raise Unavailable(
                "a closing process ended, or cannot be started now; run the close again, it goes"
                " on where it stopped"
            ) from error
        if found is None:
            raise Unavailable(_AWAY)
        return found


@dataclass(slots=True)
class _Process:
    """What a closing process keeps between groups of stripes."""

    database: Database
    book: Book
    loop: asyncio.AbstractEventLoop
    connection: Connection | None = None
    known: catalogue.Catalogue | None = None

    async def close(self, stripes: Sequence[int], day: date) -> Group:
        """Closes some stripes on the connection of before, or on a new one."""
        if self.connection is None or self.connection.closed:
            self.connection = await self.database.connect()
            await self.database.serve(self.connection, self.book.number)
        if self.known is None:
            self.known = await catalogue.load(self.connection, self.book.number)
        return await close_group(self.connection, self.book, self.known, stripes, day)


_process: list[_Process] = []


def _begin(dsn: str, role: str, book: Book, level: str, parent: int) -> None:
    """Sets a process up; it dies with the server, however that dies."""
    bound_to(parent, signal.SIGKILL)()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    configure(level)
    loop = asyncio.new_event_loop()
    _process[:] = [_Process(Database(dsn, role), book, loop)]


def _close(stripes: Sequence[int], day: date) -> Group | None:
    """What a process does with a group; None where the database is away."""
    (process,) = _process
    try:
        return process.loop.run_until_complete(process.close(stripes, day))
    except DAMAGED as error:
        raise storage_damaged(error, "close") from None
    except (psycopg.OperationalError, psycopg.InterfaceError) as error:
        log.warning("close_interrupted", error=str(error).splitlines()[0])
        process.connection = None
        return None
    except FAULTS as error:
        log.error("close_failed", business_date=day.isoformat(), exc_info=error)
        raise CloseFailed("see the log of the closing process") from None
