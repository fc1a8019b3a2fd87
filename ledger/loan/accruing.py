"""Interest and penalty as lines: how fast they rise from a day on, and when that next changes."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from datetime import date, timedelta
from fractions import Fraction

from ledger.book.chart import Part
from ledger.calc.accrual import NIGHT, Line, daily_weight, uniform_until
from ledger.calc.periods import Period
from ledger.calc.rows import Ratio
from ledger.frozen import replace
from ledger.loan.instalments import due_of, settled_from
from ledger.loan.interest import grid, nights, paused
from ledger.loan.state import OFF_BOOKS, Stage, State, Status
from ledger.loan.terms import Interest, PenaltyBase
from ledger.loan.trail import Span, Trail

_NOTHING: Ratio = (0, 1)


def running_period(state: State, day: date) -> Period | None:
    """The interest period that holds a day, or None before the start and from maturity on."""
    found = grid(state)
    place = bisect_right(found, day, key=due_of)
    return found[place] if place < len(found) and found[place].start <= day else None


def unpaid_principal(state: State, on_or_before: date) -> int:
    """Principal of rows that were due by a day and is not paid."""
    return sum(row.principal_open for row in state.open_rows(on_or_before))


def accrued_part(state: State, part: Part) -> Part:
    """Where a line's accrual goes: off balance once the loan is suspended or charged off."""
    if state.stage in OFF_BOOKS:
        return Part.WRITTEN_OFF
    return Part.SUSPENDED if state.stage is Stage.SUSPENDED else part


def relined(state: State, day: date, trail: Trail) -> State:
    """The state with its lines drawn anew: after a due date, an event or a weight change."""
    interest, penalty = state.interest, state.penalty
    if interest:
        trail.spans.append(Span(accrued_part(state, Part.INTEREST), interest, day))
    if penalty:
        trail.spans.append(Span(accrued_part(state, Part.PENALTY), penalty, day))
    seen = state.rows, settled_from(state.rows, state.first_open)
    state = replace(committed(state, day), as_of=day, settled=seen)
    period, bears = running_period(state, day), bearing(state, day)
    daily = state.terms.interest is Interest.DAILY
    slope = _daily_slope(state, period, day, bears) if daily else _scheduled_slope(state, day)
    owed = (penalty or _level(day)).turned(day, _penalty_slope(state, day))
    # A night may weigh nothing (30/360 on a 31st) and the next one more: the slope does not tell.
    return replace(
        state,
        interest=(interest or _level(day)).turned(day, slope),
        penalty=owed,
        next_date=_next_date(state, day, period, owed, bears=bool(bears) and daily),
    )


def _level(day: date) -> Line:
    return Line(day, 0, 0, 1)


def bearing(state: State, day: date) -> int:
    """The principal that bears contract interest in a night; a settled loan has none."""
    if state.terms.interest_on_overdue or not state.principal:
        return state.principal
    return state.principal - unpaid_principal(state, day)


def _daily_slope(state: State, period: Period | None, day: date, bears: int) -> Ratio:
    """Interest on a balance in the night after a day."""
    if not bears or paused(state, day):
        return _NOTHING
    return _product(bears, state.rate_on(day), night_weight(state, period, day))


def _product(balance: int, rate: Fraction, weight: Fraction) -> Ratio:
    """balance x rate x weight."""
    numerator = balance * rate.numerator * weight.numerator
    return numerator, rate.denominator * weight.denominator


def night_weight(state: State, period: Period | None, day: date) -> Fraction:
    """The part of a year that the night after a day counts; an actual day after maturity."""
    if period is None:
        return NIGHT[state.terms.basis]
    if state.terms.counting:
        return nights(state, period)(day, day + timedelta(days=1))
    return daily_weight(period, state.terms.basis, day)


def _scheduled_slope(state: State, day: date) -> Ratio:
    """The running row's interest rises evenly to what the schedule has at its due date."""
    if state.status is not Status.ACTIVE:
        return _NOTHING
    row = next((row for row in state.rows if row.start <= day < row.due), None)
    if row is None or (state.booked_through and row.due <= state.booked_through):
        return _NOTHING
    carried = state.interest.exact(day) if state.interest else 0
    slope = Fraction(row.interest - carried) / (row.due - day).days
    return slope.numerator, slope.denominator


def committed(state: State, day: date) -> State:
    """The state with the commitment fee rising by what may still be drawn from a day on."""
    rule = state.terms.commitment
    if rule is None or state.status not in (Status.APPROVED, Status.ACTIVE):
        return replace(state, commitment=None) if state.commitment else state
    slope = _product(state.undrawn(day), rule.percent, NIGHT[state.terms.basis])
    return replace(state, commitment=(state.commitment or _level(day)).turned(day, slope))


def _penalty_slope(state: State, day: date) -> Ratio:
    brings = penalty_of_night(state, day)
    left = penalty_left(state, state.penalty, day)
    return brings if left is None else min(Fraction(*brings), left).as_integer_ratio()


def penalty_of_night(state: State, day: date) -> Ratio:
    """The penalty interest of the night after a day, whatever its cap."""
    late = penalty_bearing(state, day)
    if not late:
        return _NOTHING
    return _product(late, state.penalty_rate_on(day), NIGHT[state.terms.basis])


def penalty_left(state: State, penalty: Line | None, day: date) -> Fraction | None:
    """What the cap still allows after the penalty interest of a line, or None without a cap."""
    cap = state.terms.penalty_cap
    if not cap:
        return None
    accrued = penalty.exact(day) if penalty else Fraction(0)
    return max(cap * state.disbursed - accrued, Fraction(0))


def penalty_bearing(state: State, day: date) -> int:
    """What bears the penalty rate in the night after a day, in minor units."""
    if not state.terms.penalised or not state.principal:
        return 0
    overdue = day - timedelta(days=state.terms.penalty_grace)
    late = unpaid_principal(state, overdue)
    if state.terms.penalty_base is PenaltyBase.PRINCIPAL_AND_INTEREST:
        late += sum(row.interest_open for row in state.open_rows(overdue))
    return late


def _next_date(
    state: State, day: date, period: Period | None, penalty: Line, *, bears: bool
) -> date | None:
    """The next day on which time alone changes the loan: due, fee, penalty, weight, rate.

    Weights end with the periods, rates and pauses do not: overdue principal may bear on.
    """
    if state.status is not Status.ACTIVE:
        return None
    coming = bisect_right(state.rows, day, key=due_of)
    dates = [row.due for row in state.rows[coming : coming + 1]]
    dates += _sanctions(state, day)
    if state.charges:
        dates += [charge.due for charge in state.charges if not charge.booked]
    if penalty.slope and state.terms.penalty_cap:
        dates.append(_capped_on(state, day, penalty))
    if state.rates and (bears or state.terms.penalty_multiple):
        dates += [since for since, _ in state.rates]
    if bears:
        dates += [day for pause in state.pauses for day in pause]
    if bears and period:
        dates.append(_uniform_until(state, period, day))
    return min([found for found in dates if found > day], default=None)


def _capped_on(state: State, day: date, penalty: Line) -> date:
    """The last day up to which whole nights of penalty interest stay within the cap."""
    left = penalty_left(state, penalty, day) or Fraction(0)
    nights = max(left * penalty.denominator // penalty.slope, 1)
    return date.fromordinal(min(day.toordinal() + nights, date.max.toordinal()))


def _uniform_until(state: State, period: Period, day: date) -> date:
    """The day on which a night's weight next changes."""
    if state.terms.counting:
        year_end = date(day.year, 12, 31)
        return min(period.due, year_end) if day < year_end else period.due
    return uniform_until(period, state.terms.basis, day)


def _sanctions(state: State, day: date) -> Iterable[date]:
    """When late fees and penalties of unpaid rows begin."""
    terms, late = state.terms, [row for row in state.open_rows(day) if row.unpaid]
    if not late:
        return ()
    graces = [rule.grace + 1 for rule in terms.late_rules]
    begun = [row.due + timedelta(days=terms.penalty_grace) for row in late if terms.penalised]
    charged = [row.due for row in late if state.brings_late_fee(row)]
    return [*begun, *(due + timedelta(days=grace) for due in charged for grace in graces)]
