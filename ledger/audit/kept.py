"""The checkpoints of a history, each on a line, and the check of all of them against its events.

One pass beside the events, in memory that grows with neither: both are in order of size.
"""

from __future__ import annotations

import binascii
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import orjson

from ledger.audit.canonical import NotCanonical, encode, leaf_hash
from ledger.audit.checkpoint import (
    BadSignature,
    Checkpoint,
    MalformedNote,
    VerifierKey,
    open_note,
)
from ledger.audit.merkle import Frontier
from ledger.audit.timestamps import Authority, BadTimestamp, require_after

#: Says what is wrong with the checkpoint of a size, or with a line.
Tell = Callable[[str, str], None]
_KEYS: Final = ["note", "sealed_at", "size", "timestamp"]


@dataclass(frozen=True, slots=True)
class Kept:
    """A checkpoint as the operator keeps it.

    `sealed_at` is in microseconds since 1970, 0 where it is not known; nobody signs it.
    `timestamp` is an RFC 3161 response over the note, or empty.
    """

    size: int
    note: str
    sealed_at: int = 0
    timestamp: bytes = b""

    def line(self) -> bytes:
        """Its line, with the newline."""
        stamp = b64encode(self.timestamp).decode()
        values = [self.note, self.sealed_at, self.size, stamp]
        return encode(dict(zip(_KEYS, values, strict=True))) + b"\n"


def parse_kept(line: bytes) -> Kept:
    """Reads a line; NotCanonical where it is none."""
    try:
        found = orjson.loads(line)
        told = [found[key] for key in _KEYS] if isinstance(found, dict) else []
        if [*map(type, told)] != [str, int, int, str] or encode(found) + b"\n" != line:
            raise NotCanonical("it is no line of a checkpoint")
        return Kept(found["size"], found["note"], found["sealed_at"], _bytes(found["timestamp"]))
    except (orjson.JSONDecodeError, KeyError, binascii.Error) as error:
        raise NotCanonical(f"it is no line of a checkpoint: {error}") from None


class Roll:
    """Calls the checkpoints of a list one by one while the events pass by, and compares roots.

    With an authority their time stamps are checked as well; `moment` is the latest that holds.
    """

    def __init__(
        self,
        lines: Iterable[bytes],
        keys: Sequence[VerifierKey],
        origin: str,
        tell: Tell,
        authority: Authority | None = None,
    ) -> None:
        self._lines, self._keys, self._origin, self._tell = iter(lines), keys, origin, tell
        self._authority, self._recorded = authority, 0
        self.moment = 0
        self._frontier, self._row, self._last = Frontier(), 0, -1
        self._sizes: list[int] = []
        self._count = self._stamped = 0
        self._next = self._called()
        self._compare()

    def take(self, canonical: bytes, booked_at: int) -> None:
        """The next event of the history, and when it was recorded."""
        self._recorded = max(self._recorded, booked_at)
        self._frontier, _ = self._frontier.append(leaf_hash(canonical))
        self._compare()

    def finish(self) -> dict[str, Any]:
        """After the last event; what the list holds, in figures."""
        size = self._frontier.size
        while self._next is not None:
            self._tell(f"size {self._next.size}", f"it covers more than the {size} events")
            self._next = self._called()
        if self._last != size:
            self._tell("", f"the checkpoint of all {size} events is not in it")
        if self._authority and not self._stamped:
            self._tell("", "no checkpoint has a time stamp")
        return {
            "count": self._count,
            "first": self._sizes[0] if self._sizes else 0,
            "last": max(self._last, 0),
            "timestamps": self._stamped,
        }

    def _called(self) -> Kept | None:
        """The next checkpoint whose line can be read and stands in order."""
        for line in self._lines:
            self._row += 1
            try:
                kept = parse_kept(line)
            except NotCanonical as error:
                self._tell(f"line {self._row}", error.message)
                continue
            self._count += 1
            self._stamped += bool(kept.timestamp)
            if kept.size <= self._last:
                self._tell(f"line {self._row}", "it does not stand in order of size, once")
                continue
            self._sizes = self._sizes or [kept.size]
            self._last = kept.size
            return kept
        return None

    def _compare(self) -> None:
        while self._next is not None and self._next.size <= self._frontier.size:
            kept, place = self._next, f"size {self._next.size}"
            point = self._opened(kept.note, place)
            if point is not None and point.size != kept.size:
                self._tell(place, f"its note is of {point.size} events")
            elif point is not None and point.origin != self._origin:
                self._tell(place, f"its note is of another log, {point.origin}")
            elif point is not None and point.root != self._frontier.root():
                self._tell(place, f"the first {kept.size} events do not have its root")
            if self._authority and kept.timestamp:
                self._check_stamp(self._authority, kept, place)
            self._next = self._called()

    def _check_stamp(self, authority: Authority, kept: Kept, place: str) -> None:
        try:
            moment = authority.moment(kept.note, kept.timestamp)
            require_after(moment, self._recorded)
            self.moment = max(self.moment, moment)
        except BadTimestamp as error:
            self._tell(place, error.message)

    def _opened(self, note: str, place: str) -> Checkpoint | None:
        """The checkpoint in a note that one of the keys signed."""
        refused = "no key is given"
        for key in self._keys:
            try:
                return open_note(note, key)
            except (BadSignature, MalformedNote) as error:
                refused = error.message
        self._tell(place, f"its note is refused: {refused}")
        return None


def _bytes(text: str) -> bytes:
    return b64decode(text, validate=True)
