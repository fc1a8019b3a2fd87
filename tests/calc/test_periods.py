"""Due dates against QuantLib's schedules, and the fractions of periods."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ledger.calc.calendar import Calendar, Roll
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
from tests.calc.strategies import Loan, days, frequencies, half_months, loans

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


def test_half_months_fall_on_their_two_days_whatever_the_start() -> None:
    middle_and_end = Frequency(Unit.SEMI_MONTH, 1, (15, 31))
    assert due_dates(date(2024, 1, 20), 4, middle_and_end) == [
        date(2024, 1, 31),
        date(2024, 2, 15),
        date(2024, 2, 29),
        date(2024, 3, 15),
    ]
    found = periods(date(2024, 1, 20), 2, middle_and_end, InterestBasis.PERIOD)
    assert [period.fraction for period in found] == [Fraction(11, 365), Fraction(1, 24)]
    (whole,) = periods(date(2024, 2, 29), 1, middle_and_end, InterestBasis.PERIOD)
    assert whole.fraction == Fraction(1, 24)


@given(start=days, steps=st.integers(1, 200), every=half_months)
def test_half_months_there_and_back_meet_on_the_days_of_the_frequency(
    start: date, steps: int, every: Frequency
) -> None:
    there = shifted(start, steps, every)
    assert shifted(there, -1, every) == (
        shifted(start, steps - 1, every) if steps > 1 else _on(start, every)
    )
    assert shifted(start, -steps, every) < start < there
    assert shifted(start, 0, every) == start


def _on(day: date, every: Frequency) -> date:
    """The latest of a frequency's days that is not after a day, one step back of the next."""
    return shifted(shifted(day, 1, every), -1, every)


def test_half_month_days_that_do_not_ascend_are_refused() -> None:
    wrong = Frequency(Unit.SEMI_MONTH, 1, (28, 31))
    with pytest.raises(InvalidInput, match=r"frequency\.days: must ascend"):
        due_dates_until(date(2024, 1, 1), date(2024, 3, 1), wrong)


def test_a_due_day_stays_and_is_clipped_and_makes_a_stub() -> None:
    start = date(2024, 1, 20)
    assert due_dates(start, 3, MONTHLY, due_day=31) == [
        date(2024, 2, 29),
        date(2024, 3, 31),
        date(2024, 4, 30),
    ]
    found = periods(start, 2, MONTHLY, InterestBasis.PERIOD, due_day=5)
    assert [period.due for period in found] == [date(2024, 2, 5), date(2024, 3, 5)]
    assert [period.fraction for period in found] == [Fraction(16, 365), Fraction(1, 12)]
    given_first = due_dates(start, 2, MONTHLY, date(2024, 2, 9), due_day=5)
    assert given_first == [date(2024, 2, 9), date(2024, 3, 5)]
    same = periods(start, 2, MONTHLY, InterestBasis.PERIOD, due_day=20)
    assert same == periods(start, 2, MONTHLY, InterestBasis.PERIOD)


@pytest.mark.parametrize(("every", "day"), [(MONTHLY, 32), (Frequency(Unit.WEEK, 1), 5)])
def test_a_due_day_that_cannot_be_is_refused(every: Frequency, day: int) -> None:
    with pytest.raises(InvalidInput, match="due_day: must be from 1 to 31"):
        due_dates(date(2024, 1, 1), 3, every, due_day=day)


def test_a_month_without_the_day_may_give_the_first_of_the_next() -> None:
    found = due_dates(date(2025, 1, 31), 3, MONTHLY, overflows=True)
    assert found == [date(2025, 3, 1), date(2025, 3, 31), date(2025, 5, 1)]


def test_interest_follows_a_rolled_due_date_or_keeps_to_the_planned_one() -> None:
    start = date(2024, 5, 1)  # 1 June 2024 is a Saturday
    asked = (start, 2, MONTHLY, InterestBasis.ACT_365F)
    rolled = {"calendar": Calendar(), "roll": Roll.FOLLOWING}
    follows = periods(*asked, **rolled)  # type: ignore[arg-type]
    keeps = periods(*asked, **rolled, interest_follows=False)  # type: ignore[arg-type]
    assert (
        [p.due for p in follows] == [p.due for p in keeps] == [date(2024, 6, 3), date(2024, 7, 1)]
    )
    assert [p.fraction * 365 for p in follows] == [33, 28]
    assert [p.fraction * 365 for p in keeps] == [31, 30]
    second = [accrued_fraction(keeps[1], asked[3], date(2024, 6, day)) * 365 for day in (3, 4, 5)]
    assert second == [0, 3, 4]


def test_daily_due_dates_on_business_days_are_business_days() -> None:
    daily, friday = Frequency(Unit.DAY, 1), date(2024, 5, 31)
    found = periods(
        friday, 4, daily, InterestBasis.ACT_360, calendar=Calendar(), roll=Roll.FOLLOWING
    )
    assert [period.due.day for period in found] == [3, 4, 5, 6]
    assert found[0].fraction == Fraction(3, 360)


def test_a_stub_under_icma_is_part_of_the_regular_period_it_lies_in() -> None:
    found = periods(
        date(2023, 2, 1), 2, Frequency(Unit.MONTH, 6), InterestBasis.ACT_ACT_ICMA, date(2023, 7, 15)
    )
    assert [period.fraction for period in found] == [Fraction(164, 2 * 181), Fraction(1, 2)]
