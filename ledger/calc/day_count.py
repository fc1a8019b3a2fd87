"""Day-count conventions as exact year fractions.

Sources: ISDA 2006 Definitions 4.16, ICMA Rule 251, and for 30/360 US the SIA's Standard Securities
Calculation Methods.
"""

from __future__ import annotations

from calendar import isleap
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise


class DayCount(StrEnum):
    """The conventions by their usual names."""

    ACT_365F = "act_365f"
    ACT_360 = "act_360"
    ACT_ACT_ISDA = "act_act_isda"
    ACT_ACT_ICMA = "act_act_icma"
    ACT_365L = "act_365l"
    NL_365 = "nl_365"
    THIRTY_360_US = "thirty_360_us"
    THIRTY_360_BOND = "thirty_360_bond"
    THIRTY_E_360 = "thirty_e_360"
    THIRTY_E_360_ISDA = "thirty_e_360_isda"
    BUS_252 = "bus_252"


@dataclass(frozen=True, slots=True)
class Context:
    """What some conventions need beside two dates."""

    end_is_termination: bool = False
    notional_boundaries: tuple[date, ...] = ()
    periods_per_year: int | Fraction = 1
    period_end: date | None = None
    holidays: frozenset[date] = frozenset()


PLAIN = Context()


def year_fraction(
    convention: DayCount, start: date, end: date, context: Context = PLAIN
) -> Fraction:
    """The part of a year from start to end (start counted, end not), exact; needs start <= end."""
    if convention is DayCount.ACT_ACT_ISDA:
        return _act_act_isda(start, end)
    if convention is DayCount.ACT_ACT_ICMA:
        return _act_act_icma(start, end, context)
    counter, year = _COUNTERS.get(convention), _YEARS.get(convention)
    if year is None:
        year = _act_365l_year(start, context.period_end or end, context.periods_per_year)
    return _part(counter(start, end, context) if counter else (end - start).days, year)


@lru_cache(maxsize=4096)
def _part(days: int, year: int) -> Fraction:
    """Fractions that schedules share: most periods have one of a few lengths."""
    return Fraction(days, year)


def day_count(convention: DayCount, start: date, end: date, context: Context = PLAIN) -> int:
    """The days that the convention counts from start to end."""
    counter = _COUNTERS.get(convention)
    return counter(start, end, context) if counter else (end - start).days


_YEARS: Mapping[DayCount, int] = {
    DayCount.ACT_365F: 365,
    DayCount.ACT_360: 360,
    DayCount.NL_365: 365,
    DayCount.THIRTY_360_US: 360,
    DayCount.THIRTY_360_BOND: 360,
    DayCount.THIRTY_E_360: 360,
    DayCount.THIRTY_E_360_ISDA: 360,
    DayCount.BUS_252: 252,
}


def _act_act_isda(start: date, end: date) -> Fraction:
    """ISDA 2006 4.16(b): days in leap years over 366, the others over 365."""
    if start.year == end.year:
        return _part((end - start).days, 366 if isleap(start.year) else 365)
    total = Fraction(0)
    for year in range(start.year, end.year + 1):
        begin, stop = max(start, date(year, 1, 1)), min(end, date(year + 1, 1, 1))
        total += Fraction(max((stop - begin).days, 0), 366 if isleap(year) else 365)
    return total


def _act_act_icma(start: date, end: date, context: Context) -> Fraction:
    """ICMA 251: in each notional period its days over (its length x periods a year)."""
    total = Fraction(0)
    for begin, stop in pairwise(context.notional_boundaries):
        overlap = (min(end, stop) - max(start, begin)).days
        if overlap > 0:
            total += Fraction(overlap, (stop - begin).days) / context.periods_per_year
    return total


def _act_365l_year(start: date, period_end: date, periods_per_year: int | Fraction) -> int:
    """ICMA 251.1(i): 366 if a year's period holds 29 February or a shorter ends in a leap year."""
    if periods_per_year == 1:
        return 366 if _leap_days(start, period_end) else 365
    return 366 if isleap(period_end.year) else 365


def _leap_days(start: date, end: date) -> int:
    """29 Februaries in (start, end]."""
    years = (year for year in range(start.year, end.year + 1) if isleap(year))
    return sum(start < date(year, 2, 29) <= end for year in years)


def _no_leap(start: date, end: date, context: Context) -> int:
    return (end - start).days - _leap_days(start, end)


def _last_of_february(day: date) -> bool:
    return day.month == 2 and (day + timedelta(days=1)).month == 3


def _thirty(start: date, end: date, first: int, second: int) -> int:
    return 360 * (end.year - start.year) + 30 * (end.month - start.month) + second - first


def _thirty_us(start: date, end: date, context: Context) -> int:
    first, second = start.day, end.day
    if _last_of_february(start):
        if _last_of_february(end):
            second = 30
        first = 30
    if second == 31 and first >= 30:
        second = 30
    return _thirty(start, end, min(first, 30), second)


def _thirty_bond(start: date, end: date, context: Context) -> int:
    first = min(start.day, 30)
    second = 30 if end.day == 31 and first == 30 else end.day
    return _thirty(start, end, first, second)


def _thirty_e(start: date, end: date, context: Context) -> int:
    return _thirty(start, end, min(start.day, 30), min(end.day, 30))


def _thirty_e_isda(start: date, end: date, context: Context) -> int:
    first = 30 if _last_of_february(start) else min(start.day, 30)
    ends_february = _last_of_february(end) and not context.end_is_termination
    return _thirty(start, end, first, 30 if ends_february else min(end.day, 30))


def _business(start: date, end: date, context: Context) -> int:
    days = (start + timedelta(days=n) for n in range((end - start).days))
    return sum(day.weekday() < 5 and day not in context.holidays for day in days)


_COUNTERS: Mapping[DayCount, Callable[[date, date, Context], int]] = {
    DayCount.NL_365: _no_leap,
    DayCount.THIRTY_360_US: _thirty_us,
    DayCount.THIRTY_360_BOND: _thirty_bond,
    DayCount.THIRTY_E_360: _thirty_e,
    DayCount.THIRTY_E_360_ISDA: _thirty_e_isda,
    DayCount.BUS_252: _business,
}
