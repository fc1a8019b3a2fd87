"""Due dates and interest periods: anchored at the start, never chained from clipped dates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction

from dateutil.relativedelta import relativedelta

from ledger.calc.day_count import DayCount, year_fraction


class Unit(StrEnum):
    """What a frequency counts."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Frequency:
    """Every so many days, weeks or months."""

    unit: Unit
    every: int

    @property
    def per_year(self) -> Fraction:
        """Periods in a year of 12 months, 52 weeks or 365 days."""
        return Fraction(_UNITS_A_YEAR[self.unit], self.every)


_UNITS_A_YEAR: Mapping[Unit, int] = {Unit.DAY: 365, Unit.WEEK: 52, Unit.MONTH: 12}


class InterestBasis(StrEnum):
    """How the interest of a period is measured: the same for each period, or by a day count."""

    PERIOD = "period"
    ACT_365F = "act_365f"
    ACT_360 = "act_360"
    THIRTY_360_US = "thirty_360_us"
    THIRTY_E_360 = "thirty_e_360"


@dataclass(frozen=True, slots=True)
class Period:
    """An interest period: its `fraction` of a year, and `level` for the level instalment."""

    no: int
    start: date
    due: date
    fraction: Fraction
    level: Fraction


def shifted(anchor: date, count: int, frequency: Frequency) -> date:
    """The anchor moved by count frequencies; months keep its day, clipped to the month's end."""
    steps = count * frequency.every
    if frequency.unit is Unit.MONTH:
        return anchor + relativedelta(months=steps)
    return anchor + timedelta(days=steps * (7 if frequency.unit is Unit.WEEK else 1))


def due_dates(
    start: date, count: int, frequency: Frequency, first_due: date | None = None
) -> list[date]:
    """Due dates after the start; with `first_due` they are counted from it."""
    if first_due is None:
        return [shifted(start, k, frequency) for k in range(1, count + 1)]
    return [shifted(first_due, k, frequency) for k in range(count)]


def periods(
    start: date,
    count: int,
    frequency: Frequency,
    basis: InterestBasis,
    first_due: date | None = None,
) -> tuple[Period, ...]:
    """The periods of a loan; on basis PERIOD a stub before `first_due` counts ACT/365F."""
    dates = due_dates(start, count, frequency, first_due)
    plain = 1 / frequency.per_year
    found = []
    for no, (begin, due) in enumerate(zip([start, *dates], dates, strict=False), start=1):
        stub = no == 1 and first_due is not None
        if basis is not InterestBasis.PERIOD:
            fraction = year_fraction(DayCount(basis.value), begin, due)
        else:
            fraction = Fraction((due - begin).days, 365) if stub else plain
        level = plain if basis is InterestBasis.PERIOD else fraction
        found.append(Period(no, begin, due, fraction, level))
    return tuple(found)


def accrued_fraction(period: Period, basis: InterestBasis, day: date) -> Fraction:
    """The part of a year from the period's start to a day in it; all of it on the due date."""
    if basis is InterestBasis.PERIOD:
        days, whole = (day - period.start).days, (period.due - period.start).days
        return period.fraction * days / whole
    return year_fraction(DayCount(basis.value), period.start, day)
