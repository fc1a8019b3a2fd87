"""The kinds of events that are evidence of controls are the same in all three places."""

from __future__ import annotations

import re
from pathlib import Path

from ledger.audit.controls import KINDS
from ledger.store import controls

MIGRATION = Path(__file__).resolve().parents[2] / "migrations" / "0032_compliance.sql"


def test_what_is_asked_for_by_index_is_what_counts_as_evidence() -> None:
    [indexed] = re.findall(r"where kind in \(([^)]*)\)", MIGRATION.read_text(encoding="utf-8"))
    for text in (indexed, controls.KINDS):
        assert re.findall(r"'(\w+)'", text) == sorted(KINDS)
