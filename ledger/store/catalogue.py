"""What changes rarely and is read always: accounts, products, indexes, calendars, policies."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

import orjson

from ledger.book.chart import Account, AccountType, Part
from ledger.calc.authority import ApprovalPolicy
from ledger.calc.policy import Policy
from ledger.calc.rules import Rulebook
from ledger.loan.codec import terms_from, terms_object
from ledger.loan.terms import Terms
from ledger.store import calendars, policies, rates
from ledger.store.calendars import OwnCalendar
from ledger.store.rates import RateIndex
from ledger.store.rows import Connection, Writes, fetch, put


@dataclass(frozen=True, slots=True)
class Product:
    """A published version of a product; without `effective_from` it was effective at once."""

    code: str
    version: int
    title: str
    terms: Terms
    booked_at: int
    title_zh: str = ""
    effective_from: date | None = None


async def accounts(connection: Connection, book: int) -> list[Account]:
    """The chart, by code."""
    rows = await fetch(
        connection,
        "select code, title, title_zh, type, control from ledger.account where book = %s"
        ' order by code collate "C"',
        (book,),
    )
    return [
        Account(row[0], row[1], row[2], AccountType(row[3]), Part(row[4]) if row[4] else None)
        for row in rows
    ]


def add_accounts(writes: Writes, book: int, added: Sequence[Account]) -> None:
    """Adds accounts to the chart."""
    put(
        writes,
        "insert into ledger.account (book, code, title, title_zh, type, control) select * from"
        " unnest(%s::int[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[])",
        [
            (
                book,
                a.code,
                a.title,
                a.title_zh,
                a.type.value,
                a.control.value if a.control else None,
            )
            for a in added
        ],
    )


async def products(connection: Connection, book: int) -> list[Product]:
    """All versions of all products."""
    rows = await fetch(
        connection,
        "select code, version, title, terms, booked_at, title_zh, effective_from"
        ' from ledger.product where book = %s order by code collate "C", version',
        (book,),
    )
    return [
        Product(row[0], row[1], row[2], terms_from(orjson.loads(row[3])), *row[4:]) for row in rows
    ]


def add_products(writes: Writes, book: int, added: Sequence[Product]) -> None:
    """Publishes versions; the key refuses a version that exists."""
    put(
        writes,
        "insert into ledger.product (book, code, version, title, terms, booked_at, title_zh,"
        " effective_from) select * from unnest(%s::int[], %s::text[], %s::int[], %s::text[],"
        " %s::text[], %s::bigint[], %s::text[], %s::date[])",
        [
            (
                book,
                p.code,
                p.version,
                p.title,
                orjson.dumps(terms_object(p.terms), option=orjson.OPT_SORT_KEYS).decode(),
                p.booked_at,
                p.title_zh,
                p.effective_from,
            )
            for p in added
        ],
    )


class OfProduct(Protocol):
    """A row that belongs to a product version."""

    @property
    def product(self) -> str:
        """The product's code."""

    @property
    def version(self) -> int:
        """The number of its version."""


@dataclass(slots=True)
class Catalogue:
    """What a book keeps in memory: it only ever grows. Of calendars the latest versions."""

    accounts: dict[str, Account]
    products: dict[tuple[str, int], Product]
    indexes: dict[str, RateIndex] = field(default_factory=dict)
    calendars: dict[str, OwnCalendar] = field(default_factory=dict)
    policies: list[Policy] = field(default_factory=list)
    approvals: list[ApprovalPolicy] = field(default_factory=list)
    rules: list[Rulebook] = field(default_factory=list)

    def covers(self, rows: Iterable[OfProduct]) -> bool:
        """Whether the product versions of all rows are known."""
        return all((row.product, row.version) in self.products for row in rows)

    def latest(self, code: str, day: date | None = None) -> int:
        """The newest version of a product, or the newest effective on a day; 0 for none."""
        found = (p for (name, _), p in self.products.items() if name == code)
        since = (p.version for p in found if not day or (p.effective_from or day) <= day)
        return max(since, default=0)


async def covering(
    connection: Connection, book: int, known: Catalogue, rows: Iterable[OfProduct]
) -> Catalogue:
    """The catalogue, read anew if a row is of a product version that it does not know yet."""
    return known if known.covers(rows) else await load(connection, book)


async def load(connection: Connection, book: int) -> Catalogue:
    """Reads the catalogue."""
    chart = {account.code: account for account in await accounts(connection, book)}
    known = {(p.code, p.version): p for p in await products(connection, book)}
    series = {index.code: index for index in await rates.indexes(connection, book)}
    own = {calendar.code: calendar for calendar in await calendars.versions(connection, book)}
    credit = await policies.CREDIT.versions(connection, book)
    approval = await policies.APPROVAL.versions(connection, book)
    rules = await policies.RULES.versions(connection, book)
    return Catalogue(chart, known, series, own, credit, approval, rules)
