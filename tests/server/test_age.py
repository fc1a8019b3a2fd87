"""Promise 7 by age: a close of a book that is years old reads no more rows than of a young one."""

from __future__ import annotations

import psycopg

from loanledger import money
from tests.server.desk import serving

DAYS = 2000
#: What a close appends to each day, as if the book had been open for years before.
_AGED = (
    "insert into ledger.roll select s.stripe, -n, date '2024-01-01' - n, 0"
    " from ledger.stripe s, generate_series(1, %s) as n",
    "insert into ledger.turnover select r.stripe, r.number, b.account, b.currency, r.day, r.day,"
    " 1, 1 from ledger.roll r join ledger.balance b using (stripe) where r.number < 0",
    "insert into ledger.day_roll select distinct stripe / 1000, day, 0 from ledger.roll"
    " where number < 0",
    "insert into ledger.day_turnover select t.stripe / 1000, t.posting_date, t.account,"
    " t.currency, t.value_date, t.posting_date, sum(t.debit), sum(t.credit)"
    " from ledger.turnover t where t.number < 0 group by 1, 2, 3, 4, 5, 6",
    "insert into ledger.event (stripe, number, kind, subject, loan, value_date, posting_date,"
    " booked_at, actor, reason, request_id, reference, payload, leaf) select s.stripe, -n, e.kind,"
    " e.subject, e.loan, date '2024-01-01' - n, date '2024-01-01' - n, 0, e.actor, '', 'old', '',"
    " e.payload, e.leaf from (select * from ledger.event where loan is not null limit 1) e,"
    " generate_series(1, %s) as n, ledger.stripe s",
)
#: Rows that were looked at in these tables, from end to end or in an index.
_READ = (
    "select t.relname, t.seq_tup_read + coalesce(sum(i.idx_tup_read), 0)::bigint"
    " from pg_stat_user_tables t left join pg_stat_user_indexes i using (relid)"
    " where t.schemaname = 'ledger' and t.relname = any(%s) group by t.relname, t.seq_tup_read"
)
_TABLES = ("roll", "turnover", "day_roll", "day_turnover", "event")


def read(dsn: str) -> dict[str, int]:
    with psycopg.connect(dsn, autocommit=True) as connection:
        return dict(connection.execute(_READ.encode(), (list(_TABLES),)).fetchall())


def closed(dsn: str) -> dict[str, int]:
    """What two closes read of each table, with a repayment between them."""
    before = read(dsn)
    with serving(dsn) as desk:
        (loan,) = (found.name for found in desk.client.loans.list_loans.iterate())
        list(desk.client.end_of_day.run_end_of_day())
        desk.client.loans.repay_loan(name=loan, amount=money("5", "CNY"))
        list(desk.client.end_of_day.run_end_of_day())
    return {name: count - before[name] for name, count in read(dsn).items()}


def test_a_close_reads_no_more_of_what_is_kept_each_day_when_the_book_is_old(
    database: str,
) -> None:
    with serving(database, stripes=4) as desk:
        desk.lent(desk.publish(), "1200")
        desk.go_to("2024-01-18")
    young = closed(database)
    with psycopg.connect(database, autocommit=True) as connection:
        for statement in _AGED:
            connection.execute(statement.encode(), (DAYS,) if "%s" in statement else ())
        connection.execute("analyze")
    old = closed(database)
    assert young["roll"] > 0
    assert young["turnover"] > 0
    # A plan may look at some rows more or less, but never at those of all days.
    assert {name: old[name] for name in old if old[name] > young[name] + DAYS // 50} == {}
