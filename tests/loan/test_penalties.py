"""The penalty rate as a multiple of the rate that the loan bears, and its cap."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from ledger.book.chart import Part
from ledger.calc.periods import InterestBasis
from ledger.calc.schedule import Method
from ledger.loan.events import Kind, LoanEvent
from ledger.loan.explaining import accruals
from ledger.loan.fold import fold
from ledger.loan.retracing import retraced
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


#: 36 % of 360 days on 100.00, at most 0.25 in all: 0.10 in each of two nights, and 0.05.
CAPPED = monthly(
    method=Method.SINGLE_REPAYMENT,
    basis=InterestBasis.ACT_360,
    penalty_rate=Fraction(36, 100),
    penalty_cap=Fraction(25, 10_000),
)
SMALL = Agreement(10_000, Fraction(0), 1)


def test_penalty_interest_ends_at_its_cap() -> None:
    nights = [penalty_of(CAPPED, SMALL, date(2024, 2, 15 + n)) for n in range(6)]
    assert nights == [0, 10, 20, 25, 25, 25]


def test_the_cap_grows_with_what_is_paid_out_and_holds_for_the_life_of_the_loan() -> None:
    """Paid 0.25 on the fifth day: nothing more comes, although the principal stays overdue."""
    paid = LoanEvent(3, Kind.REPAID, date(2024, 2, 20), {"amount": 25})
    assert penalty_of(CAPPED, SMALL, date(2024, 3, 20), paid) == 0


def test_a_night_that_the_cap_cuts_short_is_explained_by_what_was_left() -> None:
    events = [
        LoanEvent(1, Kind.APPROVED, START, {"amount": 10_000}),
        LoanEvent(2, Kind.DISBURSED, START, {"amount": 10_000}),
    ]
    steps = retraced(State(CAPPED, SMALL, START), events, date(2024, 2, 25))
    spans = accruals(steps, START, date(2024, 2, 25), [Part.PENALTY])
    assert [(span.days, span.exact, span.spread) for span in spans] == [
        (2, 20, None),
        (1, 5, 5),
        (7, 0, 0),
    ]
