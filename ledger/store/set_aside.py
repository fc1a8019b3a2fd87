"""Loans that are set aside: since when, by which event and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ledger.store.loans import Key
from ledger.store.rows import Connection, fetch


@dataclass(frozen=True, slots=True)
class SetAside:
    """A loan that stands as at the start of `since`; `number` is the event that tells it."""

    stripe: int
    loan: int
    since: date
    number: int
    reason: str


async def add(connection: Connection, found: Sequence[SetAside]) -> None:
    """Stills the rows of loans as at the start of a day, then names the loans.

    A line that cannot be evaluated becomes zero. What stands in the state is left as it is.
    """
    columns = (
        [one.stripe for one in found],
        [one.loan for one in found],
        [one.since for one in found],
        [one.number for one in found],
    )
    await connection.execute(
        "update ledger.loan l set last_number = a.number, next_date = null, reset_on = null,"
        " next_due = null,"
        " interest_base = case when ledger.can_accrue(l.interest_base, l.interest_slope,"
        " l.interest_denominator, a.since - l.interest_from, l.half_even)"
        " then ledger.line_at(l.interest_base, l.interest_slope, l.interest_denominator,"
        " a.since - l.interest_from, l.half_even) else 0 end,"
        " interest_from = a.since, interest_slope = 0, interest_denominator = 1,"
        " penalty_base = case when ledger.can_accrue(l.penalty_base, l.penalty_slope,"
        " l.penalty_denominator, a.since - l.penalty_from, l.half_even)"
        " then ledger.line_at(l.penalty_base, l.penalty_slope, l.penalty_denominator,"
        " a.since - l.penalty_from, l.half_even) else 0 end,"
        " penalty_from = a.since, penalty_slope = 0, penalty_denominator = 1"
        " from unnest(%s::int[], %s::bigint[], %s::date[], %s::bigint[])"
        " as a (stripe, loan, since, number) where l.stripe = a.stripe and l.loan = a.loan",
        columns,
    )
    await connection.execute(
        "insert into ledger.set_aside (stripe, loan, since, number, reason)"
        " select * from unnest(%s::int[], %s::bigint[], %s::date[], %s::bigint[], %s::text[])",
        (*columns, [one.reason for one in found]),
    )


async def remove(connection: Connection, keys: Sequence[Key]) -> None:
    """Loans that go on; their rows are written right after."""
    await connection.execute(
        "delete from ledger.set_aside a using unnest(%s::int[], %s::bigint[]) as k (stripe, loan)"
        " where a.stripe = k.stripe and a.loan = k.loan",
        ([key[0] for key in keys], [key[1] for key in keys]),
    )


async def of_book(
    connection: Connection, book: int, after: Key = (-1, -1), limit: int | None = None
) -> list[SetAside]:
    """The loans of a book that are set aside, in order of key, beginning after one."""
    rows = await fetch(
        connection,
        "select stripe, loan, since, number, reason from ledger.set_aside"
        " where (stripe, loan) > (%s, %s) and stripe between %s and %s"
        " order by stripe, loan limit %s",
        (*after, book * 1000, book * 1000 + 999, limit),
    )
    return [SetAside(*row) for row in rows]


async def count(connection: Connection, book: int) -> int:
    """How many loans of a book are set aside."""
    rows = await fetch(
        connection,
        "select count(*) from ledger.set_aside where stripe between %s and %s",
        (book * 1000, book * 1000 + 999),
    )
    return int(rows[0][0])


async def damaged(connection: Connection, stripes: Sequence[int], day: date) -> list[Key]:
    """Loans with a line that cannot be evaluated for the night after a day."""
    rows = await fetch(
        connection,
        "select l.stripe, l.loan from ledger.loan l where l.stripe = any(%s)"
        " and (l.interest_slope <> 0 or l.penalty_slope <> 0)"
        " and not (ledger.can_accrue(l.interest_base, l.interest_slope, l.interest_denominator,"
        " %s::date - l.interest_from, l.half_even) and ledger.can_accrue(l.penalty_base,"
        " l.penalty_slope, l.penalty_denominator, %s::date - l.penalty_from, l.half_even))"
        " order by l.stripe, l.loan",
        (list(stripes), day, day),
    )
    return [(row[0], row[1]) for row in rows]


async def of_products(
    connection: Connection, stripes: Sequence[int], products: Sequence[tuple[str, int]]
) -> list[Key]:
    """Loans that accrue and are of some product versions."""
    rows = await fetch(
        connection,
        "select l.stripe, l.loan from ledger.loan l"
        " join unnest(%s::text[], %s::int[]) as p (code, version)"
        " on p.code = l.product and p.version = l.version where l.stripe = any(%s)"
        " and (l.interest_slope <> 0 or l.penalty_slope <> 0) order by l.stripe, l.loan",
        ([code for code, _ in products], [version for _, version in products], list(stripes)),
    )
    return [(row[0], row[1]) for row in rows]
