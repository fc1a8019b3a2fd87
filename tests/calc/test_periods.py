"""Due dates against QuantLib's schedules, and the fractions of periods."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ledger.calc.periods import (
    Frequency,
    InterestBasis,
    Stub,
    Unit,
    accrued_fraction,
    due_dates,
    due_dates_until,
    periods,
    shifted,
)
from ledger.errors import InvalidInput
from tests.calc.quantlib import as_date, as_ql, ql
from tests.calc.strategies import Loan, days, frequencies, loans

UNITS = {Unit.DAY: ql.Days, Unit.WEEK: ql.Weeks, Unit.MONTH: ql.Months}
RULES = {Stub.SHORT_LAST: ql.DateGeneration.Forward, Stub.SHORT_FIRST: ql.DateGeneration.Backward}
MONTHLY = Frequency(Unit.MONTH, 1)


def quantlib_dates(
    start: date, maturity: date, every: Frequency, rule: int, end_of_month: bool
) -> list[date]:
    tenor = ql.Period(every.every, UNITS[every.unit])
    plain = ql.Unadjusted
    found = ql.Schedule(
        as_ql(start), as_ql(maturity), tenor, ql.NullCalendar(), plain, plain, rule, end_of_month
    )
    return [as_date(day) for day in found][1:]


@given(
    start=days,
    length=st.integers(1, 1500),
    every=frequencies,
    stub=st.sampled_from([Stub.SHORT_LAST, Stub.SHORT_FIRST]),
)
def test_due_dates_are_those_of_quantlib(
    start: date, length: int, every: Frequency, stub: Stub
) -> None:
    maturity = start + timedelta(days=length)
    found = due_dates_until(start, maturity, every, stub=stub)
    assert list(found) == quantlib_dates(start, maturity, every, RULES[stub], False)


@given(month=days, length=st.integers(1, 60), every=st.sampled_from([1, 3, 6]))
def test_month_end_due_dates_are_those_of_quantlib(month: date, length: int, every: int) -> None:
    frequency = Frequency(Unit.MONTH, every)
    start = shifted(month, 0, MONTHLY).replace(day=1) - timedelta(days=1)
    maturity = shifted(start, length * every, MONTHLY, end_of_month=True)
    found = due_dates_until(start, maturity, frequency, end_of_month=True)
    assert list(found) == quantlib_dates(
        start, maturity, frequency, ql.DateGeneration.Forward, True
    )
    assert all((day + timedelta(days=1)).day == 1 for day in found)


@given(start=days, length=st.integers(1, 1500), every=frequencies)
def test_a_long_stub_merges_two_periods_of_the_short_one(
    start: date, length: int, every: Frequency
) -> None:
    maturity = start + timedelta(days=length)
    pairs = ((Stub.SHORT_FIRST, Stub.LONG_FIRST, 0), (Stub.SHORT_LAST, Stub.LONG_LAST, -2))
    for short, long, dropped in pairs:
        plain = list(due_dates_until(start, maturity, every, stub=short))
        merged = list(due_dates_until(start, maturity, every, stub=long))
        if merged != plain:
            del plain[dropped]
        assert merged == plain
        assert merged[-1] == maturity


@given(start=days, count=st.integers(1, 60), every=frequencies)
def test_counted_due_dates_end_where_dated_ones_do(
    start: date, count: int, every: Frequency
) -> None:
    counted = due_dates(start, count, every)
    assume(counted[-1] > start)
    assert tuple(counted) == due_dates_until(start, counted[-1], every)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"maturity": date(2024, 1, 1)}, "maturity: must be after the start"),
        ({"frequency": Frequency(Unit.MONTH, 0)}, r"frequency\.every: must be at least 1"),
        ({"first_due": date(2023, 12, 1)}, "first_due: must be after the start"),
        ({"first_due": date(2024, 1, 9), "stub": Stub.LONG_FIRST}, "first_due: cannot be given"),
        ({"maturity": date(2024, 3, 9)}, "stub: must be given"),
    ],
)
def test_dates_that_cannot_be_are_refused_by_name(
    changes: dict[str, date | Frequency | Stub], message: str
) -> None:
    asked = {"start": date(2024, 1, 1), "maturity": date(2024, 7, 1), "frequency": MONTHLY}
    with pytest.raises(InvalidInput, match=message):
        due_dates_until(**{**asked, **changes})  # type: ignore[arg-type]


@given(loan=loans())
def test_periods_follow_each_other_and_accrue_in_full_by_their_due_date(loan: Loan) -> None:
    for period, following in zip(loan.periods, loan.periods[1:], strict=False):
        assert following.start == period.due
    for period in loan.periods:
        assert accrued_fraction(period, loan.basis, period.start) == 0
        assert accrued_fraction(period, loan.basis, period.due) == period.fraction


def test_a_stub_counts_actual_days_and_keeps_its_plain_weight_in_the_level_instalment() -> None:
    found = periods(date(2024, 1, 20), 3, MONTHLY, InterestBasis.PERIOD, date(2024, 3, 5))
    assert found[0].fraction == Fraction(45, 365)
    assert [period.level for period in found] == [Fraction(1, 12)] * 3
    assert found[1].fraction == Fraction(1, 12)


@pytest.mark.parametrize(
    ("frequency", "share"),
    [
        (Frequency(Unit.MONTH, 3), Fraction(1, 4)),
        (Frequency(Unit.WEEK, 2), Fraction(1, 26)),
        (Frequency(Unit.DAY, 30), Fraction(30, 365)),
    ],
)
def test_a_plain_period_is_its_share_of_the_year(frequency: Frequency, share: Fraction) -> None:
    (found,) = periods(date(2024, 1, 15), 1, frequency, InterestBasis.PERIOD)
    assert found.fraction == share
