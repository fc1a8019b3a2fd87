"""The sealer: gives events their place in the Merkle tree and signs checkpoints of it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import psycopg
import structlog
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ledger.audit.checkpoint import Checkpoint, VerifierKey, note_parts, sign
from ledger.audit.merkle import Frontier
from ledger.store import commits, seals
from ledger.store.rows import DAMAGED, Connection
from ledger.store.seals import Sealed
from ledger.store.stripes import Book
from server import metrics
from server.database import Database
from server.errors import Unavailable, first_line, storage_damaged

log = structlog.get_logger()
CHUNK = 5000


class Sealer:
    """Seals on a timer and on demand; only one sealer a book works at a time."""

    def __init__(
        self, database: Database, book: Book, name: str, keys: Sequence[Ed25519PrivateKey]
    ) -> None:
        self._database, self._book = database, book
        self._name, self._keys = name, keys
        self._busy = asyncio.Lock()

    @property
    def origin(self) -> str:
        """The origin line of this book's checkpoints."""
        return f"loanledger/{self._book.code}"

    @property
    def verifier_key(self) -> str:
        """The public key in the form that auditors keep."""
        return VerifierKey.of(self._name, self._keys[0]).text()

    async def run(self, seconds: int) -> None:
        """Seals every so many seconds; a database that is away is tried again later."""
        while True:
            await asyncio.sleep(seconds)
            try:
                await self.seal()
            except DAMAGED as error:
                storage_damaged(error, "seal")
            except (psycopg.Error, Unavailable) as error:
                log.warning("seal_failed", error=first_line(error))

    async def seal(self) -> Sealed:
        """Seals all that is recorded; the signed checkpoint."""
        async with self._busy:
            connection = await self._database.connect()
            try:
                metrics.UNSEALED.set(await seals.lag(connection, self._book.number))
                size = -1
                while True:
                    grown = await self._seal_chunk(connection)
                    if grown == size:
                        await commits.settle(connection)
                        return await self._checkpoint(connection, size)
                    size = grown
            finally:
                await connection.close()

    async def _seal_chunk(self, connection: Connection) -> int:
        """Appends one chunk of leaves and the nodes they complete; the tree's size after it."""
        book = self._book.number
        async with connection.transaction():
            size = await seals.lock_tree(connection, book)
            leaves = await seals.unsealed(connection, book, CHUNK)
            if leaves:
                frontier = await _frontier(connection, book, size)
                _, nodes = frontier.extend([leaf[2] for leaf in leaves])
                await seals.add_leaves(connection, book, size, leaves)
                await seals.add_nodes(connection, book, [n for n in nodes if n[0] > 0])
            return size + len(leaves)

    async def _checkpoint(self, connection: Connection, size: int) -> Sealed:
        book = self._book.number
        found = await seals.checkpoint(connection, book, size)
        if found and self._signed(found.note):
            return found
        root = (await _frontier(connection, book, size)).root()
        note = sign(Checkpoint(self.origin, size, root), self._name, *self._keys)
        if not found:
            await seals.add_checkpoint(connection, book, size, root, note)
            found = await seals.checkpoint(connection, book, size)
        sealed_at = found.sealed_at if found else None
        return Sealed(size, root, note, sealed_at)

    def _signed(self, note: str) -> bool:
        """Whether the present key signed it: a note of before a change of keys is signed anew."""
        own = VerifierKey.of(self._name, self._keys[0])
        return any((own.name, own.key_id) == (name, blob[:4]) for name, blob in note_parts(note)[1])


async def _frontier(connection: Connection, book: int, size: int) -> Frontier:
    """The complete subtrees of the tree's present size, largest first."""
    wanted, begin = [], 0
    for level in range(size.bit_length() - 1, -1, -1):
        if size >> level & 1:
            wanted.append((level, begin >> level))
            begin += 1 << level
    found = await seals.nodes(connection, book, wanted)
    return Frontier(size, tuple(found[key] for key in wanted))
