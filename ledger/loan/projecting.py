"""The interest that the present balance will bring, and what that does to the rows to come."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction

from ledger.book.chart import Part
from ledger.calc.periods import Period
from ledger.calc.schedule import Method, level_instalment
from ledger.frozen import replace
from ledger.loan.instalments import Instalment, RowKind
from ledger.loan.interest import carried, factor, grid
from ledger.loan.state import State
from ledger.loan.terms import Interest
from ledger.loan.trail import Settled, Trail
from ledger.money import round_ratio


def reprojected(state: State, day: date) -> State:
    """The same rows with the interest that the present balance will bring.

    Principal stays as it is, or by habit the instalment does.
    """
    if state.start is None or state.terms.interest is Interest.SCHEDULED:
        return state
    known = {period.due: period for period in grid(state)}
    due = sum(row.principal - row.principal_paid for row in state.rows if row.due <= day)
    opening = state.principal - due
    last = max((row.due for row in state.rows if row.kind is RowKind.REGULAR), default=day)
    rows: list[Instalment] = []
    for row in state.rows:
        period = known.get(row.due)
        if row.due <= day or period is None or row.kind is not RowKind.REGULAR:
            rows.append(row)
            continue
        begun = carried(state, day, period) if row.start < day else Fraction(0)
        exact = begun + opening * factor(state, period, max(day, period.start), period.due)
        interest = round_ratio(exact.numerator, exact.denominator, state.terms.rounding)
        moved = _moved(state, row._replace(interest=interest), opening, row.due == last)
        rows.append(moved)
        opening -= moved.principal - row.principal_paid
    return replace(state, rows=tuple(rows))


def within_instalment(state: State, row: Instalment, day: date) -> Instalment:
    """A row that falls due on a day; by habit its principal makes up for a changed interest."""
    if not moves_principal(state):
        return row
    past = sum(r.principal - r.principal_paid for r in state.open_rows(day - timedelta(days=1)))
    last = not any(r.due > day and r.kind is RowKind.REGULAR for r in reversed(state.rows))
    return _moved(state, row, state.principal - past, last)


def moves_principal(state: State) -> bool:
    """Whether a changed interest moves principal, so that the instalment stays."""
    return state.terms.interest is Interest.DAILY and state.terms.habits.keeps_instalment


def _moved(state: State, row: Instalment, opening: int, last: bool) -> Instalment:
    """Principal within the instalment, where that is the habit and interest is on real balances."""
    if not moves_principal(state) or not state.level:
        return row
    left = opening + row.principal_paid
    least = max(state.level - row.interest, row.principal_paid)
    return row._replace(principal=left if last else min(least, left))


def paid_on_row(state: State, day: date, prepaid: int, trail: Trail, key: object) -> State:
    """Principal paid ahead as part of the running row; more than its own lowers the rest."""
    place = next(
        n for n, row in enumerate(state.rows) if row.kind is RowKind.REGULAR and row.due >= day
    )
    row = state.rows[place]
    paid = row.principal_paid + prepaid
    grown = paid > row.principal or row.due == day
    principal = row.principal + prepaid if row.due == day else max(paid, row.principal)
    note = Settled(str(key), day, row.no, row.due, row.kind.value, Part.PRINCIPAL, prepaid)
    trail.settled.append(note)
    rows = list(state.rows)
    rows[place] = row._replace(principal=principal, principal_paid=paid)
    changed = replace(state, rows=tuple(rows))
    if grown:
        later = [period for period in grid(state) if period.due > row.due]
        kept = sum(r.principal - r.principal_paid for r in rows if r.due <= row.due)
        changed = replace(changed, level=_level(changed, changed.principal - kept, later))
    return reprojected(changed, day)


def _level(state: State, balance: int, open_periods: Sequence[Period]) -> int:
    if state.terms.method is not Method.EQUAL_INSTALMENTS or balance <= 0:
        return state.level
    return level_instalment(
        balance,
        state.rate,
        open_periods,
        state.terms.rounding,
        shape=state.shape,
        conventions=state.terms.habits,
    )
