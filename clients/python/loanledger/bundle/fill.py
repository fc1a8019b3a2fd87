"""From the events of an export into the sinks of all tables: the same to write and to check."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from importlib.metadata import version
from typing import Any

from ledger.audit.ads import AuditDataStandard
from ledger.audit.export import Manifest
from ledger.audit.stream import Item
from ledger.audit.tables import Row
from ledger.audit.tabulate import Facts, Tabulator
from ledger.money import EXPONENTS
from loanledger.bundle.layout import FORMAT, PARQUET, VERSION, Spot
from loanledger.bundle.parquet import version as pyarrow_version
from loanledger.bundle.sinks import Sink

Catalogue = Callable[[list[str]], Mapping[str, Facts]]
Sinks = Mapping[Spot, Sink]


def fill(stream: Iterable[Item], book: str, sinks: Sinks, catalogue: Catalogue) -> Tabulator:
    """Sends each row to the sinks of its table and closes them; gives the totals.

    `catalogue` is asked for the accounts that no event declared.
    """
    by_name: dict[str, list[Sink]] = {}
    for spot, sink in sinks.items():
        by_name.setdefault(spot.table.name, []).append(sink)

    def emit(name: str, row: Row) -> None:
        for sink in by_name.get(name, ()):
            sink.write(row)

    standard = AuditDataStandard(book, emit)

    def emit_both(name: str, row: Row) -> None:
        emit(name, row)
        standard.take(name, row)

    tabulator = Tabulator(emit_both)
    for item in stream:
        tabulator.add(item)
    undeclared = tabulator.undeclared()
    tabulator.finish(catalogue(undeclared) if undeclared else {})
    standard.finish()
    for sink in sinks.values():
        sink.close()
    return tabulator


def described(
    export: Manifest, formats: Iterable[str], done: Tabulator, sinks: Sinks
) -> dict[str, Any]:
    """The manifest of a bundle but for its list of files. Nothing in it depends on the clock."""
    forms, span = sorted(formats), done.span or ("", "")
    made = {"product": "loanledger", "version": version("loanledger")}
    if PARQUET in forms:
        made["parquet"] = f"pyarrow {pyarrow_version()}"
    return {
        "format": FORMAT,
        "version": VERSION,
        "book": export.book,
        "operator": export.created_by,
        "made_with": made,
        "query": "AuditService.ExportHistory",
        "parameters": {"as_of": export.size, "formats": forms},
        "position": {
            "origin": export.origin,
            "size": export.size,
            "root": export.checkpoint.split("\n")[2],
            "checkpoint": export.checkpoint,
            "first_posting_date": span[0],
            "last_posting_date": span[1],
        },
        "rows": {spot.table.name: sink.rows for spot, sink in sinks.items()},
        "control_totals": {
            currency: {
                "debit": str(done.debit[currency]),
                "credit": str(done.credit[currency]),
                "unit": f"10^-{EXPONENTS[currency]} {currency}",
            }
            for currency in sorted(done.debit | done.credit)
        },
    }


def json_bytes(value: object) -> bytes:
    """JSON for people and programs: sorted, indented, UTF-8."""
    text = json.dumps(value, indent=2, sort_keys=True, ensure_ascii=False)
    return text.encode() + b"\n"
