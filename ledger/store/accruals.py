"""The close of a day as one statement: each loan's lines, and what the night accrued."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import LiteralString

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
) -> tuple[list[Accrued], dict[int, bytes]]:
    """Appends the accruals of the night after a day, for (stripe, event number) pairs.

    Returns the sums to post in minor units, and each stripe's leaf hashes of its lines, one after
    another in order of loan and component. A line's canonical text is
    `["<loan id>","<component>",<amount>]`.
    """
    stripes = [stripe for stripe, _ in numbers]
    given = {"stripes": stripes, "numbers": _by_stripe(dict(numbers)), "day": day}
    rows = await (await connection.execute(_ACCRUE, given, prepare=True, binary=True)).fetchall()
    sums = [
        Accrued(stripe, product, version, currency, part, int(amount), lines)
        for stripe, product, version, currency, component, *told, leaves in rows
        if leaves is None
        for part, amount, lines in ((component, *told[:2]), ("penalty", *told[2:]))
        if lines
    ]
    leaves_of = {row[0]: row[-1] for row in rows if row[-1] is not None}
    return sorted(sums, key=_order), leaves_of


def _by_stripe(numbers: Mapping[int, int]) -> str:
    """Numbers as an array that is read by the stripe itself; nobody reads what lies between."""
    first, last = min(numbers), max(numbers)
    found = ",".join(str(numbers.get(stripe, 0)) for stripe in range(first, last + 1))
    return f"[{first}:{last}]={{{found}}}"


def _order(found: Accrued) -> tuple[int, str, int, str, str]:
    return found.stripe, found.product, found.version, found.currency, found.component


def _night(line: LiteralString, of_any_size: LiteralString) -> LiteralString:
    """A line's night in whole numbers of 64 bits; where its row has none, `of_any_size`."""
    return (
        f"coalesce(ledger.plain_night(l.{line}_offset, l.{line}_step, l.{line}_divisor,"
        f" %(day)s::date - l.{line}_from, l.half_even), (select {of_any_size}"
        " from ledger.loan x where x.stripe = l.stripe and x.loan = l.loan))"
    )


_INTEREST = _night(
    "interest",
    "ledger.night(x.interest_base, x.interest_slope, x.interest_denominator,"
    " %(day)s::date - x.interest_from, x.half_even)",
)
_LATE = _night(
    "penalty",
    "case when x.penalty_slope = 0 then 0 else ledger.night(x.penalty_base, x.penalty_slope,"
    " x.penalty_denominator, %(day)s::date - x.penalty_from, x.half_even) end",
)
_PENALTY: LiteralString = f"case when l.penalty_step = 0 then 0 else {_LATE} end"


def _leaf(component: LiteralString, amount: LiteralString) -> LiteralString:
    """The leaf hash of a line. Its text has no backslash but the one that begins it, a zero."""
    return (
        f"sha256(('\\000[\"' || id || '\",\"' || {component} || '\",' || {amount} || ']')::bytea)"
    )


_OWN, _LATE_ONE = _leaf("component", "amount"), _leaf("'penalty'", "penalty")

#: A loan is one row of `nights`, read from an index in the order of the leaves. What it accrues
#: goes to one component, and to a second one where it performs and bears penalty interest. The
#: stripes come from a query, so that no plan depends on them: planning takes ten times as long as
#: all else that does not grow with the loans, and is done once a connection.
_ACCRUE: LiteralString = (
    "with nights as materialized (select l.stripe, l.loan, l.id, l.product, l.version, l.currency,"
    " ledger.accrued_to(l.stage, 'interest') as component,"
    f" {_INTEREST} + case l.stage when 'performing' then 0 else {_PENALTY} end as amount,"
    f" case l.stage when 'performing' then {_PENALTY} else 0 end as penalty from ledger.loan l"
    " where l.stripe = any(array(select unnest(%(stripes)s::int[])))"
    " and (l.interest_slope <> 0 or l.penalty_slope <> 0) order by l.stripe, l.loan),"
    " added as (insert into ledger.accrual (stripe, day, loan, component, amount, number)"
    " select stripe, %(day)s::date, loan, component, amount, (%(numbers)s::bigint[])[stripe]"
    " from nights where amount <> 0 union all"
    " select stripe, %(day)s::date, loan, 'penalty', penalty, (%(numbers)s::bigint[])[stripe]"
    " from nights where penalty <> 0)"
    " select stripe, product, version, currency, component,"
    " sum(amount)::numeric, count(*) filter (where amount <> 0),"
    " sum(penalty)::numeric, count(*) filter (where penalty <> 0), null from nights"
    " group by 1, 2, 3, 4, 5 union all"
    " select stripe, null, null, null, null, null, null, null, null, string_agg("
    f"case when penalty = 0 then {_OWN} when amount = 0 then {_LATE_ONE}"
    f" else {_OWN} || {_LATE_ONE} end, ''::bytea order by loan)"
    " from nights where amount <> 0 or penalty <> 0 group by 1"
)


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
