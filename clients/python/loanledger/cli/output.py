"""Messages as tables and as JSON. Cells are plain text: nothing that a server sends is markup."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, TypeVar

from google.protobuf import descriptor
from google.protobuf.json_format import MessageToDict
from google.protobuf.message import Message
from google.type import money_pb2
from rich import box
from rich.console import Console, RenderableType
from rich.table import Table

from loanledger.money import format_money, to_date
from loanledger.names import short

M = TypeVar("M", bound=Message)
WIDE = 220
_RIGHT = frozenset({"google.type.Money", "google.type.Decimal"})
_NUMBERS = frozenset(
    {descriptor.FieldDescriptor.CPPTYPE_INT32, descriptor.FieldDescriptor.CPPTYPE_INT64}
)


def console(stream: Any = None) -> Console:
    """Plain text to a terminal's width; wide where the output goes to a file or a pipe."""
    out = stream or sys.stdout
    width = None if out.isatty() else WIDE
    return Console(file=out, width=width, markup=False, emoji=False, highlight=False)


def complain(text: str) -> None:
    """An error: one line on stderr, and a line for each violation."""
    console(sys.stderr).print(f"error: {text}", soft_wrap=True)


def note(text: str) -> None:
    """A remark for people, kept out of what a pipe gets."""
    console(sys.stderr).print(text, soft_wrap=True)


def to_json(data: Message | dict[str, Any], indent: int | None = 2) -> str:
    """Protobuf JSON with the contract's field names, all fields present, keys sorted."""
    return json.dumps(as_data(data), indent=indent, sort_keys=True, ensure_ascii=False)


def print_json(data: Message | dict[str, Any], indent: int | None = 2) -> None:
    """JSON to stdout."""
    sys.stdout.write(to_json(data, indent) + "\n")


def print_views(views: Iterable[RenderableType]) -> None:
    """Tables to stdout."""
    out = console()
    for view in views:
        out.print(view, soft_wrap=isinstance(view, str))


def as_data(data: Any) -> Any:
    """A message as JSON has it; other data as they are."""
    if not isinstance(data, Message):
        return data
    return MessageToDict(
        data, preserving_proto_field_name=True, always_print_fields_with_no_presence=True
    )


def text_of(value: Any, field: descriptor.FieldDescriptor | None = None) -> str:
    """A value as people read it: amounts with separators, ISO dates, enums in lower case."""
    if isinstance(value, Message):
        return _message_text(value)
    if field is not None and field.enum_type is not None:
        return enum_text(field.enum_type, value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, bytes):
        return value.hex()
    return short(value) if isinstance(value, str) and value.startswith("books/") else str(value)


def _message_text(value: Any) -> str:
    match value.DESCRIPTOR.full_name:
        case "google.type.Money":
            return format_money(value)
        case "google.type.Date":
            day = to_date(value)
            return day.isoformat() if day else ""
        case "google.type.Decimal":
            return str(value.value)
        case "google.protobuf.Timestamp":
            return str(value.ToJsonString()) if value.ByteSize() else ""
        case "loanledger.v1.NamedAmount":
            return f"{value.name} {format_money(value.amount)}"
        case "loanledger.v1.Workpaper":
            return f"{value.title} {value.sha256}"
    return to_json(value, None) if value.ByteSize() else ""


def enum_text(kind: descriptor.EnumDescriptor, number: int) -> str:
    """A value in lower case; its number where a newer server gives one that is not known here."""
    known = kind.values_by_number.get(number)
    if known is None or number == 0:
        return "" if number == 0 else str(number)
    prefix = kind.values_by_number[0].name.removesuffix("UNSPECIFIED")
    return known.name.removeprefix(prefix).lower()


def _follow(message: Any, path: str) -> tuple[Any, descriptor.FieldDescriptor]:
    *outer, last = path.split(".")
    for part in outer:
        message = getattr(message, part)
    return getattr(message, last), message.DESCRIPTOR.fields_by_name[last]


def field_text(message: Message, path: str) -> str:
    """A field of a message, such as `balance.principal`, as people read it."""
    return text_of(*_follow(message, path))


def _is_right(kind: Any, path: str) -> bool:
    *outer, last = path.split(".")
    for part in outer:
        kind = kind.fields_by_name[part].message_type
    field = kind.fields_by_name[last]
    if field.message_type is not None:
        return field.message_type.full_name in _RIGHT
    return field.cpp_type in _NUMBERS


def grid(title: str, columns: Sequence[tuple[str, bool]], rows: Iterable[Sequence[str]]) -> Table:
    """A table of text; a column is its header and whether it is aligned to the right."""
    table = Table(title=title or None, title_justify="left", box=box.SIMPLE_HEAD)
    for header, right in columns:
        table.add_column(header, justify="right" if right else "left", no_wrap=right)
    for row in rows:
        table.add_row(*row)
    return table


def table(
    title: str, kind: type[Message], messages: Iterable[Message], paths: Sequence[str]
) -> Table:
    """Messages as rows; a path such as `balance.principal` is a column, `Owed=balance` named so."""
    named = [path.rpartition("=")[::2] for path in paths]
    columns = [(header or _words(path), _is_right(kind.DESCRIPTOR, path)) for header, path in named]
    rows = ([_cell(*_follow(message, path)) for _, path in named] for message in messages)
    return grid(title, columns, rows)


def record(title: str, message: Message) -> Table:
    """One message, a line a field; nested fields are flattened and empty ones left out."""
    return facts(title, _lines(message))


def without(message: M, *fields: str) -> M:
    """A message without fields that are shown in another way."""
    copy = type(message)()
    copy.CopyFrom(message)
    for field in fields:
        copy.ClearField(field)
    return copy


def facts(title: str, lines: Iterable[tuple[str, str]]) -> Table:
    """Labels and values."""
    table = Table(title=title or None, title_justify="left", box=None, show_header=False)
    table.add_column(style="bold", no_wrap=True)
    table.add_column(overflow="fold")
    for label, text in lines:
        table.add_row(label, text)
    return table


def _lines(message: Message, prefix: str = "") -> Iterable[tuple[str, str]]:
    for field, value in message.ListFields():
        label = prefix + _words(field.name)
        if field.is_repeated:
            yield label, _many(field, value)
        elif field.message_type is None or not _is_ours(field.message_type):
            yield label, text_of(value, field)
        else:
            yield from _lines(value, f"{label} ")


def _cell(value: Any, field: descriptor.FieldDescriptor) -> str:
    return _many(field, value) if field.is_repeated else text_of(value, field)


def _many(field: descriptor.FieldDescriptor, value: Any) -> str:
    if isinstance(value, dict) or hasattr(value, "items"):
        return ", ".join(f"{key}={value[key]}" for key in sorted(value))
    return ", ".join(text_of(item, field) for item in value)


def _is_ours(kind: descriptor.Descriptor) -> bool:
    return kind.full_name.startswith("loanledger.")


def _words(path: str) -> str:
    return path.replace("_", " ").replace(".", " ")


def debit_credit(
    title: str,
    headers: Sequence[str],
    rows: Iterable[tuple[Sequence[str], money_pb2.Money | None, money_pb2.Money | None]],
    totals: Iterable[tuple[str, Decimal, Decimal]],
) -> Table:
    """Rows of text with a debit and a credit column, and a totals row for each currency."""
    columns = [(header, False) for header in headers]
    table = grid(title, [*columns, ("debit", True), ("credit", True)], [])
    for cells, debit, credit in rows:
        table.add_row(*cells, *(format_money(m) if m is not None else "" for m in (debit, credit)))
    table.add_section()
    for currency, debits, credits_ in totals:
        amounts = [f"{currency} {total:,f}" for total in (debits, credits_)]
        table.add_row("total", *[""] * (len(headers) - 1), *amounts, style="bold")
    return table
