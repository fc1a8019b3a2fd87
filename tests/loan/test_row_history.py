"""An instalment is explained by its own history, even where two fall on one day."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from ledger.book.chart import Part
from ledger.calc.allocation import Component
from ledger.calc.periods import InterestBasis
from ledger.calc.schedule import Method
from ledger.loan.events import Kind, LoanEvent
from ledger.loan.retracing import retraced
from ledger.loan.row_history import Effect, row_story
from ledger.loan.state import State
from ledger.loan.terms import Agreement
from tests.loan.monthly import START, monthly

DUE = date(2024, 2, 15)
TERMS = monthly(method=Method.EQUAL_PRINCIPAL, basis=InterestBasis.ACT_365F, order=tuple(Component))


def test_a_payoff_on_a_due_date_is_told_apart_from_what_fell_due_and_was_paid_before() -> None:
    lent = [
        LoanEvent(1, Kind.APPROVED, START, {"amount": 120000}),
        LoanEvent(2, Kind.DISBURSED, START, {"amount": 120000}),
    ]
    # A half of 1,200.00, and 31 nights of 6 % on it: 6.12.
    paid = LoanEvent(3, Kind.REPAID, DUE, {"amount": 60612})
    settled = LoanEvent(4, Kind.PAID_OFF, DUE, {"amount": 60000})
    opened = State(TERMS, Agreement(120000, Fraction(6, 100), 2), START)
    steps = retraced(opened, [*lent, paid, settled], DUE)
    told = [
        {
            (cause.number, part): amount
            for change in row_story(steps, no, DUE).changes
            if change.effect is Effect.PAID
            for cause in change.causes
            for part, amount in change.amounts.items()
        }
        for no in (1, 2)
    ]
    assert told == [
        {(3, Part.PRINCIPAL): 60000, (3, Part.INTEREST): 612},
        {(4, Part.PRINCIPAL): 60000},
    ]
