"""Accrual as a line: what has accrued on any day of a segment, without a loop over its days."""

from __future__ import annotations

from calendar import isleap
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from fractions import Fraction
from heapq import merge
from itertools import count as counting
from itertools import takewhile
from math import gcd
from typing import NamedTuple

from ledger.calc.due_dates import on_day
from ledger.calc.periods import InterestBasis, Period, accrued_fraction
from ledger.money import Rounding, round_ratio

__all__ = ["NIGHT", "Line", "accrued_fraction", "daily_weight", "line", "uniform_until"]

_DAY = timedelta(days=1)
#: What a plain night weighs where no period says it, as for a penalty after maturity.
NIGHT: Mapping[InterestBasis, Fraction] = {
    basis: Fraction(1, 360 if basis.value.startswith(("act_360", "thirty")) else 365)
    for basis in InterestBasis
}
#: Where each night weighs the same.
_EVEN = frozenset({InterestBasis.ACT_365F, InterestBasis.ACT_360})


class Line(NamedTuple):
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

    def turned(self, day: date, slope_per_day: tuple[int, int]) -> Line:
        """The line from a day on with another slope, numerator and denominator: `line` in integers.

        A loan's lines turn at each step of its life, and each Fraction on the way would cost more.
        """
        base, denominator = self.base + self.slope * (day - self.start).days, self.denominator
        slope, per = slope_per_day
        common, own = gcd(base, denominator), gcd(slope, per)
        base, denominator, per = base // common, denominator // common, per // own
        whole = denominator * per // gcd(denominator, per)
        return Line(day, base * (whole // denominator), slope // own * (whole // per), whole)


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
    if basis in _EVEN and period.measure is None:
        return NIGHT[basis]
    after = accrued_fraction(period, basis, day + timedelta(days=1))
    return after - accrued_fraction(period, basis, day)


def uniform_until(period: Period, basis: InterestBasis, day: date) -> date:
    """The first day after `day` whose night weighs differently, or the due date.

    Only nights where the day count can jump are weighed: ends of months under 30/360, of years
    under ACT/ACT ISDA, around 29 February under NL/365, between notional periods under ICMA.
    """
    own = _own_jumps(period, basis)
    if not own and basis not in _JUMPS:
        return period.due
    weight = daily_weight(period, basis, day)
    jumps = _JUMPS.get(basis, _no_jumps)(period, day)
    for later in merge(own, takewhile(lambda found: found < period.due, jumps)):
        if day < later < period.due and daily_weight(period, basis, later) != weight:
            return later
    return period.due


def _no_jumps(period: Period, day: date) -> Iterator[date]:
    return iter(())


def _own_jumps(period: Period, basis: InterestBasis) -> list[date]:
    """Where a period's interest begins and ends by other dates than its payment, or terminates."""
    measure = period.measure
    if measure is None or basis is InterestBasis.PERIOD:
        return []
    return sorted({period.start + _DAY, measure.since, measure.until, period.due - _DAY})


def _ends_of_months(period: Period, day: date) -> Iterator[date]:
    months = 12 * day.year + day.month - 1
    while True:
        last = on_day(months, 31)
        yield from (last.replace(day=number) for number in range(27, last.day + 1))
        yield last + _DAY
        months += 1


def _ends_of_years(period: Period, day: date) -> Iterator[date]:
    return (date(year, 1, 1) for year in counting(day.year + 1))


def _ends_of_leap_februaries(period: Period, day: date) -> Iterator[date]:
    for year in range(day.year, period.due.year + 1):
        if isleap(year):
            yield from (date(year, 2, 28), date(year, 2, 29))


def _notional_ends(period: Period, day: date) -> Iterator[date]:
    return iter(period.measure.context.notional_boundaries if period.measure else ())


_JUMPS: Mapping[InterestBasis, Callable[[Period, date], Iterator[date]]] = {
    InterestBasis.ACT_ACT_ISDA: _ends_of_years,
    InterestBasis.ACT_ACT_ICMA: _notional_ends,
    InterestBasis.NL_365: _ends_of_leap_februaries,
    InterestBasis.THIRTY_360_US: _ends_of_months,
    InterestBasis.THIRTY_360_BOND: _ends_of_months,
    InterestBasis.THIRTY_E_360: _ends_of_months,
    InterestBasis.THIRTY_E_360_ISDA: _ends_of_months,
}
