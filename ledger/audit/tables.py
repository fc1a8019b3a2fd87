"""The tables of an auditor's bundle: what each column is, so that nobody has to ask."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

#: Kinds of columns. A decimal stands in a row as text, a timestamp as microseconds since 1970 UTC.
TEXT, JSON, INTEGER, DECIMAL = "text", "json", "integer", "decimal"
DATE, TIMESTAMP = "date", "timestamp"

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)

Value = str | int | None
Row = tuple[Value, ...]

_MINOR = "minor units of the currency"
_MAJOR = "units of the currency"


@dataclass(frozen=True, slots=True)
class Column:
    """One column; `null` tells that a row may have no value."""

    name: str
    kind: str
    meaning: str
    null: bool = False
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table: what one row is, and its columns in order."""

    name: str
    meaning: str
    columns: tuple[Column, ...]

    def as_object(self) -> dict[str, object]:
        """For `schema.json`."""
        columns = [
            {
                "name": column.name,
                "type": column.kind,
                "null": column.null,
                "unit": column.unit,
                "meaning": column.meaning,
            }
            for column in self.columns
        ]
        return {"meaning": self.meaning, "columns": columns}


_EVENT = Column("event", TEXT, "name of the event: stripe-number")
_LEAF = Column("leaf", INTEGER, "index of the event's leaf in the tree, from 0")
_VALUE = Column("value_date", DATE, "day from which it counts")
_POSTING = Column("posting_date", DATE, "accounting day")
_BOOKED = Column("booked_at", TIMESTAMP, "when the system recorded it", unit="UTC")
_KIND = Column("kind", TEXT, "what happened")
_CURRENCY = Column("currency", TEXT, "ISO 4217 code")
_LOAN = Column("loan", TEXT, "the loan, where it belongs to one", null=True)

EVENTS: Final = Table(
    "events",
    "one event of the history, in leaf order",
    (
        _LEAF,
        _EVENT,
        Column("stripe", INTEGER, "part of the book that the event belongs to"),
        Column("number", INTEGER, "1, 2, 3, … without a gap in its stripe"),
        _KIND,
        Column("subject", TEXT, "what it happened to"),
        _VALUE,
        _POSTING,
        _BOOKED,
        Column("actor", TEXT, "who did it"),
        Column("approvals", JSON, "array: who approved it"),
        Column("reason", TEXT, "why, or empty"),
        Column("reference", TEXT, "the outside reference, or empty"),
        Column("request_id", TEXT, "the caller's id of the request"),
        Column("reverses", TEXT, "name of the event that it undoes", null=True),
        Column("entries", INTEGER, "number of its entries"),
        Column("payload", JSON, "what the kind of event carries; personal data as ciphertext"),
        Column("lines_root", TEXT, "Merkle root over its per-loan lines", null=True),
        Column("leaf_hash", TEXT, "SHA-256(0x00 ‖ canonical bytes), hexadecimal"),
    ),
)

ENTRIES: Final = Table(
    "entries",
    "one debit or credit, in leaf order",
    (
        _EVENT,
        _LEAF,
        Column("journal", INTEGER, "number of the journal in its event"),
        Column("line", INTEGER, "number of the entry in its event, from 1"),
        _VALUE,
        _POSTING,
        _BOOKED,
        _KIND,
        Column("actor", TEXT, "who did it"),
        Column("account", TEXT, "account of the chart"),
        Column("side", TEXT, "D for debit, C for credit"),
        _CURRENCY,
        Column("amount_minor", INTEGER, "the amount, above zero", unit=_MINOR),
        Column("amount", DECIMAL, "the same amount", unit=_MAJOR),
        _LOAN,
        Column("component", TEXT, "the component of the loan, where it has one", null=True),
        Column("cause", TEXT, "name of the event that this journal corrects", null=True),
    ),
)

LINES: Final = Table(
    "loan_lines",
    "one loan's line of a bulk event: an accrual, an ageing or an allowance; archived ones lack",
    (
        _EVENT,
        _LEAF,
        _KIND,
        _VALUE,
        Column("line", INTEGER, "number of the line in its event, from 1"),
        Column("loan", TEXT, "the loan"),
        Column("part", TEXT, "component of an accrual, bucket of an ageing, grade of an allowance"),
        Column("figure", INTEGER, "minor units of an accrual or allowance, days past due"),
    ),
)

ACCOUNTS: Final = Table(
    "accounts",
    "one account that the history declares or moves, by code",
    (
        Column("account", TEXT, "code"),
        Column("title", TEXT, "title"),
        Column("title_zh", TEXT, "title in simplified Chinese"),
        Column("type", TEXT, "asset, liability, equity, income, expense or memo"),
        Column("control", TEXT, "component of all loans that it sums, or empty"),
        Column(
            "source", TEXT, "history: an event declared it; catalogue: the server told it; none"
        ),
        Column("declared_by", TEXT, "name of the event that declared it", null=True),
    ),
)

BALANCES: Final = Table(
    "balances",
    "one account, currency and month of posting, from the account's first month to the last of all",
    (
        Column("account", TEXT, "code"),
        _CURRENCY,
        Column("period", TEXT, "month of posting, YYYY-MM"),
        Column("opening_minor", INTEGER, "debits less credits of earlier months", unit=_MINOR),
        Column("debit_minor", INTEGER, "debits of the month", unit=_MINOR),
        Column("credit_minor", INTEGER, "credits of the month", unit=_MINOR),
        Column("closing_minor", INTEGER, "opening + debits − credits", unit=_MINOR),
        Column("opening", DECIMAL, "the same opening", unit=_MAJOR),
        Column("debit", DECIMAL, "the same debits", unit=_MAJOR),
        Column("credit", DECIMAL, "the same credits", unit=_MAJOR),
        Column("closing", DECIMAL, "the same closing", unit=_MAJOR),
        Column("entries", INTEGER, "entries of the month"),
    ),
)

USERS: Final = Table(
    "users",
    "one actor, or approver, and kind of event, by name",
    (
        Column("user", TEXT, "who: a person, a system, or a job that begins with system:"),
        Column("role", TEXT, "actor or approver"),
        _KIND,
        Column("events", INTEGER, "number of such events"),
        Column("first_event", TEXT, "name of the first"),
        Column("first_booked_at", TIMESTAMP, "when that was recorded", unit="UTC"),
        Column("last_event", TEXT, "name of the last"),
        Column("last_booked_at", TIMESTAMP, "when that was recorded", unit="UTC"),
    ),
)

CONTROLS: Final = Table(
    "controls",
    "one event that is evidence of a general IT control, in leaf order",
    (
        Column("category", TEXT, "role, privileged_access, failed_job, configuration, self_test"),
        _EVENT,
        _LEAF,
        _KIND,
        Column("subject", TEXT, "what it happened to"),
        _BOOKED,
        Column("actor", TEXT, "who did it"),
        Column("approvals", JSON, "array: who approved it"),
        Column("reason", TEXT, "why, or empty"),
        Column("payload", JSON, "what was given, taken, published or set aside"),
    ),
)

TABLES: Final[Mapping[str, Table]] = {
    table.name: table for table in (EVENTS, ENTRIES, LINES, ACCOUNTS, BALANCES, USERS, CONTROLS)
}


def moment(microseconds: int) -> datetime:
    """A timestamp of a row as a time in UTC."""
    return EPOCH + timedelta(microseconds=microseconds)
