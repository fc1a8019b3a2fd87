"""Changes of the contract: rate, dates, term, and arrears spread anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from ledger.book.chart import Part
from ledger.calc.day_count import DayCount, year_fraction
from ledger.calc.periods import Frequency, InterestBasis, Period, Unit, shifted
from ledger.errors import FailedPrecondition, NotFound
from ledger.loan.events import LoanEvent
from ledger.loan.paying import given_up
from ledger.loan.planning import grid, ordered, replanned
from ledger.loan.posting import move
from ledger.loan.state import RowKind, State
from ledger.loan.trail import Trail


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
    whole = replace(
        spell[-1],
        start=spell[0].start,
        fraction=sum((p.fraction for p in spell), Fraction(0)),
        level=sum((p.level for p in spell), Fraction(0)),
    )
    if event.details.get("interest_free"):
        pause = (max(day, spell[0].start), spell[-2].due)
        state = replace(state, pauses=tuple(sorted({*state.pauses, pause})))
    return _on_grid(state, (*periods[:first], whole, *periods[first + count + 1 :]), event, trail)


def rescheduled(state: State, event: LoanEvent, trail: Trail) -> State:
    """More instalments, another due date, another rate: any of them, planned once."""
    day, periods = event.value_date, grid(state)
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
    return replanned(_without_arrears(state, day), day, trail)


def reaged(state: State, event: LoanEvent, trail: Trail) -> State:
    """All principal that is owed is spread over new instalments from a day on."""
    day, first = event.value_date, date.fromisoformat(event.details["start"])
    frequency = Frequency(Unit(event.details["unit"]), int(event.details["every"]))
    count = int(event.details["instalments"])
    dates = [shifted(first, k, frequency) for k in range(count)]
    cleared = _without_arrears(state, day)
    past = [row for row in cleared.rows if row.due <= day or row.kind is not RowKind.REGULAR]
    paid_ahead = [
        r for r in cleared.rows if r not in past and (r.principal_paid or r.interest_paid)
    ]
    kept = [
        replace(row, principal=row.principal_paid, interest=row.interest_paid) for row in paid_ahead
    ]
    gone = replace(cleared, rows=ordered([*past, *kept]))
    begun = [period for period in grid(state) if period.due <= day]
    start = begun[-1].due if begun else state.start or day
    new = [
        Period(len(begun) + no, begin, due, *_weights(state, begin, due, 1 / frequency.per_year))
        for no, (begin, due) in enumerate(zip([start, *dates], dates, strict=False), start=1)
    ]
    return replanned(replace(gone, grid=(*begun, *new)), day, trail)


def _without_arrears(state: State, day: date) -> State:
    """Rows that are past due owe no principal any more; what was paid on them stays."""
    return replace(
        state,
        rows=tuple(
            replace(row, principal=min(row.principal, row.principal_paid))
            if row.due <= day
            else row
            for row in state.rows
        ),
    )


def capitalized(state: State, event: LoanEvent, trail: Trail) -> State:
    """Interest that is owed becomes principal, and bears interest from then on."""
    day = event.value_date
    amount = max(state.interest_owed(day), 0)
    if not amount:
        raise FailedPrecondition("no interest is owed that could be capitalised")
    move(state, trail, "capitalisation", day, {Part.INTEREST: amount}, event.key)
    grown = given_up(state, day, {Part.INTEREST: amount})
    return replanned(replace(grown, principal=state.principal + amount), day, trail)


def unchanged(state: State, event: LoanEvent, trail: Trail) -> State:
    """A fact that the loan's figures do not depend on."""
    return state


def _on_grid(state: State, periods: Sequence[Period], event: LoanEvent, trail: Trail) -> State:
    """The loan on other interest periods, planned anew where they are not yet due.

    The instalment stays as it was unless the term changed.
    """
    day = event.value_date
    left = sum(row.due > day and row.kind is RowKind.REGULAR for row in state.rows)
    longer = _ahead(periods, day) - _ahead(grid(state), day)
    numbered = tuple(replace(period, no=no) for no, period in enumerate(periods, start=1))
    keep = not longer and "rate" not in event.details
    moved = replace(state, grid=numbered)
    return replanned(moved, day, trail, keep_level=keep, term=left + longer)


def _ahead(periods: Sequence[Period], day: date) -> int:
    return sum(period.due > day for period in periods)


def _extended(state: State, periods: Sequence[Period], count: int) -> tuple[Period, ...]:
    last = periods[-1]
    dates = [shifted(last.due, k, state.terms.frequency) for k in range(1, count + 1)]
    return (*periods, *_periods(state, periods, len(periods), dates))


def _periods(
    state: State, periods: Sequence[Period], place: int, dates: Sequence[date]
) -> list[Period]:
    """Periods that end on given dates, from a place in the grid on."""
    start = periods[place].start if place < len(periods) else periods[-1].due
    plain = 1 / state.terms.frequency.per_year
    return [
        Period(place + no, begin, due, *_weights(state, begin, due, plain))
        for no, (begin, due) in enumerate(zip([start, *dates], dates, strict=False), start=1)
    ]


def _weights(state: State, begin: date, due: date, plain: Fraction) -> tuple[Fraction, Fraction]:
    """The part of a year that a period counts, and the part for the level instalment."""
    basis = state.terms.basis
    if basis is not InterestBasis.PERIOD:
        fraction = year_fraction(DayCount(basis.value), begin, due)
        return fraction, fraction
    regular = shifted(begin, 1, state.terms.frequency)
    if regular == due:
        return plain, plain
    return Fraction((due - begin) // timedelta(days=1), 365), plain
