"""Positions from a file: JSON lines, or CSV for simple ones; all that cannot be read is told."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from google.protobuf import json_format
from google.protobuf.descriptor import Descriptor
from google.protobuf.message import Message
from google.type import money_pb2

from loanledger import names
from loanledger.cli.inputs import csv_rows, decimal_text_of_percent, enum_of, money_of
from loanledger.money import date_of, decimal_, minor, of_minor
from loanledger.v1 import loan_service_pb2 as pb

#: A CSV's columns; `fee` becomes a charge that was due on the cut-over date.
REQUIRED = ("reference", "party", "start", "amount", "annual_rate", "instalments")
OPTIONAL = (
    *("product", "first_due", "disbursed", "principal", "interest", "penalty", "fee", "credit"),
    *("deferred_fees", "written_off", "stage", "current_rate", "instalment", "interest_exact"),
)
BATCH = 200


@dataclass(frozen=True, slots=True)
class Reading:
    """How a file is read: its book, the currency of plain amounts, and the cut-over date."""

    book: str
    currency: str
    cut_over: str


@dataclass(frozen=True, slots=True)
class Line:
    """A position and the line of the file that it came from."""

    number: int
    position: pb.Position


def read(path: Path, how: Reading) -> list[Line]:
    """All positions of a file; ValueError names every line that cannot be read."""
    text = path.read_bytes().decode("utf-8-sig")
    rows = _csv_rows(text, path, how) if path.suffix.lower() == ".csv" else _json_rows(text)
    found, wrong = list[Line](), list[str]()
    for number, read_row in rows:
        try:
            found.append(Line(number, position_of(read_row(), how)))
        except (ValueError, TypeError) as error:
            wrong.append(f"{path}:{number}: {error}")
    if wrong:
        raise ValueError("\n".join(wrong))
    if not found:
        raise ValueError(f"{path}: there is no position in it")
    return found


def position_of(row: Mapping[str, Any], how: Reading) -> pb.Position:
    """A position from plain values: amounts, dates and rates as people write them."""
    found: pb.Position = message_of(row, pb.Position, how.currency)
    if found.party:
        found.party = names.full(how.book, "parties", found.party)
    if found.product:
        found.product = product_of(how.book, found.product)
    return found


def product_of(book: str, text: str) -> str:
    """A product's full name; `CODE@3` is a version."""
    return text if text.startswith("books/") else names.product(book, text)


def message_of(row: Mapping[str, Any], kind: type[Any], currency: str) -> Any:
    """A message from plain values."""
    try:
        return json_format.ParseDict(_plain(row, kind.DESCRIPTOR, currency), kind())
    except json_format.ParseError as error:
        raise ValueError(str(error)) from None


def request_id(base: str | None, number: int) -> str | None:
    """The id of a run of a file, where one is given; a loan is known by its reference anyway."""
    if base is None:
        return None
    return uuid.uuid5(uuid.NAMESPACE_OID, f"loanledger:import:{base}:{number}").hex


def batches(lines: list[Line]) -> Iterator[list[Line]]:
    """The lines in slices that one run takes."""
    for start in range(0, len(lines), BATCH):
        yield lines[start : start + BATCH]


def _json_rows(text: str) -> Iterator[tuple[int, Any]]:
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield number, lambda line=line: rows_of(line)


def rows_of(line: str) -> Mapping[str, Any]:
    """One JSON object, with its decimals as they are written."""
    found = json.loads(line, parse_float=str)
    if not isinstance(found, dict):
        raise ValueError("a line is one JSON object")
    return found


def _csv_rows(text: str, path: Path, how: Reading) -> Iterator[tuple[int, Any]]:
    for number, row in csv_rows(text, path, REQUIRED, OPTIONAL):
        yield number, lambda row=row: _from_csv(row, how)


def _from_csv(row: dict[str | None, Any], how: Reading) -> Mapping[str, Any]:
    if None in row:
        raise ValueError("there are more cells than columns")
    found = {str(name): cell.strip() for name, cell in row.items() if cell and cell.strip()}
    fee = found.pop("fee", None)
    if fee is None:
        return found
    return {**found, "charges": [{"due": how.cut_over, "amount": fee}]}


def _plain(row: Any, kind: Descriptor, currency: str) -> Any:
    """Plain values in the form that the contract's JSON has."""
    if not isinstance(row, Mapping):
        raise ValueError(f"{kind.name} must be an object, not {row!r}")
    found = {}
    for name, value in row.items():
        field = kind.fields_by_name.get(name)
        if field is None:
            raise ValueError(f"{name!r} is no field of {kind.name}")
        found[name] = value
        if value is None or value == "":
            del found[name]
        elif field.enum_type is not None and not isinstance(value, int):
            prefix = field.enum_type.values_by_number[0].name.removesuffix("_UNSPECIFIED")
            found[name] = value if str(value).startswith(prefix) else enum_of(prefix, str(value))
        elif field.message_type is not None:
            many = value if field.is_repeated else [value]
            try:
                made = [_value(field.message_type, each, currency) for each in many]
            except ValueError as error:
                raise ValueError(f"{name}: {error}") from None
            found[name] = made if field.is_repeated else made[0]
    return found


def _value(kind: Descriptor, value: Any, currency: str) -> Any:
    """An amount, a date or a rate as text, or a message in the contract's own form."""
    simple: Callable[[], Message] | None = {
        "google.type.Money": lambda: money_of(str(value), currency),
        "google.type.Date": lambda: date_of(str(value)),
        "google.type.Decimal": lambda: decimal_(_rate(str(value))),
    }.get(kind.full_name)
    if isinstance(value, Mapping):
        return value if simple else _plain(value, kind, currency)
    if simple is None:
        raise ValueError(f"must be an object, not {value!r}")
    return json_format.MessageToDict(simple(), preserving_proto_field_name=True)


def _rate(text: str) -> str:
    return decimal_text_of_percent(text[:-1]) if text.endswith("%") else text


def totals_sum(found: Iterable[pb.PositionTotals]) -> pb.PositionTotals:
    """Totals of several runs together."""
    whole = pb.PositionTotals()
    for each in found:
        for field, value in each.ListFields():
            if field.message_type is None:
                whole.loans += value
            else:
                _add(getattr(whole, field.name), value)
    return whole


def _add(whole: money_pb2.Money, more: money_pb2.Money) -> None:
    whole.CopyFrom(of_minor(minor(whole) + minor(more), more.currency_code))
