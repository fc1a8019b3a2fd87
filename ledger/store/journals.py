"""Journals and entries as finance asks for them: by account, loan, dates and reference."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ledger.store.rows import Connection, fetch


@dataclass(frozen=True, slots=True)
class Filter:
    """What to look for; unset fields do not narrow."""

    account: str = ""
    loan: tuple[int, int] | None = None
    value_from: date | None = None
    value_to: date | None = None
    posting_from: date | None = None
    posting_to: date | None = None
    reference: str = ""


_WHERE = (
    " and n.stripe between %(first)s and %(last)s and (%(account)s = '' or n.account = %(account)s)"
    " and (%(loan)s::bigint is null or n.loan = %(loan)s)"
    " and (%(value_from)s::date is null or n.value_date >= %(value_from)s)"
    " and (%(value_to)s::date is null or n.value_date <= %(value_to)s)"
    " and (%(posting_from)s::date is null or n.posting_date >= %(posting_from)s)"
    " and (%(posting_to)s::date is null or n.posting_date <= %(posting_to)s)"
    " and (%(reference)s = '' or e.reference = %(reference)s)"
)
_FROM = " from ledger.entry n join ledger.event e on e.stripe = n.stripe and e.number = n.number"
_LOAN_FROM = (
    " from ledger.event e join ledger.entry n on n.stripe = e.stripe and n.number = e.number"
)


def _parameters(book: int, asked: Filter, limit: int) -> dict[str, Any]:
    stripe = asked.loan[0] if asked.loan else None
    return {
        "first": stripe if stripe is not None else book * 1000,
        "last": stripe if stripe is not None else book * 1000 + 999,
        "account": asked.account,
        "loan": asked.loan[1] if asked.loan else None,
        "value_from": asked.value_from,
        "value_to": asked.value_to,
        "posting_from": asked.posting_from,
        "posting_to": asked.posting_to,
        "reference": asked.reference,
        "limit": limit,
    }


async def search(
    connection: Connection, book: int, asked: Filter, after: tuple[int, int, int], limit: int
) -> list[tuple[int, int, int]]:
    """(stripe, number, journal) of journals with a matching entry, in order, after a key."""
    parameters = _parameters(book, asked, limit)
    parameters |= {"s": after[0], "n": after[1], "j": after[2]}
    by_loan = " and e.loan = %(loan)s" if asked.loan else ""
    rows = await fetch(
        connection,
        f"select distinct n.stripe, n.number, n.journal{_LOAN_FROM if asked.loan else _FROM}"
        f" where (n.stripe, n.number, n.journal) > (%(s)s, %(n)s, %(j)s){by_loan}{_WHERE}"
        " order by n.stripe, n.number, n.journal limit %(limit)s",
        parameters,
    )
    return [(row[0], row[1], row[2]) for row in rows]


async def entries(
    connection: Connection, book: int, asked: Filter, after: tuple[int, int, int], limit: int
) -> list[Sequence[Any]]:
    """Matching entry rows in order, beginning after (stripe, number, line).

    stripe, number, line, journal, account, side, currency, amount, loan, component, value date,
    posting date, booked at, kind, reference.
    """
    parameters = _parameters(book, asked, limit)
    parameters |= {"s": after[0], "n": after[1], "j": after[2]}
    by_loan = " and e.loan = %(loan)s" if asked.loan else ""
    return list(
        await fetch(
            connection,
            "select n.stripe, n.number, n.line, n.journal, n.account, n.side::text, n.currency,"
            " n.amount, n.loan, n.component, n.value_date, n.posting_date, e.booked_at, e.kind,"
            f" e.reference{_LOAN_FROM if asked.loan else _FROM}"
            f" where (n.stripe, n.number, n.line) > (%(s)s, %(n)s, %(j)s){by_loan}{_WHERE}"
            " order by n.stripe, n.number, n.line limit %(limit)s",
            parameters,
        )
    )
