"""A product for tests: a monthly annuity that is open to anything."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from ledger.calc.allocation import Component, Excess, Mode
from ledger.calc.periods import Frequency, InterestBasis, Unit
from ledger.calc.schedule import Method
from ledger.loan.terms import Terms
from ledger.money import Rounding


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
