"""Rates of return against numpy-financial and pyxirr, and what has none."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import numpy_financial  # type: ignore[import-untyped]
import pytest
import pyxirr
from hypothesis import assume, given, reject
from hypothesis import strategies as st

from ledger.calc.apr import (
    MONTHLY,
    YEARLY,
    Cash,
    eu_apr_of,
    eu_years,
    regz_apr_of,
    single_payment_unit,
    unit_period,
)
from ledger.calc.due_dates import Frequency, Unit, due_dates, shifted
from ledger.calc.periods import InterestBasis, periods
from ledger.calc.schedule import Method, plan
from ledger.calc.yields import (
    Flow,
    NoRate,
    flat_to_effective,
    irr,
    monthly_irr,
    percent,
    rate_of,
    rule_of_78,
    total_cost,
    xirr,
)
from ledger.errors import InvalidInput
from ledger.money import Rounding
from tests.calc.strategies import days, rates

START = date(2024, 1, 31)
payments = st.lists(st.integers(1, 10**9), min_size=1, max_size=60)
#: What is paid back, as a share of what was lent: from a total loss to eight times.
shares = st.fractions(Fraction(1, 10), 8, max_denominator=1000)


def lent(paid: list[int], share: Fraction) -> list[int]:
    """The flows of a loan that pays back so much of what was lent."""
    return [-max(int(sum(paid) / share), 1), *paid]


@given(paid=payments, share=shares)
def test_even_flows_have_the_rate_of_pyxirr(paid: list[int], share: Fraction) -> None:
    flows = lent(paid, share)
    found = irr(flows)
    expected = pyxirr.irr([float(flow) for flow in flows])
    assert expected is None or float(found) == pytest.approx(expected, abs=1e-8, rel=1e-6)
    ours = sum(float(flow) / (1 + float(found)) ** k for k, flow in enumerate(flows))
    scale = sum(abs(flow) / (1 + float(found)) ** k for k, flow in enumerate(flows))
    assert abs(ours) <= 1e-9 * scale


@given(rate=rates, count=st.integers(1, 120))
def test_an_annuity_has_the_rate_it_was_made_with(rate: Fraction, count: int) -> None:
    payment = -float(numpy_financial.pmt(float(rate / 12), count, 10**6))
    found = monthly_irr([-(10**6), *[Fraction(payment)] * count])
    assert float(found.nominal) == pytest.approx(float(rate), abs=1e-7)
    assert float(found.effective) == pytest.approx(float((1 + rate / 12) ** 12 - 1), abs=1e-7)
    by_numpy = numpy_financial.rate(count, payment, -(10**6), 0)
    assert float(found.nominal) == pytest.approx(12 * by_numpy, abs=1e-4)


@given(start=days, paid=payments, share=shares, data=st.data())
def test_dated_flows_have_the_rate_of_pyxirr(
    start: date, paid: list[int], share: Fraction, data: st.DataObject
) -> None:
    gaps = data.draw(st.lists(st.integers(1, 90), min_size=len(paid), max_size=len(paid)))
    dates = [start + timedelta(days=sum(gaps[:k])) for k in range(len(paid) + 1)]
    flows = list(zip(dates, lent(paid, share), strict=True))
    try:
        found = xirr(flows)
    except NoRate:
        reject()  # beyond the rates that are sought
    assume(Decimal("-0.95") < found < 10)  # beyond, a float of 1 + rate has lost its digits
    value = pyxirr.xnpv(float(found), dates, [float(amount) for _, amount in flows])
    assert value is not None
    scale = sum(abs(amount) / (1 + float(found)) ** ((d - start).days / 365) for d, amount in flows)
    assert abs(value) <= 1e-9 * scale
    expected = pyxirr.xirr(dates, [float(amount) for _, amount in flows])
    assert expected is None or float(found) == pytest.approx(expected, abs=1e-6, rel=1e-6)


@given(rate=rates, count=st.integers(1, 60))
def test_a_regular_loan_has_its_own_rate_under_regulation_z(rate: Fraction, count: int) -> None:
    start = date(2024, 1, 15)
    found = periods(start, count, MONTHLY, InterestBasis.PERIOD)
    rows = plan(Method.EQUAL_INSTALMENTS, 10**12, rate, found, Rounding.HALF_UP)
    paid = [Cash(row.due, row.total) for row in rows]
    apr = regz_apr_of([Cash(start, 10**12)], paid, unit_period(MONTHLY))
    assert abs(apr - Decimal(rate.numerator) / rate.denominator) < Decimal("1e-9")


def test_a_fee_raises_every_rate_and_is_part_of_the_cost() -> None:
    dues = due_dates(START, 12, MONTHLY)
    paid = [Cash(day, 86_066) for day in dues]
    for rate_of_loan in (
        lambda cash: regz_apr_of([cash], paid, unit_period(MONTHLY)),
        lambda cash: eu_apr_of([cash], paid),
    ):
        assert rate_of_loan(Cash(START, 985_000)) > rate_of_loan(Cash(START, 1_000_000))
    assert total_cost(985_000, [cash.amount for cash in paid]) == 47_792


@pytest.mark.parametrize(
    ("frequency", "start", "end", "whole", "part"),
    [
        (MONTHLY, date(1978, 1, 10), date(1978, 3, 1), 1, Fraction(22, 30)),
        (MONTHLY, date(2024, 1, 31), date(2024, 2, 29), 1, Fraction(0)),
        (MONTHLY, date(2024, 1, 28), date(2024, 2, 28), 1, Fraction(0)),
        (Frequency(Unit.SEMI_MONTH, 1), date(1978, 2, 23), date(1978, 3, 1), 0, Fraction(2, 5)),
        (Frequency(Unit.MONTH, 2), date(1978, 1, 10), date(1978, 4, 15), 1, Fraction(35, 60)),
        (Frequency(Unit.WEEK, 1), date(1978, 3, 20), date(1978, 4, 21), 4, Fraction(4, 7)),
        (Frequency(Unit.DAY, 10), date(1978, 3, 20), date(1978, 4, 21), 3, Fraction(2, 10)),
        (YEARLY, date(1978, 1, 3), date(1980, 7, 3), 2, Fraction(1, 2)),
        (YEARLY, date(1978, 1, 3), date(1980, 1, 20), 2, Fraction(17, 365)),
    ],
)
def test_unit_periods_are_counted_back_from_the_later_date(
    frequency: Frequency, start: date, end: date, whole: int, part: Fraction
) -> None:
    assert unit_period(frequency).between(start, end) == (whole, part)


@pytest.mark.parametrize(
    ("end", "per_year"),
    [
        (date(1978, 9, 15), Fraction(365, 255)),
        (date(1978, 7, 3), Fraction(2)),
        (date(1979, 1, 3), Fraction(1)),
        (date(1980, 1, 3), Fraction(1)),
    ],
)
def test_the_unit_period_of_a_single_payment_is_its_term_up_to_a_year(
    end: date, per_year: Fraction
) -> None:
    assert single_payment_unit(date(1978, 1, 3), end).per_year == per_year


def test_european_intervals_are_whole_months_or_weeks_and_days() -> None:
    start = date(2023, 1, 15)
    assert eu_years(start, date(2023, 4, 15)) == Fraction(3, 12)
    assert eu_years(date(2024, 1, 31), date(2024, 2, 29)) == Fraction(1, 12)
    assert eu_years(start, date(2023, 4, 20)) == Fraction(3, 12) + Fraction(5, 365)
    assert eu_years(start, date(2023, 1, 31), Frequency(Unit.WEEK, 1)) == Fraction(
        2, 52
    ) + Fraction(2, 365)
    assert eu_years(date(2024, 3, 1), date(2024, 3, 11), Frequency(Unit.DAY, 1)) == Fraction(
        10, 366
    )
    whole_years = eu_years(date(2023, 3, 1), date(2025, 3, 1), Frequency(Unit.DAY, 1))
    assert whole_years == 2


@given(start=days, months=st.integers(1, 400))
def test_whole_months_are_whole_in_every_law(start: date, months: int) -> None:
    end = shifted(start, months, MONTHLY)
    assert eu_years(start, end) == Fraction(months, 12)
    assert unit_period(MONTHLY).between(start, end) == (months, 0)


@pytest.mark.parametrize("flows", [[], [0, 0], [1, 2], [-1, -2]])
def test_flows_of_one_sign_have_no_rate(flows: list[int]) -> None:
    with pytest.raises(NoRate, match="flows: must go both ways"):
        irr(flows)
    with pytest.raises(NoRate):
        xirr([(START, flow) for flow in flows])


def test_flows_that_cancel_at_no_rate_are_refused_by_type() -> None:
    with pytest.raises(NoRate, match="have no rate between"):
        irr([1, -1, 1])
    with pytest.raises(InvalidInput):
        irr([1, -1, 1])


def test_a_rate_of_nothing_is_exactly_nothing() -> None:
    assert irr([-300, 100, 100, 100]) == 0
    assert flat_to_effective(1_000_000, Fraction(0), 12).effective == 0


def test_a_flow_within_a_period_bears_simple_interest() -> None:
    rate = rate_of([Flow(-1000, Fraction(0)), Flow(1010, Fraction(0), Fraction(1, 2))])
    assert rate == Decimal("0.02")


@given(charge=st.integers(0, 10**9), count=st.integers(1, 120))
def test_the_rebate_of_78_falls_from_all_to_nothing(charge: int, count: int) -> None:
    found = [rule_of_78(charge, count, left) for left in range(count + 1)]
    assert found[0] == 0
    assert found[-1] == charge
    assert found == sorted(found)


def test_a_rebate_for_more_than_all_periods_is_refused() -> None:
    with pytest.raises(InvalidInput, match="remaining: must lie between 0 and 12"):
        rule_of_78(100, 12, 13)


def test_a_percentage_is_rounded_as_asked() -> None:
    assert str(percent(Decimal("0.123450"), 2)) == "12.35"
    assert str(percent(Decimal("0.123450"), 2, Rounding.HALF_EVEN)) == "12.34"
