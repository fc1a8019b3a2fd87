"""Money that goes back: a held credit paid out, and a repayment that the bank took back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from ledger.book.chart import Part
from ledger.calc.allocation import Component, Excess, Order
from ledger.frozen import replace
from ledger.loan.charging import with_charge
from ledger.loan.dues import PART_OF
from ledger.loan.events import LoanEvent
from ledger.loan.instalments import RowKind
from ledger.loan.paying import credit_used
from ledger.loan.planning import with_row
from ledger.loan.posting import move
from ledger.loan.projecting import reprojected
from ledger.loan.state import State
from ledger.loan.trail import OwedAgain, Trail


def refunded(state: State, event: LoanEvent, trail: Trail) -> State:
    """The held credit is paid out; what is more, after a correction, is owed as principal."""
    day = event.value_date
    credit = min(event.amount, state.credit)
    lent = event.amount - credit
    amounts = {Part.CREDIT: credit, Part.PRINCIPAL: lent}
    move(state, trail, "credit_refund", day, amounts, event.key)
    if lent:
        trail.owed_again.append(OwedAgain(event.key, day, {Part.PRINCIPAL: lent}))
    return owed_again(replace(state, credit=state.credit - credit), day, {Part.PRINCIPAL: lent})


def charged_back(state: State, event: LoanEvent, trail: Trail) -> State:
    """A repayment that the payer's bank took back is owed again, in the instalment of that day.

    A held credit pays it first; with a credit allocation, the components follow the repayment's.
    """
    day = event.value_date
    order = state.terms.credit_allocation
    covered = 0 if order else min(event.amount, state.credit)
    owed = _components(event, event.amount - covered, order)
    back = owed_again(replace(state, credit=state.credit - covered), day, owed)
    paid: dict[Part, int] = {}
    if back.credit:
        back, paid = credit_used(back, day, trail, Excess.CREDIT_BALANCE)
    trail.owed_again.append(OwedAgain(event.key, day, owed))
    lent = {part: amount - paid.get(part, 0) for part, amount in owed.items()}
    covered += sum(paid.values())
    move(state, trail, "chargeback", day, {**lent, Part.CREDIT: covered}, event.key)
    return back


def _components(event: LoanEvent, amount: int, order: Order) -> dict[Part, int]:
    """Principal, or what the repayment had paid in the order of the credit allocation."""
    found: dict[Part, int] = {}
    paid: Mapping[str, int] = event.details.get("allocation", {})
    for component in order:
        if component is not Component.PRINCIPAL:
            found[PART_OF[component]] = min(paid.get(component.value, 0), amount)
            amount -= found[PART_OF[component]]
    return {**found, Part.PRINCIPAL: amount}


def owed_again(state: State, day: date, owed: Mapping[Part, int]) -> State:
    """Rows and charges with more to pay on a day; after maturity in a row of its own."""
    if not any(owed.values()):
        return state
    state = with_row(state, day)
    place = next(
        n for n, r in enumerate(state.rows) if r.kind is not RowKind.DOWN_PAYMENT and r.due >= day
    )
    row = state.rows[place]
    more = row._replace(
        principal=row.principal + owed.get(Part.PRINCIPAL, 0),
        interest=row.interest + owed.get(Part.INTEREST, 0),
    )
    grown = replace(
        state,
        rows=(*state.rows[:place], more, *state.rows[place + 1 :]),
        principal=state.principal + owed.get(Part.PRINCIPAL, 0),
        interest_settled=state.interest_settled + owed.get(Part.INTEREST, 0),
    )
    for part in (Part.FEE, Part.PENALTY):
        if owed.get(part):
            grown = with_charge(grown, part, day, owed[part])
    return reprojected(grown, day)
