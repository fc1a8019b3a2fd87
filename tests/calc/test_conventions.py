"""Conventional periods and habits of rounding, on figures worked out by hand."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.calc.accrual import daily_weight
from ledger.calc.conventional import (
    Counting,
    InterestPeriod,
    conventional_periods,
    setting,
)
from ledger.calc.conventions import CONVENTIONS, Conventions
from ledger.calc.periods import Frequency, InterestBasis, Period, Unit, due_dates, periods
from ledger.calc.rates import Course, coursed, nights_of
from ledger.calc.schedule import Method, Shape, plan
from ledger.errors import InvalidInput
from ledger.money import Rounding
from tests.calc.strategies import Loan, loans, rates

MONTHLY = Frequency(Unit.MONTH, 1)
START = date(2024, 1, 1)
PROGRESSIVE = CONVENTIONS["fineract_progressive"]
CUMULATIVE = CONVENTIONS["fineract_cumulative"]
SEVEN = ((START, Fraction(7, 100)),)


def counted(
    text: str = "30/360", chosen: InterestPeriod = InterestPeriod.DAILY, name: str = "progressive"
) -> Counting:
    return Counting(MONTHLY, setting(text), chosen, CONVENTIONS[f"fineract_{name}"])


def months(counting: Counting, count: int = 6, start: date = START) -> tuple[Period, ...]:
    return conventional_periods(start, due_dates(start, count, MONTHLY), counting, SEVEN)


def test_a_pause_rests_from_the_night_before_it_until_its_last_day() -> None:
    (_, second, *_) = conventional_periods(
        START,
        due_dates(START, 6, MONTHLY),
        counted(),
        SEVEN,
        pauses=[(date(2024, 2, 5), date(2024, 2, 10))],
    )
    assert second.factor == Fraction(7, 1200) * 23 / 29
    assert second.rate is None
    rows = plan(Method.INTEREST_ONLY, 8357, SEVEN[0][1], [second], Rounding.HALF_EVEN)
    assert rows[0].interest == 39


def test_a_new_rate_counts_from_the_night_before_its_date() -> None:
    rates = (*SEVEN, (date(2024, 2, 15), Fraction(4, 100)))
    found = conventional_periods(START, due_dates(START, 6, MONTHLY), counted(), rates)
    assert found[1].factor == (Fraction(7, 1200) * 13 + Fraction(4, 1200) * 16) / 29
    assert [period.rate for period in found] == [None, *[Fraction(4, 100)] * 5]
    assert found[2].factor is None


def test_a_year_of_actual_days_is_split_at_its_last_day() -> None:
    (period,) = months(counted("ACTUAL/ACTUAL"), 1, date(2023, 12, 15))
    assert period.fraction == Fraction(16, 365) + Fraction(15, 366)


def test_a_first_period_cut_short_is_a_share_of_the_whole_by_actual_days() -> None:
    (period,) = conventional_periods(
        date(2024, 1, 15), [date(2024, 2, 1)], counted(), SEVEN, nominal_start=START
    )
    assert period.fraction == Fraction(1, 12) * 17 / 31


def test_daily_interest_has_a_year_of_365_days_and_a_level_month_of_30() -> None:
    daily = months(counted("ACTUAL/ACTUAL", name="cumulative"))
    assert [period.fraction * 365 for period in daily[:3]] == [31, 29, 31]
    assert {period.level for period in daily} == {Fraction(30, 365)}


def test_whole_periods_of_interest_do_not_look_at_days() -> None:
    same = InterestPeriod.SAME_AS_REPAYMENT
    found = months(counted("ACTUAL/ACTUAL", same, "cumulative"))
    assert {period.fraction for period in found} == {Fraction(1, 12)}


def test_a_setting_that_nobody_knows_is_refused() -> None:
    with pytest.raises(InvalidInput, match="day_count: must be one of"):
        setting("31/360")


def test_waiting_interest_is_kept_in_whole_cents() -> None:
    """3 x 50 + 50 = 200, as the cumulative schedules have it."""
    same = InterestPeriod.SAME_AS_REPAYMENT
    rates = ((START, Fraction(12, 100)),)
    dues = due_dates(START, 18, MONTHLY)
    found = conventional_periods(START, dues, counted("ACTUAL/ACTUAL", same, "cumulative"), rates)
    shape = Shape(principal_grace=3, interest_grace=3, unit=100)
    rows = plan(
        Method.EQUAL_INSTALMENTS,
        500_000,
        rates[0][1],
        found,
        Rounding.HALF_EVEN,
        shape=shape,
        conventions=CUMULATIVE,
    )
    assert [row.interest for row in rows[:4]] == [0, 0, 0, 20_000]
    assert rows[4].total == 36_100


def test_a_flat_row_is_whole_though_its_interest_is_not() -> None:
    """1250 at 15 % over 4 months: 15.62 of interest, 312.38 of principal, 328.00 in all."""
    same = InterestPeriod.SAME_AS_REPAYMENT
    dues = due_dates(START, 4, MONTHLY)
    rate = Fraction(15, 100)
    counting = counted("ACTUAL/ACTUAL", same, "cumulative")
    found = conventional_periods(START, dues, counting, ((START, rate),))
    rows = plan(
        Method.FLAT,
        125_000,
        rate,
        found,
        Rounding.HALF_EVEN,
        shape=Shape(unit=100),
        conventions=CUMULATIVE,
    )
    assert [(row.principal, row.interest) for row in rows[:3]] == [(31_238, 1562)] * 3
    assert rows[3].interest == 1564


def gap(principal: int, rate: Fraction, conventions: Conventions) -> int:
    """By how much the last row differs from the one before."""
    method, found = Method.EQUAL_INSTALMENTS, months(counted(), 24)
    rows = plan(method, principal, rate, found, Rounding.HALF_EVEN, conventions=conventions)
    return abs(rows[-1].total - rows[-2].total)


@given(principal=st.integers(100, 10**7), percent=st.integers(1, 400))
def test_smoothing_never_leaves_the_last_row_further_off(principal: int, percent: int) -> None:
    rate = Fraction(percent, 1000)
    plain = gap(principal, rate, CONVENTIONS["standard"])
    smooth = gap(principal, rate, PROGRESSIVE)
    assert smooth <= plain
    assert smooth == plain or plain > 12


def test_smoothing_moves_the_instalment_by_its_share_of_what_is_left_over() -> None:
    gaps = [gap(1287, Fraction(1, 5), CONVENTIONS[name]) for name in CONVENTIONS]
    assert gaps == [14, 14, 11]


def test_a_course_changes_rates_within_periods_of_any_basis() -> None:
    found = periods(START, 3, MONTHLY, InterestBasis.ACT_365F)
    course = Course(
        ((START, Fraction(6, 100)), (date(2024, 2, 11), Fraction(3, 100))),
        ((date(2024, 3, 2), date(2024, 3, 12)),),
    )
    first, second, third = (
        coursed(period, partial(nights_of, period, InterestBasis.ACT_365F), course)
        for period in found
    )
    assert first == found[0]
    assert second.factor == Fraction(10 * 6 + 19 * 3, 36500)
    assert second.rate == third.rate == Fraction(3, 100)
    assert third.factor == Fraction(21 * 3, 36500)


@given(loan=loans(longest=4), data=st.data())
def test_a_period_earns_what_its_nights_do_one_by_one(loan: Loan, data: st.DataObject) -> None:
    first, last = loan.periods[0].start, loan.periods[-1].due
    within = st.dates(first, last)
    changes = sorted(data.draw(st.sets(within, max_size=3)))
    pause = sorted(data.draw(st.tuples(within, within)))
    course = Course(
        ((first, loan.rate), *((day, data.draw(rates)) for day in changes)), ((pause[0], pause[1]),)
    )
    for period in loan.periods:
        found = coursed(period, partial(nights_of, period, loan.basis), course)
        nights = [period.start + timedelta(n) for n in range((period.due - period.start).days)]
        total = sum(
            course.rate_on(day) * daily_weight(period, loan.basis, day)
            for day in nights
            if not pause[0] <= day < pause[1]
        )
        own = loan.rate if found.rate is None else found.rate
        assert total == (own * period.fraction if found.factor is None else found.factor)
