"""Promise 7 by the database's own account: what one loan needs is found by an index.

PostgreSQL counts how often a table was read from end to end and how often an index was used. The
requests of a day's work are sent to a book with some thousands of loans, with its statistics
renewed and with those of when it was small: a plan must not turn to reading a whole table.
"""

from __future__ import annotations

import asyncio
from datetime import date

import psycopg
import pytest

from ledger.calc.monitoring import WATCHED, Movement
from ledger.store import monitoring
from ledger.store.monitoring import Borrower
from ledger.store.rows import fetch
from loanledger import Client, date_of, money, new_request_id
from tests.authz.tokens import signed
from tests.server.desk import Desk, pair, serving

LARGE = ("event", "entry", "accrual", "answer", "loan", "leaf", "party")
COPIES = 4000
#: Indexes that guard and are not read by what is asked here.
GUARDS = {"event_reverses", "event_result", "leaf_event"}


@pytest.fixture(params=["after it grew", "while it was small"])
def large(database: str, request: pytest.FixtureRequest) -> tuple[str, str]:
    """A book with a loan like any other, thousands of likenesses, and statistics of a time."""
    with serving(database, stripes=8) as desk:
        loan = desk.lent(desk.publish(offer_days=9, reminder_days=[-3, 7]), "1200")
        desk.client.loans.repay_loan(name=loan, amount=money("10", "CNY"), reference="R-1")
        desk.go_to("2024-01-18")
        desk.client.audit.create_checkpoint()
    with psycopg.connect(database, autocommit=True) as connection:
        if request.param == "while it was small":
            connection.execute("analyze")
        for statement in _GROWN:
            connection.execute(statement.encode(), (COPIES,))
        connection.execute("update ledger.stripe set (last_number, sealed_number) = (2e6, 2e6)")
        if request.param == "after it grew":
            connection.execute("analyze")
    return database, loan


#: What stands many times in the grown book, with other keys.
_GROWN = (
    "insert into ledger.loan (stripe, loan, party, product, version, currency, status, reference,"
    " booked_at, last_number, state, principal, fee, credit, written_off, overdue,"
    " interest_settled, interest_from, interest_base, interest_slope, interest_denominator,"
    " penalty_settled, penalty_from, penalty_base, penalty_slope, penalty_denominator, half_even)"
    " select stripe, n, n, product, version, currency, 'closed', '', booked_at, 0, state, 0, 0,"
    " 0, 0, 0, 0, interest_from, 0, 0, 1, 0, penalty_from, 0, 0, 1, half_even from ledger.loan,"
    " generate_series(1, %s) as n",
    "insert into ledger.accrual select stripe, day, n, component, amount, number"
    " from ledger.accrual, generate_series(1, %s) as n",
    "insert into ledger.event (stripe, number, kind, subject, loan, value_date, posting_date,"
    " booked_at, actor, reason, request_id, reference, payload, leaf) select s.stripe, 1000000 + n,"
    " kind, subject, n, value_date, posting_date, booked_at, actor, reason, request_id, '',"
    " payload, leaf from ledger.event e, generate_series(1, %s) as n, ledger.stripe s"
    " where kind = 'repayment_recorded' order by n, s.stripe",
    "insert into ledger.entry (stripe, number, line, journal, account, side, currency, amount,"
    " loan, component, value_date, posting_date) select e.stripe, 1000000 + n, e.line, e.journal,"
    " e.account, e.side, e.currency, e.amount, n, e.component, e.value_date, e.posting_date"
    " from ledger.entry e join ledger.event v on v.stripe = e.stripe and v.number = e.number"
    " and v.kind = 'repayment_recorded' and v.number < 1000000, generate_series(1, %s) as n",
    "insert into ledger.answer select stripe, 'again-' || n, caller, method, digest, number,"
    " response from ledger.answer, generate_series(1, %s) as n where method = 'RepayLoan'",
    "insert into ledger.leaf select book, 1000000 + n, stripe, 1000000 + n, hash"
    " from ledger.leaf, generate_series(1, %s) as n where index = 0",
    "insert into ledger.party select stripe, n, kind, display_name, '', booked_at"
    " from ledger.party, generate_series(1, %s) as n",
)


def asked(dsn: str, statement: str) -> dict[str, int]:
    """Counts by name; a server tells what it did at the latest when its connections end."""
    with psycopg.connect(dsn, autocommit=True) as connection:
        return dict(connection.execute(statement.encode(), (list(LARGE),)).fetchall())


#: How often each large table, or a month of it, was read from end to end.
_SCANS = (
    "select coalesce(p.relname, s.relname), sum(s.seq_scan)::bigint from pg_stat_user_tables s"
    " left join pg_inherits i on i.inhrelid = s.relid left join pg_class p on p.oid = i.inhparent"
    " where s.schemaname = 'ledger' and coalesce(p.relname, s.relname) = any(%s) group by 1"
)
_USES = (
    "select s.indexrelname, s.idx_scan from pg_stat_user_indexes s"
    " where s.schemaname = 'ledger' and s.relname = any(%s)"
)


def work(desk: Desk, loan: str) -> None:
    """A day's requests about one loan, one event, one account and one party."""
    loans, ledger, audit = desk.client.loans, desk.client.ledger, desk.client.audit
    paid = loans.repay_loan(name=loan, amount=money("5", "CNY"), reference="R-2")
    loans.get_loan(name=loan)
    loans.quote_payoff(name=loan)
    loans.get_schedule(name=loan)
    list(loans.list_transactions.iterate(parent=loan))
    loans.get_statement(name=loan)
    list(loans.list_loans.iterate(party=loans.get_loan(name=loan).party))
    list(loans.list_loans.iterate(reference="R-1"))
    loans.repay_loan(name=loan, amount=money("3", "CNY"), value_date=date_of("2024-01-16"))
    loans.reverse_loan_event(event=paid.transaction.event, reason="typed twice")
    journal = ledger.post_journal(entries=pair("7"), request_id=new_request_id(), reference="J-1")
    ledger.get_journal(name=journal.name)
    list(ledger.list_journals.iterate(reference="J-1"))
    list(ledger.list_entries.iterate(loan=loan))
    ledger.list_entries(account="1001", page_size=5)
    ledger.list_balances()
    desk.client.parties.get_party(name=loans.get_loan(name=loan).party)
    desk.client.parties.list_parties(reference="nobody")
    list(audit.list_events.iterate(subject=loan))
    audit.get_event(name=paid.transaction.event)
    checkpoint = audit.create_checkpoint()
    audit.get_inclusion_proof(name=paid.transaction.event, size=checkpoint.size)
    desk.client.end_of_day.get_end_of_day()
    desk.client.end_of_day.list_reminders()
    list(desk.client.compliance.list_control_evidence.iterate())
    bounded = signed(desk.server.data, "channel", branches=["HERE"])
    with Client(desk.server.target, token=bounded) as here:
        here.loans.list_loans()
        here.parties.list_parties()


def test_a_day_s_work_reads_no_large_table_from_end_to_end(large: tuple[str, str]) -> None:
    dsn, loan = large
    before = asked(dsn, _SCANS)
    assert set(before) == set(LARGE)
    with serving(dsn) as desk:
        work(desk, loan)
    assert asked(dsn, _SCANS) == before


async def watched(dsn: str) -> dict[Borrower, list[Movement]]:
    """What the scenarios read after a day on which one loan was paid."""
    async with await psycopg.AsyncConnection.connect(dsn) as connection:
        stripes = [row[0] for row in await fetch(connection, "select stripe from ledger.stripe")]
        fresh = await monitoring.fresh(connection, stripes, WATCHED)
        return await monitoring.around(connection, list(fresh), date(2024, 1, 1), WATCHED)


def test_monitoring_reads_what_the_day_brought_and_no_large_table_from_end_to_end(
    large: tuple[str, str],
) -> None:
    dsn, loan = large
    with serving(dsn) as desk:
        desk.rows(
            "insert into ledger.roll select stripe, 2000000, '2024-01-20', 0 from ledger.stripe"
        )
        desk.client.loans.repay_loan(name=loan, amount=money("5", "CNY"))
    before = asked(dsn, _SCANS)
    ((_, moves),) = asyncio.run(watched(dsn)).items()
    assert [one.amount for one in moves if one.number > 2_000_000] == [500]
    assert asked(dsn, _SCANS) == before


def test_every_index_of_the_large_tables_is_used_by_a_day_s_work(large: tuple[str, str]) -> None:
    dsn, loan = large
    with serving(dsn) as desk:
        work(desk, loan)
        list(desk.client.end_of_day.run_end_of_day())
    assert {name for name, count in asked(dsn, _USES).items() if not count} <= GUARDS
