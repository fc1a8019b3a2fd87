"""Rates that change and interest that rests inside a loan: the exact factor of each period."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from itertools import pairwise

from ledger.calc.periods import InterestBasis, Period, accrued_fraction

#: The part of a year that the nights of a period from one day to another count.
Nights = Callable[[date, date], Fraction]


@dataclass(frozen=True, slots=True)
class Course:
    """Annual rates from their dates on, the loan's first one first, and spans without interest.

    A rate holds for the night that begins on its date. A pause is (first day, day after the last).
    """

    rates: tuple[tuple[date, Fraction], ...]
    pauses: tuple[tuple[date, date], ...] = ()

    def rate_on(self, day: date) -> Fraction:
        """The rate of the night that begins on a day."""
        known = [rate for since, rate in self.rates if since <= day]
        return known[-1] if known else self.rates[0][1]

    def rests_on(self, day: date) -> bool:
        """Whether the night that begins on a day bears no interest."""
        return any(since <= day < until for since, until in self.pauses)

    def cuts(self, start: date, due: date) -> list[date]:
        """The ends of the stretches of a period with one rate each, from its start to its due."""
        dates = {since for since, _ in self.rates}
        dates.update(day for pause in self.pauses for day in pause)
        return [start, *sorted(day for day in dates if start < day < due), due]


def coursed(period: Period, nights: Nights, course: Course) -> Period:
    """A period with its rate where that is not the first, and its factor where it is not plain."""
    stretches = list(pairwise(course.cuts(period.start, period.due)))
    rates = [Fraction(0) if course.rests_on(a) else course.rate_on(a) for a, _ in stretches]
    final = course.rate_on(stretches[-1][0])
    own = None if final == course.rates[0][1] else final
    if all(rate == final for rate in rates):
        return replace(period, rate=own)
    parts = (rate * nights(a, b) for rate, (a, b) in zip(rates, stretches, strict=True))
    return replace(period, rate=own, factor=sum(parts, Fraction(0)))


def nights_of(period: Period, basis: InterestBasis, start: date, end: date) -> Fraction:
    """The part of a year that the nights of a period from one day to another count."""
    return accrued_fraction(period, basis, end) - accrued_fraction(period, basis, start)
