"""Running balances of accounts, a row a stripe, and balances asked about the past."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ledger.store.rows import Connection, Writes, fetch, put


def add(writes: Writes, rows: Sequence[tuple[int, str, str, int, int]]) -> None:
    """Adds (stripe, account, currency, debit, credit), sorted, of stripes that the caller holds."""
    put(
        writes,
        "insert into ledger.balance as b (stripe, account, currency, debit, credit)"
        " select * from unnest(%s::int[], %s::text[], %s::text[], %s::bigint[], %s::bigint[])"
        " on conflict (stripe, account, currency) do update"
        " set debit = b.debit + excluded.debit, credit = b.credit + excluded.credit",
        rows,
    )


async def now(
    connection: Connection, book: int, accounts: Sequence[str] = ()
) -> list[tuple[str, str, int, int]]:
    """(account, currency, debit, credit) over all stripes, from the running balances."""
    rows = await fetch(
        connection,
        "select account, currency, sum(debit)::numeric, sum(credit)::numeric from ledger.balance"
        " where stripe between %s * 1000 and %s * 1000 + 999"
        " and (cardinality(%s::text[]) = 0 or account = any(%s))"
        " group by account, currency order by account, currency",
        (book, book, list(accounts), list(accounts)),
    )
    return [(row[0], row[1], int(row[2]), int(row[3])) for row in rows]


async def of_stripe(connection: Connection, stripe: int) -> list[tuple[str, str, int, int]]:
    """(account, currency, debit, credit) of one stripe, from its running balances."""
    rows = await fetch(
        connection,
        "select account, currency, debit, credit from ledger.balance where stripe = %s"
        " order by account, currency",
        (stripe,),
    )
    return [(row[0], row[1], row[2], row[3]) for row in rows]


async def at(
    connection: Connection,
    book: int,
    accounts: Sequence[str],
    value_date: date | None,
    posting_date: date | None,
    known_at: int | None,
) -> list[tuple[str, str, int, int]]:
    """The same from entries: effective by a value date, posted by a day, known by a moment."""
    rows = await fetch(
        connection,
        "select n.account, n.currency,"
        " coalesce(sum(n.amount) filter (where n.side = 'D'), 0)::numeric,"
        " coalesce(sum(n.amount) filter (where n.side = 'C'), 0)::numeric"
        " from ledger.entry n join ledger.event e on e.stripe = n.stripe and e.number = n.number"
        " where n.stripe between %s * 1000 and %s * 1000 + 999"
        " and (cardinality(%s::text[]) = 0 or n.account = any(%s))"
        " and (%s::date is null or n.value_date <= %s)"
        " and (%s::date is null or n.posting_date <= %s)"
        " and (%s::bigint is null or e.booked_at <= %s)"
        " group by n.account, n.currency order by n.account, n.currency",
        (
            book,
            book,
            list(accounts),
            list(accounts),
            value_date,
            value_date,
            posting_date,
            posting_date,
            known_at,
            known_at,
        ),
    )
    return [(row[0], row[1], int(row[2]), int(row[3])) for row in rows]
