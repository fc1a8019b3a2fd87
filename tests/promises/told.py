"""A small loan told in full: 100.00 at 12 % a year from 1 October 2023."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from ledger.loan.events import Kind, LoanEvent
from ledger.loan.fold import fold
from ledger.loan.state import State
from ledger.loan.terms import Agreement, Terms


def told(terms: Terms, instalments: int, happened: list[LoanEvent], through: date) -> State:
    """A loan of 100.00 at 12 % a year from 1 October 2023, and what happened to it."""
    start = date(2023, 10, 1)
    events = [
        LoanEvent(1, Kind.APPROVED, start, {"amount": 10_000}),
        LoanEvent(2, Kind.DISBURSED, start, {"amount": 10_000}),
        *happened,
    ]
    opened = State(terms, Agreement(10_000, Fraction(12, 100), instalments), start)
    return fold(opened, events, through)[0]
