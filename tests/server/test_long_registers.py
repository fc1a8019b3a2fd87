"""Roles and pending commands of many years: what is asked often does not read them all."""

from __future__ import annotations

import asyncio
import time

import psycopg

from ledger.store.roles import newest
from loanledger.v1 import approval_service_pb2 as ap
from tests.server.desk import BOOK, Desk, serving
from tests.server.test_approvals import WRITE_OFF, ruled, waits

YEARS = 20_000
_READ = (
    "select sum(seq_tup_read + coalesce(idx_tup_fetch, 0))::bigint from pg_stat_user_tables"
    " where schemaname = 'ledger' and relname = any('{role_assignment,pending_command}')"
)
_ENTRIES = (
    "select sum(idx_tup_read)::bigint from pg_stat_user_indexes where schemaname = 'ledger'"
    " and relname = any('{role_assignment,pending_command}')"
)


def read(dsn: str) -> int:
    with psycopg.connect(dsn, autocommit=True) as connection:
        found = [connection.execute(text).fetchone() for text in (_READ, _ENTRIES)]
    return sum(row[0] for row in found if row)


def aged(desk: Desk) -> str:
    """One command waits and one was done; many were done years ago, in a week each."""
    loan = desk.lent(desk.publish(), "1200")
    ruled(desk, WRITE_OFF)
    pending = waits(lambda: desk.client.loans.write_off_loan(name=loan, reason="lost"))
    other = desk.lent(f"{BOOK}/products/plain", "1200")
    done = waits(lambda: desk.client.loans.write_off_loan(name=other, reason="lost"))
    desk.role("finance").approvals.approve_pending_command(name=done, reason="seen")
    given = {"principal": "users/ann", "role": "auditor"}
    desk.client.access.assign_role(assignment=given, reason="hired")
    desk.rows(
        "insert into ledger.role_assignment select stripe, n, number + n, principal, role,"
        " valid_from, valid_until, delegated_by, true, booked_at, actor, reason, branches"
        f" from ledger.role_assignment, generate_series(1, {YEARS}) n"
    )
    desk.rows(
        "insert into ledger.pending_command (stripe, pending, number, state, booked_at, actor,"
        " reason, content) select stripe, n, number + 2 * n + d,"
        " case d when 0 then 'waiting' else 'executed' end, booked_at, actor, reason,"
        " jsonb_set(content::jsonb, '{until}', '\"2023-12-01\"')::text from (select *"
        " from ledger.pending_command limit 1) p,"
        f" generate_series(1, {YEARS}) n, generate_series(0, 1) d"
    )
    desk.rows("analyze ledger.role_assignment, ledger.pending_command")
    return pending


async def looked(dsn: str) -> None:
    """What each process that takes roles from the book asks every second."""
    connection = await psycopg.AsyncConnection.connect(dsn, autocommit=True)
    async with connection:
        assert [await newest(connection, 1) for _ in range(5)] == [await newest(connection, 1)] * 5


def test_lists_and_the_look_of_each_second_read_what_they_show(database: str) -> None:
    with serving(database) as desk:
        pending = aged(desk)
    time.sleep(1)  # until what was read to make the rows is counted
    before = read(database)
    with serving(database) as desk:
        listed = desk.client.approvals.list_pending_commands
        found = listed(state=ap.PENDING_STATE_WAITING).pending_commands
        assert [one.name for one in found] == [pending]
        done = listed(state=ap.PENDING_STATE_EXECUTED, page_size=10).pending_commands
        assert len(done) == 10
        assert len(listed(page_size=10).pending_commands) == 10
    asyncio.run(looked(database))
    time.sleep(1)
    assert read(database) - before < YEARS // 10
