"""How loans are classified: a row for each change, and what each loan is now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import orjson

from ledger.calc.policy import Suspension
from ledger.calc.quality import Quality, as_object, from_object
from ledger.names import SPAN
from ledger.store.loans import COLUMNS, Key, StoredLoan
from ledger.store.rows import Connection, Writes, fetch, put


@dataclass(frozen=True, slots=True)
class Rated:
    """A loan's quality as an event left it; `regraded` where its grades are not what they were."""

    stripe: int
    loan: int
    quality: Quality
    day: date
    regraded: bool
    number: int = 0


@dataclass(frozen=True, slots=True)
class Candidate:
    """A loan on the books that a day may classify anew; no arrears have days 0 and no `since`.

    `state` is its quality as it is stored.
    """

    key: Key
    debtor: Key
    state: str
    product: str
    version: int
    currency: str
    principal: int
    retail: bool
    days: int
    since: date | None


@dataclass(frozen=True, slots=True)
class Accruing:
    """A loan whose interest stops being income, or is income again, with its stored quality."""

    row: StoredLoan
    quality: str
    stops: bool


@dataclass(frozen=True, slots=True)
class Graded:
    """Grades that a loan got on a day, by which event."""

    number: int
    day: date
    category: str
    stage: int
    nonaccrual: bool


def save(writes: Writes, rated: Sequence[Rated]) -> None:
    """Keeps what loans are now, the last of each, and appends the grades that are new."""
    last = {(one.stripe, one.loan): one for one in rated}
    put(
        writes,
        "insert into ledger.quality as q (stripe, loan, number, category, stage, nonaccrual,"
        " watched, suspended, assessed, state) select * from"
        " unnest(%s::int[], %s::bigint[], %s::bigint[],"
        " %s::text[], %s::int[], %s::boolean[], %s::boolean[], %s::boolean[], %s::bigint[],"
        " %s::text[]) on conflict (stripe, loan)"
        " do update set number = excluded.number, category = excluded.category,"
        " stage = excluded.stage, nonaccrual = excluded.nonaccrual, watched = excluded.watched,"
        " suspended = excluded.suspended, assessed = excluded.assessed,"
        " state = excluded.state",
        [
            (
                one.stripe,
                one.loan,
                one.number,
                one.quality.category.value,
                one.quality.stage,
                one.quality.nonaccrual,
                one.quality.watched,
                one.quality.suspended,
                one.quality.assessed,
                state_text(one.quality),
            )
            for one in last.values()
        ],
    )
    put(
        writes,
        "insert into ledger.classification (stripe, loan, number, day, category, stage,"
        " nonaccrual) select * from unnest(%s::int[], %s::bigint[], %s::bigint[], %s::date[],"
        " %s::text[], %s::int[], %s::boolean[])",
        [
            (
                one.stripe,
                one.loan,
                one.number,
                one.day,
                one.quality.category.value,
                one.quality.stage,
                one.quality.nonaccrual,
            )
            for one in rated
            if one.regraded
        ],
    )


def state_text(found: Quality) -> str:
    """A quality as it is stored."""
    return orjson.dumps(as_object(found), option=orjson.OPT_SORT_KEYS).decode()


def quality_from(text: str) -> Quality:
    """The quality that `state_text` stored."""
    return from_object(orjson.loads(text))


async def candidates(connection: Connection, stripes: Sequence[int], day: date) -> list[Candidate]:
    """Loans past due, loans that are watched, and all other loans of the companies that owe them.

    Loans that left the balance sheet are not classified.
    """
    rows = await fetch(
        connection,
        "with known as (select stripe, loan from ledger.arrears where stripe = any(%(stripes)s)"
        " union select stripe, loan from ledger.quality where stripe = any(%(stripes)s)"
        " and watched), owed as (select k.stripe, k.loan, l.party, l.party_stripe, p.kind from"
        " known k join ledger.loan l on l.stripe = k.stripe and l.loan = k.loan join ledger.party p"
        " on p.stripe = coalesce(l.party_stripe, l.stripe) and p.party = l.party),"
        " wanted as (select stripe, loan, kind from owed union select o.stripe, l.loan, o.kind"
        " from owed o join ledger.loan l on l.stripe = o.stripe and l.party = o.party"
        " and l.party_stripe is not distinct from o.party_stripe where o.kind <> 'person')"
        " select l.stripe, l.loan, coalesce(l.party_stripe, l.stripe), l.party,"
        " coalesce(q.state, '{}'), l.product, l.version, l.currency, l.principal,"
        " w.kind = 'person', coalesce(a.days + case when a.paused then 0"
        " else %(day)s::date - a.day end, 0), a.since"
        " from wanted w join ledger.loan l on l.stripe = w.stripe"
        " and l.loan = w.loan left join ledger.arrears a on a.stripe = w.stripe and a.loan = w.loan"
        " left join ledger.quality q on q.stripe = w.stripe and q.loan = w.loan"
        " where l.status = 'active' and l.stage in ('performing', 'suspended')"
        " and not exists (select from ledger.set_aside s where s.stripe = l.stripe"
        " and s.loan = l.loan) order by l.stripe, l.loan",
        {"stripes": list(stripes), "day": day},
    )
    return [Candidate((row[0], row[1]), (row[2], row[3]), *row[4:]) for row in rows]


async def accruing(
    connection: Connection, stripes: Sequence[int], rule: Suspension
) -> list[Accruing]:
    """Loans whose interest is income and should not be, or the other way round after a close."""
    rows = await fetch(
        connection,
        f"select * from (select {COLUMNS}, q.state as quality, l.stage, q.suspended, case %s"
        " when 'nonaccrual' then q.nonaccrual when 'stage_3' then q.stage = 3"
        " else q.category in ('substandard', 'doubtful', 'loss') end as stops"
        " from ledger.quality q join ledger.loan l on l.stripe = q.stripe and l.loan = q.loan"
        " where q.stripe = any(%s) and q.watched and l.status = 'active' and not exists"
        " (select from ledger.set_aside s where s.stripe = l.stripe and s.loan = l.loan)) f"
        " where stage = case when stops then 'performing' else 'suspended' end"
        " and (stops or suspended) order by stripe, loan",
        (rule.value, list(stripes)),
    )
    return [Accruing(StoredLoan(*row[:-4]), row[-4], row[-1]) for row in rows]


async def of_loan(
    connection: Connection, stripe: int, loan: int, after: int, limit: int
) -> list[Graded]:
    """The grades of a loan in the order that it got them, beginning after an event."""
    rows = await fetch(
        connection,
        "select number, day, category, stage, nonaccrual from ledger.classification"
        " where stripe = %s and loan = %s and number > %s order by number limit %s",
        (stripe, loan, after, limit),
    )
    return [Graded(*row) for row in rows]


async def read(connection: Connection, stripe: int, loan: int) -> Quality:
    """What a loan is now."""
    rows = await fetch(
        connection,
        "select state from ledger.quality where stripe = %s and loan = %s",
        (stripe, loan),
    )
    return quality_from(rows[0][0]) if rows else Quality()


async def sums(connection: Connection, book: int) -> list[tuple[str, str, int, bool, int, int]]:
    """(currency, category, stage, non-accrual, loans, principal) of loans on the books now."""
    rows = await fetch(
        connection,
        "select l.currency, coalesce(q.category, 'pass'), coalesce(q.stage, 1),"
        " coalesce(q.nonaccrual, false), count(*)::bigint, sum(l.principal)::numeric"
        " from ledger.loan l left join ledger.quality q on q.stripe = l.stripe"
        " and q.loan = l.loan where l.stripe between %s and %s and l.status = 'active'"
        " and l.stage in ('performing', 'suspended') group by 1, 2, 3, 4 order by 1, 2, 3, 4",
        (book * SPAN, book * SPAN + SPAN - 1),
    )
    return [(*row[:5], int(row[5])) for row in rows]
