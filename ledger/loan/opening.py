"""Approval and disbursement: money goes out, in full or in tranches, and the schedule begins."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from ledger.book.chart import Part
from ledger.errors import AmountExceeded, DateNotOpen, FailedPrecondition
from ledger.frozen import replace
from ledger.loan.accruing import committed
from ledger.loan.charging import by_rule, commitment_fee
from ledger.loan.events import LoanEvent
from ledger.loan.fees import Collection, Income, When
from ledger.loan.instalments import Instalment, RowKind
from ledger.loan.interest import grid
from ledger.loan.paying import credit_applied
from ledger.loan.planning import ordered, replanned
from ledger.loan.posting import move
from ledger.loan.state import OFF_BOOKS, State, Status
from ledger.loan.trail import Settled, Trail
from ledger.money import decimal_text, round_ratio


def require_at_most(state: State, amount: int, limit: int, what: str) -> None:
    """Refuses an amount above a limit, and names the limit."""
    if amount > limit:
        most = decimal_text(limit, state.terms.currency)
        raise AmountExceeded(f"at most {state.terms.currency} {most} ({what})", limit=most)


def approve(state: State, event: LoanEvent, trail: Trail) -> State:
    """The amount asked for, or less; a floating loan at the rate that its index has by now."""
    require_at_most(state, event.amount, state.agreement.amount, "the amount asked for")
    agreed = state.agreement
    if "rate" in event.details:
        agreed = replace(agreed, rate=Fraction(event.details["rate"]))
    approved = replace(state, status=Status.APPROVED, approved=event.amount, agreement=agreed)
    return committed(approved, event.value_date)


def limit_changed(state: State, event: LoanEvent, trail: Trail) -> State:
    """Another approved amount; what may still be drawn follows.

    Where nothing is drawn and nothing may be any more, no due date will charge the commitment fee.
    """
    day, changed = event.value_date, replace(state, approved=event.amount)
    if changed.start and not changed.principal and not changed.undisbursed:
        changed = commitment_fee(changed, day, trail)
    return committed(changed, day)


def require_limit(state: State, event: LoanEvent) -> None:
    """A limit holds what is drawn, and stays within the product's."""
    require_at_most(state, event.amount, state.terms.max_amount, "the product's limit")
    drawn = state.approved - state.undisbursed
    if event.amount < drawn:
        least = decimal_text(drawn, state.terms.currency)
        text = f"at least {state.terms.currency} {least}, which is drawn on {event.value_date}"
        raise FailedPrecondition(text, drawn=least)


def require_drawable(state: State, event: LoanEvent) -> None:
    """No more is paid out than is approved and not yet paid out, or drawn and not yet repaid."""
    line = state.terms.revolving
    what = "the limit less what is drawn" if line else "the approved amount not yet disbursed"
    require_at_most(state, event.amount, state.undisbursed, f"{what} on {event.value_date}")


def disburse(state: State, event: LoanEvent, trail: Trail) -> State:
    """All of the approved amount or a tranche; rows that are not yet due are planned anew."""
    if state.stage in OFF_BOOKS:
        raise FailedPrecondition("nothing more is paid out on a loan that is charged off")
    day, agreed = event.value_date, state.agreement
    first_due = agreed.dues[0] if agreed.dues else agreed.first_due
    if state.start is None and first_due is not None and first_due <= day:
        raise DateNotOpen(f"the first due date {first_due} must lie after the disbursement")
    if state.start is not None and not any(row.due > day for row in state.rows):
        raise DateNotOpen("a tranche must be disbursed before the last due date", value_date=day)
    fees = _deducted(state, event.amount)
    move(state, trail, *_paid_out(event, fees), event.key)
    down = _down_payment(state, event.amount)
    funded = replace(
        state if state.start else _begun(state, event),
        status=Status.ACTIVE,
        disbursed=state.disbursed + event.amount,
        principal=state.principal + event.amount,
        rows=_with_down_payment(state, day, down),
        booked_through=None,
        adjustment=state.adjustment + fees.get(Part.ADJUSTMENT, 0),
    )
    planned = replanned(funded, day, trail, lent=event.amount - down)
    for rule in state.terms.fees:
        if rule.when is When.DISBURSEMENT and rule.collection is Collection.CHARGED:
            base = (event.amount, day, trail, "charge", event.key, rule.name)
            planned = by_rule(planned, rule, *base)
    if state.terms.habits.applies_surplus:
        planned = credit_applied(planned, day, trail, state.terms.excess)
    if state.terms.down_payment_taken and down:
        return _taken(planned, day, trail, event)
    return planned


def _begun(state: State, event: LoanEvent) -> State:
    """The loan from its first disbursement on, with the rates that it foresees for later."""
    begun = replace(_with_dues(state, event), start=event.value_date)
    foreseen = state.foreseen
    starts = {period.no: period.start for period in grid(begun)} if foreseen else {}
    rates = ((starts[no], rate) for no, rate in foreseen if no in starts)
    return replace(begun, rates=(*begun.rates, *rates))


def _with_dues(state: State, event: LoanEvent) -> State:
    """The due dates as business days had them when the loan began: later calendars move none."""
    dues, planned = (
        tuple(date.fromisoformat(day) for day in event.details.get(name, ()))
        for name in ("dues", "planned")
    )
    if not dues:
        return state
    return replace(state, agreement=replace(state.agreement, dues=dues, planned=planned))


def _paid_out(event: LoanEvent, fees: dict[Part, int]) -> tuple[str, date, dict[Part, int]]:
    """Cash less fees; or where the loan settles another one, what that one owed and the rest."""
    day, lent = event.value_date, {Part.PRINCIPAL: event.amount, **fees}
    if "refinances" not in event.details:
        return "disbursement", day, lent
    return "refinancing_in", day, {**lent, Part.CASH: event.amount - event.details["settled"]}


def _deducted(state: State, amount: int) -> dict[Part, int]:
    """The fees that are taken from a disbursement, as income, deferred, and the tax on them."""
    found, rounding = dict[Part, int](), state.terms.rounding
    for rule in state.terms.fees:
        if rule.when is not When.DISBURSEMENT or rule.collection is not Collection.DEDUCTED:
            continue
        fee = rule.amount(amount, rounding)
        part = Part.ADJUSTMENT if rule.income is Income.AMORTISED else Part.FEE
        for name, figure in ((part, fee), (Part.TAX_DUE, rule.taxed(fee, rounding))):
            found[name] = found.get(name, 0) + figure
    return found


def _down_payment(state: State, amount: int) -> int:
    exact = amount * state.terms.down_payment
    minor = round_ratio(exact.numerator, exact.denominator, state.terms.rounding)
    unit = state.shape.unit
    return round_ratio(minor, unit, state.terms.rounding) * unit


def _with_down_payment(state: State, day: date, amount: int) -> tuple[Instalment, ...]:
    if not amount:
        return state.rows
    row = Instalment(0, day, day, amount, 0, kind=RowKind.DOWN_PAYMENT)
    return ordered(state, [*state.rows, row])


def _taken(state: State, day: date, trail: Trail, event: LoanEvent) -> State:
    """The borrower pays the open part of the down payment at once."""
    row = next(r for r in reversed(state.rows) if r.kind is RowKind.DOWN_PAYMENT and r.due == day)
    amount = row.principal_open
    move(state, trail, "down_payment", day, {Part.PRINCIPAL: amount}, event.key)
    settled = Settled(event.key, day, row.no, day, row.kind.value, Part.PRINCIPAL, amount)
    if amount:
        trail.settled.append(settled)
    rows = tuple(
        r._replace(principal_paid=r.principal) if r.no == row.no else r for r in state.rows
    )
    return replace(state, rows=rows, principal=state.principal - amount)
