"""Charges: fees and penalties of a certain amount, adjusted, waived, and earned when due."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

from ledger.book.chart import Part
from ledger.calc.accrual import line
from ledger.errors import AmountExceeded, FailedPrecondition, NotFound
from ledger.frozen import replace
from ledger.loan.dues import settled_charges
from ledger.loan.earning import deferred
from ledger.loan.events import LoanEvent
from ledger.loan.fees import FeeRule, Income, When
from ledger.loan.instalments import RowKind, due_on
from ledger.loan.planning import with_row
from ledger.loan.posting import move
from ledger.loan.state import Charge, State
from ledger.loan.terms import Settlement
from ledger.loan.trail import Trail
from ledger.money import decimal_text


def charge(state: State, event: LoanEvent, trail: Trail) -> State:
    """A fee or penalty; one that is due later becomes income on its due date."""
    part = Part(event.details.get("part", Part.FEE))
    due = date.fromisoformat(event.details.get("due", event.value_date.isoformat()))
    booked = due <= event.value_date
    if booked:
        move(state, trail, "charge", event.value_date, {part: event.amount}, event.key)
    return with_charge(state, part, due, event.amount, event=event.number, booked=booked)


def with_charge(
    state: State, part: Part, due: date, amount: int, *, event: int = 0, booked: bool = True
) -> State:
    """One charge more; where charges belong to instalments, with a row that holds it."""
    no = max((c.no for c in state.charges), default=0) + 1
    added = Charge(no, event, part, due, amount, booked=booked)
    grown = replace(state, charges=(*state.charges, added))
    return with_row(grown, due) if state.rows and state.terms.habits.with_instalment else grown


def fallen_due(state: State, day: date, trail: Trail) -> State:
    """Charges of later days become income when they fall due."""
    falling = [c for c in state.charges if not c.booked and c.due <= day]
    for item in falling:
        move(state, trail, "charge_due", day, {item.part: item.amount}, f"#{item.event}", day)
    if not falling:
        return state
    return replace(
        state,
        charges=tuple(replace(c, booked=True) if c in falling else c for c in state.charges),
    )


def all_earned(state: State, day: date, trail: Trail) -> State:
    """Charges and scheduled interest that are owed whenever they fall due are income at once.

    That is so when all is paid, and when all that is owed leaves the balance sheet.
    """
    for item in state.charges:
        if not item.booked:
            move(state, trail, "charge_due", day, {item.part: item.amount}, f"#{item.event}", day)
    state = replace(state, charges=tuple(replace(c, booked=True) for c in state.charges))
    rebated = state.terms.settlement is Settlement.RULE_OF_78
    if state.terms.settlement is Settlement.ACCRUED or not state.rows:
        return state
    if rebated and state.principal:
        return state
    open_ = 0 if rebated else sum(row.interest_open for row in state.rows)
    ahead = open_ - state.interest_owed(day)
    move(state, trail, "accrual", day, {Part.INTEREST: ahead}, "earned", day)
    return replace(
        state,
        interest_settled=state.interest_settled + ahead,
        booked_through=max(row.due for row in state.rows),
    )


def late_fees(state: State, day: date, trail: Trail) -> State:
    """One late fee of each rule for each instalment that its grace days left unpaid."""
    for rule in state.terms.late_rules:
        due = day - timedelta(days=rule.grace + 1)
        unpaid = (row for row in due_on(state.rows, due) if row.unpaid and rule.holds(row.no))
        late = [row for row in unpaid if state.brings_late_fee(row)]
        for row in late:
            state = by_rule(state, rule, row.unpaid, day, trail, "late_fee", row.no, day)
    return state


def instalment_fees(state: State, day: date, trail: Trail) -> State:
    """The fees that each instalment brings on its due date."""
    rules = [rule for rule in state.terms.fees if rule.when is When.INSTALMENT]
    falling = [r for r in due_on(state.rows, day) if r.kind is RowKind.REGULAR] if rules else []
    for rule in rules:
        for row in filter(lambda row: rule.holds(row.no), falling):
            base = row.principal + row.interest
            state = by_rule(state, rule, base, day, trail, "instalment_fee", row.no, day)
    return state


def commitment_fee(state: State, day: date, trail: Trail) -> State:
    """The fee on what could still be drawn since it was last charged, rounded once."""
    rule, accrued = state.terms.commitment, state.commitment
    amount = accrued.at(day, state.terms.rounding) if accrued else 0
    if not rule or not amount:
        return state
    begun = replace(state, commitment=line(day, Fraction(0), Fraction(0)))
    return _levied(begun, rule, amount, day, trail, "commitment_charge", day)


def prepayment_fees(state: State, day: date, prepaid: int, trail: Trail, key: object) -> State:
    """The fees on principal that is paid ahead of its time."""
    rules = [rule for rule in state.terms.fees if rule.when is When.PREPAYMENT]
    if not rules or prepaid <= 0:
        return state
    number = _instalment_of(state, day)
    for rule in rules:
        if rule.holds(number):
            state = by_rule(state, rule, prepaid, day, trail, "prepayment_charge", key)
    return state


def _instalment_of(state: State, day: date) -> int:
    """The number of the instalment in whose period a day lies, the last one after maturity."""
    regular = [row for row in state.rows if row.kind is RowKind.REGULAR]
    return next((row.no for row in regular if row.due > day), regular[-1].no if regular else 0)


def by_rule(
    state: State, rule: FeeRule, base: int, day: date, trail: Trail, kind: str, *key: object
) -> State:
    """A fee by its rule as a charge that is due at once."""
    return _levied(state, rule, rule.amount(base, state.terms.rounding), day, trail, kind, *key)


def _levied(
    state: State, rule: FeeRule, amount: int, day: date, trail: Trail, kind: str, *key: object
) -> State:
    """An amount as a charge that is due at once, tax on top, deferred where the rule says so."""
    tax = rule.taxed(amount, state.terms.rounding)
    part = Part.PENALTY if rule.penalty else Part.FEE
    amounts = {part: amount + tax, Part.TAX_DUE: tax}
    defers = rule.income is Income.AMORTISED and not rule.penalty
    if defers:
        amounts[Part.ADJUSTMENT] = amount
    if not amount:
        return state
    move(state, trail, kind, day, amounts, *key)
    charged = with_charge(state, part, day, amount + tax)
    return deferred(charged, day, amount) if defers else charged


def charge_waived(state: State, event: LoanEvent, trail: Trail) -> State:
    """One charge forgiven, as far as it is open."""
    found = of_event(state, int(event.details["charge"]))
    if not found.open:
        raise AmountExceeded("the charge is settled already", charge=f"#{found.event}")
    part, amount = found.part, found.open
    if found.booked:
        move(state, trail, "waiver", event.value_date, {part: amount}, event.key)
        charges = settled_charges(state.charges, frozenset({found.no}), amount, waived=True)
        return replace(state, charges=charges)
    lowered = replace(found, amount=found.paid)
    return replace(state, charges=tuple(lowered if c.no == found.no else c for c in state.charges))


def of_event(state: State, number: int) -> Charge:
    """The charge that an event brought; an import may bring several at once."""
    found = [item for item in state.charges if item.event == number]
    if not found:
        raise NotFound(f"no charge of event {number} on this loan", charge=number)
    if number and len(found) > 1:
        raise FailedPrecondition(f"event {number} brought {len(found)} charges", charge=number)
    return found[0]


def require_adjustable(state: State, event: LoanEvent) -> None:
    """Adjustments give back at most what their charge was, less what was waived of it."""
    found = of_event(state, int(event.details["charge"]))
    left = found.amount - found.waived - found.returned
    if event.amount > left:
        most = decimal_text(left, state.terms.currency)
        text = f"of the charge {state.terms.currency} {most} may still be given back"
        raise AmountExceeded(text, limit=most)


def returned(state: State, event: LoanEvent) -> State:
    """The charge of an adjustment, with what it gave back noted."""
    found = of_event(state, int(event.details["charge"]))
    noted = replace(found, returned=found.returned + event.amount)
    return replace(state, charges=tuple(noted if c is found else c for c in state.charges))
