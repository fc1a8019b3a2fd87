"""GetStatement: what was booked, and what is now known, of the same loan."""

from __future__ import annotations

from datetime import date as date_

import pytest

from loanledger import InvalidArgument, date_of, minor, to_date
from loanledger.v1 import common_pb2
from loanledger.v1 import loan_service_pb2 as ln
from tests.server.bad import cny
from tests.server.desk import Desk, allocation

KNOWN = "STATEMENT_VIEW_AS_NOW_KNOWN"
FEBRUARY = common_pb2.DateRange(start=date_of("2024-02-01"), end=date_of("2024-02-29"))


def told(statement: ln.Statement) -> list[tuple[str, str, int]]:
    """(value date, kind, balance after it) of each line."""
    return [(str(to_date(x.value_date)), x.kind, minor(x.balance)) for x in statement.lines]


def ends(statement: ln.Statement) -> tuple[int, int]:
    return minor(statement.opening_balance), minor(statement.closing_balance)


@pytest.fixture
def backdated(desk: Desk) -> str:
    """1,200.00 at 6 % ACT/365F from 15 January, interest only; 300.00 of 15 February came to
    light on 20 March, and 50.00 of 1 March was booked and bounced."""
    product = desk.publish(
        amortization="AMORTIZATION_INTEREST_ONLY",
        interest_basis="INTEREST_BASIS_ACT_365F",
        allocation=allocation("REDUCE_INSTALMENT"),
    )
    name, loans = desk.lent(product, "1200"), desk.client.loans
    desk.go_to("2024-03-01")
    bounced = loans.repay_loan(name=name, amount=cny("50"), reference="P-1").transaction
    desk.go_to("2024-03-20")
    loans.reverse_loan_event(event=bounced.event, reason="bounced")
    value_date = date_of("2024-02-15")
    loans.repay_loan(name=name, amount=cny("300"), value_date=value_date, reference="P-2")
    desk.go_to("2024-03-25")
    return name


def test_a_month_is_told_as_it_was_booked_and_as_it_is_now_known(
    desk: Desk, backdated: str
) -> None:
    loans = desk.client.loans
    booked = loans.get_statement(name=backdated, posting_date=FEBRUARY)
    # 17 nights by 1 February, 46 by 1 March, rounded at the due date: 3.35, 6.12 + 2.96.
    assert ends(booked) == (120335, 120908)
    assert {line.kind for line in booked.lines} == {"accrual"}
    known = loans.get_statement(name=backdated, value_date=FEBRUARY, view=KNOWN)
    # 6.12 of interest and 293.88 of principal; 15 nights on 906.12 are 2.23.
    assert told(known) == [
        ("2024-02-14", "accrual", 120612),
        ("2024-02-15", "repayment_recorded", 90612),
        ("2024-02-29", "accrual", 90835),
    ]
    assert ends(known) == (120335, 90835)
    repaid = known.lines[1]
    assert (minor(repaid.movement.principal), minor(repaid.movement.interest)) == (-29388, -612)
    assert (to_date(repaid.posting_date), repaid.reference) == (date_(2024, 3, 20), "P-2")
    assert (known.lines[0].event, known.lines[0].HasField("posting_date")) == ("", False)


def test_both_views_come_to_the_balance_of_the_loan(desk: Desk, backdated: str) -> None:
    loans = desk.client.loans
    loan, plain = loans.get_loan(name=backdated), loans.get_statement(name=backdated)
    booked = loans.get_statement(name=backdated, view="STATEMENT_VIEW_AS_BOOKED")
    known = loans.get_statement(name=backdated, view=KNOWN)
    assert plain == booked
    owed = minor(loan.balance.principal) + minor(loan.balance.interest)
    assert ends(booked) == ends(known) == (0, owed)
    kinds = [line.kind for line in booked.lines]
    assert "loan_event_reversed" in kinds
    assert kinds.count("repayment_recorded") > 1
    assert [line.reference for line in known.lines if line.reference] == ["P-2"]
    days = [to_date(line.value_date) for line in known.lines]
    assert days == sorted(days)


def test_parts_of_what_is_now_known_follow_on_one_another(desk: Desk, backdated: str) -> None:
    close = 0
    for first, last in (
        ("2024-01-15", "2024-02-15"),
        ("2024-02-16", "2024-03-02"),
        ("2024-03-03", "2024-03-25"),
    ):
        dates = common_pb2.DateRange(start=date_of(first), end=date_of(last))
        part = desk.client.loans.get_statement(name=backdated, value_date=dates, view=KNOWN)
        assert ends(part)[0] == close
        close = ends(part)[1]
    assert close == ends(desk.client.loans.get_statement(name=backdated))[1]


def test_days_belong_to_their_view(desk: Desk, backdated: str) -> None:
    loans = desk.role("finance").loans
    with pytest.raises(InvalidArgument) as refused:
        loans.get_statement(name=backdated, value_date=FEBRUARY)
    assert [field for field, _ in refused.value.violations] == ["value_date"]
    with pytest.raises(InvalidArgument) as refused:
        loans.get_statement(name=backdated, posting_date=FEBRUARY, view=KNOWN)
    assert [field for field, _ in refused.value.violations] == ["posting_date"]
    with pytest.raises(InvalidArgument) as refused:
        loans.get_statement(name=backdated, view=7)
    assert [field for field, _ in refused.value.violations] == ["view"]
