"""How a row's values stand in CSV and in Parquet."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from ledger.audit.tables import DATE, DECIMAL, JSON, TEXT, TIMESTAMP, Column, Row, Table, moment

#: A spreadsheet takes a cell that begins so for a formula; an apostrophe in front keeps it text.
RISKY = ("=", "+", "-", "@", "\t", "\r", "'")


def csv_cells(table: Table, row: Row) -> list[str]:
    """A row as the texts of a CSV line; no value is an empty cell."""
    return [_text(column, value) for column, value in zip(table.columns, row, strict=True)]


def shielded(text: str) -> str:
    """A text as a cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(RISKY) else text


def read_text(cell: str) -> str:
    """The text that a cell of a text column stands for."""
    return cell.removeprefix("'")


def parquet_values(table: Table, row: Row) -> list[Any]:
    """A row as Parquet gives it back: dates, times and decimals as such."""
    return [_value(column, value) for column, value in zip(table.columns, row, strict=True)]


def _text(column: Column, value: Any) -> str:
    if value is None:
        return ""
    if column.kind in (TEXT, JSON):
        return shielded(value)
    if column.kind == TIMESTAMP:
        return f"{moment(value):%Y-%m-%dT%H:%M:%S.%f}Z"
    return str(value)


def _value(column: Column, value: Any) -> Any:
    if value is None:
        return None
    if column.kind == DATE:
        return _date(value)
    if column.kind == TIMESTAMP:
        return moment(value)
    return Decimal(value) if column.kind == DECIMAL else value


@lru_cache(maxsize=4096)
def _date(text: str) -> date:
    return date.fromisoformat(text)
