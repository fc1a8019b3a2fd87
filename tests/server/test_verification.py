"""The full-book check: silent on a sound book, and each alteration is found and named."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from typer.testing import CliRunner

from loanledger import PermissionDenied, date_of, decimal_
from loanledger.cli import app
from loanledger.v1 import common_pb2
from loanledger.v1 import ledger_service_pb2 as lg
from server.embedded import Embedded
from tests.databases import database_of
from tests.server.bad import cny
from tests.server.desk import Desk, allocation, lived_in, pair, serving

Found = list[lg.LedgerDifference]


def verified(desk: Desk, **more: Any) -> tuple[lg.VerifyLedgerProgress, Found]:
    """The last word of the check, and all differences that it listed."""
    steps = list(desk.client.ledger.verify_ledger(**more))
    assert steps[-1].finished
    return steps[-1], [one for step in steps for one in step.found]


@pytest.fixture(scope="module")
def lived(server_postgres: Embedded, template: str) -> Iterator[str]:
    """The database of a book with products, accruals, dues, corrections and many endings."""
    with lived_in(server_postgres, template, _live) as dsn:
        yield dsn


@pytest.fixture
def busy(server_postgres: Embedded, lived: str) -> Iterator[Desk]:
    """A copy of that book."""
    with database_of(server_postgres, lived) as dsn, serving(dsn) as desk:
        yield desk


def _live(desk: Desk) -> None:
    loans = desk.client.loans
    strict = desk.publish("strict", late_fee=cny("5"), penalty_rate=decimal_("0.12"))
    cash = desk.publish("cash", profile="cash")
    line = desk.publish(
        "line", amortization="AMORTIZATION_REVOLVING", allocation=allocation("REDUCE_INSTALMENT")
    )
    names = [desk.lent(product, "1200") for product in (strict, strict, strict, cash, cash)]
    desk.lent(line, "1000", n=4)
    desk.applied(strict, "500")
    desk.approved(strict, "700")
    desk.go_to("2024-03-01")
    paid = loans.repay_loan(name=names[0], amount=cny("300"))
    loans.repay_loan(name=names[3], amount=cny("5000"))
    loans.charge_off_loan(name=names[1], reason="lost")
    loans.suspend_interest(name=names[4], reason="doubtful")
    desk.client.ledger.post_journal(entries=pair("12.34"))
    desk.go_to("2024-03-20")
    loans.reverse_loan_event(event=paid.transaction.event, reason="bounced")
    loans.write_off_loan(name=names[2], reason="lost")
    loans.assume_loan(name=names[4], party=desk.party("Li Na"), reason="sold the flat")
    desk.go_to("2024-04-20")


def tamper(desk: Desk, table: str, statement: str, *values: object) -> None:
    """What only a superuser can do who takes the triggers away first."""
    desk.rows(f"alter table ledger.{table} disable trigger all")
    desk.rows(statement, *values)
    desk.rows(f"alter table ledger.{table} enable trigger all")


def test_a_sound_book_has_no_differences(busy: Desk) -> None:
    last, found = verified(busy)
    assert found == []
    assert (last.stripes_done, last.stripes, last.loans_done, last.loans) == (3, 3, 8, 8)
    assert (last.differences, last.loans_set_aside) == (0, 0)


def _figures(found: Found) -> set[str]:
    return {one.figure for one in found}


def test_an_altered_state_is_named_field_by_field(busy: Desk) -> None:
    (key,) = busy.rows("select stripe, loan from ledger.loan where status = 'active' limit 1")
    where = " where stripe = %s and loan = %s"
    altered = """replace(state, '"credit":0', '"credit":7')"""
    busy.rows(f"update ledger.loan set state = {altered}" + where, *key)
    _, (one,) = verified(busy)
    assert (one.figure, one.stored, one.computed) == ("state.credit", "7", "0")
    assert one.resource.startswith("books/main/loans/")
    busy.rows("update ledger.loan set state = '{'" + where, *key)
    _, (one,) = verified(busy)
    assert (one.figure, one.stored) == ("state", "cannot be read: JSONDecodeError")


@pytest.mark.parametrize(
    ("change", "figure", "part"),
    [
        ("principal = principal + 5", "principal", "COMPONENT_PRINCIPAL"),
        ("interest_slope = interest_slope * 2", "interest_slope", "COMPONENT_INTEREST"),
        ("next_date = null", "next_date", ""),
        ("interest_denominator = 0", "interest_denominator", ""),
        ("product = 'cash'", "product", ""),
        ("stage = 'suspended'", "stage", ""),
    ],
)
def test_an_altered_figure_of_a_loan_is_named_with_its_control_account(
    busy: Desk, change: str, figure: str, part: str
) -> None:
    (key,) = busy.rows(
        "select stripe, loan from ledger.loan where product = 'strict' and interest_slope <> 0"
        " and stage = 'performing' order by loan limit 1"
    )
    busy.rows(f"update ledger.loan set {change} where stripe = %s and loan = %s", *key)
    _, found = verified(busy)
    assert figure in _figures(found)
    if part:
        control = next(one for one in found if one.figure == "sum of loans")
        assert control.component == common_pb2.Component.Value(part)
    if figure == "interest_denominator":
        assert "lines of loans" in _figures(found)


def test_an_altered_entry_is_named_at_its_journal_its_balance_and_its_loan(busy: Desk) -> None:
    stripe, number, line = busy.rows(
        "select stripe, number, line from ledger.entry where component = 'principal' limit 1"
    )[0]
    tamper(
        busy,
        "entry",
        "update ledger.entry set amount = amount + 1"
        " where stripe = %s and number = %s and line = %s",
        *(stripe, number, line),
    )
    _, found = verified(busy)
    assert _figures(found) == {
        "debits less credits of journal 1",
        "debit",
        "debit turnover of 2024-01-15 posted 2024-01-15",
        "balance",
    }
    named = {one.figure: one for one in found}
    assert named["debits less credits of journal 1"].resource.endswith(f"-{number}")
    assert named["debits less credits of journal 1"].stored == "CNY 0.01"
    loan = named["balance"]
    assert (loan.component, loan.account) == (common_pb2.COMPONENT_PRINCIPAL, "1303P")
    assert loan.resource.startswith("books/main/loans/")
    assert named["debit"].account == "1303P"


def test_an_altered_accrual_line_is_named_at_its_event_and_its_loan(busy: Desk) -> None:
    tamper(
        busy,
        "accrual",
        "update ledger.accrual set amount = amount + 1 where (tableoid, ctid) ="
        " (select tableoid, ctid from ledger.accrual where component = 'interest' limit 1)",
    )
    _, found = verified(busy)
    assert _figures(found) == {"accrual of interest", "balance"}


def test_an_altered_balance_is_named_with_its_account(busy: Desk) -> None:
    busy.rows("update ledger.balance set debit = debit + 100 where account = '1001'")
    _, found = verified(busy)
    assert _figures(found) == {"debit", "debits less credits of all balances"}
    assert {one.account for one in found if one.figure == "debit"} == {"1001"}
    assert {one.resource for one in found if one.figure == "debit"} == {"books/main/accounts/1001"}


def test_altered_turnover_of_a_day_is_named_with_its_account(busy: Desk) -> None:
    tamper(
        busy,
        "day_turnover",
        "update ledger.day_turnover set credit = credit + 1 where account = '1001' and ctid ="
        " (select ctid from ledger.day_turnover where account = '1001' limit 1)",
    )
    _, found = verified(busy)
    (one,) = found
    assert one.figure.startswith("credit turnover of ")
    assert one.figure.endswith(" by all stripes")
    assert (one.account, one.resource) == ("1001", "books/main/accounts/1001")


def test_a_day_that_nobody_summed_over_the_stripes_is_summed_with_the_next(busy: Desk) -> None:
    def balances() -> list[lg.Balance]:
        day = date_of("2024-04-10")
        return list(busy.client.ledger.list_balances(posting_date=day).balances)

    before = balances()
    for table in ("day_turnover", "day_roll"):
        tamper(busy, table, f"delete from ledger.{table} where day > '2024-03-31'")
    assert balances() == before
    assert verified(busy)[1] == []
    busy.go_to("2024-04-21")
    assert balances() == before
    assert verified(busy)[1] == []
    assert busy.rows("select max(day), count(*) from ledger.day_roll") == busy.rows(
        "select max(day), count(distinct day) from ledger.roll"
    )


def test_an_event_that_is_gone_is_named_with_its_loan(busy: Desk) -> None:
    stripe, number = busy.rows(
        "select stripe, number from ledger.event where kind = 'loan_charged_off'"
    )[0]
    tamper(
        busy,
        "event",
        "delete from ledger.event where stripe = %s and number = %s",
        *(stripe, number),
    )
    _, found = verified(busy)
    assert {"events missing", "state.stage", "balance"} <= _figures(found)
    gone = next(one for one in found if one.figure == "events missing")
    assert gone.resource == f"books/main/events/{stripe % 1000:03d}-{number}"


def test_a_history_that_cannot_be_folded_is_told(busy: Desk) -> None:
    tamper(
        busy,
        "event",
        "update ledger.event set payload = '{}' where kind = 'loan_opened'"
        " and number = (select max(number) from ledger.event where kind = 'loan_opened')",
    )
    _, found = verified(busy)
    assert "history" in _figures(found)


def test_differences_are_listed_up_to_a_limit_and_all_are_counted(busy: Desk) -> None:
    busy.rows("update ledger.loan set principal = principal + 1")
    last, found = verified(busy, max_differences=3)
    assert len(found) == 3
    assert last.differences > 8


def test_of_a_loan_set_aside_only_the_books_are_compared(busy: Desk) -> None:
    busy.rows(
        "update ledger.loan set state = '{', next_date = '2024-04-21' where status = 'active'"
    )
    busy.go_to("2024-04-25")
    last, found = verified(busy)
    assert found == []
    assert last.loans_set_aside >= 4


def test_the_check_is_for_those_who_answer_for_the_books(desk: Desk) -> None:
    with pytest.raises(PermissionDenied):
        list(desk.role("channel").ledger.verify_ledger())
    assert list(desk.role("auditor").ledger.verify_ledger())[-1].finished


@pytest.fixture
def run(desk: Desk) -> Callable[..., Any]:
    """The command against the desk's server."""
    settings = {"LOANLEDGER_TARGET": desk.server.target, "LOANLEDGER_TOKEN": desk.server.token()}
    return lambda *more: CliRunner().invoke(app, ("ledger", "verify", *more), env=settings)


def test_the_command_fails_where_the_check_finds_something(
    desk: Desk, run: Callable[..., Any]
) -> None:
    desk.lent(desk.publish(), "1200")
    assert run().exit_code == 0
    desk.rows("update ledger.loan set principal = principal + 1")
    shown = run()
    assert shown.exit_code == 1
    assert "sum of loans" in shown.stdout
    assert "differences" in shown.stderr
    assert run("--json").exit_code == 1
