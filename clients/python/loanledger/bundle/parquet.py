"""Parquet by pyarrow, which only a bundle needs: `pip install 'loanledger[bundle]'`.

The same rows give the same bytes with the same version of pyarrow: fixed row groups, no time stamp.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from ledger.audit.tables import DATE, DECIMAL, INTEGER, JSON, TEXT, TIMESTAMP, Table

#: Rows of a row group, and so of what is held in memory.
ROWS = 16_384
#: Decimals keep three places, enough for every currency.
_PRECISION, _PLACES = 38, 3


def available() -> bool:
    """Whether pyarrow is installed."""
    return find_spec("pyarrow") is not None


def version() -> str:
    """The version of pyarrow, on which the bytes depend."""
    return str(_arrow().__version__)


def _arrow() -> Any:
    return import_module("pyarrow")


def _parquet() -> Any:
    return import_module("pyarrow.parquet")


class Writer:
    """Writes row groups."""

    def __init__(self, table: Table, path: Path) -> None:
        self._arrow, self._schema = _arrow(), _schema(table)
        self._writer = _parquet().ParquetWriter(
            path, self._schema, compression="zstd", version="2.6"
        )

    def write(self, rows: Sequence[Sequence[Any]]) -> None:
        """One row group."""
        arrays = [
            self._arrow.array(column, field.type)
            for column, field in zip(zip(*rows, strict=True), self._schema, strict=True)
        ]
        batch = self._arrow.Table.from_arrays(arrays, schema=self._schema)
        self._writer.write_table(batch, row_group_size=ROWS)

    def close(self) -> None:
        """Writes the footer."""
        self._writer.close()


def rows(table: Table, path: Path, complain: Callable[[str, str], None]) -> Iterator[list[Any]]:
    """The rows of a file, a row group in memory at a time."""
    try:
        with _parquet().ParquetFile(path) as file:
            if file.schema_arrow != _schema(table):
                complain("header", "the columns are not those of the schema")
            for batch in file.iter_batches(ROWS):
                yield from map(list, zip(*(c.to_pylist() for c in batch.columns), strict=True))
    except _arrow().ArrowException as error:
        complain("file", f"it is not readable: {error}")


def _schema(table: Table) -> Any:
    pa = _arrow()
    kinds = {
        TEXT: pa.string(),
        JSON: pa.string(),
        INTEGER: pa.int64(),
        DECIMAL: pa.decimal128(_PRECISION, _PLACES),
        DATE: pa.date32(),
        TIMESTAMP: pa.timestamp("us", "UTC"),
    }
    return pa.schema(
        [pa.field(column.name, kinds[column.kind], column.null) for column in table.columns]
    )
