"""The fold by events and days, the same for a quote, a posting, a close and a replay."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date

from ledger.book.chart import Part
from ledger.calc.accrual import Line
from ledger.errors import DateNotOpen, InsufficientCredit
from ledger.frozen import replace
from ledger.loan import changing, charging, earning, ending, importing, opening
from ledger.loan.accruing import accrued_part, relined
from ledger.loan.dues import payoff_parts
from ledger.loan.events import (
    CARRIED_OVER,
    PAYMENTS,
    Kind,
    LoanEvent,
    require_allowed,
    wrong_status,
)
from ledger.loan.instalments import RowKind, due_on
from ledger.loan.paying import credit_applied, paid, settled, unearned_returned, waived
from ledger.loan.posting import interest_to_credit
from ledger.loan.projecting import within_instalment
from ledger.loan.returning import charged_back, refunded
from ledger.loan.state import State, Status
from ledger.loan.terms import Interest, Settlement, instructed
from ledger.loan.trail import Span, Trail
from ledger.money import decimal_text


def fold(
    opened: State,
    events: Iterable[LoanEvent],
    through: date,
    *,
    strict: int | None = None,
    held: Collection[int] = (),
    begun: Trail | None = None,
) -> tuple[State, Trail]:
    """The loan at the start of day `through`, from its opening and events by value date.

    What was recorded before is taken as it is; only the event numbered `strict` is held to what a
    new event must keep, such as a refund within the held credit, and those in `held` once more.
    `begun` is the trail of an earlier fold that this one goes on from.
    """
    trail, state = begun.copy() if begun else Trail(), opened
    for event in sorted(events, key=lambda item: (item.value_date, item.number)):
        state = applied(state, event, trail, strict=event.number == strict or event.number in held)
    return advanced(state, through, trail), trail


def applied(state: State, event: LoanEvent, trail: Trail, *, strict: bool = True) -> State:
    """The state after an event, which must not lie before what the state already knows."""
    day = event.value_date
    if day < state.as_of:
        raise DateNotOpen(f"the event of {day} lies before {state.as_of}", value_date=day)
    state = advanced(state, day, trail)
    require_allowed(state.status, event.kind, replay=not strict)
    if strict:
        require_possible(state, event.kind)
        _REQUIRED.get(event.kind, _nothing)(state, event)
    begun = len(trail.movements)
    after = _HANDLERS[event.kind](state, event, trail)
    if event.details.get("modification"):
        after = earning.modified(state, after, day, trail, event.key)
    if "funds" in event.details:
        funds, own = event.details["funds"], trail.movements[begun:]
        trail.movements[begun:] = [movement._replace(funds=funds) for movement in own]
    if not after.start:
        return replace(after, as_of=day)
    return relined(_status_of(after, day, trail), day, trail)


def advanced(state: State, day: date, trail: Trail) -> State:
    """The state after all that time alone brings up to and including the start of a day."""
    while state.next_date is not None and state.next_date <= day:
        state = _ticked(state, state.next_date, trail)
    return state


def closed_trail(state: State, trail: Trail, day: date) -> Trail:
    """The trail with the lines that are still running, cut at a day."""
    lines = ((Part.INTEREST, state.interest), (Part.PENALTY, state.penalty))
    running = [
        Span(accrued_part(state, part), line, day)
        for part, line in lines
        if line and line.start < day
    ]
    return replace(trail, spans=trail.spans + running)


def _ticked(state: State, day: date, trail: Trail) -> State:
    """One day on which time changes the loan: dues fall, late fees and penalties begin."""
    falling = due_on(state.rows, day)
    if any(row.kind is RowKind.REGULAR for row in falling):
        state = _fallen_due(state, day, trail)
    state = charging.fallen_due(state, day, trail)
    if falling and (state.terms.capitalised_rows or state.terms.capitalised_every):
        state = changing.capitalized_on(state, day, trail)
    if falling:
        state = charging.instalment_fees(state, day, trail)
        state = charging.commitment_fee(state, day, trail)
        state = earning.earned_on(state, day, trail)
    state = charging.late_fees(state, day, trail)
    if falling:
        state = credit_applied(state, day, trail)
    drawn = relined(state, day, trail)
    status = _status_of(drawn, day, trail)
    return drawn if status is drawn else relined(status, day, trail)


def _fallen_due(state: State, day: date, trail: Trail) -> State:
    """The period ends: its interest becomes actual, rounded once, and owed; the line restarts."""
    ended = state.interest
    accrued = ended.at(day, state.terms.rounding) if ended else 0
    if ended:
        trail.spans.append(Span(accrued_part(state, Part.INTEREST), ended, day))
    surplus, rows = 0, list(state.rows)
    for row in due_on(state.rows, day):
        if row.kind is not RowKind.REGULAR:
            continue
        actual = row.interest if state.terms.interest is Interest.SCHEDULED else accrued
        over = max(row.interest_paid - actual, 0)
        surplus += over
        fallen = row._replace(interest=actual, interest_paid=row.interest_paid - over)
        rows[row.no - state.first_no] = within_instalment(state, fallen, day)
    freed = interest_to_credit(state, day, trail, surplus, day)
    return replace(
        freed,
        rows=tuple(rows),
        interest=Line(day, 0, 0, 1),
        interest_settled=freed.interest_settled + accrued,
    )


def _status_of(state: State, day: date, trail: Trail) -> State:
    """ACTIVE becomes REPAID when nothing is owed any more, and active again when something is."""
    if state.status not in (Status.ACTIVE, Status.REPAID):
        return state
    owing = state.principal > 0 or any(amount > 0 for amount in payoff_parts(state, day).values())
    owing = owing or (state.terms.revolving and state.undrawn(day) > 0)
    if owing and state.status is Status.REPAID:
        return replace(state, status=Status.ACTIVE)
    if owing or state.status is Status.REPAID:
        return state
    charged = charging.commitment_fee(state, day, trail)
    if charged is not state:
        return charged
    if state.terms.settlement is Settlement.ACCRUED:
        state = unearned_returned(state, day, trail)
    state = earning.all_earned(charging.all_earned(state, day, trail), day, trail)
    return replace(state, status=Status.REPAID)


def _pay(state: State, event: LoanEvent, trail: Trail) -> State:
    rule = instructed(state.terms.waterfall(event.kind.value), event.details.get("instruction", {}))
    kind = PAYMENTS[event.kind]
    return paid(state, event.value_date, event.amount, trail, kind, rule, event.key)


def _adjust(state: State, event: LoanEvent, trail: Trail) -> State:
    return _pay(charging.returned(state, event), event, trail)


def _pay_off(state: State, event: LoanEvent, trail: Trail) -> State:
    return settled(state, event.value_date, event.amount, trail, "repayment", event.key)


def _waive(state: State, event: LoanEvent, trail: Trail) -> State:
    return waived(state, event.value_date, event.amounts, trail, event.key)


def require_possible(state: State, kind: Kind) -> None:
    """Refuses what the status allows only while there is something left for it to move."""
    spent = {
        Kind.DISBURSED: state.status is Status.REPAID and not state.undisbursed,
        Kind.RECOVERED: state.status is not Status.WRITTEN_OFF and not state.written_off,
        Kind.BOUGHT_BACK: not state.borrowing,
    }
    if spent.get(kind):
        raise wrong_status(state.status, kind)


def _nothing(state: State, event: LoanEvent) -> None:
    return


def _within_credit(state: State, event: LoanEvent) -> None:
    if event.amount > state.credit:
        have = decimal_text(state.credit, state.terms.currency)
        raise InsufficientCredit(f"the held credit is {have}", credit=have)


#: What a new event must keep; one that is folded again is taken as it was recorded.
_REQUIRED: Mapping[Kind, Callable[[State, LoanEvent], None]] = {
    Kind.DISBURSED: opening.require_drawable,
    Kind.LIMIT_CHANGED: opening.require_limit,
    Kind.REFUNDED: _within_credit,
    Kind.CHARGE_ADJUSTED: charging.require_adjustable,
}

_HANDLERS: Mapping[Kind, Callable[[State, LoanEvent, Trail], State]] = {
    Kind.APPROVED: opening.approve,
    **dict.fromkeys(CARRIED_OVER, importing.imported),
    Kind.DISBURSED: opening.disburse,
    Kind.LIMIT_CHANGED: opening.limit_changed,
    **dict.fromkeys(PAYMENTS, _pay),
    Kind.CHARGE_ADJUSTED: _adjust,
    Kind.PAID_OFF: _pay_off,
    Kind.CHARGED: charging.charge,
    Kind.CHARGE_WAIVED: charging.charge_waived,
    Kind.WAIVED: _waive,
    Kind.REFUNDED: refunded,
    Kind.CHARGED_BACK: charged_back,
    Kind.RATE_CHANGED: changing.rate_changed,
    Kind.INDEX_RESET: changing.rate_changed,
    Kind.INTEREST_PAUSED: changing.interest_paused,
    Kind.DUE_DATE_CHANGED: changing.due_date_changed,
    Kind.HOLIDAY_GRANTED: changing.holiday_granted,
    Kind.RESCHEDULED: changing.rescheduled,
    Kind.REAGED: changing.reaged,
    Kind.REAMORTIZED: changing.reamortized,
    Kind.CAPITALIZED: changing.capitalized,
    Kind.ASSUMED: changing.unchanged,
    Kind.REFINANCED: ending.refinanced,
    Kind.REDENOMINATED: ending.redenominated,
    Kind.SUSPENDED: ending.suspended,
    Kind.RESUMED: ending.resumed,
    Kind.CHARGED_OFF: ending.charged_off,
    Kind.FRAUD_FLAGGED: ending.fraud_flagged,
    Kind.WRITTEN_OFF: ending.written_off,
    Kind.WRITTEN_DOWN: ending.written_down,
    Kind.RECOVERED: ending.recovered,
    Kind.REPOSSESSED: ending.repossessed,
    Kind.SOLD: ending.sold,
    Kind.BOUGHT_BACK: ending.bought_back,
    Kind.CLOSED: ending.closed,
}
