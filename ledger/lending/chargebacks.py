"""Chargebacks: a repayment that the payer's bank took back is owed again, as it had been paid."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ledger.errors import AmountExceeded, DateNotOpen, FailedPrecondition, NotFound
from ledger.lending.histories import inputs
from ledger.lending.loans import Asked, Key, happen, require_currency
from ledger.loan.events import Kind, LoanEvent
from ledger.loan.fold import fold
from ledger.loan.trail import Trail
from ledger.money import decimal_text
from ledger.names import event_text
from ledger.record import Decision
from ledger.view import View

#: Money that came through a bank and can go back through it.
TAKEN_BACK = frozenset(
    {Kind.REPAID, Kind.PAID_OFF, Kind.DOWN_PAID, Kind.MERCHANT_REFUNDED, Kind.PAYOUT_REFUNDED}
)


def charge_back(view: View, key: Key, asked: Asked, number: int) -> Decision:
    """A repayment of the loan taken back, at most what is left of it after earlier chargebacks."""
    record, business = view.loan(key), view.stripes[key[0]].business_date
    require_currency(asked, record.state)
    opened, events = inputs(view.history(key), record.state.terms)
    repayment = _repayment(events, key, number)
    earlier = [e for e in events if e.kind is Kind.CHARGED_BACK and e.details["event"] == number]
    left = repayment.amount - sum(event.amount for event in earlier)
    if asked.amounts["amount"] > left:
        most = decimal_text(left, record.state.terms.currency)
        raise AmountExceeded(f"{most} is left of the repayment to take back", limit=most)
    if (asked.value_date or business) < repayment.value_date:
        raise DateNotOpen(f"the repayment came on {repayment.value_date}")
    _, trail = fold(opened, events, business)
    details = {"event": number, "allocation": still_paid(trail, repayment, earlier)}
    return happen(view, key, replace(asked, details=details))


def still_paid(trail: Trail, repayment: LoanEvent, earlier: Iterable[LoanEvent]) -> dict[str, int]:
    """What a repayment paid by component, less what was charged back of it before."""
    found: dict[str, int] = {}
    for item in trail.settled:
        if item.key == repayment.key:
            found[item.part.value] = found.get(item.part.value, 0) + item.amount
    keys = {event.key for event in earlier}
    for back in trail.owed_again:
        for part, amount in back.amounts.items() if back.key in keys else ():
            found[part.value] = found.get(part.value, 0) - amount
    return {part: amount for part, amount in sorted(found.items()) if amount > 0}


def _repayment(events: Iterable[LoanEvent], key: Key, number: int) -> LoanEvent:
    name = f"events/{event_text(key[0], number)}"
    found = next((event for event in events if event.number == number), None)
    if found is None:
        raise NotFound(f"no standing event {name} of this loan", resource=name)
    if found.kind not in TAKEN_BACK:
        kinds = ", ".join(sorted(TAKEN_BACK))
        raise FailedPrecondition(f"{name} is {found.kind.value}, not one of {kinds}")
    return found
