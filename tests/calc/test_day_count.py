"""Day counts against QuantLib on random dates."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.calc.day_count import Context, DayCount, day_count, year_fraction
from tests.calc.quantlib import as_ql, ql
from tests.calc.strategies import days

ORACLES = {
    DayCount.ACT_365F: ql.Actual365Fixed(),
    DayCount.ACT_360: ql.Actual360(),
    DayCount.ACT_ACT_ISDA: ql.ActualActual(ql.ActualActual.ISDA),
    DayCount.NL_365: ql.Actual365Fixed(ql.Actual365Fixed.NoLeap),
    DayCount.THIRTY_360_US: ql.Thirty360(ql.Thirty360.USA),
    DayCount.THIRTY_360_BOND: ql.Thirty360(ql.Thirty360.BondBasis),
    DayCount.THIRTY_E_360: ql.Thirty360(ql.Thirty360.European),
    DayCount.THIRTY_E_360_ISDA: ql.Thirty360(ql.Thirty360.ISDA),
    DayCount.BUS_252: ql.Business252(ql.WeekendsOnly()),
}
spans = st.integers(0, 4000).map(lambda count: timedelta(days=count))


def near_month_end(day: date) -> date:
    """The last day of a date's month: where the conventions differ."""
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


ends_of_months = days.map(near_month_end)


@pytest.mark.parametrize("convention", ORACLES)
@given(start=days | ends_of_months, span=spans, to_month_end=st.booleans())
def test_days_and_years_are_those_of_quantlib(
    convention: DayCount, start: date, span: timedelta, to_month_end: bool
) -> None:
    end = near_month_end(start + span) if to_month_end else start + span
    oracle = ORACLES[convention]
    assert day_count(convention, start, end) == oracle.dayCount(as_ql(start), as_ql(end))
    expected = oracle.yearFraction(as_ql(start), as_ql(end))
    assert float(year_fraction(convention, start, end)) == pytest.approx(expected, abs=1e-12)


@given(day=ends_of_months, start=days)
def test_a_termination_on_the_last_of_february_keeps_its_day(day: date, start: date) -> None:
    end = near_month_end(date(max(day.year, start.year) + 1, 2, 1))
    oracle = ql.Thirty360(ql.Thirty360.ISDA, as_ql(end))
    found = day_count(DayCount.THIRTY_E_360_ISDA, start, end, Context(end_is_termination=True))
    assert found == oracle.dayCount(as_ql(start), as_ql(end))


@given(start=days, first=spans, second=spans)
def test_actual_conventions_add_up_over_a_split(
    start: date, first: timedelta, second: timedelta
) -> None:
    middle, end = start + first, start + first + second
    for convention in (DayCount.ACT_365F, DayCount.ACT_360, DayCount.ACT_ACT_ISDA, DayCount.NL_365):
        parts = year_fraction(convention, start, middle) + year_fraction(convention, middle, end)
        assert parts == year_fraction(convention, start, end)


@given(start=days, length=st.integers(1, 400), per_year=st.sampled_from([1, 2, 4, 12]))
def test_a_whole_icma_period_is_its_share_of_a_year(
    start: date, length: int, per_year: int
) -> None:
    end = start + timedelta(days=length)
    context = Context(notional_boundaries=(start, end), periods_per_year=per_year)
    assert year_fraction(DayCount.ACT_ACT_ICMA, start, end, context) == Fraction(1, per_year)
