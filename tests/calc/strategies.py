"""Loans as hypothesis draws them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from hypothesis import strategies as st

from ledger.calc.periods import Frequency, InterestBasis, Period, Unit, periods
from ledger.money import Rounding

days = st.dates(date(1990, 1, 1), date(2090, 12, 31))
frequencies = st.one_of(
    st.builds(Frequency, st.just(Unit.MONTH), st.sampled_from([1, 2, 3, 6, 12])),
    st.builds(Frequency, st.just(Unit.WEEK), st.integers(1, 8)),
    st.builds(Frequency, st.just(Unit.DAY), st.integers(1, 100)),
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
    """A loan of any basis and frequency, some with a stub at the front."""
    start, basis = draw(days), draw(bases)
    stub = draw(st.none() | st.integers(1, 120))
    first_due = None if stub is None else start + timedelta(days=stub)
    count = draw(st.integers(1, longest))
    found = periods(start, count, draw(frequencies), basis, first_due)
    return Loan(draw(principals), draw(rates), basis, draw(roundings), found)
