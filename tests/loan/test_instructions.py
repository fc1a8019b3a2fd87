"""Money whose payer told how it is to be used: order, mode and excess of that payment alone."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from ledger.calc.allocation import Excess
from ledger.loan.events import Kind, LoanEvent
from ledger.loan.fold import fold
from ledger.loan.state import State
from tests.loan.monthly import AGREED, START, monthly

DUE, LATER = date(2024, 2, 15), date(2024, 2, 16)
#: 120.00 of interest and 946.19 of principal fall due, and a fee of 25.00.
OPENING = [
    LoanEvent(1, Kind.APPROVED, START, {"amount": 1_200_000}),
    LoanEvent(2, Kind.DISBURSED, START, {"amount": 1_200_000}),
    LoanEvent(3, Kind.CHARGED, DUE, {"amount": 2_500}, {"part": "fee"}),
]


def _paid(amount: int, told: dict[str, Any] | None = None, *more: LoanEvent) -> State:
    details = {"instruction": told} if told else {}
    events = [*OPENING, LoanEvent(4, Kind.REPAID, DUE, {"amount": amount}, details), *more]
    return fold(State(monthly(), AGREED, START), events, LATER)[0]


def _open(state: State) -> tuple[int, int, int]:
    row = state.rows[0]
    return state.fee, row.interest_open, row.principal_open


@pytest.mark.parametrize(
    ("order", "left"),
    [
        (None, (0, 4_500, 94_619)),
        (["principal", "interest", "fee", "penalty"], (2_500, 12_000, 84_619)),
        (["interest", "fee", "principal", "penalty"], (2_500, 2_000, 94_619)),
    ],
)
def test_a_hundred_goes_where_it_is_told_to(
    order: list[str] | None, left: tuple[int, int, int]
) -> None:
    assert _open(_paid(10_000, {"order": order} if order else None)) == left


def test_an_instruction_holds_for_its_own_payment_alone() -> None:
    told = {"order": ["principal", "interest", "fee", "penalty"]}
    more = LoanEvent(5, Kind.REPAID, DUE, {"amount": 2_500})
    assert _open(_paid(10_000, told, more)) == (0, 12_000, 84_619)


def test_money_beyond_what_is_due_shortens_the_term_where_that_is_told() -> None:
    """The product holds it as credit; 3,000.00 ahead take three of eleven instalments away."""
    whole = 2_500 + 106_619 + 300_000
    assert _paid(whole).credit == 300_000
    shorter = _paid(whole, {"excess": Excess.REDUCE_TERM.value})
    assert (shorter.credit, len(shorter.rows)) == (0, 9)
    lower = _paid(whole, {"excess": Excess.REDUCE_INSTALMENT.value})
    assert len(lower.rows) == 12
    assert lower.rows[5].principal + lower.rows[5].interest < 80_000
