"""A position against its history: folded by this engine, the events must come to its figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from ledger.book.chart import Part
from ledger.errors import Finding, LedgerError
from ledger.loan.events import Kind, LoanEvent
from ledger.loan.fold import advanced, applied
from ledger.loan.instalments import Instalment
from ledger.loan.position import Position
from ledger.loan.state import State
from ledger.loan.terms import Terms
from ledger.loan.trail import Trail

_WHY = "the history that was given comes to another figure"


def compared(
    terms: Terms, found: Position, history: Sequence[LoanEvent], day: date
) -> list[Finding]:
    """Where a position differs from its history, component by component and row by row.

    Nothing is posted: the fold is the one that a loan of ours goes through, up to the start of
    the cut-over day.
    """
    approval = {"amount": found.agreement.amount}
    state = State(terms, found.agreement, found.start)
    state = applied(state, LoanEvent(1, Kind.APPROVED, found.start, approval), Trail())
    for place, event in enumerate(history):
        numbered = replace(event, number=place + 2)
        try:
            state = applied(state, numbered, Trail())
        except LedgerError as error:
            return [Finding(f"history[{place}]", f"cannot have happened: {error.message}")]
    state = advanced(state, day, Trail())
    return [*_terms(found, state, day), *_figures(found, state, day), *_rows(found, state, day)]


def _terms(found: Position, state: State, day: date) -> Iterator[Finding]:
    rate = found.agreement.rate if found.rate is None else found.rate
    if rate != state.rate_on(day):
        text = f"the history comes to a rate of {state.rate_on(day)} a year, not {rate}"
        yield Finding("current_rate", text)
    if found.stage is not state.stage:
        yield Finding("stage", f"the history comes to {state.stage.value}")


def _figures(found: Position, state: State, day: date) -> Iterator[Finding]:
    kept = (state.credit, state.written_off, state.adjustment)
    ours = {
        **state.owed(day),
        **dict(zip((Part.CREDIT, Part.WRITTEN_OFF, Part.ADJUSTMENT), kept, strict=True)),
    }
    for part, theirs in found.owed(day).items():
        if theirs != ours[part]:
            yield Finding(FIELDS.get(part, part.value), _WHY, theirs, ours[part], tolerable=True)
    if found.disbursed != state.disbursed:
        yield Finding("disbursed", _WHY, found.disbursed, state.disbursed, tolerable=True)


#: Fields of a position that are not called as their components.
FIELDS = {Part.FEE: "charges", Part.ADJUSTMENT: "deferred_fees"}


def _rows(found: Position, state: State, day: date) -> Iterator[Finding]:
    """Open principal and interest of each instalment, told apart by its due date."""
    if not found.rows:
        return
    theirs, ours = _open(found.rows), _open(state.rows)
    for due in sorted(theirs.keys() | ours.keys()):
        stated, folded = theirs.get(due, (0, 0)), ours.get(due, (0, 0))
        for name, one, other in zip(("principal", "interest"), stated, folded, strict=True):
            if one != other:
                yield Finding(f"schedule[{due}].{name}", _WHY, one, other, tolerable=True)


def _open(rows: Iterable[Instalment]) -> dict[date, tuple[int, int]]:
    found: dict[date, tuple[int, int]] = {}
    for row in rows:
        principal, interest = found.get(row.due, (0, 0))
        found[row.due] = (
            principal + row.principal - row.principal_paid,
            interest + row.interest_open,
        )
    return found
