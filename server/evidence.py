"""Whether a restored database is the book that was acknowledged: the full-book check, and proofs.

A checkpoint holds where the restored events themselves, encoded and hashed anew, have the root that
was signed. What the restored tree and its stored hashes say is not taken for granted.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from ledger.audit.canonical import canonical_bytes, leaf_hash
from ledger.audit.checkpoint import Checkpoint, open_note
from ledger.audit.merkle import Frontier
from ledger.names import event_text
from ledger.store import events, seals, stripes
from ledger.store.rows import DAMAGED, Connection
from ledger.store.stripes import Book
from server.backup import BackupError
from server.database import Database
from server.services.verification import FullCheck

CHUNK = 2000
Key = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A checkpoint, and where it comes from."""

    source: str
    checkpoint: Checkpoint

    @property
    def book(self) -> str:
        """The book's code, of the origin `loanledger/<code>`."""
        return self.checkpoint.origin.rpartition("/")[2]


def evidence(source: str, note: str, key: str) -> Evidence:
    """A checkpoint from its note, whose signature is checked where there is a key."""
    body, _, _ = note.rpartition("\n\n")
    return Evidence(source, open_note(note, key) if key else Checkpoint.parse(f"{body}\n"))


async def require(dsn: str, wanted: Sequence[Evidence]) -> list[str]:
    """Checks every book; a line on each, or BackupError with what is missing or wrong."""
    database, told = Database(dsn, role=""), []
    await database.open()
    try:
        async with database.reading() as connection:
            books = await stripes.list_books(connection)
        for one in wanted:
            if one.book not in {book.code for book in books}:
                raise BackupError(f"the checkpoint of {one.source} is of no restored book")
        for book in books:
            told.append(await _book(database, book, [w for w in wanted if w.book == book.code]))
    except DAMAGED as error:
        raise BackupError(
            f"the restored storage is damaged: {str(error).splitlines()[0]}"
        ) from error
    finally:
        await database.close()
    return told


async def _book(database: Database, book: Book, wanted: Sequence[Evidence]) -> str:
    history = _History({one.checkpoint.size for one in wanted})
    async with database.reading() as connection:
        async for key, leaf, kept, booked_at in _leaves(connection, book):
            if leaf != kept:
                raise BackupError(f"event {event_text(*key)} is not what it was when recorded")
            history.add(key, leaf, booked_at)
    for one in sorted(wanted, key=lambda one: one.checkpoint.size):
        history.require(one)
    loans, found = 0, list[str]()
    async for step in FullCheck(database, book).run():
        loans = step.loans_done
        found += [f"{d.resource or f'stripe {d.stripe}'} {d.figure}" for d in step.found]
    if found:
        shown = "; ".join(found[:5])
        raise BackupError(f"the full-book check found {len(found)} differences: {shown}")
    return (
        f"book {book.code}: {history.size:,} events, the last one {history.last};"
        f" checkpoints that hold: {len(wanted)}; {loans:,} loans checked, no difference"
    )


class _History:
    """The tree over the events, with its roots at the sizes that somebody holds."""

    def __init__(self, sizes: set[int]) -> None:
        self._frontier, self._sizes = Frontier(), sizes
        self._roots = {0: Frontier().root()}
        self._last: tuple[Key, int] | None = None

    @property
    def size(self) -> int:
        """How many events there are."""
        return self._frontier.size

    @property
    def last(self) -> str:
        """The newest event, and when it was booked."""
        if self._last is None:
            return "none"
        key, micros = self._last
        moment = datetime.fromtimestamp(micros / 1_000_000, UTC)
        return f"{event_text(*key)}, booked at {moment.isoformat(timespec='milliseconds')}"

    def add(self, key: Key, leaf: bytes, booked_at: int) -> None:
        """One event more."""
        self._frontier, _ = self._frontier.append(leaf)
        self._last = max(self._last or (key, booked_at), (key, booked_at), key=lambda one: one[1])
        if self.size in self._sizes:
            self._roots[self.size] = self._frontier.root()

    def require(self, one: Evidence) -> None:
        """BackupError unless the checkpoint's events are there, as they were."""
        size, source = one.checkpoint.size, one.source
        if size > self.size:
            raise BackupError(
                f"the restored book {one.book} has {self.size:,} events; the checkpoint of {source}"
                f" covers {size:,}: {size - self.size:,} events that were acknowledged are missing;"
                f" the last one that is there is {self.last}"
            )
        if self._roots[size] != one.checkpoint.root:
            raise BackupError(
                f"the first {size:,} events of the restored book {one.book} are not those that the"
                f" checkpoint of {source} covers: it is another history"
            )


async def _leaves(
    connection: Connection, book: Book
) -> AsyncIterator[tuple[Key, bytes, bytes, int]]:
    """(event, its hash computed anew, the hash kept, when it was booked), in the tree's order.

    After the sealed ones come the others, in the order in which they will be sealed.
    """
    index = 0
    while sealed := await seals.events_from(connection, book.number, index, CHUNK):
        if sealed[0][0] != index or sealed[-1][0] != index + len(sealed) - 1:
            raise BackupError(f"book {book.code} has a gap in its tree after leaf {index}")
        async for found in _read(connection, book, [key for _, key in sealed]):
            yield found
        index += len(sealed)
    lag = await seals.lag(connection, book.number)
    rest = [(s, n) for s, n, _ in await seals.unsealed(connection, book.number, lag)]
    for begin in range(0, len(rest), CHUNK):
        async for found in _read(connection, book, rest[begin : begin + CHUNK]):
            yield found


async def _read(
    connection: Connection, book: Book, keys: Sequence[Key]
) -> AsyncIterator[tuple[Key, bytes, bytes, int]]:
    found = await events.read(connection, book.code, keys)
    for key in keys:
        if key not in found:
            raise BackupError(f"event {event_text(*key)} is missing")
        record, kept = found[key]
        yield key, leaf_hash(canonical_bytes(record)), kept, record.booked_at
