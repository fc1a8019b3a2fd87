"""Interest and penalty as lines: how fast they rise from a day on, and when that next changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from ledger.book.chart import Part
from ledger.calc.accrual import line, uniform_until
from ledger.calc.periods import InterestBasis, Period
from ledger.loan.interest import grid, nights, paused
from ledger.loan.state import OFF_BOOKS, Instalment, Stage, State, Status, due_by
from ledger.loan.terms import Interest, PenaltyBase
from ledger.loan.trail import Span, Trail

_PER_ACTUAL_DAY = {
    InterestBasis.ACT_360: Fraction(1, 360),
    InterestBasis.THIRTY_360_US: Fraction(1, 360),
    InterestBasis.THIRTY_E_360: Fraction(1, 360),
    InterestBasis.THIRTY_360_BOND: Fraction(1, 360),
    InterestBasis.THIRTY_E_360_ISDA: Fraction(1, 360),
}
_A_DAY_OF_365 = Fraction(1, 365)


def running_period(state: State, day: date) -> Period | None:
    """The interest period that holds a day, or None before the start and from maturity on."""
    return next((period for period in grid(state) if period.start <= day < period.due), None)


def unpaid_principal(rows: tuple[Instalment, ...], on_or_before: date) -> int:
    """Principal of rows that were due by a day and is not paid."""
    return sum(
        row.principal - row.principal_paid
        for row in due_by(rows, on_or_before)
        if row.principal > row.principal_paid
    )


def accrued_part(state: State, part: Part) -> Part:
    """Where a line's accrual goes: off balance once the loan is suspended or charged off."""
    if state.stage in OFF_BOOKS:
        return Part.WRITTEN_OFF
    return Part.SUSPENDED if state.stage is Stage.SUSPENDED else part


def relined(state: State, day: date, trail: Trail) -> State:
    """The state with its lines drawn anew: after a due date, an event or a weight change."""
    before, penalty = state.interest, state.penalty
    carried = before.exact(day) if before else Fraction(0)
    owed = penalty.exact(day) if penalty else Fraction(0)
    if before:
        trail.spans.append(Span(accrued_part(state, Part.INTEREST), before, day))
    if penalty:
        trail.spans.append(Span(accrued_part(state, Part.PENALTY), penalty, day))
    period = running_period(state, day)
    bears = bearing(state, day)
    if state.terms.interest is Interest.SCHEDULED:
        slope = _scheduled_slope(state, day, carried)
    else:
        slope = bears * _daily_rate(state, period, day) if bears else Fraction(0)
    drawn = replace(
        state,
        as_of=day,
        interest=line(day, carried, slope),
        penalty=line(day, owed, _penalty_slope(state, day)),
    )
    # A night may weigh nothing (30/360 on a 31st) and the next one more: the slope does not tell.
    weighing = bears and state.terms.interest is Interest.DAILY
    return replace(drawn, next_date=_next_date(drawn, day, period if weighing else None))


def bearing(state: State, day: date) -> int:
    """The principal that bears contract interest in the night after a day."""
    if state.status is not Status.ACTIVE:
        return 0
    if state.terms.interest_on_overdue or not state.principal:
        return state.principal
    return state.principal - unpaid_principal(state.rows, day)


def _daily_rate(state: State, period: Period | None, day: date) -> Fraction:
    """Interest on one unit of balance in the night after a day."""
    if paused(state, day):
        return Fraction(0)
    return state.rate_on(day) * night_weight(state, period, day)


def night_weight(state: State, period: Period | None, day: date) -> Fraction:
    """The part of a year that the night after a day counts; an actual day after maturity."""
    if period is None:
        return per_actual_day(state.terms.basis)
    return nights(state, period)(day, day + timedelta(days=1))


def per_actual_day(basis: InterestBasis) -> Fraction:
    """The part of a year that a night counts where no interest period says it."""
    return _PER_ACTUAL_DAY.get(basis, _A_DAY_OF_365)


def _scheduled_slope(state: State, day: date, carried: Fraction) -> Fraction:
    """The running row's interest rises evenly to what the schedule has at its due date."""
    if state.status is not Status.ACTIVE:
        return Fraction(0)
    row = next((row for row in state.rows if row.start <= day < row.due), None)
    if row is None or (state.booked_through and row.due <= state.booked_through):
        return Fraction(0)
    return (row.interest - carried) / (row.due - day).days


def _penalty_slope(state: State, day: date) -> Fraction:
    late = penalty_bearing(state, day)
    return state.penalty_rate_on(day) * per_actual_day(state.terms.basis) * late


def penalty_bearing(state: State, day: date) -> int:
    """What bears the penalty rate in the night after a day, in minor units."""
    if not state.terms.penalised or not state.principal:
        return 0
    overdue = day - timedelta(days=state.terms.penalty_grace)
    late = unpaid_principal(state.rows, overdue)
    if state.terms.penalty_base is PenaltyBase.PRINCIPAL_AND_INTEREST:
        late += sum(row.interest_open for row in state.rows if row.due <= overdue)
    return late


def _next_date(state: State, day: date, period: Period | None) -> date | None:
    """The next day on which time alone changes the loan: due, fee, penalty, weight, rate."""
    if state.status is not Status.ACTIVE:
        return None
    dates = [row.due for row in state.rows[len(due_by(state.rows, day)) :][:1]]
    dates += _sanctions(state, day)
    dates += [charge.due for charge in state.charges if not charge.booked]
    if period or state.terms.penalty_multiple:
        dates += [since for since, _ in state.rates]
    if period:
        dates.append(_uniform_until(state, period, day))
        dates += [day for pause in state.pauses for day in pause]
    return min((found for found in dates if found > day), default=None)


def _uniform_until(state: State, period: Period, day: date) -> date:
    """The day on which a night's weight next changes."""
    if state.terms.counting:
        year_end = date(day.year, 12, 31)
        return min(period.due, year_end) if day < year_end else period.due
    return uniform_until(period, state.terms.basis, day)


def _sanctions(state: State, day: date) -> Iterator[date]:
    """When late fees and penalties of unpaid rows begin."""
    terms = state.terms
    for row in due_by(state.rows, day):
        if row.unpaid:
            for rule in terms.late_rules if state.brings_late_fee(row) else ():
                yield row.due + timedelta(days=rule.grace + 1)
            if terms.penalised:
                yield row.due + timedelta(days=terms.penalty_grace)
