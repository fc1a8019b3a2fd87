"""allocation.json: a payment over instalments, and the schedule that follows a prepayment."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from ledger.calc.allocation import Allocation, Component, Due, Excess, Mode, Waterfall, allocate
from ledger.calc.periods import Period
from ledger.calc.schedule import Method, Row, level_instalment, plan
from ledger.money import Rounding
from tests.vectors.case import Case
from tests.vectors.schedules import table

MONTH = Fraction(1, 12)
REDUCING = (Excess.REDUCE_TERM, Excess.REDUCE_INSTALMENT)


def check(case: Case) -> None:
    dues = [_due(part) for part in case.parts("instalments")]
    amount, on, excess = case.need("payment_minor"), case.day("payment_date"), case.need("excess")
    rule = Waterfall(
        tuple(Component(name) for name in case.need("order")),
        Mode(case.need("mode")),
        Excess(excess),
    )
    found = allocate(dues, amount, on, rule)
    expected = case.part("expected")
    assert _allocated(found) == expected.need("allocated")
    assert _by_component(found) == expected.need("totals")
    assert found.prepaid == expected.need("principal_prepaid_minor")
    assert found.credit == expected.need("credit_balance_minor")
    assert sum(_by_component(found).values()) + found.prepaid + found.credit == amount
    later = [due for due in dues if due.due > on]
    replaced = later if found.prepaid else []
    kept = [due for due in dues if due not in replaced]
    assert _remaining(kept, found) == expected.need("remaining")
    if "loan" in case:
        _check_new_schedule(case.part("loan"), expected, found, later, on, Excess(excess))


def _due(part: Case) -> Due:
    names = [component.value for component in Component]
    return Due(part.need("no"), part.day("due_date"), **{name: part.need(name) for name in names})


def _paid(found: Allocation, no: int) -> dict[str, int]:
    paid = {component.value: 0 for component in Component}
    for part in found.parts:
        if part.no == no:
            paid[part.component.value] += part.amount
    return paid


def _allocated(found: Allocation) -> list[dict[str, Any]]:
    return [{"no": no, **_paid(found, no)} for no in sorted({part.no for part in found.parts})]


def _by_component(found: Allocation) -> dict[str, int]:
    return {
        component.value: sum(part.amount for part in found.parts if part.component is component)
        for component in Component
    }


def _remaining(dues: Sequence[Due], found: Allocation) -> list[dict[str, Any]]:
    rows = []
    for due in dues:
        paid = _paid(found, due.no)
        left = {name: getattr(due, name) - amount for name, amount in paid.items()}
        if any(left.values()):
            rows.append({"no": due.no, "due_date": due.due.isoformat(), **left})
    return rows


def _check_new_schedule(
    loan: Case, expected: Case, found: Allocation, later: list[Due], on: date, excess: Excess
) -> None:
    rate, level = Fraction(loan.need("annual_rate")), loan.need("instalment_minor")
    balance = sum(due.principal for due in later) - found.prepaid
    if "new_schedule" not in expected:
        return
    rows, instalment = _replanned(balance, rate, _monthly(later, on), level, excess)
    assert table(rows, expected.need("new_schedule_columns")) == expected.need("new_schedule")
    assert instalment == expected.need("new_instalment_minor")


def _replanned(
    balance: int, rate: Fraction, found: list[Period], level: int, excess: Excess
) -> tuple[tuple[Row, ...], int]:
    """The rows after a prepayment: the old instalment and fewer rows, or a new one and as many."""
    assert excess in REDUCING
    kept = level if excess is Excess.REDUCE_TERM else None
    method, rounding = Method.EQUAL_INSTALMENTS, Rounding.HALF_UP
    rows = plan(method, balance, rate, found, rounding, instalment=kept) if balance else ()
    return rows, kept or level_instalment(balance, rate, found, rounding)


def _monthly(later: list[Due], start: date) -> list[Period]:
    starts = [start, *(due.due for due in later)]
    return [
        Period(due.no, begin, due.due, MONTH, MONTH)
        for begin, due in zip(starts, later, strict=False)
    ]
