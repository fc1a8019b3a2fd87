"""Interest and penalty as lines: how fast they rise from a day on, and when that next changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from ledger.book.chart import Part
from ledger.calc.accrual import daily_weight, line, uniform_until
from ledger.calc.periods import InterestBasis, Period
from ledger.loan.state import Instalment, State, Status
from ledger.loan.terms import periods_of
from ledger.loan.trail import Span, Trail

_PER_ACTUAL_DAY = {
    InterestBasis.PERIOD: Fraction(1, 365),
    InterestBasis.ACT_365F: Fraction(1, 365),
    InterestBasis.ACT_360: Fraction(1, 360),
    InterestBasis.THIRTY_360_US: Fraction(1, 360),
    InterestBasis.THIRTY_E_360: Fraction(1, 360),
}


def running_period(state: State, day: date) -> Period | None:
    """The interest period that holds a day, or None before the start and from maturity on."""
    if state.start is None:
        return None
    found = periods_of(state.terms, state.agreement, state.start)
    return next((period for period in found if period.start <= day < period.due), None)


def unpaid_principal(rows: tuple[Instalment, ...], on_or_before: date) -> int:
    """Principal of rows that were due by a day and is not paid."""
    return sum(
        row.principal - row.principal_paid
        for row in rows
        if row.due <= on_or_before and row.principal > row.principal_paid
    )


def relined(state: State, day: date, trail: Trail, *, restart: bool = False) -> State:
    """The state with its lines drawn anew: after a due date, an event or a weight change.

    `restart` begins the interest line at nothing: what was accrued stands in its instalment.
    """
    period = running_period(state, day)
    bearing = state.principal if state.status is Status.ACTIVE else 0
    overdue = unpaid_principal(state.rows, day)
    if not state.terms.interest_on_overdue:
        bearing -= overdue if bearing else 0
    per_day = _PER_ACTUAL_DAY[state.terms.basis]
    weight = daily_weight(period, state.terms.basis, day) if period else per_day
    slope = state.agreement.rate * weight * bearing
    late = unpaid_principal(state.rows, day - timedelta(days=state.terms.penalty_grace))
    penalty_slope = state.terms.penalty_rate * per_day * (late if state.principal else 0)
    before, penalty = state.interest, state.penalty
    carried = before.exact(day) if before else Fraction(0)
    owed = penalty.exact(day) if penalty else Fraction(0)
    if before:
        trail.spans.append(Span(Part.INTEREST, before, day))
    if penalty:
        trail.spans.append(Span(Part.PENALTY, penalty, day))
    drawn = replace(
        state,
        as_of=day,
        interest=line(day, carried, slope),
        penalty=line(day, owed, penalty_slope),
    )
    # A night may weigh nothing (30/360 on a 31st) and the next one more: the slope does not tell.
    return replace(drawn, next_date=_next_date(drawn, day, period if bearing else None))


def _next_date(state: State, day: date, period: Period | None) -> date | None:
    """The next day on which time alone changes the loan: due, late fee, penalty, day weight."""
    if state.status is not Status.ACTIVE:
        return None
    dates = [row.due for row in state.rows if row.due > day][:1]
    terms = state.terms
    for row in state.rows:
        if row.due <= day and row.unpaid:
            if terms.late_fee:
                dates.append(row.due + timedelta(days=terms.late_fee_grace + 1))
            if terms.penalty_rate:
                dates.append(row.due + timedelta(days=terms.penalty_grace))
    if period:
        dates.append(uniform_until(period, terms.basis, day))
    return min((found for found in dates if found > day), default=None)
