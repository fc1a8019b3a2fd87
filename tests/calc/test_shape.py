"""Shapes: what each one promises, and that level instalments foresee it exactly."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from math import prod

import numpy_financial  # type: ignore[import-untyped]
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ledger.calc.periods import Frequency, InterestBasis, Period, Unit, periods
from ledger.calc.schedule import Method, Row, Shape, level_instalment, plan
from ledger.calc.shape import bearing, payable, violations
from ledger.errors import InvalidInput
from ledger.money import Rounding
from tests.calc.strategies import Loan, loans, roundings

MONTHLY = Frequency(Unit.MONTH, 1)
START = date(2024, 1, 15)
TWELVE = periods(START, 12, MONTHLY, InterestBasis.PERIOD)
RATE = Fraction(12, 100)
AMORTISING = (
    Method.EQUAL_INSTALMENTS,
    Method.EQUAL_PRINCIPAL,
    Method.FLAT,
    Method.GRADUATED,
)


def rows_of(method: Method, shape: Shape, principal: int = 1_200_000) -> tuple[Row, ...]:
    return plan(method, principal, RATE, TWELVE, Rounding.HALF_UP, shape=shape)


@st.composite
def shapes(draw: st.DrawFn, principal: int) -> Shape:
    return Shape(
        balloon=draw(st.integers(0, principal)) if draw(st.booleans()) else 0,
        step=draw(st.sampled_from([Fraction(0), Fraction(1, 20), Fraction(-1, 10)])),
        step_every=draw(st.integers(1, 12)),
        principal_grace=draw(st.integers(0, 6)),
        interest_grace=draw(st.integers(0, 6)),
        interest_free=draw(st.integers(0, 6)),
        skipped_months=draw(st.frozensets(st.integers(1, 12), max_size=6)),
        unit=draw(st.sampled_from([1, 100, 500])),
    )


@given(data=st.data(), loan=loans(longest=24), method=st.sampled_from(AMORTISING))
def test_in_any_shape_principal_adds_up_and_rows_that_rest_ask_for_nothing(
    data: st.DataObject, loan: Loan, method: Method
) -> None:
    shape = data.draw(shapes(loan.principal))
    rows = plan(method, loan.principal, loan.rate, loan.periods, loan.rounding, shape=shape)
    assert sum(row.principal for row in rows) == loan.principal
    assert rows[-1].closing == 0
    flags = zip(rows, payable(loan.periods, shape), bearing(loan.periods, shape), strict=True)
    for row, pays, bears in flags:
        assert row.principal >= 0
        assert row.interest >= 0
        assert pays or row.total == 0
        assert bears or row.principal == 0
    resting = [row for row in rows[:-1] if row.no <= shape.interest_grace]
    assert all(row.interest == 0 for row in resting)


@given(data=st.data(), loan=loans(longest=24))
def test_a_level_instalment_foresees_balloon_grace_and_seasons_exactly(
    data: st.DataObject, loan: Loan
) -> None:
    """With a principal that drowns its rounding, the last row is the instalment and the balloon."""
    principal = 10**30
    drawn = data.draw(shapes(principal))
    shape = replace(drawn, step=Fraction(0), interest_grace=0, unit=1)
    found = [replace(period, level=period.fraction) for period in loan.periods]
    asked = (principal, loan.rate, found, loan.rounding)
    level = level_instalment(*asked, shape=shape)
    rows = plan(Method.EQUAL_INSTALMENTS, *asked, shape=shape)
    bears = bearing(found, shape)
    assume(all(row.total <= level for row, one in zip(rows[:-1], bears, strict=False) if one))
    growth = prod(1 + loan.rate * period.fraction for period in found)
    assert abs(rows[-1].total - level - shape.balloon) <= (len(rows) + 1) * growth


@given(balloon=st.integers(0, 10**8), count=st.integers(1, 120), rounding=roundings)
def test_a_balloon_is_the_future_value_of_numpy_financial(
    balloon: int, count: int, rounding: Rounding
) -> None:
    found = periods(START, count, MONTHLY, InterestBasis.PERIOD)
    shape = Shape(balloon=balloon)
    level = level_instalment(10**8, RATE, found, rounding, shape=shape)
    expected = -float(numpy_financial.pmt(0.01, count, 10**8, -balloon))
    assert abs(level - expected) <= 0.5 + 1e-4


def test_waiting_interest_comes_on_top_of_the_row_after_without_compounding() -> None:
    rows = rows_of(Method.EQUAL_INSTALMENTS, Shape(principal_grace=3, interest_grace=3))
    assert [row.interest for row in rows[:4]] == [0, 0, 0, 48_000]
    level = level_instalment(
        1_200_000, RATE, TWELVE, Rounding.HALF_UP, shape=Shape(principal_grace=3)
    )
    assert rows[3].total == level + 36_000
    assert rows[4].total == level


def test_interest_of_skipped_months_is_within_the_next_instalment() -> None:
    rows = rows_of(Method.EQUAL_INSTALMENTS, Shape(skipped_months=frozenset({7, 8})))
    idle = [row for row in rows if row.due.month in (7, 8)]
    assert [row.total for row in idle] == [0, 0]
    totals = {row.total for row in rows[:-1] if row not in idle}
    assert len(totals) == 1
    september = next(row for row in rows if row.due.month == 9)
    assert september.interest == round(september.opening * 3 / 100)


def test_interest_free_rows_bear_none_and_the_instalment_knows_it() -> None:
    rows = rows_of(Method.EQUAL_INSTALMENTS, Shape(interest_free=3))
    assert [row.interest for row in rows[:3]] == [0, 0, 0]
    assert len({row.total for row in rows[:-1]}) == 1
    assert abs(rows[-1].total - rows[0].total) <= len(rows)


def test_instalments_step_down_as_they_step_up() -> None:
    rows = rows_of(Method.GRADUATED, Shape(step=Fraction(-1, 10), step_every=4))
    first, second, third = rows[0].total, rows[4].total, rows[8].total
    assert [row.total for row in rows[:11]] == [first] * 4 + [second] * 4 + [third] * 3
    assert abs(second - first * 9 / 10) <= 1
    assert abs(third - first * 81 / 100) <= 1


def test_a_kept_first_instalment_of_a_graduated_loan_grows_in_the_rows_that_are_left() -> None:
    shape = Shape(step=Fraction(1, 10), step_every=6)
    rows = plan(
        Method.GRADUATED,
        500_000,
        RATE,
        TWELVE[4:],
        Rounding.HALF_UP,
        instalment=80_000,
        shape=shape,
    )
    assert [row.total for row in rows[:3]] == [80_000, 80_000, 88_000]
    assert rows[-1].closing == 0


@pytest.mark.parametrize("method", AMORTISING)
def test_whole_units_fall_due_and_the_last_row_takes_the_rest(method: Method) -> None:
    rows = rows_of(method, Shape(unit=100), principal=1_234_567)
    figures = [row.principal if method is Method.EQUAL_PRINCIPAL else row.total for row in rows]
    assert all(figure % 100 == 0 for figure in figures[:-1])
    assert sum(row.principal for row in rows) == 1_234_567


def test_custom_rows_are_paid_as_agreed_and_again_from_the_middle() -> None:
    shape = Shape(custom=(0, 200_000, 0, 300_000, *[0] * 7, 700_000))
    rows = rows_of(Method.CUSTOM, shape)
    assert tuple(row.principal for row in rows) == shape.custom
    again = plan(Method.CUSTOM, 1_000_000, RATE, TWELVE[2:], Rounding.HALF_UP, shape=shape)
    assert again == rows[2:]
    with pytest.raises(InvalidInput, match="must have 12 rows, not 1"):
        rows_of(Method.CUSTOM, Shape(custom=(1,)))


def fixed(instalment: int | None, found: tuple[Period, ...] = TWELVE) -> tuple[Row, ...]:
    method = Method.FIXED_INSTALMENT
    return plan(method, 1_200_000, RATE, found, Rounding.HALF_UP, instalment=instalment)


def test_a_fixed_instalment_decides_the_term() -> None:
    long = periods(START, 360, MONTHLY, InterestBasis.PERIOD)
    rows = fixed(50_000, long)
    assert len(rows) == 28
    assert all(row.total == 50_000 for row in rows[:-1])
    assert 0 < rows[-1].total <= 50_000


def test_a_fixed_instalment_below_the_interest_is_refused_with_the_least_one() -> None:
    with pytest.raises(InvalidInput, match="instalment: must be at least 12001"):
        fixed(12_000)
    assert fixed(12_001)
    with pytest.raises(InvalidInput, match="instalment: must be given"):
        fixed(None)


def test_a_changed_rate_gives_a_new_instalment_and_no_earlier_row_foresees_it() -> None:
    changed = [replace(p, rate=Fraction(6, 100)) if p.no >= 7 else p for p in TWELVE]
    method = Method.EQUAL_INSTALMENTS
    plain = plan(method, 1_200_000, RATE, TWELVE, Rounding.HALF_UP)
    rows = plan(method, 1_200_000, RATE, changed, Rounding.HALF_UP)
    assert rows[:6] == plain[:6]
    left = rows[6].opening
    assert rows[6:] == plan(method, left, Fraction(6, 100), TWELVE[6:], Rounding.HALF_UP)
    assert level_instalment(1_200_000, RATE, changed, Rounding.HALF_UP) == rows[0].total


def test_flat_interest_may_rest_on_what_was_lent_before_a_down_payment() -> None:
    rows = rows_of(Method.FLAT, Shape(flat_base=2_400_000))
    assert sum(row.interest for row in rows) == 288_000


@pytest.mark.parametrize(
    ("method", "shape", "field"),
    [
        (Method.EQUAL_INSTALMENTS, Shape(balloon=-1), "balloon"),
        (Method.INTEREST_ONLY, Shape(balloon=1), "balloon"),
        (Method.GRADUATED, Shape(step=Fraction(-1)), "step"),
        (Method.EQUAL_INSTALMENTS, Shape(step=Fraction(1)), "step"),
        (Method.GRADUATED, Shape(step_every=0), "step_every"),
        (Method.EQUAL_PRINCIPAL, Shape(principal_grace=12), "grace"),
        (Method.EQUAL_PRINCIPAL, Shape(skipped_months=frozenset({13})), "skipped_months"),
        (Method.EQUAL_PRINCIPAL, Shape(skipped_months=frozenset(range(1, 13))), "skipped_months"),
        (Method.EQUAL_PRINCIPAL, Shape(unit=0), "unit"),
        (Method.CUSTOM, Shape(), "custom"),
        (Method.CUSTOM, Shape(custom=(1, 2)), "custom"),
        (Method.CUSTOM, Shape(custom=(2, -1)), "custom"),
        (Method.FIXED_INSTALMENT, Shape(), "instalment"),
    ],
)
def test_a_shape_that_cannot_be_is_named(method: Method, shape: Shape, field: str) -> None:
    found = violations(method, 1000, 12, shape)
    assert field in {violation.field for violation in found}


@pytest.mark.parametrize("method", [*AMORTISING, Method.INTEREST_ONLY, Method.SINGLE_REPAYMENT])
def test_a_plain_shape_fits_every_method_that_needs_no_more(method: Method) -> None:
    assert violations(method, 1000, 12, Shape()) == []
