"""Bugs in the reading of an export by pieces, which must be no laxer than line by line."""

from __future__ import annotations

from tests.mutants.mutant import Mutant

_SPREAD = ("tests/audit/test_spread.py",)

MUTANTS = (
    Mutant(
        "an export's piece does not know what was reversed before it",
        "ledger/audit/pieces.py",
        "            and self.reversed.isdisjoint(stripe.reversed)\n",
        "",
        _SPREAD,
    ),
    Mutant(
        "a journal of a plain event need not balance",
        "ledger/audit/plain.py",
        "                if rest or (code is not None and currency != code):\n",
        "                if code is not None and currency != code:\n",
        ("tests/audit/test_plain.py",),
    ),
    Mutant(
        "an export's pieces may come between two lists of leaf hashes without end",
        "ledger/audit/reader.py",
        "if self._closed or self._owed or len(self._leaves) + len(piece.leaves) > LEAVES_PER_LINE:",
        "if self._closed or self._owed:",
        _SPREAD,
    ),
    Mutant(
        "a piece of an export that is not plainly right is passed over",
        "ledger/audit/spread.py",
        "if found is None or not self.reader.take(lines, found):",
        "if found is not None and not self.reader.take(lines, found):",
        _SPREAD,
    ),
    Mutant(
        "a piece of an export need not be canonical",
        "ledger/audit/pieces.py",
        "            if encode(event) != canonical:\n",
        "            if False:\n",
        ("tests/audit/test_forged_exports.py",),
    ),
)
