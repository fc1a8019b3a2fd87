"""Due dates and interest periods: anchored at the start, never chained from clipped dates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from functools import partial
from itertools import count as counting
from itertools import takewhile

from dateutil.relativedelta import relativedelta

from ledger.calc.day_count import DayCount, year_fraction
from ledger.errors import InvalidInput, Violation


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


class Stub(StrEnum):
    """Which period takes up the days that do not fill a whole one."""

    NONE = "none"
    SHORT_FIRST = "short_first"
    LONG_FIRST = "long_first"
    SHORT_LAST = "short_last"
    LONG_LAST = "long_last"


_FROM_MATURITY = (Stub.SHORT_FIRST, Stub.LONG_FIRST)


class InterestBasis(StrEnum):
    """How the interest of a period is measured: the same for each period, or by a day count."""

    PERIOD = "period"
    ACT_365F = "act_365f"
    ACT_360 = "act_360"
    THIRTY_360_US = "thirty_360_us"
    THIRTY_E_360 = "thirty_e_360"


@dataclass(frozen=True, slots=True)
class Period:
    """An interest period: its `fraction` of a year, and `level` for the level instalment.

    `rate` is the annual rate in force at its end, where that is not the loan's. `factor` is the
    exact interest on 1, where that is not rate x fraction: the rate changed or rested inside it.
    """

    no: int
    start: date
    due: date
    fraction: Fraction
    level: Fraction
    rate: Fraction | None = None
    factor: Fraction | None = None


def shifted(anchor: date, count: int, frequency: Frequency, *, end_of_month: bool = False) -> date:
    """The anchor moved by count frequencies; months keep its day, clipped to the month's end.

    With `end_of_month` an anchor on the last day of its month gives last days of months.
    """
    steps = count * frequency.every
    if frequency.unit is Unit.MONTH:
        last = end_of_month and (anchor + timedelta(days=1)).month != anchor.month
        return anchor + relativedelta(months=steps, day=31 if last else None)
    return anchor + timedelta(days=steps * (7 if frequency.unit is Unit.WEEK else 1))


def due_dates(
    start: date, count: int, frequency: Frequency, first_due: date | None = None
) -> list[date]:
    """Due dates after the start; with `first_due` they are counted from it."""
    if first_due is None:
        return [shifted(start, k, frequency) for k in range(1, count + 1)]
    return [shifted(first_due, k, frequency) for k in range(count)]


def due_dates_until(
    start: date,
    maturity: date,
    frequency: Frequency,
    *,
    stub: Stub = Stub.NONE,
    first_due: date | None = None,
    end_of_month: bool = False,
) -> tuple[date, ...]:
    """Due dates after the start up to maturity, not adjusted for business days.

    Counted from start or `first_due`, or for a stub at the front back from maturity. InvalidInput
    names what cannot be: dates out of order, a frequency below 1, `first_due` beside a stub at the
    front, or no stub where the frequency does not meet maturity.
    """
    _check_span(start, maturity, frequency, stub, first_due)
    moved = partial(shifted, frequency=frequency, end_of_month=end_of_month)
    if stub in _FROM_MATURITY:
        found = list(takewhile(lambda day: day > start, (moved(maturity, -k) for k in counting())))
        if stub is Stub.LONG_FIRST and moved(maturity, -len(found)) != start and len(found) > 1:
            del found[-1]
        return tuple(reversed(found))
    anchor, first = (start, 1) if first_due is None else (first_due, 0)
    steps = (moved(anchor, k) for k in counting(first))
    found = list(takewhile(lambda day: day < maturity, steps))
    if moved(anchor, first + len(found)) != maturity:
        if stub is Stub.NONE:
            wrong = Violation("stub", f"must be given: no due date falls on {maturity}")
            raise InvalidInput([wrong])
        if stub is Stub.LONG_LAST:
            found = found[:-1]
    return (*found, maturity)


def _check_span(
    start: date, maturity: date, frequency: Frequency, stub: Stub, first_due: date | None
) -> None:
    wrong = []
    if maturity <= start:
        wrong.append(Violation("maturity", "must be after the start"))
    if frequency.every < 1:
        wrong.append(Violation("frequency.every", "must be at least 1"))
    if first_due is not None and not start < first_due <= maturity:
        wrong.append(Violation("first_due", "must be after the start and not after maturity"))
    if first_due is not None and stub in _FROM_MATURITY:
        wrong.append(Violation("first_due", "cannot be given with a stub at the front"))
    if wrong:
        raise InvalidInput(wrong)


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
