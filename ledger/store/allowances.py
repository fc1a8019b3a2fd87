"""What is set aside for losses: targets in, a line for each allowance that changes, sums out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any, LiteralString

from ledger.names import SPAN, id_text
from ledger.store.loans import COLUMNS, Key, StoredLoan
from ledger.store.rows import Connection, fetch

GROUP = 1000


@dataclass(frozen=True, slots=True)
class Line:
    """A loan's allowance before and after, with the grades that it was and is kept under.

    Without an allowance before, its grade before is the one after.
    """

    stripe: int
    loan: int
    product: str
    version: int
    currency: str
    grade_before: str
    grade: str
    before: int
    amount: int
    cause: str
    day: date
    number: int


@dataclass(frozen=True, slots=True)
class Target:
    """What a loan's allowance should be, under which grade."""

    key: Key
    product: str
    version: int
    currency: str
    grade: str
    amount: int


@dataclass(frozen=True, slots=True)
class Exposed:
    """A loan on the books with its stored quality, and the bucket that it is in, if any."""

    row: StoredLoan
    quality: str
    bucket: str


#: Half up of principal times the rate, where nobody assessed the loan.
_BY_RATE: LiteralString = (
    "rates as (select * from unnest(%(grades)s::text[], %(numerators)s::numeric[],"
    " %(denominators)s::numeric[]) as r (grade, n, d)), targets as (select l.stripe, l.loan,"
    " l.product, l.version, l.currency, r.grade, coalesce(q.assessed,"
    " div(2 * l.principal * r.n + r.d, 2 * r.d)::bigint) as amount from ledger.loan l"
    " left join ledger.quality q on q.stripe = l.stripe and q.loan = l.loan"
    " join rates r on r.grade = coalesce(q.category, 'pass') where l.stripe = any(%(stripes)s)"
    " and l.status = 'active' and l.stage in ('performing', 'suspended')),"
)
#: As worked out; a loan that is set aside keeps what it has.
_AS_GIVEN: LiteralString = (
    "targets as (select * from unnest(%(own)s::int[], %(loans)s::bigint[], %(products)s::text[],"
    " %(versions)s::int[], %(currencies)s::text[], %(grades)s::text[], %(amounts)s::bigint[])"
    " as t (stripe, loan, product, version, currency, grade, amount) union all"
    " select p.stripe, p.loan, p.product, p.version, p.currency, p.grade, p.amount"
    " from ledger.provided p join ledger.set_aside s on s.stripe = p.stripe and s.loan = p.loan"
    " where p.stripe = any(%(stripes)s)),"
)
_DIFFERENCE: LiteralString = (
    " known as (select * from ledger.provided where stripe = any(%(stripes)s)),"
    " changed as (select stripe, loan, coalesce(t.product, k.product) as product,"
    " coalesce(t.version, k.version) as version, coalesce(t.currency, k.currency) as currency,"
    " coalesce(k.grade, t.grade) as grade_before, coalesce(t.grade, k.grade) as grade,"
    " coalesce(k.amount, 0) as before, coalesce(t.amount, 0) as amount, case"
    " when t.loan is not null then 'provision' when l.status = 'written_off'"
    " or l.stage in ('charged_off', 'charged_off_fraud') then 'written_off'"
    " else 'derecognised' end as cause from targets t full join known k using (stripe, loan)"
    " join ledger.loan l using (stripe, loan) where coalesce(t.amount, 0) <> coalesce(k.amount, 0)"
    " or (k.amount > 0 and t.grade <> k.grade)),"
    " told as (insert into ledger.allowance (stripe, loan, day, number, product, version,"
    " currency, grade_before, grade, before, amount, cause) select c.stripe, c.loan, %(day)s,"
    " w.number, c.product, c.version, c.currency, c.grade_before, c.grade, c.before, c.amount,"
    " c.cause from changed c join wanted w on w.stripe = c.stripe),"
    " kept as (insert into ledger.provided as p (stripe, loan, product, version, currency, grade,"
    " amount) select stripe, loan, product, version, currency, grade, amount from changed"
    " where amount > 0 on conflict (stripe, loan) do update set grade = excluded.grade,"
    " amount = excluded.amount), gone as (delete from ledger.provided p using changed c"
    " where p.stripe = c.stripe and p.loan = c.loan and c.amount = 0)"
    " select c.stripe, c.loan, c.product, c.version, c.currency, c.grade_before, c.grade,"
    " c.before, c.amount, c.cause, %(day)s::date, w.number from changed c"
    " join wanted w on w.stripe = c.stripe order by c.stripe, c.loan"
)
_WANTED: LiteralString = (
    "with wanted as (select * from unnest(%(stripes)s::int[], %(numbers)s::bigint[])"
    " as w (stripe, number)), "
)
Numbers = Sequence[tuple[int, int]]


async def by_rate(
    connection: Connection, numbers: Numbers, day: date, rates: Mapping[str, Fraction]
) -> list[Line]:
    """Brings allowances to a rate of principal by category, for (stripe, event number) pairs."""
    given = {
        "grades": list(rates),
        "numerators": [rate.numerator for rate in rates.values()],
        "denominators": [rate.denominator for rate in rates.values()],
    }
    return await _changed(connection, _BY_RATE, numbers, day, given)


async def as_given(
    connection: Connection, numbers: Numbers, day: date, targets: Sequence[Target]
) -> list[Line]:
    """Brings allowances to what was worked out for each loan on the books."""
    given = {
        "own": [one.key[0] for one in targets],
        "loans": [one.key[1] for one in targets],
        "products": [one.product for one in targets],
        "versions": [one.version for one in targets],
        "currencies": [one.currency for one in targets],
        "grades": [one.grade for one in targets],
        "amounts": [one.amount for one in targets],
    }
    return await _changed(connection, _AS_GIVEN, numbers, day, given)


async def _changed(
    connection: Connection,
    targets: LiteralString,
    numbers: Numbers,
    day: date,
    given: Mapping[str, Any],
) -> list[Line]:
    plain = {"stripes": [n[0] for n in numbers], "numbers": [n[1] for n in numbers], "day": day}
    rows = await fetch(connection, _WANTED + targets + _DIFFERENCE, {**plain, **given})
    return [Line(*row) for row in rows]


async def exposed(connection: Connection, stripes: Sequence[int], after: Key) -> list[Exposed]:
    """A group of loans on the books, in order of key, beginning after one."""
    rows = await fetch(
        connection,
        f"select {COLUMNS}, coalesce(q.state, '{{}}'), coalesce(a.bucket, '') from ledger.loan l"
        " left join ledger.quality q on q.stripe = l.stripe and q.loan = l.loan"
        " left join ledger.arrears a on a.stripe = l.stripe and a.loan = l.loan"
        " where l.stripe = any(%s) and (l.stripe, l.loan) > (%s, %s) and l.status = 'active'"
        " and l.stage in ('performing', 'suspended') and not exists (select from ledger.set_aside s"
        " where s.stripe = l.stripe and s.loan = l.loan) order by l.stripe, l.loan limit %s",
        (list(stripes), *after, GROUP),
    )
    return [Exposed(StoredLoan(*row[:-2]), row[-2], row[-1]) for row in rows]


def line_of(line: Line) -> tuple[str, str, int]:
    """(loan id, grade, allowance): the line of a loan under the event of a day."""
    return id_text(line.stripe, line.loan), line.grade, line.amount


_COLUMNS: LiteralString = (
    "a.stripe, a.loan, a.product, a.version, a.currency, a.grade_before, a.grade, a.before,"
    " a.amount, a.cause, a.day, a.number"
)


async def lines_of(
    connection: Connection, events: Sequence[tuple[int, int, date]]
) -> dict[tuple[int, int], list[tuple[str, str, int]]]:
    """The lines under bulk events in the order of their Merkle roots, where they have any."""
    rows = await fetch(
        connection,
        f"select {_COLUMNS} from unnest(%s::int[], %s::bigint[]) as k (stripe, number)"
        " cross join lateral (select * from ledger.allowance x where x.stripe = k.stripe"
        " and x.number = k.number offset 0) a order by a.stripe, a.number, a.loan",
        ([e[0] for e in events], [e[1] for e in events]),
    )
    found: dict[tuple[int, int], list[tuple[str, str, int]]] = {}
    for row in rows:
        line = Line(*row)
        found.setdefault((line.stripe, line.number), []).append(line_of(line))
    return found


async def of_loan(
    connection: Connection, stripe: int, loan: int, after: date, limit: int
) -> list[Line]:
    """A loan's lines by day, beginning after one."""
    rows = await fetch(
        connection,
        f"select {_COLUMNS} from ledger.allowance a where a.stripe = %s and a.loan = %s"
        " and a.day > %s order by a.day limit %s",
        (stripe, loan, after, limit),
    )
    return [Line(*row) for row in rows]


async def moved(
    connection: Connection, book: int, first: date | None, last: date
) -> list[tuple[str, str, str, bool, bool, str, int, int]]:
    """Sums of lines of a span of days, from the beginning where it has no first one.

    By currency, grade before and after, whether there was an allowance before, whether the loan's
    grew, and cause: (those six, sum before, sum after).
    """
    rows = await fetch(
        connection,
        "select currency, grade_before, grade, before > 0, amount >= before, cause,"
        " sum(before)::numeric, sum(amount)::numeric from ledger.allowance"
        " where stripe between %s and %s and (%s::date is null or day >= %s) and day <= %s"
        " group by 1, 2, 3, 4, 5, 6 order by 1, 2, 3, 4, 5, 6",
        (book * SPAN, book * SPAN + SPAN - 1, first, first, last),
    )
    return [(*row[:6], int(row[6]), int(row[7])) for row in rows]


async def posted(
    connection: Connection, book: int, accounts: Sequence[str], first: date, last: date
) -> list[tuple[str, str, int, int]]:
    """(currency, event kind, debits, credits) of accounts in a span of accounting days.

    What was posted before the span stands under an empty kind.
    """
    rows = await fetch(
        connection,
        "select n.currency, case when n.posting_date < %s then '' else e.kind end,"
        " sum(case n.side when 'D' then n.amount else 0 end)::numeric,"
        " sum(case n.side when 'C' then n.amount else 0 end)::numeric from ledger.entry n"
        " join ledger.event e on e.stripe = n.stripe and e.number = n.number"
        " where n.stripe between %s and %s and n.account = any(%s) and n.posting_date <= %s"
        " group by 1, 2 order by 1, 2",
        (first, book * SPAN, book * SPAN + SPAN - 1, list(accounts), last),
    )
    return [(row[0], row[1], int(row[2]), int(row[3])) for row in rows]
