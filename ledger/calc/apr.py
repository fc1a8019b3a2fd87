"""The yearly rates that laws ask to be shown, from dates and amounts.

Sources: 12 CFR 1026 (Regulation Z) Appendix J; Directive 2008/48/EC Annex I (effective a year).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from ledger.calc.due_dates import Frequency, Unit, shifted
from ledger.calc.yields import Flow, annual, rate_of

MONTHLY = Frequency(Unit.MONTH, 1)
YEARLY = Frequency(Unit.MONTH, 12)


@dataclass(frozen=True, slots=True)
class Cash:
    """An amount in minor units on a day."""

    day: date
    amount: int


@dataclass(frozen=True, slots=True)
class UnitPeriod:
    """The unit-period of Appendix J (b)(4): what time is counted in, so many times a year."""

    per_year: Fraction
    frequency: Frequency | None

    def between(self, start: date, end: date) -> tuple[int, Fraction]:
        """Whole unit-periods from start to end and the fraction of one that is left, (b)(5)."""
        if self.frequency is None:
            return 1, Fraction(0)
        return elapsed(start, end, self.frequency)


def regz_apr(flows: Iterable[Flow], per_year: Fraction) -> Decimal:
    """The annual percentage rate as a ratio: i x unit-periods a year, (b)(8)."""
    return annual(rate_of(flows), per_year).nominal


def regz_apr_of(advances: Iterable[Cash], payments: Iterable[Cash], unit: UnitPeriod) -> Decimal:
    """The same from dates; time is counted from the first advance."""
    given, paid = list(advances), list(payments)
    start = min(cash.day for cash in given)
    return regz_apr(regz_flows(start, given, paid, unit), unit.per_year)


def regz_flows(
    start: date, advances: Iterable[Cash], payments: Iterable[Cash], unit: UnitPeriod
) -> Iterator[Flow]:
    """Advances as negative flows and payments as positive ones, in unit-periods from a start."""
    for sign, cashes in ((-1, advances), (1, payments)):
        for cash in cashes:
            whole, part = unit.between(start, cash.day) if cash.day > start else (0, Fraction(0))
            yield Flow(sign * cash.amount, Fraction(whole), part)


def unit_period(frequency: Frequency) -> UnitPeriod:
    """The unit-period of payments that come at a standard interval, (b)(4)."""
    return UnitPeriod(frequency.per_year, frequency)


def single_payment_unit(start: date, end: date) -> UnitPeriod:
    """The unit-period of one advance and one payment, (b)(4): the term, at most a year."""
    if shifted(start, 12, MONTHLY) <= end:
        return UnitPeriod(Fraction(1), YEARLY)
    months = _months_back(start, end)
    if months and shifted(start, months, MONTHLY) == end:
        return UnitPeriod(Fraction(12, months), None)
    return UnitPeriod(Fraction(365, (end - start).days), None)


def elapsed(start: date, end: date, frequency: Frequency) -> tuple[int, Fraction]:
    """Whole unit-periods and the fraction of one left between two dates, (b)(5).

    Months are counted back from the later date and what is left in days of a month of 30; half
    months and several months in days of months of 30; days and weeks in days; years back from the
    later date, what is left in months of 12 where they are whole, else in days of 365.
    """
    days = (end - start).days
    if frequency.unit in (Unit.DAY, Unit.WEEK):
        length = frequency.every * (7 if frequency.unit is Unit.WEEK else 1)
        return days // length, Fraction(days % length, length)
    if frequency == YEARLY:
        return _years(start, end)
    months = _months_back(start, end)
    whole = shifted(start, months, MONTHLY) == end
    left = 0 if whole else (shifted(end, -months, MONTHLY) - start).days
    length = frequency.every * (15 if frequency.unit is Unit.SEMI_MONTH else 30)
    counted = 30 * months + left
    return counted // length, Fraction(counted % length, length)


def _years(start: date, end: date) -> tuple[int, Fraction]:
    months = _months_back(start, end)
    years, rest = divmod(months, 12)
    if shifted(start, months, MONTHLY) == end:
        return years, Fraction(rest, 12)
    return years, Fraction((shifted(end, -years, YEARLY) - start).days, 365)


def _months_back(start: date, end: date) -> int:
    """The most months that lie between two dates, whichever of them they are counted from."""
    months = 12 * (end.year - start.year) + end.month - start.month
    fits = shifted(end, -months, MONTHLY) >= start or shifted(start, months, MONTHLY) <= end
    return months if fits else months - 1


def eu_apr(flows: Iterable[Flow]) -> Decimal:
    """The annual percentage rate of charge as a ratio; flows are timed in years."""
    return rate_of(flows)


def eu_apr_of(
    drawdowns: Iterable[Cash], repayments: Iterable[Cash], frequency: Frequency = MONTHLY
) -> Decimal:
    """The same from dates, intervals counted in the periods of the contract."""
    given, paid = list(drawdowns), list(repayments)
    start = min(cash.day for cash in given)
    signed = [(-1, cash) for cash in given] + [(1, cash) for cash in paid]
    return eu_apr(
        Flow(sign * cash.amount, eu_years(start, cash.day, frequency)) for sign, cash in signed
    )


def eu_years(start: date, end: date, frequency: Frequency = MONTHLY) -> Fraction:
    """An interval in years: whole months of 1/12 or weeks of 1/52, and days, Annex I remark (c).

    Days are those between the start and what is left of whole periods counted back from the end,
    over 366 where the year before their last day holds a 29 February, else 365.
    """
    if frequency.unit is Unit.MONTH:
        months = _months_back(start, end)
        whole, left = Fraction(months, 12), shifted(end, -months, MONTHLY)
        if shifted(start, months, MONTHLY) == end:
            left = start
    elif frequency.unit is Unit.WEEK:
        weeks = (end - start).days // 7
        whole, left = Fraction(weeks, 52), end - timedelta(weeks=weeks)
    else:
        whole, left = Fraction(0), end
    return whole + _days_of_year(start, left)


def _days_of_year(start: date, end: date) -> Fraction:
    """Days over the length of the years that end with them, counted back from the last day."""
    total = Fraction(0)
    while end > start:
        year_before = shifted(end, -1, YEARLY)
        begin = max(year_before, start)
        total += Fraction((end - begin).days, (end - year_before).days)
        end = begin
    return total
