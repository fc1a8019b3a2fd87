"""Interest periods by the day-count settings that loan systems use: days a month, days a year."""

from __future__ import annotations

from calendar import isleap
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from functools import partial

from ledger.calc.conventions import Conventions
from ledger.calc.periods import Frequency, Period, Unit
from ledger.calc.rates import Course, coursed
from ledger.errors import InvalidInput, Violation


class InterestPeriod(StrEnum):
    """Whether interest is worked out for whole repayment periods or for their days."""

    SAME_AS_REPAYMENT = "same_as_repayment"
    DAILY = "daily"


@dataclass(frozen=True, slots=True)
class Setting:
    """Days in a month and in a year; None is the actual number."""

    month: int | None
    year: int | None


_MONTHS = {"30": 30, "ACTUAL": None, "not_used": None}
_YEARS = {"360": 360, "364": 364, "365": 365, "ACTUAL": None}


def setting(text: str) -> Setting:
    """'30/360', 'ACTUAL/365', 'ACTUAL/ACTUAL' and the like; InvalidInput for others."""
    month, _, year = text.partition("/")
    if month not in _MONTHS or year not in _YEARS:
        wrong = f"must be one of {', '.join(_MONTHS)} over one of {', '.join(_YEARS)}"
        raise InvalidInput([Violation("day_count", wrong)])
    return Setting(_MONTHS[month], _YEARS[year])


@dataclass(frozen=True, slots=True)
class Counting:
    """All that decides the interest of conventional periods, beside their dates and rates."""

    frequency: Frequency
    setting: Setting
    interest_period: InterestPeriod
    conventions: Conventions


def conventional_periods(
    start: date,
    dues: Sequence[date],
    counting: Counting,
    rates: Sequence[tuple[date, Fraction]],
    *,
    pauses: Iterable[tuple[date, date]] = (),
    nominal_start: date | None = None,
    first_no: int = 1,
) -> tuple[Period, ...]:
    """Periods between due dates whose rates and factors follow named conventions.

    `rates` are annual, each from its date on, the loan's own first; `pauses` are (first day, last
    day). Where a first period is cut short, `nominal_start` is when the whole one began. The
    annual rate to give to `plan` is that of the first item of `rates`.
    """
    shift = timedelta(days=counting.conventions.lead)
    later = [(since - shift, rate) for since, rate in rates[1:]]
    rests = tuple((first - shift, last) for first, last in pauses)
    course = Course((*rates[:1], *later), rests)
    found, begin, nominal = [], start, nominal_start or start
    for no, due in enumerate(dues, start=first_no):
        nights = nights_of(counting, nominal, due)
        plain = Period(no, begin, due, nights(begin, due), _level(counting, nights, begin, due))
        found.append(coursed(plain, nights, course))
        begin = nominal = due
    return tuple(found)


def nights_of(counting: Counting, start: date, due: date) -> Callable[[date, date], Fraction]:
    """The part of a year that nights inside the whole period from start to due count."""
    whole = (due - start).days
    if counting.interest_period is InterestPeriod.SAME_AS_REPAYMENT:
        return partial(_prorated, 1 / counting.frequency.per_year, whole)
    if counting.conventions.daily_year is not None:
        return partial(_actual, counting.conventions.daily_year)
    year = counting.setting.year
    if year is None and due > date(start.year, 12, 31):
        return _split_at_year_ends
    if year is None:
        year = 366 if isleap(start.year) else 365
    days = _nominal_days(counting.frequency, counting.setting.month)
    return partial(_prorated, Fraction(whole if days is None else days, year), whole)


def _nominal_days(frequency: Frequency, month: int | None) -> int | None:
    """Days of a whole period by the setting; None where they are the actual ones."""
    if frequency.unit is Unit.MONTH:
        return None if month is None else month * frequency.every
    return frequency.every * (7 if frequency.unit is Unit.WEEK else 1)


def _prorated(whole: Fraction, days: int, start: date, end: date) -> Fraction:
    return whole * (end - start).days / days


def _actual(year: int, start: date, end: date) -> Fraction:
    return Fraction((end - start).days, year)


def _split_at_year_ends(start: date, end: date) -> Fraction:
    """Nights over the length of the year in which they end: New Year's Eve counts in the new."""
    total = Fraction(0)
    for year in range(start.year, end.year + 1):
        since, until = max(start, date(year - 1, 12, 31)), min(end, date(year, 12, 31))
        total += Fraction(max((until - since).days, 0), 366 if isleap(year) else 365)
    return total


def _level(
    counting: Counting, nights: Callable[[date, date], Fraction], start: date, due: date
) -> Fraction:
    """The part of a year that the level instalment reckons with."""
    daily = counting.conventions.daily_year
    days = _nominal_days(counting.frequency, counting.conventions.level_month)
    if counting.interest_period is InterestPeriod.DAILY and daily is not None and days is not None:
        return Fraction(days, daily)
    return nights(start, due)
