"""The files of a bundle: which table stands where, and in which form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from ledger.audit.ads import CHART, GL_DETAIL, SOURCES, TRIAL_BALANCE
from ledger.audit.ads import FILES as STANDARD
from ledger.audit.tables import TABLES, Table

FORMAT: Final = "loanledger.bundle"
VERSION: Final = 1
CSV, PARQUET, ADS = "csv", "parquet", "ads"
#: Files that are no table.
MANIFEST, SCHEMA, HISTORY = "manifest.json", "schema.json", "history.jsonl"
CHECKPOINT, KEY, CATALOGUE = "checkpoint.txt", "checkpoint.txt.vkey", "catalogue.json"
CHECKPOINTS: Final = "checkpoints.jsonl"
OTHERS: Final = (SCHEMA, HISTORY, CHECKPOINT, KEY, CATALOGUE, CHECKPOINTS)
#: What the manifest calls the figures of that list.
ROLL: Final = "checkpoints"

Span = tuple[str, str] | None
#: What the types of the columns are in the two forms.
_TYPES: Final = {
    "text": "CSV: text; one that begins with = + - @ ' tab or carriage return has an apostrophe"
    " in front, to be taken away again. Parquet: string, as it is",
    "json": "as text; canonical JSON (RFC 8785)",
    "integer": "whole number; Parquet: int64",
    "decimal": "with a point and the currency's decimals; Parquet: decimal128(38, 3)",
    "date": "YYYY-MM-DD; Parquet: date32",
    "timestamp": "YYYY-MM-DDThh:mm:ss.ffffffZ; Parquet: timestamp[us, UTC]",
}
_SPANS: Final = {GL_DETAIL.name: 2, TRIAL_BALANCE.name: 2, CHART.name: 1, SOURCES.name: 1}


@dataclass(frozen=True, slots=True)
class Spot:
    """A table in one form."""

    form: str
    table: Table

    def name(self, span: Span = None) -> str:
        """The file's name; those of the Audit Data Standards carry the days that they cover."""
        if self.form != ADS:
            return f"{self.form}/{self.table.name}.{self.form}"
        days = [day.replace("-", "") for day in span or ()][-_SPANS[self.table.name] :]
        return "/".join((ADS, "_".join((self.table.name, *days)) + ".txt"))


def spots(formats: Iterable[str]) -> list[Spot]:
    """All table files of a bundle with these formats."""
    found = [Spot(form, table) for form in formats for table in TABLES.values()]
    return found + [Spot(ADS, table) for table in STANDARD.values()]


def schema() -> Mapping[str, Any]:
    """The content of `schema.json`."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "null": "CSV: an empty cell; Parquet: null",
        "types": _TYPES,
        "tables": {table.name: table.as_object() for table in TABLES.values()},
        "ads": {
            table.name: [column.name for column in table.columns] for table in STANDARD.values()
        },
    }
