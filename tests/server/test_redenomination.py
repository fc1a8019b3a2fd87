"""A loan goes on in another currency: to the minor unit at the rate, and back again."""

from __future__ import annotations

import pytest

from loanledger import FailedPrecondition, InvalidArgument, date_of, decimal_, minor, money
from loanledger.v1 import loan_service_pb2 as ln
from tests.server.bad import cny
from tests.server.desk import BOOK, Desk, parts


def _running(desk: Desk) -> str:
    """1,200.00 at 12 % over a year; the first instalment paid, the second five days late."""
    name = desk.lent(desk.publish(interest_basis="INTEREST_BASIS_ACT_360"), "1200", rate="0.12")
    desk.go_to("2024-02-15")
    first = desk.client.loans.get_schedule(name=name).instalments[0]
    desk.client.loans.repay_loan(name=name, amount=first.total)
    desk.client.loans.charge_loan(name=name, amount=cny("25"))
    desk.go_to("2024-03-20")
    return name


def _redenominated(desk: Desk, name: str, product: str, rate: str) -> ln.RedenominateLoanResponse:
    return desk.client.loans.redenominate_loan(
        name=name, product=product, exchange_rate=decimal_(rate), reason="agreed in writing"
    )


def test_what_is_owed_goes_on_at_the_rate_with_its_dates_and_arrears(desk: Desk) -> None:
    """At 0.125 euro for a yuan each figure is an eighth."""
    name, loans = _running(desk), desk.client.loans
    before, rows = loans.get_loan(name=name), loans.get_schedule(name=name).instalments
    euro = desk.publish("euro", "EUR", interest_basis="INTEREST_BASIS_ACT_360")
    both = _redenominated(desk, name, euro, "0.125")
    assert both.departure.loan.status == ln.LOAN_STATUS_REPAID
    assert both.departure.loan.refinanced_into == both.continuation.loan.name
    assert parts(both.departure.loan.balance) == {}
    after = both.continuation.loan
    assert (after.status, after.days_past_due) == (ln.LOAN_STATUS_ACTIVE, before.days_past_due)
    assert after.days_past_due == 5
    owed, was = parts(after.balance), parts(before.balance)
    assert was["fee"] == 2_500
    assert owed["fee"] == 313  # 312.5, half up
    for part in ("principal", "interest"):
        assert abs(owed[part] - was[part] / 8) <= 1
    moved = loans.get_schedule(name=after.name).instalments
    assert [row.due for row in moved] == [row.due for row in rows]
    assert sum(minor(row.principal) for row in moved[1:]) == owed["principal"]
    assert desk.tied()
    nets = desk.balances_in("3002")
    assert nets["CNY"] == sum(was.values())
    assert nets["EUR"] == -sum(owed.values())


def test_a_redenominated_loan_lives_on_and_is_paid_off(desk: Desk) -> None:
    yen = desk.publish("yen", "JPY", interest_basis="INTEREST_BASIS_ACT_360")
    name, loans = _running(desk), desk.client.loans
    loan = _redenominated(desk, name, yen, "20.5").continuation.loan.name
    assert minor(loans.get_loan(name=loan).balance.fee) == 513  # 25.00 are 512.5 yen
    desk.go_to("2024-04-20")
    total = loans.quote_payoff(name=loan).total
    assert total.currency_code == "JPY"
    assert loans.pay_off_loan(name=loan, amount=total).loan.status == ln.LOAN_STATUS_REPAID
    assert desk.tied()


def test_undoing_either_half_undoes_both(desk: Desk) -> None:
    euro = desk.publish("euro", "EUR", interest_basis="INTEREST_BASIS_ACT_360")
    name, loans = _running(desk), desk.client.loans
    before = loans.get_loan(name=name).balance
    both = _redenominated(desk, name, euro, "0.125")
    loans.reverse_loan_event(event=both.continuation.transaction.event, reason="not signed")
    assert loans.get_loan(name=name).balance == before
    gone = loans.get_loan(name=both.continuation.loan.name)
    assert (gone.status, parts(gone.balance)) == (ln.LOAN_STATUS_APPLIED, {})
    assert desk.balances_in("3002") == {}
    assert desk.tied()


def test_what_cannot_go_on_is_refused_with_its_field(desk: Desk) -> None:
    name, same = _running(desk), f"{BOOK}/products/plain"
    other = desk.publish("other", "EUR", amortization="AMORTIZATION_EQUAL_PRINCIPAL")
    for product, rate, field, why in (
        (same, "1", "product", "its currency is CNY"),
        (other, "0.125", "product", "its method must be that of the loan's product"),
        (other, "0", "exchange_rate", "greater than zero"),
    ):
        written = desk.written()
        with pytest.raises(InvalidArgument, match=why) as caught:
            _redenominated(desk, name, product, rate)
        assert field in {found for found, _ in caught.value.violations}
        assert desk.written() == written
    assert money("1", "EUR").currency_code == "EUR"


def test_what_was_carried_over_does_not_change_behind_the_loan_that_goes_on(desk: Desk) -> None:
    """Neither a late payment nor a payment taken back; first the redenomination is undone."""
    name, loans = _running(desk), desk.client.loans
    paid = loans.repay_loan(name=name, amount=cny("10")).transaction
    euro = desk.publish("euro", "EUR", interest_basis="INTEREST_BASIS_ACT_360")
    both = _redenominated(desk, name, euro, "0.125")
    desk.go_to("2024-03-25")
    written, exchanged = desk.written(), desk.balances_in("3002")
    with pytest.raises(FailedPrecondition, match="undo that first"):
        loans.reverse_loan_event(event=paid.event, reason="bounced")
    with pytest.raises(FailedPrecondition, match="undo that first"):
        loans.repay_loan(name=name, amount=cny("10"), value_date=date_of("2024-03-19"))
    assert (desk.written(), desk.balances_in("3002")) == (written, exchanged)
    loans.reverse_loan_event(event=both.departure.transaction.event, reason="not signed")
    loans.reverse_loan_event(event=paid.event, reason="bounced")
    assert desk.balances_in("3002") == {}
    assert desk.tied()


def test_a_rate_that_makes_an_amount_too_large_is_refused_with_its_field(desk: Desk) -> None:
    dinar = desk.publish("dinar", "KWD")
    name = desk.lent(desk.publish(), "9000000000", rate="0.12")
    written = desk.written()
    with pytest.raises(InvalidArgument, match=r"beyond KWD 1000000000000\.000") as caught:
        _redenominated(desk, name, dinar, "1000000")
    assert [field for field, _ in caught.value.violations] == ["exchange_rate"]
    assert desk.written() == written
    _redenominated(desk, name, dinar, "100")
    assert desk.tied()
