"""What the full-book check reads: the sums that must agree, a stripe or some loans at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, LiteralString

from ledger.names import SPAN
from ledger.store.loans import Key
from ledger.store.rows import Connection, fetch

#: Rows of one finding in a stripe: what fails throughout is told as well by the first ones.
MOST = 200


@dataclass(frozen=True, slots=True)
class Mismatch:
    """Two figures of a stripe that are not equal, at an account or an event; minor units."""

    account: str | None
    number: int | None
    currency: str | None
    figure: str
    stored: int | None
    computed: int | None


#: A stripe, and the last day whose accrual lines are archived.
_GIVEN: LiteralString = (
    "with given as (select s.stripe, coalesce((select max(a.until) from ledger.accrual_archive a"
    " where a.book = s.book), '-infinity') as archived from ledger.stripe s where s.stripe = %s)"
)

#: (account, event number, currency, figure, stored, computed) where they differ; one parameter.
_CHECKS: tuple[LiteralString, ...] = (
    "select null, number, currency, 'debits less credits of journal ' || journal,"
    " sum(case side when 'D' then amount else -amount end)::numeric, 0::numeric"
    " from ledger.entry where stripe = %s group by number, journal, currency"
    " having sum(case side when 'D' then amount else -amount end) <> 0 order by number, journal",
    "select null, null, currency, 'debits less credits of all balances',"
    " sum(debit - credit)::numeric, 0::numeric from ledger.balance where stripe = %s"
    " group by currency having sum(debit - credit) <> 0 order by currency",
    "with given as (select %s::int as stripe), summed as (select n.account, n.currency,"
    " coalesce(sum(n.amount) filter (where n.side = 'D'), 0) as debit,"
    " coalesce(sum(n.amount) filter (where n.side = 'C'), 0) as credit"
    " from ledger.entry n join given g on g.stripe = n.stripe group by 1, 2),"
    " kept as (select b.account, b.currency, b.debit, b.credit"
    " from ledger.balance b join given g on g.stripe = b.stripe)"
    " select account, null, currency, c.figure, c.stored::numeric, c.computed::numeric"
    " from kept k full join summed s using (account, currency) cross join lateral (values"
    " ('debit', coalesce(k.debit, 0), coalesce(s.debit, 0)),"
    " ('credit', coalesce(k.credit, 0), coalesce(s.credit, 0))) as c (figure, stored, computed)"
    " where c.stored <> c.computed order by account, currency, c.figure",
    "select null, e.number + 1, null, 'events missing', null, (e.later - e.number - 1)::numeric"
    " from (select number, lead(number) over (order by number) as later from ledger.event"
    " where stripe = %s) e where e.later <> e.number + 1 order by e.number",
    "select null, null, null, 'last event number', s.last_number::numeric,"
    " coalesce(m.number, 0)::numeric from ledger.stripe s left join lateral (select e.number"
    " from ledger.event e where e.stripe = s.stripe order by e.number desc limit 1) m on true"
    " where s.stripe = %s and s.last_number <> coalesce(m.number, 0)",
    f"{_GIVEN}, lines as (select a.number, a.component, sum(a.amount) as amount"
    " from ledger.accrual a join given g on g.stripe = a.stripe group by 1, 2),"
    " posted as (select n.number, n.component,"
    " sum(case n.side when 'D' then n.amount else -n.amount end) as amount"
    " from given g join ledger.event e on e.stripe = g.stripe and e.kind = 'day_closed'"
    " and e.value_date > g.archived"
    " join ledger.entry n on n.stripe = e.stripe and n.number = e.number"
    " where n.component is not null group by 1, 2)"
    " select null, number, null, 'accrual of ' || component,"
    " coalesce(p.amount, 0)::numeric, coalesce(l.amount, 0)::numeric"
    " from lines l full join posted p using (number, component)"
    " where coalesce(p.amount, 0) <> coalesce(l.amount, 0) order by number, component",
    f"{_GIVEN}, brought as (select b.component, sum(b.amount) as amount"
    " from ledger.accrual_brought b join given g on g.stripe = b.stripe group by 1),"
    " posted as (select n.component,"
    " sum(case n.side when 'D' then n.amount else -n.amount end) as amount"
    " from given g join ledger.event e on e.stripe = g.stripe and e.kind = 'day_closed'"
    " and e.value_date <= g.archived"
    " join ledger.entry n on n.stripe = e.stripe and n.number = e.number"
    " where n.component is not null group by 1)"
    " select null, null, null, 'archived accrual of ' || component,"
    " coalesce(p.amount, 0)::numeric, coalesce(b.amount, 0)::numeric"
    " from brought b full join posted p using (component)"
    " where coalesce(p.amount, 0) <> coalesce(b.amount, 0) order by component",
    "with given as (select %s::int as stripe), rolled as (select g.stripe, coalesce((select"
    " r.number from ledger.roll r where r.stripe = g.stripe order by r.number desc limit 1), 0)"
    " as number from given g), summed as (select n.account, n.currency, n.value_date,"
    " n.posting_date, sum(case n.side when 'D' then n.amount else 0 end) as debit,"
    " sum(case n.side when 'C' then n.amount else 0 end) as credit from rolled r"
    " join ledger.entry n on n.stripe = r.stripe and n.number <= r.number group by 1, 2, 3, 4),"
    " kept as (select t.account, t.currency, t.value_date, t.posting_date, sum(t.debit) as debit,"
    " sum(t.credit) as credit from given g join ledger.turnover t on t.stripe = g.stripe"
    " group by 1, 2, 3, 4) select account, null, currency, c.figure || ' turnover of '"
    " || value_date || ' posted ' || posting_date, c.stored::numeric, c.computed::numeric"
    " from kept k full join summed s using (account, currency, value_date, posting_date)"
    " cross join lateral (values ('debit', coalesce(k.debit, 0), coalesce(s.debit, 0)),"
    " ('credit', coalesce(k.credit, 0), coalesce(s.credit, 0))) as c (figure, stored, computed)"
    " where c.stored <> c.computed order by account, currency, value_date, posting_date, c.figure",
    "select n.account, n.number, n.currency, 'entry ' || n.line || ' of another loan',"
    " n.amount::numeric, 0::numeric from ledger.entry n"
    " join ledger.event e on e.stripe = n.stripe and e.number = n.number"
    " where n.stripe = %s and n.loan is not null and e.loan is distinct from n.loan"
    " order by n.number, n.line",
    "with given as (select %s::int as stripe), lines as (select a.stripe, a.loan, a.number,"
    " a.amount from ledger.accrual a join given g on g.stripe = a.stripe"
    " union all select b.stripe, b.loan, b.number, b.amount"
    " from ledger.accrual_brought b join given g on g.stripe = b.stripe)"
    " select null, a.number, null, 'accrual of a loan that is not there', a.amount::numeric,"
    " 0::numeric from lines a where not exists (select"
    " from ledger.loan l where l.stripe = a.stripe and l.loan = a.loan) order by a.number",
)


async def of_stripe(connection: Connection, stripe: int) -> list[Mismatch]:
    """What does not agree in a stripe, whatever its loans say."""
    found: list[Mismatch] = []
    for statement in _CHECKS:
        rows = await fetch(connection, statement + f" limit {MOST:d}", (stripe,))
        found += [Mismatch(*row[:4], *map(_whole, row[4:])) for row in rows]
    return found


async def of_days(connection: Connection, book: int) -> list[Mismatch]:
    """Where the turnover of whole days is not the sum of what the stripes rolled."""
    rows = await fetch(
        connection,
        "with kept as (select * from ledger.day_turnover where book = %(book)s),"
        " summed as (select r.day, t.account, t.currency, t.value_date, t.posting_date,"
        " sum(t.debit) as debit, sum(t.credit) as credit from ledger.roll r"
        " join ledger.turnover t on t.stripe = r.stripe and t.number = r.number"
        " where r.stripe between %(first)s and %(last)s and r.day <= (select max(d.day)"
        " from ledger.day_roll d where d.book = %(book)s) group by 1, 2, 3, 4, 5)"
        " select account, null, currency, c.figure || ' turnover of ' || value_date || ' posted '"
        " || posting_date || ', rolled on ' || day || ' by all stripes', c.stored::numeric,"
        " c.computed::numeric from kept k full join summed s"
        " using (day, account, currency, value_date, posting_date) cross join lateral (values"
        " ('debit', coalesce(k.debit, 0), coalesce(s.debit, 0)),"
        " ('credit', coalesce(k.credit, 0), coalesce(s.credit, 0))) as c (figure, stored, computed)"
        " where c.stored <> c.computed"
        " order by day, account, currency, value_date, posting_date, c.figure limit %(most)s",
        {"book": book, "first": book * SPAN, "last": book * SPAN + SPAN - 1, "most": MOST},
    )
    return [Mismatch(*row[:4], *map(_whole, row[4:])) for row in rows]


def _whole(figure: Any) -> int | None:
    return None if figure is None else int(figure)


async def figures(connection: Connection, keys: Sequence[Key]) -> dict[Key, tuple[Any, ...]]:
    """The rows of loans as `loans.row_of` makes them; lines are text."""
    rows = await fetch(
        connection,
        "select l.stripe, l.loan, l.party, l.product, l.version, l.currency, l.status,"
        " l.reference, l.booked_at, l.last_number, l.state, l.principal, l.fee, l.credit,"
        " l.written_off, l.overdue, l.interest_settled, l.interest_from, l.interest_base::text,"
        " l.interest_slope::text, l.interest_denominator::text, l.penalty_settled,"
        " l.penalty_from, l.penalty_base::text, l.penalty_slope::text,"
        " l.penalty_denominator::text, l.half_even, l.next_date, l.oldest_due, l.stage,"
        " l.borrowing, l.adjustment, l.party_stripe, l.reset_on, l.next_due, l.branch"
        " from unnest(%s::int[], %s::bigint[]) as k (stripe, loan)"
        " cross join lateral (select * from ledger.loan x"
        " where x.stripe = k.stripe and x.loan = k.loan offset 0) l",
        ([key[0] for key in keys], [key[1] for key in keys]),
    )
    return {(row[0], row[1]): tuple(row) for row in rows}


async def booked(
    connection: Connection, keys: Sequence[Key]
) -> dict[Key, dict[tuple[str, str | None, str | None], int]]:
    """Debits less credits of loans by (component, account, currency).

    Accrual lines, and the sums of archived ones, have neither account nor currency: those of the
    loan's product are meant.
    """
    rows = await fetch(
        connection,
        "with k as (select * from unnest(%s::int[], %s::bigint[]) as k (stripe, loan))"
        " select k.stripe, k.loan, n.component, n.account, n.currency,"
        " sum(case n.side when 'D' then n.amount else -n.amount end)::numeric"
        " from k cross join lateral (select x.component, x.account, x.currency, x.side, x.amount"
        " from ledger.event e join ledger.entry x on x.stripe = e.stripe and x.number = e.number"
        " where e.stripe = k.stripe and e.loan = k.loan and x.loan = k.loan"
        " and x.component is not null offset 0) n group by 1, 2, 3, 4, 5"
        " union all select k.stripe, k.loan, a.component, null, null, sum(a.amount)::numeric"
        " from k cross join lateral (select e.posting_date as first, s.business_date as last"
        " from ledger.event e join ledger.stripe s on s.stripe = e.stripe"
        " where e.stripe = k.stripe and e.loan = k.loan order by e.number limit 1) b"
        " cross join lateral generate_series(b.first::timestamp, b.last, interval '1 day')"
        " as d (day) cross join lateral (select x.component, x.amount from ledger.accrual x"
        " where x.stripe = k.stripe and x.day = d.day::date and x.loan = k.loan offset 0) a"
        " group by 1, 2, 3"
        " union all select k.stripe, k.loan, b.component, null, null, b.amount::numeric"
        " from k cross join lateral (select x.component, x.amount from ledger.accrual_brought x"
        " where x.stripe = k.stripe and x.loan = k.loan offset 0) b",
        ([key[0] for key in keys], [key[1] for key in keys]),
    )
    found: dict[Key, dict[tuple[str, str | None, str | None], int]] = {}
    for stripe, loan, component, account, currency, amount in rows:
        sums, key = found.setdefault((stripe, loan), {}), (component, account, currency)
        sums[key] = sums.get(key, 0) + int(amount)
    return found


async def count(connection: Connection, book: int) -> int:
    """How many loans a book has."""
    rows = await fetch(
        connection,
        "select count(*) from ledger.loan where stripe between %s and %s",
        (book * 1000, book * 1000 + 999),
    )
    return int(rows[0][0])
