"""Accrual as a line: what has accrued on any day of a segment, without a loop over its days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import gcd

from ledger.calc.periods import InterestBasis, Period, accrued_fraction
from ledger.money import Rounding, round_ratio

__all__ = ["Line", "accrued_fraction", "daily_weight", "line", "uniform_until"]

_JUMPING = (InterestBasis.THIRTY_360_US, InterestBasis.THIRTY_E_360)


@dataclass(frozen=True, slots=True)
class Line:
    """Accrued on a day = round((base + slope * days since start) / denominator), in minor units."""

    start: date
    base: int
    slope: int
    denominator: int

    def exact(self, day: date) -> Fraction:
        """The unrounded amount accrued by the start of a day."""
        return Fraction(self.base + self.slope * (day - self.start).days, self.denominator)

    def at(self, day: date, rounding: Rounding) -> int:
        """Minor units accrued by the start of a day: the cumulative figure is rounded."""
        days = (day - self.start).days
        return round_ratio(self.base + self.slope * days, self.denominator, rounding)


def line(start: date, base: Fraction, slope_per_day: Fraction) -> Line:
    """The line from `base` on its start, rising by `slope_per_day`, over a common denominator."""
    common = base.denominator * slope_per_day.denominator
    common //= gcd(base.denominator, slope_per_day.denominator)
    return Line(
        start,
        base.numerator * (common // base.denominator),
        slope_per_day.numerator * (common // slope_per_day.denominator),
        common,
    )


def daily_weight(period: Period, basis: InterestBasis, day: date) -> Fraction:
    """The part of a year that the night after a day counts."""
    after = accrued_fraction(period, basis, day + timedelta(days=1))
    return after - accrued_fraction(period, basis, day)


def uniform_until(period: Period, basis: InterestBasis, day: date) -> date:
    """The first day after `day` whose night weighs differently (30/360), or the due date."""
    if basis not in _JUMPING:
        return period.due
    weight, later = daily_weight(period, basis, day), day + timedelta(days=1)
    while later < period.due and daily_weight(period, basis, later) == weight:
        later += timedelta(days=1)
    return later
