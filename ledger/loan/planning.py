"""The schedule: planned at disbursement, and again when the balance changes ahead of plan."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

from ledger.book.chart import Part
from ledger.calc.accrual import accrued_fraction
from ledger.calc.allocation import Excess
from ledger.calc.periods import Period
from ledger.calc.schedule import Method, level_instalment, plan
from ledger.loan.state import Instalment, State
from ledger.loan.terms import periods_of
from ledger.loan.trail import Trail
from ledger.money import round_ratio


def replanned(state: State, day: date, trail: Trail, *, keep_level: bool = False) -> State:
    """Rows from a day on for the principal not yet due; earlier rows stay as they are.

    Interest that was paid ahead in the replaced rows becomes the borrower's credit again.
    `keep_level` keeps the instalment, so that the term shortens (reduce term).
    """
    if state.start is None:
        return state
    past = tuple(row for row in state.rows if row.due <= day)
    future = tuple(row for row in state.rows if row.due > day)
    ahead = sum(row.interest_paid for row in future)
    if ahead:
        trail.move("interest_surplus", day, {Part.CREDIT: ahead}, day, "replan")
    due = sum(row.principal - row.principal_paid for row in past)
    open_periods = [
        period
        for period in periods_of(state.terms, state.agreement, state.start)
        if period.due > day
    ]
    if future:
        open_periods = open_periods[: max(len(future), 1)]
    rows = _planned(state, day, state.principal - due, open_periods, keep_level)
    changed = replace(
        state,
        rows=past + rows,
        credit=state.credit + ahead,
        interest_settled=state.interest_settled + ahead,
    )
    return changed if keep_level else replace(changed, level=_level(changed, open_periods, due))


def _level(state: State, open_periods: list[Period], due: int) -> int:
    if state.terms.method is not Method.EQUAL_INSTALMENTS or state.principal <= due:
        return state.level
    balance = state.principal - due
    return level_instalment(balance, state.agreement.rate, open_periods, state.terms.rounding)


def _planned(
    state: State, day: date, balance: int, open_periods: list[Period], keep_level: bool
) -> tuple[Instalment, ...]:
    if not open_periods:
        return ()
    first = open_periods[0]
    elapsed = accrued_fraction(first, state.terms.basis, day) if day > first.start else Fraction(0)
    rest = replace(first, fraction=first.fraction - elapsed)
    carried = state.interest.exact(day) if state.interest and day > first.start else Fraction(0)
    if balance <= 0:  # what the period accrued so far still falls due at its end
        interest = round_ratio(carried.numerator, carried.denominator, state.terms.rounding)
        return (Instalment(first.no, first.start, first.due, 0, interest),) if interest else ()
    planned = plan(
        state.terms.method,
        balance,
        state.agreement.rate,
        [rest, *open_periods[1:]],
        state.terms.rounding,
        carried=carried,
        instalment=state.level if keep_level and state.level else None,
    )
    return tuple(
        Instalment(period.no, period.start, row.due, row.principal, row.interest)
        for row, period in zip(planned, open_periods, strict=False)
    )


def reprojected(state: State, day: date) -> State:
    """The same principal rows with the interest that the present balance will bring."""
    if state.start is None:
        return state
    known = {p.due: p for p in periods_of(state.terms, state.agreement, state.start)}
    due = sum(row.principal - row.principal_paid for row in state.rows if row.due <= day)
    opening = state.principal - due
    rows: list[Instalment] = []
    for row in state.rows:
        period = known.get(row.due)
        if row.due <= day or period is None:
            rows.append(row)
            continue
        elapsed, carried = Fraction(0), Fraction(0)
        if row.start < day:
            elapsed = accrued_fraction(period, state.terms.basis, day)
            carried = state.interest.exact(day) if state.interest else carried
        exact = carried + opening * state.agreement.rate * (period.fraction - elapsed)
        interest = round_ratio(exact.numerator, exact.denominator, state.terms.rounding)
        rows.append(replace(row, interest=interest))
        opening -= row.principal - row.principal_paid
    return replace(state, rows=tuple(rows))


def after_prepayment(state: State, day: date, trail: Trail) -> State:
    """The schedule after money paid principal ahead of its due date, by the product's rule."""
    excess = state.terms.excess
    if excess is Excess.REDUCE_TERM:
        return replanned(state, day, trail, keep_level=True)
    if excess is Excess.REDUCE_INSTALMENT:
        return replanned(state, day, trail)
    return reprojected(state, day)
