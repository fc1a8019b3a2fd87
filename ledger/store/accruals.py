"""The close of a day as one statement: each loan's lines, and what the night accrued."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ledger.audit.merkle import HASH_SIZE
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


async def begin_month(connection: Connection, day: date) -> None:
    """Makes the table of a day's month, if it is not there."""
    await connection.execute("select ledger.begin_month(%s)", (day,))


async def hold(connection: Connection) -> None:
    """Lets no month be dropped until the transaction ends; for a snapshot, before its first query.

    A dropped table is gone from older snapshots too, which do not see the sums in its place.
    """
    await connection.execute("lock table ledger.accrual in access share mode")


async def accrue(
    connection: Connection, numbers: Sequence[tuple[int, int]], day: date
) -> tuple[list[Accrued], dict[int, list[bytes]]]:
    """Appends the accruals of the night after a day, for (stripe, event number) pairs.

    Returns the sums to post, and each stripe's leaf hashes of its lines in order of loan and
    component. A line's canonical text is `["<loan id>","<component>",<amount>]`.
    """
    rows = await fetch(
        connection,
        "with wanted as (select * from unnest(%(stripes)s::int[], %(numbers)s::bigint[])"
        " as w (stripe, number)), nights as materialized (select l.stripe, w.number, l.loan, l.id,"
        " l.product, l.version, l.currency, l.stage, ledger.night(l.interest_base,"
        " l.interest_slope, l.interest_denominator, %(day)s::date - l.interest_from, l.half_even)"
        " as interest, case when l.penalty_slope = 0 then 0 else ledger.night(l.penalty_base,"
        " l.penalty_slope, l.penalty_denominator, %(day)s::date - l.penalty_from, l.half_even)"
        " end as penalty from wanted w join ledger.loan l on l.stripe = w.stripe"
        " where l.interest_slope <> 0 or l.penalty_slope <> 0),"
        " found as materialized (select stripe, number, loan, id, product, version, currency,"
        " ledger.accrued_to(stage, 'interest') as component,"
        " case stage when 'performing' then interest else interest + penalty end as amount"
        " from nights union all select stripe, number, loan, id, product, version, currency,"
        " 'penalty', penalty from nights where penalty <> 0 and stage = 'performing'"
        " order by stripe, loan, component),"
        " added as (insert into ledger.accrual (stripe, day, loan, component, amount, number)"
        " select stripe, %(day)s::date, loan, component, amount, number from found"
        " where amount <> 0)"
        " select stripe, product, version, currency, component, sum(amount)::numeric, count(*),"
        " null from found where amount <> 0 group by 1, 2, 3, 4, 5"
        " union all select stripe, null, null, null, null, null, null, string_agg("
        "sha256('\\x00'::bytea || convert_to('[\"' || id || '\",\"' || component || '\",'"
        " || amount || ']', 'UTF8')), ''::bytea order by loan, component)"
        " from found where amount <> 0 group by 1",
        {
            "stripes": [stripe for stripe, _ in numbers],
            "numbers": [number for _, number in numbers],
            "day": day,
        },
    )
    sums = [
        Accrued(row[0], row[1], row[2], row[3], row[4], int(row[5]), row[6])
        for row in rows
        if row[7] is None
    ]
    leaves = {row[0]: _split(row[7]) for row in rows if row[7] is not None}
    return sorted(sums, key=_order), leaves


def _order(found: Accrued) -> tuple[int, str, int, str, str]:
    return found.stripe, found.product, found.version, found.currency, found.component


def _split(hashes: bytes) -> list[bytes]:
    return [hashes[begin : begin + HASH_SIZE] for begin in range(0, len(hashes), HASH_SIZE)]


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
    """(day, component, amount, event number) of a loan's bulk accruals, by day.

    Its days are looked up one by one, from that on which its first event was posted. What is
    archived stands as one sum a component, on the last archived day.
    """
    rows = await fetch(
        connection,
        "select a.day, a.component, a.amount, a.number from (select s.stripe, (select"
        " e.posting_date from ledger.event e where e.stripe = s.stripe and e.loan = %(loan)s"
        " order by e.number limit 1) as first, s.business_date as last from ledger.stripe s"
        " where s.stripe = %(stripe)s) x cross join lateral generate_series(x.first::timestamp,"
        " x.last, interval '1 day') as d (day) cross join lateral (select * from ledger.accrual y"
        " where y.stripe = x.stripe and y.day = d.day::date and y.loan = %(loan)s offset 0) a"
        " union all select b.day, b.component, b.amount, b.number from ledger.accrual_brought b"
        " where b.stripe = %(stripe)s and b.loan = %(loan)s order by day, component",
        {"stripe": stripe, "loan": loan},
    )
    return [(row[0], row[1], row[2], row[3]) for row in rows]
