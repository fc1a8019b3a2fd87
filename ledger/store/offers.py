"""Loans that are approved and not yet paid out."""

from __future__ import annotations

from collections.abc import Sequence

from ledger.store.loans import COLUMNS, StoredLoan
from ledger.store.rows import Connection, fetch


async def standing(
    connection: Connection, stripes: Sequence[int], products: Sequence[tuple[str, int]]
) -> list[StoredLoan]:
    """Offers of some product versions."""
    rows = await fetch(
        connection,
        f"select {COLUMNS} from ledger.loan l join unnest(%s::text[], %s::int[])"
        " as p (code, version) on p.code = l.product and p.version = l.version"
        " where l.stripe = any(%s) and l.status = 'approved' and not exists (select"
        " from ledger.set_aside a where a.stripe = l.stripe and a.loan = l.loan)"
        " order by l.stripe, l.loan",
        ([code for code, _ in products], [version for _, version in products], list(stripes)),
    )
    return [StoredLoan(*row) for row in rows]
