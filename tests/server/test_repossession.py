"""Collateral that is taken over, impaired and sold, with figures worked out by hand."""

from __future__ import annotations

import pytest

from loanledger import FailedPrecondition, minor
from loanledger.v1 import loan_service_pb2 as ln
from tests.promises.soundness import require_sound
from tests.server.desk import Desk
from tests.server.secured import client_events, cny, secured, status


@pytest.fixture
def pledged(desk: Desk) -> tuple[Desk, str, str]:
    """A loan that is secured."""
    return secured(desk)


def test_taken_for_all_that_is_owed_the_rest_is_a_loss(pledged: tuple[Desk, str, str]) -> None:
    desk, name, loan = pledged
    client = desk.client.collateral
    desk.go_to("2024-01-20")
    before = desk.balances()
    taken = client.repossess_collateral(
        name=name, loan=loan, value=cny("900"), in_full=True, reason="default"
    )
    assert (status(taken), taken.taken_for, list(taken.liens)) == ("REPOSSESSED", loan, [])
    assert minor(taken.carrying_amount) == 90_000
    after = desk.balances()
    # 1,200.97 of loan leave, 900.00 of property come: 300.97 are lost.
    assert after["1441"] == 90_000
    assert after["6702"] - before.get("6702", 0) == 30_097
    assert after.get("1303P", 0) == 0
    assert after.get("1132", 0) == 0
    settled = desk.client.loans.get_loan(name=loan)
    assert settled.status == ln.LOAN_STATUS_REPAID
    assert desk.tied()
    desk.go_to("2024-02-20")
    assert desk.client.loans.get_loan(name=loan).status == ln.LOAN_STATUS_REPAID
    require_sound(desk.server.dsn)


def test_taken_as_a_payment_it_settles_what_it_is_worth(pledged: tuple[Desk, str, str]) -> None:
    desk, name, loan = pledged
    desk.go_to("2024-01-20")
    client = desk.client.collateral
    client.repossess_collateral(name=name, loan=loan, value=cny("900"), reason="default")
    after = desk.balances()
    assert after["1441"] == 90_000
    assert "6702" not in after
    # Nothing is due yet: all of it lowers the principal, and the instalments to come.
    balance = desk.client.loans.get_loan(name=loan).balance
    owed = (balance.principal, balance.interest, balance.credit)
    assert [minor(amount) for amount in owed] == [30_000, 97, 0]
    assert desk.tied()
    require_sound(desk.server.dsn)


@pytest.mark.parametrize("in_full", [True, False])
def test_a_repossession_is_undone_on_both(pledged: tuple[Desk, str, str], in_full: bool) -> None:
    desk, name, loan = pledged
    desk.go_to("2024-01-20")
    client, before = desk.client.collateral, desk.balances()
    client.repossess_collateral(
        name=name, loan=loan, value=cny("900"), in_full=in_full, reason="default"
    )
    [event] = [
        t.event
        for t in desk.client.loans.list_transactions.iterate(parent=loan)
        if t.kind in ("collateral_taken", "repayment_recorded")
    ]
    with pytest.raises(FailedPrecondition, match="one of a pair"):
        desk.client.loans.reverse_loan_event(event=event, reason="wrong van")
    back = client.reverse_repossession(name=name, reason="wrong van")
    assert (status(back), [lien.loan for lien in back.liens]) == ("PLEDGED", [loan])
    assert desk.balances() == before
    assert desk.client.loans.get_loan(name=loan).status == ln.LOAN_STATUS_ACTIVE
    assert desk.tied()
    require_sound(desk.server.dsn)


def test_what_was_taken_is_impaired_and_sold_with_gain_or_loss(
    pledged: tuple[Desk, str, str],
) -> None:
    desk, name, loan = pledged
    client = desk.client.collateral
    client.repossess_collateral(
        name=name, loan=loan, value=cny("900"), in_full=True, reason="default"
    )
    client.impair_collateral(name=name, amount=cny("150"), reason="flood")
    client.impair_collateral(name=name, amount=cny("50"), release=True, reason="repaired")
    held = desk.balances()
    assert (held["1441"], held["1442"]) == (90_000, -10_000)
    with pytest.raises(FailedPrecondition, match=r"at most 800\.00 more"):
        client.impair_collateral(name=name, amount=cny("800.01"), reason="typo")
    cash = held["1001"]
    sold = client.dispose_collateral(
        name=name, proceeds=cny("860"), tax=cny("20"), reason="auction"
    )
    assert status(sold) == "DISPOSED"
    after = desk.balances()
    # 860 - 20 of tax - (900 - 100): a gain of 40.00.
    assert {code: after.get(code, 0) for code in ("1441", "1442", "2221", "6111")} == {
        "1441": 0,
        "1442": 0,
        "2221": -2_000,
        "6111": -4_000,
    }
    assert after["1001"] - cash == 86_000
    [event] = client_events(desk, "collateral_disposed")
    assert event.reason == "auction"
    with pytest.raises(FailedPrecondition, match="is disposed, not repossessed"):
        client.dispose_collateral(name=name, proceeds=cny("1"), reason="again")
    assert desk.tied()
    require_sound(desk.server.dsn)


def test_a_charged_off_loan_is_paid_by_its_collateral(pledged: tuple[Desk, str, str]) -> None:
    desk, name, loan = pledged
    desk.client.loans.charge_off_loan(name=loan, reason="180 days")
    client = desk.client.collateral
    with pytest.raises(FailedPrecondition, match="take the collateral as a payment"):
        client.repossess_collateral(
            name=name, loan=loan, value=cny("900"), in_full=True, reason="default"
        )
    client.repossess_collateral(name=name, loan=loan, value=cny("900"), reason="default")
    after = desk.balances()
    assert (after["1441"], after["6301"], after["9001"]) == (90_000, -90_000, 30_000)
    assert desk.tied()


def test_it_is_worth_at_most_what_is_owed_when_it_settles_all(
    pledged: tuple[Desk, str, str],
) -> None:
    desk, name, loan = pledged
    before = desk.written()
    with pytest.raises(FailedPrecondition, match=r"at most CNY 1200\.00"):
        desk.client.collateral.repossess_collateral(
            name=name, loan=loan, value=cny("1200.01"), in_full=True, reason="default"
        )
    assert desk.written() == before
