"""A line of credit over gRPC: drawn, repaid, drawn again; its limit, its fee, its end."""

from __future__ import annotations

import pytest

from loanledger import FailedPrecondition, date_of, decimal_, minor
from loanledger.v1 import loan_service_pb2 as ln
from loanledger.v1 import product_service_pb2 as pr
from tests.server.bad import cny
from tests.server.desk import Desk, allocation

#: 36 % of 360 days are a thousandth a night; 0.36 % a hundred-thousandth.
COMMITMENT = pr.FeeRule(name="undrawn", when="FEE_WHEN_COMMITMENT", percent=decimal_("0.0036"))


def _line(desk: Desk) -> str:
    return desk.publish(
        "line",
        amortization="AMORTIZATION_REVOLVING",
        interest_basis="INTEREST_BASIS_ACT_360",
        max_rate=decimal_("0.36"),
        allocation=allocation("REDUCE_INSTALMENT"),
        shape=pr.Shape(minimum_share=decimal_("0.05"), minimum=cny("50")),
        fees=[COMMITMENT],
    )


def test_a_line_is_drawn_repaid_and_drawn_again(desk: Desk) -> None:
    loans, name = desk.client.loans, desk.approved(_line(desk), "10000", rate="0.36", n=4)
    loans.disburse_loan(name=name, amount=cny("2000"))
    desk.go_to("2024-02-15")
    balance = loans.get_loan(name=name).balance
    assert (minor(balance.interest), minor(balance.fee)) == (6_200, 31 * 8)
    loans.repay_loan(name=name, amount=cny("164.48"))
    total = loans.quote_payoff(name=name).total
    assert minor(total) == 190_000
    loans.pay_off_loan(name=name, amount=total)
    open_ = loans.get_loan(name=name)
    assert open_.status == ln.LOAN_STATUS_ACTIVE
    with pytest.raises(FailedPrecondition, match="the limit less what is drawn"):
        loans.disburse_loan(name=name, amount=cny("10000.01"))
    loans.disburse_loan(name=name)  # all that may be drawn
    assert minor(loans.get_loan(name=name).balance.principal) == 1_000_000
    assert desk.tied()


def test_a_limit_is_changed_and_given_up(desk: Desk) -> None:
    loans, name = desk.client.loans, desk.approved(_line(desk), "10000", rate="0.36", n=4)
    loans.disburse_loan(name=name, amount=cny("2000"))
    loans.change_limit(name=name, limit=cny("5000"), reason="asked for less")
    loan = loans.get_loan(name=name)
    assert (minor(loan.approved), minor(loan.available)) == (500_000, 300_000)
    loans.pay_off_loan(name=name, amount=cny("2000"))
    done = loans.change_limit(name=name, limit=cny("0"))
    assert done.loan.status == ln.LOAN_STATUS_REPAID
    loans.reverse_loan_event(event=done.transaction.event, reason="a mistake")
    assert loans.get_loan(name=name).status == ln.LOAN_STATUS_ACTIVE
    assert desk.tied()


def test_a_late_draw_leaves_room_for_the_draws_after_it(desk: Desk) -> None:
    """Of 10,000.00 the line draws 2,000.00, then all; the loan takes 6,000.00, then 4,000.00."""
    loans, line = desk.client.loans, desk.approved(_line(desk), "10000", rate="0.36", n=4)
    loan = desk.approved(desk.publish(), "10000")
    for name, first in ((line, "2000"), (loan, "6000")):
        loans.disburse_loan(name=name, amount=cny(first))
    desk.go_to("2024-01-25")
    for name in (line, loan):
        last = loans.disburse_loan(name=name).transaction
        written = desk.written()
        with pytest.raises(FailedPrecondition, match=r"at most CNY .* on 2024-01-25"):
            loans.disburse_loan(name=name, amount=cny("1"), value_date=date_of("2024-01-20"))
        assert desk.written() == written
        loans.reverse_loan_event(event=last.event, reason="not paid out")
        loans.disburse_loan(name=name, amount=cny("1"), value_date=date_of("2024-01-20"))
    assert desk.tied()


def test_a_late_limit_holds_the_draws_after_it_and_is_not_undone_under_them(desk: Desk) -> None:
    loans, name = desk.client.loans, desk.approved(_line(desk), "5000", rate="0.36", n=4)
    loans.disburse_loan(name=name, amount=cny("2000"))
    raised = loans.change_limit(name=name, limit=cny("10000")).transaction
    desk.go_to("2024-01-25")
    drawn = loans.disburse_loan(name=name, amount=cny("6000")).transaction
    with pytest.raises(FailedPrecondition, match=r"at most CNY 1000\.00 .* on 2024-01-25"):
        loans.change_limit(name=name, limit=cny("3000"), value_date=date_of("2024-01-20"))
    with pytest.raises(FailedPrecondition, match="cannot be reversed while later events"):
        loans.reverse_loan_event(event=raised.event, reason="not signed")
    loans.reverse_loan_event(event=drawn.event, reason="not paid out")
    loans.reverse_loan_event(event=raised.event, reason="not signed")
    assert minor(loans.get_loan(name=name).available) == 300_000
    assert desk.tied()
