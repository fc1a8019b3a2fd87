"""What another system would tell of a loan of ours: its state at a cut-over as a position."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

from ledger.book.chart import Part
from ledger.loan import position as ours
from ledger.loan.position import Position
from ledger.loan.state import State, Status


def position_of(state: State, day: date, *, exact: bool = True) -> Position:
    """The open position of a loan that was advanced to a day.

    Without `exact` the accruals are told in whole minor units, as most systems have them.
    """
    found = replace(ours.position_of(state, day), written_off=state.written_off)
    if state.status is not Status.ACTIVE:
        return replace(found, rows=(), interest_exact=None, penalty_exact=None)
    if exact:
        return found
    told = Fraction(round(found.commitment))
    return replace(found, interest_exact=None, penalty_exact=None, commitment=told)


def held(state: State, day: date) -> dict[Part, int]:
    """What is not zero of a loan's balances."""
    return {part: amount for part, amount in state.balances(day).items() if amount}
