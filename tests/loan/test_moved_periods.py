"""Interest periods that a change of the contract makes count their days as the product says."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from ledger.calc.periods import InterestBasis
from ledger.calc.schedule import Method
from ledger.loan.events import Kind, LoanEvent
from ledger.loan.fold import fold
from ledger.loan.state import State
from ledger.loan.terms import Agreement
from tests.loan.monthly import monthly

BEGUN, FIRST = date(2023, 10, 1), date(2023, 11, 1)
#: 10,000.00 at 12 % a year for three months.
AGREED = Agreement(1_000_000, Fraction(12, 100), 3)


def _lived(
    through: date, kind: Kind | None = None, agreed: Agreement = AGREED, **more: Any
) -> State:
    details = more.pop("details", {})
    events = [
        LoanEvent(1, Kind.APPROVED, BEGUN, {"amount": 1_000_000}),
        LoanEvent(2, Kind.DISBURSED, BEGUN, {"amount": 1_000_000}),
        *([LoanEvent(3, kind, BEGUN, {}, details)] if kind else []),
    ]
    return fold(State(monthly(**more), agreed, BEGUN), events, through)[0]


@pytest.mark.parametrize("basis", InterestBasis)
def test_a_due_date_that_moves_to_where_it_was_changes_nothing(basis: InterestBasis) -> None:
    same = {"from_due": FIRST.isoformat(), "to_due": FIRST.isoformat()}
    moved = _lived(BEGUN, Kind.DUE_DATE_CHANGED, basis=basis, details=same)
    assert moved.rows == _lived(BEGUN, basis=basis).rows


@pytest.mark.parametrize("basis", InterestBasis)
def test_due_dates_that_are_agreed_one_by_one_count_as_those_of_the_terms(
    basis: InterestBasis,
) -> None:
    rows = _lived(BEGUN, basis=basis).rows
    agreed = Agreement(1_000_000, Fraction(12, 100), 3, dues=tuple(row.due for row in rows))
    assert _lived(BEGUN, agreed=agreed, basis=basis).rows == rows


@pytest.mark.parametrize(
    ("kind", "details", "due", "interest"),
    [
        # A month until 10 November, and nine of the thirty days before it.
        (
            Kind.DUE_DATE_CHANGED,
            {"from_due": FIRST.isoformat(), "to_due": "2023-11-10"},
            date(2023, 11, 10),
            13_000,
        ),
        (Kind.HOLIDAY_GRANTED, {"instalments": 1}, date(2023, 12, 1), 20_000),
        (Kind.HOLIDAY_GRANTED, {"instalments": 2}, date(2024, 1, 1), 30_000),
    ],
)
def test_a_period_that_is_not_whole_counts_notional_months_under_icma(
    kind: Kind, details: dict[str, Any], due: date, interest: int
) -> None:
    basis = InterestBasis.ACT_ACT_ICMA
    state = _lived(due, kind, basis=basis, details=details)
    assert (state.rows[0].due, state.rows[0].interest) == (due, interest)
    assert state.interest_owed(due) == interest


@pytest.mark.parametrize(
    ("basis", "interest"),
    [(InterestBasis.ACT_ACT_ICMA, 50_000), (InterestBasis.ACT_365L, 49_836)],
)
def test_a_single_repayment_that_is_put_off_bears_interest_all_along(
    basis: InterestBasis, interest: int
) -> None:
    """From 1 October to 1 March: five months, or 152 days that end in a leap year."""
    due, method = date(2024, 3, 1), Method.SINGLE_REPAYMENT
    later = {"extra_instalments": 2}
    state = _lived(due, Kind.RESCHEDULED, basis=basis, method=method, details=later)
    assert [(row.due, row.interest) for row in state.rows] == [(due, interest)]
    assert state.interest_owed(due) == interest


def test_only_the_last_day_of_a_loan_is_its_termination() -> None:
    """30E/360 ISDA: from 30 November three months of 30 days, also where the loan goes on."""
    begun, end = date(2023, 11, 30), date(2024, 2, 29)
    terms = monthly(basis=InterestBasis.THIRTY_E_360_ISDA, method=Method.INTEREST_ONLY)
    opening = [
        LoanEvent(1, Kind.APPROVED, begun, {"amount": 1_000_000}),
        LoanEvent(2, Kind.DISBURSED, begun, {"amount": 1_000_000}),
    ]
    longer = LoanEvent(3, Kind.RESCHEDULED, begun, {}, {"extra_instalments": 1})
    opened = State(terms, AGREED, begun)
    for events, last in ((opening, 9_667), ([*opening, longer], 10_000)):
        rows = fold(opened, events, begun)[0].rows
        assert [row.interest for row in rows if row.due == end] == [last]
