"""What may happen to a loan in each status: one table, complete, and told to whoever errs."""

from __future__ import annotations

from itertools import product

import pytest

from ledger.errors import WrongStatus
from ledger.loan.events import ALLOWED, Kind, require_allowed
from ledger.loan.fold import _HANDLERS
from ledger.loan.state import Status

#: The contract restated by hand, so that a slip in the product's table is seen.
EXPECTED = {
    "applied": "loan_approved loan_closed",
    "approved": "disbursement_recorded loan_closed",
    "active": (
        "charge_recorded credit_refunded disbursement_recorded loan_written_off payoff_recorded"
        " repayment_recorded waiver_recorded"
    ),
    "repaid": "credit_refunded loan_closed repayment_recorded",
    "written_off": "loan_closed recovery_recorded",
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
