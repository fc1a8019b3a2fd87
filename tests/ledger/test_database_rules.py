"""What the database itself refuses, to its superuser, to the server's role and to an auditor."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
from google.protobuf import timestamp_pb2
from psycopg.conninfo import make_conninfo

from loanledger import FailedPrecondition, date_of, decimal_
from loanledger.v1 import approval_service_pb2, compliance_service_pb2, risk_service_pb2
from tests.server.desk import Desk, pair, serving
from tests.server.ruled import example, publish, refused

HISTORY = (
    *("event", "entry", "accrual", "answer", "leaf", "node", "checkpoint", "product"),
    *("rate_index", "fixing", "calendar", "credit_policy", "delinquency_pause", "delinquency"),
    *("classification", "allowance", "approval_policy", "pending_command", "role_assignment"),
    *("checkpoint_stamp", "rulebook", "fact", "contact", "refusal"),
    *("monitoring_policy", "register_item"),
)
Denied = psycopg.errors.InsufficientPrivilege


@pytest.fixture
def desk(database: str) -> Iterator[Desk]:
    """A book in which every table of the history has rows."""
    with serving(database) as found:
        loan = found.lent(found.publish(), "1200")
        risky(found, loan)
        found.go_to("2024-02-17")
        found.index(d20240115="0.0345")
        found.calendar()
        found.client.audit.create_checkpoint()
        found.rows("insert into ledger.checkpoint_stamp (book, size, token) values (1, 1, 'x')")
        yield found


def risky(desk: Desk, loan: str) -> None:
    """Rows of the history of credit quality and of control."""
    categories = [value for value in risk_service_pb2.CreditCategory.values() if value]
    rates = [
        risk_service_pb2.CategoryRate(category=value, rate=decimal_("0.1")) for value in categories
    ]
    policy = risk_service_pb2.CreditPolicy(
        title="Ours",
        effective_from=date_of("2024-01-16"),
        provisioning=risk_service_pb2.Provisioning(
            method="PROVISIONING_METHOD_CATEGORY", rates=rates
        ),
    )
    desk.client.risk.publish_credit_policy(policy=policy)
    desk.client.risk.pause_delinquency(
        loan=loan, cause="PAUSE_CAUSE_DISPUTE", until=date_of("2024-01-20"), reason="dispute"
    )
    rule = approval_service_pb2.ApprovalRule(method="FlagFraud", roles=["finance"])
    desk.client.approvals.publish_approval_policy(
        policy={"title": "Four eyes", "effective_from": date_of("2024-01-15"), "rules": [rule]}
    )
    watched = compliance_service_pb2.MonitoringPolicy(
        title="Watched", effective_from=date_of("2024-01-16")
    )
    desk.client.compliance.publish_monitoring_policy(policy=watched)
    duty = compliance_service_pb2.RegisterItem(
        kind="obligation",
        title="Report of large exposures",
        owner="users/cho",
        due_date=date_of("2024-02-15"),
        facts={"source": "CRR art. 394"},
    )
    desk.client.compliance.open_register_item(item=duty, note="on time", reason="duty")
    assignment = {"principal": "users/ann", "role": "auditor"}
    desk.client.access.assign_role(assignment=assignment, reason="hired")
    with pytest.raises(FailedPrecondition, match="waits for 1 more"):
        desk.client.loans.flag_fraud(name=loan, value=True, reason="forged papers")
    ruled(desk, loan)


def ruled(desk: Desk, loan: str) -> None:
    """Rows of what rules look at and of what they refused."""
    publish(desk, example("contact_frequency", "contact_hours"))
    rules = desk.client.rules
    rules.record_facts(name=loan, facts={"purpose": "car"}, reason="told")
    rules.record_contact(loan=loan, channel="call", purpose="service")
    night = {"contact_time": timestamp_pb2.Timestamp(seconds=86_400), "purpose": "collection"}
    refused(rules.record_contact, loan=loan, channel="call", **night)


def one_of(desk: Desk, table: str) -> str:
    """Some column of a table."""
    return str(
        desk.rows(
            "select column_name from information_schema.columns"
            " where table_schema = 'ledger' and table_name = %s order by ordinal_position limit 1",
            table,
        )[0][0]
    )


@pytest.mark.parametrize("table", HISTORY)
def test_history_is_append_only_for_the_superuser_too(desk: Desk, table: str) -> None:
    (before,) = desk.rows(f"select count(*) from ledger.{table}")
    assert before[0] > 0
    column = one_of(desk, table)
    for statement in (
        f"update ledger.{table} set {column} = {column}",
        f"delete from ledger.{table}",
        f"delete from ledger.{table} where false",
        f"truncate ledger.{table}",
        f"truncate ledger.{table} cascade",
    ):
        with pytest.raises(Denied, match=f"{table} is append-only"):
            desk.rows(statement)
    assert desk.rows(f"select count(*) from ledger.{table}") == [before]


def as_role(desk: Desk, role: str, statement: str) -> list[tuple[object, ...]]:
    with psycopg.connect(desk.server.dsn, autocommit=True) as connection:
        connection.execute(f"set role {role}".encode())
        cursor = connection.execute(statement.encode())
        return cursor.fetchall() if cursor.description else []


@pytest.mark.parametrize("table", HISTORY)
def test_the_server_s_role_may_not_even_try_to_change_history(desk: Desk, table: str) -> None:
    column = one_of(desk, table)
    for statement in (
        f"update ledger.{table} set {column} = {column}",
        f"delete from ledger.{table}",
        f"truncate ledger.{table}",
        f"alter table ledger.{table} disable trigger all",
        f"drop table ledger.{table}",
    ):
        with pytest.raises(Denied):
            as_role(desk, "loanledger_app", statement)


def test_the_server_s_role_changes_only_what_is_a_cache(desk: Desk) -> None:
    granted = desk.rows(
        "select table_name, privilege_type from information_schema.role_table_grants"
        " where grantee = 'loanledger_app' and table_schema = 'ledger'"
        " and privilege_type not in ('SELECT', 'INSERT') order by 1, 2"
    )
    assert granted == [
        ("arrears", "DELETE"),
        ("arrears", "UPDATE"),
        ("balance", "UPDATE"),
        ("loan", "UPDATE"),
        ("party_key", "DELETE"),
        ("provided", "DELETE"),
        ("provided", "UPDATE"),
        ("quality", "UPDATE"),
        ("set_aside", "DELETE"),
        ("stripe", "UPDATE"),
        ("tree", "UPDATE"),
    ]


def test_of_a_party_the_server_s_role_changes_the_branch_and_how_its_key_is_wrapped(
    desk: Desk,
) -> None:
    granted = desk.rows(
        "select table_name, column_name from information_schema.role_column_grants"
        " where grantee = 'loanledger_app' and table_name in ('party', 'party_key')"
        " and privilege_type = 'UPDATE' order by 1, 2"
    )
    assert granted == [("party", "branch"), ("party_key", "key"), ("party_key", "wrapped_by")]
    for statement in (
        "update ledger.party set display_name = 'x'",
        "update ledger.party set reference = 'x'",
        "delete from ledger.party",
    ):
        with pytest.raises(Denied):
            as_role(desk, "loanledger_app", statement)


def test_an_unbalanced_journal_is_refused_by_the_database(desk: Desk) -> None:
    insert = (
        "insert into ledger.entry (stripe, number, line, journal, account, side, currency, amount,"
        " value_date, posting_date) select 1000, 999999, n, 1, '1001', s::\"char\", c, a,"
        " '2024-01-17', '2024-01-17' from (values {}) as v (n, s, c, a)"
    )
    for rows in (
        "(1, 'D', 'CNY', 5)",
        "(1, 'D', 'CNY', 5), (2, 'C', 'CNY', 4)",
        "(1, 'D', 'CNY', 5), (2, 'C', 'EUR', 5)",
    ):
        with pytest.raises(psycopg.errors.CheckViolation, match="does not balance"):
            desk.rows(insert.format(rows))
    with pytest.raises(psycopg.errors.CheckViolation):
        desk.rows(insert.format("(1, 'D', 'CNY', -5), (2, 'C', 'CNY', -5)"))


def test_an_auditor_reads_its_own_book_and_nothing_else(desk: Desk, database: str) -> None:
    with serving(database, book="other"):
        desk.rows("create role auditor_of_main login password 'secret' in role loanledger_auditor")
        try:
            desk.rows("insert into ledger.auditor_login values ('auditor_of_main', 1)")
            _look(desk)
        finally:
            desk.rows("drop owned by auditor_of_main")
            desk.rows("drop role auditor_of_main")


def _look(desk: Desk) -> None:
    assert desk.rows("select code from ledger.book order by book") == [("main",), ("other",)]
    dsn = make_conninfo(desk.server.dsn, user="auditor_of_main", password="secret")
    with psycopg.connect(dsn, autocommit=True) as connection:
        assert connection.execute("select code from ledger.book").fetchall() == [("main",)]
        for table in ("event", "stripe", "account", "balance", "entry", "leaf"):
            ours = connection.execute(f"select count(*) from ledger.{table}".encode()).fetchone()
            column = "stripe / 1000" if table in {"event", "entry", "balance"} else "book"
            mine = desk.rows(f"select count(*) from ledger.{table} where {column} = 1")
            assert [ours] == mine
        for statement in (
            "select from ledger.party",
            "select from ledger.party_key",
            "select from ledger.answer",
            "insert into ledger.auditor_login values ('auditor_of_main', 2)",
            "update ledger.loan set principal = 0",
            "delete from ledger.event",
        ):
            with pytest.raises(Denied):
                connection.execute(statement.encode())


def test_a_second_book_of_one_database_stands_by_itself(desk: Desk, database: str) -> None:
    desk.client.ledger.post_journal(entries=pair("5"))
    with serving(database, book="other", currency="EUR") as other:
        client = other.server.client().with_options(book="other")
        assert [e.kind for e in client.audit.list_events().events] == ["book_opened"]
        assert client.ledger.list_balances().balances == []
        client.ledger.post_journal(entries=pair("7", "EUR"))
        assert client.end_of_day.get_end_of_day().business_date == date_of("2024-01-15")
        found = {b.net.currency_code for b in desk.client.ledger.list_balances().balances}
        assert found == {"CNY"}
