"""The history export: JSON Lines whose event lines are the very bytes that the leaf hash covers.

`docs/audit-format.md` gives the format for whoever writes a verifier in another language.
"""

from __future__ import annotations

from base64 import b64encode
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, Final

import orjson

from ledger.audit.canonical import NotCanonical, encode, is_plain, leaf_hash

FORMAT: Final = "loanledger.export"
FORMAT_VERSION: Final = 1
LEAVES_PER_LINE: Final = 4096

#: One loan's line of a bulk event: loan, component, amount in minor units.
BulkLine = tuple[str, str, int]

_MANIFEST: dict[str, type] = {
    "book": str,
    "checkpoint": str,
    "created_by": str,
    "filters": dict,
    "format": str,
    "origin": str,
    "size": int,
    "version": int,
}


@dataclass(frozen=True, slots=True)
class Manifest:
    """The first line: what is exported, by whom, and the checkpoint note that it should fit."""

    book: str
    origin: str
    size: int
    created_by: str
    checkpoint: str
    filters: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Totals:
    """Adds up an export while it streams; call `add_line` for each line in order, control last."""

    events: int = 0
    entries: int = 0
    debit: Counter[str] = field(default_factory=Counter)
    credit: Counter[str] = field(default_factory=Counter)
    _digest: Any = field(default_factory=sha256)

    def add_line(self, line: bytes) -> None:
        """Counts a line, newline included, into the digest."""
        self._digest.update(line)

    def add_event(self, entries: Sequence[Sequence[Any]]) -> None:
        """Counts an event's entries, given as the arrays of its canonical form."""
        self.events += 1
        self.entries += len(entries)
        debit, credit = self.debit, self.credit
        for _, _, _, side, currency, amount, _, _, _ in entries:
            if side == "D":
                debit[currency] += amount
            else:
                credit[currency] += amount

    def add_events(self, events: int, entries: int, turnover: Counter[str]) -> None:
        """Counts events that balance, by what they debit, and credit, in each currency."""
        self.events += events
        self.entries += entries
        self.debit.update(turnover)
        self.credit.update(turnover)

    def control_line(self) -> bytes:
        """The last line; totals are strings, since they may pass 2**53."""
        control = {
            "credit": {currency: str(total) for currency, total in self.credit.items()},
            "debit": {currency: str(total) for currency, total in self.debit.items()},
            "entries": self.entries,
            "events": self.events,
            "sha256": self._digest.hexdigest(),
        }
        return _line({"control": control})


def manifest_line(manifest: Manifest) -> bytes:
    """Line one."""
    return _line(
        {
            "book": manifest.book,
            "checkpoint": manifest.checkpoint,
            "created_by": manifest.created_by,
            "filters": manifest.filters,
            "format": FORMAT,
            "origin": manifest.origin,
            "size": manifest.size,
            "version": FORMAT_VERSION,
        }
    )


def event_line(canonical: bytes) -> bytes:
    """An event: its canonical bytes and nothing else."""
    return canonical + b"\n"


def lines_line(stripe: int, number: int, lines: Sequence[BulkLine] | None) -> bytes:
    """The per-loan lines of the bulk event in the line before; None where they are archived."""
    return _line({"lines": lines, "of": (stripe, number)})


def leaves_line(leaves: Iterable[bytes]) -> bytes:
    """The leaf hashes of the events since the last such line, so that a changed one has a name."""
    return _line({"leaves": b64encode(b"".join(leaves)).decode()})


def export_lines(
    manifest: Manifest, events: Iterable[tuple[bytes, Sequence[BulkLine] | None]]
) -> Iterator[bytes]:
    """A whole export from events in leaf order: canonical bytes, and a bulk event's lines."""
    totals = Totals()
    for line in _body(manifest, events, totals):
        totals.add_line(line)
        yield line
    yield totals.control_line()


def parse_manifest(line: bytes) -> Manifest:
    """Reads line one; NotCanonical when it is no manifest of this version."""
    try:
        values = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        raise NotCanonical("line one is not JSON") from error
    if not isinstance(values, dict) or {k: type(v) for k, v in values.items()} != _MANIFEST:
        raise NotCanonical("line one is not the manifest of an export")
    if (values.pop("format"), values.pop("version")) != (FORMAT, FORMAT_VERSION):
        raise NotCanonical("line one names another format or version")
    manifest = Manifest(**values)
    if not is_plain(manifest.filters) or manifest_line(manifest) != line:
        raise NotCanonical("line one is not canonical JSON")
    return manifest


def _body(
    manifest: Manifest,
    events: Iterable[tuple[bytes, Sequence[BulkLine] | None]],
    totals: Totals,
) -> Iterator[bytes]:
    leaves: list[bytes] = []
    yield manifest_line(manifest)
    for canonical, lines in events:
        event = orjson.loads(canonical)
        totals.add_event(event["entries"])
        yield event_line(canonical)
        if lines is not None:
            yield lines_line(event["stripe"], event["number"], lines)
        leaves.append(leaf_hash(canonical))
        if len(leaves) == LEAVES_PER_LINE:
            yield leaves_line(leaves)
            leaves.clear()
    if leaves:
        yield leaves_line(leaves)


def _line(value: object) -> bytes:
    return encode(value) + b"\n"
