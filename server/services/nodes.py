"""Tree nodes for proofs: asked for by a pure function, read from the database in one query."""

from __future__ import annotations

from collections.abc import Callable

from ledger.store import seals
from ledger.store.rows import Connection

GetNode = Callable[[int, int], bytes]
_BLANK = bytes(32)


class Nodes:
    """Runs a proof twice: first to learn which nodes it needs, then with those nodes."""

    def __init__(self, connection: Connection, book: int) -> None:
        self._connection, self._book = connection, book

    async def path(self, proof: Callable[[GetNode], list[bytes]]) -> list[bytes]:
        """The proof's path; O(log n) nodes are read."""
        wanted: list[tuple[int, int]] = []

        def note(level: int, index: int) -> bytes:
            wanted.append((level, index))
            return _BLANK

        proof(note)
        found = await seals.nodes(self._connection, self._book, wanted)
        return proof(lambda level, index: found[level, index])
