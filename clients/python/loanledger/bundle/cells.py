"""How a row's values stand in CSV and in Parquet."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final

from ledger.audit.tables import (
    DATE,
    DECIMAL,
    INTEGER,
    JSON,
    TEXT,
    TIMESTAMP,
    Row,
    Table,
    moment,
)

#: A spreadsheet takes a cell that begins so for a formula; an apostrophe in front keeps it text.
RISKY: Final = frozenset("=+-@\t\r'")
Cells = Callable[[Row], list[Any]]


def csv_cells(table: Table) -> Cells:
    """Gives a row of the table as the texts of a CSV line; no value is an empty cell."""
    return _each([_TEXTS[column.kind] for column in table.columns])


def parquet_values(table: Table) -> Cells:
    """Gives a row as Parquet gives it back: dates, times and decimals as such."""
    return _each([_VALUES[column.kind] for column in table.columns])


def shielded(text: str) -> str:
    """A text as a cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in RISKY else text


def read_text(cell: str) -> str:
    """The text that a cell of a text column stands for."""
    return cell.removeprefix("'")


def _each(converters: list[Callable[[Any], Any]]) -> Cells:
    def converted(row: Row) -> list[Any]:
        return [convert(value) for convert, value in zip(converters, row, strict=True)]

    return converted


def _text(value: str | None) -> str:
    return "" if value is None else shielded(value)


def _plain(value: str | int | None) -> str:
    return "" if value is None else str(value)


@lru_cache(maxsize=64)
def _time(value: int) -> str:
    return f"{moment(value):%Y-%m-%dT%H:%M:%S.%f}Z"


@lru_cache(maxsize=4096)
def _date(text: str) -> date:
    return date.fromisoformat(text)


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _same(value: Any) -> Any:
    return value


_TEXTS: Mapping[str, Callable[[Any], str]] = {
    TEXT: _text,
    JSON: _text,
    INTEGER: _plain,
    DECIMAL: _plain,
    DATE: _plain,
    TIMESTAMP: _time,
}
_VALUES: Mapping[str, Callable[[Any], Any]] = {
    TEXT: _same,
    JSON: _same,
    INTEGER: _same,
    DECIMAL: _decimal,
    DATE: _date,
    TIMESTAMP: moment,
}
