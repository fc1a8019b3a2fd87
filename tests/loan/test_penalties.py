"""The penalty rate as a multiple of the rate that the loan bears."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from ledger.calc.periods import InterestBasis
from ledger.calc.schedule import Method
from ledger.loan.events import Kind, LoanEvent
from ledger.loan.fold import fold
from ledger.loan.state import State
from ledger.loan.terms import Agreement, Terms
from tests.loan.monthly import START, monthly

AGREED = Agreement(1_200_000, Fraction(12, 100), 1)


def penalty_of(terms: Terms, agreed: Agreement, day: date, *happened: LoanEvent) -> int:
    events = [
        LoanEvent(1, Kind.APPROVED, START, {"amount": agreed.amount}),
        LoanEvent(2, Kind.DISBURSED, START, {"amount": agreed.amount}),
        *happened,
    ]
    return fold(State(terms, agreed, START), events, day)[0].penalty_owed(day)


def half_as_much_again(method: Method = Method.SINGLE_REPAYMENT) -> Terms:
    return monthly(
        method=method,
        basis=InterestBasis.ACT_360,
        penalty_multiple=Fraction(3, 2),
        max_instalments=2,
    )


def test_half_as_much_again_on_what_is_overdue() -> None:
    """12000.00 at 18 % over 10 of 360 days: 60.00."""
    assert penalty_of(half_as_much_again(), AGREED, date(2024, 2, 25)) == 6_000


def test_the_penalty_follows_the_rate_of_the_loan() -> None:
    """Five nights at 18 % and five at 36 %: 30.00 and 60.00."""
    raised = LoanEvent(3, Kind.RATE_CHANGED, date(2024, 2, 20), {}, {"rate": "6/25"})
    assert penalty_of(half_as_much_again(), AGREED, date(2024, 2, 25), raised) == 9_000


def test_the_penalty_follows_the_steps_that_a_loan_agreed_on() -> None:
    """6000.00 fall due on 15 February, when the rate rises to 24 %: 36 % over 10 of 360 days."""
    agreed = Agreement(1_200_000, Fraction(12, 100), 2, steps=((2, Fraction(24, 100)),))
    terms = half_as_much_again(Method.EQUAL_PRINCIPAL)
    assert penalty_of(terms, agreed, date(2024, 2, 25)) == 6_000
