"""Changes of the contract: rate, dates, term, and arrears spread anew."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction

from ledger.book.chart import Part
from ledger.calc.conventional import conventional_periods
from ledger.calc.periods import Frequency, Period, Unit, shifted
from ledger.calc.schedule import Method
from ledger.errors import FailedPrecondition, NotFound
from ledger.frozen import replace
from ledger.loan.dating import continued, joined, period_between
from ledger.loan.events import LoanEvent
from ledger.loan.instalments import Instalment, RowKind
from ledger.loan.interest import grid
from ledger.loan.paying import given_up
from ledger.loan.planning import ordered, replanned
from ledger.loan.posting import move
from ledger.loan.returning import owed_again
from ledger.loan.state import State
from ledger.loan.terms import Terms
from ledger.loan.trail import Moved, Trail
from ledger.money import round_ratio


def rate_changed(state: State, event: LoanEvent, trail: Trail) -> State:
    """Another annual rate from the value date on; the level instalment follows unless kept."""
    day, rate = event.value_date, Fraction(event.details["rate"])
    earlier = tuple(step for step in state.rates if step[0] < day)
    changed = replace(state, rates=(*earlier, (day, rate)))
    return replanned(changed, day, trail, keep_level=bool(event.details.get("keep_instalment")))


def interest_paused(state: State, event: LoanEvent, trail: Trail) -> State:
    """No interest for the nights until a day; the instalment stays, the last row absorbs."""
    until = date.fromisoformat(event.details["until"])
    pauses = tuple(sorted({*state.pauses, (event.value_date, until)}))
    return replanned(replace(state, pauses=pauses), event.value_date, trail, keep_level=True)


def due_date_changed(state: State, event: LoanEvent, trail: Trail) -> State:
    """One due date moves, and all later ones along with it."""
    return _on_grid(state, _shifted(state, event), event, trail)


def _shifted(state: State, event: LoanEvent) -> tuple[Period, ...]:
    moved = date.fromisoformat(event.details["from_due"])
    new_due = date.fromisoformat(event.details["to_due"])
    periods = grid(state)
    place = next((n for n, period in enumerate(periods) if period.due == moved), None)
    if place is None or moved <= event.value_date:
        raise NotFound(f"no instalment falls due on {moved} after {event.value_date}", due=moved)
    if new_due <= max(periods[place].start, event.value_date):
        raise FailedPrecondition(
            f"the new due date {new_due} must lie after {event.value_date} and the period's start"
        )
    dates = [shifted(new_due, k, state.terms.frequency) for k in range(len(periods) - place)]
    return (*periods[:place], *_periods(state, periods, place, dates))


def holiday_granted(state: State, event: LoanEvent, trail: Trail) -> State:
    """The next instalments are left out: their interest falls due with the one after them.

    With `interest_free` the nights until then bear none; with `extend` the term grows by as many.
    """
    day, count = event.value_date, int(event.details["instalments"])
    periods = grid(state)
    first = next((n for n, period in enumerate(periods) if period.due > day), len(periods))
    if event.details.get("extend"):
        periods = _extended(state, periods, count)
    if first + count >= len(periods):
        raise FailedPrecondition(
            f"fewer than {count + 1} instalments are left", left=len(periods) - first
        )
    spell = periods[first : first + count + 1]
    whole = joined(spell, state.terms.frequency, state.terms.basis)
    if event.details.get("interest_free"):
        pause = (max(day, spell[0].start), spell[-2].due)
        state = replace(state, pauses=tuple(sorted({*state.pauses, pause})))
    return _on_grid(state, (*periods[:first], whole, *periods[first + count + 1 :]), event, trail)


def rescheduled(state: State, event: LoanEvent, trail: Trail) -> State:
    """More instalments, another due date, another rate: any of them, planned once.

    With `with_arrears` principal that is past due is spread over the new rows as well.
    """
    day, periods = event.value_date, grid(state)
    if event.details.get("with_arrears"):
        state = _without_arrears(state, event, trail)
    if "rate" in event.details:
        steps = tuple(step for step in state.rates if step[0] < day)
        state = replace(state, rates=(*steps, (day, Fraction(event.details["rate"]))))
    if "to_due" in event.details:
        periods = _shifted(state, event)
    extra = int(event.details.get("extra_instalments", 0))
    return _on_grid(state, _extended(state, periods, extra), event, trail)


def reamortized(state: State, event: LoanEvent, trail: Trail) -> State:
    """Principal past due is spread over the instalments to come."""
    day = event.value_date
    if not any(row.due > day for row in state.rows):
        raise FailedPrecondition("no instalment is left to spread the arrears over")
    cleared = _without_arrears(state, event, trail)
    if state.terms.habits.shares_arrears:
        return _added_in_parts(state, cleared, day)
    return replanned(cleared, day, trail)


def _added_in_parts(before: State, state: State, day: date) -> State:
    """Arrears added to the rows to come in equal parts of whole units, the last with the rest."""
    left = sum(row.principal for row in before.rows) - sum(row.principal for row in state.rows)
    open_ = [row.no for row in state.rows if row.due > day and row.kind is RowKind.REGULAR]
    unit, rounding = state.shape.unit, state.terms.rounding
    each = round_ratio(left, len(open_) * unit, rounding) * unit
    rows = []
    for row in state.rows:
        more = 0
        if row.no in open_:
            more = left if row.no == open_[-1] else min(each, left)
            left -= more
        rows.append(row._replace(principal=row.principal + more))
    return replace(state, rows=tuple(rows))


def reaged(state: State, event: LoanEvent, trail: Trail) -> State:
    """All principal that is owed is spread over new instalments from a day on."""
    day, first = event.value_date, date.fromisoformat(event.details["start"])
    frequency = Frequency(Unit(event.details["unit"]), int(event.details["every"]))
    count = int(event.details["instalments"])
    dates = [shifted(first, k, frequency) for k in range(count)]
    cleared = _without_arrears(state, event, trail)
    past, paid = [], []
    for row in cleared.rows:
        if row.due <= day or row.kind is not RowKind.REGULAR:
            past.append(row)
            continue
        trail.moved.append(Moved(event.key, day, row.due, row.principal_open))
        if row.principal_paid or row.interest_paid:
            paid.append(row._replace(principal=row.principal_paid, interest=row.interest_paid))
    gone = replace(cleared, rows=ordered(state, [*past, *paid]))
    begun = [period for period in grid(state) if period.due <= day]
    start = begun[-1].due if begun else state.start or day
    number = begun[-1].no + 1 if begun else 1
    new = _of_method(state, between(state, start, dates, number, frequency))
    return replanned(replace(gone, grid=(*begun, *new)), day, trail)


def _without_arrears(state: State, event: LoanEvent, trail: Trail) -> State:
    """Rows that are past due owe no principal any more; what was paid on them stays."""
    rows = []
    for row in state.rows:
        if row.due > event.value_date or not row.principal_open:
            rows.append(row)
            continue
        trail.moved.append(Moved(event.key, event.value_date, row.due, row.principal_open))
        rows.append(row._replace(principal=row.principal_paid))
    return replace(state, rows=tuple(rows))


def capitalized(state: State, event: LoanEvent, trail: Trail) -> State:
    """Interest that is owed becomes principal, and bears interest from then on."""
    day = event.value_date
    amount = max(state.interest_owed(day), 0)
    if not amount:
        raise FailedPrecondition("no interest is owed that could be capitalised")
    move(state, trail, "capitalisation", day, {Part.INTEREST: amount}, event.key)
    cleared = given_up(state, day, {Part.INTEREST: amount})
    if not any(row.due > day and row.kind is RowKind.REGULAR for row in state.rows):
        return owed_again(cleared, day, {Part.PRINCIPAL: amount})
    return replanned(replace(cleared, principal=state.principal + amount), day, trail)


def capitalized_on(state: State, day: date, trail: Trail) -> State:
    """Interest becomes principal on a due date by the product's rule, but not on the last one."""
    row = next((r for r in state.rows if r.due == day and r.kind is RowKind.REGULAR), None)
    if row is None or not any(r.due > day for r in state.rows):
        return state
    rows = tuple(_capitalised(state.terms, r, row) for r in state.rows)
    amount = sum(r.interest_open for r in state.rows) - sum(r.interest_open for r in rows)
    if not amount:
        return state
    move(state, trail, "capitalisation", day, {Part.INTEREST: amount}, day)
    grown = replace(
        state,
        rows=rows,
        principal=state.principal + amount,
        interest_settled=state.interest_settled - amount,
    )
    return replanned(grown, day, trail)


def _capitalised(terms: Terms, row: Instalment, falling: Instalment) -> Instalment:
    """A row whose unpaid interest becomes principal: an early one on its day, or an older one."""
    every = terms.capitalised_every
    older = row.due < falling.due and every and falling.no % every == 0
    early = row.no == falling.no and row.no <= terms.capitalised_rows
    if not row.interest_open or not (older or early):
        return row
    return row._replace(interest_paid=row.interest)


def unchanged(state: State, event: LoanEvent, trail: Trail) -> State:
    """A fact that the loan's figures do not depend on."""
    return state


def _on_grid(state: State, periods: Sequence[Period], event: LoanEvent, trail: Trail) -> State:
    """The loan on other interest periods, planned anew where they are not yet due.

    The instalment stays as it was unless the term changed.
    """
    day = event.value_date
    since = date.fromisoformat(event.details.get("from_due", day.isoformat()))
    first = max(since, day + timedelta(days=1))
    left = sum(row.due >= first and row.kind is RowKind.REGULAR for row in state.rows)
    longer = _ahead(_of_method(state, periods), first) - _ahead(grid(state), first)
    numbered = tuple(
        replace(period, no=no)
        for no, period in enumerate(_of_method(state, periods), start=periods[0].no)
    )
    keep = not longer and "rate" not in event.details
    moved = replace(state, grid=numbered)
    return replanned(moved, day, trail, keep_level=keep, term=left + longer, since=first)


def _of_method(state: State, periods: Sequence[Period]) -> Sequence[Period]:
    """A single repayment has one period, however its term came about."""
    if state.terms.method is not Method.SINGLE_REPAYMENT:
        return periods
    return [joined(periods, state.terms.frequency, state.terms.basis)]


def _ahead(periods: Sequence[Period], first: date) -> int:
    return sum(period.due >= first for period in periods)


def _extended(state: State, periods: Sequence[Period], count: int) -> tuple[Period, ...]:
    *earlier, last = periods
    if not count:
        return tuple(periods)
    frequency, basis = state.terms.frequency, state.terms.basis
    dates = [shifted(last.due, k, frequency) for k in range(1, count + 1)]
    added = _periods(state, periods, len(periods), dates)
    return (*earlier, continued(last, frequency, basis), *added)


def _periods(
    state: State, periods: Sequence[Period], place: int, dates: Sequence[date]
) -> list[Period]:
    """Periods that end on given dates, from a place in the grid on."""
    start = periods[place].start if place < len(periods) else periods[-1].due
    return between(state, start, dates, place + 1, state.terms.frequency)


def between(
    state: State, start: date, dates: Sequence[date], first: int, frequency: Frequency
) -> list[Period]:
    """Periods from a day on that end on given dates, numbered from `first`."""
    counting = state.terms.counting
    if counting:
        rates = [(start, Fraction(0))]
        return list(conventional_periods(start, dates, counting, rates, first_no=first))
    end = first + len(dates) - 1
    return [
        period_between(no, begin, due, frequency, state.terms.basis, last=no == end)
        for no, (begin, due) in enumerate(zip([start, *dates], dates, strict=False), start=first)
    ]
