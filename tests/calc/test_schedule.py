"""What holds for every schedule, and level instalments against numpy-financial."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date
from fractions import Fraction

import numpy_financial  # type: ignore[import-untyped]
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.calc.periods import Frequency, InterestBasis, Unit, accrued_fraction, periods
from ledger.calc.schedule import Method, level_instalment, plan
from ledger.money import Rounding
from tests.calc.strategies import Loan, loans, principals, rates, roundings

MONTHLY = Frequency(Unit.MONTH, 1)
START = date(2024, 1, 15)
DECLINING = (
    Method.EQUAL_INSTALMENTS,
    Method.EQUAL_PRINCIPAL,
    Method.INTEREST_ONLY,
    Method.SINGLE_REPAYMENT,
    Method.GRADUATED,
)
methods = st.sampled_from(DECLINING)


@given(loan=loans(), method=methods)
def test_principal_adds_up_and_nothing_is_left_after_the_last_row(
    loan: Loan, method: Method
) -> None:
    rows = plan(method, loan.principal, loan.rate, loan.periods, loan.rounding)
    assert sum(row.principal for row in rows) == loan.principal
    assert rows[0].opening == loan.principal
    assert rows[-1].closing == 0
    for row, following in itertools.pairwise(rows):
        assert following.opening == row.closing
    assert all(row.principal >= 0 and row.interest >= 0 for row in rows)


@given(loan=loans(), method=methods)
def test_every_row_bears_the_interest_of_its_opening_balance(loan: Loan, method: Method) -> None:
    rows = plan(method, loan.principal, loan.rate, loan.periods, loan.rounding)
    whole = sum((period.fraction for period in loan.periods), Fraction(0))
    single = method is Method.SINGLE_REPAYMENT
    fractions = [whole] if single else [period.fraction for period in loan.periods]
    assert len(rows) == len(fractions)
    for row, fraction in zip(rows, fractions, strict=True):
        assert abs(row.opening * loan.rate * fraction - row.interest) <= Fraction(1, 2)


@given(loan=loans(longest=12))
def test_the_two_roundings_differ_only_at_ties(loan: Loan) -> None:
    up, even = (
        plan(Method.INTEREST_ONLY, loan.principal, loan.rate, loan.periods, rounding)
        for rounding in Rounding
    )
    for one, other, period in zip(up, even, loan.periods, strict=True):
        exact = loan.principal * loan.rate * period.fraction
        tie = exact % 1 == Fraction(1, 2)
        assert one.interest - other.interest == (1 if tie and other.interest < exact else 0)


@given(twos=st.integers(1, 9).map(lambda n: 2 * n - 1), whole=st.integers(0, 9), rounding=roundings)
def test_a_tie_goes_up_or_to_even(twos: int, whole: int, rounding: Rounding) -> None:
    principal, rate = 2 * whole + 1, Fraction(1, 2) * twos
    found = periods(START, 1, Frequency(Unit.MONTH, 12), InterestBasis.PERIOD)
    (row,) = plan(Method.INTEREST_ONLY, principal, rate, found, rounding)
    down = principal * twos // 2
    up = rounding is Rounding.HALF_UP or down % 2 == 1
    assert row.interest == down + up


@given(principal=principals, rate=rates, count=st.integers(1, 360), rounding=roundings)
def test_level_instalments_are_those_of_numpy_financial(
    principal: int, rate: Fraction, count: int, rounding: Rounding
) -> None:
    found = periods(START, count, MONTHLY, InterestBasis.PERIOD)
    expected = -float(numpy_financial.pmt(float(rate / 12), count, principal))
    level = level_instalment(principal, rate, found, rounding)
    assert abs(level - expected) <= 0.5 + 1e-9 * principal


@given(loan=loans(longest=12))
def test_a_level_instalment_repays_to_within_its_own_rounding(loan: Loan) -> None:
    """Present values of equal payments add up to the principal, worked out the long way."""
    level = level_instalment(loan.principal, loan.rate, loan.periods, loan.rounding)
    discount, annuity = Fraction(1), Fraction(0)
    for period in loan.periods:
        discount /= 1 + loan.rate * period.level
        annuity += discount
    assert abs(loan.principal / annuity - level) <= Fraction(1, 2)


@pytest.mark.parametrize(("rounding", "level"), [(Rounding.HALF_UP, 3), (Rounding.HALF_EVEN, 2)])
def test_a_level_instalment_in_the_middle_of_two_units_is_rounded_as_the_exact_one(
    rounding: Rounding, level: int
) -> None:
    found = periods(START, 2, MONTHLY, InterestBasis.PERIOD)
    assert level_instalment(5, Fraction(0), found, rounding) == level


@given(loan=loans(), keep=st.integers(1, 100))
def test_a_kept_instalment_shortens_the_term_of_a_smaller_balance(loan: Loan, keep: int) -> None:
    level = level_instalment(loan.principal, loan.rate, loan.periods, loan.rounding)
    balance = max(loan.principal * keep // 100, 1)
    method = Method.EQUAL_INSTALMENTS
    rows = plan(method, balance, loan.rate, loan.periods, loan.rounding, instalment=level)
    assert sum(row.principal for row in rows) == balance
    assert len(rows) <= len(loan.periods)
    for row in rows[:-1]:
        assert row.total == max(level, row.interest)
        assert row.closing > 0


@given(loan=loans(), method=methods, part=st.integers(0, 100))
def test_a_plan_from_the_middle_of_a_period_carries_what_has_accrued(
    loan: Loan, method: Method, part: int
) -> None:
    first = loan.periods[0]
    day = first.start + (first.due - first.start) * part // 100
    done = accrued_fraction(first, loan.basis, day)
    rest = [replace(first, fraction=first.fraction - done), *loan.periods[1:]]
    carried = loan.principal * loan.rate * done
    resumed = plan(method, loan.principal, loan.rate, rest, loan.rounding, carried=carried)
    assert resumed == plan(method, loan.principal, loan.rate, loan.periods, loan.rounding)


def test_interest_of_a_long_stub_above_the_instalment_leaves_principal_at_nothing() -> None:
    found = periods(START, 12, MONTHLY, InterestBasis.PERIOD, date(2025, 1, 15))
    rows = plan(Method.EQUAL_INSTALMENTS, 100_000, Fraction(2), found, Rounding.HALF_UP)
    level = level_instalment(100_000, Fraction(2), found, Rounding.HALF_UP)
    assert rows[0].principal == 0
    assert rows[0].interest > level
    assert rows[1].total == level
    assert rows[-1].closing == 0


@pytest.mark.parametrize("method", DECLINING)
def test_a_loan_without_interest_is_repaid_without_interest(method: Method) -> None:
    found = periods(START, 7, MONTHLY, InterestBasis.PERIOD)
    rows = plan(method, 100_000, Fraction(0), found, Rounding.HALF_UP)
    assert sum(row.total for row in rows) == 100_000
