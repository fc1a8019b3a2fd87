"""What people type, as values of the contract; ValueError says what would be right."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

import typer
from google.protobuf import json_format
from google.protobuf.message import Message
from google.type import date_pb2, decimal_pb2, money_pb2

from loanledger.money import date_of, decimal_, money
from loanledger.v1 import common_pb2, ledger_service_pb2

M = TypeVar("M", bound=Message)
_GROUPED = re.compile(r"-?\d{1,3}(,\d{3})+(\.\d+)?")


def money_of(text: str, currency: str) -> money_pb2.Money:
    """`123.45` in the currency, `CNY 123.45`, or `1,234.56` as the tables show it."""
    code, _, number = text.strip().rpartition(" ")
    number = number.replace(",", "") if _GROUPED.fullmatch(number) else number
    return money(number, code.strip() or currency)


def day(text: str) -> date_pb2.Date:
    """An ISO date for typer."""
    try:
        return date_of(date.fromisoformat(text))
    except ValueError:
        raise typer.BadParameter(f"{text!r} is no date such as 2026-01-31") from None


def rate(text: str) -> decimal_pb2.Decimal:
    """A rate for typer: `0.06`, or `6%`."""
    try:
        if text.endswith("%"):
            return decimal_(decimal_text_of_percent(text[:-1]))
        return decimal_(text)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None


def decimal_text_of_percent(text: str) -> str:
    """`6.25` per cent is `0.0625`."""
    percent = Decimal(decimal_(text).value)
    return f"{percent.scaleb(-2):f}"


def enum_of(prefix: str, text: str | None) -> str | None:
    """`active` becomes `LOAN_STATUS_ACTIVE`."""
    return f"{prefix}_{text.upper().replace('-', '_')}" if text else None


def entries(
    debits: Iterable[str], credits_: Iterable[str], currency: str
) -> list[ledger_service_pb2.Entry]:
    """`1001=100.00` on either side as entries of a journal."""
    return [
        *(_entry(text, common_pb2.SIDE_DEBIT, currency) for text in debits),
        *(_entry(text, common_pb2.SIDE_CREDIT, currency) for text in credits_),
    ]


def _entry(text: str, side: common_pb2.Side, currency: str) -> ledger_service_pb2.Entry:
    account, equals, figure = text.partition("=")
    if not account or not equals:
        raise ValueError(f"{text!r} is no entry such as 1001=100.00")
    return ledger_service_pb2.Entry(account=account, side=side, amount=money_of(figure, currency))


def csv_rows(
    text: str, path: Path, required: Sequence[str], optional: Sequence[str]
) -> Iterator[tuple[int, dict[str | Any, Any]]]:
    """(line, row) of a CSV file; ValueError names columns that are missing or not known."""
    reader = csv.DictReader(io.StringIO(text, newline=""))
    columns = set(reader.fieldnames or ())
    if missing := [name for name in required if name not in columns]:
        raise ValueError(f"{path}: columns missing: {', '.join(missing)}")
    if unknown := sorted(columns - {*required, *optional}):
        raise ValueError(f"{path}: columns not known: {', '.join(unknown)}")
    for row in reader:
        yield reader.line_num, row


def message_file(path: Path, kind: type[M]) -> M:
    """A message from a file of protobuf JSON."""
    return message_text(path.read_text("utf-8"), kind, str(path))


def message_text(text: str, kind: type[M], where: str) -> M:
    """A message from protobuf JSON; ValueError names the place."""
    try:
        return json_format.Parse(text, kind())
    except json_format.ParseError as error:
        raise ValueError(f"{where}: {error}") from None
