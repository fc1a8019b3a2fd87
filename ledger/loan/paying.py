"""Money that settles a loan: repayments, applied credit, payoffs, waivers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from ledger.book.chart import Part
from ledger.calc.allocation import Allocation, Component, Due, Excess, allocate
from ledger.errors import AmountExceeded
from ledger.loan.planning import after_prepayment, reprojected
from ledger.loan.state import Instalment, State
from ledger.loan.trail import Trail
from ledger.money import decimal_text

_PARTS = {
    Component.PRINCIPAL: Part.PRINCIPAL,
    Component.INTEREST: Part.INTEREST,
    Component.FEE: Part.FEE,
    Component.PENALTY: Part.PENALTY,
}


def payoff_parts(state: State, day: date) -> dict[Part, int]:
    """What settles the loan on a day, by component, before the held credit is taken off."""
    owed = state.balances(day)
    return {part: owed[part] for part in _PARTS.values()}


def dues(state: State, day: date) -> list[Due]:
    """What allocation sees: rows in order, fees and penalties at the oldest unpaid due row."""
    ahead = state.terms.excess is not Excess.CREDIT_BALANCE
    found = [
        Due(
            no=row.no,
            due=row.due,
            penalty=0,
            fee=0,
            interest=max(row.interest - row.interest_paid, 0),
            principal=row.principal - row.principal_paid,
        )
        for row in state.rows
        if (row.due <= day or ahead) and row.unpaid
    ]
    fee, penalty = state.fee, max(state.penalty_owed(day), 0)
    late = _interest_after_maturity(state, day)
    if late or not found or found[0].due > day:
        if fee or penalty or late:
            return [Due(0, day, penalty, fee, late, 0), *found]
        return found
    return [replace(found[0], fee=fee, penalty=penalty), *found[1:]]


def _interest_after_maturity(state: State, day: date) -> int:
    """Interest on overdue principal that no instalment holds, since the last has fallen due."""
    if not state.rows or state.rows[-1].due > day:
        return 0
    held = sum(max(row.interest - row.interest_paid, 0) for row in state.rows)
    return max(state.interest_owed(day) - held, 0)


def repaid(state: State, day: date, amount: int, trail: Trail, key: object) -> State:
    """Money from outside: what is due first, then by the product's rule for the excess."""
    total = sum(payoff_parts(state, day).values())
    prepays = state.terms.excess not in (Excess.CREDIT_BALANCE, Excess.NEXT_INSTALMENT)
    if state.principal and prepays and amount >= total:
        return settled(state, day, amount, trail, key)
    terms = state.terms
    split = allocate(dues(state, day), amount, day, terms.order, terms.mode, terms.excess)
    trail.move("repayment", day, split_amounts(split), key)
    paid = _applied(state, split)
    return _after(state, paid, day, trail)


def credit_applied(state: State, day: date, trail: Trail) -> State:
    """The held credit pays what is due; what is left stays held."""
    if not state.credit:
        return state
    terms = state.terms
    split = allocate(
        dues(state, day), state.credit, day, terms.order, terms.mode, Excess.CREDIT_BALANCE
    )
    amounts = split_amounts(split)
    left = amounts.pop(Part.CREDIT, 0)
    trail.move("credit_application", day, amounts, day)
    paid = _applied(replace(state, credit=0), split)
    return replace(paid, credit=left)


def settled(state: State, day: date, amount: int, trail: Trail, key: object) -> State:
    """A payoff: the held credit goes first, money settles the rest, a surplus is held.

    Interest paid for days that will not come is credit as well, so that no component is negative.
    """
    ahead = -min(state.interest_owed(day), 0)
    trail.move("interest_surplus", day, {Part.CREDIT: ahead}, day, key)
    state = replace(
        state, credit=state.credit + ahead, interest_settled=state.interest_settled + ahead
    )
    parts = payoff_parts(state, day)
    total = sum(parts.values())
    if amount + state.credit < total:
        currency = state.terms.currency
        short = decimal_text(total - state.credit, currency)
        raise AmountExceeded(
            f"the payoff amount on {day} is {currency} {short}; a smaller amount is a repayment",
            payoff=short,
        )
    from_credit = taken(parts, state.credit)
    trail.move("credit_application", day, from_credit, day, key)
    used = sum(from_credit.values())
    cash = {part: parts[part] - from_credit.get(part, 0) for part in parts}
    surplus = amount - sum(cash.values())
    trail.move("repayment", day, {**cash, Part.CREDIT: surplus}, key)
    return replace(
        emptied(state, day, parts),
        credit=state.credit - used + surplus,
        rows=_finished_rows(state, day, parts[Part.INTEREST]),
    )


def emptied(state: State, day: date, parts: Mapping[Part, int]) -> State:
    """The state with all that is owed taken out, by payoff or write-off."""
    return replace(
        state,
        principal=0,
        fee=0,
        interest_settled=state.interest_settled - parts[Part.INTEREST],
        penalty_settled=state.penalty_settled - parts[Part.PENALTY],
    )


def waived(state: State, day: date, amounts: Mapping[str, int], trail: Trail, key: object) -> State:
    """Interest, fee or penalty forgiven; never more than is owed."""
    owed = state.balances(day)
    asked = {part: amounts.get(part.value, 0) for part in (Part.INTEREST, Part.FEE, Part.PENALTY)}
    for part, amount in asked.items():
        if amount > owed[part]:
            have = decimal_text(owed[part], state.terms.currency)
            raise AmountExceeded(
                f"only {state.terms.currency} {have} of {part.value} is owed", component=part.value
            )
    trail.move("waiver", day, asked, key)
    left, rows = asked[Part.INTEREST], []
    for row in state.rows:
        room = row.interest - row.interest_paid if row.start <= day else 0
        used = min(left, max(room, 0))
        left -= used
        rows.append(replace(row, interest_paid=row.interest_paid + used))
    return replace(
        state,
        rows=tuple(rows),
        fee=state.fee - asked[Part.FEE],
        interest_settled=state.interest_settled - asked[Part.INTEREST],
        penalty_settled=state.penalty_settled - asked[Part.PENALTY],
    )


def split_amounts(split: Allocation) -> dict[Part, int]:
    """An allocation as amounts by component, prepaid principal included."""
    amounts: dict[Part, int] = {Part.PRINCIPAL: split.prepaid, Part.CREDIT: split.credit}
    for part in split.parts:
        key = _PARTS[part.component]
        amounts[key] = amounts.get(key, 0) + part.amount
    return amounts


def taken(parts: Mapping[Part, int], limit: int) -> dict[Part, int]:
    """What a limited sum settles of each component, penalties first."""
    found: dict[Part, int] = {}
    for part in (Part.PENALTY, Part.FEE, Part.INTEREST, Part.PRINCIPAL):
        found[part] = min(max(parts[part], 0), limit)
        limit -= found[part]
    return found


def _applied(state: State, split: Allocation) -> State:
    """Books an allocation on rows and totals."""
    amounts = split_amounts(split)
    by_row: dict[int, dict[Component, int]] = {}
    for part in split.parts:
        row = by_row.setdefault(part.no, {})
        row[part.component] = row.get(part.component, 0) + part.amount
    rows = tuple(_paid_row(row, by_row.get(row.no)) for row in state.rows)
    return replace(
        state,
        rows=rows,
        principal=state.principal - amounts.get(Part.PRINCIPAL, 0),
        fee=state.fee - amounts.get(Part.FEE, 0),
        credit=state.credit + amounts.get(Part.CREDIT, 0),
        interest_settled=state.interest_settled - amounts.get(Part.INTEREST, 0),
        penalty_settled=state.penalty_settled - amounts.get(Part.PENALTY, 0),
    )


def _paid_row(row: Instalment, paid: Mapping[Component, int] | None) -> Instalment:
    if not paid:
        return row
    return replace(
        row,
        principal_paid=row.principal_paid + paid.get(Component.PRINCIPAL, 0),
        interest_paid=row.interest_paid + paid.get(Component.INTEREST, 0),
    )


def _after(before: State, state: State, day: date, trail: Trail) -> State:
    """Plans again if principal was paid ahead, and hands back interest paid for nothing."""
    due = sum(row.principal - row.principal_paid for row in state.rows if row.due <= day)
    was = sum(row.principal - row.principal_paid for row in before.rows if row.due <= day)
    if before.principal - was != state.principal - due:
        state = after_prepayment(state, day, trail)
    if state.principal or not before.principal:
        return state
    return _interest_handed_back(state, day, trail, "repaid")


def _interest_handed_back(state: State, day: date, trail: Trail, key: object) -> State:
    """Interest paid for days that will not come becomes credit: without principal none accrues."""
    surplus, rows = 0, []
    for row in reprojected(state, day).rows:
        over = max(row.interest_paid - row.interest, 0) if row.due > day else 0
        surplus += over
        rows.append(replace(row, interest_paid=row.interest_paid - over))
    trail.move("interest_surplus", day, {Part.CREDIT: surplus}, day, key)
    return replace(
        state,
        rows=tuple(rows),
        credit=state.credit + surplus,
        interest_settled=state.interest_settled + surplus,
    )


def _finished_rows(state: State, day: date, interest: int) -> tuple[Instalment, ...]:
    """Due rows as fully paid, and one row of the payoff day for all that was not yet due."""
    past = tuple(
        replace(row, principal_paid=row.principal, interest_paid=row.interest)
        for row in state.rows
        if row.due <= day
    )
    due_principal = sum(r.principal - r.principal_paid for r in state.rows if r.due <= day)
    due_interest = sum(max(r.interest - r.interest_paid, 0) for r in state.rows if r.due <= day)
    future = [row for row in state.rows if row.due > day]
    principal = state.principal - due_principal + sum(row.principal_paid for row in future)
    accrued = interest - due_interest + sum(row.interest_paid for row in future)
    if not future or not (principal or accrued):
        return past
    first = future[0]
    return (*past, Instalment(first.no, first.start, day, principal, accrued, principal, accrued))
