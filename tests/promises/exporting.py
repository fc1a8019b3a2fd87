"""What another system would tell of a loan of ours: its state at a cut-over as a position."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

from ledger.book.chart import Part
from ledger.loan.position import OpenCharge, Position
from ledger.loan.state import State, Status


def position_of(state: State, day: date, *, exact: bool = True) -> Position:
    """The open position of a loan that was advanced to a day.

    Without `exact` the accruals are told in whole minor units, as most systems have them. Late fees
    are those of the terms: whoever leaves the date out has none for what was due before.
    """
    rate, agreed, begun = state.rate_on(day), state.agreement, state.start
    charges = (OpenCharge(c.part, c.due, c.open) for c in state.charges if c.open)
    exact = exact and state.status is Status.ACTIVE
    interest, penalty = state.interest, state.penalty
    found = Position(
        start=state.start or day,
        agreement=replace(agreed, amount=state.approved),
        disbursed=state.disbursed,
        principal=state.principal,
        interest=state.interest_owed(day),
        penalty=state.penalty_owed(day) - state.penalty_charges,
        charges=tuple(charges),
        credit=state.credit,
        adjustment=state.adjustment,
        written_off=state.written_off,
        stage=state.stage,
        rate=None if rate == agreed.rate else rate,
        rates=tuple(step for step in state.rates if step[0] > day),
        rows=state.rows if state.status is Status.ACTIVE else (),
        instalment=state.level,
        interest_exact=interest.exact(day) if exact and interest else None,
        penalty_exact=penalty.exact(day) + state.penalty_settled if exact and penalty else None,
        penalty_paid=-state.penalty_settled,
        commitment=_told(state.commitment.exact(day), exact) if state.commitment else Fraction(0),
        earnings=state.earnings,
        late_fees_from=begun,
    )
    matured = all(row.due <= day for row in state.rows)
    if found.interest_exact is None or not matured or not interest:
        return found
    paid = interest.at(day, state.terms.rounding) - found.running(day)
    return replace(found, interest_exact=found.interest_exact - paid)


def _told(accrued: Fraction, exact: bool) -> Fraction:
    return accrued if exact else Fraction(round(accrued))


def held(state: State, day: date) -> dict[Part, int]:
    """What is not zero of a loan's balances."""
    return {part: amount for part, amount in state.balances(day).items() if amount}
