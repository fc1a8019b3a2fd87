"""What holds for every payment, whatever its rules."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise, permutations

from hypothesis import given
from hypothesis import strategies as st

from ledger.calc.allocation import Allocation, Component, Due, Excess, Mode, Waterfall, allocate

FIRST = date(2024, 2, 1)
REDUCING = (Excess.REDUCE_TERM, Excess.REDUCE_INSTALMENT)
amounts = st.integers(0, 10_000)
orders = st.sampled_from(list(permutations(Component)))
modes, excesses = st.sampled_from(Mode), st.sampled_from(Excess)


@st.composite
def instalments(draw: st.DrawFn) -> list[Due]:
    """Instalments a month apart, handed over in any order."""
    count = draw(st.integers(0, 6))
    found = [
        Due(no + 1, FIRST + no * timedelta(days=30), *(draw(amounts) for _ in Component))
        for no in range(count)
    ]
    return draw(st.permutations(found))


days = st.integers(-10, 200).map(lambda n: FIRST + timedelta(days=n))
payments = st.integers(0, 200_000)


def paid(found: Allocation, due: Due) -> int:
    return sum(part.amount for part in found.parts if part.no == due.no)


def total(due: Due) -> int:
    return sum(due.open(component) for component in Component)


@given(instalments(), payments, days, orders, modes, excesses)
def test_no_money_is_lost_or_made(
    dues: list[Due],
    amount: int,
    on: date,
    order: tuple[Component, ...],
    mode: Mode,
    excess: Excess,
) -> None:
    found = allocate(dues, amount, on, Waterfall(tuple(order), mode, excess))
    assert sum(part.amount for part in found.parts) + found.prepaid + found.credit == amount
    assert found.prepaid >= 0
    assert found.credit >= 0
    assert all(part.amount > 0 for part in found.parts)
    places = [(part.no, part.component) for part in found.parts]
    assert len(places) == len(set(places))
    owed = {due.no: due for due in dues}
    assert all(part.amount <= owed[part.no].open(part.component) for part in found.parts)


@given(instalments(), payments, days, orders, modes, excesses)
def test_what_is_due_comes_before_anything_else(
    dues: list[Due],
    amount: int,
    on: date,
    order: tuple[Component, ...],
    mode: Mode,
    excess: Excess,
) -> None:
    found = allocate(dues, amount, on, Waterfall(tuple(order), mode, excess))
    due = [item for item in dues if item.due <= on]
    assert sum(paid(found, item) for item in due) == min(amount, sum(total(item) for item in due))


@given(instalments(), payments, days, orders, excesses)
def test_by_instalment_finishes_an_instalment_before_the_next(
    dues: list[Due], amount: int, on: date, order: tuple[Component, ...], excess: Excess
) -> None:
    found = allocate(dues, amount, on, Waterfall(tuple(order), Mode.BY_INSTALMENT, excess))
    due = sorted((item for item in dues if item.due <= on), key=lambda item: item.due)
    for earlier, later in pairwise(due):
        assert paid(found, later) == 0 or paid(found, earlier) == total(earlier)


@given(instalments(), payments, days, orders, excesses)
def test_by_component_finishes_a_component_before_the_next(
    dues: list[Due], amount: int, on: date, order: tuple[Component, ...], excess: Excess
) -> None:
    found = allocate(dues, amount, on, Waterfall(tuple(order), Mode.BY_COMPONENT, excess))
    due = [item for item in dues if item.due <= on]
    nos = {item.no for item in due}
    left = amount
    for component in order:
        owed = sum(item.open(component) for item in due)
        parts = (p for p in found.parts if p.no in nos and p.component is component)
        assert sum(part.amount for part in parts) == min(left, owed)
        left -= min(left, owed)


@given(instalments(), payments, days, orders, modes, st.sampled_from(REDUCING))
def test_a_prepayment_takes_no_more_than_the_principal_to_come(
    dues: list[Due],
    amount: int,
    on: date,
    order: tuple[Component, ...],
    mode: Mode,
    excess: Excess,
) -> None:
    found = allocate(dues, amount, on, Waterfall(tuple(order), mode, excess))
    future = sum(item.principal for item in dues if item.due > on)
    owed = sum(total(item) for item in dues if item.due <= on)
    assert found.prepaid == min(max(amount - owed, 0), future)
    assert found.credit == max(amount - owed - future, 0)
