"""The close of a day as one statement: each loan's lines, and what the night accrued."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ledger.names import id_text
from ledger.store.rows import Connection, fetch


@dataclass(frozen=True, slots=True)
class Accrued:
    """A stripe's accruals of a day for one product version and component."""

    stripe: int
    product: str
    version: int
    currency: str
    component: str
    amount: int
    loans: int


async def accrue(
    connection: Connection, numbers: Sequence[tuple[int, int]], day: date
) -> tuple[list[Accrued], dict[int, list[bytes]]]:
    """Appends the accruals of the night after a day, for (stripe, event number) pairs.

    Returns the sums to post, and each stripe's canonical lines in order of loan and component.
    """
    rows = await fetch(
        connection,
        "with wanted as (select * from unnest(%s::int[], %s::bigint[]) as w (stripe, number)),"
        " both_lines as (select l.stripe, w.number, l.loan, l.product, l.version, l.currency,"
        " l.stage, ledger.night(l.interest_base, l.interest_slope, l.interest_denominator,"
        " %s::date - l.interest_from, l.half_even) as interest, ledger.night(l.penalty_base,"
        " l.penalty_slope, l.penalty_denominator, %s::date - l.penalty_from, l.half_even)"
        " as penalty from wanted w join ledger.loan l on l.stripe = w.stripe"
        " where l.interest_slope <> 0 or l.penalty_slope <> 0),"
        " figures as (select b.*, c.component, c.amount from both_lines b cross join lateral"
        " (values (ledger.accrued_to(b.stage, 'interest'),"
        " case b.stage when 'performing' then b.interest else b.interest + b.penalty end),"
        " ('penalty', case b.stage when 'performing' then b.penalty else 0 end))"
        " as c (component, amount)),"
        " added as (insert into ledger.accrual (stripe, day, loan, component, amount, number)"
        " select stripe, %s::date, loan, component, amount, number from figures"
        " where amount <> 0 returning 1)"
        " select stripe, product, version, currency, component, loan, amount from figures"
        " where amount <> 0 order by stripe, loan, component",
        ([n[0] for n in numbers], [n[1] for n in numbers], day, day, day),
    )
    sums: dict[tuple[int, str, int, str, str], list[int]] = {}
    lines: dict[int, list[bytes]] = {}
    for stripe, product, version, currency, component, loan, amount in rows:
        total = sums.setdefault((stripe, product, version, currency, component), [0, 0])
        total[0] += amount
        total[1] += 1
        text = f'["{id_text(stripe, loan)}","{component}",{amount}]'
        lines.setdefault(stripe, []).append(text.encode())
    found = [Accrued(*key, amount=total[0], loans=total[1]) for key, total in sums.items()]
    return found, lines


async def lines_of(
    connection: Connection, events: Sequence[tuple[int, int, date]]
) -> dict[tuple[int, int], list[tuple[str, str, int]]]:
    """(loan id, component, amount) lines under bulk events, given as (stripe, number, day).

    In the order of each event's Merkle root.
    """
    rows = await fetch(
        connection,
        "select k.stripe, k.number, a.loan, a.component, a.amount"
        " from unnest(%s::int[], %s::bigint[], %s::date[]) as k (stripe, number, day)"
        " cross join lateral (select * from ledger.accrual x where x.stripe = k.stripe"
        " and x.day = k.day and x.number = k.number offset 0) a"
        " order by k.stripe, k.number, a.loan, a.component",
        ([e[0] for e in events], [e[1] for e in events], [e[2] for e in events]),
    )
    found: dict[tuple[int, int], list[tuple[str, str, int]]] = {}
    for stripe, number, loan, component, amount in rows:
        line = (id_text(stripe, loan), component, amount)
        found.setdefault((stripe, number), []).append(line)
    return found


async def of_loan(
    connection: Connection, stripe: int, loan: int
) -> list[tuple[date, str, int, int]]:
    """(day, component, amount, event number) of a loan's bulk accruals, by day."""
    rows = await fetch(
        connection,
        "select day, component, amount, number from ledger.accrual"
        " where stripe = %s and loan = %s order by day, component",
        (stripe, loan),
    )
    return [(row[0], row[1], row[2], row[3]) for row in rows]
