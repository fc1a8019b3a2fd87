"""What is due of a loan, as allocation sees it, and how an allocation is booked on it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from ledger.book.chart import Part
from ledger.calc.allocation import Allocation, Component, Due, Excess
from ledger.calc.yields import rule_of_78
from ledger.frozen import replace
from ledger.loan.instalments import Instalment, RowKind, due_by
from ledger.loan.state import Charge, State
from ledger.loan.terms import Settlement
from ledger.loan.trail import Settled, Trail
from ledger.money import round_ratio

PART_OF: Mapping[Component, Part] = {
    Component.PRINCIPAL: Part.PRINCIPAL,
    Component.INTEREST: Part.INTEREST,
    Component.FEE: Part.FEE,
    Component.PENALTY: Part.PENALTY,
}
_CHARGED = {Part.FEE: Component.FEE, Part.PENALTY: Component.PENALTY}


def payoff_parts(state: State, day: date) -> dict[Part, int]:
    """What settles the loan on a day, by component, before the held credit is taken off.

    Where a payoff costs all scheduled interest, what is not yet accrued is in it as well.
    """
    parts = state.owed(day)
    if state.terms.settlement is not Settlement.ACCRUED:
        rebate = _rebate(state, day) if state.terms.settlement is Settlement.RULE_OF_78 else 0
        parts[Part.INTEREST] = sum(row.interest_open for row in state.rows) - rebate
    for part in _CHARGED:
        parts[part] += sum(c.amount for c in state.charges if c.part is part and not c.booked)
    return parts


def _rebate(state: State, day: date) -> int:
    """The finance charge that the rule of 78 gives back for rows that are not yet due."""
    rows = [row for row in state.rows if row.kind is RowKind.REGULAR]
    left = [row for row in rows if row.due > day]
    exact = rule_of_78(sum(row.interest for row in rows), len(rows), len(left)) if rows else 0
    rounded = round_ratio(exact.numerator, exact.denominator, state.terms.rounding)
    return min(rounded, sum(row.interest_open for row in left))


def dues(state: State, day: date, excess: Excess) -> list[Due]:
    """What allocation sees: rows in order, with the charges that belong to them."""
    ahead = excess is not Excess.CREDIT_BALANCE
    if state.terms.habits.with_instalment:
        rows = state.rows if ahead else due_by(state.rows, day)
        found, fee = _with_instalments(state, rows, day), 0
        penalty = max(state.penalty_owed(day) - state.penalty_charges, 0)
    else:
        rows = state.rows[state.first_open :] if ahead else state.open_rows(day)
        found = [_due(row, 0, 0) for row in rows if row.unpaid]
        fee = sum(c.open for c in _at_once(state, Part.FEE, day))
        penalty = max(state.penalty_owed(day), 0)
    late = _interest_after_maturity(state, day)
    if late or not found or found[0].due > day:
        if fee or penalty or late:
            return [Due(0, day, penalty, fee, late, 0), *found]
        return found
    first = found[0]
    found[0] = first._replace(fee=first.fee + fee, penalty=first.penalty + penalty)
    return found


def _due(row: Instalment, penalty: int, fee: int) -> Due:
    return Due(row.no, row.due, penalty, fee, row.interest_open, row.principal - row.principal_paid)


def _with_instalments(state: State, rows: Sequence[Instalment], day: date) -> list[Due]:
    sums: dict[tuple[int, Part], int] = {}
    for charge in state.charges:
        key = (row_of(state.rows, charge.due), charge.part)
        sums[key] = sums.get(key, 0) + charge.open
    found = [
        _due(row, sums.get((row.no, Part.PENALTY), 0), sums.get((row.no, Part.FEE), 0))
        for row in rows
    ]
    alone = Due(0, day, sums.get((0, Part.PENALTY), 0), sums.get((0, Part.FEE), 0), 0, 0)
    found.insert(0, alone)
    return [due for due in found if any(due.open(component) > 0 for component in Component)]


def row_of(rows: Sequence[Instalment], day: date) -> int:
    """The number of the instalment in whose period a day lies; the last one for what comes after.

    Zero when no instalment is left, because all principal was paid ahead.
    """
    regular = [row for row in rows if row.kind is not RowKind.DOWN_PAYMENT]
    return next((row.no for row in regular if row.due >= day), regular[-1].no if regular else 0)


def charges_of(state: State, row: Instalment) -> list[Charge]:
    """The charges that belong to an instalment; a down payment has none."""
    return [c for c in state.charges if row_of(state.rows, c.due) == row.no]


def _at_once(state: State, part: Part, day: date) -> list[Charge]:
    return [c for c in state.charges if c.part is part and c.due <= day and c.open > 0]


def _interest_after_maturity(state: State, day: date) -> int:
    """Interest on overdue principal that no instalment holds, since the last has fallen due."""
    if not state.rows or state.rows[-1].due > day:
        return 0
    return max(state.interest_owed(day) - sum(row.interest_open for row in state.rows), 0)


def split_amounts(split: Allocation) -> dict[Part, int]:
    """An allocation as amounts by component, prepaid principal included."""
    amounts: dict[Part, int] = {Part.PRINCIPAL: split.prepaid, Part.CREDIT: split.credit}
    for part in split.parts:
        key = PART_OF[part.component]
        amounts[key] = amounts.get(key, 0) + part.amount
    return amounts


def booked(state: State, split: Allocation, day: date, trail: Trail, key: object) -> State:
    """The state with an allocation booked on rows, charges and totals."""
    amounts = split_amounts(split)
    by_row: dict[int, dict[Component, int]] = {}
    for share in split.parts:
        row = by_row.setdefault(share.no, {})
        row[share.component] = row.get(share.component, 0) + share.amount
    _noted(state, by_row, day, trail, key)
    charges = state.charges
    for part, component in _CHARGED.items():
        for no, paid in by_row.items():
            if paid.get(component):
                among = _payable(state, charges, no, part, day)
                charges = settled_charges(charges, among, paid[component])
    left = amounts.get(Part.PENALTY, 0) - (_charged(state.charges) - _charged(charges))
    return replace(
        state,
        rows=_paid_rows(state, by_row),
        charges=charges,
        principal=state.principal - amounts.get(Part.PRINCIPAL, 0),
        credit=state.credit + amounts.get(Part.CREDIT, 0),
        interest_settled=state.interest_settled - amounts.get(Part.INTEREST, 0),
        penalty_settled=state.penalty_settled - left,
    )


def _charged(charges: Iterable[Charge]) -> int:
    return sum(charge.open for charge in charges if charge.part is Part.PENALTY)


def _payable(
    state: State, charges: Iterable[Charge], no: int, part: Part, day: date
) -> frozenset[int]:
    """The numbers of the charges that money for a row's fees or penalties goes to."""
    if state.terms.habits.with_instalment:
        return frozenset(
            c.no for c in charges if c.part is part and row_of(state.rows, c.due) == no
        )
    return frozenset(c.no for c in charges if c.part is part and c.due <= day)


def settled_charges(
    charges: Iterable[Charge], among: frozenset[int], amount: int, *, waived: bool = False
) -> tuple[Charge, ...]:
    """Charges after money or a waiver on some of them, the oldest first."""
    paid: dict[int, int] = {}
    for charge in sorted(charges, key=lambda c: (c.due, c.no)):
        if charge.no in among:
            paid[charge.no] = min(charge.open, amount)
            amount -= paid[charge.no]
    return tuple(_settled(c, paid[c.no], waived) if paid.get(c.no) else c for c in charges)


def _settled(charge: Charge, amount: int, waived: bool) -> Charge:
    if waived:
        return replace(charge, waived=charge.waived + amount)
    return replace(charge, paid=charge.paid + amount)


def _noted(
    state: State,
    by_row: Mapping[int, Mapping[Component, int]],
    day: date,
    trail: Trail,
    key: object,
) -> None:
    for no, paid in by_row.items():
        row = state.row(no) if no else None
        for component, amount in paid.items():
            trail.settled.append(
                Settled(
                    str(key),
                    day,
                    no,
                    row.due if row else day,
                    row.kind.value if row else "",
                    PART_OF[component],
                    amount,
                )
            )


def _paid_rows(
    state: State, by_row: Mapping[int, Mapping[Component, int]]
) -> tuple[Instalment, ...]:
    if not by_row:
        return state.rows
    found = list(state.rows)
    for no, paid in by_row.items():
        if no:
            found[no - state.first_no] = _paid_row(state.row(no), paid)
    return tuple(found)


def _paid_row(row: Instalment, paid: Mapping[Component, int]) -> Instalment:
    return row._replace(
        principal_paid=row.principal_paid + paid.get(Component.PRINCIPAL, 0),
        interest_paid=row.interest_paid + paid.get(Component.INTEREST, 0),
    )
