"""Running balances of accounts, a row a stripe, and balances asked about the past."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ledger.names import SPAN
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


async def roll(connection: Connection, stripes: Sequence[int], day: date) -> dict[int, int]:
    """Sums what was posted on stripes since their last roll, by account and dates; rows by stripe.

    The caller holds the stripes. `day` is the day that ends with it.
    """
    rows = await fetch(
        connection,
        "with since as (select s.stripe, s.last_number, s.last_booked_at, coalesce((select r.number"
        " from ledger.roll r where r.stripe = s.stripe order by r.number desc limit 1), 0)"
        " as rolled from ledger.stripe s where s.stripe = any(%s)),"
        " rolled as (insert into ledger.roll (stripe, number, day, booked_at)"
        " select stripe, last_number, %s, last_booked_at from since where last_number > rolled),"
        " added as (insert into ledger.turnover (stripe, number, account, currency, value_date,"
        " posting_date, debit, credit) select s.stripe, s.last_number, n.account, n.currency,"
        " n.value_date, n.posting_date, sum(case n.side when 'D' then n.amount else 0 end),"
        " sum(case n.side when 'C' then n.amount else 0 end) from since s cross join lateral"
        " (select * from ledger.entry x where x.stripe = s.stripe and x.number > s.rolled"
        " and x.number <= s.last_number offset 0) n group by 1, 2, 3, 4, 5, 6 returning stripe)"
        " select stripe, count(*) from added group by stripe",
        (list(stripes), day),
    )
    return {row[0]: row[1] for row in rows}


async def roll_days(connection: Connection, book: int) -> None:
    """Sums the rolls of days that all stripes have closed, over the stripes; done once a day."""
    await connection.execute(
        "with closed as (select (select coalesce(max(d.day), '-infinity') from ledger.day_roll d"
        " where d.book = %(book)s) as since, (select min(s.business_date)"
        " from ledger.stripe s where s.stripe between %(first)s and %(last)s) as until),"
        " due as materialized (select r.* from closed c join ledger.stripe s"
        " on s.stripe between %(first)s and %(last)s cross join lateral (select * from ledger.roll"
        " x where x.stripe = s.stripe and x.day > c.since and x.day < c.until offset 0) r),"
        " rolled as (insert into ledger.day_roll (book, day, booked_at) select %(book)s, day,"
        " max(booked_at) from due group by day on conflict do nothing returning day)"
        " insert into ledger.day_turnover (book, day, account, currency, value_date,"
        " posting_date, debit, credit) select %(book)s, r.day, t.account, t.currency,"
        " t.value_date, t.posting_date, sum(t.debit), sum(t.credit) from rolled"
        " join due r using (day) cross join lateral (select * from ledger.turnover x"
        " where x.stripe = r.stripe and x.number = r.number offset 0) t group by 2, 3, 4, 5, 6",
        {"book": book, "first": book * SPAN, "last": book * SPAN + SPAN - 1},
    )


async def by_stripe(
    connection: Connection,
    book: int,
    accounts: Sequence[str],
    value_date: date | None,
    posting_date: date | None,
    known_at: int | None,
    since: date | None = None,
) -> list[tuple[int, str, str, int, int]]:
    """(stripe, account, currency, debit, credit): as `at`, each stripe by itself.

    The turnover of all rolls until then, and the entries of each stripe from there to its next;
    with `since` only what was posted after that day's roll.
    """
    rows = await fetch(
        connection,
        "with rolled as (select s.stripe, coalesce((select r.number from ledger.roll r"
        " where r.stripe = s.stripe and r.day <= %(since)s::date order by r.day desc limit 1),"
        " -9223372036854775808) as done, coalesce((select r.number from ledger.roll r"
        " where r.stripe = s.stripe"
        " and (%(known)s::bigint is null or r.booked_at <= %(known)s)"
        " order by r.number desc limit 1), 0) as number from ledger.stripe s"
        " where s.stripe between %(first)s and %(last)s),"
        " cut as (select c.stripe, c.done, c.number, coalesce((select r.number from ledger.roll r"
        " where r.stripe = c.stripe and r.number > c.number order by r.number limit 1),"
        " 9223372036854775807) as next from rolled c),"
        " posted as (select c.stripe, t.account, t.currency, t.debit, t.credit from cut c"
        " join ledger.turnover t on t.stripe = c.stripe and t.number > c.done"
        " and t.number <= c.number"
        " where (cardinality(%(accounts)s::text[]) = 0 or t.account = any(%(accounts)s))"
        " and (%(value)s::date is null or t.value_date <= %(value)s)"
        " and (%(posting)s::date is null or t.posting_date <= %(posting)s)"
        " union all select c.stripe, n.account, n.currency,"
        " case n.side when 'D' then n.amount else 0 end,"
        " case n.side when 'C' then n.amount else 0 end from cut c join ledger.entry n"
        " on n.stripe = c.stripe and n.number > c.number and n.number <= c.next"
        " where (cardinality(%(accounts)s::text[]) = 0 or n.account = any(%(accounts)s))"
        " and (%(value)s::date is null or n.value_date <= %(value)s)"
        " and (%(posting)s::date is null or n.posting_date <= %(posting)s)"
        " and (%(known)s::bigint is null or exists (select from ledger.event e"
        " where e.stripe = n.stripe and e.number = n.number and e.booked_at <= %(known)s)))"
        " select stripe, account, currency, sum(debit)::numeric, sum(credit)::numeric from posted"
        " group by stripe, account, currency order by account, currency, stripe",
        {
            "first": book * SPAN,
            "last": book * SPAN + SPAN - 1,
            "accounts": list(accounts),
            "value": value_date,
            "posting": posting_date,
            "known": known_at,
            "since": since,
        },
    )
    return [(row[0], row[1], row[2], int(row[3]), int(row[4])) for row in rows]


async def at(
    connection: Connection,
    book: int,
    accounts: Sequence[str],
    value_date: date | None,
    posting_date: date | None,
    known_at: int | None,
) -> list[tuple[str, str, int, int]]:
    """Balances of the past: effective by a value date, posted by a day, known by a moment.

    The turnover of whole days, and what stripes posted since. The connection is in one snapshot.
    """
    last = await fetch(
        connection,
        "select max(day) from ledger.day_roll where book = %(book)s"
        " and (%(known)s::bigint is null or booked_at <= %(known)s)",
        {"book": book, "known": known_at},
    )
    since = last[0][0]
    asked = accounts, value_date, posting_date
    days = await _of_days(connection, book, since, *asked)
    rows = await by_stripe(connection, book, *asked, known_at, since)
    found: dict[tuple[str, str], list[int]] = {}
    for account, currency, debit, credit in [*days, *(row[1:] for row in rows)]:
        sums = found.setdefault((account, currency), [0, 0])
        sums[0] += debit
        sums[1] += credit
    return [(*key, debit, credit) for key, (debit, credit) in sorted(found.items())]


async def _of_days(
    connection: Connection,
    book: int,
    last: date | None,
    accounts: Sequence[str],
    value_date: date | None,
    posting_date: date | None,
) -> list[tuple[str, str, int, int]]:
    rows = await fetch(
        connection,
        "select account, currency, sum(debit), sum(credit) from ledger.day_turnover"
        " where book = %(book)s and day <= %(last)s"
        " and (cardinality(%(accounts)s::text[]) = 0 or account = any(%(accounts)s))"
        " and (%(value)s::date is null or value_date <= %(value)s)"
        " and (%(posting)s::date is null or posting_date <= %(posting)s)"
        " group by account, currency",
        {
            "book": book,
            "last": last,
            "accounts": list(accounts),
            "value": value_date,
            "posting": posting_date,
        },
    )
    return [(row[0], row[1], int(row[2]), int(row[3])) for row in rows]
