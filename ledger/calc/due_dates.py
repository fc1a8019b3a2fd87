"""Due dates: anchored at the start, never chained from clipped dates."""

from __future__ import annotations

from calendar import isleap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from functools import partial
from itertools import count as counting
from itertools import islice, takewhile

from ledger.errors import InvalidInput, Violation


class Unit(StrEnum):
    """What a frequency counts."""

    DAY = "day"
    WEEK = "week"
    SEMI_MONTH = "semi_month"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Frequency:
    """Every so many days, weeks, half months or months.

    Half months end on the two `days` of each month, clipped to its end: 1st and 15th, 15th and 31.
    """

    unit: Unit
    every: int
    days: tuple[int, int] = (1, 15)

    @property
    def per_year(self) -> Fraction:
        """Periods in a year of 12 months, 24 half months, 52 weeks or 365 days."""
        return Fraction(_UNITS_A_YEAR[self.unit], self.every)


_UNITS_A_YEAR: Mapping[Unit, int] = {
    Unit.DAY: 365,
    Unit.WEEK: 52,
    Unit.SEMI_MONTH: 24,
    Unit.MONTH: 12,
}


class Stub(StrEnum):
    """Which period takes up the days that do not fill a whole one."""

    NONE = "none"
    SHORT_FIRST = "short_first"
    LONG_FIRST = "long_first"
    SHORT_LAST = "short_last"
    LONG_LAST = "long_last"


_FROM_MATURITY = (Stub.SHORT_FIRST, Stub.LONG_FIRST)
_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def shifted(
    anchor: date,
    count: int,
    frequency: Frequency,
    *,
    end_of_month: bool = False,
    overflows: bool = False,
) -> date:
    """The anchor moved by count frequencies; months keep its day, clipped to the month's end.

    With `end_of_month` an anchor on the last day of its month gives last days of months. With
    `overflows` a month without the anchor's day gives the first of the next one instead. Half
    months go to the next of their days, whether or not the anchor is one.
    """
    steps = count * frequency.every
    if frequency.unit is Unit.MONTH:
        last = end_of_month and (anchor + timedelta(days=1)).month != anchor.month
        months = 12 * anchor.year + anchor.month - 1 + steps
        return on_day(months, 31 if last else anchor.day, overflows=overflows)
    if frequency.unit is Unit.SEMI_MONTH:
        return _half_months(anchor, steps, frequency.days)
    return anchor + timedelta(days=steps * (7 if frequency.unit is Unit.WEEK else 1))


def on_day(months: int, day: int, *, overflows: bool = False) -> date:
    """A day of the month that so many months precede since year 0, clipped to its end."""
    year, month = divmod(months, 12)
    length = 29 if month == 1 and isleap(year) else _LENGTHS[month]
    if day <= length:
        return date(year, month + 1, day)
    return on_day(months + 1, 1) if overflows else date(year, month + 1, length)


def _half_months(anchor: date, steps: int, days: tuple[int, int]) -> date:
    if steps == 0:
        return anchor
    halves = 2 * (12 * anchor.year + anchor.month - 1)
    ends = [on_day(halves // 2, day) for day in days]
    passed = sum(end <= anchor for end in ends)
    before = halves + passed - 1 + (steps < 0 and anchor not in ends)
    months, half = divmod(before + steps, 2)
    return on_day(months, days[half])


def due_dates(
    start: date,
    count: int,
    frequency: Frequency,
    first_due: date | None = None,
    *,
    due_day: int | None = None,
    overflows: bool = False,
) -> list[date]:
    """Due dates after the start; with `first_due` they are counted from it.

    `due_day` is the day of the month that they fall on, clipped to its end: 31 is the end of
    every month. It needs a frequency in months; a given `first_due` stays as it is.
    """
    return list(islice(all_due_dates(start, frequency, first_due, due_day, overflows), count))


def all_due_dates(
    start: date,
    frequency: Frequency,
    first_due: date | None = None,
    due_day: int | None = None,
    overflows: bool = False,
) -> Iterator[date]:
    """Due dates without an end, as `due_dates` describes them."""
    if due_day is not None and (frequency.unit is not Unit.MONTH or not 1 <= due_day <= 31):
        wrong = "must be from 1 to 31, with a frequency in months"
        raise InvalidInput([Violation("due_day", wrong)])
    anchor, first = (start, 1) if first_due is None else (first_due, 0)
    for k in counting(first):
        day = shifted(anchor, k, frequency, overflows=overflows)
        if due_day is not None and k > 0:
            day = on_day(12 * day.year + day.month - 1, due_day)
        yield day


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
    first, second = frequency.days
    if not 1 <= first < second <= 31 or first > 27:
        wrong.append(Violation("frequency.days", "must ascend, the first from 1 to 27"))
    if first_due is not None and not start < first_due <= maturity:
        wrong.append(Violation("first_due", "must be after the start and not after maturity"))
    if first_due is not None and stub in _FROM_MATURITY:
        wrong.append(Violation("first_due", "cannot be given with a stub at the front"))
    if wrong:
        raise InvalidInput(wrong)
