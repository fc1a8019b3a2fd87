"""The checks that an auditor and an operator have, and what they say of an altered book."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ledger.audit.checkpoint import open_note
from ledger.audit.merkle import verify_consistency
from ledger.audit.verify import verify_export
from ledger.errors import LedgerError
from loanledger import LoanLedgerError
from tests.server.desk import Desk
from tests.tampering.honest import Kept

_EVENT = re.compile(r"events/([0-9]{3}-[0-9]+)")


@dataclass
class Told:
    """What each check that found something says first, with the first event that it names."""

    by: dict[str, str] = field(default_factory=dict)
    events: dict[str, str] = field(default_factory=dict)

    def add(self, check: str, words: str, event: str = "") -> None:
        """Notes what a check found."""
        self.by.setdefault(check, words)
        if event:
            self.events.setdefault(check, event)

    def first(self, struck: str = "") -> str:
        """The event that was struck, where a check names it first; else the first of any check."""
        named = [*self.events.values(), ""]
        return struck if struck and struck in named else named[0]


def examined(desk: Desk, kept: Kept) -> Told:
    """All checks in turn; a check that is refused has found something as well."""
    told = Told()
    for name, check in CHECKS.items():
        try:
            for words, event in check(desk, kept):
                told.add(name, words, event)
        except (LoanLedgerError, LedgerError) as error:
            found = _EVENT.search(error.message)
            told.add(name, error.message, f"1{found[1]}" if found else "")
    return told


def _export(desk: Desk, kept: Kept) -> Iterator[tuple[str, str]]:
    """A new export, offline, against the checkpoint and the leaf hashes that were kept."""
    data = b"".join(part.chunk for part in desk.client.audit.export_history())
    point = kept.checkpoint
    lines = data.splitlines(keepends=True)
    report = verify_export(lines, point.note, point.verifier_key, hashes=kept.hashes)
    last = len(kept.names)
    for found in sorted(report.findings, key=lambda f: last if f.leaf is None else f.leaf):
        at = last if found.leaf is None else found.leaf
        yield found.problem, found.event or (kept.names[at] if at < last else "")
    if report.events < last:
        yield "the history is shorter than it was", kept.names[report.events]


def _checkpoint(desk: Desk, kept: Kept) -> Iterator[tuple[str, str]]:
    """The checkpoint that was kept is still known, and the history of today continues it."""
    audit, point = desk.client.audit, kept.checkpoint
    if audit.get_checkpoint(size=point.size) != point:
        yield "the checkpoint of that size is another one", ""
    new = audit.create_checkpoint()
    proof = audit.get_consistency_proof(old_size=point.size, new_size=new.size)
    now = open_note(new.note, point.verifier_key)
    if not verify_consistency(point.size, point.root, now.size, now.root, list(proof.path)):
        yield "the history of today does not continue it", ""


def _full(desk: Desk, kept: Kept) -> Iterator[tuple[str, str]]:
    """`loanledger ledger verify`."""
    for step in desk.client.ledger.verify_ledger():
        for one in step.found:
            named = _EVENT.search(one.resource)
            words = f"{one.resource}: {one.figure}: {one.stored} for {one.computed}"
            yield words, f"1{named[1]}" if named else ""


def _tie_out(desk: Desk, kept: Kept) -> Iterator[tuple[str, str]]:
    if not desk.tied():
        yield "the books do not tie", ""


CHECKS = {
    "checkpoint": _checkpoint,
    "export": _export,
    "full check": _full,
    "tie-out": _tie_out,
}
