"""Old months of accrual lines leave the database for files; their sums and their proofs stay.

A month's files are whole and on the disk before one transaction records the archiving and drops the
month's table. So it may be killed anywhere, and run again.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial
from hashlib import sha256
from pathlib import Path

from ledger.audit.canonical import encode, leaf_hash, line_bytes
from ledger.audit.export import lines_line
from ledger.audit.merkle import root
from ledger.errors import LedgerError
from ledger.lending.archives import archived, payload_of
from ledger.names import SPAN, event_text
from ledger.record import Command, execute
from ledger.store import accruals, archives, catalogue, commits, stripes
from ledger.store.archives import Archive, Month
from ledger.store.rows import Connection
from ledger.store.stripes import Book
from server.clock import microseconds
from server.database import Database
from server.files import digest, sync


class ArchiveError(Exception):
    """Why a month is not archived, in one line."""


@dataclass(frozen=True, slots=True)
class Ask:
    """Months wholly before a day, into a folder, by whom and why."""

    folder: Path
    before: date
    actor: str
    reason: str


@dataclass(frozen=True, slots=True)
class Done:
    """A month of a book in its file."""

    path: Path
    book: Book
    archive: Archive


async def archive(dsn: str, ask: Ask, tell: Callable[[Done], None]) -> None:
    """Archives all months that the day allows, oldest first; none where a period is open.

    The DSN's login owns the tables, as for migrations. Each file is told of when its month is gone.
    """
    connection = await Database(dsn, role="").connect()
    try:
        books = await stripes.list_books(connection)
        months = await archives.months(connection, ask.before)
        await _require_closed(connection, books, months)
        for month in months:
            written = [await _written(connection, book, month, ask) for book in books]
            found = [done for done in written if done]
            await _removed(connection, month, found)
            for done in found:
                tell(done)
    finally:
        await connection.close()


async def _require_closed(
    connection: Connection, books: Sequence[Book], months: Sequence[Month]
) -> None:
    for book in books if months else ():
        closed = min(row.closed_through for row in await stripes.read(connection, book.number))
        if wanted := next((month for month in months if month.until > closed), None):
            raise ArchiveError(
                f"period {wanted.until:%Y-%m} is not closed in book {book.code}, which is closed"
                f" through {closed}; nothing was archived"
            )


async def _written(connection: Connection, book: Book, month: Month, ask: Ask) -> Done | None:
    """Writes a book's lines of a month, each night proven by its root; None where it has none."""
    nights, count = await archives.nights(connection, book.number, month), 0
    if not nights:
        return None
    path = ask.folder / f"accruals-{book.code}-{month.until}.jsonl"
    with _appearing(path) as write:
        for night in nights:
            key = (night.stripe, night.number)
            lines = (await accruals.lines_of(connection, [(*key, night.day)])).get(key, [])
            if root([leaf_hash(line_bytes(*line)) for line in lines]) != night.root:
                raise ArchiveError(
                    f"book {book.code}, event {event_text(*key)}: its lines do not have the root"
                    " that it recorded; nothing of the month was removed"
                )
            write(lines_line(*key, lines))
            count += len(lines)
    days, whole = (month.since, month.until), digest(path)
    return Done(path, book, Archive(book.number, *days, count, whole, ask.actor, ask.reason))


@contextmanager
def _appearing(path: Path) -> Iterator[Callable[[bytes], object]]:
    """Writes a file that has its name only when it is whole and on the disk.

    One that was written before must have the same content.
    """
    part = path.with_name(f"{path.name}.part")
    with part.open("wb") as file:
        yield file.write
        file.flush()
        os.fsync(file.fileno())
    if not path.exists():
        part.rename(path)
    elif digest(path) == digest(part):
        part.unlink()
    else:
        raise ArchiveError(f"{path} is there already, with another content than {part.name}")
    sync(path.parent)


async def _removed(connection: Connection, month: Month, found: Sequence[Done]) -> None:
    """Records, brings the sums forward and drops the month's table, all or nothing."""
    written = sum(done.archive.lines for done in found)
    async with commits.transaction(connection):
        brought = await archives.bring(connection, month)
        if brought != written:
            raise ArchiveError(
                f"there are {brought} lines up to {month.until}, the nights account for {written};"
                " nothing of the month was removed"
            )
        for done in found:
            await _record(connection, done)
            await archives.add(connection, done.archive)
        await archives.drop(connection, month)


async def _record(connection: Connection, done: Done) -> None:
    book = done.book
    command = Command(
        book.number * SPAN,
        f"accruals-archived-{done.archive.until}",
        done.archive.actor,
        "Archive",
        sha256(encode(payload_of(done.archive))).digest(),
        partial(archived, archive=done.archive),
        lambda decision, stamp: b"",
    )
    known = await catalogue.load(connection, book.number)
    (outcome,), _ = await execute(connection, book, known, [command], microseconds(), commit=False)
    if isinstance(outcome, LedgerError):
        raise ArchiveError(outcome.message)
