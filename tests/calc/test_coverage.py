"""Collateral by rank: figures worked out by hand, and what must hold for any claims."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.calc.coverage import Claim, lending_value, shares
from tests.examples import examples

_CLAIMS = st.lists(
    st.builds(
        Claim,
        st.integers(1, 4),
        st.integers(0, 10**9),
        st.one_of(st.none(), st.integers(0, 10**9)),
    ),
    max_size=6,
)


@pytest.mark.parametrize(
    ("value", "haircut", "left"),
    [
        (1_000_000, Fraction(30, 100), 700_000),
        (1_000_001, Fraction(1, 3), 666_667),
        (100, Fraction(1), 0),
        (99, Fraction(0), 99),
    ],
)
def test_the_lending_value_leaves_out_a_fraction_of_a_unit(
    value: int, haircut: Fraction, left: int
) -> None:
    assert lending_value(value, haircut) == left


@pytest.mark.parametrize(
    ("available", "claims", "expected"),
    [
        # A first lien of 600 takes its whole, the second one what is left.
        (700, [Claim(2, 400), Claim(1, 600)], [100, 600]),
        # A limit keeps the first lien at 300.
        (700, [Claim(1, 600, 300), Claim(2, 500)], [300, 400]),
        # One rank shares by size: 2 : 1 of 100, the odd unit to the largest remainder.
        (100, [Claim(1, 200), Claim(1, 100)], [67, 33]),
        (1, [Claim(1, 5), Claim(1, 5)], [1, 0]),
        (500, [], []),
        (500, [Claim(1, 0), Claim(2, 10)], [0, 10]),
    ],
)
def test_ranks_are_served_in_order(
    available: int, claims: list[Claim], expected: list[int]
) -> None:
    assert shares(available, claims) == expected


@examples(200)
@given(st.integers(0, 10**10), _CLAIMS)
def test_nothing_is_shared_twice_and_nothing_is_left_while_somebody_wants_it(
    available: int, claims: list[Claim]
) -> None:
    found = shares(available, claims)
    wanted = [c.owed if c.most is None else min(c.owed, c.most) for c in claims]
    assert all(0 <= share <= most for share, most in zip(found, wanted, strict=True))
    assert sum(found) == min(available, sum(wanted))
    for place, claim in enumerate(claims):
        if found[place] < wanted[place]:
            later = [found[n] for n, other in enumerate(claims) if other.rank > claim.rank]
            assert not any(later)
