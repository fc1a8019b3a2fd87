"""Money that comes in or goes out elsewhere than at the product's fund source."""

from __future__ import annotations

import pytest

from loanledger import InvalidArgument, date_of
from tests.server.bad import cny
from tests.server.desk import Desk, pair


def test_a_receipt_that_was_unallocated_repays_a_loan_on_the_day_it_came(desk: Desk) -> None:
    """Received on 15 February into 2241, matched on 20 February: cash moves once."""
    name, loans = desk.lent(desk.publish(), "1200"), desk.client.loans
    desk.go_to("2024-02-15")
    desk.client.ledger.post_journal(entries=pair("110", credit="2241"))
    before = desk.balances()
    assert before["2241"] == -11_000
    desk.go_to("2024-02-20")
    done = loans.repay_loan(
        name=name, amount=cny("110"), funds_account="2241", value_date=date_of("2024-02-15")
    )
    after = desk.balances()
    assert (after.get("2241", 0), after["1001"]) == (0, before["1001"])
    assert desk.tied()
    loans.reverse_loan_event(event=done.transaction.event, reason="of somebody else")
    assert desk.balances()["2241"] == -11_000
    assert desk.tied()


def test_a_loan_is_paid_out_to_a_deposit_and_recovered_through_a_clearing_account(
    desk: Desk,
) -> None:
    name, loans = desk.approved(desk.publish(), "1200"), desk.client.loans
    loans.disburse_loan(name=name, funds_account="2011")
    loans.charge_off_loan(name=name, reason="lost")
    desk.go_to("2024-02-15")
    loans.repay_loan(name=name, amount=cny("100"), funds_account="2241")
    balances = desk.balances()
    assert balances["2011"] == -120_000
    assert (balances["2241"], balances["6301"]) == (10_000, -10_000)
    assert "1001" not in balances
    assert desk.tied()


@pytest.mark.parametrize("account", ["9999", "1303P", "9004"])
def test_money_does_not_come_from_an_account_of_the_loans_or_of_nobody(
    desk: Desk, account: str
) -> None:
    name, written = desk.lent(desk.publish(), "1200"), desk.written()
    with pytest.raises(InvalidArgument) as caught:
        desk.client.loans.repay_loan(name=name, amount=cny("1"), funds_account=account)
    assert [field for field, _ in caught.value.violations] == ["funds_account"]
    assert desk.written() == written
