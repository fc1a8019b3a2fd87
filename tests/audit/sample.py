"""A small book's history, its export and its key, for the tests of the audit package."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any

import orjson
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ledger.audit import merkle
from ledger.audit.canonical import Entry, EventRecord, canonical_bytes, leaf_hash, line_bytes
from ledger.audit.checkpoint import Checkpoint, VerifierKey, sign
from ledger.audit.export import BulkLine, Manifest, Totals, export_lines
from ledger.audit.findings import Report
from ledger.audit.verify import verify_export

ORIGIN = "loanledger/main"
PRIVATE_KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
BULK: tuple[BulkLine, ...] = (("L1", "interest", 205), ("L2", "interest", 137), ("L3", "fee", 1))


@dataclass(frozen=True)
class Sample:
    """Events in leaf order, with helpers to export, tamper with and verify them."""

    events: tuple[EventRecord, ...]
    key: str = VerifierKey.of(ORIGIN, PRIVATE_KEY).text()

    def event(self, number: int, stripe: int = 7, **changes: Any) -> EventRecord:
        """A repayment of 123.45 in two entries, with the given fields changed."""
        entries = (
            Entry(1, "2026-03-01", "1001", "D", "CNY", 12345),
            Entry(1, "2026-03-01", "1311", "C", "CNY", 12345, "L1", "principal"),
        )
        event = EventRecord(
            book="main",
            stripe=stripe,
            number=number,
            kind="repayment",
            subject="loans/L1",
            value_date="2026-03-01",
            posting_date="2026-03-02",
            booked_at=1_772_000_000_000_000 + number,
            actor="users/ann",
            reason="",
            approvals=(),
            request_id=f"req-{stripe}-{number}",
            reference="",
            reverses=None,
            payload={"channel": "branch"},
            entries=entries,
        )
        return replace(event, **changes)

    def leaves(self) -> list[bytes]:
        """The leaf hashes in order."""
        return [leaf_hash(canonical_bytes(event)) for event in self.events]

    def note(self, size: int | None = None) -> str:
        """A checkpoint over the first `size` events, signed."""
        leaves = self.leaves()[:size]
        checkpoint = Checkpoint(ORIGIN, len(leaves), merkle.root(leaves))
        return sign(checkpoint, ORIGIN, PRIVATE_KEY)

    def export(self, **manifest: Any) -> list[bytes]:
        """The export's lines."""
        known: dict[str, Any] = {
            "book": "main",
            "origin": ORIGIN,
            "size": len(self.events),
            "created_by": "users/auditor",
            "checkpoint": self.note(),
        }
        pairs = ((canonical_bytes(event), self.bulk(event)) for event in self.events)
        return list(export_lines(Manifest(**known | manifest), pairs))

    @staticmethod
    def bulk(event: EventRecord) -> Sequence[BulkLine] | None:
        """The per-loan lines of a bulk event."""
        return BULK if event.lines_root is not None else None

    def verify(self, lines: Sequence[bytes], **options: Any) -> Report:
        """Verifies with the book's own key; the checkpoint is the one over all events."""
        return verify_export(
            BytesIO(b"".join(lines)), options.pop("note", self.note()), self.key, **options
        )

    @staticmethod
    def tampered(lines: Sequence[bytes], index: int, /, **changes: Any) -> list[bytes]:
        """The export with fields of one line changed, still canonical, and a new control line."""
        line = orjson.dumps(orjson.loads(lines[index]) | changes, option=orjson.OPT_SORT_KEYS)
        return resealed([*lines[:index], line + b"\n", *lines[index + 1 :]])

    @staticmethod
    def resealed(lines: Sequence[bytes]) -> list[bytes]:
        """The lines with a fresh control line, as a careful forger would leave them."""
        return resealed(lines)


def resealed(lines: Sequence[bytes]) -> list[bytes]:
    """The lines with a fresh control line."""
    totals = Totals()
    for line in lines[:-1]:
        totals.add_line(line)
        if line.startswith(b'{"actor":'):
            entries = orjson.loads(line)["entries"]
            totals.add_event([entry for entry in entries if len(entry) == 9])
    return [*lines[:-1], totals.control_line()]


def build() -> Sample:
    """Two stripes; 7-4 reverses 7-2 and 8-2 is a bulk event."""
    make = Sample(()).event
    root = merkle.root([leaf_hash(line_bytes(*line)) for line in BULK]).hex()
    return Sample(
        (
            make(1),
            make(2),
            make(1, stripe=8, kind="approval", entries=(), approvals=("users/bob",)),
            make(3, reason="客户要求", payload={"days": [1, 2], "held": True, "note": None}),
            make(2, stripe=8, kind="accrual", lines_root=root),
            make(4, kind="reversal", reverses=2),
            make(3, stripe=8),
        )
    )


def found(report: Report) -> set[tuple[str, str]]:
    """(event, problem) of each finding."""
    return {(finding.event, finding.problem) for finding in report.findings}


def problems(report: Report) -> str:
    """All problems as one text."""
    return "; ".join(finding.problem for finding in report.findings)


def recorded(*events: EventRecord) -> Report:
    """Verifies a history that the operator itself recorded and signed so."""
    sample = Sample(events)
    return sample.verify(sample.export())
