"""What must hold in a book at every moment, asked of the database itself by its superuser."""

from __future__ import annotations

import asyncio

import psycopg
from psycopg import AsyncConnection

from ledger.book.chart import CREDIT_SIDE
from ledger.lending.histories import inputs
from ledger.loan.fold import fold
from ledger.store import catalogue, events, loan_search, stripes
from ledger.store.records import decoded
from ledger.store.rows import Connection

#: Each query names a promise by its rows: none may come back.
WRONG: dict[str, str] = {
    "a journal does not balance": (
        "select stripe, number, journal, currency from ledger.entry group by 1, 2, 3, 4"
        " having sum(case side when 'D' then amount else -amount end) <> 0"
    ),
    "a stripe does not balance": (
        "select stripe, currency from ledger.entry group by 1, 2"
        " having sum(case side when 'D' then amount else -amount end) <> 0"
    ),
    "a running balance is not the sum of its entries": (
        "select * from (select stripe, account, currency,"
        " sum(amount) filter (where side = 'D') as d, sum(amount) filter (where side = 'C') as c"
        " from ledger.entry group by 1, 2, 3) n full join ledger.balance b"
        " using (stripe, account, currency)"
        " where coalesce(n.d, 0) is distinct from b.debit"
        " or coalesce(n.c, 0) is distinct from b.credit"
    ),
    "a day's accrual lines are not what its event posted": (
        "select * from (select stripe, number, component, sum(amount) as lines"
        " from ledger.accrual group by 1, 2, 3) a full join (select n.stripe, n.number,"
        " n.component, sum(case n.side when 'D' then n.amount else -n.amount end) as posted"
        " from ledger.entry n join ledger.event e using (stripe, number)"
        " where e.kind = 'day_closed' and n.component is not null group by 1, 2, 3) p"
        " using (stripe, number, component) where a.lines is distinct from p.posted"
    ),
    "turnover is not the sum of the entries until the last roll": (
        "select * from (select n.stripe, n.account, n.currency, n.value_date, n.posting_date,"
        " sum(case n.side when 'D' then n.amount else 0 end) as d,"
        " sum(case n.side when 'C' then n.amount else 0 end) as c from ledger.entry n"
        " where n.number <= (select max(r.number) from ledger.roll r where r.stripe = n.stripe)"
        " group by 1, 2, 3, 4, 5) n full join (select t.stripe, t.account, t.currency,"
        " t.value_date, t.posting_date, sum(t.debit) as td, sum(t.credit) as tc"
        " from ledger.turnover t group by 1, 2, 3, 4, 5) t"
        " using (stripe, account, currency, value_date, posting_date)"
        " where n.d is distinct from t.td or n.c is distinct from t.tc"
    ),
    "turnover of days is not the sum of the entries until they were rolled": (
        "select * from (select n.account, n.currency, n.value_date, n.posting_date,"
        " sum(case n.side when 'D' then n.amount else 0 end) as d,"
        " sum(case n.side when 'C' then n.amount else 0 end) as c from ledger.entry n"
        " where n.number <= (select r.number from ledger.roll r where r.stripe = n.stripe"
        " and r.day <= (select max(day) from ledger.day_roll) order by r.day desc limit 1)"
        " group by 1, 2, 3, 4) n full join (select t.account, t.currency, t.value_date,"
        " t.posting_date, sum(t.debit) as td, sum(t.credit) as tc"
        " from ledger.day_turnover t group by 1, 2, 3, 4) t"
        " using (account, currency, value_date, posting_date)"
        " where n.d is distinct from t.td or n.c is distinct from t.tc"
    ),
    "event numbers have a gap": (
        "select s.stripe from ledger.stripe s left join ledger.event e using (stripe)"
        " group by s.stripe, s.last_number"
        " having coalesce(max(e.number), 0) <> s.last_number or count(e.number) <> s.last_number"
    ),
    "an event has no entries although its answer names a journal": (
        "select e.stripe, e.number from ledger.event e where e.kind in"
        " ('journal_posted', 'journal_reversed', 'repayment_recorded', 'disbursement_recorded')"
        " and not exists (select from ledger.entry n"
        " where n.stripe = e.stripe and n.number = e.number)"
    ),
    "an answer and its event disagree": (
        "select a.stripe, a.request_id from ledger.answer a left join ledger.event e"
        " on e.stripe = a.stripe and e.number = a.number"
        " where e.request_id is distinct from a.request_id"
    ),
}

_IN_CREDIT = [part.value for part in CREDIT_SIDE]
_BY_LOAN = (
    "select stripe, loan, component, sum(amount)::bigint from ("
    " select stripe, loan, component,"
    " case when (side = 'D') <> (component = any(%s)) then amount else -amount end as amount"
    " from ledger.entry where loan is not null and component is not null"
    " union all select stripe, loan, component, amount from ledger.accrual) x group by 1, 2, 3"
)


def require_sound(dsn: str, book: int = 1) -> None:
    """Promises 1 and 2, and the cached state of every loan against its history."""
    with psycopg.connect(dsn, autocommit=True) as connection:
        for what, query in WRONG.items():
            rows = connection.execute(query.encode()).fetchall()
            assert rows == [], f"{what}: {rows[:5]}"
    asyncio.run(_require_refolded(dsn, book))


async def _require_refolded(dsn: str, book: int) -> None:
    async with await AsyncConnection.connect(dsn, autocommit=True) as connection:
        days = {row.stripe: row.business_date for row in await stripes.read(connection, book)}
        known = await catalogue.load(connection, book)
        stored = await loan_search.search(connection, book, (0, 0), 10_000)
        found = await events.of_loans(connection, [(row.stripe, row.loan) for row in stored])
        booked = await _booked(connection)
    for row in stored:
        record = decoded(row, known)
        key, business = (row.stripe, row.loan), days[row.stripe]
        opened, standing = inputs(found[key], record.state.terms)
        state, _ = fold(opened, standing, business)
        assert record.state == state, f"the cache of loan {key} is not the fold of its history"
        held = {p.value: a for p, a in state.balances(business).items() if a}
        carried = booked.get(key, {})
        assert carried == held, f"the books of loan {key}, {carried}, are not its state, {held}"


async def _booked(connection: Connection) -> dict[tuple[int, int], dict[str, int]]:
    found: dict[tuple[int, int], dict[str, int]] = {}
    for stripe, loan, component, amount in await (
        await connection.execute(_BY_LOAN, (_IN_CREDIT,))
    ).fetchall():
        if amount:
            found.setdefault((stripe, loan), {})[component] = amount
    return found
