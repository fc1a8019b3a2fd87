"""Rates that change and interest that rests inside a loan: the exact factor of each period."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import partial
from itertools import pairwise

from ledger.calc.accrual import daily_weight, uniform_until
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


def with_course(
    periods: Sequence[Period], basis: InterestBasis, course: Course
) -> tuple[Period, ...]:
    """Periods of a basis with the rates that `plan` is to use; its own is the course's first."""
    return tuple(coursed(p, partial(nights_of, p, basis), course) for p in periods)


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


def earned(period: Period, basis: InterestBasis, course: Course, day: date) -> Fraction:
    """Exact interest on 1 from a period's start to a day in it, as rates and pauses went."""
    total = Fraction(0)
    for start, end in pairwise(course.cuts(period.start, period.due)):
        if start < day and not course.rests_on(start):
            total += course.rate_on(start) * nights_of(period, basis, start, min(end, day))
    return total


def nightly(period: Period, basis: InterestBasis, course: Course, day: date) -> Fraction:
    """Interest on 1 of the night after a day: the slope of a line."""
    if course.rests_on(day):
        return Fraction(0)
    return course.rate_on(day) * daily_weight(period, basis, day)


def steady_until(period: Period, basis: InterestBasis, course: Course, day: date) -> date:
    """The first day after `day` whose night may earn differently: where a line must end."""
    cut = next(found for found in course.cuts(day, period.due)[1:] if found > day)
    return min(uniform_until(period, basis, day), cut)
