"""Money that settles a loan: repayments, applied credit, payoffs, waivers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from ledger.book.chart import Part
from ledger.calc.allocation import REDUCING, Excess, Waterfall, allocate
from ledger.errors import AmountExceeded
from ledger.frozen import replace
from ledger.loan.charging import all_earned, commitment_fee, prepayment_fees
from ledger.loan.dues import booked, dues, payoff_parts, settled_charges, split_amounts
from ledger.loan.instalments import Instalment
from ledger.loan.planning import after_prepayment
from ledger.loan.posting import interest_to_credit, move
from ledger.loan.projecting import moves_principal, paid_on_row, reprojected
from ledger.loan.state import State
from ledger.loan.terms import Settlement
from ledger.loan.trail import Trail
from ledger.money import decimal_text

#: Excess rules by which money that covers all that is owed settles the loan.
_SETTLING = REDUCING | {Excess.LAST_INSTALMENT_PRINCIPAL}


def paid(
    state: State, day: date, amount: int, trail: Trail, kind: str, rule: Waterfall, key: object
) -> State:
    """Money from outside: what is due first, then by the product's rule for the excess."""
    settles = state.principal and rule.excess in _SETTLING
    if settles and amount >= sum(quoted(state, day).values()):
        return settled(state, day, amount, trail, kind, key)
    split = allocate(dues(state, day, rule.excess), amount, day, rule)
    if split.prepaid:
        state = prepayment_fees(state, day, split.prepaid, trail, key)
        split = allocate(dues(state, day, rule.excess), amount, day, rule)
    move(state, trail, kind, day, split_amounts(split), key)
    after = booked(state, split, day, trail, key)
    return _after(state, after, day, trail, (rule.excess, key))


def quoted(state: State, day: date) -> dict[Part, int]:
    """What a payoff on a day costs by component, with the fee for paying ahead."""
    return payoff_parts(with_payoff_fee(state, day, Trail(), ""), day)


def with_payoff_fee(state: State, day: date, trail: Trail, key: object) -> State:
    """The state with the fees that a payoff brings: on what was not drawn, and for paying ahead."""
    state = commitment_fee(state, day, trail)
    due = sum(row.principal_open for row in state.open_rows(day))
    return prepayment_fees(state, day, state.principal - due, trail, key)


def credit_applied(
    state: State, day: date, trail: Trail, excess: Excess = Excess.CREDIT_BALANCE
) -> State:
    """The held credit pays what is due; what is left stays held."""
    if not state.credit:
        return state
    after, amounts = credit_used(state, day, trail, excess)
    move(state, trail, "credit_application", day, amounts, day)
    return after


def credit_used(
    state: State, day: date, trail: Trail, excess: Excess
) -> tuple[State, dict[Part, int]]:
    """The state after the held credit paid what is due, and what it paid by component."""
    rule = state.terms.waterfall(excess=excess)
    split = allocate(dues(state, day, excess), state.credit, day, rule)
    amounts = split_amounts(split)
    left = amounts.pop(Part.CREDIT, 0)
    after = booked(replace(state, credit=0), split, day, trail, f"credit {day}")
    return replace(after, credit=left), amounts


def settled(state: State, day: date, amount: int, trail: Trail, kind: str, key: object) -> State:
    """A payoff: the held credit goes first, money settles the rest, a surplus is held.

    Interest paid for days that will not come is credit as well, so that no component is negative.
    """
    state = with_payoff_fee(interest_handed_back(state, day, trail, key), day, trail, key)
    if state.terms.revolving:  # the line stays open: what is paid before its day is earned now
        state = all_earned(state, day, trail)
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
    move(state, trail, "credit_application", day, from_credit, day, key)
    used = sum(from_credit.values())
    cash = {part: parts[part] - from_credit.get(part, 0) for part in parts}
    surplus = amount - sum(cash.values())
    move(state, trail, kind, day, {**cash, Part.CREDIT: surplus}, key)
    return replace(
        emptied(state, day, parts),
        credit=state.credit - used + surplus,
        rows=finished_rows(state, day, parts[Part.INTEREST], keeps_open=state.terms.revolving),
    )


def interest_handed_back(state: State, day: date, trail: Trail, key: object) -> State:
    """Interest that was paid ahead becomes credit, where a payoff costs only what has accrued."""
    ahead = -min(state.interest_owed(day), 0)
    if state.terms.settlement is not Settlement.ACCRUED:
        return state
    return interest_to_credit(state, day, trail, ahead, day, key)


def unearned_returned(state: State, day: date, trail: Trail) -> State:
    """Scheduled interest that was paid for days that will not come is the borrower's credit."""
    ahead = -min(state.interest_owed(day), 0)
    if not ahead:
        return state
    left, rows = ahead, []
    for row in reversed(state.rows):
        back = min(left, row.interest_paid) if row.due > day else 0
        left -= back
        paid = row.interest_paid - back
        rows.append(row._replace(interest_paid=paid, interest=paid if back else row.interest))
    kept = replace(state, rows=tuple(reversed(rows)))
    return interest_handed_back(kept, day, trail, "repaid")


def emptied(state: State, day: date, parts: Mapping[Part, int]) -> State:
    """The state with all that is owed taken out, by payoff, write-off or sale."""
    charged = sum(c.open for c in state.charges if c.part is Part.PENALTY)
    return replace(
        state,
        principal=0,
        charges=tuple(replace(c, paid=c.amount - c.waived) for c in state.charges),
        interest_settled=state.interest_settled - parts[Part.INTEREST],
        penalty_settled=state.penalty_settled - (parts[Part.PENALTY] - charged),
    )


def waived(state: State, day: date, amounts: Mapping[str, int], trail: Trail, key: object) -> State:
    """Interest, fee or penalty forgiven; never more than is owed."""
    owed = state.owed(day)
    asked = {part: amounts.get(part.value, 0) for part in (Part.INTEREST, Part.FEE, Part.PENALTY)}
    for part, amount in asked.items():
        if amount > owed[part]:
            have = decimal_text(owed[part], state.terms.currency)
            raise AmountExceeded(
                f"only {state.terms.currency} {have} of {part.value} is owed", component=part.value
            )
    move(state, trail, "waiver", day, asked, key)
    return given_up(state, day, asked)


def given_up(state: State, day: date, amounts: Mapping[Part, int]) -> State:
    """The state without interest, fees and penalties that the borrower need not pay any more."""
    interest = amounts.get(Part.INTEREST, 0)
    left, rows = interest, []
    for row in state.rows:
        used = min(left, row.interest_open) if row.start <= day else 0
        left -= used
        rows.append(row._replace(interest_paid=row.interest_paid + used))
    forgiven = state
    for part in (Part.FEE, Part.PENALTY):
        forgiven = _charges_waived(forgiven, part, amounts.get(part, 0))
    return replace(forgiven, rows=tuple(rows), interest_settled=state.interest_settled - interest)


def _charges_waived(state: State, part: Part, amount: int) -> State:
    """Charges forgiven, oldest first; for penalties the rest is taken from the accrued interest."""
    among = frozenset(c.no for c in state.charges if c.part is part and c.booked)
    charges = settled_charges(state.charges, among, amount, waived=True)
    done = sum(c.waived for c in charges) - sum(c.waived for c in state.charges)
    left = amount - done
    return replace(state, charges=charges, penalty_settled=state.penalty_settled - left)


def taken(parts: Mapping[Part, int], limit: int) -> dict[Part, int]:
    """What a limited sum settles of each component, penalties first."""
    found: dict[Part, int] = {}
    for part in (Part.PENALTY, Part.FEE, Part.INTEREST, Part.PRINCIPAL):
        found[part] = min(max(parts[part], 0), limit)
        limit -= found[part]
    return found


def _after(
    before: State, state: State, day: date, trail: Trail, cause: tuple[Excess, object]
) -> State:
    """Plans again if principal was paid ahead, and hands back interest paid for nothing."""
    excess, key = cause
    due = sum(row.principal - row.principal_paid for row in state.open_rows(day))
    was = sum(row.principal - row.principal_paid for row in before.open_rows(day))
    if before.principal - was != state.principal - due:
        prepaid = before.principal - state.principal - _on_rows(before, state)
        if prepaid and moves_principal(state):
            return paid_on_row(state, day, prepaid, trail, key)
        state = after_prepayment(state, day, trail, excess)
    if state.principal or not before.principal or state.terms.settlement is not Settlement.ACCRUED:
        return state
    return _unearned_handed_back(state, day, trail, "repaid")


def _on_rows(before: State, state: State) -> int:
    return sum(row.principal_paid for row in state.rows) - sum(
        row.principal_paid for row in before.rows
    )


def _unearned_handed_back(state: State, day: date, trail: Trail, key: object) -> State:
    """Interest paid for days that will not come becomes credit: without principal none accrues."""
    surplus, rows = 0, []
    for row in reprojected(state, day).rows:
        over = max(row.interest_paid - row.interest, 0) if row.due > day else 0
        surplus += over
        rows.append(row._replace(interest_paid=row.interest_paid - over))
    return interest_to_credit(replace(state, rows=tuple(rows)), day, trail, surplus, day, key)


def finished_rows(
    state: State, day: date, interest: int, *, keeps_open: bool = False
) -> tuple[Instalment, ...]:
    """Due rows as fully paid, and one row of the payoff day for all that was not yet due.

    A line that stays open keeps its rows, the running one with all that was paid.
    """
    if state.terms.settlement is Settlement.FULL:
        return tuple(_paid_up(row) for row in state.rows)
    past = tuple(_paid_up(row) for row in state.rows if row.due <= day)
    due_principal = sum(r.principal - r.principal_paid for r in state.rows if r.due <= day)
    due_interest = sum(r.interest_open for r in state.rows if r.due <= day)
    future = [row for row in state.rows if row.due > day]
    principal = state.principal - due_principal + sum(row.principal_paid for row in future)
    accrued = interest - due_interest + sum(row.interest_paid for row in future)
    if not future or not (principal or accrued or keeps_open):
        return past
    first, *later = future
    paid = Instalment(first.no, first.start, day, principal, accrued, principal, accrued)
    if not keeps_open:
        return (*past, paid)
    empty = (r._replace(principal=0, interest=0, principal_paid=0, interest_paid=0) for r in later)
    return (*past, paid._replace(due=first.due), *empty)


def _paid_up(row: Instalment) -> Instalment:
    return row._replace(principal_paid=row.principal, interest_paid=row.interest)
