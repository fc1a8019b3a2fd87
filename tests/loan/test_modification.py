"""A change of the contract as a modification: what its value loses, by numpy-financial."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import numpy_financial as npf
import pytest

from ledger.book.chart import Part
from ledger.loan.events import Kind, LoanEvent
from ledger.loan.fees import Collection, FeeRule, Income, When
from ledger.loan.fold import fold
from ledger.loan.state import State
from ledger.loan.terms import Terms
from ledger.loan.trail import Trail
from tests.loan.monthly import AGREED, START, monthly

DAY = date(2024, 4, 15)
OPENING = [
    LoanEvent(1, Kind.APPROVED, START, {"amount": 1_200_000}),
    LoanEvent(2, Kind.DISBURSED, START, {"amount": 1_200_000}),
    *(
        LoanEvent(n + 2, Kind.REPAID, date(2024, n + 1, 15), {"amount": 106_619})
        for n in range(1, 4)
    ),
]
ORIGINATION = FeeRule(
    "origination",
    When.DISBURSEMENT,
    fixed=24_000,
    collection=Collection.DEDUCTED,
    income=Income.AMORTISED,
)


def _changed(terms: Terms, kind: Kind, **details: object) -> tuple[State, State, Trail]:
    """The loan before and after a change on its third due date, with nothing past due."""
    opened = State(terms, AGREED, START)
    before, _ = fold(opened, OPENING, DAY)
    event = LoanEvent(6, kind, DAY, {}, {**details, "modification": True})
    after, trail = fold(opened, [*OPENING, event], DAY)
    return before, after, trail


def _loss(trail: Trail) -> int:
    [found] = [move for move in trail.movements if move.kind == "modification"]
    return found.amounts[Part.ADJUSTMENT]


def test_a_lower_rate_is_a_loss_of_the_difference_in_value() -> None:
    """Nine instalments at 6 % a year are worth less at 12 %: the loss is amortised to nothing."""
    before, after, trail = _changed(monthly(), Kind.RATE_CHANGED, rate="6/100")
    paid = [float(row.principal + row.interest) for row in after.rows if row.due > DAY]
    worth = npf.npv(0.01, [0, *paid])
    assert _loss(trail) == pytest.approx(before.principal - worth, abs=1)
    assert after.adjustment == _loss(trail) > 20_000
    assert sum(amount for _, amount in after.earnings) == after.adjustment


def test_the_rate_of_a_loan_with_deferred_fees_is_that_of_its_yield() -> None:
    """What is carried is principal less fees not earned; its yield is above the contract rate."""
    before, after, trail = _changed(
        monthly(fees=(ORIGINATION,)), Kind.RESCHEDULED, extra_instalments=3
    )
    carrying = before.principal - before.adjustment
    flows = [float(row.principal + row.interest) for row in before.rows if row.due > DAY]
    growth = float(npf.irr([-carrying, *flows]))
    paid = [float(row.principal + row.interest) for row in after.rows if row.due > DAY]
    assert growth > 0.0115
    assert _loss(trail) == pytest.approx(carrying - npf.npv(growth, [0, *paid]), abs=1)
    assert after.adjustment == before.adjustment + _loss(trail)


def test_a_change_at_the_same_value_is_no_result() -> None:
    """Instalments are whole cents, so that their value is within one of what is carried."""
    _, after, _ = _changed(monthly(), Kind.RESCHEDULED, extra_instalments=3)
    assert abs(after.adjustment) <= 1


def test_without_the_wish_nothing_is_booked() -> None:
    opened = State(monthly(), AGREED, START)
    event = LoanEvent(6, Kind.RATE_CHANGED, DAY, {}, {"rate": "6/100"})
    assert fold(opened, [*OPENING, event], DAY)[0].adjustment == 0
    assert Fraction(6, 100) == fold(opened, [*OPENING, event], DAY)[0].rate
