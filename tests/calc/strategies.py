"""Loans as hypothesis draws them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from hypothesis import strategies as st

from ledger.calc.calendar import Calendar, Roll
from ledger.calc.periods import Frequency, InterestBasis, Period, Unit, periods
from ledger.money import Rounding

days = st.dates(date(1990, 1, 1), date(2090, 12, 31))
frequencies = st.one_of(
    st.builds(Frequency, st.just(Unit.MONTH), st.sampled_from([1, 2, 3, 6, 12])),
    st.builds(Frequency, st.just(Unit.WEEK), st.integers(1, 8)),
    st.builds(Frequency, st.just(Unit.DAY), st.integers(1, 100)),
)
half_months = st.builds(
    Frequency,
    st.just(Unit.SEMI_MONTH),
    st.integers(1, 3),
    st.sampled_from([(1, 15), (15, 31), (10, 25)]),
)
rates = st.integers(0, 400_000).map(lambda millionths: Fraction(millionths, 10**6))
principals = st.integers(1, 10**12)
bases = st.sampled_from(InterestBasis)
roundings = st.sampled_from(Rounding)


@dataclass(frozen=True, slots=True)
class Loan:
    """What a plan is made from."""

    principal: int
    rate: Fraction
    basis: InterestBasis
    rounding: Rounding
    periods: tuple[Period, ...]


@st.composite
def loans(draw: st.DrawFn, longest: int = 40) -> Loan:
    """A loan of any basis and frequency, some with a stub at the front, some on business days."""
    start, basis = draw(days), draw(bases)
    stub = draw(st.none() | st.integers(1, 120))
    first_due = None if stub is None else start + timedelta(days=stub)
    count = draw(st.integers(1, longest))
    every = draw(frequencies | half_months)
    months = every.unit is Unit.MONTH
    found = periods(
        start,
        count,
        every,
        basis,
        first_due,
        due_day=draw(st.none() | st.integers(1, 31)) if months and first_due is None else None,
        calendar=draw(st.none() | st.just(Calendar())),
        roll=draw(st.sampled_from(Roll)),
        interest_follows=draw(st.booleans()),
    )
    return Loan(draw(principals), draw(rates), basis, draw(roundings), found)
