"""Ten thousand random day counts and as many schedules against QuantLib."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from random import Random

import pytest

from ledger.calc.calendar import Roll
from ledger.calc.day_count import DayCount, year_fraction
from ledger.calc.holidays import business_calendar
from ledger.calc.periods import Frequency, InterestBasis, Period, Unit, periods, shifted
from ledger.calc.schedule import Method, plan
from ledger.money import Rounding
from tests.calc.quantlib import as_date, as_ql, ql
from tests.calc.test_calendar import ORACLES as ROLLS
from tests.calc.test_day_count import ORACLES as COUNTERS
from tests.calc.test_day_count import near_month_end

DAY_COUNTS = SCHEDULES = 10_000
TARGET = business_calendar("TARGET", 2000, 2060)
UNITS = {Unit.DAY: ql.Days, Unit.WEEK: ql.Weeks, Unit.MONTH: ql.Months}
EVERY = [
    *(Frequency(Unit.MONTH, n) for n in (1, 2, 3, 6, 12)),
    *(Frequency(Unit.WEEK, n) for n in (1, 2, 4)),
    Frequency(Unit.DAY, 30),
]
PRINCIPAL, RATE = 10**9, Fraction(73, 1000)


def some_day(chance: Random) -> date:
    """Any day of forty years, often the last one of its month."""
    day = date(2000, 1, 3) + timedelta(days=chance.randrange(14_600))
    return near_month_end(day) if chance.random() < 0.3 else day


def test_ten_thousand_day_counts_are_those_of_quantlib() -> None:
    chance, conventions = Random(1), list(COUNTERS)
    for number in range(DAY_COUNTS):
        convention = conventions[number % len(conventions)]
        start = some_day(chance)
        end = max(start, some_day(chance))
        expected = COUNTERS[convention].yearFraction(as_ql(start), as_ql(end))
        found = float(year_fraction(convention, start, end))
        assert found == pytest.approx(expected, abs=1e-12), (convention, start, end)


def drawn(chance: Random) -> Iterator[tuple[date, int, Frequency, Roll, bool]]:
    for _ in range(SCHEDULES):
        every, start = chance.choice(EVERY), some_day(chance)
        at_end = every.unit is Unit.MONTH and near_month_end(start) == start
        yield start, chance.randint(1, 12), every, chance.choice(list(Roll)), at_end


def quantlib_dates(
    start: date, maturity: date, every: Frequency, roll: Roll, at_end: bool
) -> list[date]:
    tenor, rule = ql.Period(every.every, UNITS[every.unit]), ql.DateGeneration.Forward
    ends, rolled = (as_ql(start), as_ql(maturity)), (ROLLS[roll], ROLLS[roll])
    schedule = ql.Schedule(*ends, tenor, ql.TARGET(), *rolled, rule, at_end)
    return [as_date(day) for day in schedule][1:]


def quantlib_fractions(basis: InterestBasis, found: tuple[Period, ...]) -> list[float]:
    counter = COUNTERS[DayCount(basis.value)]
    if basis is InterestBasis.THIRTY_E_360_ISDA:
        counter = ql.Thirty360(ql.Thirty360.ISDA, as_ql(found[-1].due))
    return [counter.yearFraction(as_ql(p.start), as_ql(p.due)) for p in found]


def test_ten_thousand_schedules_fall_due_and_bear_interest_as_in_quantlib() -> None:
    bases = [b for b in InterestBasis if b.value in {count.value for count in COUNTERS}]
    for number, (start, count, every, roll, at_end) in enumerate(drawn(Random(2))):
        # At the end of months QuantLib knows only its last business day, whatever the roll.
        own = Roll.PRECEDING if at_end and roll is not Roll.UNADJUSTED else roll
        basis = bases[number % len(bases)]
        found = periods(
            start, count, every, basis, due_day=31 if at_end else None, calendar=TARGET, roll=own
        )
        maturity = shifted(start, count, every, end_of_month=at_end)
        dates = quantlib_dates(start, maturity, every, own, at_end)
        assert [period.due for period in found] == dates, (start, count, every, own, at_end)
        rows = plan(Method.INTEREST_ONLY, PRINCIPAL, RATE, found, Rounding.HALF_UP)
        for row, fraction in zip(rows, quantlib_fractions(basis, found), strict=True):
            assert abs(row.interest - float(PRINCIPAL * RATE) * fraction) <= 0.5 + 1e-3


def test_whole_periods_under_icma_are_those_of_quantlib() -> None:
    chance, counter = Random(3), ql.ActualActual(ql.ActualActual.ISMA)
    for _ in range(500):
        every = Frequency(Unit.MONTH, chance.choice([1, 2, 3, 6, 12]))
        for period in periods(some_day(chance), 6, every, InterestBasis.ACT_ACT_ICMA):
            start, due = as_ql(period.start), as_ql(period.due)
            middle = period.start + (period.due - period.start) / 3
            assert float(period.fraction) == pytest.approx(
                counter.yearFraction(start, due, start, due)
            )
            part = Fraction((middle - period.start).days, (period.due - period.start).days)
            assert float(period.fraction * part) == pytest.approx(
                counter.yearFraction(start, as_ql(middle), start, due)
            )
