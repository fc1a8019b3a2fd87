"""The fold by events and days, the same for a quote, a posting, a close and a replay."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from ledger.book.chart import Part
from ledger.calc.accrual import line
from ledger.errors import AmountExceeded, DateNotOpen, InsufficientCredit
from ledger.loan.accruing import relined
from ledger.loan.events import Kind, LoanEvent, require_allowed
from ledger.loan.paying import credit_applied, emptied, payoff_parts, repaid, settled, taken, waived
from ledger.loan.planning import replanned
from ledger.loan.state import State, Status
from ledger.loan.trail import Span, Trail
from ledger.money import decimal_text


def fold(opened: State, events: Iterable[LoanEvent], through: date) -> tuple[State, Trail]:
    """The loan at the start of day `through`, from its opening and events by value date."""
    trail, state = Trail(), opened
    for event in sorted(events, key=lambda item: (item.value_date, item.number)):
        state = applied(state, event, trail)
    return advanced(state, through, trail), trail


def applied(state: State, event: LoanEvent, trail: Trail) -> State:
    """The state after an event, which must not lie before what the state already knows."""
    day = event.value_date
    if day < state.as_of:
        raise DateNotOpen(f"the event of {day} lies before {state.as_of}", value_date=day)
    state = advanced(state, day, trail)
    require_allowed(state.status, event.kind)
    after = _HANDLERS[event.kind](state, event, trail)
    return relined(_status_of(after, day), day, trail) if after.start else replace(after, as_of=day)


def advanced(state: State, day: date, trail: Trail) -> State:
    """The state after all that time alone brings up to and including the start of a day."""
    while state.next_date is not None and state.next_date <= day:
        state = _ticked(state, state.next_date, trail)
    return state


def closed_trail(state: State, trail: Trail, day: date) -> Trail:
    """The trail with the lines that are still running, cut at a day."""
    lines = ((Part.INTEREST, state.interest), (Part.PENALTY, state.penalty))
    running = [Span(part, line, day) for part, line in lines if line and line.start < day]
    return Trail(trail.movements, trail.spans + running)


def _ticked(state: State, day: date, trail: Trail) -> State:
    """One day on which time changes the loan: dues fall, late fees and penalties begin."""
    falling = [row for row in state.rows if row.due == day]
    if falling:
        state = _fallen_due(state, day, trail)
    if state.terms.late_fee:
        state = _late_fees(state, day, trail)
    if falling:
        state = credit_applied(state, day, trail)
    drawn = relined(state, day, trail)
    status = _status_of(drawn, day).status
    return drawn if status is drawn.status else relined(replace(drawn, status=status), day, trail)


def _fallen_due(state: State, day: date, trail: Trail) -> State:
    """The period ends: its interest becomes actual, rounded once, and owed; the line restarts."""
    ended = state.interest
    actual = ended.at(day, state.terms.rounding) if ended else 0
    if ended:
        trail.spans.append(Span(Part.INTEREST, ended, day))
    surplus, rows = 0, []
    for row in state.rows:
        if row.due != day:
            rows.append(row)
            continue
        over = max(row.interest_paid - actual, 0)
        surplus += over
        rows.append(replace(row, interest=actual, interest_paid=row.interest_paid - over))
    if surplus:
        trail.move("interest_surplus", day, {Part.CREDIT: surplus}, day)
    return replace(
        state,
        rows=tuple(rows),
        interest=line(day, Fraction(0), Fraction(0)),
        interest_settled=state.interest_settled + actual + surplus,
        credit=state.credit + surplus,
    )


def _late_fees(state: State, day: date, trail: Trail) -> State:
    """One late fee for each instalment that its grace days left unpaid."""
    grace = timedelta(days=state.terms.late_fee_grace + 1)
    for row in state.rows:
        if row.due + grace == day and row.unpaid:
            trail.move("late_fee", day, {Part.FEE: state.terms.late_fee}, row.no, day)
            state = replace(state, fee=state.fee + state.terms.late_fee)
    return state


def _status_of(state: State, day: date) -> State:
    """ACTIVE becomes REPAID when nothing is owed any more."""
    if state.status is not Status.ACTIVE or state.principal:
        return state
    if any(amount > 0 for amount in payoff_parts(state, day).values()):
        return state
    return replace(state, status=Status.REPAID)


def _approve(state: State, event: LoanEvent, trail: Trail) -> State:
    _require_at_most(state, event.amount, state.agreement.amount, "the amount asked for")
    return replace(state, status=Status.APPROVED, approved=event.amount)


def _disburse(state: State, event: LoanEvent, trail: Trail) -> State:
    left = state.approved - state.disbursed
    _require_at_most(state, event.amount, left, "the approved amount not yet disbursed")
    day, first_due = event.value_date, state.agreement.first_due
    if state.start is None and first_due is not None and first_due <= day:
        raise DateNotOpen(f"the first due date {first_due} must lie after the disbursement")
    if state.start is not None and not any(row.due > day for row in state.rows):
        raise DateNotOpen("a tranche must be disbursed before the last due date", value_date=day)
    trail.move("disbursement", day, {Part.PRINCIPAL: event.amount}, event.key)
    funded = replace(
        state,
        status=Status.ACTIVE,
        start=state.start or day,
        disbursed=state.disbursed + event.amount,
        principal=state.principal + event.amount,
    )
    return replanned(funded, day, trail)


def _repay(state: State, event: LoanEvent, trail: Trail) -> State:
    return repaid(state, event.value_date, event.amount, trail, event.key)


def _pay_off(state: State, event: LoanEvent, trail: Trail) -> State:
    return settled(state, event.value_date, event.amount, trail, event.key)


def _charge(state: State, event: LoanEvent, trail: Trail) -> State:
    trail.move("charge", event.value_date, {Part.FEE: event.amount}, event.key)
    return replace(state, fee=state.fee + event.amount)


def _waive(state: State, event: LoanEvent, trail: Trail) -> State:
    return waived(state, event.value_date, event.amounts, trail, event.key)


def _refund(state: State, event: LoanEvent, trail: Trail) -> State:
    if event.amount > state.credit:
        have = decimal_text(state.credit, state.terms.currency)
        raise InsufficientCredit(f"the held credit is {have}", credit=have)
    trail.move("credit_refund", event.value_date, {Part.CREDIT: event.amount}, event.key)
    return replace(state, credit=state.credit - event.amount)


def _write_off(state: State, event: LoanEvent, trail: Trail) -> State:
    day = event.value_date
    parts = payoff_parts(state, day)
    held = taken(parts, state.credit)
    left = {part: amount - held.get(part, 0) for part, amount in parts.items()}
    total = sum(left.values())
    if total <= 0:
        raise AmountExceeded("the held credit covers all that is owed: pay the loan off instead")
    trail.move("credit_application", day, held, day, event.key)
    trail.move("write_off", day, {**left, Part.WRITTEN_OFF: total}, event.key)
    gone = replace(emptied(state, day, parts), credit=state.credit - sum(held.values()))
    return replace(gone, status=Status.WRITTEN_OFF, written_off=total)


def _recover(state: State, event: LoanEvent, trail: Trail) -> State:
    _require_at_most(state, event.amount, state.written_off, "written off and not yet recovered")
    trail.move("recovery", event.value_date, {Part.WRITTEN_OFF: event.amount}, event.key)
    return replace(state, written_off=state.written_off - event.amount)


def _close(state: State, event: LoanEvent, trail: Trail) -> State:
    if state.credit:
        have = decimal_text(state.credit, state.terms.currency)
        raise InsufficientCredit(f"a held credit of {have} must be refunded first", credit=have)
    return replace(state, status=Status.CLOSED)


def _require_at_most(state: State, amount: int, limit: int, what: str) -> None:
    if amount > limit:
        most = decimal_text(limit, state.terms.currency)
        raise AmountExceeded(f"at most {state.terms.currency} {most} ({what})", limit=most)


_HANDLERS: Mapping[Kind, Callable[[State, LoanEvent, Trail], State]] = {
    Kind.APPROVED: _approve,
    Kind.DISBURSED: _disburse,
    Kind.REPAID: _repay,
    Kind.PAID_OFF: _pay_off,
    Kind.CHARGED: _charge,
    Kind.WAIVED: _waive,
    Kind.REFUNDED: _refund,
    Kind.WRITTEN_OFF: _write_off,
    Kind.RECOVERED: _recover,
    Kind.CLOSED: _close,
}
