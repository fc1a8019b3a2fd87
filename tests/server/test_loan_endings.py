"""When a loan goes wrong, is sold or settled by another: over gRPC, and the books tie."""

from __future__ import annotations

import pytest

from loanledger import FailedPrecondition, date_of, minor, money
from loanledger.v1 import loan_service_pb2 as ln
from loanledger.v1 import product_service_pb2 as pr
from tests.server.bad import cny
from tests.server.desk import Desk, parts


@pytest.fixture
def late(desk: Desk) -> str:
    """A loan with one instalment past due."""
    name = desk.lent(desk.publish(), "1200")
    desk.go_to("2024-02-20")
    return name


def approved_for(desk: Desk, name: str, amount: str) -> str:
    """Another approved loan of the same borrower."""
    old = desk.client.loans.get_loan(name=name)
    new = desk.client.loans.open_loan(
        party=old.party,
        product=old.product,
        amount=cny(amount),
        annual_rate=old.annual_rate,
        instalments=24,
    )
    desk.client.loans.approve_loan(name=new.name)
    return new.name


def test_interest_is_suspended_and_resumed(desk: Desk, late: str) -> None:
    loans = desk.client.loans
    done = loans.suspend_interest(name=late)
    assert done.loan.stage == ln.LOAN_STAGE_SUSPENDED
    assert "interest" not in parts(done.loan.balance)
    assert parts(done.loan.balance)["suspended"] > 600
    desk.go_to("2024-02-25")
    assert desk.tied()
    back = loans.resume_interest(name=late)
    assert back.loan.stage == ln.LOAN_STAGE_PERFORMING
    assert "suspended" not in parts(back.loan.balance)
    with pytest.raises(FailedPrecondition, match="not suspended"):
        loans.resume_interest(name=late)
    assert desk.tied()


@pytest.mark.parametrize("fraud", [False, True])
def test_a_loan_is_charged_off_and_still_collected(desk: Desk, late: str, fraud: bool) -> None:
    loans = desk.client.loans
    if fraud:
        assert loans.flag_fraud(name=late, value=True, reason="forged papers").loan.fraud
    done = loans.charge_off_loan(name=late, reason="120 days")
    stage = "LOAN_STAGE_CHARGED_OFF_FRAUD" if fraud else "LOAN_STAGE_CHARGED_OFF"
    assert ln.LoanStage.Name(done.loan.stage) == stage
    assert "principal" not in parts(done.loan.balance)
    loans.repay_loan(name=late, amount=cny("100"))
    desk.go_to("2024-03-20")
    assert desk.tied()


def test_a_mark_of_fraud_is_taken_away(desk: Desk, late: str) -> None:
    loans = desk.client.loans
    loans.flag_fraud(name=late, value=True, reason="forged papers")
    assert not loans.flag_fraud(name=late, value=False, reason="they are good").loan.fraud


def test_a_part_is_written_down_and_the_whole_is_not(desk: Desk, late: str) -> None:
    loans = desk.client.loans
    done = loans.write_down_loan(name=late, amount=cny("200"), reason="composition")
    assert parts(done.loan.balance)["written_off"] == 20000
    with pytest.raises(FailedPrecondition, match="write the loan off instead"):
        loans.write_down_loan(name=late, amount=cny("1200"), reason="all of it")
    assert minor(loans.record_recovery(name=late, amount=cny("50")).transaction.amount) == 5000
    assert desk.tied()


def test_a_loan_is_sold_without_recourse_and_leaves_the_books(desk: Desk, late: str) -> None:
    loans = desk.client.loans
    done = loans.sell_loan(name=late, price=cny("1000"), buyer="Fund No. 3", reference="deal 9")
    assert (done.loan.status, parts(done.loan.balance)) == (ln.LOAN_STATUS_SOLD, {})
    assert minor(done.transaction.amount) == 100000
    assert loans.list_loans(status="LOAN_STATUS_SOLD").loans[0].name == late
    assert desk.tied()
    loans.reverse_loan_event(event=done.transaction.event, reason="the buyer withdrew")
    assert loans.get_loan(name=late).status == ln.LOAN_STATUS_ACTIVE
    assert desk.tied()


def test_a_loan_sold_with_recourse_is_bought_back(desk: Desk, late: str) -> None:
    loans = desk.client.loans
    done = loans.sell_loan(name=late, price=cny("1000"), recourse=True, buyer="Fund No. 3")
    assert parts(done.loan.balance)["borrowing"] == 100000
    with pytest.raises(FailedPrecondition, match=r"1000\.00"):
        loans.buy_back_loan(name=late, amount=cny("1000.01"))
    back = loans.buy_back_loan(name=late, amount=cny("1000"))
    assert "borrowing" not in parts(back.loan.balance)
    assert desk.tied()


def test_a_loan_is_refinanced_by_two_events_of_one_command(desk: Desk, late: str) -> None:
    loans = desk.client.loans
    new, quote = approved_for(desk, late, "2000"), loans.quote_payoff(name=late)
    before = desk.written()
    dry = loans.refinance_loan(name=late, into=new, validate_only=True)
    assert desk.written() == before
    done = loans.refinance_loan(name=late, into=new, request_id="once", reference="R-1")
    assert dry.disbursement.loan.balance == done.disbursement.loan.balance
    assert done == loans.refinance_loan(name=late, into=new, request_id="once", reference="R-1")
    first, second = done.settlement, done.disbursement
    assert (first.transaction.kind, second.transaction.kind) == (
        "loan_refinanced",
        "disbursement_recorded",
    )
    assert (first.loan.status, first.loan.refinanced_into) == (ln.LOAN_STATUS_REPAID, new)
    assert minor(second.loan.disbursed) == 200000
    assert sum(parts(first.transaction.allocation).values()) == minor(quote.total)
    for one, name in ((first, late), (second, new)):
        assert loans.list_transactions(parent=name).transactions[-1] == one.transaction
    balances = desk.client.ledger.list_balances(accounts=["1001", "1306"]).balances
    assert {b.account: minor(b.net) for b in balances if minor(b.net)} == {
        "1001": -120000 - (200000 - minor(quote.total))
    }
    assert desk.tied()


def test_fees_of_the_new_loan_are_kept_back_from_what_it_pays_out(desk: Desk, late: str) -> None:
    loans = desk.client.loans
    fee = pr.FeeRule(
        name="fee",
        when="FEE_WHEN_DISBURSEMENT",
        fixed=cny("20"),
        collection="FEE_COLLECTION_DEDUCTED",
    )
    desk.publish(fees=[fee])
    old, quote = loans.get_loan(name=late), minor(loans.quote_payoff(name=late).total)
    new = loans.open_loan(
        party=old.party,
        product="books/main/products/plain",
        amount=cny("1500"),
        annual_rate=old.annual_rate,
        instalments=24,
    ).name
    loans.approve_loan(name=new)
    short = money(f"{(quote + 1999) / 100:.2f}", "CNY")
    with pytest.raises(FailedPrecondition, match="is needed"):
        loans.refinance_loan(name=late, into=new, amount=short)
    exact = money(f"{(quote + 2000) / 100:.2f}", "CNY")
    done = loans.refinance_loan(name=late, into=new, amount=exact)
    assert minor(done.disbursement.loan.disbursed) == quote + 2000
    found = desk.client.ledger.list_balances(accounts=["1001", "1306"]).balances
    assert {b.account: minor(b.net) for b in found if minor(b.net)} == {"1001": -120000}
    assert desk.tied()


@pytest.mark.parametrize("named", ["settlement", "disbursement"])
def test_undoing_either_event_of_a_refinancing_undoes_both(
    desk: Desk, late: str, named: str
) -> None:
    loans = desk.client.loans
    new = approved_for(desk, late, "2000")
    before = [loans.get_loan(name=name) for name in (late, new)]
    done = loans.refinance_loan(name=late, into=new, amount=cny("1500"))
    event = getattr(done, named).transaction.event
    undone = loans.reverse_loan_event(event=event, reason="the papers were not signed")
    assert undone.transaction.reverses == event
    assert [loans.get_loan(name=name) for name in (late, new)] == before
    assert desk.tied()


def test_a_refinancing_needs_enough_money_the_same_borrower_and_another_loan(
    desk: Desk, late: str
) -> None:
    loans = desk.client.loans
    with pytest.raises(FailedPrecondition, match="at least 1") as caught:
        loans.refinance_loan(name=late, into=approved_for(desk, late, "1000"))
    assert caught.value.reason == "AMOUNT_EXCEEDED"
    charged = approved_for(desk, late, "1300")
    loans.charge_off_loan(name=late, reason="120 days")
    with pytest.raises(FailedPrecondition, match="collected"):
        loans.refinance_loan(name=late, into=charged)
    assert loans.get_loan(name=charged).disbursed == money("0", "CNY")


def test_what_a_refinancing_took_over_does_not_change_behind_the_new_loan(
    desk: Desk, late: str
) -> None:
    """The clearing account would keep the difference."""
    loans, clearing = desk.client.loans, ["1306"]
    loans.refinance_loan(name=late, into=approved_for(desk, late, "2000"))
    before = loans.get_loan(name=late).balance
    desk.go_to("2024-04-20")
    with pytest.raises(FailedPrecondition, match="undo that first"):
        loans.repay_loan(name=late, amount=cny("10"), value_date=date_of("2024-02-18"))
    nets = [line.net for line in desk.client.ledger.list_balances(accounts=clearing).balances]
    assert [minor(net) for net in nets if minor(net)] == []
    assert loans.get_loan(name=late).balance == before
    assert desk.tied()


def test_what_a_paid_loan_was_sold_for_is_paid_back_before_it_is_closed(desk: Desk) -> None:
    name, loans = desk.lent(desk.publish(), "1200"), desk.client.loans
    loans.sell_loan(name=name, buyer="a bank", recourse=True, price=cny("1000"))
    loans.pay_off_loan(name=name, amount=cny("1200"))
    assert loans.get_loan(name=name).status == ln.LOAN_STATUS_REPAID
    with pytest.raises(FailedPrecondition, match=r"1000\.00 .* must be paid back first"):
        loans.close_loan(name=name)
    loans.buy_back_loan(name=name, amount=cny("1000"))
    assert "2243" not in desk.balances()
    assert loans.close_loan(name=name).loan.status == ln.LOAN_STATUS_CLOSED
    assert desk.tied()


def test_what_was_written_down_is_still_recovered_once_the_rest_is_paid(desk: Desk) -> None:
    name, loans = desk.lent(desk.publish(), "1200"), desk.client.loans
    loans.write_down_loan(name=name, amount=cny("200"), reason="agreed in court")
    loans.pay_off_loan(name=name, amount=cny("1000"))
    loans.record_recovery(name=name, amount=cny("200"))
    assert parts(loans.get_loan(name=name).balance) == {}
    with pytest.raises(FailedPrecondition, match="does not allow recovery_recorded"):
        loans.record_recovery(name=name, amount=cny("1"))
    assert desk.tied()
