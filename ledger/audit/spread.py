"""Spreads the pieces of an export over processes, and gives what they find to the reader in order.

Workers only save time. This process examines a piece itself when they have enough to do, and also
when it is a piece's turn and no worker has answered: what a slow or dead one had is not lost.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Final, Protocol

from ledger.audit.pieces import EVENT, LINES, PIECE_LINES, Piece, examine, pieces
from ledger.audit.reader import Reader

#: Workers start when so many pieces were read, or when the manifest promises as many events.
START: Final = 64
#: Pieces that a worker has at a time: one at work, the others on their way.
EACH: Final = 3

_Found = Future[Piece | None] | Piece | None


class Workers(Protocol):
    """Processes beside this one."""

    @property
    def count(self) -> int:
        """How many they are."""

    def submit(self, lines: Sequence[bytes], book: str) -> Future[Piece | None]:
        """What `examine` finds, or any exception; OSError or RuntimeError if none can be asked."""


def read_all(lines: Iterable[bytes], reader: Reader, workers: Workers | None = None) -> None:
    """Reads all lines after the manifest: what `Reader.read` finds of each, in less time."""
    desk = _Desk(reader, workers)
    for piece in pieces(lines):
        desk.put(piece)
    desk.settle(0)


@dataclass(slots=True)
class _Desk:
    """Pieces in the order of the export, each with what was found, or with who looks for it."""

    reader: Reader
    workers: Workers | None
    _waiting: deque[tuple[list[bytes], _Found]] = field(default_factory=deque)
    _asked: list[Future[Piece | None]] = field(default_factory=list)
    _pieces: int = 0

    def put(self, lines: list[bytes]) -> None:
        """Has the next piece examined, and settles those whose turn it is."""
        found: _Found = None
        if lines[0].startswith((EVENT, LINES)):
            found = self._ask(lines) or self._examine(lines)
        self._waiting.append((lines, found))
        self.settle(2 * EACH * (self.workers.count + 1) if self.workers else 0)

    def settle(self, most: int) -> None:
        """Gives the reader the first pieces, until one is at work and no more than `most` wait."""
        while self._waiting and (len(self._waiting) > most or not _at_work(self._waiting[0][1])):
            lines, found = self._waiting.popleft()
            if isinstance(found, Future):
                found = found.result() if _answered(found) else self._examine(lines)
            if found is None or not self.reader.take(lines, found):
                for line in lines:
                    self.reader.read(line)

    def _examine(self, lines: list[bytes]) -> Piece | None:
        return examine(lines, self.reader.manifest.book)

    def _ask(self, lines: list[bytes]) -> Future[Piece | None] | None:
        """A worker's promise; None where it is better done here."""
        self._pieces += 1
        promised = self.reader.manifest.size // PIECE_LINES
        if self.workers is None or max(self._pieces, promised) < START:
            return None
        self._asked = [future for future in self._asked if not future.done()]
        if len(self._asked) >= EACH * self.workers.count:
            return None
        try:
            future = self.workers.submit(lines, self.reader.manifest.book)
        except (OSError, RuntimeError):  # it died, or cannot be started
            self.workers = None
            return None
        self._asked.append(future)
        return future


def _at_work(found: _Found) -> bool:
    return isinstance(found, Future) and not found.done()


def _answered(future: Future[Piece | None]) -> bool:
    """Whether a worker examined the piece to its end; one that is not begun is taken back."""
    return not future.cancel() and future.done() and future.exception() is None
