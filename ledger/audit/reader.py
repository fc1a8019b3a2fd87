"""Reads an export line by line and checks what each line must keep; `verify.py` draws the sum."""

from __future__ import annotations

import binascii
import re
from base64 import b64decode
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from ledger.audit.archived import ARCHIVED, NIGHT, Archived
from ledger.audit.canonical import NotCanonical, leaf_hash, parsed
from ledger.audit.export import LEAVES_PER_LINE, Manifest, Totals
from ledger.audit.findings import Findings
from ledger.audit.growth import Growth, Name, differences, name_text
from ledger.audit.history import Stripe, history_problems
from ledger.audit.merkle import HASH_SIZE
from ledger.audit.pieces import EVENT, LINES, Bulk, Piece, content, lines_root

_NUMBER = re.compile(rb'"number":([1-9][0-9]{0,15}),"payload"')
_STRIPE = re.compile(rb'"stripe":([0-9]{1,15}),"subject"')


@dataclass(slots=True)
class _Owed:
    """A bulk event whose per-loan lines must come next.

    `night` is the day of one whose lines may be archived; `shown` tells that an archive has them.
    """

    name: tuple[int, int]
    leaf: int
    lines_root: str
    night: str | None
    shown: bool


class Reader:
    """One pass over the lines; each kind of line has its method, found by how the line begins."""

    def __init__(
        self,
        manifest: Manifest,
        sizes: frozenset[int],
        findings: Findings,
        hashes: Sequence[bytes] | None,
    ) -> None:
        self.manifest, self.findings, self.hashes = manifest, findings, hashes
        self.totals = Totals()
        self.computed = self.listed = Growth(sizes)
        self.count = 0
        self._stripes: dict[int, Stripe] = {}
        self._names: list[Name] = []
        self._leaves: list[bytes] = []
        self._owed: _Owed | None = None
        self._closed = False
        self._archived = Archived(findings)
        self._kinds: tuple[tuple[bytes, Callable[[bytes], None]], ...] = (
            (LINES, self._read_lines),
            (b'{"leaves":', self._read_leaves),
            (b'{"control":', self._read_control),
        )

    def read(self, line: bytes) -> None:
        """Takes the next line after the manifest."""
        if self._closed:
            self.findings.add("", None, "a line follows the control line")
            return
        if not line.endswith(b"\n"):
            self.findings.add("", None, "the last line does not end with a newline")
        if line.startswith(EVENT):
            self.totals.add_line(line)
            self._read_event(line)
            return
        take: Callable[[bytes], None] = self._read_event
        take = next((take for start, take in self._kinds if line.startswith(start)), take)
        if take != self._read_control:
            self.totals.add_line(line)
        take(line)

    def take(self, lines: Sequence[bytes], piece: Piece) -> bool:
        """Takes the next lines by their sum, as if read; False, and nothing, where it cannot be."""
        if self._closed or self._owed or len(self._leaves) + len(piece.leaves) > LEAVES_PER_LINE:
            return False
        before = {name: self._stripe(name) for name in piece.spans}
        if not all(span.goes_on(before[name]) for name, span in piece.spans.items()):
            return False
        for name, span in piece.spans.items():
            span.take_over(before[name])
        self._stripes |= before
        self.totals.add_line(b"".join(lines))
        self.totals.add_events(len(piece.leaves), piece.entries, piece.turnover)
        for step in piece.steps:
            if isinstance(step, Bulk):
                self._take_bulk(step)
            else:
                self._archived.declare(step)
        self._leaves += piece.leaves
        self._names += piece.names
        self.count += len(piece.leaves)
        return True

    def _take_bulk(self, bulk: Bulk) -> None:
        leaf = self.count + bulk.place
        shown = self._archived.fits(bulk.name, leaf, bulk.lines_root)
        if bulk.night is not None:
            self._archived.lack(bulk.name, leaf, bulk.night, shown=shown)

    def _stripe(self, name: int) -> Stripe:
        return self._stripes.get(name) or Stripe(self.manifest.book)

    @property
    def archived(self) -> int:
        """Bulk events whose lines are archived and were not shown."""
        return self._archived.unshown

    def read_archive(self, line: bytes) -> None:
        """Takes a line of an archive file; all of them come before the export's."""
        found = self._content(line, "lines", "of")
        if found is not None:
            self._archived.give(found["of"], lines_root(found["lines"]))

    def finish(self) -> None:
        """What only the end can tell."""
        self._archived.finish()
        if not self._closed:
            self._end_of_events()
            self.findings.add("", None, "the control line is missing")
        if self.count != self.manifest.size:
            text = f"the manifest promises {self.manifest.size} events, there are {self.count}"
            self.findings.add("", None, text)

    def _read_event(self, line: bytes) -> None:
        if self._owed is not None:
            self._settle()
        if len(self._leaves) == LEAVES_PER_LINE:
            self.findings.add("", self.count, "the list of leaf hashes before it is missing")
            self._close_chunk(None)
        canonical = line[:-1]
        self._leaves.append(leaf_hash(canonical))
        self.count += 1
        try:
            event = parsed(canonical)
        except NotCanonical as error:
            self._note_unreadable(line, error.message)
        else:
            self._check(event)

    def _check(self, event: dict[str, Any]) -> None:
        self._names.append((event["stripe"], event["number"]))
        self.totals.add_event(event["entries"])
        stripe = self._stripes[event["stripe"]] = self._stripe(event["stripe"])
        for name, problem in history_problems(event, stripe):
            self.findings.add(name, self.count - 1, problem)
        if event["kind"] == ARCHIVED:
            self._archived.declare(event["payload"])
        if event["lines_root"] is not None:
            key, leaf = (event["stripe"], event["number"]), self.count - 1
            night = event["value_date"] if event["kind"] == NIGHT else None
            shown = self._archived.fits(key, leaf, event["lines_root"])
            self._owed = _Owed(key, leaf, event["lines_root"], night, shown)

    def _note_unreadable(self, line: bytes, problem: str) -> None:
        """Names the event by what of the line can be read, and lets its number count as used."""
        stripe, number = _STRIPE.search(line), _NUMBER.search(line)
        name = (int(stripe[1]), int(number[1])) if stripe and number else None
        self._names.append(name)
        self.totals.events += 1
        self.findings.add(name_text(name), self.count - 1, problem)
        seen = self._stripes.get(name[0]) if name else None
        if name and seen and seen.number + 1 == name[1]:
            seen.number = name[1]

    def _read_lines(self, line: bytes) -> None:
        owed, self._owed = self._owed, None
        found = self._content(line, "lines", "of")
        if found is None:
            return
        if owed is None or found["of"] != list(owed.name):
            name = name_text(self._names[-1] if self._names else None)
            self.findings.add(name, None, "the per-loan lines after it are not its own")
        elif found["lines"] is None and owed.night is not None:
            self._archived.lack(owed.name, owed.leaf, owed.night, shown=owed.shown)
        elif lines_root(found["lines"]) != owed.lines_root:
            text = "its per-loan lines do not have the root that it recorded"
            self.findings.add(name_text(owed.name), owed.leaf, text)

    def _read_leaves(self, line: bytes) -> None:
        self._settle()
        found = self._content(line, "leaves")
        data = _decode(found["leaves"]) if found else None
        if data is None or len(data) % HASH_SIZE or not 0 < len(data) <= 32 * LEAVES_PER_LINE:
            self.findings.add("", None, "a list of leaf hashes cannot be read")
            self._close_chunk(None)
        else:
            self._close_chunk([data[i : i + HASH_SIZE] for i in range(0, len(data), HASH_SIZE)])

    def _read_control(self, line: bytes) -> None:
        self._end_of_events()
        self._closed = True
        if line != self.totals.control_line():
            text = "the control line does not fit the lines before it (totals or digest)"
            self.findings.add("", None, text)

    def _end_of_events(self) -> None:
        self._settle()
        if self._leaves:
            self.findings.add("", self.count, "the list of leaf hashes before it is missing")
            self._close_chunk(None)

    def _close_chunk(self, listed: list[bytes] | None) -> None:
        """Compares the events since the last list with the list, and lets the trees grow."""
        start, leaves = self.listed.frontier.size, self._leaves
        expected = leaves if listed is None else listed
        trusted = list((self.hashes or ())[start : start + len(expected)])
        for known in (expected, trusted + expected[len(trusted) :]):
            for finding in differences(start, self._names, leaves, known):
                self.findings.add(finding.event, finding.leaf, finding.problem)
        same = self.listed is self.computed and expected == leaves
        self.computed = self.computed.extend(leaves)
        self.listed = self.computed if same else self.listed.extend(expected)
        self._leaves, self._names = [], []

    def _settle(self) -> None:
        """A bulk event still without its lines will not get them any more."""
        if self._owed is not None:
            owed, self._owed = self._owed, None
            self.findings.add(name_text(owed.name), owed.leaf, "its per-loan lines are missing")

    def _content(self, line: bytes, *keys: str) -> dict[str, Any] | None:
        found = content(line, *keys)
        if found is None:
            self.findings.add("", None, f"a line of {keys[0]} is not canonical JSON")
        return found


def _decode(text: object) -> bytes | None:
    try:
        return b64decode(text, validate=True) if isinstance(text, str) else None
    except binascii.Error:
        return None
