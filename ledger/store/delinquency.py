"""How loans age: pauses, a row for each change, and the loans that are past due now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ledger.calc.policy import Policy
from ledger.names import SPAN, id_text
from ledger.store.rows import Connection, Writes, fetch, put


@dataclass(frozen=True, slots=True)
class Pause:
    """Days in [first, until) that do not count as past due; `number` is that of its event."""

    stripe: int
    loan: int
    first: date
    until: date
    cause: str
    number: int = 0


@dataclass(frozen=True, slots=True)
class Aged:
    """How a loan stands from the start of a day on, until its next row.

    Its days grow by one a day unless it is paused, or nothing is past due (`since` is None).
    """

    stripe: int
    loan: int
    day: date
    since: date | None
    days: int
    paused: bool
    bucket: str

    def days_on(self, day: date) -> int:
        """Days past due at the start of a later day."""
        return self.days if self.paused or not self.since else self.days + (day - self.day).days


def add_pauses(writes: Writes, added: Sequence[Pause]) -> None:
    """Appends pauses; one with the same first day takes the place of an earlier one."""
    put(
        writes,
        "insert into ledger.delinquency_pause (stripe, loan, first, number, until, cause)"
        " select * from unnest(%s::int[], %s::bigint[], %s::date[], %s::bigint[], %s::date[],"
        " %s::text[])",
        [(p.stripe, p.loan, p.first, p.number, p.until, p.cause) for p in added],
    )


async def age(
    connection: Connection, numbers: Sequence[tuple[int, int]], policy: Policy, day: date
) -> list[Aged]:
    """Appends what changed by the start of a day, for (stripe, event number) pairs.

    One statement over the loans that are past due, or were: a row is due where it does not follow
    from the one before.
    """
    tolerance = list(policy.tolerance.items())
    rows = await fetch(
        connection,
        "with wanted as (select * from unnest(%(stripes)s::int[], %(numbers)s::bigint[])"
        " as w (stripe, number)), tolerance as (select * from"
        " unnest(%(currencies)s::text[], %(amounts)s::bigint[]) as t (currency, amount)),"
        " buckets as (select * from unnest(%(names)s::text[], %(firsts)s::int[])"
        " as b (name, first)),"
        " late as (select l.stripe, l.loan, l.oldest_due as since, p.running as paused,"
        " %(day)s::date - l.oldest_due - p.days as days from ledger.loan l"
        " left join tolerance t on t.currency = l.currency cross join lateral ("
        " select coalesce(sum(greatest(least(q.until, %(day)s) - greatest(q.first, l.oldest_due),"
        " 0)), 0)::int as days, coalesce(bool_or(q.first <= %(day)s and %(day)s < q.until), false)"
        " as running from (select distinct on (x.first) x.first, x.until"
        " from ledger.delinquency_pause x where x.stripe = l.stripe and x.loan = l.loan"
        " order by x.first, x.number desc) q) p"
        " where l.stripe = any(%(stripes)s) and l.oldest_due < %(day)s"
        " and l.overdue > coalesce(t.amount, 0)),"
        " known as (select * from ledger.arrears where stripe = any(%(stripes)s)),"
        " changed as (select stripe, loan, n.since, coalesce(n.days, 0) as days,"
        " coalesce(n.paused, false) as paused, b.name as bucket from late n"
        " full join known k using (stripe, loan) cross join lateral (select name from buckets"
        " where first <= case when n.days > %(tolerated)s then n.days else 0 end"
        " order by first desc limit 1) b where n.since is distinct from k.since"
        " or n.paused is distinct from k.paused or b.name <> k.bucket or n.days is distinct from"
        " k.days + case when k.paused then 0 else %(day)s - k.day end),"
        " told as (insert into ledger.delinquency (stripe, loan, day, since, days, paused, bucket,"
        " currency, number) select c.stripe, c.loan, %(day)s, c.since, c.days, c.paused, c.bucket,"
        " l.currency, w.number from changed c join wanted w on w.stripe = c.stripe"
        " join ledger.loan l on l.stripe = c.stripe and l.loan = c.loan),"
        " kept as (insert into ledger.arrears as a (stripe, loan, day, since, days, paused, bucket)"
        " select stripe, loan, %(day)s, since, days, paused, bucket from changed"
        " where since is not null on conflict (stripe, loan) do update set day = excluded.day,"
        " since = excluded.since, days = excluded.days, paused = excluded.paused,"
        " bucket = excluded.bucket),"
        " cured as (delete from ledger.arrears a using changed c where a.stripe = c.stripe"
        " and a.loan = c.loan and c.since is null)"
        " select stripe, loan, %(day)s::date, since, days, paused, bucket from changed"
        " order by stripe, loan",
        {
            "stripes": [n[0] for n in numbers],
            "numbers": [n[1] for n in numbers],
            "currencies": [currency for currency, _ in tolerance],
            "amounts": [amount for _, amount in tolerance],
            "names": [name for name, _ in policy.buckets],
            "firsts": [first for _, first in policy.buckets],
            "day": day,
            "tolerated": policy.tolerance_days,
        },
    )
    return [Aged(*row) for row in rows]


def line_of(row: Aged) -> tuple[str, str, int]:
    """(loan id, bucket, days past due): the line of a loan under the event of a day."""
    name = f"{row.bucket} paused" if row.paused else row.bucket
    return id_text(row.stripe, row.loan), name, row.days


async def lines_of(
    connection: Connection, events: Sequence[tuple[int, int, date]]
) -> dict[tuple[int, int], list[tuple[str, str, int]]]:
    """The lines under bulk events in the order of their Merkle roots, where they have any."""
    rows = await fetch(
        connection,
        "select k.number, d.stripe, d.loan, d.day, d.since, d.days, d.paused, d.bucket"
        " from unnest(%s::int[], %s::bigint[]) as k (stripe, number) cross join lateral"
        " (select * from ledger.delinquency x where x.stripe = k.stripe and x.number = k.number"
        " offset 0) d order by d.stripe, k.number, d.loan",
        ([e[0] for e in events], [e[1] for e in events]),
    )
    found: dict[tuple[int, int], list[tuple[str, str, int]]] = {}
    for number, *row in rows:
        found.setdefault((row[0], number), []).append(line_of(Aged(*row)))
    return found


async def of_loan(
    connection: Connection, stripe: int, loan: int, first: date, last: date, limit: int
) -> list[Aged]:
    """How a loan stood from a day on: the row in force on it, and those that follow."""
    rows = await fetch(
        connection,
        "select stripe, loan, day, since, days, paused, bucket from ledger.delinquency"
        " where stripe = %s and loan = %s and day <= %s and day >= coalesce((select max(x.day)"
        " from ledger.delinquency x where x.stripe = %s and x.loan = %s and x.day <= %s), %s)"
        " order by day limit %s",
        (stripe, loan, last, stripe, loan, first, first, limit),
    )
    return [Aged(*row) for row in rows]


async def buckets(connection: Connection, book: int, day: date) -> list[tuple[str, str, int]]:
    """(currency, bucket, loans) that were past due at the start of a day."""
    rows = await fetch(
        connection,
        "select currency, bucket, count(*)::bigint from (select distinct on (stripe, loan) *"
        " from ledger.delinquency where stripe between %s and %s and day <= %s"
        " order by stripe, loan, day desc) d where since is not null"
        " group by currency, bucket",
        (book * SPAN, book * SPAN + SPAN - 1, day),
    )
    return [(row[0], row[1], row[2]) for row in rows]


async def owed(connection: Connection, book: int) -> list[tuple[str, str, int, int, int]]:
    """(currency, bucket, loans, principal, overdue) of active loans as they stand now.

    A loan that is not past due has an empty bucket; overdue counts instalments and fees.
    """
    rows = await fetch(
        connection,
        "select l.currency, coalesce(a.bucket, ''), count(*)::bigint, sum(l.principal)::numeric,"
        " sum(case when a.loan is null then 0 else l.overdue end)::numeric from ledger.loan l"
        " left join ledger.arrears a on a.stripe = l.stripe and a.loan = l.loan"
        " where l.stripe between %s and %s and l.status = 'active' group by 1, 2",
        (book * SPAN, book * SPAN + SPAN - 1),
    )
    return [(row[0], row[1], row[2], int(row[3]), int(row[4])) for row in rows]
