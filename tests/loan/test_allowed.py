"""What may happen to a loan in each status: one table, complete, and told to whoever errs."""

from __future__ import annotations

from itertools import product

import pytest

from ledger.errors import WrongStatus
from ledger.loan.events import ALLOWED, Kind, require_allowed
from ledger.loan.fold import _HANDLERS
from ledger.loan.state import Status

#: The contract restated by hand, so that a slip in the product's table is seen.
PAYMENTS = (
    "repayment_recorded down_payment_recorded merchant_refund_recorded payout_refund_recorded"
    " goodwill_credit_recorded charge_adjustment_recorded"
)
EXPECTED = {
    "applied": "loan_approved loan_imported redenomination_received loan_closed",
    "approved": "disbursement_recorded limit_changed loan_closed",
    "active": (
        f"{PAYMENTS} payoff_recorded disbursement_recorded charge_recorded charge_waiver_recorded"
        " limit_changed waiver_recorded credit_refunded chargeback_recorded rate_changed"
        " index_reset_recorded"
        " interest_paused due_date_changed payment_holiday_granted loan_rescheduled loan_reaged"
        " loan_reamortized interest_capitalized loan_assumed interest_suspended interest_resumed"
        " loan_refinanced loan_redenominated loan_charged_off fraud_flag_set loan_written_off"
        " loan_written_down recovery_recorded collateral_taken loan_sold loan_bought_back"
    ),
    "repaid": (
        f"{PAYMENTS} disbursement_recorded credit_refunded chargeback_recorded loan_bought_back"
        " recovery_recorded loan_closed"
    ),
    "written_off": "loan_closed recovery_recorded",
    "sold": "loan_closed",
    "closed": "",
}


def test_every_status_has_a_row() -> None:
    assert set(ALLOWED) == set(Status)
    assert set(EXPECTED) == {status.value for status in Status}


def test_every_kind_of_event_is_allowed_in_some_status_and_has_a_handler() -> None:
    assert frozenset().union(*ALLOWED.values()) == set(Kind) == set(_HANDLERS)


@pytest.mark.parametrize(("status", "kind"), list(product(Status, Kind)))
def test_an_event_is_allowed_exactly_where_the_contract_says_so(status: Status, kind: Kind) -> None:
    if kind.value in EXPECTED[status.value].split():
        require_allowed(status, kind)
        return
    with pytest.raises(WrongStatus) as caught:
        require_allowed(status, kind)
    assert caught.value.facts == {"status": status.value, "event": kind.value}
    allowed = sorted(EXPECTED[status.value].split())
    assert ", ".join(allowed) in caught.value.message


def test_a_closed_loan_allows_nothing_but_a_reversal_and_says_so() -> None:
    with pytest.raises(WrongStatus, match="nothing but a reversal"):
        require_allowed(Status.CLOSED, Kind.REPAID)
