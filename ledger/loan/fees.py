"""Fees as rules of a product: when they arise, how they are measured, how they become income."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from ledger.money import Rounding, round_ratio


class When(StrEnum):
    """What brings a fee."""

    DISBURSEMENT = "disbursement"
    INSTALMENT = "instalment"
    PREPAYMENT = "prepayment"
    LATE = "late"
    COMMITMENT = "commitment"


class Collection(StrEnum):
    """Taken from the money paid out, or charged to the loan."""

    DEDUCTED = "deducted"
    CHARGED = "charged"


class Income(StrEnum):
    """When the lender earns a fee: at once, or over the life as part of the effective yield."""

    AT_ONCE = "at_once"
    AMORTISED = "amortised"


@dataclass(frozen=True, slots=True)
class Tier:
    """Up to `upto` minor units (0: without end) a fixed amount and a share hold."""

    upto: int
    fixed: int
    percent: Fraction


@dataclass(frozen=True, slots=True)
class FeeRule:
    """A fee: fixed plus a share of the base (the amount paid out, due, prepaid or overdue).

    `tiers` replace both by the first tier that holds the base. `tax` is added on top. `grace`
    counts days after the due date, for late fees; `penalty` makes it a penalty instead of a fee.
    It arises in the periods of the instalments from `first` to `last` (0: no bound). A commitment
    fee is `percent` a year of what may still be drawn, night by night, charged on due dates.
    """

    name: str
    when: When
    fixed: int = 0
    percent: Fraction = Fraction(0)
    tiers: tuple[Tier, ...] = ()
    least: int = 0
    most: int = 0
    tax: Fraction = Fraction(0)
    collection: Collection = Collection.CHARGED
    income: Income = Income.AT_ONCE
    grace: int = 0
    penalty: bool = False
    first: int = 0
    last: int = 0

    def holds(self, instalment: int) -> bool:
        """Whether the fee arises in the period of an instalment."""
        return self.first <= instalment and (not self.last or instalment <= self.last)

    def amount(self, base: int, rounding: Rounding) -> int:
        """The fee on a base in minor units, tax not included; rounded once."""
        fixed, percent = self.fixed, self.percent
        for tier in self.tiers:
            if not tier.upto or base <= tier.upto:
                fixed, percent = tier.fixed, tier.percent
                break
        exact = fixed + base * percent
        found = max(round_ratio(exact.numerator, exact.denominator, rounding), self.least)
        return min(found, self.most) if self.most else found

    def taxed(self, amount: int, rounding: Rounding) -> int:
        """The tax on a fee, rounded once."""
        exact = amount * self.tax
        return round_ratio(exact.numerator, exact.denominator, rounding)
