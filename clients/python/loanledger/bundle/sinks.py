"""Where the rows of a table go: into a file, or against a file that is there already."""

from __future__ import annotations

import csv
import sys
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from ledger.audit.tables import Row, Table
from loanledger.bundle import parquet
from loanledger.bundle.cells import Cells, csv_cells, parquet_values

#: Says what is wrong in a file: where, and what.
Complain = Callable[[str, str], None]
#: Differences of one file that are told in words; the first ones say enough.
TOLD = 10


class Sink(ABC):
    """Takes the rows of one table in order."""

    def __init__(self, table: Table) -> None:
        self.table, self.rows = table, 0

    def write(self, row: Row) -> None:
        """The next row."""
        self.rows += 1
        self._take(row)

    @abstractmethod
    def _take(self, row: Row) -> None: ...

    @abstractmethod
    def close(self) -> None:
        """After the last row."""


class CsvFile(Sink):
    """A CSV file after RFC 4180, in UTF-8; pipes instead of commas where a standard asks for it."""

    def __init__(self, table: Table, path: Path, delimiter: str = ",") -> None:
        super().__init__(table)
        self._cells = csv_cells(table)
        self._file = path.open("w", encoding="utf-8", newline="")
        self._writer = csv.writer(self._file, delimiter=delimiter)
        self._writer.writerow(column.name for column in table.columns)

    def _take(self, row: Row) -> None:
        self._writer.writerow(self._cells(row))

    def close(self) -> None:
        self._file.close()


class ParquetFile(Sink):
    """A Parquet file in row groups of a fixed number of rows."""

    def __init__(self, table: Table, path: Path) -> None:
        super().__init__(table)
        self._values = parquet_values(table)
        self._group: list[list[Any]] = []
        self._writer = parquet.Writer(table, path)

    def _take(self, row: Row) -> None:
        self._group.append(self._values(row))
        if len(self._group) == parquet.ROWS:
            self._writer.write(self._group)
            self._group.clear()

    def close(self) -> None:
        if self._group:
            self._writer.write(self._group)
        self._writer.close()


class Check(Sink):
    """Compares the rows with those of a file; a difference is told with its row and column."""

    def __init__(
        self,
        table: Table,
        found: Iterator[list[Any]],
        cells: Cells,
        complain: Complain,
    ) -> None:
        super().__init__(table)
        self._found, self._cells, self._complain, self._told = found, cells, complain, 0

    def _take(self, row: Row) -> None:
        found = next(self._found, None)
        if found is None:
            self._tell(row, "is missing")
        elif found != (due := self._cells(row)):
            if len(found) != len(due):
                self._tell(row, f"has {len(found)} cells, not {len(due)}")
            for column, is_, was in zip(self.table.columns, found, due, strict=False):
                if is_ != was:
                    self._tell(
                        row, f"{column.name} is {_shown(is_)}, the history says {_shown(was)}"
                    )

    def close(self) -> None:
        if next(self._found, None) is not None:
            self._complain(f"row {self.rows + 1}", "it is not in the history")

    def _tell(self, row: Row, problem: str) -> None:
        self._told += 1
        if self._told <= TOLD:
            self._complain(f"row {self.rows} ({_name(self.table, row)})", problem)
        elif self._told == TOLD + 1:
            self._complain(f"row {self.rows} and later ones", "there are more differences")


def csv_check(table: Table, path: Path, delimiter: str, complain: Complain) -> Check:
    """The check of a CSV file."""
    return Check(table, _csv_rows(table, path, delimiter, complain), csv_cells(table), complain)


def parquet_check(table: Table, path: Path, complain: Complain) -> Check:
    """The check of a Parquet file."""
    return Check(table, parquet.rows(table, path, complain), parquet_values(table), complain)


def _csv_rows(table: Table, path: Path, delimiter: str, complain: Complain) -> Iterator[list[str]]:
    csv.field_size_limit(sys.maxsize)
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = csv.reader(file, delimiter=delimiter)
            if next(rows, None) != [column.name for column in table.columns]:
                complain("header", "the columns are not those of the schema")
            yield from rows
    except (csv.Error, UnicodeDecodeError) as error:
        complain("file", f"it is not readable: {error}")


def _name(table: Table, row: Row) -> str:
    """What a row is about: the event, or the first two cells."""
    names = [column.name for column in table.columns]
    if "event" in names:
        return f"event {row[names.index('event')]}"
    return ", ".join(str(value) for value in row[:2])


def _shown(value: Any) -> str:
    text = str(value)
    return repr(text if len(text) <= 60 else text[:57] + "...")
