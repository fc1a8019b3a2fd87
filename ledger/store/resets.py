"""Floating loans by the day on which their rate is fixed anew."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ledger.store.loans import COLUMNS, Key, StoredLoan
from ledger.store.rows import Connection, fetch


async def due(connection: Connection, stripes: Sequence[int], day: date) -> list[StoredLoan]:
    """Floating loans whose rate is fixed anew on a day."""
    rows = await fetch(
        connection,
        f"select {COLUMNS} from ledger.loan l where l.stripe = any(%s) and l.reset_on = %s"
        " order by l.stripe, l.loan",
        (list(stripes), day),
    )
    return [StoredLoan(*row) for row in rows]


async def waiting(connection: Connection, stripes: Sequence[int], day: date) -> int:
    """How many floating loans have a reset up to a day that found no fixing."""
    rows = await fetch(
        connection,
        "select count(*) from ledger.loan l where l.stripe = any(%s) and l.reset_on <= %s",
        (list(stripes), day),
    )
    return int(rows[0][0])


async def of_products(
    connection: Connection, book: int, products: Sequence[tuple[str, int]], after: Key, limit: int
) -> list[StoredLoan]:
    """Disbursed loans of product versions, in order of key, beginning after one."""
    rows = await fetch(
        connection,
        f"select {COLUMNS} from ledger.loan l where (l.stripe, l.loan) > (%s, %s)"
        " and l.stripe between %s and %s and l.status in ('active', 'repaid')"
        " and not exists (select from ledger.set_aside a where a.stripe = l.stripe"
        " and a.loan = l.loan) and exists (select"
        " from unnest(%s::text[], %s::int[]) as p (code, version)"
        " where p.code = l.product and p.version = l.version)"
        " order by l.stripe, l.loan limit %s",
        (
            *after,
            book * 1000,
            book * 1000 + 999,
            [code for code, _ in products],
            [version for _, version in products],
            limit,
        ),
    )
    return [StoredLoan(*row) for row in rows]
