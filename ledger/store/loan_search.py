"""Lists of loans: by party or reference through an index, by all else in order of their keys."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import LiteralString

from ledger.names import SPAN
from ledger.store.loans import COLUMNS, Key, StoredLoan
from ledger.store.rows import Connection, fetch

_OF_PARTY: LiteralString = (
    "(select * from ledger.loan o where o.stripe = %(party_stripe)s and o.party = %(party)s"
    " and o.party_stripe is null union all select * from ledger.loan a"
    " where a.party_stripe = %(party_stripe)s and a.party = %(party)s)"
)
_OF_REFERENCE: LiteralString = (
    "(select x.* from ledger.stripe s cross join lateral (select * from ledger.loan y"
    " where y.stripe = s.stripe and y.reference = %(reference)s and y.reference <> ''"
    " offset 0) x where s.stripe between %(first)s and %(last)s)"
)


async def of_party(connection: Connection, party: Key) -> list[StoredLoan]:
    """All loans of a party, wherever they are kept."""
    rows = await fetch(
        connection,
        f"select {COLUMNS} from {_OF_PARTY} l order by l.stripe, l.loan",
        {"party_stripe": party[0], "party": party[1]},
    )
    return [StoredLoan(*row) for row in rows]


_OF_BRANCHES: LiteralString = (
    "(select x.* from ledger.stripe s cross join unnest(%(branches)s::text[]) b (branch)"
    " cross join lateral (select * from ledger.loan y where y.stripe = s.stripe"
    " and y.branch = b.branch and y.branch <> '' and (y.stripe, y.loan) > (%(stripe)s, %(loan)s)"
    " order by y.loan limit %(limit)s) x where s.stripe between %(first)s and %(last)s)"
)


async def unsettled(connection: Connection, party: Key, limit: int) -> list[str]:
    """Names of a party's loans that are not repaid, closed or sold."""
    rows = await fetch(
        connection,
        f"select 'loans/' || l.id from {_OF_PARTY} l"
        " where l.status <> all ('{repaid,closed,sold}') order by l.stripe, l.loan limit %(limit)s",
        {"party_stripe": party[0], "party": party[1], "limit": limit},
    )
    return [row[0] for row in rows]


async def search(
    connection: Connection,
    book: int,
    after: Key,
    limit: int,
    *,
    status: str = "",
    party: Key | None = None,
    product: str = "",
    reference: str = "",
    overdue_since: date | None = None,
    branches: Sequence[str] | None = None,
) -> list[StoredLoan]:
    """Loans that match, in order of key, beginning after one.

    A party's loans, those of a reference and those of branches are found by index, whatever the
    book's size.
    """
    source: LiteralString = "ledger.loan"
    if party:
        source = _OF_PARTY
    elif reference:
        source = _OF_REFERENCE
    elif branches is not None and not (status or product or overdue_since):
        source = _OF_BRANCHES
    rows = await fetch(
        connection,
        f"select {COLUMNS} from {source} l where (l.stripe, l.loan) > (%(stripe)s, %(loan)s)"
        " and l.stripe between %(first)s and %(last)s"
        " and (%(status)s = '' or l.status = %(status)s)"
        " and (%(product)s = '' or l.product = %(product)s)"
        " and (%(reference)s = '' or l.reference = %(reference)s)"
        " and (%(overdue)s::date is null or l.oldest_due <= %(overdue)s)"
        " and (%(branches)s::text[] is null or l.branch = any(%(branches)s::text[]))"
        " order by l.stripe, l.loan limit %(limit)s",
        {
            "branches": branches,
            "stripe": after[0],
            "loan": after[1],
            "limit": limit,
            "first": book * SPAN,
            "last": book * SPAN + SPAN - 1,
            "status": status,
            "party_stripe": party[0] if party else None,
            "party": party[1] if party else None,
            "product": product,
            "reference": reference,
            "overdue": overdue_since,
        },
    )
    return [StoredLoan(*row) for row in rows]
