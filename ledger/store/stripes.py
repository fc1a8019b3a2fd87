"""Books and stripes: the one row that a posting locks."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import LiteralString

from ledger.store.rows import Connection, Query, Writes, array, ask, fetch, put


@dataclass(frozen=True, slots=True)
class Book:
    """A lender's book: its number, code, functional currency and how many stripes it has."""

    number: int
    code: str
    lender: str
    currency: str
    stripes: int


@dataclass(slots=True)
class Stripe:
    """A locked stripe; the counters move on while a batch is decided.

    `approval_policy` and `rulebook` are the newest versions there are, so that nobody decides by
    older ones.
    """

    stripe: int
    last_number: int
    last_booked_at: int
    business_date: date
    opened: date
    closed_through: date
    approval_policy: int
    rulebook: int


async def find_book(connection: Connection, code: str) -> Book | None:
    """The book of a code."""
    rows = await fetch(
        connection,
        "select book, code, lender, currency, stripes from ledger.books() where code = %s",
        (code,),
    )
    return Book(*rows[0]) if rows else None


async def list_books(connection: Connection) -> list[Book]:
    """All books, by number."""
    rows = await fetch(
        connection, "select book, code, lender, currency, stripes from ledger.books() order by book"
    )
    return [Book(*row) for row in rows]


async def add_book(connection: Connection, book: Book, opened: date, before: date) -> None:
    """A new book with all its stripes; `before` is the day before the first open period."""
    await connection.execute(
        "insert into ledger.book (book, code, lender, currency, stripes)"
        " values (%s, %s, %s, %s, %s)",
        (book.number, book.code, book.lender, book.currency, book.stripes),
    )
    await connection.execute("insert into ledger.tree (book, size) values (%s, 0)", (book.number,))
    await connection.execute(
        "insert into ledger.stripe (stripe, book, business_date, opened, closed_through)"
        " select %s * 1000 + n, %s, %s, %s, %s from generate_series(0, %s - 1) as n",
        (book.number, book.number, opened, opened, before, book.stripes),
    )


_LOCKING: LiteralString = (
    "select stripe, last_number, last_booked_at, business_date, opened, closed_through,"
    " approval_policy, rulebook from ledger.stripe"
    " where stripe = any(%s::int[]) order by stripe for update"
)


def locking(stripes: Iterable[int]) -> Query[dict[int, Stripe]]:
    """Locks stripes in sorted order, so that two batches never wait for each other in a ring."""
    return Query(
        _LOCKING,
        (array(sorted(stripes)),),
        lambda rows: {row[0]: Stripe(*row) for row in rows},
    )


def locking_free(stripes: Iterable[int]) -> Query[dict[int, Stripe]]:
    """Locks those stripes that nobody else holds, and waits for none."""
    return replace(locking(stripes), statement=f"{_LOCKING} skip locked")


def acquiring(
    stripes: Collection[int], patience: Collection[int] | None
) -> list[Query[dict[int, Stripe]]]:
    """The locks of a batch, of which the last tells what it holds.

    Who waits for some stripes only waits for them first and holds nothing meanwhile.
    """
    if patience is None:
        return [locking(stripes)]
    return [*([locking(patience)] if patience else []), locking_free(stripes)]


async def free(connection: Connection, stripes: Iterable[int]) -> set[int]:
    """Those of the stripes that nobody holds at this moment."""
    found = await ask(connection, locking_free(stripes))
    return set(found)


async def lock(connection: Connection, stripes: Sequence[int]) -> dict[int, Stripe]:
    """The locked stripes, by number."""
    return await ask(connection, locking(stripes))


async def read(connection: Connection, book: int) -> list[Stripe]:
    """A book's stripes as they are now, unlocked."""
    rows = await fetch(
        connection,
        "select stripe, last_number, last_booked_at, business_date, opened, closed_through,"
        " approval_policy, rulebook from ledger.stripe"
        " where stripe between %s * 1000 and %s * 1000 + 999 order by stripe",
        (book, book),
    )
    return [Stripe(*row) for row in rows]


def save(writes: Writes, stripes: Sequence[Stripe]) -> None:
    """Writes the counters and dates of locked stripes back."""
    put(
        writes,
        "update ledger.stripe s set last_number = n.last_number,"
        " last_booked_at = n.last_booked_at, business_date = n.business_date,"
        " closed_through = n.closed_through, approval_policy = n.approval_policy,"
        " rulebook = n.rulebook from unnest(%s::int[], %s::bigint[], %s::bigint[], %s::date[],"
        " %s::date[], %s::int[], %s::int[]) as n (stripe, last_number, last_booked_at,"
        " business_date, closed_through, approval_policy, rulebook) where s.stripe = n.stripe",
        [
            (
                *(s.stripe, s.last_number, s.last_booked_at, s.business_date),
                *(s.closed_through, s.approval_policy, s.rulebook),
            )
            for s in stripes
        ],
    )


async def pass_moment(connection: Connection, book: int, moment: int) -> None:
    """Waits for what is under way; from then on nothing is booked at or before the moment."""
    await connection.execute(
        "with late as (select stripe from ledger.stripe where stripe between %s * 1000"
        " and %s * 1000 + 999 and last_booked_at <= %s order by stripe for update)"
        " update ledger.stripe s set last_booked_at = %s from late where s.stripe = late.stripe",
        (book, book, moment, moment + 1),
    )
