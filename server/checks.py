"""Requests to domain values: every field is checked, and all that is wrong is told at once."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from datetime import date as calendar_date
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

from google.protobuf.message import Message
from google.type import date_pb2, decimal_pb2, money_pb2

from ledger.book.journal import Entry
from ledger.errors import InvalidInput, NotFound, Violation
from ledger.money import EXPONENTS, MAX_MINOR, NANOS, SCALES, decimal_text, from_units_nanos
from ledger.names import parse_event, parse_id, parse_journal
from ledger.store.stripes import Book
from loanledger.v1 import common_pb2, ledger_service_pb2

MAX_TEXT = 500
_REQUEST_ID = re.compile(r"[\x21-\x7e]{1,100}\Z")
_BRANCH = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]{0,29}\Z")
_DECIMAL = re.compile(r"-?[0-9]{1,9}(\.[0-9]{1,9})?\Z")
_FORBIDDEN = {"Cc", "Cs", "Cn"}
_BIDI = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
FIRST, LAST = calendar_date(1900, 1, 1), calendar_date(2999, 12, 31)
#: The range of google.protobuf.Timestamp.
FIRST_SECOND, LAST_SECOND = -62_135_596_800, 253_402_300_799
SIDES = {common_pb2.SIDE_DEBIT: "D", common_pb2.SIDE_CREDIT: "C"}
Parse = Callable[[str, int], tuple[int, int] | None]


def _plain(entry: ledger_service_pb2.Entry) -> Entry | None:
    """An entry in which nothing is wrong, at a look; None sends it through all checks."""
    account, amount, side = entry.account, entry.amount, SIDES.get(entry.side)
    code, units, nanos = amount.currency_code, amount.units, amount.nanos
    scale, step = SCALES.get(code, (0, 1))
    minor, rest = units * scale, 0
    if nanos:
        part, rest = divmod(nanos, step)
        minor += part
    sound = scale and side and not rest and 0 <= nanos < NANOS and units >= 0 and account.isascii()
    if not sound or not 0 < minor <= MAX_MINOR or not 1 <= len(account) <= 20:
        return None
    return None if entry.loan or entry.component else Entry(account, str(side), code, minor)


class Checks:
    """Collects violations while a request is read; `done()` raises them together."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.violations: list[Violation] = []

    def add(self, field: str, description: str) -> None:
        """Notes one violation."""
        self.violations.append(Violation(field, description))

    def done(self) -> None:
        """Raises InvalidInput if anything was wrong."""
        if self.violations:
            raise InvalidInput(self.violations)

    def parent(self, value: str, field: str = "parent") -> None:
        """The book that the server keeps; another one is not found."""
        if value != f"books/{self.book.code}":
            if value.startswith("books/"):
                raise NotFound(f"no book {value[:100]!r}", resource=value)
            self.add(field, f"must be books/{self.book.code}")

    def rest(self, value: str, collection: str, field: str) -> str:
        """The part of a resource name after books/{book}/{collection}/; not in another book."""
        head, _, rest = value.partition(f"/{collection}/")
        kind, _, book = head.partition("/")
        if kind == "books" and book and "/" not in book and rest:
            if book == self.book.code:
                return rest
            raise NotFound(f"no book {book[:60]!r}", resource=value[:200])
        self.add(field, f"must be books/{self.book.code}/{collection}/{{id}}")
        return ""

    def month(self, value: str) -> calendar_date:
        """The first day of the month that a period's name ends with."""
        rest, start = self.rest(value, "periods", "name"), calendar_date.min
        with suppress(ValueError):
            start = calendar_date.fromisoformat(f"{rest}-01")
        if not FIRST <= start <= LAST:
            self.add("name", "must end with a month such as 2026-03")
        return start

    def key(self, value: str, collection: str, field: str = "name") -> tuple[int, int]:
        """(stripe, key) of a loan or a party."""
        return self._parsed(value, collection, field, parse_id)

    def event(self, value: str, field: str) -> tuple[int, int]:
        """(stripe, number) of an event."""
        return self._parsed(value, "events", field, parse_event)

    def journal(self, value: str, field: str = "name") -> tuple[int, int, int]:
        """(stripe, number, journal) of a journal."""
        rest = self.rest(value, "journals", field)
        found = parse_journal(rest, self.book.number) if rest else None
        if rest and found is None:
            raise NotFound(f"no journal {rest[:60]!r}", resource=value[:200])
        return found or (0, 0, 0)

    def _parsed(self, value: str, collection: str, field: str, parse: Parse) -> tuple[int, int]:
        rest = self.rest(value, collection, field)
        found = parse(rest, self.book.number) if rest else None
        if rest and (found is None or found[0] % 1000 >= self.book.stripes):
            raise NotFound(f"no {collection} {rest[:60]!r}", resource=value[:200])
        return found or (0, 0)

    def request_id(self, value: str, field: str = "request_id") -> str:
        """AIP-155: required on every mutation, kept for good."""
        if not _REQUEST_ID.fullmatch(value):
            self.add(field, "1 to 100 printable ASCII characters without spaces; a UUID is best")
        return value

    def text(self, value: str, field: str, *, required: bool = False, most: int = MAX_TEXT) -> str:
        """Printable text in NFC; control and direction characters are refused."""
        if not value and not required:
            return value
        if value.isascii() and value.isprintable() and len(value) <= most and value.strip():
            return value
        if len(value) > most:
            self.add(field, f"at most {most} characters, not {len(value)}")
            return ""
        if any(unicodedata.category(c) in _FORBIDDEN or c in _BIDI for c in value):
            self.add(field, "must not hold control or text-direction characters")
        if required and not value.strip():
            self.add(field, "is required")
        return unicodedata.normalize("NFC", value)

    def branch(self, value: str, field: str, bounds: Collection[str] | None = None) -> str:
        """A branch, or none; one of the caller's, where those are bounded to some."""
        if bounds is not None and value not in bounds:
            self.add(
                field, f"must be a branch of your roles: {', '.join(sorted(bounds)) or 'none'}"
            )
        elif value and not _BRANCH.fullmatch(value):
            self.add(field, "1 to 30 letters, digits, dots and hyphens, such as 021-PUDONG")
        return value

    def date(
        self, message: Message, field: str, path: str = "", *, required: bool = False
    ) -> calendar_date | None:
        """A google.type.Date field of a message that stands at `path`; None when unset."""
        if not message.HasField(field):
            if required:
                self.add(path + field, "is required")
            return None
        return self.day(getattr(message, field), path + field)

    def day(self, value: date_pb2.Date, field: str) -> calendar_date | None:
        """A whole calendar date between 1900 and 2999."""
        try:
            found = calendar_date(value.year, value.month, value.day)
        except ValueError:
            self.add(field, "must be a whole calendar date: year, month and day")
            return None
        if not FIRST <= found <= LAST:
            self.add(field, f"must lie between {FIRST} and {LAST}")
            return None
        return found

    def moment(self, message: Message, field: str) -> int | None:
        """A timestamp field in microseconds since the epoch; None when unset."""
        if not message.HasField(field):
            return None
        given = getattr(message, field)
        if not (FIRST_SECOND <= given.seconds <= LAST_SECOND and 0 <= given.nanos < 10**9):
            self.add(field, "must be a timestamp of the years 1 to 9999")
            return None
        return int(given.seconds * 1_000_000 + given.nanos // 1000)

    def money(
        self, value: money_pb2.Money, field: str, *, zero: bool = False, currency: str = ""
    ) -> tuple[str, int]:
        """(currency, minor units): known currency, no finer than its minor unit, in range."""
        code = value.currency_code
        if code not in EXPONENTS:
            self.add(f"{field}.currency_code", f"{code[:10]!r} is not an ISO 4217 currency in use")
            return "", 0
        if currency and code != currency:
            self.add(f"{field}.currency_code", f"must be {currency}")
            return code, 0
        try:
            minor = from_units_nanos(value.units, value.nanos, code)
        except ValueError as error:
            self.add(field, str(error))
            return code, 0
        if minor < 0 or (minor == 0 and not zero):
            self.add(field, "must be zero or more" if zero else "must be greater than zero")
        elif minor > MAX_MINOR:
            self.add(field, f"at most {decimal_text(MAX_MINOR, code)} {code}")
        return code, minor

    def amount(self, message: Message, field: str, *, required: bool = True) -> tuple[str, int]:
        """A money field of a message; ("", 0) when unset and not required."""
        if not message.HasField(field):
            if required:
                self.add(field, "is required")
            return "", 0
        return self.money(getattr(message, field), field)

    def rate(
        self, value: decimal_pb2.Decimal, field: str, most: int = 10, *, least: int = 0
    ) -> Fraction:
        """A rate or a share as a decimal, 0.06 for six per cent; from `least` to `most`."""
        if not _DECIMAL.fullmatch(value.value):
            self.add(field, "must be a plain decimal such as 0.06 (six per cent)")
            return Fraction(0)
        try:
            found = Fraction(Decimal(value.value))
        except InvalidOperation:
            self.add(field, "must be a decimal")
            return Fraction(0)
        if not least <= found <= most:
            self.add(field, f"must lie between {least} and {most} (1 is a hundred per cent)")
        return found

    def rate_or_none(self, message: Message, field: str) -> Fraction:
        """A rate that may be left to the product; zero when unset."""
        given = message.HasField(field)
        return self.rate(getattr(message, field), field) if given else Fraction(0)

    def amounts(self, given: Iterable[money_pb2.Money], field: str) -> dict[str, int]:
        """Minor units by currency, one amount each; nothing is an amount as well."""
        found: dict[str, int] = {}
        for index, amount in enumerate(given):
            currency, minor = self.money(amount, f"{field}[{index}]", zero=True)
            if currency in found:
                self.add(f"{field}[{index}]", f"{currency} is there already")
            found[currency] = minor
        return found

    def integer(self, value: int, field: str, least: int, most: int) -> int:
        """A whole number in a range."""
        if not least <= value <= most:
            self.add(field, f"must lie between {least} and {most}")
        return value

    def choice(
        self, owner: Message, field: str, kind: Any, prefix: str, path: str, default: str = ""
    ) -> str:
        """The domain's name of an enum value; unset and unknown numbers are violations."""
        names = {number: name for name, number in kind.items()}
        value = getattr(owner, field)
        if not value or value not in names:
            choices = ", ".join(name for number, name in names.items() if number)
            self.add(path + field, f"must be one of {choices}")
            return default
        return str(names[value].removeprefix(prefix).lower())

    def option(
        self, owner: Message, field: str, kind: Any, prefix: str, path: str, default: str
    ) -> str:
        """The same where it may be left at a default."""
        if not getattr(owner, field):
            return default
        return self.choice(owner, field, kind, prefix, path, default)

    def entries(self, found: Iterable[ledger_service_pb2.Entry]) -> tuple[Entry, ...]:
        """Journal entries as asked for; accounts are looked up later, under the locks."""
        entries: list[Entry] = []
        for index, entry in enumerate(found):
            plain = _plain(entry)
            if plain:
                entries.append(plain)
                continue
            path = f"entries[{index}]"
            if not 1 <= len(entry.account) <= 20 or not entry.account.isascii():
                self.add(f"{path}.account", "must be an account code such as 1001")
            side = SIDES.get(entry.side)
            if side is None:
                self.add(f"{path}.side", "must be SIDE_DEBIT or SIDE_CREDIT")
            if entry.loan or entry.component:
                self.add(path, "loan and component are set by the ledger, not by the caller")
            currency, minor = self.money(entry.amount, f"{path}.amount")
            entries.append(Entry(entry.account, side or "D", currency, minor))
        return tuple(entries)
