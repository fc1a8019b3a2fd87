"""A loan for tests: a monthly annuity that is open to anything, 12000.00 at 12 % a year."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

from ledger.calc.allocation import Component, Excess, Mode
from ledger.calc.periods import Frequency, InterestBasis, Unit
from ledger.calc.schedule import Method
from ledger.loan.events import Kind, LoanEvent
from ledger.loan.fold import fold
from ledger.loan.state import State
from ledger.loan.terms import Agreement, Terms
from ledger.money import Rounding

START = date(2024, 1, 15)
AGREED = Agreement(1_200_000, Fraction(12, 100), 12)


def monthly(**more: Any) -> Terms:
    """Up to twelve instalments; `more` are terms that differ."""
    plain: dict[str, Any] = {
        "currency": "CNY",
        "method": Method.EQUAL_INSTALMENTS,
        "frequency": Frequency(Unit.MONTH, 1),
        "basis": InterestBasis.PERIOD,
        "rounding": Rounding.HALF_UP,
        "order": (Component.PENALTY, Component.FEE, Component.INTEREST, Component.PRINCIPAL),
        "mode": Mode.BY_INSTALMENT,
        "excess": Excess.CREDIT_BALANCE,
        "min_rate": Fraction(0),
        "max_rate": Fraction(1),
        "min_amount": 1,
        "max_amount": 10**9,
        "min_instalments": 1,
        "max_instalments": 12,
    }
    return Terms(**plain | more)


def lived(terms: Terms, agreed: Agreement, through: date = START) -> State:
    """The loan, paid out in full on its start."""
    events = [
        LoanEvent(1, Kind.APPROVED, START, {"amount": agreed.amount}),
        LoanEvent(2, Kind.DISBURSED, START, {"amount": agreed.amount}),
    ]
    return fold(State(terms, agreed, START), events, through)[0]
