"""Journals and entries as finance asks for them: by account, loan, dates and reference."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, LiteralString

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


def _where(asked: Filter) -> LiteralString:
    """The conditions that a filter sets and no others, so that a plan is made for what it asks."""
    told: list[tuple[object, LiteralString]] = [
        (asked.account, " and n.account = %(account)s"),
        (asked.loan, " and n.loan = %(loan)s and e.loan = %(loan)s"),
        (asked.value_from, " and n.value_date >= %(value_from)s"),
        (asked.value_to, " and n.value_date <= %(value_to)s"),
        (asked.posting_from, " and n.posting_date >= %(posting_from)s"),
        (asked.posting_to, " and n.posting_date <= %(posting_to)s"),
        (asked.reference, " and e.reference = %(reference)s and e.reference <> ''"),
    ]
    found: LiteralString = ""
    for value, condition in told:
        if value:
            found += condition
    return found


#: Each stripe by itself, so that a loan, a reference or an account is found by its index.
_STRIPES = " from ledger.stripe s cross join lateral (select"
_JOINED = (
    " from ledger.event e join ledger.entry n on n.stripe = e.stripe and n.number = e.number"
    " where e.stripe = s.stripe"
)
_BOUNDED = " where s.stripe between %(first)s and %(last)s and s.stripe >= %(s)s"


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
    rows = await fetch(
        connection,
        f"select n.stripe, n.number, n.journal{_STRIPES} distinct n.stripe, n.number, n.journal"
        f"{_JOINED} and (n.stripe, n.number, n.journal) > (%(s)s, %(n)s, %(j)s){_where(asked)}"
        f" order by n.number, n.journal limit %(limit)s) n{_BOUNDED}"
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
    rows = await fetch(
        connection,
        f"select n.*{_STRIPES} n.stripe, n.number, n.line, n.journal, n.account, n.side::text,"
        " n.currency, n.amount, n.loan, n.component, n.value_date, n.posting_date, e.booked_at,"
        f" e.kind, e.reference{_JOINED} and (n.stripe, n.number, n.line) > (%(s)s, %(n)s, %(j)s)"
        f"{_where(asked)} order by n.number, n.line limit %(limit)s) n{_BOUNDED}"
        " order by n.stripe, n.number, n.line limit %(limit)s",
        parameters,
    )
    return list(rows)
