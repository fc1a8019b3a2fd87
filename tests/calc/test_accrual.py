"""Lines over uniform segments give, day by day, exactly what the schedule says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.calc.accrual import Line, daily_weight, line, uniform_until
from ledger.calc.periods import Frequency, InterestBasis, Period, Unit, accrued_fraction, periods
from ledger.calc.schedule import Method, plan
from ledger.money import Rounding
from tests.calc.strategies import Loan, days, loans, rates, roundings

DAY = timedelta(days=1)


def chained(period: Period, loan: Loan, opening: int) -> Iterator[tuple[Line, date]]:
    """The lines of a period, each with the day on which the next one takes over."""
    day, base = period.start, Fraction(0)
    while day < period.due:
        slope = opening * loan.rate * daily_weight(period, loan.basis, day)
        found, until = line(day, base, slope), uniform_until(period, loan.basis, day)
        yield found, until
        day, base = until, found.exact(until)


@given(loan=loans(longest=4))
def test_days_posted_from_the_lines_add_up_to_the_interest_of_the_row(loan: Loan) -> None:
    rows = plan(Method.EQUAL_INSTALMENTS, loan.principal, loan.rate, loan.periods, loan.rounding)
    for row, period in zip(rows, loan.periods, strict=True):
        posted = 0
        for found, until in chained(period, loan, row.opening):
            evening = found.start
            while evening < until:
                evening += DAY
                posted += found.at(evening, loan.rounding) - posted
                share = accrued_fraction(period, loan.basis, evening)
                assert found.exact(evening) == row.opening * loan.rate * share
        assert posted == row.interest


@given(loan=loans(longest=3))
def test_a_uniform_segment_is_uniform_and_as_long_as_it_can_be(loan: Loan) -> None:
    for period in loan.periods:
        ends = [until for _, until in chained(period, loan, loan.principal)]
        for begin, until in pairwise([period.start, *ends]):
            nights = [begin + n * DAY for n in range((until - begin).days)]
            weights = {daily_weight(period, loan.basis, night) for night in nights}
            assert len(weights) == 1
            if until != period.due:
                assert daily_weight(period, loan.basis, until) not in weights


@pytest.mark.parametrize(
    "basis", [InterestBasis.PERIOD, InterestBasis.ACT_365F, InterestBasis.ACT_360]
)
def test_actual_days_and_plain_periods_are_one_segment(basis: InterestBasis) -> None:
    (period,) = periods(date(2024, 1, 15), 1, Frequency(Unit.MONTH, 12), basis)
    assert uniform_until(period, basis, period.start) == period.due


def test_under_30_360_the_31st_weighs_nothing_and_the_last_of_february_more() -> None:
    basis = InterestBasis.THIRTY_E_360
    (period,) = periods(date(2023, 1, 15), 1, Frequency(Unit.MONTH, 3), basis)
    weights = [
        daily_weight(period, basis, day) * 360
        for day in (date(2023, 1, 29), date(2023, 1, 30), date(2023, 2, 28), date(2023, 3, 1))
    ]
    assert weights == [1, 0, 3, 1]


@given(
    start=days,
    base=rates,
    slope=rates,
    span=st.integers(0, 4000),
    rounding=roundings,
)
def test_a_line_rounds_its_exact_figure(
    start: date, base: Fraction, slope: Fraction, span: int, rounding: Rounding
) -> None:
    found, day = line(start, base, slope), start + span * DAY
    assert found.exact(day) == base + slope * span
    assert abs(found.at(day, rounding) - found.exact(day)) <= Fraction(1, 2)
