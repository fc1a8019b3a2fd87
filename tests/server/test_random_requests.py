"""Requests put together at random from what hurts: whatever the answer, it is one that we chose."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from google.protobuf.descriptor import Descriptor, FieldDescriptor
from google.protobuf.message import Message
from google.protobuf.message_factory import GetMessageClass

from tests.server.bad import METHODS, Stock, send
from tests.server.desk import BOOK

ROUNDS = 60
CHOSEN = {
    "INVALID_ARGUMENT",
    "NOT_FOUND",
    "ALREADY_EXISTS",
    "FAILED_PRECONDITION",
}
INTEGERS = (0, 1, -1, 2, 3, 12, 15, 28, 31, 600, 2024, 9999, 10**9, 2**31 - 1, -(2**31))
LONGS = (*INTEGERS, 10**15, 2**63 - 1, -(2**63))
TEXTS = (
    "", "x", "CNY", "EUR", "cny", "0.06", "NaN", "1e9", "1001", "4001", "1303P", "\x00", "\u202e",
    "%", "'", "{}", "plain", "new-code", "R-1", "2024-01",
    "MDAwMDAwMDAwMDAwMDAwMDoxOjI=", "吴" * 600,
)  # fmt: skip
NAMES = ("books/other", f"{BOOK}/products/plain", f"{BOOK}/products/plain/versions/1",
         f"{BOOK}/accounts/1001", f"{BOOK}/periods/2024-02", f"{BOOK}/periods/9999-12",
         f"{BOOK}/loans/000-000000000000", f"{BOOK}/events/000-1",
         f"{BOOK}/rateIndexes/LPR-1Y")  # fmt: skip


def _text(chance: Random, stock: Stock, name: str) -> str:
    if name == "parent" and chance.random() < 0.8:
        return BOOK
    if name == "request_id" and chance.random() < 0.9:
        return f"random-{chance.getrandbits(64)}"
    ours = (stock.applied, stock.approved, stock.active, stock.repaid, stock.written_off)
    known = (*ours, stock.closed, stock.party, stock.journal, stock.disbursement)
    return chance.choice((*known, *NAMES) if chance.random() < 0.5 else TEXTS)


def _value(chance: Random, stock: Stock, field: FieldDescriptor, depth: int) -> Any:
    kind = field.type
    if kind == FieldDescriptor.TYPE_MESSAGE:
        return _message(chance, stock, field.message_type, depth + 1)
    if kind == FieldDescriptor.TYPE_STRING:
        return _text(chance, stock, field.name)
    if kind == FieldDescriptor.TYPE_BYTES:
        return chance.randbytes(8)
    if kind == FieldDescriptor.TYPE_BOOL:
        return chance.random() < 0.5
    if kind == FieldDescriptor.TYPE_INT64:
        return chance.choice(LONGS)
    if kind == FieldDescriptor.TYPE_ENUM:
        return chance.choice((0, 1, 2, 3, 4, 5, 99, -1))
    return chance.choice(INTEGERS)


def _put(chance: Random, stock: Stock, held: Any, entry: Descriptor, depth: int) -> None:
    """An entry of a map, whose values are texts or messages."""
    key, kind = chance.choice(("fund_source", "x")), entry.fields_by_name["value"].message_type
    if kind:
        held[key].CopyFrom(_message(chance, stock, kind, depth + 1))
    else:
        held[key] = chance.choice(TEXTS)


def _message(chance: Random, stock: Stock, kind: Descriptor, depth: int = 0) -> Message:
    made = GetMessageClass(kind)()
    if kind.full_name == "google.type.Money" and chance.random() < 0.7:
        made.currency_code = chance.choice(("CNY", "EUR"))  # type: ignore[attr-defined]
        made.units = chance.choice((1, 5, 1200, 10**13))  # type: ignore[attr-defined]
        return made
    if kind.full_name == "google.type.Date" and chance.random() < 0.7:
        made.year, made.month = 2024, chance.choice((1, 2, 3))  # type: ignore[attr-defined]
        made.day = chance.choice((1, 10, 15, 29))  # type: ignore[attr-defined]
        return made
    for field in kind.fields:
        if depth > 3 or chance.random() < 0.25:
            continue
        if field.is_repeated and field.message_type and field.message_type.GetOptions().map_entry:
            _put(chance, stock, getattr(made, field.name), field.message_type, depth)
        elif field.is_repeated:
            values = [_value(chance, stock, field, depth) for _ in range(chance.choice((1, 2, 4)))]
            getattr(made, field.name).extend(values)
        elif field.type == FieldDescriptor.TYPE_MESSAGE:
            getattr(made, field.name).CopyFrom(_value(chance, stock, field, depth))
        else:
            setattr(made, field.name, _value(chance, stock, field, depth))
    return made


@pytest.mark.parametrize("method", METHODS, ids=lambda method: method.full_name)
def test_no_request_surprises_the_server(stock: Stock, method: Any) -> None:
    chance = Random(method.full_name)
    path = f"/{method.containing_service.full_name}/{method.name}"
    for _ in range(ROUNDS):
        request = _message(chance, stock, method.input_type)
        error = send(stock.desk, path, request.SerializeToString())
        assert error is None or error.code.name in CHOSEN, (error, request)


def test_the_book_still_ties_after_all_that(stock: Stock) -> None:
    assert stock.desk.tied()
